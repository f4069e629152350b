"""Motifs of summer until the sowing: eggs in nets, wheat, rice set out in rows."""

from __future__ import annotations

from math import pi, sin

from donflow.greetings.cards.brush import (
    Chance,
    branch,
    ground,
    hills,
    leaf,
    petal,
    ripple,
)
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.shapes import points
from donflow.greetings.cards.washes import draw_faded, draw_washed
from donflow.pdf.drawing import (
    Drawing,
    Shape,
    ellipse,
    mixed,
    polygon,
    rectangle,
    smooth,
    stroke,
    together,
)


def draw_start_of_summer(drawing: Drawing, palette: Palette) -> None:
    """立夏: an egg in a net of cord, hung for the children in the cherry tree that ripens."""
    chance = Chance("lixia")
    ground(drawing, mixed(palette.ground, palette.soft, 0.55), palette.ground, stops=(0, 0.8))
    bark = mixed(palette.deep, tint("5a4334"), 0.65)
    bough = [(-6.0, 17.0), (10.0, 19.0), (24.0, 14.5), (35.0, 16.0), (44.0, 11.0)]
    branch(drawing, bough, (2.6, 2.0, 1.3, 0.8, 0.35), bark, chance)
    branch(drawing, [(8, 19), (14, 25), (17, 33)], (1.1, 0.7, 0.3), bark, chance)
    branch(drawing, [(32, 16), (38, 23), (40, 33)], (0.9, 0.6, 0.25), bark, chance)
    for x, y, fruits in (
        (17.0, 33.0, ((5.5, 46.5, 3.4), (12.0, 50.0, 3.6))),
        (40.0, 33.0, ((40.5, 51.0, 3.6), (48.0, 48.0, 3.4), (55.0, 52.0, 3.2))),
    ):
        for number, (across, down, size) in enumerate(fruits):
            stem = [
                (x, y),
                ((x + across) / 2 - 0.8, (y + down) / 2 - 1.4),
                (across, down - size * 0.7),
            ]
            drawing.fill(stroke(stem, (0.5, 0.3, 0.45)), palette.deep)
            _cherry(drawing, across, down, size, palette, number)
    for x, y, turn, size in (
        (-1.0, 17.0, -38, 0.9),
        (17.0, 33.0, 24, 0.86),
        (17.0, 33.0, 150, 0.8),
        (14.0, 25.0, -24, 0.6),
        (25.0, 14.6, -52, 0.8),
        (36.0, 15.6, 64, 0.6),
        (40.0, 33.0, 24, 0.8),
        (40.0, 33.0, 140, 0.6),
        (43.4, 11.4, 20, 0.6),
        (44.0, 11.0, -40, 0.6),
    ):
        with drawing.placed(x, y, turn=turn, size=size):
            blade = points("0,0 3,-2.2 7,-2.9 11,-1.6 14,0.9 10.4,2 6,2.3 2.4,1.4")
            draw_washed(drawing, blade, palette.main, seed=int(x) + 9, spread=0.2)
            draw_washed(
                drawing, points("0,0 5,-0.2 13.6,0.9 9,1.8 4,1.6"), palette.deep, opacity=0.5
            )
            drawing.line(
                smooth([(0, 0), (7, -0.3), (13.4, 0.8)], closed=False), palette.ground, 0.18, 0.7
            )
    _netted_egg(drawing, 26, 61.6, 1.16, palette)


def draw_grain_fills(drawing: Drawing, palette: Palette) -> None:
    """小满: ears of wheat, still green and filling, bend over a field in evening light."""
    chance = Chance("xiaoman")
    ground(
        drawing,
        palette.soft,
        mixed(palette.soft, palette.accent, 0.35),
        palette.main,
        stops=(0.2, 0.5, 0.72),
    )
    drawing.fill(ellipse(24, 46, 7.5), mixed(palette.accent, palette.ground, 0.45))
    hills(
        drawing,
        [(-5, 60), (20, 56), (50, 60), (75, 54), (95, 58)],
        mixed(palette.main, palette.soft, 0.45),
        palette.main,
        depth=34,
    )
    for x, y in chance.scatter(46, -4, 60, 98, 16):
        with drawing.placed(x, y, turn=chance.between(-80, -60), size=0.3 + (y - 60) / 60):
            _ear(drawing, mixed(palette.main, palette.soft, 0.35), palette.main, 0.0)
    for x, y, lean, size in (
        (8, 88, 8, 1.1),
        (22, 90, 12, 1.25),
        (36, 92, 15, 1.15),
        (50, 92, 17, 1.35),
        (63, 90, 13, 1.15),
        (76, 92, 14, 1.3),
        (88, 90, 9, 1.1),
    ):
        tall = 34 * size + chance.near(0, 2)
        stem = [(x - lean * 0.4, y + 6), (x, y - tall * 0.45), (x + lean * 0.35, y - tall * 0.8)]
        drawing.fill(stroke(stem, (0.8, 0.65, 0.5)), palette.deep)
        with drawing.placed(x + 0.1, y - tall * 0.35, turn=-62, size=size):
            drawing.fill(leaf(17, 1.7, bend=4), mixed(palette.deep, palette.main, 0.3))
        with drawing.placed(x + lean * 0.35, y - tall * 0.8, turn=-72 + lean * 2.2, size=size):
            _ear(drawing, mixed(palette.main, palette.accent, 0.4), palette.deep, 1.0)
    draw_faded(drawing, palette.ground, 32, 7, seed=4, up=True)
    draw_faded(drawing, palette.ground, 80, 6, seed=6)


def draw_grain_in_ear(drawing: Drawing, palette: Palette) -> None:
    """芒种: rows of rice seedlings set out in water, the planter under a straw hat."""
    chance = Chance("mangzhong")
    ground(drawing, palette.soft, palette.ground, palette.ground, stops=(0, 0.4, 1))
    far, light = mixed(palette.main, palette.deep, 0.3), mixed(palette.soft, (1, 1, 1), 0.3)
    hills(
        drawing,
        [(-5, 48), (12, 43), (30, 46), (52, 38), (72, 43), (95, 36)],
        far,
        palette.ground,
        depth=10,
        opacity=0.75,
    )
    water = (light, palette.main, palette.ground, palette.ground)
    drawing.shade(rectangle(-5, 49, 100, 80), (0, 49), (0, 125), water, (0, 0.36, 0.6, 1))
    drawing.fill(
        smooth([(-6, 48), (30, 49.2), (96, 47.6), (96, 49.6), (30, 50.6), (-6, 49.8)]),
        palette.deep,
        0.7,
    )
    for row in range(7):
        depth = row / 6
        y, size, gap = 53 + 31 * depth**1.35, 0.32 + 0.9 * depth, 3.4 + 7.0 * depth
        places = [46 + number * gap + chance.near(0, gap * 0.06) for number in range(-14, 15)]
        shown = [x for x in places if -5 < x < 95 and not (row in (3, 4) and 48 < x < 70)]
        _draw_row(drawing, shown, y, size, palette, chance)
    with drawing.placed(0, 4):
        _planter(drawing, palette)
        for x, y in ((48, 69.6), (62, 70)):
            ripple(drawing, x, y, 7, palette.ground, rings=3, width=0.25)


def _cherry(drawing: Drawing, x: float, y: float, size: float, palette: Palette, seed: int) -> None:
    """Two washes of red, the paper left to shine through where the light falls."""
    outline = [
        (x, y - size * 0.78),
        (x + size * 0.66, y - size * 0.84),
        (x + size, y),
        (x + size * 0.6, y + size * 0.8),
        (x, y + size),
        (x - size * 0.6, y + size * 0.8),
        (x - size, y),
        (x - size * 0.66, y - size * 0.84),
    ]
    draw_washed(
        drawing, outline, mixed(palette.accent, tint("ef8f70"), 0.3), seed=seed, spread=0.12
    )
    shade = [
        (x + (px - x) * 0.74 + size * 0.2, y + (py - y) * 0.8 + size * 0.16) for px, py in outline
    ]
    draw_washed(drawing, shade, palette.accent, seed=seed + 3, spread=0.25, opacity=0.85)
    with drawing.placed(x - size * 0.46, y - size * 0.3, turn=-24):
        drawing.fill(ellipse(0, 0, size * 0.16, size * 0.32), palette.ground, 0.55)


def _netted_egg(drawing: Drawing, x: float, y: float, size: float, palette: Palette) -> None:
    """A duck's egg in a red net knotted at both ends, the cord up to the bough, a tassel."""
    red, shell = palette.seal, tint("cfe4de")
    with drawing.placed(x, y, size=size):
        drawing.line(polygon([(0, -40.4), (0, -14)], closed=False), red, 0.42)
        half = points("0,-11 4.4,-8.8 7.2,-3.4 8,2 6.6,7.2 3.4,10 0,10.8")
        outline = half + [(-px, py) for px, py in half[-2:0:-1]]
        draw_washed(drawing, outline, shell, seed=6, spread=0.12)
        shadow = [(px * 0.8 + 1.3, py * 0.84 + 1.4) for px, py in outline]
        draw_washed(drawing, shadow, tint("a8c8c0"), spread=0.4, opacity=0.6)
        drawing.wash(3, 5, 6, 6, tint("7fa59c"), 0.35)
        meshes = list[Shape]()
        for number in range(-6, 7):
            for side in (-1, 1):
                places = [
                    (step / 10, number * pi / 7 + side * step * 0.11) for step in range(-10, 11)
                ]
                seen = [
                    (8.1 * (1 - v * v) ** 0.5 * (1 + 0.1 * v) * sin(u), 11.2 * v)
                    for v, u in places
                    if abs(u) < pi / 2
                ]
                if len(seen) > 2:
                    meshes.append(smooth(seen, closed=False))
        drawing.line(together(*meshes), red, 0.24, 0.92)
        for y_knot, radius in ((-12.4, 1.0), (-15, 0.75), (12, 1.1)):
            drawing.fill(ellipse(0, y_knot, radius), red)
        for number in range(-4, 5):
            thread = [(number * 0.18, 12.6), (number * 0.32, 17), (number * 0.42, 21)]
            drawing.line(smooth(thread, closed=False), red, 0.3)


def _ear(
    drawing: Drawing,
    colour: tuple[float, float, float],
    edge: tuple[float, float, float],
    awns: float,
) -> None:
    """An ear of wheat from the origin to the right, its tip hanging a little."""
    for number in range(8):
        x, y = 1.6 * number, 0.06 * number * number
        for side in (-1, 1):
            with drawing.placed(x, y + side * 0.5, turn=side * 24 + number * 3):
                if awns:
                    drawing.line(
                        polygon([(2, 0), (8.5 - number * 0.2, side * 0.6)], closed=False),
                        edge,
                        0.13,
                        0.75,
                    )
                grain = petal(3.1, 1.7)
                drawing.fill(grain, colour)
                if awns:
                    drawing.line(grain, edge, 0.14, 0.8)
    with drawing.placed(12.4, 3.6, turn=24):
        drawing.fill(petal(3, 1.6), colour)


def _draw_row(
    drawing: Drawing, places: list[float], y: float, size: float, palette: Palette, chance: Chance
) -> None:
    """Tufts of five blades, each with its light on the water and its reflection."""
    dark, bright, mirrored = list[Shape](), list[Shape](), list[Shape]()
    for x in places:
        for lean in (-2.6, -1.2, 0.1, 1.3, 2.7):
            tip = (x + lean * size * 1.1, y - (6.4 - abs(lean) * 0.9) * size * chance.near(1, 0.1))
            bend, half = x + lean * 0.35 * size, 0.34 * size
            blade = [
                (x - half * 0.4, y),
                (bend - half, (y + tip[1]) / 2),
                tip,
                (bend + half, (y + tip[1]) / 2),
                (x + half, y),
            ]
            (dark if lean < 0 else bright).append(smooth(blade))
            mirrored.append(
                polygon([(x, y + 0.4), (x + lean * 0.7 * size, y + 2.6 * size)], closed=False)
            )
    drawing.fill(
        together(*(ellipse(x, y + 0.3 * size, 2.4 * size, 0.5 * size) for x in places)),
        palette.ground,
        0.55,
    )
    drawing.line(together(*mirrored), palette.deep, 0.3 * size, 0.22)
    drawing.fill(together(*dark), palette.deep)
    drawing.fill(together(*bright), tint("7ba23f"))


def _planter(drawing: Drawing, palette: Palette) -> None:
    """Bent over the water, seen from the side."""
    with drawing.placed(60, 70, size=1.15):
        blue, skin = tint("35566b"), tint("c99a73")
        for x in (2.0, 5.0):
            drawing.fill(
                stroke([(x + 1.2, -10), (x + 0.6, -4), (x - 0.2, 0.4)], (3.2, 2.2, 1.4)),
                mixed(blue, palette.ink, 0.45),
            )
        drawing.fill(
            smooth([(1, -12), (6.6, -13.6), (8.4, -10.4), (5.6, -8), (1.6, -8.4)]),
            mixed(blue, palette.ink, 0.35),
        )
        drawing.fill(
            smooth(
                [
                    (6.8, -13.6),
                    (2, -16.2),
                    (-5, -15.2),
                    (-7.4, -12.2),
                    (-4.6, -10.2),
                    (2.4, -9.6),
                    (7.4, -10),
                ]
            ),
            blue,
        )
        drawing.fill(
            stroke([(-4.6, -12.4), (-6.2, -7.4), (-8.6, -2.4)], (2.6, 1.9, 1.2)),
            mixed(blue, (1, 1, 1), 0.14),
        )
        drawing.fill(ellipse(-8.9, -1.9, 0.95), skin)
        drawing.fill(ellipse(-8.4, -12.2, 2.2), skin)
        drawing.fill(
            smooth(
                [
                    (-15, -12.0),
                    (-10.6, -17.4),
                    (-9, -18),
                    (-7.6, -16.6),
                    (-3.4, -11.0),
                    (-8.6, -10.6),
                ]
            ),
            tint("d9b36a"),
        )
        drawing.line(
            smooth([(-13, -12.4), (-9.2, -13.8), (-5.2, -12)], closed=False), tint("9a7437"), 0.25
        )
        drawing.line(
            smooth([(-11, -15), (-9, -15.8), (-7, -14.6)], closed=False), tint("9a7437"), 0.25
        )
        for lean in (-1.2, 0, 1.2):
            drawing.fill(stroke([(-9, -0.6), (-9.4 + lean, -5.4)], (0.6, 0.1)), tint("7ba23f"))
