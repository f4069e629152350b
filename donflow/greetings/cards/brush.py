"""A painter's small vocabulary: branches, leaves, petals, rain, hills in mist; always the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin, tau
from random import Random
from typing import Final

from donflow.pdf.drawing import (
    Drawing,
    Shape,
    curve_through,
    ellipse,
    polygon,
    rectangle,
    smooth,
    stroke,
)
from donflow.pdf.page import Point
from donflow.pdf.spacing import Colour

WIDTH: Final = 90.0
HEIGHT: Final = 120.0
"""The canvas of every motif, in units; the outer 3 units may be cut, at any side."""

EVERYTHING: Final[Shape] = rectangle(-5, -5, WIDTH + 10, HEIGHT + 10)


class Chance:
    """Irregularity that is the same at every drawing."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing is kept secret by it

    def between(self, least: float, most: float) -> float:
        return self._random.uniform(least, most)

    def near(self, middle: float, spread: float) -> float:
        return self._random.uniform(middle - spread, middle + spread)

    def scatter(
        self, count: int, x: float, y: float, width: float, height: float
    ) -> Iterator[Point]:
        """Points over a rectangle, without heaps: each in a cell of its own."""
        columns = max(1, round((count * width / height) ** 0.5))
        rows = -(-count // columns)
        for number in range(count):
            row, column = divmod(number, columns)
            across, down = self.between(0.1, 0.9), self.between(0.1, 0.9)
            yield x + (column + across) * width / columns, y + (row + down) * height / rows


def leaf(length: float, width: float, *, bend: float = 0.0) -> Shape:
    """A pointed leaf from the origin to the right; `bend` lets its tip hang down."""
    half = width / 2
    return Shape(
        f"0 0 m {length * 0.25:.2f} {-half * 1.3:.2f} {length * 0.7:.2f} {-half + bend * 0.4:.2f} "
        f"{length:.2f} {bend:.2f} c {length * 0.7:.2f} {half + bend * 0.5:.2f} "
        f"{length * 0.25:.2f} {half * 1.3:.2f} 0 0 c h"
    )


def petal(length: float, width: float, *, notch: float = 0.0) -> Shape:
    """A rounded petal from the origin to the right; `notch` cuts into its tip (cherry, peach)."""
    half = width / 2
    return Shape(
        f"0 0 m {length * 0.2:.2f} {-half * 0.9:.2f} {length * 0.75:.2f} {-half * 1.5:.2f} "
        f"{length:.2f} {-half * 0.32:.2f} c {length - notch:.2f} 0 l "
        f"{length:.2f} {half * 0.32:.2f} l "
        f"{length * 0.75:.2f} {half * 1.5:.2f} {length * 0.2:.2f} {half * 0.9:.2f} 0 0 c h"
    )


def arc(
    x: float, y: float, radius: float, start: float, end: float, *, steps: int = 24
) -> list[Point]:
    """Points on a circle from one angle to another, in degrees clockwise from the right."""
    return [
        (
            x + radius * cos((start + (end - start) * step / steps) * pi / 180),
            y + radius * sin((start + (end - start) * step / steps) * pi / 180),
        )
        for step in range(steps + 1)
    ]


def ground(drawing: Drawing, *colours: Colour, stops: Sequence[float] | None = None) -> None:
    """Cover the canvas from top to bottom with colours that go over into each other."""
    if len(colours) == 1:
        drawing.fill(EVERYTHING, colours[0])
    else:
        drawing.shade(EVERYTHING, (0, 0), (0, HEIGHT), colours, stops)


def branch(
    drawing: Drawing,
    points: Sequence[Point],
    widths: Sequence[float],
    colour: Colour,
    chance: Chance,
) -> None:
    """A knotty branch with a few dry streaks of the brush along it."""
    walked = curve_through(points, steps=4)
    rough = [
        (x + chance.near(0, widths[0] * 0.07), y + chance.near(0, widths[0] * 0.07))
        for x, y in walked
    ]
    drawing.fill(stroke(rough, widths), colour)
    for _ in range(3):
        shift = chance.near(0, widths[0] * 0.25)
        streak = [(x + shift, y + shift * 0.5) for x, y in walked[1:-2]]
        drawing.line(smooth(streak, closed=False), (1, 1, 1), widths[0] * 0.06, 0.22)


def flower(
    drawing: Drawing,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    heart: Colour,
    chance: Chance,
    *,
    petals: int = 5,
    notch: float = 0.12,
    deeper: Colour | None = None,
) -> None:
    """An open flower seen from the front; `deeper` tints its throat."""
    turn = chance.between(0, 360)
    with drawing.placed(x, y, turn=turn):
        for number in range(petals):
            with drawing.placed(0, 0, turn=360 * number / petals + chance.near(0, 6)):
                length = size * chance.near(1, 0.08)
                shape = petal(length, size * 4.6 / petals, notch=notch * size)
                drawing.fill(shape, colour, 0.9)
                if deeper is not None:
                    drawing.shade_round(
                        shape, (0, 0), size, (deeper, colour), (0, 0.75), opacity=0.85
                    )
        stamens(drawing, size, heart, chance)


def stamens(drawing: Drawing, size: float, heart: Colour, chance: Chance, count: int = 9) -> None:
    """Threads with a dot at the tip, from the origin outwards."""
    for number in range(count):
        angle = tau * number / count + chance.near(0, 0.2)
        reach = size * chance.between(0.28, 0.5)
        tip = (reach * cos(angle), reach * sin(angle))
        drawing.line(polygon([(0, 0), tip], closed=False), heart, size * 0.035, 0.8)
        drawing.fill(ellipse(*tip, size * 0.06), heart)


def hills(
    drawing: Drawing,
    crests: Sequence[Point],
    colour: Colour,
    mist: Colour,
    *,
    depth: float = 26.0,
    opacity: float = 1.0,
) -> None:
    """A ridge from left to right that dissolves in mist `depth` units below its crest."""
    walked = curve_through(crests)
    top = min(y for _, y in walked)
    low = max(y for _, y in walked) + depth
    shape = polygon([*walked, (walked[-1][0], low), (walked[0][0], low)])
    drawing.shade(shape, (0, top), (0, low), (colour, mist), (0.0, 0.92), opacity=opacity)


def rain(
    drawing: Drawing,
    count: int,
    box: tuple[float, float, float, float],
    colour: Colour,
    chance: Chance,
    *,
    slant: float = 0.18,
    length: float = 6.0,
    width: float = 0.16,
    opacity: float = 0.6,
) -> None:
    """Fine slanting rain over a rectangle (x, y, width, height)."""
    for x, y in chance.scatter(count, *box):
        reach = length * chance.between(0.5, 1.2)
        foot = (x - slant * reach, y + reach)
        streak = [(x, y), (foot[0] - width / 2, foot[1]), (foot[0] + width / 2, foot[1])]
        drawing.fill(polygon(streak), colour, opacity * chance.between(0.6, 1))


def ripple(
    drawing: Drawing,
    x: float,
    y: float,
    radius: float,
    colour: Colour,
    *,
    rings: int = 3,
    width: float = 0.3,
) -> None:
    """Rings on water, seen flat."""
    for number in range(rings):
        reach = radius * (1 - number / rings * 0.75)
        fades = 0.35 + 0.5 * number / rings
        drawing.line(ellipse(x, y, reach, reach * 0.28), colour, width, fades)
