"""How a Word file that came back is told to a person: remarks with their answers, then changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

import click

from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say
from donflow.precheck.difference import difference, marked

if TYPE_CHECKING:
    from donflow.word.reading import Change, Comment, Reading

CHANGE_NAMES: Final[Mapping[str, str]] = {
    "insertion": N_("put in: “{text}”"),
    "deletion": N_("taken out: “{text}”"),
    "move": N_("moved: “{text}”"),
    "formatting": N_("set otherwise: “{text}”"),
}


def tell_reading(shell: Shell, reading: Reading) -> None:
    """Warnings first, for they tell whether the rest can be trusted."""
    for warning in reading.warnings:
        tell(shell, N_("Heed: {warning}"), warning=warning)
    tell(
        shell,
        N_("{comments} remarks, {changes} changes."),
        comments=len(reading.comments),
        changes=len(reading.changes),
    )
    if reading.comments:
        click.echo()
        tell(shell, N_("Remarks"))
    for line in _threads(reading.comments):
        click.echo(shell.words(line))
    if reading.changes:
        click.echo()
        tell(shell, N_("Changes"))
    for line in _by_clause(reading.changes):
        click.echo(shell.words(line))
    changed = list(_changed_lines(reading.before, reading.after))
    if changed:
        click.echo()
        tell(shell, N_("Lines changed, counted as they read afterwards"))
    for number, old, new in changed:
        text = marked(difference(old, new))
        tell(shell, N_("  line {number}: {text}"), number=number, text=text)


def _threads(comments: Sequence[Comment]) -> Iterator[Sentence]:
    """Each remark with its place, and under it what was answered."""
    for comment in comments:
        if comment.parent is None:
            place = say(
                N_("{number}. {clause} “{anchor}”"),
                number=comment.id + 1,
                clause=comment.clause or "—",
                anchor=_shortened(comment.anchor),
            )
            yield say(N_("{place} (settled)"), place=place) if comment.resolved else place
            yield from _thread(comment, comments, depth=1)


def _thread(comment: Comment, comments: Sequence[Comment], depth: int) -> Iterator[Sentence]:
    yield say(
        N_("{indent}{author}, {at}: {text}"),
        indent="   " * depth,
        author=comment.author or "—",
        at=_moment(comment.at),
        text=" ".join(comment.text.split()),
    )
    # Word knows one level of answers; other makers write more.
    if depth < _DEEPEST:
        for answer in comments:
            if answer.parent == comment.id:
                yield from _thread(answer, comments, depth + 1)


def _by_clause(changes: Sequence[Change]) -> Iterator[Sentence]:
    for clause, group in groupby(changes, key=lambda change: change.clause):
        yield say(N_("{clause}:"), clause=clause or "—")
        for change in group:
            yield say(
                N_("   {change} ({author}, {at})"),
                change=say(CHANGE_NAMES[change.kind], text=_shortened(change.text)),
                author=change.author or "—",
                at=_moment(change.at),
            )


def _changed_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The lines that differ, each with what it was; one without the other has an empty text."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            pairs = zip_longest(before[first:last], after[start:end], fillvalue="")
            for offset, (old, new) in enumerate(pairs):
                yield min(start + offset, max(end - 1, start)) + 1, old, new


def _moment(at: str) -> str:
    """The time as it is written, without its seconds: whose clock it was, nobody knows."""
    return at.replace("T", " ")[:16] or "—"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN: Final = 60
_DEEPEST: Final = 9
