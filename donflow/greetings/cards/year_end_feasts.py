"""The pictures of the year's last month: 腊八, 小年 and 除夕."""

from __future__ import annotations

from math import cos, sin, tau

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_flakes, draw_lantern, draw_steam
from donflow.greetings.cards.shapes import dice_of, points, rows, tilted
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke


def draw_laba_porridge(drawing: Drawing, palette: Palette) -> None:
    """腊八: a bowl of porridge from above, with what went into it beside."""
    ground(drawing, palette.ground)
    with drawing.placed(4, 22, size=0.72):
        drawing.fill(ellipse(50, 56, 40, 38), tint("6d4a34"), 0.12)
        drawing.fill(ellipse(48, 51, 37), palette.deep)
        drawing.fill(ellipse(48, 51, 34.6), tint("e9eef0"))
        drawing.fill(ellipse(48, 51, 33), palette.deep, 0.9)
        drawing.fill(ellipse(48, 51, 32), palette.soft)
        drawing.fill(ellipse(48, 51, 28.4), tint("9a5f48"))
        drawing.fill(ellipse(48, 51.6, 27.4), palette.main)
        dice = dice_of(88)
        for _ in range(150):
            angle, reach = (dice.uniform(0, tau), 26 * dice.random() ** 0.5)
            x, y = (48 + reach * cos(angle), 51 + reach * sin(angle))
            with drawing.placed(x, y, turn=dice.uniform(0, 180)):
                drawing.fill(
                    ellipse(0, 0, 1.9, 0.85),
                    dice.choice((tint("e9d3ae"), tint("c98f6b"), tint("7c3a34"), tint("d8b98c"))),
                    0.95,
                )
        spots = points("38,42 58,40 46,58 62,56 34,58 50,46 52,68 40,68 64,66 30,47 48,32 66,46")
        for number, (x, y) in enumerate(spots):
            with drawing.placed(x, y, turn=47 * number):
                side = number % 6
                if side == 0:
                    drawing.fill(ellipse(0, 0, 4.6, 3.4), palette.accent)
                    drawing.fill(ellipse(-1, -1, 2.4, 1.1), tint("d2604f"), 0.8)
                    drawing.line(
                        smooth(points("-2.6,1 0,1.6 2.4,0.8"), closed=False),
                        tint("5f1917"),
                        0.3,
                        0.8,
                    )
                if side == 1:
                    drawing.fill(ellipse(0, 0, 3, 2.6), tint("f4e6c2"))
                    drawing.line(
                        polygon(points("-2.4,0 2.4,0"), closed=False), tint("c9a96c"), 0.35
                    )
                if side == 2:
                    drawing.fill(
                        smooth(
                            points("-3.6,0.6 -2.4,-2 0,-2.6 2.6,-2 3.6,0.6 1.6,0.2 0,1.8 -1.6,0.2")
                        ),
                        tint("5d2a2c"),
                    )
                    drawing.fill(ellipse(-0.8, -1.2, 1.6, 0.5), tint("9b5a55"), 0.8)
                if side == 3:
                    drawing.fill(
                        smooth(points("-3.4,1.4 -2,-2.2 1,-3 3.6,-0.6 2.4,2.4 -0.8,2.8")),
                        tint("b98a55"),
                    )
                    drawing.line(
                        smooth(points("-2,1 0,-1 1,1.4 2.6,0"), closed=False), tint("8a5f34"), 0.45
                    )
                if side == 4:
                    drawing.fill(ellipse(0, 0, 3.8, 2), tint("c8452f"))
                    drawing.fill(ellipse(-0.8, -0.6, 1.6, 0.5), tint("f0a08a"), 0.8)
                if side == 5:
                    drawing.fill(ellipse(0, 0, 2.6, 1.7), tint("7f9a5a"))
                    drawing.fill(ellipse(-0.6, -0.4, 1, 0.4), tint("c5d6a0"), 0.8)
        for x, height in rows("38,18 50,24 60,18"):
            draw_steam(drawing, x, 44, height, tint("ffffff"), 0.3, 2.2, 1 if x != 50 else -1)
        for number in range(24):
            with drawing.placed(48, 51, turn=15 * number):
                drawing.line(
                    smooth(points("30.6,-1.6 29.6,0 30.6,1.6"), closed=False),
                    palette.deep,
                    0.4,
                    0.9,
                )
        with drawing.placed(88, 82, turn=-128):
            drawing.fill(stroke(points("0,0 22,1 44,0"), (2.4, 2.6, 3)), tint("7a4a30"))
            drawing.fill(ellipse(49, 0, 8.4, 5.6), tint("7a4a30"))
            drawing.fill(ellipse(49.4, 0, 6.8, 4.2), tint("5e3522"))
        for number, (x, y, turn) in enumerate(
            (
                (10.0, -6.0, 20.0),
                (20.0, 0.0, 80.0),
                (29.0, -8.0, 140.0),
                (7.0, 5.0, 10.0),
                (39.0, -2.0, 60.0),
                (48.0, -9.0, 110.0),
                (16.0, -13.0, 50.0),
                (30.0, 6.0, 0.0),
                (57.0, -3.0, 30.0),
            )
        ):
            with drawing.placed(x, y, turn=turn, size=1.1):
                if number % 3 == 0:
                    drawing.fill(ellipse(0, 0, 4.4, 3.1), palette.accent)
                    drawing.fill(ellipse(-1, -1, 2.2, 1), tint("d2604f"), 0.8)
                elif number % 3 == 1:
                    drawing.fill(
                        smooth(
                            points("-2.6,0.4 -1.6,-1.6 0,-1.9 1.8,-1.6 2.6,0.4 1,0.2 0,1.4 -1,0.2")
                        ),
                        tint("5d2a2c"),
                    )
                else:
                    drawing.fill(ellipse(0, 0, 2.6, 2.2), tint("efdcae"))
                    drawing.line(polygon(points("-2,0 2,0"), closed=False), tint("c9a96c"), 0.3)


def draw_kitchen_window(drawing: Drawing, palette: Palette) -> None:
    """小年: a lit lattice window in the snow, a paper-cut carp, sugar melons on the sill."""
    ground(drawing, palette.ground)
    with drawing.placed(1, 1, size=0.88):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (tint("2f3d52"), tint("55677d"))
        )
        drawing.fill(rectangle(7, 1, 86, 80), palette.deep)
        drawing.fill(rectangle(10, 4, 80, 74), palette.main)
        drawing.glow(50, 41, 40, 40, tint("5a4a20"), 0.7)
        for x in (10.0, 26.0, 34.0, 66.0, 74.0, 90.0):
            drawing.fill(rectangle(x - 0.8, 4, 1.6, 74), tint("5f3e2c"))
        for y in (4.0, 20.0, 28.0, 54.0, 62.0, 78.0):
            drawing.fill(rectangle(10, y - 0.8, 80, 1.6), tint("5f3e2c"))
        drawing.fill(rectangle(26.8, 20.8, 46.4, 40.4), palette.soft)
        for x, y in rows("18,12 82,12 18,70 82,70"):
            with drawing.placed(x, y, turn=45):
                drawing.fill(rectangle(-2.6, -2.6, 5.2, 5.2), tint("5f3e2c"))
                drawing.fill(rectangle(-1.4, -1.4, 2.8, 2.8), palette.main)
        red = palette.accent
        for number in range(24):
            with drawing.placed(50, 41, turn=15 * number):
                drawing.fill(smooth(points("16.6,-2 19.6,-1.4 20.8,0 19.6,1.4 16.6,2")), red)
        for radius, colour in (
            (17.6, red),
            (16.2, palette.soft),
            (15.4, red),
            (14.8, palette.soft),
        ):
            drawing.fill(ellipse(50, 41, radius), colour)
        with drawing.placed(50, 41, turn=-38):
            drawing.fill(smooth(points("-12.6,-1 -6,-5.6 2,-6 9,-3 12.4,0.6 9,4 1,6 -6,4")), red)
            drawing.fill(smooth(points("-9,0 -14,-6 -13.6,-0.4 -15,5.6")), red)
            drawing.fill(smooth(points("-4,-5 0,-9.6 5,-5")), red)
            drawing.fill(smooth(points("-1,5 1,9 4,5")), red)
            drawing.fill(ellipse(8.4, -0.6, 1.2), palette.soft)
            drawing.fill(ellipse(8.6, -0.6, 0.55), red)
            for x in (-7.0, -4.0, -1.0, 2.0):
                for y in (-2.6, 0.0, 2.6):
                    drawing.line(
                        smooth([(x, y - 1), (x + 1.1, y), (x, y + 1)], closed=False),
                        palette.soft,
                        0.5,
                    )
            drawing.line(smooth(points("5.6,-3.6 4.6,0 5.6,3.6"), closed=False), palette.soft, 0.6)
        drawing.fill(rectangle(2, 81, 96, 5), palette.deep)
        drawing.fill(
            smooth(points("1,81.6 4,78.6 20,79.8 30,78 40,80.4 40,82 20,82.2")), tint("ffffff")
        )
        drawing.fill(smooth(points("62,82 66,79.4 80,80 92,78 99,81.6 80,82.6")), tint("ffffff"))
        drawing.fill(
            smooth(points("4,0.8 10,-3 30,-1.6 50,-3.6 74,-1.4 90,-3 96,1 50,2.4")), tint("ffffff")
        )
        drawing.fill(smooth(points("34,79 66,79 60,84.6 40,84.6")), tint("dfe5e6"))
        drawing.fill(ellipse(50, 79, 16, 2.6), tint("f7f7f2"))
        for x, y in rows("41,76 50,75.6 59,76 45.6,71.6 54.4,71.6 50,67.6"):
            drawing.fill(ellipse(x, y, 4.9, 3.7), tint("f6ead0"))
            for rib in (-2.4, 0, 2.4):
                drawing.line(
                    smooth(
                        [(x + rib * 0.3, y - 3.4), (x + rib * 1.2, y), (x + rib * 0.3, y + 3.4)],
                        closed=False,
                    ),
                    tint("d9b878"),
                    0.35,
                    0.9,
                )
            drawing.fill(ellipse(x - 1.6, y - 1.4, 1, 0.6), tint("ffffff"), 0.9)
        draw_flakes(drawing, 19, 90, -4, -16, 108, 136, (0.3, 0.95))


def draw_reunion_table(drawing: Drawing, palette: Palette) -> None:
    """除夕: the round table laid for everyone, a hot-pot in its middle; from above."""
    ground(drawing, palette.ground)
    with drawing.placed(4, 2, size=0.82):
        drawing.wash(50, 46, 62, 62, tint("ffce88"), 0.6)
        drawing.fill(ellipse(50, 48, 43), tint("6e2c22"), 0.25)
        drawing.fill(ellipse(50, 46, 43), palette.deep)
        drawing.fill(ellipse(50, 46, 40.6), palette.main)
        drawing.line(ellipse(50, 46, 37.6), palette.accent, 0.35, 0.9)
        for number in range(8):
            angle = 360 * number / 8 + 22.5
            with drawing.placed(50, 46, turn=angle), drawing.placed(33.5, 0):
                drawing.fill(ellipse(0.4, 0.6, 4.9), tint("5a2118"), 0.4)
                drawing.fill(ellipse(0, 0, 4.9), palette.soft)
                drawing.fill(ellipse(0, 0, 4), tint("dfe7ea"))
                drawing.fill(ellipse(0, 0, 3.5), tint("fffdf6"))
                for size in range(6):
                    drawing.fill(
                        ellipse(1.7 * cos(size * 1.9), 1.7 * sin(size * 2.3), 0.8), tint("f1ead8")
                    )
                drawing.line(polygon(points("-3.4,-7.4 5.4,-7"), closed=False), tint("3d241b"), 0.6)
                drawing.line(
                    polygon(points("-3.4,-8.6 5.4,-8.4"), closed=False), tint("3d241b"), 0.6
                )
                drawing.fill(ellipse(0, 7.4, 1.7), palette.soft)
                drawing.fill(ellipse(0, 7.4, 1.2), tint("d9a45a"))
        dishes = [
            (50.0, 25.6, 5.6),
            (67.6, 35.8, 5.6),
            (67.6, 56.2, 5.6),
            (50.0, 66.4, 5.6),
            (32.4, 56.2, 5.6),
            (32.4, 35.8, 5.6),
        ]
        for count, (x, y, radius) in enumerate(dishes):
            drawing.fill(
                ellipse(x + 0.4, y + 0.8, radius * 1.12, radius * 1.12), tint("5a2118"), 0.4
            )
            drawing.fill(ellipse(x, y, radius * 1.1), tint("f7f4ec"))
            drawing.line(ellipse(x, y, radius * 0.98), tint("38566b"), 0.3, 0.9)
            drawing.fill(ellipse(x, y, radius * 0.82), tint("eef1ee"))
            with drawing.placed(x, y, turn=60 * count, size=0.88):
                if count == 0:
                    _table_fish(drawing)
                elif count == 1:
                    for number in range(7):
                        drawing.fill(
                            smooth(
                                [
                                    (-1.7 + 2.6 * cos(number * 0.9), 0.4 + 2.6 * sin(number * 0.9)),
                                    (2.6 * cos(number * 0.9), -1.4 + 2.6 * sin(number * 0.9)),
                                    (1.7 + 2.6 * cos(number * 0.9), 0.4 + 2.6 * sin(number * 0.9)),
                                    (2.6 * cos(number * 0.9), 0.9 + 2.6 * sin(number * 0.9)),
                                ]
                            ),
                            tint("fff6de"),
                        )
                        drawing.line(
                            smooth(
                                [
                                    (-1.6 + 2.6 * cos(number * 0.9), 0.4 + 2.6 * sin(number * 0.9)),
                                    (2.6 * cos(number * 0.9), -0.6 + 2.6 * sin(number * 0.9)),
                                    (1.6 + 2.6 * cos(number * 0.9), 0.4 + 2.6 * sin(number * 0.9)),
                                ],
                                closed=False,
                            ),
                            tint("cdb27c"),
                            0.25,
                        )
                elif count == 2:
                    for number in range(9):
                        drawing.fill(
                            ellipse(2.9 * cos(number * 0.7), 2.9 * sin(number * 0.7), 1.3),
                            tint("d9762f"),
                        )
                        drawing.fill(
                            ellipse(
                                2.9 * cos(number * 0.7) - 0.3, 2.9 * sin(number * 0.7) - 0.4, 0.4
                            ),
                            tint("ffd28f"),
                        )
                elif count == 3:
                    for number in range(12):
                        drawing.line(
                            smooth(
                                [
                                    (-3.6 + 0.6 * number, -2.6 + number % 3),
                                    (-2.4 + 0.5 * number, 2.8 - number % 2),
                                ],
                                closed=False,
                            ),
                            tint("5f8a4a") if number % 2 else tint("84ab62"),
                            1,
                        )
                elif count == 4:
                    for number in range(8):
                        drawing.fill(
                            tilted(
                                2.6 * cos(number * 0.8),
                                2.6 * sin(number * 0.8),
                                1.9,
                                1.3,
                                number * 40,
                            ),
                            tint("9c3b2a") if number % 2 else tint("b85639"),
                        )
                else:
                    for number in range(6):
                        drawing.fill(rectangle(-3.6 + 1.2 * number, -2.2, 1, 4.4), tint("f2d79b"))
                        drawing.fill(rectangle(-3.6 + 1.2 * number, -0.3, 1, 0.8), tint("c8452f"))
        drawing.fill(ellipse(50.5, 47, 11.6), tint("5a2118"), 0.4)
        drawing.fill(ellipse(50, 46, 11.4), tint("b98a3f"))
        drawing.fill(ellipse(50, 46, 10), tint("d9b15f"))
        drawing.fill(ellipse(50, 46, 9.3), tint("b5482e"))
        drawing.fill(ellipse(50, 46, 3.6), tint("b98a3f"))
        drawing.fill(ellipse(50, 46, 2.6), tint("3b2620"))
        drawing.fill(ellipse(50, 46, 1.6), tint("ef7b3a"))
        dice = dice_of(6)
        for _ in range(26):
            angle = dice.uniform(0, tau)
            reach = dice.uniform(4.8, 8.4)
            drawing.fill(
                tilted(
                    50 + reach * cos(angle), 46 + reach * sin(angle), 1.3, 0.8, dice.uniform(0, 180)
                ),
                dice.choice(
                    (tint("f3e2bb"), tint("7a9a55"), tint("e9a05c"), tint("8c2f24"), tint("fff6e4"))
                ),
            )
        for x, height in rows("46,17 51,22 55,16"):
            draw_steam(drawing, x, 43, height, tint("ffffff"), 0.45, 2, 1 if x != 52 else -1)
        for x in (6.0, 94.0):
            with drawing.placed(x, -14):
                draw_lantern(drawing, 7.6)


def _table_fish(drawing: Drawing) -> None:
    drawing.fill(smooth(points("-5,0 -2,-2.2 2,-2 4.8,0 2,2 -2,2.2")), tint("d98a4a"))
    drawing.fill(smooth(points("-4.4,0 -6.6,-2 -6.2,2")), tint("c2702f"))
    drawing.fill(ellipse(3.4, -0.4, 0.4), tint("3b2620"))
    for number in (-2, -0.4, 1.2):
        drawing.line(
            smooth([(number, -1.5), (number + 0.5, 0), (number, 1.5)], closed=False),
            tint("9c4f22"),
            0.3,
        )
    drawing.line(smooth(points("-3,0.4 0,-0.6 2.6,0.6"), closed=False), tint("5f8a4a"), 0.5)
