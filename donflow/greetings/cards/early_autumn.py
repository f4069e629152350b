"""The pictures of 立秋, 处暑 and 白露."""

from __future__ import annotations

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.shapes import (
    dice_of,
    draw_blade,
    draw_drop,
    draw_twig,
    points,
    rows,
)
from donflow.greetings.cards.washes import draw_faded, draw_washed
from donflow.pdf.drawing import (
    Drawing,
    curve_through,
    ellipse,
    mixed,
    polygon,
    rectangle,
    smooth,
    stroke,
)
from donflow.pdf.page import Point


def draw_falling_wutong_leaf(drawing: Drawing, palette: Palette) -> None:
    """立秋: 一叶落知天下秋; of the parasol tree's leaves the first one falls."""
    ground(drawing, palette.ground)
    drawing.wash(62, 34, 40, 34, palette.soft, 0.14)
    bark = tint("7a7358")
    draw_twig(drawing, points("97,5 84,9 72,9 64,11 58,15.4"), 2.8, 0.8, bark)
    draw_twig(drawing, points("76,8.6 77,18 74,27"), 1.3, 0.6, bark)
    for x, y, turn, size, ripe in rows(
        "86,8.4,66,0.46,0.15 74,27,104,0.56,0.3 58,15.4,137,0.46,0.62 64,10.6,-30,0.26,0.1"
    ):
        with drawing.placed(x, y, turn=turn, size=size):
            _parasol_leaf(drawing, palette, ripe, seed=int(x))
    for line in (points("57,42 62,48 56,54"), points("62,42 68,50 62,57")):
        drawing.line(smooth(line, closed=False), tint("b9a98a"), 0.2, 0.5)
    with drawing.placed(31, 58, turn=22, size=0.8):
        _parasol_leaf(drawing, palette, 1.0, seed=3)


def draw_lotus_pods(drawing: Drawing, palette: Palette) -> None:
    """处暑: the heat stops; the lotus has gone to seed, the sun is low."""
    ground(drawing, palette.ground)
    with drawing.placed(30, 14, size=0.64):
        drawing.wash(62, 20, 24, 24, tint("f0b184"), 0.5)
        drawing.fill(ellipse(62, 20, 10), palette.accent, 0.9)
        drawing.shade(
            rectangle(-60, 84, 220, 60), (0, 84), (0, 144), (tint("e3dcc4"), tint("b9c2b0"))
        )
        for y, width, x in rows("88,20,60 93,56,44 98,30,60 104,66,50 109,30,60"):
            drawing.fill(ellipse(x, y, width / 2, 0.4), tint("7d8f80"), 0.5)
        stem = palette.deep
        for outline in (
            points("26,96 27,70 33,48 35,31"),
            points("48,96 47,78 50,62 54,52"),
            points("70,96 73,80 70,66"),
        ):
            drawing.fill(stroke(outline, (1.5, 1.2, 0.9)), stem)
        drawing.fill(stroke(points("12,96 11,74 13,56 18,47"), (1.6, 1.2, 1)), stem)
        drawing.fill(
            smooth(
                points("18,46 6,47 -3,56 -5,70 1,66 4,75 9,68 14,77 18,68 24,75 26,64 31,66 29,54")
            ),
            palette.main,
        )
        drawing.fill(
            smooth(points("18,46 9,50 2,60 0,66 7,64 12,68 16,62 19,55")), palette.soft, 0.7
        )
        for reach in ((-3, 64), (4, 72), (14, 74), (23, 71), (29, 63)):
            drawing.line(
                smooth(
                    [(18, 46), ((18 + reach[0]) / 2 - 1, (46 + reach[1]) / 2 - 3), reach],
                    closed=False,
                ),
                tint("5c5f38"),
                0.35,
                0.8,
            )
        for x, y, turn, size in rows("35,31,18,1.25 54,52,-16,0.95 70,66,14,0.8"):
            with drawing.placed(x, y, turn=turn, size=size):
                _pod(drawing)
        for x, bend, top in rows("80,-7,26 70,-8,40 77,5,14"):
            drawing.fill(
                stroke(
                    [
                        (x, 96),
                        (x - bend * 0.1, (96 + top) / 2),
                        (x + bend * 0.3, top + 8),
                        (x + bend, top),
                    ],
                    (1, 0.9, 0.6, 0.3),
                ),
                tint("93905c"),
            )
            for number in range(22):
                drawing.fill(
                    stroke(
                        [
                            (x + bend * (0.36 + 0.028 * number), top + 7.4 - number * 0.34),
                            (x + bend * (0.5 + 0.03 * number) + 3, top + 6.6 - number * 0.3),
                            (
                                x + bend * (0.6 + 0.03 * number) + 7 - number * 0.1,
                                top + 11 - number * 0.3,
                            ),
                        ],
                        (0.2, 0.7, 0.05),
                    ),
                    tint("b08a5a") if number % 2 else tint("c9a873"),
                    0.8,
                )
            draw_blade(drawing, [(x, 96), (x - 4, 80), (x - 12, 70)], 1.3, tint("93905c"), 0.9)
        for x in (12.0, 26.0, 48.0, 70.0):
            drawing.fill(
                stroke([(x, 96), (x + 1, 101), (x - 1, 106), (x + 0.6, 112)], (1.4, 1.1, 0.8, 0.1)),
                stem,
                0.3,
            )
            drawing.fill(ellipse(x, 96, 4, 0.5), tint("f6ead6"), 0.8)


def draw_dew_on_grass(drawing: Drawing, palette: Palette) -> None:
    """白露: 蒹葭苍苍; reeds by the water at daybreak, a few drops at the tips of their blades."""
    dawn = tint("c6d9d2")
    ground(drawing, dawn, palette.ground, palette.ground, stops=(0, 0.62, 1))
    drawing.glow(24, 20, 18, 18, tint("6f857c"), 0.8)
    drawing.fill(ellipse(24, 20, 5.6), palette.accent, 0.95)
    far = [(-6, 55), (16, 51.5), (36, 54), (58, 51), (80, 53.6), (96, 52), (96, 58), (-6, 58)]
    draw_washed(drawing, far, tint("a5bfb6"), spread=0.4, opacity=0.55)
    drawing.glow(45, 58, 64, 6, tint("55625c"), 0.8)
    for y, x, width in rows("61,26,16 64,58,20 68,20,12 71,50,15"):
        drawing.line(
            polygon([(x - width, y), (x + width, y)], closed=False), palette.deep, 0.14, 0.4
        )
    for outline, size, hue, seed in (
        ("61,84 60,60 62,40 67,25", 0.8, tint("b3c7ba"), 2),
        ("78,84 79,62 77,46 80,34", 0.7, tint("b3c7ba"), 4),
        ("45,86 44,60 46,38 53,18", 1.35, palette.main, 6),
        ("70,86 70,64 73,46 80,28", 1.2, palette.deep, 8),
    ):
        stalk = points(outline)
        drawing.fill(stroke(stalk, (1.0 * size, 0.8 * size, 0.4)), hue)
        _plume(drawing, stalk[-1], size, seed)
    for outline, width, hue in (
        ("44.4,76 37,57 25,50 14,56", 2.5, palette.deep),
        ("44.2,64 52,51.4 61,50 66,58", 2.0, palette.main),
        ("69.8,78 78,63 86,62 92,68", 2.2, palette.main),
    ):
        blade = points(outline)
        tapered = (width * 0.2, width * 0.8, width, width * 0.7, width * 0.3, 0.08)
        drawing.fill(stroke(blade, tapered), hue, 0.94)
        drawing.line(smooth(curve_through(blade)[2:-3], closed=False), tint("cfe0d2"), 0.2, 0.7)
    for x, y, radius in rows("13.7,58.8,2.9 66.4,60.4,2.4 31,51.2,1.5 57,48.6,1.2 84.4,61,1.6"):
        draw_drop(drawing, x, y, radius)
    draw_faded(drawing, palette.ground, 78, 9, seed=3)


def _plume(drawing: Drawing, tip: Point, size: float, seed: int) -> None:
    """The seed head of a reed: soft threads that all hang to one side."""
    dice = dice_of(seed)
    with drawing.placed(*tip, size=size):
        for number in range(64):
            along = number / 64
            x, y = -2.6 + 4.2 * along, 9 - 15 * along
            reach = (6.4 - 4.6 * along) * dice.uniform(0.5, 1.1)
            side = -0.3 if dice.random() < 0.2 else 1.0
            line = [
                (x, y),
                (x + side * reach * 0.6, y - reach * 0.28),
                (x + side * reach, y + reach * 0.5),
            ]
            hue = dice.choice((tint("efeade"), tint("d9d2bf"), tint("c3b9a2")))
            drawing.fill(stroke(line, (0.2, 0.62, 0.08)), hue, 0.8)


def _parasol_leaf(drawing: Drawing, palette: Palette, ripe: float, seed: int) -> None:
    """A leaf of the parasol tree, three broad lobes and two small, a heart at its foot.

    Its stalk comes to (0, 0), its tip is to the right; the riper it is the less green remains.
    """
    half = points(
        "3,0 -2,-3.4 -6.4,-8.6 -6.6,-14.4 -3,-19.6 1.4,-17.4 6.4,-16.4 10,-20.6 16.4,-25.6 "
        "22.4,-27.6 23.6,-20.4 22.6,-14.4 22.4,-10.4 28,-11.4 35,-9 41,-4.6 47,0"
    )
    outline = half + [(x, -y) for x, y in half[-2:0:-1]]
    green, gold = mixed(palette.accent, tint("66804f"), 0.55), palette.main
    vein = mixed(tint("5d7046"), palette.deep, ripe)
    draw_washed(drawing, outline, mixed(green, gold, ripe), seed=seed, spread=0.35, opacity=0.97)
    rim = [(8 + (x - 8) * 0.84 + 1.4, y * 0.84 + 0.6) for x, y in outline]
    glow = mixed(mixed(green, palette.soft, 0.45), palette.soft, ripe)
    draw_washed(drawing, rim, glow, seed=seed + 1, spread=1.0, opacity=0.55)
    with drawing.clipped(smooth(outline)):
        dice = dice_of(seed + 5)
        for x, y in ((40, -2), (20, -22), (20, 21), (-4, 14), (-2, -13)):
            drawing.wash(x + dice.uniform(-2, 2), y, 10, 7, palette.deep, 0.1 + 0.42 * ripe)
        drawing.wash(8, 0, 14, 9, tint("7d9459"), 0.45)
    for tip in ((45, 0), (21.6, -25.6), (21.6, 25.6), (-3.4, -17.4), (-3.4, 17.4)):
        drawing.fill(
            stroke([(2, 0), (2 + (tip[0] - 2) * 0.46, tip[1] * 0.5), tip], (0.9, 0.5, 0.12)),
            vein,
            0.85,
        )
    for start, end in (
        ("16,0", "23,-6"),
        ("26,0", "34,-5"),
        ("8,-8.6", "9,-15"),
        ("13,-15", "20,-16.4"),
        ("0,-8", "-4.6,-9"),
    ):
        for side in (1, -1):
            line = [(x, y * side) for x, y in points(f"{start} {end}")]
            drawing.line(polygon(line, closed=False), vein, 0.25, 0.65)
    drawing.fill(stroke(points("2,0 -9,0.6 -21,4.4"), (0.9, 0.7, 1.1)), vein)


def _pod(drawing: Drawing) -> None:
    """A seed pod on a stalk at (0, 0): a cup cut flat, with seeds in its face."""
    drawing.fill(smooth(points("-1,0 -4,-4 -8.4,-11 0,-14 8.4,-11 4,-4 1,0")), tint("7a7a45"))
    drawing.fill(ellipse(0, -11.5, 8.6, 3.6), tint("a8a062"))
    drawing.fill(ellipse(0, -11.7, 7.7, 3), tint("8f8a52"))
    for x, y in rows("-5,-11.6 -2.2,-13.2 2.2,-13.2 5,-11.6 -2.6,-10.2 2.6,-10.2 0,-11.7"):
        drawing.fill(ellipse(x, y, 1.15, 0.8), tint("4b4a2c"))
        drawing.fill(ellipse(x - 0.2, y - 0.25, 0.5, 0.3), tint("b8b27a"))
    for x in (-3.0, 0.0, 3.0):
        drawing.line(
            smooth([(x * 0.3, -1), (x * 0.9, -5), (x * 1.5, -8.2)], closed=False),
            tint("5c5c34"),
            0.3,
            0.7,
        )
