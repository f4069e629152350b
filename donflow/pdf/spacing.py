"""The space between characters: full-width marks close up (标点挤压), Latin keeps a little air."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from donflow.pdf.breaking import in_one_word
from donflow.pdf.fonts import Face, Role
from donflow.pdf.glyphs import face_of

HALF = -0.5
OPENING = -0.4  # at a line's start; the Kai draws 《 a little wider than half
AIR = 0.12
INK_LEFT = frozenset("，。、；：！？）》〉」』】〕”’")  # their right half is empty
INK_RIGHT = frozenset("（《〈「『【〔“‘")  # their left half is empty

Colour = tuple[float, float, float]
INK: Colour = (0.10, 0.10, 0.11)


@dataclass(frozen=True)
class Style:
    """How a text looks: size in points, leading and tracking (extra letter space) in em."""

    role: Role = Role.SERIF
    size: float = 11.0
    leading: float = 1.7
    tracking: float = 0.0
    colour: Colour = INK


@dataclass(frozen=True)
class Piece:
    """Characters of one font drawn at `x` (em from the line's start), `spread` em between them."""

    face: Face
    text: str
    x: float
    spread: float


@lru_cache(maxsize=20_000)
def adjustment(left: str, right: str) -> float:
    """What is added between two neighbours, in em."""
    if left in INK_LEFT and (right in INK_LEFT or right in INK_RIGHT):
        return HALF
    if left in INK_RIGHT and right in INK_RIGHT:
        return HALF
    if (_is_han(left) and _is_plain(right)) or (_is_plain(left) and _is_han(right)):
        return AIR
    return 0.0


def width_in_em(text: str, style: Style) -> float:
    """The width of one line, closed up, in em; a mark at either end counts its inked half only."""
    text = text.rstrip(" ")
    return _natural_width(text, style.role) + style.tracking * (len(text) - 1) if text else 0.0


def gaps(text: str) -> int:
    """How many places of a line may be stretched to justify it: none inside a word."""
    return sum(1 for left, right in pairwise(text) if not in_one_word(left, right))


def pieces_of(text: str, style: Style, *, stretch: float = 0.0) -> tuple[Piece, ...]:
    """One line as pieces to draw; `stretch` em go into every place that `gaps` counts."""
    pieces: list[Piece] = []
    x = _hanging(text)
    last = ""
    for character in text:
        found = face_of(character, style.role)
        space = 0.0
        if last:
            space = adjustment(last, character) + style.tracking
            space += 0.0 if in_one_word(last, character) else stretch
        x += space
        piece = pieces[-1] if pieces else None
        if piece and piece.face is found and _joins(piece, space):
            spread = space if len(piece.text) == 1 else piece.spread
            pieces[-1] = Piece(found, piece.text + character, piece.x, spread)
        else:
            pieces.append(Piece(found, character, x, 0.0))
        x += found.width(character)
        last = character
    return tuple(pieces)


@lru_cache(maxsize=4_000)
def _natural_width(text: str, role: Role) -> float:
    """Without tracking and whatever the size: breaking asks for the same beginnings each time."""
    advances = sum(face_of(one, role).width(one) for one in text)
    between = sum(adjustment(left, right) for left, right in pairwise(text))
    hanging = _hanging(text) + (HALF if len(text) > 1 and text[-1] in INK_LEFT else 0.0)
    return advances + between + hanging


def _hanging(text: str) -> float:
    """An opening mark at the start of a line stands with its ink at the edge."""
    return OPENING if len(text) > 1 and text[0] in INK_RIGHT else 0.0


def _joins(piece: Piece, space: float) -> bool:
    return len(piece.text) == 1 or abs(piece.spread - space) < 1e-9


def _is_han(character: str) -> bool:
    return character == "〇" or 0x3400 <= ord(character) <= 0x9FFF or ord(character) >= 0x20000


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()
