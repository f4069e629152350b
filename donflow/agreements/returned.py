"""What a returned Word file says, item by item, and whether it is the file that was sent. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from donflow.agreements.differing import Difference, differing
from donflow.agreements.remarks import NewRemark, RemarkKind
from donflow.domain.demand import Demand, demand_of
from donflow.domain.masking import numbers_within
from donflow.errors import N_, Sentence, say

if TYPE_CHECKING:
    from donflow.word.reading import Change, Comment, Reading

WORD_FILE: Final = "word_file"
"""The channel of what was read from a file."""


@dataclass(frozen=True)
class Twin:
    """The draft that a file was made from, where that is not the one that was sent."""

    gift: str
    no: int


@dataclass(frozen=True)
class Verdict:
    """What a file that came back is.

    `wrong` says why it is not the file that was sent, None if it is; `differences` are all words
    in which it is another. Of the text that was sent these are `untracked` changes: whoever wrote
    them had tracking switched off. What is another text `altogether` may be a letter beside it.
    """

    wrong: Sentence | None
    differences: tuple[Difference, ...]
    untracked: tuple[Difference, ...]
    altogether: bool = False


def judge_return(
    sent: Sequence[str],
    reading: Reading,
    *,
    names: Sequence[str] = (),
    twin: Twin | None = None,
    others: Iterable[tuple[Twin, Sequence[str]]] = (),
) -> Verdict:
    """Hold the file against the lines that were sent: as it reads with every change taken back.

    `names` are words by which the text is known (the donor's name), `twin` a draft that it equals,
    `others` drafts with their lines: whoever changed one without a mark left it nearer to that one.
    """
    found = differing(sent, reading.before)
    if not found.differences:
        return Verdict(None, (), ())
    lost = [name for name in names if holds(sent, name) and not holds(reading.before, name)]
    if twin is not None:
        other = say(N_("it is draft {no} of {gift}"), no=twin.no, gift=twin.gift)
        return Verdict(other, found.differences, ())
    if found.shared < ENOUGH:
        other = say(N_("it is another text altogether"))
        return Verdict(other, found.differences, (), altogether=True)
    if (nearer := _nearer(reading.before, found.shared, others)) is not None:
        other = say(N_("it was made from draft {no} of {gift}"), no=nearer.no, gift=nearer.gift)
        return Verdict(other, found.differences, ())
    wrong = say(N_("“{name}” stands nowhere in it"), name=lost[0]) if lost else None
    return Verdict(wrong, found.differences, found.differences)


def told(one: Difference) -> Sentence:
    """A difference in one line."""
    clause = one.clause or say(N_("outside the clauses"))
    values = {"clause": clause, "old": _shortened(one.old), "new": _shortened(one.new)}
    if not one.old:
        return say(N_("{clause}: “{new}” put in"), **values)
    if not one.new:
        return say(N_("{clause}: “{old}” taken out"), **values)
    return say(N_("{clause}: “{old}” → “{new}”"), **values)


def items_of(
    reading: Reading,
    untracked: Sequence[Difference] = (),
    *,
    already: Sequence[Comment] = (),
    hidden: Sequence[str] = (),
) -> tuple[NewRemark, ...]:
    """Every remark with its answers, every change, and what was changed or `hidden` unmarked.

    A thread that stood `already` as it is in the file that was sent is the office's own, and left
    out. Changes where nobody commented are marked as `outside`. Of the document's own words long
    numbers are masked: telephones, identity numbers and accounts stay in the file.
    """
    commented = {comment.clause for comment in reading.comments}
    changes = [*_changes(reading.changes), *map(_found, untracked)]
    return (
        *_threads(reading.comments, {_written(comment) for comment in already}),
        *(replace(item, outside=item.clause not in commented) for item in changes),
        *map(_hidden, hidden),
    )


def _nearer(
    lines: Sequence[str], shared: float, others: Iterable[tuple[Twin, Sequence[str]]]
) -> Twin | None:
    """The first of those that have most in common with the lines, where that is more."""
    nearest = None
    for twin, text in others:
        common = differing(text, lines).shared
        if common > shared:
            nearest, shared = twin, common
    return nearest


ENOUGH: Final = 0.5
"""Less of the words in common, and it is another text."""


def _threads(
    comments: Sequence[Comment], already: Collection[tuple[str, str, str]]
) -> list[NewRemark]:
    """Each remark, and right behind it the answers in its thread."""
    items: list[NewRemark] = []
    new = [_top(one, comments) for one in comments if _written(one) not in already]
    for first in (comment for comment in comments if comment in new):
        level = demand_of(first.text)
        place = len(items)
        items.append(_comment(first, level, None))
        items += [
            _comment(answer, level, place)
            for answer in comments
            if answer is not first and _top(answer, comments) is first
        ]
    return items


def _written(comment: Comment) -> tuple[str, str, str]:
    """What tells a comment from any other, whatever program saved the file since."""
    return comment.author, comment.at, comment.text


def _top(comment: Comment, comments: Sequence[Comment]) -> Comment:
    """The comment that began the thread; a circle, which no program writes, begins nowhere else."""
    seen = {comment.id}
    while comment.parent is not None and comment.parent not in seen:
        seen.add(comment.parent)
        comment = comments[comment.parent]
    return comments[min(seen)] if comment.parent is not None else comment


def _comment(comment: Comment, level: Demand, parent: int | None) -> NewRemark:
    return NewRemark(
        comment.text,
        level,
        comment.clause,
        kind=RemarkKind.COMMENT,
        anchor=numbers_within(comment.anchor),
        author=comment.author,
        at=comment.at,
        parent=parent,
        settled=comment.resolved and parent is None,
    )


def _changes(changes: Sequence[Change]) -> list[NewRemark]:
    """Each change; what one hand took out and what it put there instead are one."""
    items: list[NewRemark] = []
    last: Change | None = None
    for change in changes:
        if change.kind == "formatting":
            _add_formatting(items, change)
            continue
        item = _change(change)
        if last is not None and change.joins and _replaces(last, change):
            old, new = items[-1].old_words or item.old_words, items[-1].new_words or item.new_words
            items[-1] = replace(items[-1], old_words=old, new_words=new)
            last = None
            continue
        items.append(item)
        last = change
    return items


def _replaces(one: Change, other: Change) -> bool:
    same = (one.author, one.clause) == (other.author, other.clause)
    return same and {one.kind, other.kind} == {"deletion", "insertion"}


def _change(change: Change) -> NewRemark:
    words = numbers_within(change.text)
    return NewRemark(
        "",
        Demand.MUST,
        change.clause,
        kind=RemarkKind.MOVE if change.kind == "move" else RemarkKind.CHANGE,
        old_words=words if change.kind == "deletion" else None,
        new_words=words if change.kind != "deletion" else None,
        author=change.author,
        at=change.at,
    )


def _add_formatting(items: list[NewRemark], change: Change) -> None:
    """How words look concerns no one as much as what they say: one item for one hand's clause."""
    words = numbers_within(change.text)
    for at, item in enumerate(items):
        if item.kind is RemarkKind.FORMATTING and (item.author, item.clause) == (
            change.author,
            change.clause,
        ):
            items[at] = replace(item, anchor=f"{item.anchor} … {words}")
            return
    items.append(
        NewRemark(
            "",
            Demand.SHOULD,
            change.clause,
            kind=RemarkKind.FORMATTING,
            anchor=words,
            author=change.author,
            at=change.at,
        )
    )


def _found(one: Difference) -> NewRemark:
    return NewRemark(
        "",
        Demand.MUST,
        one.clause,
        kind=RemarkKind.UNTRACKED,
        old_words=numbers_within(one.old) or None,
        new_words=numbers_within(one.new) or None,
    )


def _hidden(words: str) -> NewRemark:
    """Words that no reader sees and that were not sent: whoever agrees would agree to them too."""
    return NewRemark("", Demand.MUST, kind=RemarkKind.HIDDEN, new_words=numbers_within(words))


def holds(lines: Sequence[str], name: str) -> bool:
    """Whether the words stand in the lines, however they are spaced or broken."""
    return "".join(name.split()) in "".join("".join(lines).split())


def _shortened(text: str) -> str:
    text = numbers_within(" ".join(text.split()))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


SHOWN: Final = 40
"""Characters of a difference that are told in a sentence; the list shows all."""
