"""Setting a paragraph: lines in a measure, shrunk to fit a field, refused where even that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from donflow.errors import N_, DonflowError, Sentence
from donflow.pdf.breaking import balance_lines, break_lines
from donflow.pdf.spacing import Style, gaps, width_in_em

POINTS_PER_MM = 72 / 25.4
SHRINK_STEP = 0.5
WIDEST_STRETCH = 0.12  # em between characters: a line that would need more stays ragged
LOOKED_AHEAD = 0.12  # part of the size that may be given up for better lines
SHORTEST_LAST_LINE = 2.6  # em: no single character stands alone on the last line


class TextDoesNotFit(DonflowError):
    """A text is too long for its field even in the smallest size that can be read."""

    code = "text_does_not_fit"
    message = N_("{place} is too long for this paper: {text}")
    remedy = N_("Shorten it, or make this paper by hand in Word.")


@dataclass(frozen=True)
class Line:
    """One line: its text, its indent in mm, and what justifying puts into each gap (em)."""

    text: str
    indent: float = 0.0
    stretch: float = 0.0
    is_loose: bool = False


@dataclass(frozen=True)
class Block:
    """A set text: its lines, its width in mm, its style."""

    lines: tuple[Line, ...]
    style: Style
    width: float

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def pitch(self) -> float:
        """From one baseline to the next, in mm."""
        return self.style.size * self.style.leading / POINTS_PER_MM

    @property
    def height(self) -> float:
        return self.pitch * len(self.lines)


def line_width(text: str, style: Style) -> float:
    """The width of one line in mm."""
    return width_in_em(text, style) * style.size / POINTS_PER_MM


def set_block(
    text: str, width: float, style: Style, *, indent: float = 0.0, balanced: bool = False
) -> Block:
    """Break a text into a block `width` mm wide; `indent` in em; a newline begins a paragraph."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _balanced(paragraph, width, style) if balanced else []
        lines += [] if balanced else _justified(paragraph, width, style, indent)
    return Block(tuple(lines), style, width)


def fit_block(
    text: str,
    width: float,
    height: float,
    style: Style,
    *,
    smallest: float,
    place: Sentence,
    indent: float = 0.0,
    balanced: bool = False,
) -> Block:
    """The block in the largest size from the style's down to `smallest` points that fits.

    A size with a lone character on its last line, or with a line too short to be justified, is
    passed over if one that is smaller by LOOKED_AHEAD at most has neither.
    Raises TextDoesNotFit, naming the place.
    """
    fallback: Block | None = None
    for size in _sizes(style.size, smallest):
        block = set_block(text, width, replace(style, size=size), indent=indent, balanced=balanced)
        if block.height > height + 1e-6 or not _inside(block):
            continue
        fallback = fallback or block
        if balanced or not _is_unsightly(block):
            return block
        if size <= fallback.style.size * (1 - LOOKED_AHEAD):
            break
    if fallback is None:
        raise TextDoesNotFit(place=place, text=text)
    return fallback


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    size = largest
    while size >= smallest - 1e-9:
        yield size
        size -= SHRINK_STEP


def _inside(block: Block) -> bool:
    return all(line_width(line.text, block.style) <= block.width + 1e-6 for line in block.lines)


def _is_unsightly(block: Block) -> bool:
    last = width_in_em(block.lines[-1].text, block.style)
    lonely = len(block.lines) > 1 and last < SHORTEST_LAST_LINE
    return lonely or any(line.is_loose for line in block.lines)


def _balanced(paragraph: str, width: float, style: Style) -> list[Line]:
    lines = balance_lines(paragraph, width, lambda piece: line_width(piece, style))
    return [Line(text) for text in lines]


def _justified(paragraph: str, width: float, style: Style, indent: float) -> list[Line]:
    em = style.size / POINTS_PER_MM
    texts = break_lines(
        paragraph, width, lambda piece: line_width(piece, style), indent=indent * em
    )
    lines = []
    for number, text in enumerate(texts):
        own_indent = 0.0 if number else indent * em
        missing = (width - own_indent) / em - width_in_em(text, style)
        stretch = max(0.0, missing / max(1, gaps(text.rstrip(" "))))
        is_last = number == len(texts) - 1
        is_loose = not is_last and stretch > WIDEST_STRETCH
        stretch = 0.0 if is_last or is_loose else stretch
        lines.append(Line(text, own_indent, stretch, is_loose))
    return lines
