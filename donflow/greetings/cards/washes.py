"""Wet ink: washes laid one over another, edges that dissolve into the paper, frost."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, tau

from donflow.greetings.cards.palettes import tint
from donflow.greetings.cards.shapes import dice_of
from donflow.pdf.drawing import Drawing, curve_through, ellipse, polygon, smooth
from donflow.pdf.page import Point
from donflow.pdf.spacing import Colour


def draw_washed(
    drawing: Drawing,
    outline: Sequence[Point],
    colour: Colour,
    *,
    seed: int = 1,
    layers: int = 4,
    spread: float = 0.4,
    opacity: float = 0.95,
) -> None:
    """A closed shape in several thin washes: full in the middle, uneven at its rim."""
    dice = dice_of(seed)
    thin = 1 - (1 - opacity) ** (1 / layers)
    for _ in range(layers):
        wet = [
            (x + dice.uniform(-spread, spread), y + dice.uniform(-spread, spread))
            for x, y in outline
        ]
        drawing.fill(smooth(wet), colour, thin)


def draw_faded(
    drawing: Drawing, paper: Colour, edge: float, depth: float, *, seed: int = 1, up: bool = False
) -> None:
    """Give the picture back to the paper: from `depth` before `edge` on it dissolves, ragged.

    Downwards; upwards with `up`.
    """
    dice = dice_of(seed)
    way = -1 if up else 1
    for layer in range(FADING + 1):
        y = edge - way * depth * (1 - layer / FADING)
        swing, phase = depth * 0.16, dice.uniform(0, tau)
        rim = [
            (x, y + swing * sin(phase + x / 13) + dice.uniform(-swing, swing) * 0.5)
            for x in range(-8, 101, 6)
        ]
        shape = polygon([*curve_through(rim, steps=3), (100, y + way * 90), (-8, y + way * 90)])
        drawing.fill(shape, paper, 1.0 if layer == FADING else 0.2)


def draw_frost(
    drawing: Drawing, line: Sequence[Point], *, seed: int, count: int, reach: float = 1.4
) -> None:
    """Rime on the upper side of a curve: a thin white coat and needles that stand off it."""
    dice = dice_of(seed)
    walked = curve_through(line, steps=8)
    drawing.line(smooth(walked, closed=False), FROST, reach * 0.42, 0.85)
    for _ in range(count):
        x, y = dice.choice(walked)
        turn = -pi / 2 + dice.uniform(-1.1, 1.1)
        long = reach * dice.uniform(0.4, 1.0)
        x, y = x + dice.uniform(-0.5, 0.5), y + dice.uniform(-0.2, 0.4)
        tip = (x + long * cos(turn), y + long * sin(turn))
        drawing.line(polygon([(x, y), tip], closed=False), FROST, 0.17, 0.9)
        drawing.fill(ellipse(*tip, 0.13), FROST, 0.9)


FADING = 13
FROST = tint("ffffff")
