"""The pictures of the new year: 元旦, 春节 and 元宵."""

from __future__ import annotations

from math import cos, pi, sin

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import (
    draw_gull,
    draw_lantern,
    draw_mountain,
    draw_star,
    draw_steam,
    ridge,
)
from donflow.greetings.cards.shapes import draw_blossom, draw_twig, points, rows
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke


def draw_first_sunrise(drawing: Drawing, palette: Palette) -> None:
    """元旦: the first sun of the year over ranges in the mist."""
    ground(drawing, palette.ground)
    with drawing.placed(-2, 8, size=0.9):
        drawing.shade(
            rectangle(-60, -60, 220, 190), (0, -60), (0, 130), (tint("f8e7cf"), tint("f3b98a"))
        )
        drawing.wash(50, 46, 34, 34, tint("f9c887"), 0.7)
        drawing.fill(ellipse(50, 46, 15), palette.accent)
        for seed, base, height, colour, foot, peaks in (
            (
                3,
                72,
                26,
                palette.soft,
                tint("efbf98"),
                ((0.14, 0.7, 0.2), (0.4, 0.45, 0.2), (0.62, 0.5, 0.2), (0.88, 0.95, 0.22)),
            ),
            (
                6,
                82,
                26,
                palette.main,
                tint("e0b298"),
                ((0.05, 0.9, 0.2), (0.3, 0.5, 0.2), (0.7, 0.55, 0.18), (0.98, 0.9, 0.2)),
            ),
            (
                9,
                90,
                20,
                palette.deep,
                tint("e9c4ad"),
                ((0.2, 0.75, 0.26), (0.5, 0.35, 0.2), (0.82, 0.8, 0.26)),
            ),
        ):
            draw_mountain(
                drawing,
                ridge(seed, -20, 120, base, height, peaks, 0.07),
                base + 12,
                colour,
                1,
                foot,
            )
        drawing.shade(
            rectangle(-60, 92, 220, 60), (0, 92), (0, 152), (tint("e9c4ad"), tint("f8e9d8"))
        )
        for x, y in rows("26,18 31,15 36,13.6 22,22 41,14.6"):
            draw_gull(drawing, x, y, 3.4, tint("4a4450"), 0.9, -8)
        with drawing.placed(14, 76):
            _small_pine(drawing)


def draw_fu_and_firecrackers(drawing: Drawing, palette: Palette) -> None:
    """春节: the character 福 upon red paper, firecrackers on either side, plum blossom."""
    ground(drawing, palette.ground)
    with drawing.placed(4, 2, size=0.82):
        drawing.fill(polygon(points("50,6 92,48 50,90 8,48")), palette.deep)
        drawing.fill(polygon(points("50,11 87,48 50,85 13,48")), palette.main)
        drawing.line(polygon(points("50,13 85,48 50,83 15,48")), palette.accent, 0.6)
        drawing.line(polygon(points("50,15.5 82.5,48 50,80.5 17.5,48")), palette.accent, 0.25)
        for angle in range(4):
            with drawing.placed(50, 48, turn=90 * angle):
                for size in (-1, 1):
                    drawing.line(
                        smooth(
                            [
                                (0, -29),
                                (size * 4, -26),
                                (size * 5, -22),
                                (size * 2, -20.5),
                                (size * 1, -23),
                            ],
                            closed=False,
                        ),
                        palette.accent,
                        0.5,
                    )
                drawing.fill(ellipse(0, -31, 1.1), palette.accent)
        drawing.character("福", 50, 48, 36, tint("2a1a14"))
        for x in (1.0, 99.0):
            drawing.line(polygon([(x, -20), (x, 84)], closed=False), tint("7c2a22"), 0.5)
            for number in range(13):
                y = -6 + number * 6.6
                for size in (-1, 1):
                    with drawing.placed(x, y, turn=size * 28):
                        drawing.fill(rectangle(-1.5, 0, 3, 6.8), tint("cb3a2d"))
                        drawing.fill(rectangle(-1.5, 0.6, 3, 0.8), palette.accent)
                        drawing.fill(rectangle(-1.5, 5.4, 3, 0.8), palette.accent)
                        drawing.fill(rectangle(0.6, 1.4, 0.6, 4), tint("8f211b"), 0.6)
            draw_star(drawing, x, 88, 5, tint("f0b84a"), 1, 8)
            draw_star(drawing, x, 88, 2.8, tint("fff1c4"), 1, 8)
            for number in range(9):
                drawing.fill(
                    ellipse(
                        x + 4 * cos(number * 0.7) + 1 * (number % 3 - 1),
                        88 + 5.4 * sin(number * 0.7),
                        0.45,
                    ),
                    tint("d9772f"),
                    0.9,
                )
        draw_twig(drawing, points("-8,96 8,84 20,80 30,83"), 1.8, 0.4, tint("4a3a32"))
        draw_twig(drawing, points("8,84 14,75 20,71"), 1, 0.3, tint("4a3a32"))
        for x, y, radius, turn in rows(
            "8,84,4,0 20,71,3.4,30 20,80,3.8,50 12,79,2.6,10 29,82.6,3,66 0,90,3,14"
        ):
            with drawing.placed(x, y, turn=turn):
                draw_blossom(drawing, radius, palette.soft, tint("f3d06a"))


def draw_lantern_and_tangyuan(drawing: Drawing, palette: Palette) -> None:
    """元宵: lanterns under the first full moon, a bowl of round dumplings."""
    ground(drawing, palette.ground)
    with drawing.placed(7, 2, size=0.76):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (palette.deep, palette.main)
        )
        drawing.glow(50, 22, 26, 26, tint("8a8468"), 0.8)
        drawing.fill(ellipse(50, 22, 13), palette.soft)
        drawing.fill(ellipse(46, 19, 3.4, 2.2), tint("e6dcb4"), 0.6)
        drawing.fill(ellipse(55, 26, 4, 2.6), tint("e6dcb4"), 0.5)
        drawing.line(
            smooth(points("-10,4 20,12 50,14.4 80,12 110,4"), closed=False),
            tint("8c7a5a"),
            0.3,
            0.9,
        )
        for x, y, radius, colour in (
            (14.0, 10.4, 9.0, palette.accent),
            (86.0, 10.4, 9.0, palette.accent),
        ):
            drawing.glow(x, y + 13, 20, 20, tint("a0662a"), 0.7)
            with drawing.placed(x, y):
                draw_lantern(drawing, radius, colour)
        for x, height in rows("38,20 50,26 62,19"):
            draw_steam(drawing, x, 66, height, tint("ffffff"), 0.28, 2.4, 1 if x != 50 else -1)
        drawing.fill(ellipse(50, 104, 36, 3.6), tint("10182c"), 0.5)
        drawing.fill(
            smooth(points("14,74 86,74 82,88 70,99 60,103 40,103 30,99 18,88")), tint("f1efe8")
        )
        drawing.fill(
            smooth(points("50,74 86,74 82,88 70,99 60,103 50,103 64,92")), tint("c9cfda"), 0.7
        )
        drawing.fill(ellipse(50, 74, 36, 9), tint("ffffff"))
        drawing.fill(ellipse(50, 74.6, 33.4, 7.6), tint("dfe3ea"))
        drawing.fill(ellipse(50, 75, 32.6, 7), tint("f3e6c4"))
        for x, y, radius in rows(
            "28,73,6.2 41,70.6,6.4 55,70.4,6.4 69,72,6.2 35,76.6,6.4 49,77.4,6.8 63,76.8,6.4"
        ):
            drawing.fill(ellipse(x, y + 1, radius, radius * 0.82), tint("c8b68c"), 0.5)
            drawing.fill(ellipse(x, y, radius, radius * 0.86), tint("fffdf6"))
            drawing.fill(
                ellipse(x + radius * 0.2, y + radius * 0.25, radius * 0.7, radius * 0.5),
                tint("e9e0cb"),
                0.6,
            )
            drawing.fill(
                ellipse(x - radius * 0.3, y - radius * 0.3, radius * 0.3, radius * 0.2),
                tint("ffffff"),
            )
        with drawing.clipped(smooth(points("63,69.8 69.2,70.6 69.4,76.8 63,83.6 56,78"))):
            drawing.fill(ellipse(63, 76.8, 4.4), tint("4a3428"))
            drawing.fill(ellipse(62.4, 76, 3), tint("2f201a"))
        for number in range(7):
            with drawing.placed(22 + number * 9.4, 90 + 5.5 * sin(pi * number / 6)):
                for size in (0, 120, 240):
                    with drawing.placed(0, 0, turn=size):
                        drawing.fill(ellipse(0, -1.3, 0.9, 1.3), tint("c4402f"))
        for x, y, reach in rows(
            "30,34,0.5 70,40,0.6 8,52,0.5 92,56,0.45 22,2,0.5 80,-4,0.5 34,-6,0.4"
        ):
            draw_star(drawing, x, y, reach * 3)


def _small_pine(drawing: Drawing) -> None:
    drawing.fill(stroke(points("0,6 1,-6 -1,-14 2,-22"), (1.6, 1.1, 0.7)), tint("2f2b30"))
    for x, y, width in rows("0,-22,7 -4,-16,7.4 5,-13,8 -4,-8,8"):
        drawing.fill(
            smooth(
                [
                    (x - width, y + 0.6),
                    (x - width * 0.5, y - 1.6),
                    (x, y - 2.2),
                    (x + width * 0.6, y - 1.4),
                    (x + width, y + 0.7),
                    (x, y + 1),
                ]
            ),
            tint("39424a"),
        )
