"""E19: a wrong states.yaml is refused with line and reason; a right one shows what differs."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from donflow.cli import migrating
from donflow.engine import difference
from donflow.engine.mistakes import Mistake, Mistakes, WrongWorkflow
from donflow.lifecycle.workflows import load_workflow
from tests.engine.lending import TEXT
from tests.engine.wrong_files import ONE_SLIP, WHOLE_FILES
from tests.journeys.desk import Desk

FILE = "新流程.yaml"
MUTATIONS = 200
WORD = re.compile(r"\w+")
OF_THE_GRAPH = re.compile(
    r"can never be reached|no way leads|is declared twice|is an end, yet|has no end|"
    r"is said twice|is missing in|did you mean|is not one word|stands already|second time|"
    r"The lifecycle \w+ is missing|stands twice|opens no round of review"
)
"""Faults that are told where they show: at the stage, or at the place that names what is gone."""

OF_ANOTHER_OFFICE = re.compile("role|guard|clerk|keeper|in_stock|insured")
"""The table is of an office that lends things: it has other roles and conditions."""


@dataclass(frozen=True)
class Mutation:
    """The real file with one word changed, in this line."""

    text: str
    line: int
    old: str
    new: str


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    desk = office_at("intent")
    desk.environment["DONFLOW_DEBUG"] = ""
    desk.lang = "en"
    return desk


def wrong_files() -> list[tuple[str, bytes, int, str]]:
    """Each by its name: the content, and the line and a part of the sentence to be told."""
    slips = []
    for name, (old, new, place, fragment) in ONE_SLIP.items():
        text = TEXT.replace(old, new)
        says = "" if OF_ANOTHER_OFFICE.search(fragment) else fragment
        slips.append((name, text.encode(), 1 + text[: text.index(place)].count("\n"), says))
    return slips + [(name, *rest) for name, rest in WHOLE_FILES.items()]


def mutations(text: str, count: int, drawn: random.Random) -> list[Mutation]:
    """Words misspelt, doubled, cut, or taken for another one of the file; comments stay."""
    words = [
        (found, number, sum(map(len, lines[: number - 1])))
        for lines in [text.splitlines(keepends=True)]
        for number, line in enumerate(lines, start=1)
        for found in WORD.finditer(line.split("#")[0])
    ]
    known = sorted({found[0] for found, _, _ in words})
    made: list[Mutation] = []
    while len(made) < count:
        found, line, offset = drawn.choice(words)
        old = found[0]
        at = drawn.randrange(len(old))
        new = drawn.choice(
            [old[:at] + old[at + 1 :], old[:at] + old[at] + old[at:], drawn.choice(known),
             old[:at] + drawn.choice("abcxyz019_") + old[at + 1 :], old[::-1]]
        )  # fmt: skip
        if new not in (old, ""):
            start = offset + found.start()
            whole = text[:start] + new + text[start + len(old) :]
            made.append(Mutation(whole, line, old, new))
    return made


def fingerprint(desk: Desk) -> str:
    """Of the database, and of every other file of the home."""
    desk.close()
    files = sorted(path for path in desk.home.rglob("*") if path.is_file())
    whole = hashlib.sha256(repr(desk.rows()).encode())
    for path in files:
        if path.suffix not in (".db", ".lock"):
            whole.update(path.read_bytes())
    return whole.hexdigest()


def refusal_fault(
    desk: Desk, before: str, content: bytes, line: int, *, says: str = "", lost: str | None = None
) -> str | None:
    """What is wrong with how the command answers a wrong file; None if nothing is.

    The line must be named, and there the sentence `says` so. Where a word was `lost` by which
    other lines know this one, those may be named instead.
    """
    (desk.folder / FILE).write_bytes(content)
    answer = desk(f"states activate {FILE}", code=None)
    if answer.code != 2:
        return f"exit code {answer.code}"
    told = [said for said in answer.err.splitlines() if re.match(rf"{FILE}:\d+: .", said)]
    if not told or len(told) != len(answer.err.splitlines()):
        return f"no file and line: {answer.err}"
    there = [said for said in told if said.startswith(f"{FILE}:{line}: ")]
    elsewhere = lost is not None and all(OF_THE_GRAPH.search(said) or lost in said for said in told)
    if not there and not elsewhere:
        return f"line {line} is not named: {told}"
    if there and not any(says in said for said in there):
        return f"line {line} does not say {says}: {told}"
    if fingerprint(desk) != before:
        return "something was changed"
    return None


def difference_fault(answer: str, mutation: Mutation) -> str | None:
    """What is wrong with how an accepted change is shown; None if nothing is."""
    shown = answer.splitlines()[:-1]
    if not shown:
        return f"no difference is shown for {mutation.old} → {mutation.new}"
    if len(shown) > 6:
        return f"one word makes {len(shown)} differences: {shown}"
    return None


def test_every_wrong_file_is_refused_with_its_line(
    desk: Desk, points: Callable[[int], int], seed: int, figures: Callable[[str, str], None]
) -> None:
    files = wrong_files()
    tried = random.Random(seed).sample(files, min(len(files), max(33, points(len(files)))))
    before = fingerprint(desk)
    for name, content, line, says in tried:
        assert refusal_fault(desk, before, content, line, says=says) is None, name
    figures("E19", f"{len(tried)} wrong files of our own: all refused at their line")


def test_every_word_changed_is_refused_at_its_line_or_shown(
    desk: Desk, points: Callable[[int], int], seed: int, figures: Callable[[str, str], None]
) -> None:
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    before, outcomes = fingerprint(desk), Counter[str]()
    for mutation in mutations(text, points(MUTATIONS), random.Random(seed)):
        (desk.folder / FILE).write_text(mutation.text, encoding="utf-8")
        word = f"line {mutation.line}: {mutation.old} → {mutation.new}"
        if desk(f"states check {FILE}", code=None).code == 0:
            shown = desk(f"states diff {FILE}").out
            said = desk(f"states activate {FILE}").out
            assert difference_fault(said, mutation) is None, word
            assert shown.splitlines() == said.splitlines()[:-1], word
            (desk.folder / FILE).write_text(text, encoding="utf-8")
            desk(f"states activate {FILE}")
            before = fingerprint(desk)
            outcomes["shown"] += 1
            continue
        fault = refusal_fault(
            desk, before, mutation.text.encode(), mutation.line, lost=mutation.old
        )
        assert fault is None, f"{word}: {fault}"
        lines = desk(f"states check {FILE}", code=2).err
        outcomes["at its line" if f"{FILE}:{mutation.line}: " in lines else "elsewhere"] += 1
    assert outcomes["at its line"] > 4 * outcomes["elsewhere"]
    figures("E19", f"{sum(outcomes.values())} words changed: {dict(sorted(outcomes.items()))}")


def test_a_build_that_accepts_everything_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(desk)
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    wrong = text.replace("en: Screening, owner: secretary", "en: Screening, owner: secretery")
    assert wrong != text
    line = 1 + wrong[: wrong.index("secretery")].count("\n")
    assert refusal_fault(desk, before, wrong.encode(), line) is None
    monkeypatch.setattr(Mistakes, "sorted", lambda self: ())
    assert refusal_fault(desk, before, wrong.encode(), line) == "exit code 0"


def test_a_build_that_names_the_line_below_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, sound = fingerprint(desk), Mistakes.sorted
    shifted = lambda self: tuple(Mistake(m.line + 1, m.sentence) for m in sound(self))  # noqa: E731
    name, content, line, says = wrong_files()[11]
    assert refusal_fault(desk, before, content, line, says=says) is None, name
    monkeypatch.setattr(Mistakes, "sorted", shifted)
    assert refusal_fault(desk, before, content, line, says=says) is not None


def test_a_build_that_shows_no_difference_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    changed = text.replace("within: 2 workdays", "within: 9 workdays", 1)
    mutation = Mutation(changed, 1, "2", "9")
    (desk.folder / FILE).write_text(changed, encoding="utf-8")
    assert difference_fault(desk(f"states activate {FILE}").out, mutation) is None
    (desk.folder / FILE).write_text(text, encoding="utf-8")
    monkeypatch.setattr(migrating, "differences", lambda old, new: ())
    said = desk(f"states activate {FILE}").out.removeprefix("\n")
    assert "no difference" in (difference_fault(said, mutation) or "")


def test_every_change_of_meaning_has_a_sentence(
    desk: Desk, points: Callable[[int], int], seed: int
) -> None:
    """Also where the word is no slip: what has another version is told apart."""
    text = (desk.home / "states.yaml").read_text(encoding="utf-8")
    known, told = load_workflow(text.encode()), 0
    for mutation in mutations(text, 10 * points(MUTATIONS), random.Random(seed + 1)):
        try:
            new = load_workflow(mutation.text.encode())
        except WrongWorkflow:
            continue
        assert bool(difference.differences(known, new)) == (new.version != known.version), mutation
        told += 1
    assert told
