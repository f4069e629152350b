"""The words on a card: upright columns of a verse, the greeting itself, the seal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from donflow.errors import N_, say
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.palettes import PAPER
from donflow.pdf.drawing import Drawing, rectangle, smooth
from donflow.pdf.fonts import Role
from donflow.pdf.page import Align, Paper
from donflow.pdf.setting import POINTS_PER_MM, Block, TextDoesNotFit, line_width, set_block
from donflow.pdf.spacing import Colour, Style

Blocks = tuple[tuple[Block, Align], ...]


@dataclass(frozen=True)
class CardWords:
    """What a card says; `subtitle` is the day as the title's small companion, in Chinese."""

    title: str
    salutation: str
    lines: tuple[str, ...]
    signature: str
    day: str = ""
    subtitle: str = ""
    verse: str = ""
    author: str = ""


def greeting_blocks(
    words: CardWords,
    width: float,
    height: float,
    *,
    size: float,
    colour: Colour,
    leading: float = 1.55,
) -> Blocks:
    """Salutation, lines and signature in the largest type from `size` points down that fits.

    They are set narrower than `width`, or a little smaller, rather than that one or two characters
    stand alone on the last line of a paragraph. Raises TextDoesNotFit, naming the longest of them.
    """
    fallback, least = None, SMALLEST
    while size >= least:
        style = Style(Role.KAI, size, leading=leading, colour=colour)
        for share in MEASURES:
            blocks = _blocks(words, width * share, style)
            if sum(block.height for block, _ in blocks) > height:
                continue
            if not any(_ends_short(block) for block, _ in blocks):
                return blocks
            if fallback is None:
                fallback, least = blocks, max(SMALLEST, 0.9 * size)
        size -= 0.2
    if fallback is not None:
        return fallback
    longest = max((words.salutation, *words.lines, words.signature), key=len)
    raise TextDoesNotFit(place=say(N_("the words of the card")), text=longest)


def draw_greeting(paper: Paper, blocks: Blocks, x: float, y: float) -> None:
    """Set the blocks one below the other from (`x`, `y`)."""
    for block, align in blocks:
        y = paper.block(block, x, y, align)


def draw_title(
    paper: Paper, words: CardWords, x: float, y: float, size: float, colour: Colour
) -> float:
    """The title in one column around `x` mm, the day small below it; gives the y below both.

    A character is `size` mm high, less where there are more than two.
    """
    em = size * min(1.0, 2.4 / max(1, len(words.title)))
    style = Style(Role.KAI, em * POINTS_PER_MM, colour=colour)
    for character in words.title:
        paper.text(character, x, y + em * 0.88, style, Align.CENTRE)
        y += em * 1.1
    small = Style(Role.KAI, 0.22 * size * POINTS_PER_MM, tracking=0.1, colour=colour)
    paper.text(words.subtitle, x, y + size * 0.24, small, Align.CENTRE)
    return y + size * (0.3 if words.subtitle else 0.0)


def draw_upright(
    paper: Paper,
    words: CardWords,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    *,
    across: float,
    down: float,
) -> None:
    """The verse in columns from right to left, each clause its own, marks left out.

    `x` is the middle of the first column, `size` in points, made smaller where `across` by
    `down` mm have no room for it; the author stands small in the last column.
    """
    clauses = [_DROPPED.sub("", clause) for clause in _MARKS.split(words.verse) if clause]
    if len(clauses) > MOST_COLUMNS:
        clauses = ["　".join(clauses[at : at + 2]) for at in range(0, len(clauses), 2)]
    if not clauses:
        return
    longest = max(place * 1.2 + len(clause) * 1.22 for place, clause in enumerate(clauses))
    room = min(across / (len(clauses) * 1.65 + 0.2), down / longest)
    em = min(size / POINTS_PER_MM, room)
    style = Style(Role.KAI, em * POINTS_PER_MM, colour=colour)
    for number, clause in enumerate(clauses):
        column, top = x - number * 1.65 * em, y + number * 1.2 * em
        for place, character in enumerate(clause):
            baseline = top + (0.88 + place * 1.22) * em
            paper.text(character, column, baseline, style, Align.CENTRE)
    small = Style(Role.KAI, 0.72 * em * POINTS_PER_MM, colour=colour)
    column = x - (len(clauses) * 1.65 - 0.35) * em
    top = y + max(0.0, longest - len(words.author) * 0.9) * em
    for place, character in enumerate(words.author):
        paper.text(character, column, top + (0.88 + place * 0.9) * em, small, Align.CENTRE)


def draw_seal(paper: Paper, design: Design, x: float, y: float, side: float) -> None:
    """A red stamp around (`x`, `y`) mm, its edge as uneven as stone; none on a card of mourning."""
    if not design.seal:
        return
    count = len(design.seal)
    high = side * (1.0 if count == 1 else 0.55 + 0.55 * count)
    left, top, right, foot = x - side / 2, y - high / 2, x + side / 2, y + high / 2
    u = side * 0.02
    drawing = Drawing(paper, 0, 0, 1.0)
    edge = [
        (left + u, top), (x, top + u), (right - 2 * u, top + u / 2), (right, top + 2 * u),
        (right - u, y), (right, foot - u), (right - u, foot), (x, foot - u),
        (left + 2 * u, foot), (left, foot - 2 * u), (left + u, y), (left, top + 2 * u),
    ]  # fmt: skip
    drawing.fill(smooth(edge), design.palette.seal)
    inner = (left + 3 * u, top + 3 * u, side - 6 * u, high - 6 * u)
    drawing.line(rectangle(*inner), PAPER, side * 0.022, 0.8)
    em = side * 0.74 if count == 1 else side * 0.62
    for number, character in enumerate(design.seal):
        middle = y + (number - (count - 1) / 2) * em * 1.02
        drawing.character(character, x, middle, em, PAPER)
    drawing.close()


def _blocks(words: CardWords, width: float, style: Style) -> Blocks:
    blocks = [(set_block(words.salutation, width, style), Align.LEFT)] if words.salutation else []
    blocks += [(set_block(line, width, style, indent=2), Align.JUSTIFY) for line in words.lines]
    ends = [text for text in (words.signature, words.day) if text]
    if line_width("　".join(ends), style) <= width:
        ends = ["　".join(ends)]
    return (*blocks, *((set_block(text, width, style), Align.RIGHT) for text in ends))


def _ends_short(block: Block) -> bool:
    """Whether a mark and at most two characters are all that its last line holds."""
    return len(block.lines) > 1 and len(block.lines[-1].text) <= SHORT


SMALLEST: Final = 6.0
SHORT: Final = 3
MEASURES: Final = (1.0, 0.96, 0.92, 0.88)
MOST_COLUMNS: Final = 3
_MARKS: Final = re.compile(r"[，。；：？！\s]+")
_DROPPED: Final = re.compile(r"[、“”‘’《》]")
