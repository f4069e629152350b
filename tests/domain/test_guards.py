"""Each guard says yes and no as the table has it, in one whole sentence with what mends it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import timedelta

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donflow.cli.root import root
from donflow.domain.chapter_facts import (
    ChapterFacts,
    ChapterRecordKind,
    ElectionFacts,
    Verdict,
)
from donflow.domain.facts import (
    FILED_PAPERS,
    CertificateFacts,
    CopyFacts,
    GiftFacts,
    InstalmentFacts,
    OpenFinding,
    PaperKind,
    ReceiptFacts,
    RecordKind,
    SignatureFacts,
    Way,
)
from donflow.domain.guards import GUARDS
from donflow.domain.guards.before_review import FIELD_NAMES
from donflow.domain.guards.reviewing import CAPACITIES
from donflow.domain.money import Money
from donflow.domain.terms import OFFICES
from donflow.engine.spec import Unmet
from donflow.errors import Label, say
from donflow.language import ENGLISH, Words
from tests.builders import NUMBER, TEXT, TODAY, facts_of
from tests.domain.guard_rules.rule import OTHER_TEXT, Rule
from tests.domain.guard_table import RULES

NO_COMMAND = {"long_silent"}
"""The clock alone mends these."""
NAMES = [(lifecycle, name) for lifecycle, guards in GUARDS.items() for name in guards]
ROWS = [(lifecycle, rule) for lifecycle, rules in RULES.items() for rule in rules]
REFUSING = [(lifecycle, rule) for lifecycle, rule in ROWS if rule.reason is not None]


def english(unmet: Unmet) -> tuple[str, str]:
    """Reason and remedy as a reader of English sees them."""
    words = Words(ENGLISH, gettext.NullTranslations())
    return words(unmet.reason), words(unmet.remedy)


def untested(guards: Mapping[str, Iterable[str]], table: Mapping[str, Iterable[Rule]]) -> set[str]:
    """What a table lacks: guards that no row refuses or none accepts, and rows of no guard."""
    lacking = set()
    for lifecycle in guards.keys() | table.keys():
        known = set(guards.get(lifecycle, ()))
        rows = list(table.get(lifecycle, ()))
        refused = {rule.guard for rule in rows if rule.reason is not None}
        accepted = {rule.guard for rule in rows if rule.reason is None}
        lacking |= {f"no row refuses {name}" for name in known - refused}
        lacking |= {f"no row accepts {name}" for name in known - accepted}
        lacking |= {f"there is no guard {name}" for name in (refused | accepted) - known}
    return lacking


def unfit(command: str) -> str | None:
    """What the command line itself would say to a remedy's command before it looks at values."""
    program, noun, verb, *rest = [*command.split(), "", ""]
    group = root.get_command(click.Context(root), noun)
    if program != "donflow" or not isinstance(group, click.Group):
        return "it does not begin with donflow and a known noun"
    found = group.get_command(click.Context(group), verb)
    if found is None:
        return "there is no such verb"
    named = [item for item in found.params if isinstance(item, click.Option)]
    placed = [item for item in found.params if isinstance(item, click.Argument)]
    try:
        only_named = click.Command(verb, params=[*named])
        parser = only_named.make_parser(click.Context(only_named))
        _, words, given = parser.parse_args([word for word in rest if word])
    except click.UsageError as fault:
        return f"the option is wrong: {fault.message}"
    if {item.name for item in named if item.required} - {item.name for item in given}:
        return "a required option is missing"
    if not len([item for item in placed if item.required]) <= len(words) <= len(placed):
        return "it has too few words or too many"
    if placed[0].name in ("gift", "chapter") and words[0] != NUMBER:
        return "it does not name the gift"
    # Recording what somebody outside did takes his role and the evidence together.
    if ("--for" in rest) != ("--evidence" in rest):
        return "it names somebody outside without evidence"
    return None


@pytest.mark.parametrize(("lifecycle", "rule"), ROWS, ids=str)
def test_a_guard_answers_as_its_row_says(lifecycle: str, rule: Rule) -> None:
    facts = facts_of(lifecycle, **rule.changes)

    unmet = GUARDS[lifecycle][rule.guard](facts)

    if rule.reason is None:
        assert unmet is None
    else:
        command = rule.command.replace("#", NUMBER)
        remedy = command if rule.guard in NO_COMMAND else f"Run: donflow {command}"
        if rule.otherwise:
            otherwise = rule.otherwise.replace("#", NUMBER)
            remedy += f"; or, where there is to be none: donflow {otherwise}"
        if rule.also:
            remedy += f"; or: donflow {rule.also.replace('#', NUMBER)}"
        assert unmet is not None
        assert english(unmet) == (rule.reason, remedy)


def test_every_guard_is_refused_by_a_row_and_accepted_by_a_row() -> None:
    assert untested(GUARDS, RULES) == set()


@pytest.mark.parametrize(
    ("guards", "table", "lacking"),
    [
        (
            {**GUARDS, "gift": [*GUARDS["gift"], "donor_smiled"]},
            RULES,
            {"no row refuses donor_smiled", "no row accepts donor_smiled"},
        ),
        (
            {"receipt": ["receipt_back"]},
            {"receipt": [Rule("receipt_back", {}, "No.", "receipt list #")]},
            {"no row accepts receipt_back"},
        ),
        (
            {"receipt": ["receipt_back"]},
            {"receipt": [Rule("receipt_back", {}), Rule("receipt_lost", {})]},
            {"no row refuses receipt_back", "there is no guard receipt_lost"},
        ),
        ({"loan": ["insured"]}, {}, {"no row refuses insured", "no row accepts insured"}),
    ],
)
def test_an_untested_guard_is_reported(
    guards: Mapping[str, Iterable[str]], table: Mapping[str, Iterable[Rule]], lacking: set[str]
) -> None:
    assert untested(guards, table) == lacking


@pytest.mark.parametrize(("lifecycle", "name"), NAMES)
def test_a_guard_is_its_name_and_one_true_sentence(lifecycle: str, name: str) -> None:
    guard = GUARDS[lifecycle][name]
    sentence = guard.__doc__ or ""

    assert guard.__name__ == name
    assert re.fullmatch(r"[A-Z][^\n]+\.", sentence), sentence


@pytest.mark.parametrize(("lifecycle", "name"), NAMES)
def test_the_builders_satisfy_every_guard(lifecycle: str, name: str) -> None:
    open_item = {
        "has_remarks": {"remarks_unanswered": 1},
        "has_objection": {"objections_unanswered": 1},
        "not_there_yet": {"council_no": None},
    }

    assert GUARDS[lifecycle][name](facts_of(lifecycle, **open_item.get(name, {}))) is None


@pytest.mark.parametrize(("lifecycle", "rule"), REFUSING, ids=str)
def test_a_remedy_is_a_command_about_this_gift(lifecycle: str, rule: Rule) -> None:
    unmet = GUARDS[lifecycle][rule.guard](facts_of(lifecycle, **rule.changes))
    assert unmet is not None

    command = unmet.remedy.values.get("command")

    if rule.guard in NO_COMMAND:
        assert command is None
    else:
        assert isinstance(command, str)
        assert unfit(command) is None, command
        otherwise = unmet.remedy.values.get("otherwise", command)
        assert unfit(str(otherwise)) is None, otherwise


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        (f"donflow gift show {NUMBER}", None),
        ("donflow template confirm cash", None),
        (f"gift show {NUMBER}", "it does not begin with donflow and a known noun"),
        (f"donflow gifts show {NUMBER}", "it does not begin with donflow and a known noun"),
        (f"donflow gift polish {NUMBER}", "there is no such verb"),
        ("donflow gift", "there is no such verb"),
        ("donflow gift show", "it has too few words or too many"),
        (f"donflow gift show {NUMBER} 18", "it has too few words or too many"),
        ("donflow gift show G2026-0018", "it does not name the gift"),
        (f"donflow gift screen {NUMBER} --passed", "a required option is missing"),
        (f"donflow gift edit {NUMBER} --amount", "the option is wrong"),
        (f"donflow gift edit {NUMBER} --price AMOUNT", "the option is wrong"),
        (
            f"donflow donor agree {NUMBER} --for donor",
            "it names somebody outside without evidence",
        ),
    ],
)
def test_an_unfit_command_is_reported(command: str, fault: str | None) -> None:
    found = unfit(command)

    assert (found and found.split(":")[0]) == fault


@pytest.mark.parametrize(("lifecycle", "rule"), REFUSING, ids=str)
def test_every_value_of_a_refusal_has_its_place(lifecycle: str, rule: Rule) -> None:
    unmet = GUARDS[lifecycle][rule.guard](facts_of(lifecycle, **rule.changes))
    assert unmet is not None

    for sentence in (unmet.reason, unmet.remedy):
        assert set(re.findall(r"\{(\w+)\}", sentence.message)) == set(sentence.values)


DAYS = st.integers(0, 200).map(lambda days: TODAY - timedelta(days=days))
SUMS = st.sampled_from([Money(minor) for minor in (0, 1, 49_999_999, 50_000_000, 50_000_001)])
TEXTS = st.sampled_from([TEXT, OTHER_TEXT])
SMALL = st.integers(0, 3)
OPTIONAL_DAYS = st.none() | DAYS

COPIES = st.lists(
    st.builds(
        CopyFacts,
        no=SMALL,
        document=TEXTS,
        signed_on=OPTIONAL_DAYS,
        countersigned_on=OPTIONAL_DAYS,
        sealed_on=OPTIONAL_DAYS,
        placed=st.booleans(),
    ),
    max_size=3,
).map(tuple)


def some_of(choices: Collection[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(choices)), unique=True).map(tuple)


BY_TYPE: dict[str, st.SearchStrategy[object]] = {
    "bool": st.booleans(),
    "bool | None": st.none() | st.booleans(),
    "int": SMALL,
    "int | None": st.none() | st.integers(1, 3),
    "str | None": st.sampled_from([None, "", "person", "company"]),
    "date": DAYS,
    "date | None": OPTIONAL_DAYS,
    "Money": SUMS,
    "Money | None": st.none() | SUMS,
    "tuple[Label, ...]": st.lists(st.builds(Label, st.just("份数"), st.just("Copies"))).map(tuple),
    "tuple[CopyFacts, ...]": COPIES,
    "tuple[OpenFinding, ...]": st.lists(
        st.builds(
            OpenFinding,
            no=SMALL,
            line=st.just(12),
            words=st.sampled_from(["", "伍拾万元"]),
            expect=st.just(say("Write {words}.", words="伍拾万元整")),
        ),
        max_size=3,
    ).map(tuple),
    "SignatureFacts | None": st.none() | st.builds(SignatureFacts),
    "Way | None": st.none() | st.sampled_from(Way),
    "tuple[Sentence, ...]": st.lists(st.just(say("Has died."))).map(tuple),
}
BY_NAME: dict[str, st.SearchStrategy[object]] = {
    "number": st.just(NUMBER),
    "today": st.just(TODAY),
    "document": TEXTS,
    "approved_document": st.none() | TEXTS,
    "undescribed": some_of(FIELD_NAMES),
    "rungs_missing": some_of(CAPACITIES),
    "records": some_of([*RecordKind, *ChapterRecordKind]).map(frozenset),
    "fresh_records": some_of(list(RecordKind)).map(frozenset),
    "title": st.sampled_from(["梁启舟", "江氏贸易商行"]),
    "payer": st.just("梁启舟"),
    "party": st.sampled_from([None, "梁启舟", "深圳市恒源数智科技有限公司"]),
    "filed": some_of(list(PaperKind)).map(frozenset),
    "scanned": some_of(list(PaperKind)).map(frozenset),
    "absent": some_of(list(PaperKind)).map(frozenset),
    "papers_due": some_of(FILED_PAPERS),
    "proposed": some_of(OFFICES).map(frozenset),
    "seated": some_of(OFFICES).map(frozenset),
    "needed": some_of(OFFICES).map(tuple),
    "candidates": some_of(OFFICES).map(frozenset),
    "elected": some_of(OFFICES).map(frozenset),
    "leaders": st.none() | st.sampled_from(Verdict),
    "council": st.none() | st.sampled_from(Verdict),
}


def any_facts(of: Callable[..., object]) -> st.SearchStrategy[object]:
    """Facts of any kind, also such as are most unlikely together."""
    values = {
        field.name: BY_NAME[field.name] if field.name in BY_NAME else BY_TYPE[str(field.type)]
        for field in fields(of)  # type: ignore[arg-type]
    }
    return st.builds(of, **values).map(_coherent)


def _coherent(facts: object) -> object:
    """A text has a number and bytes or neither, and only what was written can be approved."""
    if not isinstance(facts, GiftFacts):
        return facts
    if facts.revision is None:
        facts = replace(
            facts, document=None, approved_revision=None, findings_open=(), rules_changed=False
        )
    return facts if facts.approved_revision else replace(facts, approved_document=None)


@pytest.mark.parametrize(
    ("lifecycle", "facts"),
    [
        ("gift", any_facts(GiftFacts)),
        ("instalment", any_facts(InstalmentFacts)),
        ("receipt", any_facts(ReceiptFacts)),
        ("certificate", any_facts(CertificateFacts)),
        ("chapter", any_facts(ChapterFacts)),
        ("election", any_facts(ElectionFacts)),
    ],
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_the_facts_a_refusal_is_a_whole_sentence_and_the_facts_stay(
    lifecycle: str, facts: st.SearchStrategy[object], data: st.DataObject
) -> None:
    drawn = data.draw(facts)
    before = repr(drawn)

    answers = [guard(drawn) for guard in GUARDS[lifecycle].values()]

    for unmet in filter(None, answers):
        reason, remedy = english(unmet)
        assert re.fullmatch(r"[A-Z0-9][^{}—]+\.", reason), reason
        assert "  " not in reason + remedy
        assert " ." not in reason
    assert repr(drawn) == before
