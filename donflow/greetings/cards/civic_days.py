"""The pictures of 教师节, 国庆节 and 劳动节."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin, tau

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_mountain, ridge
from donflow.greetings.cards.shapes import dice_of, draw_blossom, draw_leaf, draw_twig, points, rows
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke
from donflow.pdf.spacing import Colour


def draw_lamp_and_books(drawing: Drawing, palette: Palette) -> None:
    """教师节: a lamp, a stack of books, chalk, and an osmanthus in a glass."""
    ground(drawing, palette.ground)
    with drawing.placed(5, -13, size=0.82):
        drawing.wash(40, 52, 40, 40, tint("f6d488"), 0.75)
        drawing.fill(rectangle(-60, 88, 220, 2.2), tint("7d5a3e"))
        drawing.fill(rectangle(-60, 90.2, 220, 110), tint("b58f68"))
        drawing.fill(stroke(points("28,86 25,66 20,46 30,28"), (1.6, 1.4, 1.4)), palette.deep)
        drawing.fill(ellipse(22, 50, 1.7), tint("c9a24e"))
        drawing.fill(ellipse(28, 87, 11, 2.2), palette.deep)
        drawing.fill(smooth(points("29,24 36,20 54,38 30,50 25,34")), palette.main)
        drawing.fill(smooth(points("30,49.6 54,37.8 52.6,42 34,51")), tint("fff0bf"))
        drawing.fill(polygon(points("34,50.4 53,41 92,88 26,88")), palette.soft, 0.35)
        for x, width, height, colour, band in (
            (60.0, 8.0, 34.0, tint("8c3b2f"), tint("e1c27a")),
            (68.6, 6.0, 38.0, tint("2f4f63"), tint("d9c18a")),
            (75.2, 9.0, 31.0, tint("b98a3f"), tint("6b4520")),
            (84.8, 6.4, 36.0, tint("5d6f4d"), tint("d9c18a")),
        ):
            drawing.fill(rectangle(x, 88 - height, width, height), colour)
            drawing.fill(rectangle(x, 88 - height + 3, width, 1), band)
            drawing.fill(rectangle(x, 88 - 7, width, 1), band)
            drawing.fill(rectangle(x + width - 1.2, 88 - height, 1.2, height), tint("000000"), 0.12)
            drawing.fill(
                rectangle(x + width * 0.36, 88 - height + 8, width * 0.28, height * 0.38),
                band,
                0.85,
            )
        for y, x, width, colour in (
            (82.6, 33.0, 24.0, tint("6b3b4a")),
            (77.6, 35.0, 21.0, tint("3f6b66")),
            (72.8, 34.0, 22.0, tint("c3a067")),
        ):
            drawing.fill(rectangle(x, y, width, 5), colour)
            drawing.fill(rectangle(x + 1.2, y + 0.9, width - 1.2, 3.2), tint("f4ead2"))
            drawing.fill(rectangle(x, y, 1.6, 5), tint("000000"), 0.15)
            for number in range(3):
                drawing.line(
                    polygon(
                        [(x + 2, y + 1.6 + number * 0.8), (x + width, y + 1.6 + number * 0.8)],
                        closed=False,
                    ),
                    tint("c9b48a"),
                    0.12,
                )
        drawing.fill(smooth(points("22,102 34,96.4 50,99.4 50,108 34,105 18,110")), tint("fdf8ea"))
        drawing.fill(smooth(points("78,102 66,96.4 50,99.4 50,108 66,105 82,110")), tint("f6eeda"))
        drawing.line(
            smooth(points("18,110.4 34,105.6 50,108.6 66,105.6 82,110.4"), closed=False),
            tint("6b3b4a"),
            1,
        )
        for number in range(4):
            drawing.line(
                smooth(
                    [
                        (26 + number * -0.8, 102 + number * 1.6),
                        (36, 98.6 + number * 1.7),
                        (47, 101 + number * 1.6),
                    ],
                    closed=False,
                ),
                tint("a89a80"),
                0.22,
                0.9,
            )
            drawing.line(
                smooth(
                    [
                        (74 + number * 0.8, 102 + number * 1.6),
                        (64, 98.6 + number * 1.7),
                        (53, 101 + number * 1.6),
                    ],
                    closed=False,
                ),
                tint("a89a80"),
                0.22,
                0.9,
            )
        for x, turn, colour in ((88.0, 12.0, tint("ffffff")), (93.0, -20.0, tint("f3d3c0"))):
            with drawing.placed(x, 97, turn=turn):
                drawing.fill(rectangle(-4, -0.8, 8, 1.6), colour)
        with drawing.placed(45, 72.4):
            drawing.fill(
                smooth(points("-2,-10 2,-10 2.4,-6 3.6,-3 3,0 -3,0 -3.6,-3 -2.4,-6")),
                tint("7f9fa6"),
            )
            drawing.fill(ellipse(0, -10, 2, 0.5), tint("5b7c84"))
        draw_twig(drawing, points("45,62 48,50 58,38 66,24"), 0.9, 0.3)
        draw_twig(drawing, points("49,49 44,42"), 0.6, 0.3)
        draw_twig(drawing, points("57,39 66,38 72,34"), 0.6, 0.3)
        for x, y, radius, turn in rows(
            "66,24,3.6,0 60,34,4,30 72,34,3.4,60 52,45,3.6,10 66,38.4,2.8,50 62,27,2.6,25"
        ):
            with drawing.placed(x, y, turn=turn):
                draw_blossom(drawing, radius, palette.accent, tint("b5484c"))


def draw_peonies_and_doves(drawing: Drawing, palette: Palette) -> None:
    """国庆: peonies in full flower, doves over them, fireworks far off."""
    ground(drawing, palette.ground)
    with drawing.placed(6, 2, size=0.74):
        drawing.shade(
            rectangle(-60, -60, 220, 190), (0, -60), (0, 130), (tint("fbe9d2"), tint("fdf6ea"))
        )
        dice = dice_of(10)
        for x, y, radius, colour in (
            (14.0, 4.0, 13.0, tint("d9503c")),
            (90.0, 10.0, 13.0, palette.accent),
            (46.0, -2.0, 10.0, tint("d97a5c")),
        ):
            for number in range(26):
                angle = tau * number / 26
                reach = radius * dice.uniform(0.8, 1)
                drawing.fill(
                    stroke(
                        [
                            (x + reach * 0.28 * cos(angle), y + reach * 0.28 * sin(angle)),
                            (x + reach * 0.7 * cos(angle), y + reach * 0.7 * sin(angle) + 0.4),
                            (x + reach * cos(angle), y + reach * sin(angle) + 1.4),
                        ],
                        (0.1, 0.5, 0.2),
                    ),
                    colour,
                    0.75,
                )
                drawing.fill(
                    ellipse(
                        x + reach * 1.02 * cos(angle), y + reach * 1.02 * sin(angle) + 1.6, 0.35
                    ),
                    colour,
                    0.9,
                )
        for x, y, size, turn, side in (
            (30.0, 30.0, 1.2, -12.0, False),
            (66.0, 18.0, 0.95, -16.0, False),
            (84.0, 40.0, 0.62, -8.0, False),
        ):
            with drawing.placed(x, y, turn=turn, size=size, mirrored=side):
                _dove(drawing)
        for x, y, turn, length in rows(
            "10,86,200,24 30,100,150,26 52,104,60,24 88,88,-20,24 70,104,30,26 "
            "20,68,220,20 82,66,-50,20 48,60,-90,18 60,58,-70,18"
        ):
            with drawing.placed(x, y, turn=turn):
                draw_leaf(drawing, length, length * 0.46, tint("4f6f54"), 1, tint("9bb395"))
        for x, y, radius, size, cs in (
            (68.0, 76.0, 20.0, 3.0, (palette.deep, palette.main, tint("e0747a"), palette.soft)),
            (
                32.0,
                84.0,
                23.0,
                5.0,
                (tint("b93a5a"), tint("d3607a"), tint("e88fa0"), tint("f6c3c8")),
            ),
            (
                88.0,
                96.0,
                13.0,
                8.0,
                (tint("c98a9a"), tint("e3b0ba"), tint("f3d3d6"), tint("fbeaea")),
            ),
            (8.0, 62.0, 10.0, 9.0, (palette.deep, palette.main, tint("e0747a"), palette.soft)),
        ):
            with drawing.placed(x, y):
                _peony(drawing, radius, size, cs)


def draw_straw_hat_and_hoe(drawing: Drawing, palette: Palette) -> None:
    """劳动节: a straw hat and a hoe at rest beside the terraces one has tilled."""
    ground(drawing, palette.ground)
    with drawing.placed(5, -10, size=0.78):
        drawing.shade(
            rectangle(-60, -60, 220, 120), (0, -60), (0, 60), (tint("f9edcf"), tint("f5e6bd"))
        )
        drawing.fill(ellipse(26, 21, 8), tint("e2933f"), 0.9)
        draw_mountain(
            drawing,
            ridge(41, -20, 120, 44, 18, ((0.2, 0.8, 0.3), (0.6, 0.5, 0.3), (0.92, 1, 0.24)), 0.05),
            46,
            tint("a9bb9a"),
            1,
            tint("d8dfbd"),
        )
        for number, (colour, y) in enumerate(
            (
                (palette.soft, 42.0),
                (tint("a5ba74"), 49.0),
                (tint("8fa964"), 57.0),
                (palette.main, 66.0),
                (tint("6a8a4e"), 77.0),
                (palette.deep, 91.0),
            )
        ):
            outline = [
                (-60, y + 4),
                (-10, y + 3 - number),
                (14, y - 2),
                (36, y + 2.6),
                (60, y - 1),
                (84, y + 3 + number * 0.4),
                (112, y - 1),
                (160, y + 1),
                (160, 220),
                (-60, 220),
            ]
            drawing.fill(smooth(outline), colour)
            drawing.line(smooth(outline[:8], closed=False), tint("eef1d0"), 0.9, 0.8)
            for j in range(26):
                x = -2 + j * 4.2 + number % 2 * 2
                yy = y + 5.4 + 1.6 * sin(j * 0.7 + number) + number * 0.6
                for size in (-1, 0, 1):
                    drawing.line(
                        polygon(
                            [(x, yy), (x + size * (0.5 + 0.12 * number), yy - 1.5 - 0.4 * number)],
                            closed=False,
                        ),
                        tint("3f6136"),
                        0.16 + 0.05 * number,
                        0.75,
                    )
        drawing.fill(ellipse(48, 103, 34, 4), tint("2f4a2a"), 0.35)
        with drawing.placed(22, 108, turn=-62):
            drawing.fill(stroke(points("0,0 50,0.6 100,0"), (2.1, 2, 1.8)), tint("a9743f"))
            drawing.line(polygon(points("4,-0.4 96,-0.2"), closed=False), tint("d8a869"), 0.25, 0.8)
            drawing.fill(
                smooth(points("95,-2 101,-2.4 102,10 105,20 92,21.6 95,9")), tint("5f676b")
            )
            drawing.fill(smooth(points("105,20 92,21.6 91.6,24 105.8,22.6")), tint("cfd6d8"))
        with drawing.placed(44, 97, turn=-6):
            drawing.fill(ellipse(0, 0, 29, 8.6), tint("c9973f"))
            drawing.fill(ellipse(0, -0.8, 29, 8), palette.accent)
            for reach in (0.94, 0.84, 0.74):
                drawing.fill(
                    ellipse(0, -0.9, 29 * reach, 7.8 * reach),
                    tint("d5a64d") if reach != 0.84 else tint("ebc878"),
                )
            for number in range(30):
                angle = tau * number / 30
                drawing.line(
                    polygon(
                        [
                            (15 * cos(angle), -1 + 3.6 * sin(angle)),
                            (28.4 * cos(angle), -0.8 + 7.7 * sin(angle)),
                        ],
                        closed=False,
                    ),
                    tint("a97a2c"),
                    0.18,
                    0.7,
                )
            drawing.fill(
                smooth(points("-15.4,-1 -14,-9 -8,-15.4 0,-17 8,-15.4 14,-9 15.4,-1 8,1.6 -8,1.6")),
                tint("e9c574"),
            )
            drawing.fill(
                smooth(points("4,-16.4 8,-15.4 14,-9 15.4,-1 8,1.6 10,-6")), tint("c9973f"), 0.55
            )
            for number in range(5):
                drawing.line(
                    smooth(
                        [
                            (-14.6 + number * 0.9, -4 - number * 2.6),
                            (0, -2 - number * 2.8),
                            (14.6 - number * 0.9, -4 - number * 2.6),
                        ],
                        closed=False,
                    ),
                    tint("a97a2c"),
                    0.2,
                    0.7,
                )
            drawing.fill(
                smooth(points("-15.4,-4.4 0,-1 15.4,-4.4 15.6,-0.8 8,1.8 -8,1.8 -15.6,-0.8")),
                tint("b3382c"),
            )
        for x, y, radius in rows("80,104,2.6 86,109,3 92,102,2.4 10,112,2.6 74,111,2.2"):
            drawing.line(polygon([(x, y), (x + 0.6, y + 9)], closed=False), tint("3f6136"), 0.5)
            for number in range(8):
                with drawing.placed(x, y, turn=45 * number):
                    drawing.fill(
                        ellipse(radius * 0.62, 0, radius * 0.42, radius * 0.2), tint("ffffff")
                    )
            drawing.fill(ellipse(x, y, radius * 0.3), tint("eab23f"))


def _dove(drawing: Drawing) -> None:
    colour = tint("ffffff")
    shade = tint("c9d2d8")
    drawing.fill(smooth(points("-6,1 -16,-1 -19,3 -15,5.6 -6,4")), shade)
    drawing.fill(smooth(points("2,-1 -2,-10 -9,-19 -11,-14 -10,-6 -6,1")), shade)
    drawing.fill(smooth(points("-8,1 -2,-3.4 5,-4 9,-6 12,-5 12.6,-2.6 9,1 3,4.6 -5,5")), colour)
    drawing.fill(polygon(points("12,-4.6 15,-3.2 12.2,-2.6")), tint("d98a4a"))
    drawing.fill(ellipse(10.4, -4, 0.55), tint("3a3a3a"))
    drawing.fill(smooth(points("3,0 4,-9 1,-20 -3,-17 -6,-9 -6,1")), colour)
    for number in range(4):
        drawing.line(
            smooth(
                [(-4 + number * 1.8, -1), (-4.4 + number * 1.7, -9 - number * 1.6)], closed=False
            ),
            shade,
            0.25,
        )
    for number in range(3):
        drawing.line(
            polygon([(-8, 2 + number), (-16, 1 + number * 1.7)], closed=False),
            tint("aab6bd"),
            0.25,
            0.9,
        )


def _peony(drawing: Drawing, radius: float, seed: float, tints: Sequence[Colour]) -> None:
    dice = dice_of(int(seed))
    for ring, (reach, count, size) in enumerate(
        ((0.62, 8, 0.5), (0.46, 8, 0.46), (0.3, 7, 0.38), (0.16, 6, 0.28), (0.05, 4, 0.2))
    ):
        for number in range(count):
            angle = 360 * number / count + ring * 22 + dice.uniform(-8, 8)
            hue = tints[min(ring, 3)] if number % 2 else tints[min(max(ring - 1, 0), 3)]
            with drawing.placed(0, 0, turn=angle):
                colour = radius * reach
                width = radius * size
                outline = [
                    (colour - width * 0.95, 0),
                    (colour - width * 0.5, -width * 0.72),
                    (colour + width * 0.14, -width * 0.98),
                    (colour + width * 0.66, -width * 0.72),
                    (colour + width * 0.8, -width * 0.26),
                    (colour + width * 0.72, width * 0.04),
                    (colour + width * 0.84, width * 0.34),
                    (colour + width * 0.6, width * 0.8),
                    (colour + width * 0.1, width * 0.98),
                    (colour - width * 0.5, width * 0.72),
                ]
                drawing.fill(smooth(outline), hue, 0.98)
                drawing.line(smooth(outline[1:9], closed=False), tints[0], radius * 0.013, 0.55)
    for number in range(14):
        angle = tau * number / 14
        drawing.line(
            polygon(
                [(0, 0), (radius * 0.13 * cos(angle), radius * 0.13 * sin(angle))], closed=False
            ),
            tint("d99a2b"),
            radius * 0.015,
        )
        drawing.fill(
            ellipse(radius * 0.14 * cos(angle), radius * 0.14 * sin(angle), radius * 0.026),
            tint("f0c04a"),
        )
