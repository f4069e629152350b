"""Which mends can be made together: of the findings, edits that do not meet, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from donflow.errors import N_, Sentence, say
from donflow.precheck.findings import Finding, Mend
from donflow.precheck.paper import Line, Paper, Span


@dataclass(frozen=True)
class Left:
    """A finding that a person mends, and why."""

    finding: Finding
    reason: Sentence


@dataclass(frozen=True)
class Mending:
    """Edits in the order of the paper, none meeting another; the findings they mend; the rest.

    The edits together take as few characters as they need.
    """

    edits: tuple[Mend, ...]
    mended: tuple[Finding, ...]
    left: tuple[Left, ...]


def mending(
    paper: Paper, findings: Sequence[Finding], check: Callable[[Paper], Iterable[Finding]]
) -> Mending:
    """What can be mended so that `check` of the mended paper finds it gone and nothing new.

    A finding is mended whole or not at all. An automatic number is out of reach, and of two mends
    at one place the first is made. What would bring a new finding is left, said with its reason.
    """
    refused: dict[int, Sentence] = {}
    while True:
        chosen = _choose(paper, findings, refused)
        after = check(mended_paper(paper, chosen.edits))
        harmful = _harmful(findings, chosen, tuple(after))
        if not harmful:
            return replace(chosen, edits=tuple(_least(paper, chosen.edits)))
        refused |= dict.fromkeys(harmful, NOT_SETTLED)


def mended_paper(paper: Paper, edits: Iterable[Mend]) -> Paper:
    """The paper as it reads when all edits are accepted."""
    by_line: dict[int, list[Mend]] = {}
    for edit in edits:
        by_line.setdefault(edit.span.line, []).append(edit)
    lines = (_mended(line, by_line.get(line.number, ())) for line in paper.lines)
    return replace(paper, lines=tuple(lines))


def _mended(line: Line, edits: Sequence[Mend]) -> Line:
    if not edits:
        return line
    text = line.text
    for edit in sorted(edits, key=lambda one: one.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return replace(line, text=text, cells=tuple(text.split("\t")) if line.cells else ())


def _least(paper: Paper, edits: Iterable[Mend]) -> Iterator[Mend]:
    """The same edits in as few characters as they need: what stays is not written anew."""
    for edit in edits:
        line, start = edit.span.line, edit.span.start
        matcher = SequenceMatcher(None, paper.text(edit.span), edit.text, autojunk=False)
        for tag, first, last, begin, end in matcher.get_opcodes():
            if tag != "equal":
                yield Mend(Span(line, start + first, start + last), edit.text[begin:end])


def _choose(paper: Paper, findings: Sequence[Finding], refused: dict[int, Sentence]) -> Mending:
    edits = list[Mend]()
    mended, left = list[Finding](), list[Left]()
    for index, finding in enumerate(findings):
        reason = refused.get(index) or _against(paper, finding, edits)
        if reason is not None:
            left.append(Left(finding, reason))
            continue
        mended.append(finding)
        edits += [mend for mend in finding.mend if mend not in edits]
    edits.sort(key=lambda one: (one.span.line, one.span.start, one.span.end))
    return Mending(tuple(edits), tuple(mended), tuple(left))


def _against(paper: Paper, finding: Finding, edits: Sequence[Mend]) -> Sentence | None:
    if not finding.mend:
        return FOR_A_PERSON
    if not finding.sure:
        return TO_BE_CONFIRMED
    for mend in finding.mend:
        if mend.span.start < paper.by_number[mend.span.line].label_length:
            return AUTOMATIC
        if any(_meet(mend, edit) and mend != edit for edit in edits):
            return MEETS_ANOTHER
    return None


def _meet(one: Mend, other: Mend) -> bool:
    """Whether two edits touch the same characters, or begin at the same place."""
    first, second = one.span, other.span
    if first.line != second.line:
        return False
    return first.start == second.start or (first.start < second.end and second.start < first.end)


def _harmful(
    findings: Sequence[Finding], chosen: Mending, after: Sequence[Finding]
) -> dict[int, None]:
    """Of the findings said to be mended, those on whose lines something stays or is new."""
    known = {_place(one.finding) for one in chosen.left}
    new = {place[1] for place in map(_place, after) if place not in known}
    if not new:
        return {}
    mended: dict[int, set[int | None]] = {
        index: {*(edit.span.line for edit in finding.mend), finding.line}
        for index, finding in enumerate(findings)
        if finding in chosen.mended
    }
    near = {index: None for index, lines in mended.items() if lines & new}
    # What is new elsewhere, or is something missing, cannot be laid to one of them: then to all.
    return near or dict.fromkeys(mended)


def _place(finding: Finding) -> tuple[str, int | None]:
    return finding.code, finding.line


FOR_A_PERSON = say(N_("What should stand there is for a person to say."))
TO_BE_CONFIRMED = say(N_("A person confirms first whether it is one."))
AUTOMATIC = say(N_("The number is an automatic one: change it in Word by its numbering."))
MEETS_ANOTHER = say(N_("Another mend stands at the same place: check again after that one."))
NOT_SETTLED = say(N_("Mending it would bring another finding."))
