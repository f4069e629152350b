"""Ornament drawn by rule: a meander border (回纹), cloud scrolls (云纹), a guilloche rosette."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, sin, tau

from donflow.pdf.page import Paper, Point
from donflow.pdf.spacing import Colour

VERMILION: Colour = (0.62, 0.13, 0.13)
GOLD: Colour = (0.68, 0.53, 0.28)
PALE_GOLD: Colour = (0.95, 0.91, 0.83)

Place = Callable[[float, float], Point]

# One square spiral in grid cells, from its foot on the border's line to its heart.
SPIRAL: tuple[Point, ...] = ((0, 0), (0, 4), (4, 4), (4, 1), (1, 1), (1, 3), (3, 3), (3, 2), (2, 2))
SPIRAL_SIDE = 4
PAIR = 2 * SPIRAL_SIDE + 2  # cells of a spiral, its mirror image and the two gaps
STEPS_A_PETAL = 20  # enough that no corner is seen at 600 dpi
MEANDER_DEPTH = SPIRAL_SIDE + 1  # cells from the band's outer line to its inner one


def draw_meander(
    paper: Paper, x: float, y: float, width: float, height: float, *, cell: float, colour: Colour
) -> None:
    """A band of facing square spirals along the inside of a rectangle, a square in each corner.

    The cells are stretched a little along the sides so that whole pairs fill them.
    """
    weight = cell * 0.62
    corner = MEANDER_DEPTH * cell
    right, bottom = x + width, y + height
    _draw_side(paper, width, corner, cell, colour, lambda u, v: (x + u, y + v))
    _draw_side(paper, width, corner, cell, colour, lambda u, v: (x + u, bottom - v))
    _draw_side(paper, height, corner, cell, colour, lambda u, v: (x + v, y + u))
    _draw_side(paper, height, corner, cell, colour, lambda u, v: (right - v, y + u))
    paper.box(x, y, width, height, weight=weight, colour=colour)
    inner = (x + corner, y + corner, width - 2 * corner, height - 2 * corner)
    paper.box(*inner, weight=weight, colour=colour)
    for left, top in ((x, y), (right - corner, y), (x, bottom - corner)):
        _draw_corner(paper, left, top, corner, colour)
    _draw_corner(paper, right - corner, bottom - corner, corner, colour)


def draw_cloud_corner(paper: Paper, place: Place, *, size: float, colour: Colour) -> None:
    """Two cloud scrolls that meet in a corner; `place` turns (along, inwards) mm into a point.

    The motif reaches about `size` mm along both sides.
    """
    unit = size / 30

    def draw(points: list[Point], weight: float) -> None:
        for swap in (False, True):
            turned = [(v, u) if swap else (u, v) for u, v in points]
            paper.curve(
                [place(u * unit, v * unit) for u, v in turned], weight=weight, colour=colour
            )

    draw([(30, 0), (8.6, 0), *volute((8.6, 3.4), 3.4, turns=1.8, rightwards=False)], 0.9)
    draw([(19, 1.4), (15.6, 1.4), *volute((15.6, 3.2), 1.8, turns=1.6, rightwards=False)], 0.6)
    draw([(19, 1.4), (21.4, 1.4), *volute((21.4, 2.8), 1.4, turns=1.6, rightwards=True)], 0.6)
    lozenge = [(2.5, 1.1), (3.9, 2.5), (2.5, 3.9), (1.1, 2.5)]
    points = [place(u * unit, v * unit) for u, v in lozenge]
    paper.curve(points, weight=0, closed=True, fill=colour)


def volute(
    centre: Point, radius: float, *, turns: float, rightwards: bool, heart: float = 0.18
) -> list[Point]:
    """A spiral from the top of its circle inwards to `heart` times the radius."""
    side = 1 if rightwards else -1
    steps = round(48 * turns)
    points = []
    for step in range(steps + 1):
        angle = tau * turns * step / steps
        reach = radius * (1 - (1 - heart) * step / steps)
        points.append((centre[0] + side * reach * sin(angle), centre[1] - reach * cos(angle)))
    return points


def draw_rosette(
    paper: Paper, x: float, y: float, radius: float, *, colour: Colour, weight: float = 0.25
) -> None:
    """A guilloche: interlaced waves on three rings, as on banknotes; meant to lie under text."""
    for ring, amplitude, petals in ((0.86, 0.14, 24), (0.58, 0.16, 18), (0.28, 0.14, 12)):
        for strand in range(6):
            shift = tau * strand / 6
            points = []
            steps = STEPS_A_PETAL * petals
            for step in range(steps + 1):
                angle = tau * step / steps
                reach = radius * (ring + amplitude * sin(petals * angle + shift))
                points.append((x + reach * cos(angle), y + reach * sin(angle)))
            paper.curve(points, weight=weight, colour=colour)


def draw_divider(paper: Paper, x: float, y: float, width: float, *, colour: Colour) -> None:
    """A fine rule with a lozenge in the middle and two volutes beside it, centred on `x`."""
    half, gap = width / 2, 5.2
    for side in (-1, 1):
        scroll = [
            (x + side * u, y + v) for u, v in volute((gap, 1.1), 1.1, turns=1.4, rightwards=False)
        ]
        paper.curve([(x + side * half, y), *scroll], weight=0.5, colour=colour)
    lozenge = [(x, y - 1.3), (x + 1.7, y), (x, y + 1.3), (x - 1.7, y)]
    paper.curve(lozenge, weight=0, closed=True, fill=colour)


def _draw_side(
    paper: Paper, length: float, corner: float, cell: float, colour: Colour, place: Place
) -> None:
    """One side of the band; `place` turns (along, inwards) into a point of the page."""
    room = length - 2 * corner
    count = round(room / (PAIR * cell))
    step = room / (count * PAIR + 1)
    for number in range(count):
        start = corner + (number * PAIR + 1) * step
        far = start + (PAIR - 1) * step
        for origin, direction in ((start, step), (far, -step)):
            points = [place(origin + direction * u, v * cell) for u, v in SPIRAL]
            paper.curve(points, weight=cell * 0.62, colour=colour, square=True)


def _draw_corner(paper: Paper, x: float, y: float, side: float, colour: Colour) -> None:
    third = side / MEANDER_DEPTH
    paper.box(x + third, y + third, 3 * third, 3 * third, weight=third * 0.62, colour=colour)
    paper.box(x + 2 * third, y + 2 * third, third, third, weight=0, fill=colour)
    paper.box(x, y, side, side, weight=third * 0.62, colour=colour)
