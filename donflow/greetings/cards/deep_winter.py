"""The pictures of 冬至, 小寒 and 大寒."""

from __future__ import annotations

from math import cos, pi, sin

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_flakes, draw_lantern, draw_steam
from donflow.greetings.cards.shapes import dice_of, draw_twig, points, rows
from donflow.greetings.cards.washes import draw_washed
from donflow.pdf.drawing import Drawing, ellipse, mixed, polygon, rectangle, smooth, stroke


def draw_eighty_one_petals(drawing: Drawing, palette: Palette) -> None:
    """冬至: 九九消寒图, nine blossoms of nine petals, one painted a day; dumplings on the table."""
    ground(drawing, palette.ground)
    _hung_wall(drawing, palette)
    with drawing.placed(-2, 9, size=0.6):
        drawing.fill(rectangle(20, 0, 60, 88), tint("5d6f78"), 0.16)
        drawing.fill(rectangle(18, -2, 60, 88), tint("c9b48a"))
        drawing.fill(rectangle(20.4, 9, 55.2, 66), palette.soft)
        for y in (-2.0, 86.0):
            drawing.fill(rectangle(14, y - 1.6, 68, 3.2), tint("6a4433"))
            for x in (13.0, 83.0):
                drawing.fill(rectangle(x - 1.4, y - 1.2, 2.8, 2.4), tint("3f271d"))
        drawing.line(polygon(points("30,-3 48,-13 66,-3"), closed=False), tint("6a4433"), 0.5)
        draw_twig(drawing, points("26,76 30,62 44,52 44,40 58,28 62,14"), 3.4, 0.6, palette.deep)
        for outline in (
            points("43,52 56,50 68,54"),
            points("44,42 34,34 30,22"),
            points("56,30 66,32 72,40"),
            points("36,57 28,52 25,44"),
            points("52,34 48,24 49,16"),
        ):
            draw_twig(drawing, outline, 1.5, 0.4, palette.deep)
        for count, (x, y) in enumerate(
            (
                (29.0, 67.0),
                (26.0, 45.0),
                (42.0, 55.0),
                (66.0, 55.0),
                (31.0, 25.0),
                (47.0, 38.0),
                (70.0, 40.0),
                (49.0, 18.0),
                (62.0, 17.0),
            )
        ):
            with drawing.placed(x, y, turn=17 * count):
                for number in range(9):
                    with drawing.placed(0, 0, turn=40 * number):
                        outline = points("0,0 2.9,-1.3 5.3,-1.15 6,0 5.3,1.15 2.9,1.3")
                        if count * 9 + number < 50:
                            drawing.fill(
                                smooth(outline),
                                palette.main if (number + count) % 3 else tint("d65a4c"),
                                0.95,
                            )
                        else:
                            drawing.fill(smooth(outline), tint("fdfbf4"))
                        drawing.line(smooth(outline), tint("7c2a26"), 0.22, 0.9)
                drawing.fill(ellipse(0, 0, 1.15), palette.accent)
    with drawing.placed(53, 76):
        _dumplings(drawing)


def _hung_wall(drawing: Drawing, palette: Palette) -> None:
    """The wall in lamplight and the long table before it."""
    drawing.wash(34, 40, 52, 52, palette.accent, 0.13)
    wood, dark = tint("7a4f39"), tint("54352a")
    drawing.fill(rectangle(-6, 81.6, 102, 3.0), wood)
    drawing.fill(rectangle(-6, 84.2, 102, 1.0), dark)
    for y, opacity in ((82.3, 0.35), (83.2, 0.25)):
        drawing.line(
            smooth([(-6, y), (30, y + 0.3), (60, y - 0.2), (96, y)], closed=False),
            dark,
            0.14,
            opacity,
        )
    drawing.shade(
        rectangle(-6, 85.2, 102, 3.4),
        (0, 85.2),
        (0, 88.6),
        (mixed(palette.ground, dark, 0.3), palette.ground),
    )


def _dumplings(drawing: Drawing) -> None:
    """A bowl heaped with dumplings, hot, seen a little from above; it stands at y 6."""
    blue, glaze = tint("40657f"), tint("f3f1e8")
    for x, height in rows("-8,17 1,23 9,16"):
        draw_steam(drawing, x, -11, height, tint("b9b3a6"), 0.32, 2.2, 1 if x else -1)
    drawing.wash(0, 6.4, 17, 1.4, tint("3a2a22"), 0.5)
    half = points("0,-5 12,-5 17,-5 16.6,-3 15,0.4 11,3.9 6.8,5 6.2,6.4 0,6.6")
    bowl = [*half, *((-x, y) for x, y in half[-2:0:-1])]
    drawing.shade(
        polygon(bowl),
        (-17, 0),
        (17, 0),
        (tint("cdd9da"), glaze, glaze, tint("b9c9cc")),
        (0, 0.3, 0.6, 1),
    )
    drawing.line(polygon(bowl[2:-1], closed=False), blue, 0.16, 0.6)
    drawing.fill(ellipse(0, -5, 17.2, 3.8), tint("fbf9f2"))
    drawing.line(ellipse(0, -5, 17.2, 3.8), blue, 0.4, 0.9)
    drawing.fill(ellipse(0, -4.8, 15.2, 3.0), tint("ddd3bb"))
    for line in ("-15.9,-1.6 -8,1.2 0,2 8,1.2 15.9,-1.6", "-14.8,0.4 -8,2.6 0,3.2 8,2.6 14.8,0.4"):
        drawing.line(smooth(points(line), closed=False), blue, 0.45, 0.9)
    for x, y, turn, size in rows(
        "-8.6,-7.6,-14,1 8.6,-7.4,14,1 0,-8.6,2,1.04 -4.8,-5.4,6,1.06 4.8,-5.2,-6,1.06 "
        "-11.4,-4.8,-22,0.86 11.4,-4.8,20,0.86 0.2,-4.2,0,0.9 -4,-10.6,-6,0.92 4.4,-10.4,8,0.92"
    ):
        with drawing.placed(x, y, turn=turn, size=size):
            shape = points(
                "-5.2,1.6 -4.4,-1.2 -2.2,-3.4 0,-4 2.2,-3.4 4.4,-1.2 5.2,1.6 2.6,2.8 -2.6,2.8"
            )
            draw_washed(drawing, shape, tint("fbf4e2"), spread=0.1)
            drawing.line(smooth(shape), tint("a8946f"), 0.2, 0.85)
            drawing.fill(
                smooth(points("-4.4,1.7 0,0.5 4.4,1.7 2.4,2.6 -2.4,2.6")), tint("d9c8a2"), 0.55
            )
            seam = points("-4.4,-0.8 -2,-2.2 0,-2.6 2,-2.2 4.4,-0.8")
            drawing.line(smooth(seam, closed=False), tint("b39f78"), 0.18, 0.9)
            for px, py in points("-3,-2.2 -1.6,-3.1 0,-3.4 1.6,-3.1 3,-2.2"):
                drawing.line(
                    polygon([(px, py - 0.3), (px * 0.84, py + 0.9)], closed=False),
                    tint("b39f78"),
                    0.16,
                    0.9,
                )


def draw_nesting_magpie(drawing: Drawing, palette: Palette) -> None:
    """小寒: 鹊始巢; the magpie begins its nest while the wintersweet is in flower."""
    ground(drawing, palette.ground)
    with drawing.placed(12, 6, size=0.68):
        for outline, thick, thin in (
            (points("104,116 88,92 74,76 58,66 40,62 20,66 2,60"), 5, 0.7),
            (points("74,76 72,56 60,40 58,24 64,8"), 3, 0.5),
            (points("58,66 52,80 38,88"), 1.5, 0.4),
            (points("70,52 82,42 94,40"), 1.8, 0.5),
            (points("60,38 46,32 38,20"), 1.5, 0.4),
            (points("36,62 28,52 16,50"), 1.3, 0.4),
            (points("88,92 96,76 100,60"), 2, 0.6),
        ):
            draw_twig(drawing, outline, thick, thin, palette.deep)
        dice = dice_of(31)
        for _ in range(120):
            x, y = (dice.gauss(75, 6.4), dice.gauss(48, 2.6))
            share = dice.uniform(-0.5, 0.5)
            length = dice.uniform(4, 9)
            drawing.line(
                smooth(
                    [
                        (x - length * cos(share), y - length * sin(share) * 0.7),
                        (x, y + dice.uniform(0.6, 1.8)),
                        (x + length * cos(share), y - length * sin(share) * 0.7),
                    ],
                    closed=False,
                ),
                dice.choice((tint("54453a"), tint("7a6551"), tint("94805f"), tint("3f342d"))),
                0.45,
                0.95,
            )
        with drawing.placed(40, 50.5, turn=-4, size=1.2):
            _magpie(drawing)
        for x, y, size, share in rows(
            "12,62,3.4,0 20,50,3,40 50,80,3.2,80 39,88,3.6,10 46,31,3.3,60 38,20,3.7,20 "
            "64,9,3.6,33 58,26,3,70 92,40,3.4,15 84,42,2.6,5 99,62,3.4,9 96,76,3,44 "
            "4,60,2.8,12 62,17,2.4,12 84,88,3,12 29,53,2.3,2"
        ):
            with drawing.placed(x, y, turn=share):
                wintersweet(drawing, size)
        for x, y in rows("8,57 15,47 42,26 60,4 97,37 34,91 98,55 45,85 67,13"):
            drawing.fill(ellipse(x, y, 1.2), tint("e3b53f"))
            drawing.fill(ellipse(x + 0.3, y + 0.3, 0.6), tint("9c5a2e"), 0.7)


def draw_lantern_in_the_snow_pine(drawing: Drawing, palette: Palette) -> None:
    """大寒: the coldest days; a pine bowed by snow, and one red lantern already lit."""
    ground(drawing, palette.ground)
    with drawing.placed(0, 8, size=0.9):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (palette.main, palette.soft)
        )
        drawing.fill(
            smooth(points("-60,92 -10,84 24,88 60,84 100,90 160,86 160,200 -60,200")),
            tint("e9eef1"),
        )
        drawing.fill(
            smooth(points("-60,104 0,96 50,102 100,96 160,102 160,200 -60,200")),
            tint("ffffff"),
            0.8,
        )
        draw_twig(drawing, points("96,130 90,100 96,72 84,50 88,28 80,8"), 10, 4, palette.deep)
        for outline, thick in (
            (points("92,66 72,56 50,58 28,50"), 3.6),
            (points("86,44 70,32 52,32"), 3),
            (points("86,22 98,12 112,10"), 2.4),
            (points("94,80 108,74"), 3),
            (points("83,14 66,6 54,8"), 2.2),
        ):
            draw_twig(drawing, outline, thick, 0.8, palette.deep)
        for x, y, width in rows(
            "28,50,15 46,56,17 66,55,15 52,31,15 70,31,14 56,7,13 76,7,14 98,12,14 "
            "104,73,14 86,30,11"
        ):
            _pine_tuft(drawing, x, y, width)
        drawing.glow(66, 77, 27, 27, tint("b5712e"), 0.75)
        drawing.line(polygon(points("66,54 66,62"), closed=False), tint("2b2522"), 0.4)
        with drawing.placed(66, 61, turn=3):
            draw_lantern(drawing, 9.6)
        draw_flakes(drawing, 12, 110, -4, -16, 108, 136, (0.3, 1.0))


def _magpie(drawing: Drawing) -> None:
    """A magpie on a twig, facing +x; its feet at (0, 10)."""
    drawing.fill(stroke(points("-6,5 -18,10 -32,17"), (4, 3.2, 1.4)), tint("22313f"))
    drawing.fill(stroke(points("-7,4.4 -18,9 -30,15.2"), (0.8, 0.8, 0.2)), tint("4f7f8f"), 0.9)
    drawing.fill(smooth(points("-9,4 -4,-3 3,-6.4 8,-3 8.4,3 4,8 -3,8.6")), tint("1f2226"))
    drawing.fill(smooth(points("-1,6 4,0 8.2,-0.6 8,4 3,8.4 -3,8.4")), tint("fbfaf6"))
    drawing.fill(smooth(points("-13,8 -6,-1 1,-3.4 3,0 -3,4.6")), tint("22313f"))
    drawing.fill(smooth(points("-3,-2 2.4,-3.6 2.6,0 -2,3")), tint("fbfaf6"))
    drawing.line(smooth(points("-12,7.4 -5,3 0,1"), closed=False), tint("4f7f8f"), 0.5, 0.9)
    drawing.fill(ellipse(7, -7, 4.4), tint("1f2226"))
    drawing.fill(polygon(points("10.6,-8.4 16.4,-6.6 10.4,-5.4")), tint("2c2c2c"))
    drawing.fill(ellipse(8.6, -7.9, 0.75), tint("f4f2ea"))
    drawing.fill(ellipse(8.7, -7.9, 0.4), tint("000000"))
    drawing.line(polygon(points("10,-5 15,-6.6 22,-9"), closed=False), tint("7a6551"), 0.5)
    for x in (-1.0, 2.4):
        drawing.line(polygon([(x, 8), (x + 0.6, 10.6)], closed=False), tint("33302e"), 0.5)


def wintersweet(drawing: Drawing, radius: float) -> None:
    """A waxy yellow flower with a wine-red heart, its petals half closed."""
    for number in range(8):
        with drawing.placed(0, 0, turn=45 * number):
            drawing.fill(
                smooth(
                    [
                        (0, 0),
                        (radius * 0.5, -radius * 0.34),
                        (radius, -radius * 0.1),
                        (radius * 1.02, radius * 0.14),
                        (radius * 0.5, radius * 0.32),
                    ]
                ),
                tint("e9bd45") if number % 2 else tint("f3d36c"),
            )
            drawing.line(
                polygon([(radius * 0.3, 0), (radius * 0.9, 0)], closed=False),
                tint("c1882a"),
                radius * 0.03,
                0.7,
            )
    for number in range(5):
        with drawing.placed(0, 0, turn=72 * number + 20):
            drawing.fill(ellipse(radius * 0.3, 0, radius * 0.26, radius * 0.14), tint("8f3f33"))
    drawing.fill(ellipse(0, 0, radius * 0.14), tint("f6e08f"))


def _pine_tuft(drawing: Drawing, x: float, y: float, width: float) -> None:
    dice = dice_of(int(x * 7 + y))
    for number in range(44):
        angle = pi * (1 + 0.0) + pi * number / 43
        length = width * dice.uniform(0.75, 1.0)
        drawing.line(
            polygon(
                [
                    (x + width * 0.2 * cos(angle), y + width * 0.1 * sin(angle)),
                    (x + length * cos(angle), y + length * 0.62 * sin(angle)),
                ],
                closed=False,
            ),
            tint("2f4a45") if number % 3 else tint("4f6f65"),
            0.34,
        )
    for number in range(20):
        angle = pi * number / 19
        drawing.line(
            polygon(
                [(x, y), (x + width * 0.8 * cos(angle), y + width * 0.26 * sin(angle))],
                closed=False,
            ),
            tint("26403c"),
            0.3,
        )
    drawing.fill(
        smooth(
            [
                (x - width * 0.98, y - width * 0.02),
                (x - width * 0.8, y - width * 0.34),
                (x - width * 0.4, y - width * 0.6),
                (x, y - width * 0.7),
                (x + width * 0.45, y - width * 0.58),
                (x + width * 0.85, y - width * 0.3),
                (x + width * 1.0, y),
                (x + width * 0.6, y - width * 0.14),
                (x + width * 0.3, y - width * 0.02),
                (x - width * 0.1, y - width * 0.18),
                (x - width * 0.5, y - width * 0.0),
            ]
        ),
        tint("ffffff"),
        0.97,
    )
    drawing.fill(
        smooth(
            [
                (x - width * 0.9, y - width * 0.04),
                (x - width * 0.5, y - width * 0.22),
                (x, y - width * 0.34),
                (x + width * 0.6, y - width * 0.24),
                (x + width * 0.94, y - width * 0.02),
                (x + width * 0.6, y - width * 0.14),
                (x + width * 0.3, y - width * 0.02),
                (x - width * 0.1, y - width * 0.18),
                (x - width * 0.5, y),
            ]
        ),
        tint("b9c7d1"),
        0.75,
    )
