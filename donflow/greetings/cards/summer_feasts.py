"""The pictures of 端午, 七夕 and 中元."""

from __future__ import annotations

from math import pi, sin

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_mountain, draw_star, ridge
from donflow.greetings.cards.shapes import dice_of, draw_bamboo_leaf, points, rows
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke


def draw_dragon_boat(drawing: Drawing, palette: Palette) -> None:
    """端午: a dragon boat at full stroke, mugwort and zongzi on the bank."""
    ground(drawing, palette.ground)
    with drawing.placed(5, 41, size=0.78):
        drawing.fill(ellipse(78, 14, 7.5), tint("cf4b34"))
        draw_mountain(
            drawing,
            ridge(
                14, -20, 120, 40, 14, ((0.15, 0.9, 0.2), (0.45, 0.6, 0.3), (0.8, 0.8, 0.24)), 0.06
            ),
            40,
            tint("bfd0bd"),
            1,
            tint("eef0e0"),
        )
        drawing.shade(
            rectangle(-60, 40, 220, 160), (0, 40), (0, 200), (palette.soft, tint("7faea6"))
        )
        for y, x, width in rows("48,20,18 50,80,22 76,14,20 80,76,26 86,40,30 71,92,12"):
            drawing.fill(
                stroke(
                    [
                        (x - width, y),
                        (x - width * 0.3, y - 0.8),
                        (x + width * 0.3, y + 0.8),
                        (x + width, y),
                    ],
                    (0.1, 0.7, 0.7, 0.1),
                ),
                tint("ffffff"),
                0.65,
            )
        with drawing.placed(0, 3):
            hull = points(
                "-8,44 4,54 20,59.5 44,61.6 66,59.6 80,53 86,45 83,55 76,63 62,68 38,69.4 "
                "14,66 0,58"
            )
            for number in range(7):
                x = 18 + number * 7.8
                y = 58.4 - 0.018 * (x - 44) ** 2 * 0.25
                drawing.line(
                    polygon([(x + 2, y - 3), (x - 5.6, y + 13.5)], closed=False),
                    tint("7a4a2c"),
                    0.7,
                )
                drawing.fill(
                    smooth(
                        [
                            (x - 4.4, y + 9.6),
                            (x - 3, y + 10.4),
                            (x - 6.4, y + 17),
                            (x - 8.2, y + 16),
                        ]
                    ),
                    tint("8a5a35"),
                )
            for number in range(7):
                x = 18 + number * 7.8
                y = 58.4 - 0.0045 * (x - 44) ** 2
                drawing.fill(
                    smooth(
                        [
                            (x - 3.2, y + 2),
                            (x - 2, y - 5),
                            (x + 1.4, y - 8.4),
                            (x + 4, y - 6.6),
                            (x + 3.4, y + 2),
                        ]
                    ),
                    tint("e6d7b2") if number % 2 else tint("d4553c"),
                )
                drawing.line(
                    smooth([(x + 2.6, y - 6), (x + 5.4, y - 2), (x + 1, y)], closed=False),
                    tint("c98f68"),
                    1.3,
                )
                drawing.fill(ellipse(x + 3.6, y - 10.6, 2.3), tint("c98f68"))
                drawing.fill(
                    smooth(
                        [
                            (x + 1.2, y - 10.6),
                            (x + 1.8, y - 13),
                            (x + 4.4, y - 13.2),
                            (x + 5.6, y - 11.4),
                            (x + 3.4, y - 11.8),
                        ]
                    ),
                    tint("2f2a2a"),
                )
            drawing.fill(smooth(hull), palette.main)
            drawing.fill(
                smooth(points("0,56 20,62.4 44,64.6 66,62.4 80,56 76,63 62,68 38,69.4 14,66")),
                palette.deep,
                0.8,
            )
            for number in range(15):
                x = 4 + number * 5
                y = 60 + (2.6 if 4 < number < 12 else 0.6)
                drawing.line(
                    smooth([(x, y + 1), (x + 2.4, y + 3.4), (x + 5, y + 1)], closed=False),
                    palette.accent,
                    0.5,
                    0.95,
                )
            drawing.fill(
                stroke(points("-8,45 -10,36 -4,31 2,33"), (3.6, 2.6, 1.6, 0.3)), palette.main
            )
            drawing.fill(stroke(points("-9,40 -14,36 -13,30"), (1.6, 1, 0.2)), palette.accent)
            with drawing.placed(85, 47):
                _dragon_head(drawing)
            drawing.fill(ellipse(78, 50, 4.2, 2), tint("f0dfb4"))
            drawing.fill(polygon(points("73.8,50 82.2,50 81.4,56 74.6,56")), tint("9b2f26"))
            drawing.fill(ellipse(78, 50, 4.2, 1.8), tint("f0dfb4"))
        for x, y, length in rows("20,82,12 40,84.5,15 60,83,14 76,78,9"):
            drawing.fill(
                stroke([(x - length, y), (x, y - 1.2), (x + length, y + 0.4)], (0.1, 1, 0.1)),
                tint("ffffff"),
                0.85,
            )
        with drawing.placed(18, 92):
            _zongzi(drawing)
        with drawing.placed(31, 95, turn=12, size=0.85):
            _zongzi(drawing)
        for x, turn, size in rows("92,-8,1 84,-22,0.85 98,10,0.9"):
            with drawing.placed(x, 118, turn=turn, size=size):
                _mugwort(drawing)


def draw_magpie_bridge(drawing: Drawing, palette: Palette) -> None:
    """七夕: magpies make a bridge across the river of stars, Vega and Altair on its banks."""
    ground(drawing, palette.ground)
    with drawing.placed(90, 4, size=0.9, mirrored=True):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (tint("27365f"), tint("55659c"))
        )
        dice = dice_of(77)
        for _ in range(520):
            share = dice.uniform(-0.2, 1.25)
            width = dice.gauss(0, 9)
            x = -4 + 108 * share + width * 0.6
            y = 118 - 134 * share + width
            drawing.fill(
                ellipse(x, y, dice.uniform(0.12, 0.42)), tint("eef2ff"), dice.uniform(0.35, 0.9)
            )
        for x, y in rows("2,112 20,90 36,68 52,48 68,30 84,10 98,-8"):
            drawing.glow(x, y, 24, 24, tint("3a477a"), 0.9)
        for x, y, reach in rows("18,20,8.5 84,82,8.5"):
            drawing.glow(x, y, 13, 13, tint("8f8768"), 0.9)
            draw_star(drawing, x, y, reach, palette.accent)
            draw_star(drawing, x, y, reach * 0.45, tint("ffffff"), 1, 8)
        for x, y in rows("11,31 25,30 29,17"):
            draw_star(drawing, x, y, 1.8)
        drawing.line(polygon(points("18,20 11,31"), closed=False), palette.accent, 0.15, 0.4)
        drawing.line(polygon(points("18,20 25,30"), closed=False), palette.accent, 0.15, 0.4)
        for x, y in rows("76,72 92,92"):
            draw_star(drawing, x, y, 2.4)
        drawing.line(polygon(points("76,72 92,92"), closed=False), palette.accent, 0.15, 0.5)
        for count, lift, size in rows("5,17,0.5 6,0,0.68"):
            for number in range(int(count)):
                share = (number + 0.35) / count
                x = 22 + 62 * share
                y = 42 + 30 * share - 22 * sin(pi * share) + lift + dice.uniform(-0.8, 0.8)
                turn = -30 + 76 * share + dice.uniform(-5, 5)
                with drawing.placed(x, y, turn=turn, size=size):
                    _flying_magpie(drawing)


def draw_river_lanterns(drawing: Drawing, palette: Palette) -> None:
    """中元: lotus lights set afloat on a dark river, for those who are remembered."""
    ground(drawing, palette.ground)
    with drawing.placed(4, 4, size=0.85):
        drawing.shade(
            rectangle(-60, -60, 220, 134), (0, -60), (0, 74), (palette.deep, tint("3a4750"))
        )
        drawing.shade(
            rectangle(-60, 40, 220, 160), (0, 40), (0, 200), (palette.main, tint("1d262d"))
        )
        drawing.fill(ellipse(76, 12, 5.4), tint("cfd6d2"), 0.85)
        draw_mountain(
            drawing,
            ridge(17, -20, 120, 40, 12, ((0.2, 0.8, 0.3), (0.75, 1, 0.3)), 0.05),
            40,
            tint("2b343c"),
        )
        for x, y, size in rows("58,44,0.22 44,47,0.28 64,51,0.36 36,56,0.44 60,64,0.62 82,60,0.4"):
            _lotus_light(drawing, x, y, size)
        _lotus_light(drawing, 38, 84, 1.15)
        for y, x, width in rows("48,20,14 58,88,10 70,20,16 74,84,16 100,66,22 104,18,14"):
            drawing.fill(ellipse(x, y, width, 0.2), tint("8ea0a8"), 0.35)


def _zongzi(drawing: Drawing) -> None:
    drawing.fill(polygon(points("0,-13 12,5 -12,5")), tint("56774a"))
    drawing.fill(polygon(points("0,-13 12,5 2,5")), tint("3f5f3a"))
    drawing.fill(polygon(points("-12,5 -1,-2 2,5")), tint("6d8f58"))
    for number in (-6, -2, 2):
        drawing.line(polygon([(number - 1, 5), (0, -13)], closed=False), tint("88a473"), 0.25, 0.7)
    for start, end in (
        ((-9.4, 1), (9.6, 1.4)),
        ((-6.6, -3), (7.2, -2.4)),
        ((-3.8, -7.4), (4.2, -6.8)),
    ):
        drawing.line(polygon([start, end], closed=False), tint("c8452f"), 0.8)
    drawing.line(
        smooth(points("0,-2.8 -5,-6 -4,-1 0,-2.8 5,-6.6 4,-0.6 0,-2.8"), closed=False),
        tint("c8452f"),
        0.6,
    )


def _dragon_head(drawing: Drawing) -> None:
    drawing.fill(stroke(points("-4,8 0,0 2,-8 8,-13"), (8, 6, 5.4, 5)), tint("b93a2c"))
    drawing.fill(stroke(points("-7,4 -4,-3 -1,-10 4,-15.4"), (2, 1.6, 1.6, 0.3)), tint("3f7f6c"))
    for number in range(5):
        drawing.fill(
            polygon(
                [
                    (-5.6 + number * 1.5, 3 - number * 4.2),
                    (-9.4 + number * 1.6, 0.6 - number * 4.4),
                    (-4.6 + number * 1.5, -0.6 - number * 4.2),
                ]
            ),
            tint("e7b85a"),
        )
    drawing.fill(
        smooth(
            points(
                "3,-17 9,-18 15,-16.4 20.6,-13.6 20.4,-11.6 13,-11.4 19,-8 17.6,-6.8 9,-8 4,-9.4"
            )
        ),
        tint("c8452f"),
    )
    drawing.fill(smooth(points("13,-11.4 19,-8.3 16,-8.4 10.6,-10")), tint("f0dfb4"))
    drawing.fill(ellipse(10.4, -15, 1.5), tint("fdf6e2"))
    drawing.fill(ellipse(10.8, -15, 0.75), tint("1d1a1a"))
    drawing.fill(stroke(points("8.6,-17.6 6,-22 0,-24.6"), (1.6, 1.1, 0.2)), tint("e7b85a"))
    drawing.fill(stroke(points("6,-17 2,-20 -4,-20.4"), (1.4, 0.9, 0.2)), tint("e7b85a"))
    drawing.line(smooth(points("20,-13.4 24,-12 27,-14.6"), closed=False), tint("e7b85a"), 0.45)
    drawing.line(smooth(points("19.4,-12.6 23,-9 26.4,-9.8"), closed=False), tint("e7b85a"), 0.45)
    for reach in ((8, -7.6), (11, -7)):
        drawing.fill(
            stroke(
                [reach, (reach[0] - 1, reach[1] + 4), (reach[0] + 1.4, reach[1] + 7)],
                (1.2, 0.9, 0.1),
            ),
            tint("e9dcc0"),
        )


def _mugwort(drawing: Drawing) -> None:
    drawing.fill(stroke(points("0,0 1,-20 0,-44"), (1.2, 0.9, 0.3)), tint("6b8260"))
    for number in range(9):
        y = -6 - number * 4.3
        size = 1 - 0.06 * number
        for side in (-1, 1):
            with drawing.placed(0.6, y + side, turn=-90 + side * (62 - number * 2.5), size=size):
                for turn in (-32, 0, 32):
                    with drawing.placed(4, 0, turn=turn):
                        draw_bamboo_leaf(
                            drawing,
                            8 if turn == 0 else 5.4,
                            2.3,
                            tint("7f9a74") if turn else tint("93ab86"),
                        )
                drawing.line(polygon(points("0,0 8,0"), closed=False), tint("6b8260"), 0.5)


def _flying_magpie(drawing: Drawing) -> None:
    """In flight to +x, its wings up: black head, white belly, a long tail with a blue sheen."""
    black, blue, white = tint("0e1322"), tint("4a7bb5"), tint("f7f5ee")
    drawing.fill(stroke(points("-3,0 -10,0.6 -18,3"), (2.4, 2.0, 0.5)), black)
    drawing.fill(stroke(points("-4,-0.5 -11,-0.1 -17.4,2.3"), (0.4, 0.7, 0.2)), blue)
    drawing.fill(smooth(points("2.4,-1 5.4,-4.6 6,-9 4.2,-12.4 1.6,-9 0.4,-4")), black)
    drawing.fill(smooth(points("3,-3.4 4.6,-6 4.8,-9 3.6,-10.8 2,-7.4")), white, 0.9)
    drawing.fill(smooth(points("-5,-1.4 1,-2.7 6,-2 8,-0.2 5.6,2 0,3.2 -4.6,1.7")), black)
    drawing.fill(smooth(points("-3.8,0.8 1,0.1 4.8,1.2 1.4,3.2 -2.4,2.8")), white)
    drawing.fill(ellipse(7.2, -1.1, 2.1, 1.9), black)
    drawing.fill(polygon(points("8.8,-1.9 11.8,-0.8 8.8,-0.1")), black)
    drawing.fill(ellipse(7.9, -1.5, 0.34), white)
    wing = smooth(points("3,-1 2,-5.4 -1.4,-10.4 -6.6,-13.6 -6.8,-9.6 -5,-4.6 -2.6,-0.8"))
    drawing.fill(wing, black)
    drawing.fill(smooth(points("0.6,-3 -1.2,-6.4 -4.6,-9.8 -4.8,-7 -3,-3.4")), white)
    drawing.fill(stroke(points("-5.9,-12.6 -6.1,-9.4 -4.4,-4.8"), (0.2, 0.7, 0.3)), blue)
    drawing.fill(stroke(points("1.6,-4 0.2,-1.9 -2.4,-1.3"), (0.3, 0.8, 0.5)), blue, 0.9)


def _lotus_light(drawing: Drawing, x: float, y: float, size: float) -> None:
    with drawing.placed(x, y, size=size):
        drawing.glow(0, -4, 27, 27, tint("7a5a30"), 0.75)
        for number, width in enumerate((6, 4.4, 3, 1.8)):
            drawing.fill(
                ellipse(0, 9 + number * 6, width * 1.8, 1.3), tint("f1b86a"), 0.34 - 0.07 * number
            )
        drawing.fill(ellipse(0, 4, 17, 3.4), tint("2f4a48"))
        for turn, length, colour in (
            (-66.0, 15.0, tint("c9798a")),
            (66.0, 15.0, tint("c9798a")),
            (-44.0, 15.5, tint("d88f9d")),
            (44.0, 15.5, tint("d88f9d")),
            (-22.0, 16.0, tint("e6a9b0")),
            (22.0, 16.0, tint("e6a9b0")),
        ):
            with drawing.placed(0, 3, turn=turn):
                drawing.fill(
                    smooth([(0, 0), (-4, -5), (-3.4, -11), (0, -length), (3.4, -11), (4, -5)]),
                    colour,
                )
        drawing.fill(smooth(points("-1.2,-3 -2,-8 0,-14 2,-8 1.2,-3")), tint("ffe9a8"))
        drawing.fill(smooth(points("-0.7,-3.4 -0.9,-6.6 0,-10 0.9,-6.6 0.7,-3.4")), tint("ffffff"))
        for turn in (-52, 52, -20, 20):
            with drawing.placed(0, 4.4, turn=turn):
                drawing.fill(
                    smooth(points("0,0 -4,-4 -3,-8.6 0,-11.6 3,-8.6 4,-4")), tint("f0bfc2")
                )
        with drawing.placed(0, 4.4):
            drawing.fill(
                smooth(points("0,0.6 -4.6,-2 -3.4,-6.4 0,-9 3.4,-6.4 4.6,-2")), tint("f8d6d3")
            )
