"""The pictures of a birthday and of a gift's anniversary."""

from __future__ import annotations

from math import cos, pi, sin, tau

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.shapes import (
    dice_of,
    draw_blade,
    draw_blossom,
    draw_leaf,
    draw_twig,
    points,
    rows,
    tilted,
)
from donflow.pdf.drawing import Drawing, ellipse, polygon, smooth, stroke
from donflow.pdf.page import Point


def draw_peaches_of_longevity(drawing: Drawing, palette: Palette) -> None:
    """Birthday: three ripe peaches on their bough, with their leaves."""
    ground(drawing, palette.ground)
    with drawing.placed(19, 8, size=0.62):
        draw_twig(drawing, points("-6,2 16,10 36,8 56,16 78,14 104,22"), 3.2, 0.9, palette.deep)
        draw_twig(drawing, points("36,8 40,20 44,30"), 1.5, 1, palette.deep)
        draw_twig(drawing, points("56,16 68,24 72,34"), 1.5, 1, palette.deep)
        draw_twig(drawing, points("16,10 18,24 22,34"), 1.3, 0.9, palette.deep)
        for x, y, turn, length, colour in (
            (22.0, 34.0, 150.0, 24.0, palette.soft),
            (44.0, 28.0, 200.0, 22.0, tint("6d8d5a")),
            (72.0, 32.0, -30.0, 26.0, palette.soft),
            (56.0, 16.0, -60.0, 20.0, tint("7d9a62")),
            (36.0, 8.0, -120.0, 17.0, tint("7d9a62")),
            (78.0, 14.0, -50.0, 20.0, tint("6d8d5a")),
            (92.0, 19.0, 30.0, 20.0, tint("7d9a62")),
            (16.0, 10.0, 160.0, 20.0, tint("6d8d5a")),
        ):
            with drawing.placed(x, y, turn=turn):
                draw_leaf(drawing, length, length * 0.26, colour, 1, tint("b7c79b"), 0.2)
        for x, y, size, turn in rows("27,56,1,8 74,57,1.05,-8 50,66,1.35,0"):
            with drawing.placed(x, y, turn=turn, size=size):
                _peach(drawing)
        for x, y, turn, length, colour in (
            (46.0, 36.0, 70.0, 30.0, tint("4f7146")),
            (46.0, 34.0, 118.0, 28.0, palette.soft),
            (72.0, 36.0, 130.0, 22.0, tint("4f7146")),
            (23.0, 36.0, 40.0, 22.0, tint("4f7146")),
        ):
            with drawing.placed(x, y, turn=turn):
                draw_leaf(drawing, length, length * 0.26, colour, 1, tint("b7c79b"), 0.2)
        for x, y, radius, turn in rows("8,4,4.4,0 88,10,4,20 62,9,3.6,50 98,26,3.4,10"):
            with drawing.placed(x, y, turn=turn):
                draw_blossom(drawing, radius, tint("f0b3b3"), tint("b5484c"))
        for x, y, turn in rows("16,96,20 36,104,80 70,99,150 86,92,40"):
            with drawing.placed(x, y, turn=turn):
                drawing.fill(
                    smooth(points("0,0 1.4,-1.7 4.2,-1.6 5,0 4.2,1.5 1.4,1.5")), tint("f0b3b3"), 0.9
                )


def draw_rings_and_sapling(drawing: Drawing, palette: Palette) -> None:
    """Gift anniversary: a trunk's rings, one a year, and the tree that grew beside it."""
    ground(drawing, palette.ground)
    with drawing.placed(86, 12, size=0.78, mirrored=True):
        drawing.fill(ellipse(50, 92, 46, 6), tint("6b5a45"), 0.14)
        dice = dice_of(23)
        cx, cy = (46, 62)
        wobble = [dice.uniform(-1, 1) for _ in range(36)]
        drawing.fill(smooth([(x, y + 3.4) for x, y in _ring(wobble, 36)]), palette.deep)
        drawing.fill(smooth(_ring(wobble, 36)), palette.main)
        drawing.fill(smooth(_ring(wobble, 33.4)), palette.soft)
        for number, reach in enumerate(
            (31.6, 29, 27, 24.2, 22.4, 19.4, 17.6, 14.6, 12.4, 9.4, 7, 4.6, 2.4)
        ):
            drawing.line(
                smooth(_ring(wobble, reach)),
                tint("a9743f"),
                0.75 if number % 3 == 0 else 0.35,
                0.85,
            )
            if number % 3 == 0:
                drawing.line(smooth(_ring(wobble, reach - 0.7)), tint("c9975a"), 0.9, 0.4)
        for angle, length in rows("0.4,30 2.5,24 4.3,27"):
            drawing.line(
                polygon(
                    [
                        (cx + 4 * cos(angle), cy + 3.3 * sin(angle)),
                        (cx + length * cos(angle), cy + length * 0.82 * sin(angle)),
                    ],
                    closed=False,
                ),
                tint("8a5a35"),
                0.3,
                0.8,
            )
        drawing.fill(
            stroke(points("84,94 82,72 84,48 80,22 82,4"), (2.6, 2.1, 1.7, 1.2, 0.5)),
            tint("6b5136"),
        )
        dice = dice_of(2)
        for x, y, turn in rows(
            "83,60,-30 83,52,210 83,42,-40 82,36,215 81,28,-35 80.6,22,220 81,14,-45 "
            "81.4,9,230 82,4,-90 83,66,205"
        ):
            draw_twig(
                drawing,
                [(x, y), (x + 6 * cos(turn * pi / 180), y + 6 * sin(turn * pi / 180))],
                0.7,
                0.3,
                tint("6b5136"),
            )
            for number, (shade, tt) in enumerate(((6, 0), (4, -38), (4.4, 36))):
                with drawing.placed(
                    x + shade * cos(turn * pi / 180),
                    y + shade * sin(turn * pi / 180),
                    turn=turn + tt,
                ):
                    draw_leaf(
                        drawing,
                        9.5 if number == 0 else 8,
                        4.6,
                        (palette.accent, tint("8db05f"), tint("5d8a4a"))[number],
                        1,
                        tint("d5e3b0"),
                        0.05,
                    )
        for number in range(9):
            draw_blade(
                drawing,
                [
                    (74 + number * 2.6, 96),
                    (74.5 + number * 2.6, 92),
                    (76 + number * 2.8, 88 - number % 3 * 1.5),
                ],
                0.9,
                tint("7c9a58"),
            )


def _peach(drawing: Drawing) -> None:
    """A peach with its cleft and its pointed tip below; the stalk at (0, -19)."""
    body = points(
        "0,-17 8,-20 16,-14 18.6,-4 15,7 7,14.6 1.4,20 0,20.6 -2,19.4 -8,14 -15.6,6 "
        "-18.6,-4 -16,-14 -8,-20"
    )
    drawing.fill(smooth(body), tint("f3cd97"))
    with drawing.clipped(smooth(body)):
        for number in range(12):
            drawing.fill(
                ellipse(4, 17 - number * 0.3, 22 - number * 1.5, 22 - number * 1.6),
                tint("d9425a"),
                0.085,
            )
        for number in range(8):
            drawing.fill(ellipse(15, 3, 13 - number, 17 - number * 1.4), tint("c22f4a"), 0.06)
        drawing.fill(tilted(-9, -9, 5, 7, 20), tint("fff0d2"), 0.45)
    drawing.line(
        smooth(points("0,-17 5.4,-10 7,0 5,10 0.8,19.4"), closed=False), tint("b8344a"), 0.55, 0.75
    )


def _ring(wobble: list[float], reach: float) -> list[Point]:
    """A year's ring, as uneven as the tree grew."""
    return [
        (
            46 + reach * (1 + 0.022 * wobble[number]) * cos(tau * number / 36),
            62 + reach * 0.82 * (1 + 0.022 * wobble[(number + 3) % 36]) * sin(tau * number / 36),
        )
        for number in range(36)
    ]
