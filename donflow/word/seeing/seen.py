"""The lines of a Word file as people see them, before its tracked changes and after.

Each character of a line tells where in the file it stands, so that a writer can change exactly
that character and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from donflow.word.seeing.document import Document, open_document
from donflow.word.seeing.numbering import Counting
from donflow.word.seeing.stories import (
    UNTRACKED,
    Block,
    Box,
    Marker,
    Paragraph,
    Piece,
    Row,
    Story,
    Table,
    Tracks,
)

__all__ = ["Document", "SeenLine", "Source", "View", "lines", "open_document", "shown"]


class View(StrEnum):
    """Which state of the text is asked for."""

    BEFORE = "before"  # as it was: insertions left out, deletions shown
    AFTER = "after"  # as it would be with every change accepted

    def shows(self, tracks: Tracks) -> bool:
        """Whether something in these tracked changes is there; a move is both."""
        return not (tracks.inserted if self is View.BEFORE else tracks.deleted)


class Source(NamedTuple):
    """Where a character stands: the w:t (or w:delText), and the character's place in its text."""

    element: etree._Element
    offset: int


@dataclass(frozen=True, eq=False)
class SeenLine:
    """One line: a paragraph, or a table row with its cells parted by tabs.

    `pieces` together are the text; the first `label_length` characters are an automatic number.
    `cells` are the ranges of characters of a row's cells. `paragraphs` are those whose words or
    mark the line shows: several where a tracked paragraph mark joins them, or a row holds them;
    the last one's mark ends a line of text. `row` is the w:tr of a row.
    """

    part: str
    kind: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    label_length: int = 0
    row: etree._Element | None = None
    cells: tuple[range, ...] = ()
    text: str = field(default="")

    @cached_property
    def sources(self) -> tuple[Source | None, ...]:
        """For each character its source; None for what nobody may edit as a character."""
        return tuple(
            None if piece.source is None else Source(piece.source, piece.offset + at)
            for piece in self.pieces
            for at in range(len(piece.text))
        )


def lines(document: Document, view: View) -> tuple[SeenLine, ...]:
    """All lines of a document in reading order.

    The body, text boxes right after the paragraph or row that they hang on, then the footnotes
    and endnotes that the view refers to, then headers, then footers.
    """
    return tuple(
        line
        for story in document.stories
        if view.shows(story.tracks)
        for line in _of_story(story, document, view)
    )


def shown(paragraph: Paragraph, view: View) -> tuple[Piece | Marker, ...]:
    """The pieces that a view shows, blanks as `_`, with every marker in its place."""
    if view not in paragraph.seen:
        paragraph.seen[view] = tuple(_shown(paragraph, view))
    return paragraph.seen[view]


def _shown(paragraph: Paragraph, view: View) -> Iterator[Piece | Marker]:
    stretch: list[Piece | Marker] = []
    for item in paragraph.items:
        if isinstance(item, Marker):
            stretch.append(item)
        elif item.hidden or not view.shows(item.tracks):
            continue
        elif item.underlined:
            stretch.append(item)
        else:
            if stretch:
                yield from _blanked(stretch)
                stretch = []
            yield item
    yield from _blanked(stretch)


def keeps_mark(paragraph: Paragraph, view: View) -> bool:
    """Whether the paragraph ends there, or its words run on into the next."""
    return not paragraph.mark_hidden and view.shows(paragraph.tracks)


def _of_story(story: Story, document: Document, view: View) -> Iterator[SeenLine]:
    counting = Counting(document.numbering)
    boxed = Counting(document.numbering)
    maker = _Maker(story, view, counting, boxed)
    yield from maker.lines_of(story.blocks, counting)


@dataclass(frozen=True)
class _Maker:
    """Makes the lines of one story; numbers in text boxes are counted apart."""

    story: Story
    view: View
    counting: Counting
    boxed: Counting

    def lines_of(self, blocks: list[Block], counting: Counting) -> Iterator[SeenLine]:
        pending: list[Paragraph] = []
        for block in blocks:
            if isinstance(block, Table):
                yield from self._left_over(pending, counting)
                for row in block.rows:
                    yield from self._row(row, counting)
                continue
            pending.append(block)
            if keeps_mark(block, self.view):
                yield from self._line(pending, counting)
                pending = []
        yield from self._left_over(pending, counting)

    def _left_over(self, pending: list[Paragraph], counting: Counting) -> Iterator[SeenLine]:
        """Paragraphs with nothing to run on into: a line only where they have words."""
        if any(True for one in pending for item in shown(one, self.view) if _is_words(item)):
            yield from self._line(pending, counting)
        else:
            for one in pending:
                yield from self._boxes(one.boxes)
        pending.clear()

    def _line(self, pending: list[Paragraph], counting: Counting) -> Iterator[SeenLine]:
        pieces, label_length = self._pieces(pending, counting)
        yield _made(self.story, pieces, tuple(self._living(pending)), label_length)
        for one in pending:
            yield from self._boxes(one.boxes)

    def _pieces(self, pending: list[Paragraph], counting: Counting) -> tuple[list[Piece], int]:
        """The pieces of paragraphs joined, after the number of the one whose mark is left."""
        label = counting.label(pending[-1].element, before=self.view is View.BEFORE)
        pieces = [
            item for one in pending for item in shown(one, self.view) if isinstance(item, Piece)
        ]
        if label:
            pieces.insert(0, _sign(label))
        return pieces, len(label)

    def _living(self, pending: list[Paragraph]) -> Iterator[Paragraph]:
        for one in pending:
            if keeps_mark(one, self.view) or any(map(_is_words, shown(one, self.view))):
                yield one

    def _boxes(self, boxes: list[Box]) -> Iterator[SeenLine]:
        for box in boxes:
            if self.view.shows(box.tracks) and not box.hidden:
                yield from self.lines_of(box.blocks, self.boxed)

    def _row(self, row: Row, counting: Counting) -> Iterator[SeenLine]:
        cells = [cell for cell in row.cells if self.view.shows(cell.tracks)]
        if row.hidden or not self.view.shows(row.tracks) or not cells:
            return
        pieces: list[Piece] = []
        ranges: list[range] = []
        paragraphs: list[Paragraph] = []
        boxes: list[Box] = []
        length = 0
        for cell in cells:
            if ranges:
                pieces.append(_sign("\t"))
                length += 1
            words = self._cell(cell.blocks, counting, paragraphs, boxes)
            size = sum(len(piece.text) for piece in words)
            ranges.append(range(length, length + size))
            pieces += words
            length += size
        yield _made(self.story, pieces, tuple(paragraphs), 0, row.element, tuple(ranges))
        yield from self._boxes(boxes)

    def _cell(
        self,
        blocks: list[Block],
        counting: Counting,
        paragraphs: list[Paragraph],
        boxes: list[Box],
    ) -> list[Piece]:
        """The words of a cell, its paragraphs and those of tables in it parted by spaces."""
        parts: list[list[Piece]] = []
        pending: list[Paragraph] = []

        def close() -> None:
            living = list(self._living(pending))
            if living:
                parts.append(self._pieces(pending, counting)[0])
            paragraphs.extend(living)
            boxes.extend(box for one in pending for box in one.boxes)
            pending.clear()

        for block in blocks:
            if isinstance(block, Paragraph):
                pending.append(block)
                if keeps_mark(block, self.view):
                    close()
                continue
            close()
            for row in block.rows:
                if row.hidden or not self.view.shows(row.tracks):
                    continue
                for cell in row.cells:
                    if self.view.shows(cell.tracks):
                        parts.append(self._cell(cell.blocks, counting, paragraphs, boxes))
        close()
        joined: list[Piece] = []
        for part in filter(None, parts):
            if joined:
                joined.append(_sign(" "))
            joined += part
        return joined


def _made(
    story: Story,
    pieces: list[Piece],
    paragraphs: tuple[Paragraph, ...],
    label_length: int,
    row: etree._Element | None = None,
    cells: tuple[range, ...] = (),
) -> SeenLine:
    text = "".join(piece.text for piece in pieces)
    return SeenLine(
        story.part, story.kind, tuple(pieces), paragraphs, label_length, row, cells, text
    )


def _is_words(item: Piece | Marker) -> bool:
    return isinstance(item, Piece)


def _sign(text: str) -> Piece:
    """Characters that the layout adds."""
    return Piece(text, None, 0, None, UNTRACKED, hidden=False, underlined=False, properties={})


def _blanked(stretch: list[Piece | Marker]) -> Iterator[Piece | Marker]:
    """An underlined stretch of nothing but space is a blank to fill; one space is a slip."""
    text = "".join(item.text for item in stretch if isinstance(item, Piece))
    if text.strip() or not (len(text) > 1 or text in ("\t", "\u3000")):
        yield from stretch
        return
    for item in stretch:
        yield item._replace(text="_" * len(item.text)) if isinstance(item, Piece) else item
