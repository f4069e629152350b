"""Where things stand on a card: through which frame the motif is seen, where the words go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from donflow.greetings.cards.brush import EVERYTHING, arc
from donflow.pdf.drawing import Shape, ellipse, polygon, rectangle


@dataclass(frozen=True)
class Upright:
    """Words set from top to bottom: the middle of the first column, its top, the size of type."""

    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Area:
    """Where the greeting itself stands: the top left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Composition:
    """Measures on the canvas of 90 by 120 units.

    The title stands in one column, the day and the seal below it where no other place is named for
    the seal; the verse in columns from right to left, at most down to `verse_foot`. `over` tells
    that title and verse lie on the motif, `under` that the greeting does.
    """

    name: str
    frame: Shape
    title: Upright
    verse: Upright
    words: Area
    seal: tuple[float, float] | None = None
    verse_foot: float = 114.0
    over: bool = False
    under: bool = False
    rim: bool = False


FULL_RIGHT: Final = Composition(
    "full right",
    EVERYTHING,
    title=Upright(76.5, 10, 10.5),
    verse=Upright(66.5, 11, 2.9),
    words=Area(11, 91, 68, 21),
    over=True,
    under=True,
)
FULL_LEFT: Final = Composition(
    "full left",
    EVERYTHING,
    title=Upright(13.5, 10, 10.5),
    verse=Upright(32.5, 11, 2.9),
    words=Area(11, 91, 68, 21),
    over=True,
    under=True,
)
MOON_GATE: Final = Composition(
    "moon gate",
    ellipse(50, 42, 33),
    title=Upright(13.5, 75, 9.0),
    verse=Upright(29.0, 79, 2.6),
    words=Area(33.5, 83.5, 47.5, 29.5),
    rim=True,
)
SCROLL: Final = Composition(
    "scroll",
    rectangle(30, 9, 51, 76),
    title=Upright(17.5, 9.5, 10.5),
    verse=Upright(20.4, 50, 2.7),
    words=Area(11, 91, 70, 22),
    verse_foot=86.0,
    rim=True,
)
BAND: Final = Composition(
    "band",
    rectangle(-5, 30, 100, 50),
    title=Upright(76.5, 6, 8.4),
    verse=Upright(66.5, 6.6, 2.5),
    words=Area(11, 88, 68, 23),
    verse_foot=28.5,
    seal=(83, 74),
)
FAN_LEAF: Final = polygon(
    [*arc(45, 57, 41, 197, 343, steps=48), *arc(45, 57, 15, 343, 197, steps=32)]
)
"""The leaf of a folding fan (扇面); the motif paints it, and what lies below it."""
FAN: Final = Composition(
    "fan",
    EVERYTHING,
    title=Upright(76.5, 60, 9.6),
    verse=Upright(65.5, 61, 2.6),
    words=Area(10, 87, 56, 26),
)
OPEN_RIGHT: Final = Composition(
    "open right",
    EVERYTHING,
    title=Upright(76.5, 10, 10.5),
    verse=Upright(66.5, 11, 2.9),
    words=Area(31, 88, 50, 25),
    over=True,
    under=True,
)
OPEN_LEFT: Final = Composition(
    "open left",
    EVERYTHING,
    title=Upright(13.5, 10, 10.5),
    verse=Upright(32.5, 11, 2.9),
    words=Area(9, 90, 47, 23.5),
    over=True,
    under=True,
)
OPEN_LEFT_LONG: Final = replace(OPEN_LEFT, name="open left, many words", words=Area(9, 80, 47, 33))
PLATE: Final = Composition(
    "plate",
    rectangle(-5, -5, 100, 83),
    title=Upright(14.5, 81.5, 8.6),
    verse=Upright(28.5, 84.5, 2.6),
    words=Area(33, 83.5, 48, 29.5),
)
INSET: Final = Composition(
    "inset",
    rectangle(9, 9, 72, 67),
    title=Upright(14.5, 81.5, 8.6),
    verse=Upright(28.5, 84.5, 2.6),
    words=Area(33, 83.5, 48, 29.5),
    rim=True,
)
ARCH: Final = Composition(
    "arch",
    polygon([(13, 77), *arc(45, 41, 32, 180, 360), (77, 77)]),
    title=Upright(14.5, 81.5, 8.6),
    verse=Upright(28.5, 84.5, 2.6),
    words=Area(33, 83.5, 48, 29.5),
    rim=True,
)
LOW: Final = Composition(
    "low",
    rectangle(-5, 45, 100, 80),
    title=Upright(76.5, 7.5, 9.2),
    verse=Upright(66.5, 8.5, 2.7),
    words=Area(10, 9, 44, 32),
)
