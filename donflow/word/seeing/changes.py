"""The tracked changes of a file as a reader tells them: neighbouring ones of one hand are one.

ECMA-376-1, 17.13.5. What one hand put in and another took out again is told as both, though its
words stand neither before nor after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lxml import etree

from donflow.word.markup import W
from donflow.word.seeing.document import Document
from donflow.word.seeing.flow import Token, tokens
from donflow.word.seeing.reformatting import Reformatted, find_reformatted
from donflow.word.seeing.stories import DELETING, INSERTING, Marker, Paragraph, Piece, Tracks


class ChangeKind(StrEnum):
    """The kinds of a tracked change."""

    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"
    FORMATTING = "formatting"


@dataclass(frozen=True)
class FoundChange:
    """One change; `text` are the words concerned, ¶ where it is only the end of a paragraph.

    `place` is the paragraph where it begins, `begins` what it begins with there: its own first
    words, or the paragraph for what concerns all of it. A move is where its words went. What
    `joins` has not a word between it and the insertion or deletion told before it.
    """

    kind: ChangeKind
    author: str
    at: str
    text: str
    place: Paragraph
    begins: Piece | Marker | Paragraph
    joins: bool = False


def find_changes(document: Document) -> tuple[FoundChange, ...]:
    """Every change in reading order."""
    spans: list[_Span] = []
    for story in document.stories:
        spans += _spans(tokens(story), story.moves)
    told = _paired(spans)
    told += [_of_formatting(one) for one in find_reformatted(document)]
    order = {
        id(token.paragraph if token.item is None else token.item): at
        for at, token in enumerate(token for story in document.stories for token in tokens(story))
    }
    return tuple(sorted(told, key=lambda change: order.get(id(change.begins), len(order))))


class _Key(NamedTuple):
    """What makes two neighbours one change: kind, author, minute, and the move's name."""

    kind: str
    author: str
    minute: str
    move: str


@dataclass
class _Span:
    """A stretch of one change that is still being gathered."""

    key: _Key
    at: str
    place: Paragraph
    begins: Piece | Marker | Paragraph
    joins: bool
    parts: list[tuple[str, bool]] = field(default_factory=list)
    ends_paragraph: bool = False

    @property
    def text(self) -> str:
        """The words, without the partings at either edge; ¶ for nothing but an end."""
        parts = list(self.parts)
        while parts and parts[0][1]:
            parts.pop(0)
        while parts and parts[-1][1]:
            parts.pop()
        text = "".join(part for part, _ in parts)
        return text if parts or not self.ends_paragraph else "¶"


def _spans(row: Iterable[Token], names: Mapping[etree._Element, str]) -> list[_Span]:
    spans: list[_Span] = []
    opened: dict[_Key, _Span] = {}
    parted = True
    for token in row:
        if isinstance(token.item, Marker) and token.item.element.tag in _WITHOUT_BODY:
            continue
        telling = _telling(token.tracks)
        keys = {_key(one, names) for one in token.tracks.marks}
        opened = {key: span for key, span in opened.items() if key in keys}
        if not telling:
            parted = parted or bool(token.text)
            continue
        for mark in telling:
            key = _key(mark, names)
            span = opened.get(key)
            if span is None:
                begins = token.paragraph if token.item is None else token.item
                # What is taken out of another's insertion replaces nothing.
                joins = not parted and mark is telling[0]
                span = _Span(key, mark.get(f"{W}date", ""), token.paragraph, begins, joins)
                spans.append(span)
                opened[key] = span
            if not any(not parting for _, parting in span.parts) and token.item is not None:
                span.place = token.paragraph
            span.parts.append((token.text, token.item is None))
            span.ends_paragraph |= token.item is None and _is_of_paragraph(mark)
        parted = len(telling) > 1 or key.kind not in ("ins", "del")
    return spans


_WITHOUT_BODY = {f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"}


def _is_of_paragraph(mark: etree._Element) -> bool:
    """Whether it is the end of a paragraph that is tracked, and no words or row."""
    around = mark.getparent()
    return around is not None and around.tag == f"{W}rPr"


def _telling(tracks: Tracks) -> list[etree._Element]:
    """The marks as which something is told: the innermost deletion, else the insertion.

    Before a deletion the insertion of another hand that it is made in.
    """
    taken = [mark for mark in tracks.marks if etree.QName(mark).localname in DELETING]
    if not taken:
        return list(tracks.marks[-1:])
    author = taken[-1].get(f"{W}author", "")
    put = [mark for mark in tracks.marks if etree.QName(mark).localname in INSERTING]
    others = [mark for mark in put if mark.get(f"{W}author", "") != author]
    return [*others[-1:], taken[-1]]


def _key(mark: etree._Element, moves: Mapping[etree._Element, str]) -> _Key:
    name = etree.QName(mark).localname
    kind = {"cellIns": "ins", "cellDel": "del"}.get(name, name)
    minute = mark.get(f"{W}date", "")[:16]
    return _Key(kind, mark.get(f"{W}author", ""), minute, moves.get(mark, ""))


def _paired(spans: list[_Span]) -> list[FoundChange]:
    """Spans as changes; what went and what came by one name are one move."""
    told: list[FoundChange] = []
    moved: dict[tuple[str, str], list[_Span]] = {}
    for span in spans:
        if span.key.kind not in ("moveFrom", "moveTo"):
            kind = ChangeKind.INSERTION if span.key.kind == "ins" else ChangeKind.DELETION
            told.append(_told(kind, span, span.text))
            continue
        # Without a name, what has the same words and hand belongs together.
        name = ("name", span.key.move) if span.key.move else (span.key.author, span.text)
        moved.setdefault(name, []).append(span)
    for together in moved.values():
        came = [span for span in together if span.key.kind == "moveTo"] or together
        text = "\n".join(filter(None, (span.text for span in came)))
        told.append(_told(ChangeKind.MOVE, came[0], text))
    return told


def _told(kind: ChangeKind, span: _Span, text: str) -> FoundChange:
    return FoundChange(kind, span.key.author, span.at, text, span.place, span.begins, span.joins)


def _of_formatting(one: Reformatted) -> FoundChange:
    return FoundChange(ChangeKind.FORMATTING, one.author, one.at, one.text, one.place, one.begins)
