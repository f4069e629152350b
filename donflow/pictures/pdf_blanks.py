"""Blanks to be filled in, as a printer leaves them: a rule with nothing above it becomes `_`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from donflow.pictures.pdf_rows import Glyph


class Box(NamedTuple):
    """Where something is drawn, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


def with_blanks(glyphs: Sequence[Glyph], drawn: Iterable[Box]) -> list[Glyph]:
    """The signs of a page, and `_` along each rule that stands under none of them.

    A rule that an upright one meets is the edge of a table's cell.
    """
    boxes = list(drawn)
    uprights = [box for box in boxes if box.right - box.left < _THIN < _TALL < box.top - box.bottom]
    made = list(glyphs)
    for rule in boxes:
        if rule.top - rule.bottom > _THIN or any(_meets(rule, upright) for upright in uprights):
            continue
        row = [one for one in glyphs if _beside(one, rule)]
        shown = [one for one in row if not one.sign.isspace()]
        if not shown or any(_above(one, rule) for one in shown):
            continue
        made = [one for one in made if one not in row or one in shown or not _above(one, rule)]
        made += _underscores(rule, shown[0])
    return made


def _underscores(rule: Box, like: Glyph) -> Iterator[Glyph]:
    wide = (like.top - like.bottom) / 3
    count = round((rule.right - rule.left) / wide)
    for number in range(count):
        left = rule.left + number * wide
        yield Glyph("_", left, left + wide, like.bottom, like.top)


def _beside(glyph: Glyph, rule: Box) -> bool:
    """Whether the rule stands where that sign's own underline would."""
    height = glyph.top - glyph.bottom
    return glyph.bottom - height * _BELOW < rule.bottom < glyph.bottom + height / 3


def _above(glyph: Glyph, rule: Box) -> bool:
    return rule.left < (glyph.left + glyph.right) / 2 < rule.right


def _meets(rule: Box, upright: Box) -> bool:
    near = upright.left - _THIN < rule.right and rule.left < upright.right + _THIN
    return near and upright.bottom - _THIN <= rule.bottom <= upright.top + _THIN


_THIN: Final = 2.5
_TALL: Final = 8.0
_BELOW: Final = 0.3
