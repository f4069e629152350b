"""A wrong workflow file is refused whole, with the line and the reason of every mistake."""

import json
import re
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donflow.engine.loader import WrongWorkflow, load, restore
from donflow.engine.spec import Span, Unit
from tests.engine.lending import GUARDS, ROLES, TEXT, loaded
from tests.engine.wrong_files import ONE_SLIP, WHOLE_FILES

LINES = TEXT.splitlines()


def line_of(words: str) -> int:
    """The number of the one line of the good file that holds these words."""
    found = [number for number, line in enumerate(LINES, start=1) if words in line]
    assert len(found) == 1, words
    return found[0]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


def mistakes_of(content: str | bytes) -> list[tuple[int, str]]:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(WrongWorkflow) as caught:
        load(content, guards={"loan": GUARDS}, roles=ROLES)
    return [(mistake.line, str(mistake.sentence)) for mistake in caught.value.mistakes]


@pytest.mark.parametrize("case", ONE_SLIP)
def test_a_wrong_file_is_refused_with_line_and_reason(case: str) -> None:
    old, new, place, fragment = ONE_SLIP[case]
    text = changed(old, new)
    expected = 1 + text[: text.index(place)].count("\n")

    told = mistakes_of(text)

    assert [line for line, sentence in told if fragment in sentence] == [expected], told


@pytest.mark.parametrize("case", WHOLE_FILES)
def test_a_file_wrong_as_a_whole_is_refused(case: str) -> None:
    content, line, fragment = WHOLE_FILES[case]

    told = mistakes_of(content)

    assert [number for number, sentence in told if fragment in sentence][:1] == [line], told


def test_a_good_file_is_read_whole() -> None:
    workflow = loaded()

    loan = workflow.lifecycles["loan"]
    assert list(loan.stages) == ["asked", "checked", "lent", "back", "refused"]
    assert loan.stages["lent"].remind == Span(25, Unit.DAYS)
    assert loan.stages["asked"].within == Span(2, Unit.WORKDAYS)
    assert loan.stages["checked"].was == ("tested",)
    assert [found.end for found in loan.stages.values()] == [False, False, False, True, True]
    assert loan.kinds["camera"].zh == "相机"
    again = loan.transitions[2]
    assert (again.name, again.sources, again.target) == ("lend", ("checked",), "lent")
    assert (again.by, again.needs) == (("clerk", "keeper"), ("in_stock", "insured"))
    assert (again.kinds, again.other_than, again.reason_required) == (("camera",), ("check",), True)
    assert again.line == line_of("- do: lend")
    assert loan.stages["lent"].line == line_of("lent: {")
    assert [rule.mode.value for rule in loan.approval] == ["all", "all", "any"]


def test_a_name_like_no_stays_a_name() -> None:
    text = TEXT.replace("refused", "no")

    assert "no" in loaded(text).lifecycles["loan"].stages


def test_one_slip_is_told_once() -> None:
    for case in (
        "from_unknown",
        "key_misspelt",
        "initial_unknown",
        "guard_unknown",
        "zh_missing",
        "end_yes",
    ):
        old, new, _, _ = ONE_SLIP[case]
        assert len(mistakes_of(changed(old, new))) == 1, case


def test_all_mistakes_are_told_at_once_in_order_of_lines() -> None:
    text = (
        TEXT.replace("tool: {zh: 工具, en: Tool}", "tool: {zh: 工具}")
        .replace("30 days", "30 moons")
        .replace("insured]", "insurred]")
        .replace("from: lent, to: back", "from: lnt, to: refused")
        .replace("mode: any", "mode: most")
        .replace("other_than: [check]", "other_than: &x [check]")
    )

    told = mistakes_of(text)

    assert [(line, sentence.split("{")[0][:28]) for line, sentence in told] == [
        (line_of("tool: {zh"), "en is missing in tool."),
        (line_of("lent: {"), "within must be written as “5"),
        (line_of("back: {"), "Stage back can never be reac"),
        (line_of("needs: [in_stock, insured]"), "There is no guard insurred f"),
        (line_of("other_than"), "The anchor &x is not used he"),
        (line_of("do: return"), "There is no stage lnt in thi"),
        (line_of("mode: any"), "mode cannot be most; known h"),
    ]


def test_a_transition_may_be_declared_twice_for_two_kinds_but_not_for_one() -> None:
    check = "      - {do: check, zh: 检, en: A, from: asked, to: checked, by: clerk, kinds: [%s]}\n"
    lend = "      - {do: lend, zh: 借, en: B, from: checked, to: lent, by: clerk, kinds: [%s]}\n"

    assert loaded(TEXT.replace("    approval:", check % "tool" + lend % "tool" + "    approval:"))
    told = mistakes_of(TEXT.replace("    approval:", check % "camera" + "    approval:"))
    assert told == [(line_of("approval:"), "check from asked is declared twice, first in line 15.")]


def test_a_lifecycle_whose_guards_are_not_given_knows_none() -> None:
    with pytest.raises(WrongWorkflow) as caught:
        load(TEXT.encode(), guards={"gift": GUARDS}, roles=ROLES)

    assert {str(mistake.sentence) for mistake in caught.value.mistakes} == {
        "There is no guard in_stock for this lifecycle; none is known here.",
        "There is no guard insured for this lifecycle; none is known here.",
    }


def test_a_stage_that_each_kind_reaches_only_halfway_is_unreachable() -> None:
    text = TEXT.replace("to: refused,", "to: back,").replace(
        "    approval:",
        "      - {do: bar, zh: 甲, en: A, from: checked, to: refused, by: clerk, kinds: [tool]}\n"
        "    approval:",
    )

    assert mistakes_of(text) == [
        (line_of("refused: {"), "Stage refused can never be reached from asked.")
    ]


def test_twelve_levels_are_not_too_deep() -> None:
    told = mistakes_of("schema: 1\na:\n  " + "[" * 11 + "]" * 11)

    assert not any("nested deeper" in sentence for _, sentence in told)


def test_a_lifecycle_with_no_end_says_so_once() -> None:
    told = mistakes_of(TEXT.replace(", end: true", ""))

    assert told == [(3, "loan has no end: mark at least one stage end: true.")]


def test_without_stages_their_absence_is_told_and_nothing_that_follows_from_it() -> None:
    assert mistakes_of(changed("    stages:\n", "    stags:\n")) == [
        (line_of("stages:"), "Unknown key stags; did you mean stages?")
    ]
    loan = "  loan:\n    initial: asked\n    stages: none\n    transitions: [{do: check}]\n"
    assert mistakes_of("schema: 1\nlifecycles:\n" + loan) == [
        (5, "stages must hold keys with values.")
    ]


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 200)
    )
    began = time.perf_counter()

    told = mistakes_of(bomb)

    assert time.perf_counter() - began < 1
    assert (1, "The anchor &a0 is not used here; leave it out.") in told
    assert (200, "*a198 repeats another place; write it out here.") in told


@pytest.mark.parametrize(
    "content",
    [
        "\u202e" * 80_000,
        "a: " + "b" * 250_000,
        "- x\n" * 60_000,
        "{" + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}",
        "? " * 100_000,
        "schema: 1\nlifecycles:\n"
        + "".join(f"  l{n}: {{initial: a, stages: {{a: {{zh: a}}}}}}\n" for n in range(4000)),
    ],
    ids=["hidden", "long", "many", "keys", "questions", "lifecycles"],
)
def test_no_file_within_the_limit_takes_long(content: str) -> None:
    began = time.perf_counter()

    mistakes_of(content)

    assert time.perf_counter() - began < 5


def test_a_long_word_of_the_file_is_shown_shortened() -> None:
    told = mistakes_of(changed("do: return", "do: " + "r" * 5000))

    assert all(len(sentence) < 300 for _, sentence in told)


@pytest.mark.parametrize("case", ONE_SLIP)
def test_pyyaml_without_libyaml_finds_the_same(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, _, _ = ONE_SLIP[case]
    fast = mistakes_of(changed(old, new))

    monkeypatch.setattr(yaml, "CSafeLoader", yaml.SafeLoader)

    assert mistakes_of(changed(old, new)) == fast


def test_comments_and_layout_do_not_change_the_version() -> None:
    relaid = "# a word before\n---\n" + TEXT.replace(
        "{zh: 借出, en: Lent, owner: borrower, within: 30 days, remind: 25 days}",
        '\n        # below each other\n        remind: "25 days"\n        en:   Lent\n'
        "        zh: 借出\n        within: 30 days\n        owner: borrower",
    ).replace("by: keeper, kinds", "by: [keeper], kinds")

    assert loaded(relaid).version == loaded().version
    assert loaded(relaid) == loaded()
    assert loaded("\ufeff" + TEXT.replace("\n", "\r\n")).version == loaded().version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("30 days", "31 days"),
        ("en: Lent", "en: Out"),
        ("mode: any", "mode: all"),
        ("[borrower, keeper]}", "[keeper, borrower]}"),
        (", was: [tested]", ""),
        ("do: return,", "do: return, was: [give_back],"),
    ],
)
def test_every_change_of_meaning_changes_the_version(old: str, new: str) -> None:
    assert loaded(changed(old, new)).version != loaded().version


def test_whether_a_kind_has_an_agreement_is_part_of_the_version_where_it_is_said() -> None:
    without = loaded(changed("en: Tool}", "en: Tool, agreement: false}"))
    said = loaded(changed("en: Tool}", "en: Tool, agreement: true}"))

    assert without.lifecycles["loan"].without_agreement == {"tool"}
    assert restore(without.content).lifecycles == without.lifecycles
    assert without.version != loaded().version
    assert said.version == loaded().version
    assert "agreement" not in loaded().content


def test_the_order_of_the_stages_is_part_of_the_version() -> None:
    lines = TEXT.splitlines(keepends=True)
    back = line_of("back: {") - 1
    lines[back], lines[back + 1] = lines[back + 1], lines[back]

    assert loaded("".join(lines)).version != loaded().version


def test_two_ways_to_write_one_sign_are_one_version() -> None:
    composed, decomposed = (
        changed("en: Lent", "en: L\u00e9nt"),
        changed("en: Lent", "en: Le\u0301nt"),
    )

    assert loaded(composed) == loaded(decomposed)


def test_stored_content_is_restored_as_it_was_loaded() -> None:
    workflow = loaded()

    again = restore(workflow.content, version=workflow.version)

    assert again == workflow
    assert list(again.lifecycles["loan"].stages) == list(workflow.lifecycles["loan"].stages)
    assert {stage.line for stage in again.lifecycles["loan"].stages.values()} == {0}


def test_stored_content_that_was_tampered_with_is_not_restored() -> None:
    workflow = loaded()

    with pytest.raises(ValueError, match="has version"):
        restore(workflow.content.replace("30", "90"), version=workflow.version)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "1", '{"lifecycles": [1]}', '{"lifecycles": 1}']
)
def test_content_of_something_else_is_not_restored(content: str) -> None:
    with pytest.raises(ValueError):
        restore(content)


def test_the_content_is_canonical_json() -> None:
    content = loaded().content

    again = json.dumps(
        json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert again == content


WORDS = [match.span() for match in re.finditer(r"\w+", TEXT)]
OTHER_WORDS = [
    "asked",
    "lent",
    "clerk",
    "tool",
    "true",
    "no",
    "0",
    "x",
    "",
    "in_stock",
    "end",
    "*a",
    "!!int",
    "检",
]
SIGNS = [*"\t\n\r :,-[]{}'\"#&*!|>%@`?<~\\\x00\x1b\ufeff\u2028a1借", "\ud7ff", "\U0001f600"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(WORDS), word=st.sampled_from(OTHER_WORDS))
def test_one_word_changed_is_refused_or_read_as_another_version(
    place: tuple[int, int], word: str
) -> None:
    check_mutation(TEXT[: place[0]] + word + TEXT[place[1] :])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.integers(0, len(TEXT)), length=st.integers(0, 2), signs=st.sampled_from(["", *SIGNS])
)
def test_one_sign_changed_is_refused_or_read_as_another_version(
    start: int, length: int, signs: str
) -> None:
    check_mutation(TEXT[:start] + signs + TEXT[start + length :])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    mistakes_of(content)


def check_mutation(text: str) -> None:
    """Either refused with lines that the file has, or as many contents as meanings."""
    try:
        workflow = loaded(text)
    except WrongWorkflow as error:
        refused = error
    else:
        same_content = workflow.content == loaded().content
        assert same_content == (workflow.version == loaded().version)
        assert same_content == (workflow.lifecycles == loaded().lifecycles)
        return
    last = len(re.findall(r"\r\n|\r|\n", text)) + 1
    assert refused.mistakes
    assert all(1 <= mistake.line <= last for mistake in refused.mistakes)
    assert all(str(mistake.sentence) for mistake in refused.mistakes)
