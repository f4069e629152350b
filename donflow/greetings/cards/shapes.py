"""Small shapes that several pictures share: leaves, twigs, blossoms, beads of dew."""

from __future__ import annotations

from math import cos, pi, sin, tau
from random import Random
from typing import Final

from donflow.greetings.cards.palettes import tint
from donflow.pdf.drawing import Drawing, Shape, ellipse, polygon, smooth, stroke
from donflow.pdf.page import Point
from donflow.pdf.spacing import Colour

DEW: Final = tint("9fc3c4")
UMBER: Final = tint("5a4334")


def points(text: str) -> list[Point]:
    """Points written as `x,y x,y …`: as short as an outline can be written down."""
    return [(x, y) for x, y in rows(text)]


def rows(text: str) -> list[tuple[float, ...]]:
    """Rows of numbers, parted by blanks; the numbers of a row by commas."""
    return [tuple(float(number) for number in row.split(",")) for row in text.split()]


def dice_of(seed: int) -> Random:
    """Irregularity that is the same at every drawing."""
    return Random(seed)  # noqa: S311 - nothing is kept secret by it


def tilted(x: float, y: float, across: float, down: float, turn: float) -> Shape:
    """An ellipse by its middle and two radii, turned clockwise by degrees."""
    along, middle = turn * pi / 180, (x, y)
    outline = [
        (
            middle[0] + across * cos(step) * cos(along) - down * sin(step) * sin(along),
            middle[1] + across * cos(step) * sin(along) + down * sin(step) * cos(along),
        )
        for step in (tau * number / 12 for number in range(12))
    ]
    return smooth(outline)


def draw_leaf(
    drawing: Drawing,
    length: float,
    width: float,
    colour: Colour,
    opacity: float = 1.0,
    vein: Colour | None = None,
    bend: float = 0.12,
) -> None:
    """A pointed leaf from (0, 0) along +x."""
    top = [
        (0, 0),
        (length * 0.25, -width * 0.42),
        (length * 0.55, -width * 0.5 + length * bend * 0.3),
        (length * 0.85, -width * 0.16 + length * bend * 0.6),
        (length, length * bend),
    ]
    low = [
        (length * 0.8, width * 0.26 + length * bend * 0.5),
        (length * 0.5, width * 0.5 + length * bend * 0.2),
        (length * 0.2, width * 0.4),
    ]
    drawing.fill(smooth(top + low), colour, opacity)
    if vein:
        drawing.line(
            smooth(
                [
                    (0, 0),
                    (length * 0.5, length * bend * 0.25),
                    (length * 0.93, length * bend * 0.9),
                ],
                closed=False,
            ),
            vein,
            length * 0.018,
            opacity * 0.8,
        )


def draw_blade(
    drawing: Drawing, outline: list[Point], width: float, colour: Colour, opacity: float = 1.0
) -> None:
    drawing.fill(stroke(outline, (width * 0.7, width, width * 0.6, width * 0.06)), colour, opacity)


def draw_bamboo_leaf(
    drawing: Drawing, length: float, width: float, colour: Colour, opacity: float = 1.0
) -> None:
    drawing.fill(
        smooth(
            [
                (0, 0),
                (length * 0.2, -width * 0.5),
                (length * 0.5, -width * 0.42),
                (length, 0),
                (length * 0.5, width * 0.42),
                (length * 0.2, width * 0.5),
            ]
        ),
        colour,
        opacity,
    )


def draw_blossom(
    drawing: Drawing,
    radius: float,
    colour: Colour,
    heart: Colour,
    petals: int = 5,
    stamens: bool = True,
    opacity: float = 1.0,
    rim: Colour | None = None,
) -> None:
    for number in range(petals):
        with drawing.placed(0, 0, turn=360 * number / petals):
            outline = [
                (0, 0),
                (-radius * 0.42, -radius * 0.45),
                (-radius * 0.36, -radius * 0.9),
                (0, -radius * 0.98),
                (radius * 0.36, -radius * 0.9),
                (radius * 0.42, -radius * 0.45),
            ]
            drawing.fill(smooth(outline), colour, opacity)
            if rim:
                drawing.line(smooth(outline), rim, radius * 0.04, 0.8)
    if stamens:
        for number in range(9):
            angle = tau * number / 9 + 0.2
            length = radius * (0.42 + 0.1 * (number % 2))
            drawing.line(
                polygon([(0, 0), (length * cos(angle), length * sin(angle))], closed=False),
                heart,
                radius * 0.03,
                0.9,
            )
            drawing.fill(ellipse(length * cos(angle), length * sin(angle), radius * 0.06), heart)
    drawing.fill(ellipse(0, 0, radius * 0.13), heart)


def draw_drop(drawing: Drawing, x: float, y: float, radius: float, hue: Colour = DEW) -> None:
    """A bead of dew: pale body, dark upper rim, bright window."""
    drawing.fill(ellipse(x, y, radius), hue, 0.55)
    drawing.fill(ellipse(x + radius * 0.12, y + radius * 0.16, radius * 0.8), tint("e9f5f3"), 0.75)
    drawing.line(ellipse(x, y, radius), tint("5f8f8f"), radius * 0.09, 0.7)
    drawing.fill(
        tilted(x - radius * 0.36, y - radius * 0.4, radius * 0.2, radius * 0.13, -35),
        tint("ffffff"),
    )
    drawing.fill(
        tilted(x + radius * 0.25, y + radius * 0.45, radius * 0.38, radius * 0.14, -25),
        tint("ffffff"),
        0.8,
    )


def draw_twig(
    drawing: Drawing,
    outline: list[Point],
    start: float,
    end: float,
    colour: Colour = UMBER,
    opacity: float = 1.0,
) -> None:
    drawing.fill(
        stroke(outline, (start, (start * 2 + end) / 3, (start + end) / 2.2, end)), colour, opacity
    )


def draw_chrysanthemum(
    drawing: Drawing,
    radius: float,
    deep: Colour,
    mid: Colour,
    light: Colour,
    seed: int,
    rings: int = 6,
) -> None:
    """A chrysanthemum seen from the front: rings of curling petals, the outer ones longest."""
    dice = dice_of(seed)
    for ring in range(rings):
        share = ring / (rings - 1)
        out = radius * (1 - 0.72 * share)
        count = int(26 - 13 * share)
        for number in range(count):
            angle = 360 * (number + 0.5 * (ring % 2)) / count + dice.uniform(-5, 5)
            length = out * dice.uniform(0.86, 1.06)
            width = radius * 0.13 * (1 - 0.25 * share)
            hue = (
                deep if number % 3 == 0 and share < 0.75 else mid if (number + ring) % 2 else light
            )
            with drawing.placed(0, 0, turn=angle):
                b = dice.uniform(-0.12, 0.12) * length
                drawing.fill(
                    smooth(
                        [
                            (0, -width * 0.2),
                            (length * 0.5, -width * 0.55 + b * 0.3),
                            (length * 0.86, -width * 0.62 + b),
                            (length, b * 1.6),
                            (length * 0.88, width * 0.5 + b),
                            (length * 0.5, width * 0.45 + b * 0.3),
                            (0, width * 0.2),
                        ]
                    ),
                    hue,
                )
                drawing.line(
                    polygon([(length * 0.3, b * 0.2), (length * 0.9, b * 1.1)], closed=False),
                    deep,
                    radius * 0.009,
                    0.7,
                )
    drawing.fill(ellipse(0, 0, radius * 0.1), light)
