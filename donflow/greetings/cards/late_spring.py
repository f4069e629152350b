"""Motifs of spring from its middle on: the swallow, the kite, the peony."""

from __future__ import annotations

from donflow.greetings.cards.brush import (
    EVERYTHING,
    Chance,
    arc,
    ground,
    hills,
    leaf,
    rain,
)
from donflow.greetings.cards.compositions import FAN_LEAF
from donflow.greetings.cards.palettes import Palette, tint
from donflow.pdf.drawing import (
    Drawing,
    curve_through,
    ellipse,
    mixed,
    polygon,
    smooth,
    stroke,
    together,
)
from donflow.pdf.spacing import Colour


def draw_spring_equinox(drawing: Drawing, palette: Palette) -> None:
    """春分: day and night in equal halves of one disc, a swallow across both."""
    ground(drawing, palette.ground)
    x, y, radius = 40.0, 64.5, 24.0
    disc, half = ellipse(x, y, radius), radius / 2
    with drawing.clipped(disc):
        drawing.shade(disc, (x, y - radius), (x, y + radius), (palette.soft, palette.accent))
        bend = [*arc(x, y - half, half, -90, 90), *arc(x, y + half, half, 270, 90)]
        night = polygon([(x, 20), *bend, (x, 90), (95, 90), (95, 20)])
        drawing.shade(night, (0, 38), (0, 88), (palette.deep, palette.main))
        drawing.fill(ellipse(28, 52, 4.0), tint("d9593a"))
        with drawing.clipped(ellipse(54, 74, 4.0)):
            drawing.fill(ellipse(54, 74, 4.0), palette.ground)
            drawing.fill(ellipse(56, 73, 3.5), mixed(palette.deep, palette.main, 0.68))
        for across, down in ((56, 49), (61, 60), (49, 82), (58, 55), (60, 68), (46, 71)):
            drawing.fill(ellipse(across, down, 0.34), palette.ground)
    drawing.line(disc, palette.deep, 0.25, 0.5)
    _swallow(drawing, 40, 65.5, 1.18, -26, palette)
    _swallow(drawing, 17, 22, 0.42, -12, palette)
    _swallow(drawing, 29, 15, 0.3, -34, palette)


def draw_pure_brightness(drawing: Drawing, palette: Palette) -> None:
    """清明: a child flies a swallow kite above hills in drizzle, willow in front."""
    chance = Chance("qingming")
    ground(drawing, mixed(palette.ground, palette.soft, 0.7), palette.ground, stops=(0, 0.6))
    hills(
        drawing,
        [(25, 58), (42, 47), (54, 54), (70, 43), (86, 52)],
        palette.soft,
        palette.ground,
        depth=14,
    )
    hills(
        drawing,
        [(25, 66), (38, 60), (56, 66), (72, 58), (86, 63)],
        palette.main,
        mixed(palette.main, palette.ground, 0.8),
        depth=16,
        opacity=0.85,
    )
    hills(
        drawing,
        [(25, 80), (40, 76), (60, 79), (86, 73)],
        palette.deep,
        palette.main,
        depth=12,
        opacity=0.9,
    )
    rain(drawing, 90, (28, 6, 58, 80), palette.deep, chance, opacity=0.28, length=5)
    line = [(49, 31), (45, 44), (48, 56), (57.4, 67.4)]
    drawing.line(smooth(line, closed=False), palette.deep, 0.14, 0.9)
    _kite(drawing, 47, 26, palette)
    _flyer(drawing, palette)
    for start, reach, sway in ((84, 64, 3), (79, 48, 4), (74, 30, 4), (82, 74, 2), (69, 20, 3)):
        strand = [(start, 5), (start - sway, reach * 0.55), (start - sway * 0.3, reach)]
        drawing.fill(stroke(strand, (0.5, 0.3, 0.12)), palette.deep, 0.9)
        for number in range(3, int(reach / 2.6)):
            y = 5 + (reach - 5) * number / int(reach / 2.6)
            t = (y - 5) / (reach - 5)
            x = start - sway * (4 * t * (1 - t) * 0.86 + 0.3 * t)
            with drawing.placed(x, y, turn=90 + (30 if number % 2 else -30) + chance.near(0, 10)):
                drawing.fill(leaf(chance.between(3.0, 4.4), 0.8, bend=0.4), tint("6d8f4e"), 0.85)


def draw_grain_rain(drawing: Drawing, palette: Palette) -> None:
    """谷雨: on a folding fan the first tea of the year, rain over the terraces it grows on."""
    chance = Chance("guyu")
    ground(drawing, palette.ground)
    _draw_sticks(drawing)
    sky, ink = tint("e9e6d8"), tint("5d7a80")
    with drawing.clipped(FAN_LEAF):
        drawing.shade(EVERYTHING, (0, 14), (0, 54), (sky, mixed(sky, palette.ground, 0.6)))
        for crests, share, down in (
            ([(0, 36), (14, 25), (28, 33), (44, 28), (60, 19), (74, 30), (92, 26)], 0.62, 15),
            ([(0, 42), (18, 33), (36, 40), (58, 32), (78, 38), (92, 33)], 0.3, 12),
        ):
            hills(drawing, crests, mixed(ink, sky, share), sky, depth=down)
        _tea_rows(drawing, 45, mixed(palette.main, ink, 0.35), palette)
        rain(drawing, 150, (4, 13, 84, 42), ink, chance, opacity=0.34, length=4.5)
        _tea_sprig(drawing, palette)
    drawing.line(FAN_LEAF, tint("8a6b45"), 0.3, 0.8)
    for number in range(1, 14):
        ends = [arc(45, 57, reach, 197 + number * 10.43, 0, steps=1)[0] for reach in (15, 41)]
        drawing.line(polygon(ends, closed=False), palette.ink, 0.12, 0.16)
    for x, sway in ((45.0, -1.4), (45.0, 1.0)):
        cord = [(x, 58.4), (x + sway, 62), (x + sway * 0.3, 66)]
        drawing.line(smooth(cord, closed=False), palette.seal, 0.35)
    drawing.fill(ellipse(45, 66.4, 0.9), palette.seal)
    for number in range(-3, 4):
        thread = [(45, 67), (45 + number * 0.24, 71), (45 + number * 0.34, 75.4)]
        drawing.line(smooth(thread, closed=False), palette.seal, 0.3, 0.9)


def _draw_sticks(drawing: Drawing) -> None:
    """The sticks of the fan, from its leaf to the pivot; the two guards broader."""
    wood, dark = tint("a98558"), tint("7d5c38")
    for number in range(15):
        turn = 197 + number * 146 / 14
        outer, inner = (
            arc(45, 57, 15.4, turn, 0, steps=1)[0],
            arc(45, 57, -2.2, turn, 0, steps=1)[0],
        )
        guard = number in (0, 14)
        drawing.fill(stroke([inner, outer], (0.9, 1.7 if guard else 1.25)), dark if guard else wood)
        drawing.line(polygon([inner, outer], closed=False), dark, 0.12, 0.7)
    for turn in (197, 343):
        outer, inner = arc(45, 57, 41, turn, 0, steps=1)[0], arc(45, 57, 15, turn, 0, steps=1)[0]
        drawing.fill(stroke([inner, outer], (1.5, 1.1)), dark)
    drawing.fill(ellipse(45, 57, 0.8), tint("e2c98f"))


def _flyer(drawing: Drawing, palette: Palette) -> None:
    """A child that runs uphill, both hands on the line."""
    skin, hose = mixed(palette.ground, tint("d8a27c"), 0.75), mixed(palette.deep, palette.ink, 0.5)
    with drawing.placed(60, 78.6, size=1.05):
        for leg in (
            [(0.4, -4.4), (2.6, -2.6), (2.8, 0)],
            [(-0.4, -4.4), (-1.8, -2.2), (-4.2, -1.0)],
        ):
            drawing.fill(stroke(leg, (1.8, 1.3, 0.9)), hose)
        drawing.fill(
            smooth(
                [(-1.4, -9.4), (1.2, -9.6), (2.2, -6.4), (2.6, -3.4), (-2.4, -3.2), (-1.8, -6.4)]
            ),
            palette.accent,
        )
        for arm in (
            [(0.6, -8.8), (-1.4, -10.0), (-2.6, -11.0)],
            [(-0.6, -8.8), (-2.6, -9.0), (-3.4, -10.4)],
        ):
            drawing.fill(stroke(arm, (1.4, 1.1, 0.8)), mixed(palette.accent, palette.seal, 0.4))
        for x, y in ((-2.7, -11.2), (-3.5, -10.6)):
            drawing.fill(ellipse(x, y, 0.5), skin)
        drawing.fill(ellipse(0.0, -11.0, 1.6, 1.65), skin)
        drawing.fill(
            smooth(
                [(-0.6, -12.4), (0.4, -12.9), (1.7, -12.1), (1.8, -10.4), (1.0, -9.8), (0.8, -11.4)]
            ),
            palette.ink,
        )
        for x, y in ((0.1, -13.1), (1.9, -12.2)):
            drawing.fill(ellipse(x, y, 0.6), palette.ink)


def _swallow(
    drawing: Drawing, x: float, y: float, size: float, turn: float, palette: Palette
) -> None:
    with drawing.placed(x, y, turn=turn, size=size):
        ink = palette.ink
        drawing.fill(
            smooth(
                [
                    (11.6, -0.4),
                    (9, -2),
                    (4, -2),
                    (-3, -0.6),
                    (-7, 0.6),
                    (-3, 1.6),
                    (4, 2.4),
                    (9, 1.4),
                ]
            ),
            palette.ground,
        )
        for tail in (
            [(-4, 0), (-11, -1.4), (-19, -4.6), (-12, 0.2), (-6, 1)],
            [(-4, 0.4), (-11, 2.6), (-18, 6.6), (-10.4, 1.2), (-5, -0.4)],
        ):
            drawing.fill(smooth(tail), ink)
        drawing.fill(
            smooth(
                [
                    (12.4, -0.6),
                    (9.4, -2.3),
                    (5, -2.2),
                    (-2, -1),
                    (-7, 0.4),
                    (-2, 0.8),
                    (5, 0.2),
                    (9, -0.2),
                ]
            ),
            ink,
        )
        drawing.fill(
            smooth([(6, -1), (3, -8), (-5, -15.4), (-14, -18.6), (-8, -11.6), (-3, -5), (0, -0.4)]),
            ink,
        )
        drawing.fill(
            smooth(
                [(5.4, 0.6), (3, 5.6), (-3, 10.6), (-9.6, 12.6), (-5.6, 7), (-1.6, 2.6), (1, 0)]
            ),
            mixed(ink, palette.main, 0.35),
        )
        drawing.fill(smooth([(10.6, 0), (9.2, 1.5), (6.8, 1.6), (7.6, 0.2)]), palette.seal)
        drawing.fill(polygon([(12, -0.8), (13.9, -0.2), (12, 0)]), ink)
        drawing.fill(ellipse(10.3, -1.1, 0.32), palette.ground)


def _kite(drawing: Drawing, x: float, y: float, palette: Palette) -> None:
    """The swallow kite of the north: two wings, a round head, a forked tail."""
    with drawing.placed(x, y, turn=14, size=1.15):
        drawing.fill(
            smooth(
                [
                    (0, -2.4),
                    (-5, -4.6),
                    (-11, -4.8),
                    (-13.4, -3),
                    (-11.4, -0.8),
                    (-5, 0.8),
                    (0, 1.4),
                    (5, 0.8),
                    (11.4, -0.8),
                    (13.4, -3),
                    (11, -4.8),
                    (5, -4.6),
                ]
            ),
            palette.accent,
        )
        drawing.fill(
            polygon(
                [
                    (-1.9, 0),
                    (1.9, 0),
                    (6.4, 11.6),
                    (4.2, 10.8),
                    (0, 3.8),
                    (-4.2, 10.8),
                    (-6.4, 11.6),
                ]
            ),
            palette.ink,
        )
        drawing.fill(ellipse(0, -0.4, 2.7, 3.6), palette.ink)
        for side in (-1, 1):
            drawing.fill(ellipse(side * 7.6, -2.7, 2.1, 1.3), palette.ground)
            drawing.fill(ellipse(side * 7.6, -2.7, 1.0, 0.7), palette.ink)
            drawing.fill(ellipse(side * 1.1, -2.2, 0.6), palette.ground)
            drawing.fill(stroke([(side * 1.8, 3.2), (side * 4.6, 9.6)], (0.5, 0.4)), palette.ground)
        drawing.fill(ellipse(0, 0.8, 1.2), palette.ground)
        drawing.fill(ellipse(0, 0.8, 0.6), palette.accent)


def _tea_rows(drawing: Drawing, y: float, colour: Colour, palette: Palette) -> None:
    """Bushes in terraces that follow the slope."""
    for row in range(4):
        line = [(-2.0, y - 2 + row * 4), (22.0, y - 6 + row * 4.4), (50.0, y - 1 + row * 4.2)]
        line += [(72.0, y - 5 + row * 4.4), (93.0, y - 1 + row * 4.0)]
        walked = curve_through(line, steps=8)
        bushes = [ellipse(x, down, 2.3 + row * 0.3, 1.5 + row * 0.2) for x, down in walked]
        drawing.fill(together(*bushes), mixed(colour, palette.deep, 0.14 * row))


def _tea_sprig(drawing: Drawing, palette: Palette) -> None:
    stem = [(26.0, 60.0), (38.0, 45.0), (45.0, 33.0)]
    drawing.fill(stroke(stem, (1.5, 1.2, 0.9)), palette.accent)
    for x, y, turn, length in (
        (40, 42, -4, 27),
        (39, 43.4, 192, 24),
        (45, 33.4, -38, 20),
        (45, 33, 214, 15),
    ):
        with drawing.placed(x, y, turn=turn):
            wide = length * 0.36
            blade = leaf(length, wide)
            drawing.shade(
                blade, (0, -wide / 2), (0, wide / 2), (palette.accent, palette.main, palette.deep)
            )
            drawing.line(
                polygon([(0, 0), (length * 0.92, 0)], closed=False), palette.ground, 0.26, 0.7
            )
            for number in range(2, 7):
                start = length * number / 8
                for side in (-1, 1):
                    vein = [(start, 0.0), (start + length * 0.11, side * wide * 0.3)]
                    drawing.line(polygon(vein, closed=False), palette.ground, 0.12, 0.5)
    with drawing.placed(45, 33.6, turn=-84):
        bud = leaf(15.5, 3.6)
        drawing.shade(bud, (0, -2), (0, 2), (palette.ground, palette.accent, palette.main))
