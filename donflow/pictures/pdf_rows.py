"""The signs of a page put into rows from top to bottom, each row from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple


class Glyph(NamedTuple):
    """One sign and its box, in points from the lower left corner of the page."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Row:
    """One printed row: its words, where it begins and ends, the width and height of its signs.

    A blank at its end stays: it tells a broken number from two.

    `head` is how wide its first word is: had it fitted on the row above, it would stand there.
    `height` is where it stands as a share of the page's height, 1 at the top.
    """

    text: str
    left: float
    right: float
    em: float
    size: float
    head: float
    height: float
    page_width: float

    @property
    def has_columns(self) -> bool:
        """Whether blanks part it in columns, as in a signing area or a table."""
        return _COLUMNS.search(self.text.strip()) is not None


def rows_of(glyphs: Sequence[Glyph], width: float, height: float) -> list[Row]:
    """The rows of one page of this size in reading order."""
    return [row for signs in _grouped(glyphs) if (row := _row(signs, width, height)).text.strip()]


def _grouped(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Signs whose middles are less than half a sign's height apart stand in one row."""
    row: list[Glyph] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda one: -(one.top + one.bottom)):
        at, height = (glyph.top + glyph.bottom) / 2, glyph.top - glyph.bottom
        if row and middle - at > max(size, height) * _APART:
            yield row
            row = []
        if not row:
            middle, size = at, height
        row.append(glyph)
        size = max(size, height)
    if row:
        yield row


def _row(signs: list[Glyph], page_width: float, page_height: float) -> Row:
    signs.sort(key=lambda one: one.left)
    shown = [one for one in signs if not one.sign.isspace()] or signs
    size = max(one.top - one.bottom for one in shown)
    em = max(size * _LEAST_EM, *(one.right - one.left for one in shown))
    text = signs[0].sign if not signs[0].sign.isspace() else ""
    for before, after in pairwise(signs):
        text += _gap(before, after, em) + (" " if after.sign.isspace() else after.sign)
    middle = (shown[0].top + shown[0].bottom) / 2
    return Row(
        text.rstrip() + (" " if text[-1:].isspace() else ""),
        shown[0].left,
        shown[-1].right,
        em,
        size,
        _head(shown),
        middle / page_height if page_height else 0.5,
        page_width,
    )


def _gap(before: Glyph, after: Glyph, em: float) -> str:
    """The blanks that a gap stands for; where the file has a blank of its own, it is that."""
    wide = after.left - before.right
    if wide > em * _COLUMN_GAP:
        return " " * max(2, round(2 * wide / em))
    if before.sign.isspace() or after.sign.isspace():
        return ""
    latin = before.sign.isascii() and after.sign.isascii()
    return " " if latin and wide > em * _WORD_GAP else ""


def _head(signs: Sequence[Glyph]) -> float:
    """How wide the first sign is with what may not be parted from it."""
    word = [signs[0]]
    for before, after in pairwise(signs):
        latin = before.sign.isascii() and after.sign.isascii()
        near = after.left - before.right < (after.right - after.left or 1.0) * _WORD_GAP
        if not ((latin and near) or after.sign in _NOT_FIRST or before.sign in _NOT_LAST):
            break
        word.append(after)
    return word[-1].right - word[0].left


_LEAST_EM: Final = 0.6
_APART: Final = 0.45
_COLUMN_GAP: Final = 1.5
_WORD_GAP: Final = 0.18
_NOT_FIRST: Final = "，。、；：？！）》〉”’】〕%％"
_NOT_LAST: Final = "（《〈“‘【〔￥"
_COLUMNS: Final = re.compile(r"\S\s{3,}\S")
