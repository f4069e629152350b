"""Everything in a document in one row, whatever its state: words, markers, ends of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from donflow.word.seeing.seen import View, keeps_mark, shown
from donflow.word.seeing.stories import Block, Marker, Paragraph, Piece, Story, Tracks


class Token(NamedTuple):
    """One thing that stands in a paragraph; `item` is None for the end of the paragraph.

    `text` of an end is what parts it from the next: a line feed, in a row a tab or a space.
    """

    paragraph: Paragraph
    item: Piece | Marker | None
    text: str
    tracks: Tracks


def tokens(story: Story, view: View | None = None) -> Iterator[Token]:
    """The story as a view shows it, with every marker; None is all there is in either view."""
    for paragraph, parting in _parted(story.blocks, "\n"):
        items = paragraph.items if view is None else shown(paragraph, view)
        for item in items:
            text = item.text if isinstance(item, Piece) else ""
            if view is None and isinstance(item, Piece) and _is_blank(item):
                text = "_" * len(text)
            yield Token(paragraph, item, text, item.tracks)
        if view is None or keeps_mark(paragraph, view):
            yield Token(paragraph, None, parting, paragraph.tracks)


def _parted(blocks: list[Block], last: str) -> Iterator[tuple[Paragraph, str]]:
    """Each paragraph with what stands between it and the next one."""
    for at, block in enumerate(blocks):
        is_last = at == len(blocks) - 1
        if isinstance(block, Paragraph):
            yield block, last if is_last or last == "\n" else " "
            for box in block.boxes:
                yield from _parted(box.blocks, "\n")
            continue
        for row in block.rows:
            for place, cell in enumerate(row.cells):
                ends_row = place == len(row.cells) - 1
                yield from _parted(cell.blocks, "\n" if ends_row and last == "\n" else "\t")


def _is_blank(piece: Piece) -> bool:
    return piece.underlined and len(piece.text) > 1 and piece.text.isspace()
