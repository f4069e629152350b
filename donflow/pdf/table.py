"""Tables on a paper: cells wrap, rows go to the next page whole, the head is repeated there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from donflow.errors import Sentence
from donflow.pdf.fonts import Role
from donflow.pdf.page import Align, Paper
from donflow.pdf.setting import POINTS_PER_MM, Block, TextDoesNotFit, fit_block
from donflow.pdf.spacing import Colour, Style

PADDING = 1.8
HEAD_HEIGHT = 8.0
LINE_WEIGHT = 0.5
ONE_LINE_SIZE = 8.5  # a cell is made this small to stay on one line, else it is broken
SMALLEST_SIZE = 6.5
LABEL_EM = 4  # labels of two and three characters are spaced to this width
LINE_COLOUR: Colour = (0.45, 0.43, 0.41)
HEAD_FILL: Colour = (0.96, 0.94, 0.91)
HEAD = Style(Role.SERIF_BOLD, 10, leading=1.45)
CELL = Style(Role.SERIF, 10, leading=1.45)

NextPage = Callable[[], float]


@dataclass(frozen=True)
class Column:
    """A column: its head, width in mm, how its cells stand; `is_head` for a column of labels."""

    title: str
    width: float
    align: Align = Align.LEFT
    is_head: bool = False
    style: Style = CELL


@dataclass(frozen=True)
class Table:
    """Columns and rows of words; without `has_head` the titles are not printed."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    place: Sentence
    row_height: float = 7.8
    has_head: bool = True

    def texts(self) -> tuple[tuple[str, Role], ...]:
        """All words with the font they are set in, for the check of glyphs."""
        heads = [(column.title, HEAD.role) for column in self.columns if self.has_head]
        cells = [
            (words, _style(column, words).role)
            for row in self.rows
            for column, words in zip(self.columns, row, strict=True)
        ]
        return (*heads, *cells)


@dataclass(frozen=True)
class _Row:
    blocks: tuple[Block, ...]
    height: float


def draw_table(
    paper: Paper, table: Table, x: float, top: float, *, bottom: float, next_page: NextPage
) -> float:
    """Draw the table and give the y below it.

    A row that would pass `bottom` goes to the next page, whose top `next_page` gives.
    """
    head = _set_row(table, [column.title for column in table.columns], is_head=True)
    y = top
    is_first = True
    for row in [_set_row(table, words) for words in table.rows]:
        head_height = head.height if is_first and table.has_head else 0.0
        if y + head_height + row.height > bottom:
            y, is_first = next_page(), True
        if is_first and table.has_head:
            y = _draw_row(paper, table, head, x, y, is_head=True)
        is_first = False
        y = _draw_row(paper, table, row, x, y)
    return y


def _set_row(table: Table, words: Sequence[str], *, is_head: bool = False) -> _Row:
    blocks = tuple(
        _set_cell(text, column, HEAD if is_head else _style(column, text), table.place)
        for column, text in zip(table.columns, words, strict=True)
    )
    tallest = max(block.height for block in blocks)
    least = HEAD_HEIGHT if is_head else table.row_height
    return _Row(blocks, max(least, tallest + 2 * PADDING))


def _set_cell(text: str, column: Column, style: Style, place: Sentence) -> Block:
    width = column.width - 2 * PADDING
    smaller = min(style.size, ONE_LINE_SIZE)
    one_line = style.size * style.leading / POINTS_PER_MM
    try:
        return fit_block(text, width, one_line, style, smallest=smaller, place=place)
    except TextDoesNotFit:
        centred = column.align is Align.CENTRE or column.is_head
        return fit_block(
            text, width, inf, style, smallest=SMALLEST_SIZE, place=place, balanced=centred
        )


def _draw_row(
    paper: Paper, table: Table, row: _Row, x: float, y: float, *, is_head: bool = False
) -> float:
    for column, block in zip(table.columns, row.blocks, strict=True):
        fill = HEAD_FILL if is_head or column.is_head else None
        paper.box(x, y, column.width, row.height, weight=LINE_WEIGHT, colour=LINE_COLOUR, fill=fill)
        align = Align.CENTRE if is_head or column.is_head else column.align
        paper.block(block, x + PADDING, y + (row.height - block.height) / 2, align)
        x += column.width
    return y + row.height


def _style(column: Column, text: str) -> Style:
    if not column.is_head:
        return column.style
    if 1 < len(text) < LABEL_EM:
        return replace(HEAD, tracking=(LABEL_EM - len(text)) / (len(text) - 1))
    return HEAD
