"""Motifs of summer at its height: lotus under the sun, fireflies, melon."""

from __future__ import annotations

from math import cos, sin, tau
from typing import Final

from donflow.greetings.cards.brush import Chance, arc, ground, leaf
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.shapes import dice_of, points
from donflow.greetings.cards.washes import draw_washed
from donflow.pdf.drawing import Drawing, Shape, ellipse, mixed, polygon, smooth, stroke


def draw_summer_solstice(drawing: Drawing, palette: Palette) -> None:
    """夏至: the sun at its highest; a lotus opens above its leaves."""
    ground(
        drawing,
        palette.soft,
        mixed(palette.soft, palette.ground, 0.7),
        mixed(palette.main, palette.ground, 0.45),
        stops=(0.05, 0.4, 0.68),
    )
    drawing.wash(35, 27, 18, 18, palette.accent, 0.4)
    drawing.fill(ellipse(35, 27, 5.6), palette.accent, 0.92)
    stem = mixed(palette.deep, palette.main, 0.3)
    for line in (
        [(60.0, 80.0), (63.0, 64.0), (62.0, 47.0)],
        [(73.0, 80.0), (76.0, 66.0), (75.0, 54.0)],
        [(36.0, 80.0), (33.0, 70.0), (35.0, 60.0)],
    ):
        drawing.fill(stroke(line, (0.9, 0.8, 0.6)), stem)
    _lotus_leaf(drawing, 76, 69, 15, palette, 5)
    _lotus_leaf(drawing, 34, 60, 19, palette, 2)
    with drawing.placed(75, 55, turn=-80):
        for turn, hue in ((-13, ROSE), (13, ROSE), (0, mixed(ROSE, BLUSH, 0.3))):
            with drawing.placed(0, 0, turn=turn):
                drawing.shade(_lotus_petal(8.6, 4.2), (0, 0), (9, 0), (BLUSH, hue), (0.1, 1))
    _lotus(drawing, 62, 47, palette)
    _lotus_leaf(drawing, 52, 74, 17, palette, 9)
    for x, y, reach in ((40.0, 70.5, 6.0), (68.0, 73.0, 5.0)):
        drawing.line(
            polygon([(x - reach, y), (x + reach, y)], closed=False), palette.ground, 0.2, 0.5
        )


def draw_minor_heat(drawing: Drawing, palette: Palette) -> None:
    """小暑: 轻罗小扇扑流萤; a hand in a wide sleeve, a round silk fan, fireflies."""
    chance = Chance("xiaoshu")
    wood, gold = tint("7a5238"), tint("b89a72")
    night = mixed(palette.deep, (0, 0, 0), 0.35)
    ground(
        drawing,
        palette.deep,
        mixed(palette.deep, palette.main, 0.7),
        night,
        stops=(0, 0.5, 0.76),
    )
    for x, y in chance.scatter(40, -4, 86, 98, 6):
        blade = [
            (x, 98),
            (x + chance.near(0, 2), y + 4),
            (x + chance.near(0, 6), y - chance.between(1, 9)),
        ]
        drawing.fill(stroke(blade, (0.1, 0.9, 0.1)), mixed(night, palette.main, 0.18), 0.8)
    for x, y, size in (
        (19, 66, 1.0),
        (81, 26, 1.0),
        (66, 14, 0.7),
        (33, 82, 0.8),
        (10, 79, 0.6),
        (24, 50, 0.6),
        (46, 19, 0.6),
    ):
        drawing.glow(x, y, 6.5 * size, 6.5 * size, palette.accent, 0.5)
        drawing.glow(x, y, 2.6 * size, 2.6 * size, palette.accent, 0.9)
        drawing.fill(ellipse(x, y, 0.62 * size), tint("fffbe0"))
    with drawing.placed(49, 48, turn=-30):
        silk = ellipse(0, 0, 19.5, 18.6)
        drawing.fill(stroke([(0, 18), (0, 37)], (1.3, 1.6)), wood)
        drawing.shade_round(silk, (-6, -6), 30, (palette.ground, palette.soft))
        with drawing.clipped(silk):
            drawing.line(polygon([(0, -22), (0, 24)], closed=False), gold, 0.4, 0.4)
            with drawing.placed(0, 0, size=0.9):
                _orchid(drawing, palette)
        drawing.line(silk, wood, 0.8)
        drawing.line(ellipse(0, 0, 18.5, 17.6), gold, 0.2)
        drawing.fill(smooth([(-1.8, 17.6), (1.8, 17.6), (1.2, 21.6), (-1.2, 21.6)]), palette.seal)
    _sleeve(drawing, palette)


def draw_major_heat(drawing: Drawing, palette: Palette) -> None:
    """大暑: cut melon on a dish of celadon, a palm-leaf fan laid down, a white-hot sky."""
    ground(drawing, mixed(palette.soft, palette.ground, 0.3), palette.ground, stops=(0, 0.6))
    drawing.wash(22, 20, 26, 26, palette.accent, 0.38)
    drawing.fill(ellipse(22, 20, 6.6), tint("d94f30"), 0.9)
    with drawing.placed(41, 53, turn=-133, size=0.95):
        _palm_fan(drawing)
    drawing.wash(42, 86, 34, 3, palette.deep, 0.3)
    _dish(drawing)
    with drawing.placed(50, 71, turn=-16, size=0.84):
        _slice(drawing, 4)
    with drawing.placed(33, 72, turn=9):
        _slice(drawing, 8)


def _lotus_leaf(
    drawing: Drawing, x: float, y: float, across: float, palette: Palette, seed: int
) -> None:
    """A leaf seen from the side, its rim curled, in washes that run together."""
    dice = dice_of(seed)
    rim = [
        (
            across * cos(tau * n / 16) * dice.uniform(0.95, 1.04),
            across * 0.4 * sin(tau * n / 16) * dice.uniform(0.85, 1.12) + 0.7 * cos(n * 2.1),
        )
        for n in range(16)
    ]
    with drawing.placed(x, y, turn=dice.uniform(-6, 6)):
        pale = mixed(palette.main, palette.deep, 0.35)
        draw_washed(drawing, rim, pale, seed=seed, spread=0.5, opacity=0.97)
        low = [(px * 0.97, py * 0.62 + across * 0.13) for px, py in rim]
        draw_washed(drawing, low, palette.deep, seed=seed + 1, spread=0.9, opacity=0.6)
        drawing.wash(0, -across * 0.04, across * 0.4, across * 0.13, palette.deep, 0.5)
        for px, py in rim:
            vein = [(0.0, -across * 0.05), (px * 0.5, py * 0.44 - 0.3), (px * 0.92, py * 0.92)]
            drawing.line(smooth(vein, closed=False), palette.ground, 0.15, 0.45)


def _lotus_petal(length: float, width: float) -> Shape:
    half = width / 2
    return smooth(
        [
            (0, 0),
            (length * 0.3, -half * 0.85),
            (length * 0.62, -half),
            (length * 0.9, -half * 0.4),
            (length, 0),
            (length * 0.9, half * 0.4),
            (length * 0.62, half),
            (length * 0.3, half * 0.85),
        ]
    )


def _lotus(drawing: Drawing, x: float, y: float, palette: Palette) -> None:
    """A flower seen from the side: petals behind, the young pod, petals in front."""
    behind = ((-90, 15.5), (-116, 15.5), (-64, 15.5), (-141, 15), (-39, 15), (-162, 14), (-18, 14))
    before = ((-150, 13), (-30, 13), (-174, 11.5), (-6, 11.5), (-124, 12.5), (-56, 12.5))
    with drawing.placed(x, y):
        for turn, length in behind:
            _petal_in_place(drawing, turn, length, 7.4)
        drawing.fill(
            smooth([(-3, -6.4), (0, -7.4), (3, -6.4), (1.6, -1), (-1.6, -1)]), tint("b9bf62")
        )
        for number in range(15):
            lean = (number - 7) * 0.62
            line = [(lean * 0.5, -2.0), (lean, -5.6 - 0.8 * (number % 2))]
            drawing.line(polygon(line, closed=False), tint("e3b13e"), 0.24)
            drawing.fill(ellipse(*line[1], 0.3, 0.42), tint("e9b944"))
        for turn, length in before:
            _petal_in_place(drawing, turn, length, 6.6)
        _petal_in_place(drawing, -90, 8.4, 7.2)


def _petal_in_place(drawing: Drawing, turn: float, length: float, width: float) -> None:
    with drawing.placed(0, 1, turn=turn):
        shape = _lotus_petal(length, width)
        drawing.shade(
            shape, (0, 0), (length, 0), (BLUSH, mixed(BLUSH, ROSE, 0.35), ROSE), (0.1, 0.6, 1)
        )
        for side in (-0.5, -0.2, 0.2, 0.5):
            vein = [(length * 0.3, side * width * 0.4), (length * 0.62, side * width * 0.62)]
            drawing.line(smooth([*vein, (length * 0.93, 0)], closed=False), ROSE, 0.09, 0.5)
        drawing.line(shape, tint("b8486a"), 0.13, 0.7)


def _orchid(drawing: Drawing, palette: Palette) -> None:
    for bend, reach in ((-16, 24), (-8, 30), (4, 31), (12, 26), (19, 18), (-21, 15)):
        blade = [(-3, 20), (-3 + bend * 0.4, 20 - reach * 0.7), (-3 + bend, 20 - reach)]
        drawing.fill(stroke(blade, (0.8, 1.4, 0.1)), palette.main, 0.9)
    for x, y, size in ((-5.5, -6, 1.0), (6, -2, 0.85)):
        drawing.fill(stroke([(-3, 20), (x - 0.4, y + 9), (x, y)], (0.5, 0.4, 0.3)), palette.main)
        for turn in (-90, -20, 200, 40, 140):
            with drawing.placed(x, y, turn=turn, size=size):
                drawing.fill(leaf(5, 1.7), tint("8d6fa3"), 0.8)
        drawing.fill(ellipse(x, y, 0.6), palette.accent)


def _sleeve(drawing: Drawing, palette: Palette) -> None:
    """A wide sleeve from the right, the hand that holds the fan at its mouth."""
    silk, skin = mixed(palette.soft, palette.main, 0.25), tint("ecd3ba")
    cuff = [(96, 62), (84, 68), (75, 73.5), (72.4, 77.4), (74.4, 83), (80, 87), (96, 88.6)]
    draw_washed(drawing, cuff, silk, seed=3, spread=0.5)
    for fold in (
        [(95, 67), (84, 72.4), (76, 77)],
        [(95, 74), (86, 77), (77, 79.4)],
        [(95, 82), (87, 82.6), (79, 82.6)],
    ):
        drawing.fill(stroke(fold, (0.9, 0.5, 0.1)), palette.main, 0.55)
    drawing.fill(
        stroke([(75.4, 73.4), (72.6, 77.6), (74.6, 83)], (0.5, 1.1, 0.5)), palette.seal, 0.9
    )
    drawing.fill(
        smooth([(74.6, 75.6), (70.6, 75.2), (67.4, 76.4), (66, 79), (68.4, 81.6), (74.6, 81)]), skin
    )
    for x, y in ((67.0, 76.6), (66.5, 78.3), (66.9, 80.0), (67.9, 81.3)):
        drawing.fill(
            stroke([(x + 3.4, y + 0.1), (x + 1, y - 0.2), (x - 0.7, y + 0.3)], (1.6, 1.6, 1.2)),
            skin,
        )
        drawing.line(
            smooth([(x + 3, y + 0.9), (x + 1, y + 0.7)], closed=False), tint("b98f70"), 0.14
        )
    drawing.fill(stroke([(71.6, 75.6), (68.4, 74.4), (65.8, 74.2)], (2.0, 1.5, 0.8)), skin)


def _palm_fan(drawing: Drawing) -> None:
    """A fan of one palm leaf, its handle at (0, 0) and downwards."""
    straw, edge = tint("dcc28c"), tint("9c7a45")
    half = points("0,0 -7,-2 -15,-8 -18.6,-17 -17,-27 -10,-34 0,-36.5")
    leaf_of = half + [(-x, y) for x, y in half[-2:0:-1]]
    draw_washed(drawing, leaf_of, straw, seed=5, spread=0.3)
    with drawing.clipped(smooth(leaf_of)):
        for number in range(-8, 9):
            tip = (38 * sin(number * 0.172) * 0.9, -38 * cos(number * 0.172))
            rib = [(0.0, 1.0), (tip[0] * 0.5, tip[1] * 0.5), tip]
            drawing.fill(stroke(rib, (0.7, 0.35, 0.12)), edge, 0.5)
    drawing.line(smooth(leaf_of), edge, 0.55, 0.85)
    drawing.fill(stroke([(0, -3), (0.4, 10), (0, 18)], (1.9, 1.5, 1.7)), edge)
    for y in (-0.6, 0.6, 1.8):
        drawing.line(polygon([(-1.1, y), (1.1, y)], closed=False), tint("6e5230"), 0.35)


def _dish(drawing: Drawing) -> None:
    """A shallow dish of celadon, seen a little from above."""
    glaze, shadow = tint("a9c4b4"), tint("7fa08f")
    drawing.fill(smooth(points("12,81.6 15,85.4 24,88 42,88.8 60,88 69,85.4 72,81.6")), shadow)
    drawing.fill(ellipse(42, 81.4, 30.4, 4.6), glaze)
    drawing.fill(ellipse(42, 81.8, 27.4, 3.6), tint("cfdfd2"))
    drawing.line(ellipse(42, 81.4, 30.4, 4.6), tint("e6efe6"), 0.3)


def _slice(drawing: Drawing, seed: int) -> None:
    """A half moon of melon, its cut edge up, in few wet strokes."""
    dice = dice_of(seed)
    flesh, rind = tint("cf4a3e"), tint("2f4f37")
    for radius, width, hue in ((11.4, 1.9, tint("e8ebc6")), (13.1, 2.6, rind)):
        sweep = arc(0, 0, radius, -3, 183, steps=12)
        drawing.fill(stroke(sweep, (width * 0.5, width, width * 1.15, width, width * 0.4)), hue)
    for turn in (24, 52, 83, 118, 150):
        vein = arc(0, 0, 13.3, turn, turn + 14, steps=3)
        drawing.fill(stroke(vein, (0.2, 1.2, 0.2)), tint("6d8f5c"), 0.7)
    cut = [(-10.8, 0.0), (-4, -0.4), (4, 0.3), (10.8, 0.0), *arc(0, 0, 10.8, 12, 168, steps=9)]
    draw_washed(drawing, cut, flesh, seed=seed, spread=0.3)
    heart = [(x * 0.72, y * 0.7 + 0.4) for x, y in cut]
    draw_washed(drawing, heart, tint("b5332d"), seed=seed + 1, spread=0.9, opacity=0.5)
    for reach, count in ((4.6, 3), (8.2, 5)):
        for number in range(count):
            angle = 180 * (number + 0.5) / count + dice.uniform(-9, 9)
            x, y = arc(0, 0, reach + dice.uniform(-0.5, 0.5), angle, angle, steps=1)[0]
            with drawing.placed(x, y, turn=angle):
                drawing.fill(smooth([(-0.8, 0), (0.2, -0.5), (0.8, 0), (0.2, 0.5)]), tint("2a1d1c"))


ROSE: Final = tint("d8607f")
BLUSH: Final = tint("fdf0ea")
