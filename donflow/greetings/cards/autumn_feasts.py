"""The pictures of 中秋 and 重阳."""

from __future__ import annotations

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_goose, draw_mountain, ridge
from donflow.greetings.cards.shapes import (
    dice_of,
    draw_blade,
    draw_chrysanthemum,
    draw_leaf,
    draw_twig,
    points,
    rows,
    tilted,
)
from donflow.pdf.drawing import Drawing, curve_through, ellipse, polygon, rectangle, smooth, stroke


def draw_rabbit_and_moon(drawing: Drawing, palette: Palette) -> None:
    """中秋: the full moon fills the sky; a rabbit looks up, osmanthus in its light."""
    ground(drawing, palette.ground)
    with drawing.placed(15, 24, size=0.75):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (palette.deep, tint("6d7f8c"))
        )
        drawing.glow(52, 42, 56, 56, tint("8c8a70"), 0.8)
        drawing.fill(ellipse(52, 42, 36), palette.soft)
        for x, y, across, down, turn in rows(
            "40,30,10,6,20 62,26,7,4,-10 66,48,9,6,40 44,56,6,4,0 34,46,4,3,0"
        ):
            drawing.fill(tilted(x, y, across, down, turn), tint("e4d6a2"), 0.5)
        drawing.fill(
            smooth(points("-60,92 -10,88 20,82 50,80 80,85 110,92 160,96 160,200 -60,200")),
            palette.main,
        )
        with drawing.placed(44, 81, size=1.15):
            _rabbit(drawing)
        draw_twig(drawing, points("108,-8 92,8 80,24 74,40"), 2.2, 0.5, tint("3a2f2a"))
        draw_twig(drawing, points("92,8 76,6 62,10"), 1.3, 0.4, tint("3a2f2a"))
        draw_twig(drawing, points("86,16 96,28 98,42"), 1.2, 0.4, tint("3a2f2a"))
        dice = dice_of(15)
        for x, y, turn, length in rows(
            "74,40,110,14 78,28,160,14 77,30,30,13 66,9,190,14 76,6,250,12 72,8,120,13 "
            "98,42,90,14 95,28,20,12 94,30,150,12 90,10,100,13 100,2,200,13 62,10,150,12 "
            "84,18,210,12"
        ):
            with drawing.placed(x, y, turn=turn):
                draw_leaf(drawing, length, length * 0.38, tint("3f5a4a"), 1, tint("7d9480"))
        for x, y in rows("76,34 80,24 72,9 84,6 97,36 92,22 88,13 64,12"):
            for _ in range(8):
                with drawing.placed(
                    x + dice.uniform(-3.4, 3.4), y + dice.uniform(-3, 3), turn=dice.uniform(0, 90)
                ):
                    for number in range(4):
                        with drawing.placed(0, 0, turn=90 * number):
                            drawing.fill(ellipse(0.9, 0, 0.9, 0.62), palette.accent)
                    drawing.fill(ellipse(0, 0, 0.4), tint("b5651d"))
        for _ in range(16):
            drawing.fill(
                ellipse(dice.uniform(56, 96), dice.uniform(50, 90), 0.55), palette.accent, 0.9
            )
        for x in (8.0, 14.0, 22.0, 70.0, 78.0, 90.0):
            draw_blade(drawing, [(x, 96), (x + 1, 86), (x + 5, 78)], 0.8, palette.main)


def draw_climbing_the_height(drawing: Drawing, palette: Palette) -> None:
    """重阳: up the mountain with a sprig of dogwood, chrysanthemums at the foot."""
    ground(drawing, palette.ground)
    with drawing.placed(22, 10.5, size=0.62):
        drawing.fill(ellipse(84, 6, 6.4), tint("d98a52"), 0.9)
        draw_mountain(
            drawing,
            ridge(31, -20, 120, 80, 50, ((0.86, 0.7, 0.3), (0.2, 0.4, 0.24)), 0.05),
            80,
            palette.soft,
            1,
            tint("f4efdf"),
        )
        peak = points(
            "8,100 20,84 26,70 34,62 38,46 45,38 49,22 56,18 62,30 66,44 74,52 78,68 "
            "88,80 100,92 110,104"
        )
        with drawing.clipped(polygon([*peak, (110, 130), (8, 130)])):
            drawing.shade(
                rectangle(-10, 16, 130, 92), (0, 16), (0, 108), (palette.main, tint("dfe0cd"))
            )
        for outline in (
            points("54,20 50,36 46,48 44,62"),
            points("58,24 60,40 64,52 62,66"),
            points("36,62 32,74 30,86"),
            points("72,54 72,66 80,78"),
            points("66,48 70,62 68,72"),
        ):
            drawing.fill(stroke(outline, (0.3, 1.6, 0.1)), palette.deep, 0.6)
        path = points("40,100 52,94 58,86 50,79 46,71 54,64 58,56 53,48 52,40 55,31 55,25")
        drawing.fill(stroke(path, (3.4, 2.8, 2.2, 1.7, 1.2, 0.8, 0.5)), tint("f4ecd6"))
        walked = curve_through(path, steps=7)
        for x, y in walked[::2]:
            width = 0.3 + 1.5 * (y - 20) / 80
            drawing.line(
                polygon([(x - width, y), (x + width, y)], closed=False), tint("8d8468"), 0.22, 0.7
            )
        with drawing.placed(56, 18.6):
            drawing.fill(
                smooth(points("-5.6,-5 -2,-7.4 0,-10.6 2,-7.4 5.6,-5 0,-5.6")), tint("8c3f30")
            )
            drawing.line(polygon(points("-3.4,-5.4 -3.4,0"), closed=False), tint("5a3227"), 0.6)
            drawing.line(polygon(points("3.4,-5.4 3.4,0"), closed=False), tint("5a3227"), 0.6)
            drawing.fill(rectangle(-4.4, -0.5, 8.8, 0.9), tint("5a3227"))
        for x, y, size, colour in (
            (52.6, 93.0, 1.05, tint("b3382c")),
            (56.5, 86.8, 0.9, tint("3f5a78")),
            (48.0, 75.6, 0.72, tint("7a5a3a")),
            (57.0, 58.0, 0.5, tint("b3382c")),
            (53.0, 45.0, 0.4, tint("3f5a78")),
        ):
            with drawing.placed(x, y, size=size):
                drawing.fill(smooth(points("-1.6,0 -1,-3.6 0,-4.6 1,-3.6 1.6,0")), colour)
                drawing.fill(ellipse(0, -5.6, 1.1), tint("d9b08c"))
                drawing.fill(ellipse(-0.1, -6.2, 1.1, 0.6), tint("2d2926"))
                drawing.line(polygon(points("1.8,-3.4 2.6,0.4"), closed=False), tint("5a4334"), 0.3)
        for x, y in rows("32,14 27,16.4 22.6,19 37,16 42,18.4"):
            with drawing.placed(x, y, size=0.7):
                draw_goose(drawing, 7, tint("5a5f66"), 0.3)
        with drawing.placed(-10, 2):
            draw_twig(drawing, points("108,120 94,104 84,94 78,86"), 1.8, 0.5, tint("5f4636"))
            draw_twig(drawing, points("94,104 84,104 74,108"), 1, 0.4, tint("5f4636"))
            for x, y, turn, length in rows(
                "84,94,200,12 88,98,-60,12 94,104,-40,12 80,104,110,11 90,108,80,12 78,86,-110,10"
            ):
                with drawing.placed(x, y, turn=turn):
                    draw_leaf(drawing, length, length * 0.45, tint("5e7446"), 1, tint("a3b184"))
            dice = dice_of(4)
            for x, y in rows("79,87 85,95 76,107 91,102"):
                for _ in range(7):
                    left, top = (x + dice.uniform(-2.6, 2.6), y + dice.uniform(-2.2, 2.2))
                    drawing.fill(ellipse(left, top, 1.25), palette.accent)
                    drawing.fill(ellipse(left - 0.35, top - 0.4, 0.35), tint("f2a79a"))
        for x, y, radius, seed in rows("24,105,10,3 39,112,7.6,5 18,119,8,8"):
            with drawing.placed(x, y):
                draw_chrysanthemum(
                    drawing, radius, tint("c9851b"), tint("e8b33a"), tint("f6d777"), int(seed)
                )


def _rabbit(drawing: Drawing) -> None:
    """A rabbit seated from behind and the side, looking up to the right; feet at y 4."""
    colour = tint("f4f1e8")
    shade = tint("cfc9bd")
    drawing.fill(stroke(points("2,-16 -1,-24 -5,-31"), (3, 5, 1)), shade)
    drawing.fill(stroke(points("4,-16 4,-25 2,-33"), (3, 5.2, 1)), colour)
    drawing.fill(stroke(points("4,-18 4,-25 2.6,-30"), (1, 2, 0.4)), tint("e3b3a8"), 0.8)
    drawing.fill(smooth(points("-11,4 -14,-3 -11,-10 -4,-14 3,-12 8,-6 9,4")), colour)
    drawing.fill(smooth(points("1,-8 -1,-14 2,-19 8,-19.4 12,-15 11,-11 6,-8.6")), colour)
    drawing.fill(smooth(points("-12,4 -14,-2 -11,-8 -5,-7 -3,-1 -6,4")), shade, 0.55)
    drawing.fill(ellipse(-13.6, 0, 3), tint("ffffff"))
    drawing.fill(ellipse(7.8, -15.4, 0.9), tint("4a2a2a"))
    drawing.fill(ellipse(11.8, -13.8, 0.7, 0.5), tint("d79a90"))
    drawing.fill(stroke(points("6,-5 8,0 7,4"), (3, 2.6, 2)), colour)
    drawing.fill(ellipse(9, 4, 3.4, 1.3), colour)
    drawing.fill(ellipse(-4, 4.2, 6, 1.5), colour)
