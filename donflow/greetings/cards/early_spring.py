"""Motifs of spring until the thunder: the ox, the eaves, the beetle."""

from __future__ import annotations

from itertools import pairwise

from donflow.greetings.cards.brush import (
    Chance,
    branch,
    flower,
    ground,
    hills,
    leaf,
    rain,
    ripple,
)
from donflow.greetings.cards.palettes import INK, Palette, tint
from donflow.greetings.cards.shapes import dice_of, points
from donflow.greetings.cards.washes import draw_faded, draw_washed
from donflow.pdf.drawing import (
    Drawing,
    curve_through,
    ellipse,
    mixed,
    polygon,
    smooth,
    stroke,
)
from donflow.pdf.page import Point


def draw_start_of_spring(drawing: Drawing, palette: Palette) -> None:
    """立春: a child plays the flute on a water buffalo, willows break into bud."""
    chance = Chance("lichun")
    haze = mixed(palette.ground, palette.soft, 0.5)
    ground(drawing, palette.ground, haze, palette.ground, palette.ground, stops=(0, 0.4, 0.72, 1))
    drawing.wash(62, 26, 15, 15, palette.accent, 0.4)
    drawing.fill(ellipse(62, 26, 6.6), palette.accent, 0.85)
    crests = [(-5.0, 60.0), (15.0, 52.0), (34.0, 57.0), (60.0, 47.0), (95.0, 58.0)]
    hills(drawing, crests, mixed(palette.soft, palette.ground, 0.3), palette.ground, depth=24)
    nearer = [(-5.0, 72.0), (20.0, 69.0), (50.0, 72.0), (78.0, 65.0), (95.0, 68.0)]
    hills(drawing, nearer, mixed(palette.soft, palette.main, 0.25), palette.ground, depth=20)
    drawing.wash(42, 86, 40, 3.4, palette.main, 0.4)
    with drawing.placed(41, 85.6, size=1.04):
        _draw_buffalo(drawing, palette)
        _draw_child(drawing, palette)
    for x, y in chance.scatter(26, 4, 84, 82, 5):
        blade = [(x, y), (x + chance.near(0, 0.8), y - chance.between(1.6, 3.4))]
        drawing.fill(stroke(blade, (0.5, 0.1)), palette.main, 0.8)
    for start, reach, sway in (
        (88, 44, 3),
        (82, 60, 4),
        (75, 36, 3),
        (69, 22, 4),
        (92, 66, 2),
    ):
        strand = [(start, -4), (start - sway, reach * 0.5), (start - sway * 0.6, reach)]
        drawing.fill(stroke(strand, (0.6, 0.35, 0.12)), palette.deep, 0.8)
        count = int(reach / 4.0)
        for number in range(2, count):
            y = reach * number / count
            x = start - sway * (1 - (1 - y / reach * 1.1) ** 2) * 0.95
            with drawing.placed(x, y, turn=90 + (38 if number % 2 else -38) + chance.near(0, 8)):
                drawing.fill(leaf(chance.between(2.0, 3.4), 1.0), palette.main, 0.95)
                drawing.fill(leaf(1.2, 0.6), palette.deep, 0.8)


def draw_rain_water(drawing: Drawing, palette: Palette) -> None:
    """雨水: the rain runs from an upturned eave in threads; rings on the water below."""
    chance = Chance("yushui")
    ground(
        drawing,
        palette.soft,
        palette.soft,
        mixed(palette.main, palette.soft, 0.4),
        stops=(0, 0.45, 0.7),
    )
    for crests, share in (
        ([(-5, 57), (14, 49), (32, 56), (52, 51), (74, 57), (95, 53)], 0.55),
        ([(-5, 62), (18, 57), (40, 61), (66, 55), (95, 61)], 0.15),
    ):
        hills(drawing, crests, mixed(palette.main, palette.soft, share), palette.soft, depth=9)
    bank = [(-6.0, 64.0), (14.0, 62.8), (34.0, 64.2), (20.0, 65.6), (-6.0, 66.4)]
    draw_washed(drawing, bank, mixed(palette.deep, palette.accent, 0.45), spread=0.3, opacity=0.7)
    for x, high in ((4.0, 5.0), (8.0, 6.4), (12.6, 4.6), (17.0, 3.2)):
        drawing.wash(
            x, 64 - high * 0.6, 3.0, high * 0.7, mixed(palette.accent, palette.deep, 0.3), 0.6
        )
        drawing.fill(stroke([(x, 64.4), (x + 0.3, 64 - high)], (0.4, 0.15)), palette.deep, 0.7)
    rain(drawing, 130, (-2, 34, 96, 40), palette.ground, chance, opacity=0.75, length=5)
    rain(drawing, 60, (-2, 40, 96, 32), palette.deep, chance, opacity=0.25, length=5)
    for x, y, radius in ((20.0, 73.0, 8), (40.0, 70.5, 5), (56.0, 74.0, 10), (8.0, 70.0, 4)):
        ripple(drawing, x, y, radius, palette.ground, rings=3, width=0.26)
    _draw_eave(drawing, palette, chance)
    draw_faded(drawing, palette.ground, 31, 4, seed=5, up=True)
    draw_faded(drawing, palette.ground, 80, 5, seed=2)


def draw_waking_of_insects(drawing: Drawing, palette: Palette) -> None:
    """惊蛰: lightning over dark earth; a beetle at the first shoot, peach in blossom."""
    chance = Chance("jingzhe")
    ground(
        drawing,
        palette.deep,
        mixed(palette.deep, palette.main, 0.75),
        palette.main,
        stops=(0, 0.5, 0.78),
    )
    drawing.glow(32, 30, 60, 56, palette.soft, 0.4)
    clouds = ((4.0, 8.0, 46, 15), (84.0, 4.0, 44, 18), (40.0, 2.0, 30, 10), (66.0, 18.0, 26, 8))
    for x, y, across, down in clouds:
        drawing.wash(x, y, across, down, palette.deep, 0.55)
    drawing.glow(34, 34, 20, 46, palette.accent, 0.26)
    bolt = _struck((44, -5), (15, 70), 5, 11)
    light = mixed(palette.accent, (1, 1, 1), 0.55)
    drawing.line(polygon(bolt, closed=False), palette.accent, 1.5, 0.22)
    _draw_flash(drawing, bolt, 0.95, light)
    for start, end, seed in (
        (9, (52, 44), 3),
        (17, (10, 50), 5),
        (25, (40, 62), 4),
        (4, (52, 20), 9),
    ):
        _draw_flash(drawing, _struck(bolt[start], end, 4, seed), 0.42, palette.accent)
    rain(drawing, 60, (0, 4, 90, 70), palette.soft, chance, slant=0.3, opacity=0.3)
    soil = [(-5, 84), (14, 80.6), (34, 79), (52, 80), (70, 84), (95, 82), (95, 126), (-5, 126)]
    drawing.fill(smooth(soil), palette.ink)
    for x, y in chance.scatter(40, 0, 82, 90, 8):
        drawing.fill(ellipse(x, y + 3, chance.between(0.2, 0.5), 0.2), palette.main, 0.5)
    _shoot(drawing, palette)
    branch(
        drawing, [(96, 86), (80, 74), (70, 70), (58, 58)], (2.4, 1.6, 1.0, 0.4), palette.ink, chance
    )
    branch(drawing, [(76, 72), (78, 62), (74, 53)], (1.1, 0.7, 0.3), palette.ink, chance)
    blossoms = (
        (58, 58, 4),
        (66, 66, 4.6),
        (74, 53, 3.8),
        (79, 63, 4.6),
        (72, 71, 4.2),
        (86, 76, 4.6),
    )
    for x, y, size in blossoms:
        flower(drawing, x, y, size, tint("f3c6c4"), tint("8e2f3a"), chance, deeper=tint("d9748a"))
    for x, y in ((62, 61.5), (76.5, 57), (69, 74.5), (83, 70)):
        drawing.fill(ellipse(x, y, 1.1), tint("d9748a"))


def _draw_buffalo(drawing: Drawing, palette: Palette) -> None:
    """A water buffalo that walks to the right in pale and dark washes; the ground is y 0."""
    pale = mixed(palette.ink, palette.soft, 0.42)
    ink = mixed(palette.ink, palette.soft, 0.14)
    for line, widths in (
        ("-10,-14 -9.4,-11 -8.4,-7 -10.4,-4 -9.6,-0.4", (0.4, 7.0, 4.0, 2.2, 2.3)),
        ("12,-14 14,-10.6 16.6,-7 16.4,-3.6 17.6,-0.6", (0.4, 5.0, 3.2, 2.0, 2.2)),
    ):
        drawing.fill(stroke(points(line), widths), ink, 0.9)
    body = points(
        "-19.4,-16 -17.6,-20.4 -12,-22.6 -4,-21.4 3,-21.8 9,-24 14,-23 19,-21.6 21,-18.4 18,-13 "
        "14.4,-9.2 7,-6.6 -2,-5.6 -9,-7 -15,-9.4"
    )
    draw_washed(drawing, body, pale, seed=3, spread=0.35)
    for shade, seed, strength in (
        ("-19,-16 -17,-20 -12,-22 -8,-19 -8,-13 -12,-9 -16,-9.6", 5, 0.75),
        ("8,-23.4 14,-22.6 18,-19.6 16,-12.6 12,-9 8,-11 7,-17", 6, 0.75),
        ("-8,-8.6 -2,-9.4 6,-9 8,-7.4 0,-6 -6,-6.2", 7, 0.6),
        ("-12,-22.2 -4,-21.2 3,-21.6 9,-23.6 6,-20.6 -2,-19.8 -9,-20.4", 8, 0.6),
    ):
        draw_washed(drawing, points(shade), ink, seed=seed, spread=0.6, opacity=strength)
    for line, widths in (
        ("-13.2,-16 -12.8,-11 -13.6,-8 -16.2,-4.6 -15.4,0", (0.4, 8.0, 5.0, 2.5, 2.6)),
        ("12.4,-17 11.6,-11.4 10.2,-7 11.4,-4 10.2,0", (0.4, 6.0, 3.8, 2.3, 2.6)),
    ):
        drawing.fill(stroke(points(line), widths), ink)
    drawing.fill(stroke(points("-18.6,-18.6 -21.4,-14 -20.6,-8.4"), (0.9, 0.6, 0.5)), ink)
    drawing.fill(stroke(points("-20.7,-9.4 -21,-6 -20.4,-4.4"), (0.8, 1.5, 0.2)), ink)
    head = points(
        "17.6,-22.6 21.4,-22.4 24.4,-18.4 28.2,-13.4 28.6,-11 26.4,-10.2 23.6,-12 20.4,-14.4 "
        "17,-16.6"
    )
    draw_washed(drawing, head, ink, seed=9, spread=0.2)
    drawing.fill(ellipse(27.2, -11.6, 1.5, 1.2), mixed(ink, palette.soft, 0.3))
    for lift, hue in ((1.2, mixed(ink, palette.soft, 0.35)), (0.0, ink)):
        horn = [(20.6, -22 - lift), (17.6, -26.6 - lift), (12.4, -28.2 - lift), (8.8, -26.6 - lift)]
        drawing.fill(stroke(horn, (1.7, 1.7, 1.1, 0.15)), hue)
    with drawing.placed(18.8, -20, turn=158):
        drawing.fill(leaf(5.4, 2.4), ink)
    drawing.fill(ellipse(23.2, -18, 0.42), palette.ground)


def _draw_child(drawing: Drawing, palette: Palette) -> None:
    skin, coat = mixed(palette.ground, tint("d8a27c"), 0.75), palette.accent
    robe = points(
        "-5.4,-21.6 -5,-26 -3.4,-29.6 -0.6,-30.6 1.6,-29.4 2.2,-25 "
        "5.4,-20.4 5.8,-16.6 2.6,-16.4 0.6,-20.4"
    )
    draw_washed(drawing, robe, coat, seed=4, spread=0.15)
    drawing.fill(stroke(points("3.4,-16.8 4.4,-15 5.8,-14.6"), (1.5, 1.1, 0.7)), skin)
    drawing.fill(ellipse(-0.2, -32.8, 2.2, 2.3), skin)
    drawing.fill(
        smooth(
            points("-2.6,-32.4 -2.4,-34.6 -0.4,-35.7 1.8,-34.9 1.6,-33.9 -0.6,-34.1 -1.6,-32.2")
        ),
        palette.ink,
    )
    for x, y in ((-1.9, -35.3), (0.9, -36.0)):
        drawing.fill(ellipse(x, y, 0.85), palette.ink)
    drawing.fill(stroke(points("0.6,-31.6 5,-31 9.2,-30.3"), (0.42, 0.46, 0.42)), tint("8a6a3a"))
    drawing.fill(
        stroke(points("-0.8,-28.8 2.6,-27.8 4,-30.6"), (1.9, 1.5, 1.1)),
        mixed(coat, palette.seal, 0.2),
    )
    drawing.fill(ellipse(4.0, -31.0, 0.62), skin)
    drawing.fill(ellipse(6.2, -30.7, 0.55), skin)


def _draw_eave(drawing: Drawing, palette: Palette, chance: Chance) -> None:
    """The corner of a tiled roof, from the right; under each row of tiles a thread of rain."""
    slate, dark = palette.deep, mixed(palette.deep, INK, 0.45)
    edge = curve_through(points("37,42.4 45,48 58,51.4 76,53 99,54"), steps=14)
    roof = [*edge, (99.0, 24.0), (66.0, 24.0), (52.0, 33.0)]
    drawing.fill(polygon(roof), mixed(slate, palette.main, 0.2))
    drawing.fill(stroke([(x + 1.2, y + 2.7) for x, y in edge[8:]], (0.6, 2.0, 2.6)), tint("6d4a40"))
    rows_of = edge[2::3]
    for number, (x, y) in enumerate(rows_of):
        top = (x + 19 - 0.11 * x, 22.0)
        middle = ((x + top[0]) / 2 - 2.4, (y + top[1]) / 2 + 2.6)
        drawing.fill(stroke([(x, y), middle, top], (2.3, 2.1, 1.7)), dark, 0.92)
        drawing.fill(
            stroke(
                [(x - 0.5, y), (middle[0] - 0.5, middle[1]), (top[0] - 0.4, 22)], (0.4, 0.4, 0.3)
            ),
            palette.main,
            0.55,
        )
        drawing.fill(ellipse(x, y + 0.5, 1.35), dark)
        drawing.line(ellipse(x, y + 0.5, 0.9), palette.soft, 0.16, 0.75)
        if number % 2 == 0 or chance.between(0, 1) < 0.3:
            down = y + 2.4
            while down < 71 + chance.near(0, 3):
                long = chance.between(1.2, 4.8)
                drawing.line(
                    polygon([(x, down), (x, down + long)], closed=False), palette.ground, 0.3, 0.9
                )
                down += long + chance.between(1.0, 3.4)
    ridge = [(36.2, 40.2), (39, 42.4), (52, 33.4), (70, 21)]
    drawing.fill(stroke(ridge, (0.5, 2.0, 2.2, 2.2)), dark)


def _struck(start: Point, end: Point, halvings: int, seed: int) -> list[Point]:
    """The way of a lightning: halved again and again, each middle thrown aside."""
    dice = dice_of(seed)
    way = [start, end]
    for _ in range(halvings):
        finer = [way[0]]
        for one, other in pairwise(way):
            across, down = other[0] - one[0], other[1] - one[1]
            aside, along = dice.uniform(-0.2, 0.2), dice.uniform(0.38, 0.62)
            middle = (
                one[0] + across * along - down * aside,
                one[1] + down * along + across * aside,
            )
            finer += [middle, other]
        way = finer
    return way


def _draw_flash(
    drawing: Drawing, way: list[Point], width: float, colour: tuple[float, float, float]
) -> None:
    """Thinner towards its end."""
    for number, (one, other) in enumerate(pairwise(way)):
        thin = width * (1 - 0.85 * number / len(way))
        drawing.line(polygon([one, other], closed=False), colour, thin)


def _shoot(drawing: Drawing, palette: Palette) -> None:
    """Two leaves out of the soil, a small beetle on its way to them."""
    green, light = tint("7f9a5a"), tint("b5c77a")
    drawing.fill(stroke(points("31,81 30.4,75 31.6,68.6"), (1.2, 0.9, 0.5)), green)
    for turn, length in ((-28, 10.0), (-146, 8.6)):
        with drawing.placed(31.4, 69.4, turn=turn):
            drawing.shade(leaf(length, 3.6, bend=1.4), (0, -2), (0, 2), (light, green))
            drawing.line(
                smooth([(0, 0), (length * 0.5, 0.3), (length * 0.9, 1.2)], closed=False),
                palette.ink,
                0.12,
                0.5,
            )
    with drawing.placed(42.6, 77, turn=186, size=0.62):
        _beetle(drawing, palette)


def _beetle(drawing: Drawing, palette: Palette) -> None:
    for side in (-1, 1):
        for x, reach in ((4.5, 5.2), (0.5, 6.2), (-4, 6.0)):
            drawing.fill(
                stroke(
                    [(x, side * 2.4), (x + 1, side * reach), (x - 1.6, side * (reach + 2))],
                    (0.9, 0.6, 0.25),
                ),
                palette.ink,
            )
        drawing.fill(
            stroke([(8.8, side * 0.8), (12, side * 2.6), (14.6, side * 2)], (0.5, 0.35, 0.2)),
            palette.ink,
        )
    drawing.fill(ellipse(7.4, 0, 2.3, 2.1), palette.ink)
    drawing.fill(ellipse(4.6, 0, 2.6, 3.3), mixed(palette.ink, palette.main, 0.35))
    shell = smooth(
        [(4, 0), (2.6, -3.6), (-3, -4.4), (-8, -2), (-9, 0), (-8, 2), (-3, 4.4), (2.6, 3.6)]
    )
    drawing.shade(shell, (0, -4.4), (0, 4.4), (palette.accent, tint("a8432f"), tint("6e2420")))
    drawing.line(polygon([(4, 0), (-9, 0)], closed=False), palette.ink, 0.3)
    for x, y in ((0.5, 2.1), (0.5, -2.1), (-4.4, 1.9), (-4.4, -1.9)):
        drawing.fill(ellipse(x, y, 0.85), palette.ink)
