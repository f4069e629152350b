"""The pictures of the school's anniversary, of a reunion and of thanks."""

from __future__ import annotations

from math import cos, pi, sin, tau
from random import Random

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_mountain, ridge
from donflow.greetings.cards.shapes import dice_of, draw_blossom, draw_leaf, points, rows, tilted
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke
from donflow.pdf.spacing import Colour


def draw_ginkgo_avenue(drawing: Drawing, palette: Palette) -> None:
    """School anniversary: the gate of the campus at the end of an avenue of ginkgos."""
    ground(drawing, palette.ground)
    with drawing.placed(8, 6, size=0.74):
        drawing.shade(
            rectangle(-60, -60, 220, 150), (0, -60), (0, 90), (tint("f4ecd8"), tint("fbf3dc"))
        )
        drawing.shade(
            rectangle(-60, 64, 220, 140), (0, 64), (0, 204), (tint("e3b94f"), tint("d9a23a"))
        )
        drawing.fill(polygon(points("43,66 57,66 96,134 4,134")), tint("efe3c6"))
        for number in range(7):
            y = 68 + number * number * 1.35
            width = 7.4 + (y - 66) * 0.55
            drawing.line(
                polygon([(50 - width, y), (50 + width, y)], closed=False),
                tint("c9b48a"),
                0.15 + 0.04 * number,
                0.7,
            )
        dice = dice_of(50)
        with drawing.placed(50, 68, size=1.5):
            drawing.fill(rectangle(-17, -19, 3.4, 19), palette.accent)
            drawing.fill(rectangle(13.6, -19, 3.4, 19), palette.accent)
            drawing.fill(rectangle(-6.6, -23, 2.6, 23), palette.accent)
            drawing.fill(rectangle(4, -23, 2.6, 23), palette.accent)
            drawing.fill(rectangle(-18.4, -1.6, 6, 1.6), tint("8a8376"))
            drawing.fill(rectangle(12.4, -1.6, 6, 1.6), tint("8a8376"))
            drawing.fill(rectangle(-7.6, -1.6, 4.6, 1.6), tint("8a8376"))
            drawing.fill(rectangle(3, -1.6, 4.6, 1.6), tint("8a8376"))
            drawing.fill(rectangle(-14, -16.4, 28, 1.8), tint("7d3c2c"))
            drawing.fill(rectangle(-5, -20.6, 10, 4), tint("35506a"))
            drawing.fill(rectangle(-4.4, -20, 8.8, 2.8), tint("d9b15f"))
            for x, y, width in rows("-15.6,-19,6.4 15.6,-19,6.4 0,-23.6,9.4"):
                drawing.fill(
                    smooth(
                        [
                            (x - width, y - 0.6),
                            (x - width * 0.6, y - 1.8),
                            (x - width * 0.4, y - 4),
                            (x + width * 0.4, y - 4),
                            (x + width * 0.6, y - 1.8),
                            (x + width, y - 0.6),
                            (x + width * 0.5, y + 0.4),
                            (x - width * 0.5, y + 0.4),
                        ]
                    ),
                    tint("4d565c"),
                )
        for shade, (xl, yb, size) in enumerate(
            ((30, 70, 0.36), (23, 77, 0.55), (12, 88, 0.85), (-8, 106, 1.35))
        ):
            for side in (-1, 1):
                x = 50 + side * (50 - xl)
                with drawing.placed(x, yb, size=size):
                    drawing.fill(
                        stroke(
                            [(0, 2), (side * 1, -16), (-side * 1, -34), (0, -46)],
                            (4.4, 3.4, 2.6, 1),
                        ),
                        palette.deep,
                    )
                    for tip, height in rows("-12,-32 12,-30 -8,-42 9,-44"):
                        drawing.fill(
                            stroke(
                                [(0, height + 10), (tip * 0.6, height + 2), (tip, height - 4)],
                                (1.8, 1.2, 0.5),
                            ),
                            palette.deep,
                        )
                    for _ in range(120 if shade > 1 else 70):
                        angle = dice.uniform(0, tau)
                        reach = dice.random() ** 0.5
                        px, py = (21 * reach * cos(angle), -42 + 25 * reach * sin(angle))
                        with drawing.placed(
                            px, py, turn=dice.uniform(0, 360), size=dice.uniform(0.8, 1.3)
                        ):
                            drawing.fill(
                                smooth(points("0,0 -2.6,-3 -1.3,-3.9 0,-3.4 1.3,-3.9 2.6,-3")),
                                dice.choice(
                                    (palette.main, palette.soft, tint("d99a24"), tint("f7dc74"))
                                ),
                                0.95,
                            )
        for _ in range(46):
            y = 66 + 50 * dice.random() ** 1.1
            x = dice.uniform(-2, 102)
            with drawing.placed(x, y, turn=dice.uniform(0, 360), size=0.4 + (y - 60) / 44):
                _ginkgo(drawing, dice.choice((palette.main, tint("f5d568"), tint("c98a1e"))))
        for x, y, turn, size in rows("44,30,40,1 58,22,200,0.8 50,46,300,0.7"):
            with drawing.placed(x, y, turn=turn, size=size):
                _ginkgo(drawing, palette.main)


def draw_bicycle_under_the_tree(drawing: Drawing, palette: Palette) -> None:
    """Reunion: the bicycle of those years still leans against the plane tree."""
    ground(drawing, palette.ground)
    with drawing.placed(9, -2, size=0.72):
        drawing.shade(
            rectangle(-60, 86, 220, 120), (0, 86), (0, 206), (palette.soft, tint("e9dcc0"))
        )
        drawing.fill(
            stroke(points("18,104 20,80 17,52 21,20 19,-24"), (13, 9.6, 8.6, 8, 7)), palette.main
        )
        dice = dice_of(8)
        for _ in range(34):
            y = dice.uniform(-20, 96)
            x = 19 + dice.uniform(-3.4, 3.2)
            drawing.fill(
                tilted(x, y, dice.uniform(0.8, 2), dice.uniform(1.6, 3.6), dice.uniform(-20, 20)),
                dice.choice((tint("b8b08f"), tint("746a50"), tint("cfc8a8"))),
                0.9,
            )
        drawing.fill(stroke(points("20,22 36,10 60,6 88,10"), (4, 2.4, 1.5, 0.5)), palette.main)
        drawing.fill(stroke(points("44,8 56,-4 74,-10"), (1.8, 1.1, 0.4)), palette.main)
        for _ in range(90):
            x, y = (dice.uniform(4, 104), dice.uniform(-16, 16) + abs(dice.gauss(0, 4)))
            with drawing.placed(x, y, turn=dice.uniform(0, 360), size=dice.uniform(0.13, 0.2)):
                _plane_leaf(
                    drawing,
                    dice.choice((tint("7d9a58"), tint("a3ae5a"), tint("c9a648"), tint("6b8a50"))),
                )
        for x, y, turn, size in rows(
            "60,36,20,0.17 84,44,110,0.16 40,30,200,0.14 44,109,10,0.17 78,112,150,0.18 "
            "92,103,60,0.15 30,112,300,0.16"
        ):
            with drawing.placed(x, y, turn=turn, size=size):
                _plane_leaf(drawing, palette.accent)
        drawing.fill(ellipse(60, 104, 36, 2.2), tint("7a6a4a"), 0.25)
        with drawing.placed(58, 84):
            _bicycle(drawing)


def draw_peach_and_plum_path(drawing: Drawing, palette: Palette) -> None:
    """Thanks: 桃李不言，下自成蹊; trees in flower, and the path worn beneath them."""
    ground(drawing, palette.ground)
    with drawing.placed(10, -4, size=0.7):
        drawing.shade(
            rectangle(-60, -60, 220, 150), (0, -60), (0, 90), (tint("f4efe4"), tint("f8f1e8"))
        )
        draw_mountain(
            drawing,
            ridge(61, -20, 120, 44, 16, ((0.25, 0.8, 0.3), (0.7, 1, 0.34)), 0.04),
            48,
            tint("c3cdd0"),
            1,
            tint("eef0ec"),
        )
        drawing.fill(
            smooth(points("-60,52 0,47 40,44.6 80,47 160,51 160,220 -60,220")), palette.main
        )
        drawing.fill(smooth(points("-60,84 -10,78 20,82 20,140 -60,220")), tint("a3b884"), 0.8)
        drawing.fill(smooth(points("160,80 100,76 78,84 84,140 160,220")), tint("a3b884"), 0.8)
        path = points("44,134 58,104 66,86 54,74 44,65 51,57 55,51 53,45.6")
        drawing.fill(stroke(path, (26, 16, 10, 7, 5, 3.2, 2, 1)), tint("f3e9d3"))
        dice = dice_of(33)
        for x, y, size, colour in rows(
            "30,50,0.36,0 70,50,0.38,1 20,57,0.5,1 82,57,0.5,0 34,66,0.6,1 76,72,0.75,0 "
            "14,80,1.05,0 92,96,1.25,1"
        ):
            _tree_in_flower(drawing, x, y, size, colour, dice)
        for _ in range(120):
            y = 54 + 70 * dice.random()
            x = dice.uniform(-2, 102)
            reach = 0.3 + (y - 50) / 120
            drawing.fill(
                tilted(x, y, reach * 1.1, reach * 0.7, dice.uniform(0, 180)),
                dice.choice((tint("f0aab0"), tint("fff6f2"), palette.accent, tint("fdf0ee"))),
                0.95,
            )


def _ginkgo(drawing: Drawing, colour: Colour) -> None:
    drawing.fill(
        smooth(
            points(
                "0,0 -1.6,-1.6 -3.4,-3 -2.4,-4.4 -0.5,-4.8 0,-4 0.5,-4.8 2.4,-4.4 3.4,-3 1.6,-1.6"
            )
        ),
        colour,
    )
    drawing.line(polygon(points("0,0 0.3,2.4"), closed=False), colour, 0.3)


def _bicycle(drawing: Drawing) -> None:
    """An old roadster with a carrier and a bag, its wheels on y 20."""
    number = tint("25333a")
    for x in (-22.0, 24.0):
        drawing.line(ellipse(x, 4, 15.6), tint("2c2c2c"), 1.1)
        drawing.line(ellipse(x, 4, 14.4), tint("8a9296"), 0.35)
        for size in range(18):
            angle = tau * size / 18
            drawing.line(
                polygon([(x, 4), (x + 14.2 * cos(angle), 4 + 14.2 * sin(angle))], closed=False),
                tint("8a9296"),
                0.12,
                0.9,
            )
        drawing.fill(ellipse(x, 4, 1.4), number)
        drawing.line(
            smooth(
                [
                    (x + 17.2 * cos(angle * pi / 180), 4 + 17.2 * sin(angle * pi / 180))
                    for angle in range(190, 325, 12)
                ],
                closed=False,
            ),
            number,
            0.8,
        )
    for start, end in (
        ((-22, 4), (-8, -14)),
        ((-8, -14), (-3, 5)),
        ((-22, 4), (-3, 5)),
        ((-3, 5), (17, -14)),
        ((-7.4, -12), (16.6, -16)),
    ):
        drawing.line(polygon([start, end], closed=False), number, 1.35)
    drawing.line(smooth(points("24,4 17,-15 15.4,-21"), closed=False), number, 1.4)
    drawing.line(smooth(points("15.4,-21 9,-22.6 6.4,-20.6"), closed=False), number, 1.2)
    drawing.line(polygon(points("6.6,-20.6 4,-19.8"), closed=False), tint("5a3a2a"), 1.7)
    drawing.line(polygon(points("-8,-14 -9.4,-18.6"), closed=False), number, 1.2)
    drawing.fill(
        smooth(points("-16,-20.4 -12,-21.4 -4,-20.6 -3,-19.4 -8,-18.4 -14,-17.8")), tint("6b3f2a")
    )
    drawing.line(ellipse(-3, 5, 3.8), number, 0.8)
    drawing.line(polygon(points("-3,5 1,11"), closed=False), number, 0.9)
    drawing.fill(rectangle(-1, 10.6, 4.6, 1.3), number)
    drawing.line(polygon(points("-3,8.6 -22,5.4"), closed=False), number, 0.3)
    drawing.line(polygon(points("-3,1.4 -22,2.6"), closed=False), number, 0.3)
    drawing.line(polygon(points("-10,-11.4 -31,-11.6"), closed=False), number, 1)
    drawing.line(polygon(points("-22,4 -29,-11.4"), closed=False), number, 0.6)
    drawing.fill(polygon(points("-30,-12.4 -29.4,-19 -17,-19 -16.6,-12.4")), tint("6f7f56"))
    drawing.fill(
        smooth(points("-30,-16.4 -29.4,-19.4 -17,-19.4 -16.6,-16 -23,-14.4")), tint("5a6a45")
    )
    drawing.fill(ellipse(-23, -14.8, 0.8), tint("d9b15f"))
    drawing.line(polygon(points("17,-15.6 20,-18"), closed=False), number, 0.8)
    drawing.fill(ellipse(21, -18, 1.8), tint("d9b15f"))
    drawing.fill(ellipse(21.6, -18, 1.1), tint("fff3cf"))


def _plane_leaf(drawing: Drawing, colour: Colour) -> None:
    half = points(
        "4,0 -1,-5 -2,-13 4,-20 13,-24 14,-19 13,-14.5 21,-19 31,-22 30,-15 26,-9.5 33,-7 "
        "40,-4 46,0"
    )
    drawing.fill(smooth(half + [(x, -y) for x, y in half[-2:0:-1]]), colour)


def _tree_in_flower(
    drawing: Drawing, x: float, y: float, size: float, white: float, dice: Random
) -> None:
    tints = (
        (tint("ffffff"), tint("f7eef0"), tint("efe3e6"), tint("fdf6ee"))
        if white
        else (tint("e98a98"), tint("f0aab0"), tint("d96c80"), tint("f7ccd0"))
    )
    with drawing.placed(x, y, size=size):
        drawing.fill(ellipse(0, 1, 18, 2.4), tint("6f8a58"), 0.4)
        for outline, width in (
            (points("1,2 -1,-10 2,-22"), (3.4, 2.6, 2)),
            (points("2,-20 -9,-32 -16,-40"), (2, 1.3, 0.4)),
            (points("1,-18 10,-30 18,-36"), (1.8, 1.2, 0.4)),
            (points("2,-22 3,-36 1,-50"), (1.8, 1.1, 0.4)),
            (points("0,-12 -10,-20 -19,-26"), (1.5, 1, 0.3)),
        ):
            drawing.fill(stroke(outline, width), tint("54403a"))
        for _ in range(int(40 + 100 * size)):
            angle = dice.uniform(0, tau)
            reach = dice.random() ** 0.55
            px, py = (24 * reach * cos(angle) + 1, -36 + 17 * reach * sin(angle))
            if dice.random() < 0.12:
                with drawing.placed(px, py, turn=dice.uniform(0, 360)):
                    draw_leaf(drawing, 5, 2, tint("8ba968"))
            else:
                drawing.fill(ellipse(px, py, dice.uniform(1.0, 2.5)), dice.choice(tints), 0.9)
        for _ in range(int(4 + 16 * size)):
            angle = dice.uniform(0, tau)
            reach = dice.random() ** 0.5
            with drawing.placed(
                22 * reach * cos(angle), -36 + 15 * reach * sin(angle), turn=dice.uniform(0, 72)
            ):
                draw_blossom(
                    drawing, 2.3, tints[0] if white else tints[3], tint("b5484c"), stamens=False
                )
