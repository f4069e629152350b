"""How a Word file that came back is told to a person: remarks with their answers, then changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

import click

from donflow.cli.cells import shortened
from donflow.cli.naming import with_words
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say
from donflow.precheck.difference import difference, marked

if TYPE_CHECKING:
    from donflow.word.reading import Change, Comment, Reading

CHANGE_NAMES: Final[Mapping[str, str]] = {
    "insertion": N_("put in: {words}"),
    "deletion": N_("taken out: {words}"),
    "move": N_("moved: {words}"),
    "formatting": N_("set otherwise: {words}"),
}


def tell_reading(shell: Shell, reading: Reading) -> None:
    """Warnings first, for they tell whether the rest can be trusted."""
    for warning in reading.warnings:
        tell(shell, N_("Heed: {warning}"), warning=with_words(warning))
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
                N_("{number}. {place}"),
                number=comment.id + 1,
                place=_anchored(comment),
            )
            yield say(N_("{place} (settled)"), place=place) if comment.resolved else place
            yield from _thread(comment, comments, depth=1)


def _anchored(comment: Comment) -> Sentence:
    """The clause and the words that a remark hangs on."""
    if not comment.anchor:
        return _clause(comment.clause) if comment.clause else say(N_("the whole text"))
    return say(N_("{clause} {words}"), clause=_clause(comment.clause), words=_words(comment.anchor))


def _clause(clause: str) -> Sentence:
    return say("{clause}", clause=clause) if clause else say(N_("outside the clauses"))


def _words(text: str) -> Sentence:
    """Words as they are quoted; what nobody would see in quotation marks is named."""
    if not text:
        return say(N_("a picture or a mark"))
    if set(text) <= {"¶", "\n"}:
        return say(N_("the end of a paragraph"))
    if text.isspace():
        return say(N_("blanks ×{count}"), count=len(text))
    return say(N_("“{text}”"), text=shortened(text))


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
        yield say(N_("{clause}:"), clause=_clause(clause))
        for (kind, text, author, at), alike in groupby(group, key=_told_alike):
            told = say(
                N_("   {change} ({author}, {at})"),
                change=say(CHANGE_NAMES[kind], words=_words(text)),
                author=author or "—",
                at=at,
            )
            count = len(list(alike))
            yield told if count == 1 else say(N_("{told}, {count} times"), told=told, count=count)


def _told_alike(change: Change) -> tuple[str, str, str, str]:
    """What a reader sees of a change: fifteen blanks taken out are one line."""
    return change.kind.value, change.text, change.author, _moment(change.at)


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


_DEEPEST: Final = 9
