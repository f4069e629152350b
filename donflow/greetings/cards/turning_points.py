"""The pictures of a naming term's end, of a report and of condolence."""

from __future__ import annotations

from math import cos, pi, sin, tau

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_mountain, ridge
from donflow.greetings.cards.shapes import dice_of, draw_bamboo_leaf, draw_leaf, points, rows
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke


def draw_moon_gate(drawing: Drawing, palette: Palette) -> None:
    """End of a naming term: a round gate, bamboo and stone beyond it, an empty plaque above."""
    ground(drawing, palette.ground)
    with drawing.placed(8, 5, size=0.74):
        drawing.fill(polygon(points("-60,-60 160,-60 160,96 -60,96")), tint("f3f1ea"))
        cx, cy, radius = (50, 56, 33)
        hole = [
            (cx + radius * cos(angle * pi / 180), cy + radius * sin(angle * pi / 180))
            for angle in range(0, 360, 6)
        ]
        drawing.fill(
            smooth(
                [
                    (
                        cx + (radius + 3.4) * cos(angle * pi / 180),
                        cy + (radius + 3.4) * sin(angle * pi / 180),
                    )
                    for angle in range(0, 360, 6)
                ]
            ),
            palette.main,
        )
        drawing.line(ellipse(cx, cy, radius + 1.7), tint("b9c0c1"), 0.3, 0.9)
        with drawing.clipped(smooth(hole)):
            drawing.shade(
                rectangle(0, 16, 100, 80), (0, 16), (0, 96), (tint("d8e3dc"), tint("f0efdf"))
            )
            draw_mountain(
                drawing,
                ridge(19, 10, 90, 64, 20, ((0.25, 0.8, 0.3), (0.75, 1, 0.3)), 0.05),
                66,
                tint("b9cac6"),
                1,
                tint("e9eee2"),
            )
            drawing.fill(smooth(points("10,66 30,64 60,67 90,64 90,92 10,92")), palette.soft)
            for x, colour, width in (
                (66.0, palette.accent, 1.7),
                (72.0, tint("56764c"), 2.0),
                (60.0, tint("8ba37a"), 1.3),
            ):
                for number in range(7):
                    drawing.fill(
                        stroke(
                            [
                                (x + number * 0.5, 92 - number * 12),
                                (x + number * 0.5 + 0.4, 81 - number * 12),
                            ],
                            (width, width * 0.9),
                        ),
                        colour,
                    )
                    drawing.line(
                        polygon(
                            [
                                (x + number * 0.5 - width * 0.5, 92 - number * 12),
                                (x + number * 0.5 + width * 0.5, 92 - number * 12),
                            ],
                            closed=False,
                        ),
                        tint("3f5a3a"),
                        0.35,
                        0.9,
                    )
            dice = dice_of(44)
            for x, y in rows("64,34 72,40 76,30 68,50 78,52 60,44 62,26 74,62 66,64 58,36"):
                for turn in (-14, 18, 46, 150, 172):
                    with drawing.placed(x, y, turn=turn + dice.uniform(-10, 10)):
                        draw_bamboo_leaf(
                            drawing,
                            dice.uniform(9, 13),
                            2.3,
                            dice.choice((tint("4f6f4b"), palette.accent, tint("3f5f45"))),
                        )
            drawing.fill(
                smooth(points("24,90 22,76 28,66 33,70 36,62 42,72 46,90")), tint("7f8a8a")
            )
            drawing.fill(smooth(points("36,62 42,72 46,90 38,90 37,76")), tint("5f6b6c"), 0.8)
            drawing.fill(ellipse(31, 78, 1.6, 2.6), tint("4f5a5b"), 0.8)
            drawing.fill(ellipse(39, 82, 1.2, 2), tint("aab3b2"), 0.9)
            drawing.fill(
                smooth(points("42,92 48,84 46,78 52,72 54,72 51,79 56,84 60,92")), tint("efe6cf")
            )
        drawing.fill(rectangle(36, 7, 28, 9.6), palette.deep)
        drawing.fill(rectangle(37.2, 8.2, 25.6, 7.2), tint("6b4c36"))
        drawing.line(
            polygon(points("38.4,9.4 61.6,9.4 61.6,14.2 38.4,14.2")), tint("d9b15f"), 0.25, 0.9
        )
        drawing.fill(rectangle(-60, -6, 220, 3.4), tint("4b5358"))
        for number in range(-8, 36):
            drawing.fill(
                smooth(
                    [
                        (-3 + number * 3.4, -6),
                        (-1.7 + number * 3.4, -8.6),
                        (-0.1 + number * 3.4, -6),
                    ]
                ),
                tint("5d666b"),
            )
            drawing.fill(ellipse(-1.6 + number * 3.4, -2.6, 1.4), tint("5d666b"))
            drawing.line(ellipse(-1.6 + number * 3.4, -2.6, 0.8), tint("9aa2a6"), 0.2)
        drawing.fill(rectangle(-60, 96, 220, 110), tint("c9c2b0"))
        drawing.fill(rectangle(-60, 94.6, 220, 2.4), tint("8d9294"))
        for number in range(8):
            drawing.line(
                polygon(
                    [(50 + (number - 3.5) * 9, 97), (50 + (number - 3.5) * 22, 134)], closed=False
                ),
                tint("a39a85"),
                0.25,
                0.8,
            )
        for y in (103.0, 111.0, 121.0):
            drawing.line(polygon([(-60, y), (160, y)], closed=False), tint("a39a85"), 0.25, 0.8)
        with drawing.placed(50, 96):
            drawing.fill(smooth(points("-22,0 22,0 19,-3.4 -19,-3.4")), tint("a8a699"))


def draw_handscroll(drawing: Drawing, palette: Palette) -> None:
    """Report on a gift's use: a handscroll along which a seedling grows to bear fruit."""
    ground(drawing, palette.ground)
    with drawing.placed(7, 31, size=0.64):
        drawing.fill(ellipse(50, 84, 50, 4), tint("6b5a45"), 0.16)
        drawing.fill(rectangle(8, 26, 84, 54), tint("c2a878"))
        drawing.fill(rectangle(8, 30, 84, 46), palette.soft)
        with drawing.clipped(polygon(points("8,30 92,30 92,76 8,76"))):
            draw_mountain(
                drawing,
                ridge(
                    71, 0, 100, 56, 22, ((0.12, 0.5, 0.2), (0.4, 0.8, 0.24), (0.75, 1, 0.26)), 0.05
                ),
                62,
                tint("a9bcb8"),
                1,
                tint("f4f2e4"),
            )
            drawing.fill(ellipse(26, 38, 4), tint("cf4b34"), 0.9)
            drawing.fill(
                smooth(points("0,66 20,64 44,62 70,58 100,56 100,80 0,80")), tint("cfd6a8")
            )
            for number in range(5):
                x = 17 + number * 15.6
                height = 3 + number * 5.2
                y = 72 - number * 1.2
                drawing.fill(
                    stroke(
                        [(x, y), (x + 0.4, y - height * 0.5), (x, y - height)],
                        (0.5 + 0.32 * number, 0.4 + 0.26 * number, 0.3),
                    ),
                    tint("5f4a38"),
                )
                if number < 2:
                    for turn in (-40, -140):
                        with drawing.placed(x, y - height, turn=turn):
                            draw_leaf(drawing, 4 + number * 2, 2 + number, tint("6f9a4f"))
                else:
                    dice = dice_of(number)
                    for _ in range(26 + number * 16):
                        angle = dice.uniform(0, tau)
                        reach = dice.random() ** 0.5
                        drawing.fill(
                            ellipse(
                                x + reach * (2 + number * 1.9) * cos(angle),
                                y - height - 1 + reach * (1.6 + number * 1.6) * sin(angle),
                                1 + 0.14 * number,
                            ),
                            dice.choice((tint("6f9a4f"), tint("5d8a4a"), tint("8db05f"))),
                            0.95,
                        )
                    if number == 4:
                        for px, py in rows("-5,-3 3,-6 6,0 -2,1 1,-2 -6,2 4,4"):
                            drawing.fill(ellipse(x + px, y - height + py, 1.2), tint("c8352a"))
        for x in (6.0, 94.0):
            drawing.fill(rectangle(x - 4, 23, 8, 60), palette.main)
            drawing.fill(rectangle(x - 4, 23, 2.2, 60), tint("dcc496"))
            drawing.fill(rectangle(x + 1.8, 23, 2.2, 60), tint("8a6f42"), 0.7)
            drawing.fill(rectangle(x - 2, 17, 4, 6), palette.deep)
            drawing.fill(rectangle(x - 2, 83, 4, 6), palette.deep)
            drawing.fill(ellipse(x, 16.6, 2.6), palette.deep)
            drawing.fill(ellipse(x, 89.4, 2.6), palette.deep)
        drawing.fill(rectangle(80.6, 66, 5, 5), palette.accent)
        drawing.line(polygon(points("81.6,67.4 84.6,67.4"), closed=False), palette.soft, 0.35)
        drawing.line(polygon(points("81.6,69.4 84.6,69.4"), closed=False), palette.soft, 0.35)
        drawing.line(polygon(points("83.1,67 83.1,70.2"), closed=False), palette.soft, 0.35)


def draw_white_chrysanthemum(drawing: Drawing, palette: Palette) -> None:
    """Condolence: one white chrysanthemum, and emptiness."""
    ground(drawing, palette.ground)
    with drawing.placed(6, 10, size=0.9):
        drawing.fill(stroke(points("70,132 66,104 60,84 62,66"), (1, 0.9, 0.8)), palette.deep, 0.95)
        for x, y, share, size in rows("61.6,90,-30,0.6 65,103,-8,0.7"):
            with drawing.placed(x, y, turn=share, size=size):
                drawing.fill(
                    smooth(points("0,0 5,-5 8,-4 11,-8 15,-5 21,-4 25,0 20,3 16,7 12,4 7,6 4,4")),
                    palette.main,
                )
                drawing.line(
                    smooth(points("0,0 12,-0.5 23,0"), closed=False), palette.soft, 0.4, 0.8
                )
        with drawing.placed(62, 60, turn=-12):
            dice = dice_of(99)
            for ring in range(5):
                share = ring / 4
                out = 15 * (1 - 0.68 * share)
                count = int(22 - 9 * share)
                for number in range(count):
                    length = out * dice.uniform(0.86, 1.05)
                    width = 2.3 * (1 - 0.3 * share)
                    b = dice.uniform(-0.14, 0.14) * length
                    with drawing.placed(
                        0, 0, turn=360 * (number + 0.5 * (ring % 2)) / count + dice.uniform(-5, 5)
                    ):
                        outline = [
                            (0, -width * 0.2),
                            (length * 0.5, -width * 0.55 + b * 0.3),
                            (length * 0.86, -width * 0.62 + b),
                            (length, b * 1.6),
                            (length * 0.88, width * 0.5 + b),
                            (length * 0.5, width * 0.45 + b * 0.3),
                            (0, width * 0.2),
                        ]
                        drawing.fill(
                            smooth(outline),
                            (palette.accent, tint("f3f4f2"), tint("ffffff"))[(number + ring) % 3],
                        )
                        drawing.line(smooth(outline[1:6], closed=False), tint("9aa29e"), 0.13, 0.85)
            drawing.fill(ellipse(0, 0, 1.6), tint("e3e3cf"))
        with drawing.placed(82, 113, turn=24):
            drawing.fill(smooth(points("0,0 3,-1 8,-0.9 10,0.2 7,1 3,0.9")), tint("fdfdfb"))
            drawing.line(
                smooth(points("0,0 5,-0.1 10,0.2"), closed=False), tint("9aa29e"), 0.12, 0.9
            )
