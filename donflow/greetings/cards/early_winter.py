"""The pictures of 立冬, 小雪 and 大雪."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin
from random import Random

from donflow.greetings.cards.brush import ground, hills
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_flakes, draw_mountain, ridge
from donflow.greetings.cards.shapes import dice_of, draw_bamboo_leaf, draw_leaf, points, rows
from donflow.greetings.cards.washes import draw_faded
from donflow.pdf.drawing import Drawing, ellipse, mixed, polygon, rectangle, smooth, stroke
from donflow.pdf.page import Point


def draw_frozen_pond(drawing: Drawing, palette: Palette) -> None:
    """立冬: water begins to freeze, the ground to harden; a bare tree and its image in the ice."""
    ground(drawing, palette.ground)
    with drawing.placed(10, 5, size=0.72):
        drawing.shade(
            rectangle(-60, -60, 220, 128), (0, -60), (0, 68), (tint("e9ebe6"), tint("d7dde0"))
        )
        drawing.shade(
            rectangle(-60, 66, 220, 100), (0, 66), (0, 166), (palette.main, tint("e6eef0"))
        )
        drawing.fill(ellipse(74, 22, 7), tint("f6efe0"))
        drawing.fill(ellipse(74, 22, 7), palette.accent, 0.35)
        draw_mountain(
            drawing,
            ridge(8, -20, 120, 66, 14, ((0.2, 0.8, 0.3), (0.7, 1, 0.4)), 0.1),
            66,
            palette.soft,
        )
        drawing.fill(
            stroke(points("-20,66 20,65.4 60,66.4 120,65.6"), (1.2, 2, 1.4, 1)), tint("8d8f8c"), 0.8
        )
        boughs = _boughs(34, 66, -90, 20, 3.4, 7, dice_of(21))
        for outline in boughs:
            drawing.fill(polygon(outline), palette.deep)
        with drawing.clipped(polygon(points("-60,67 160,67 160,180 -60,180"))):
            for outline in boughs:
                drawing.fill(
                    polygon([(x, 67.2 - (y - 66) * 0.55) for x, y in outline]), tint("8fa6b3")
                )
        for pts in (
            points("-10,88 14,84 30,90 52,83 78,88 110,80"),
            points("30,90 26,104 40,118"),
            points("52,83 60,96 56,112"),
            points("60,96 84,102 110,98"),
            points("14,84 8,74 16,68"),
            points("78,88 84,78 96,72"),
        ):
            drawing.line(polygon(pts, closed=False), tint("ffffff"), 0.55, 0.95)
            drawing.line(
                polygon([(x + 0.3, y + 0.5) for x, y in pts], closed=False),
                tint("7f98a5"),
                0.25,
                0.6,
            )
        for x, y in rows("58,75 20,80"):
            drawing.fill(ellipse(x, y, 9, 0.5), tint("ffffff"), 0.6)
        with drawing.placed(70, 77, turn=24):
            draw_leaf(drawing, 6, 3, tint("a5603a"), 1, tint("6c3a22"))
    draw_faded(drawing, palette.ground, 78, 8, seed=4)


def draw_snow_on_eaves(drawing: Drawing, palette: Palette) -> None:
    """小雪: the first thin snow on the dark tiles of white gables, bamboo in the court."""
    ground(drawing, palette.soft, mixed(palette.soft, tint("eef0ee"), 0.6), tint("eef0ee"))
    hill = [(-6.0, 46.0), (14.0, 37.0), (34.0, 44.0), (56.0, 36.0), (76.0, 45.0), (96.0, 41.0)]
    hills(
        drawing,
        hill,
        mixed(palette.soft, palette.main, 0.32),
        mixed(palette.soft, tint("eef0ee"), 0.68),
        depth=26,
    )
    _gable(drawing, ((-8, 9, 47), (9, 18, 52.6), (18, 27, 58)), palette, 3)
    _gable(
        drawing,
        ((22, 32, 66), (32, 43, 59.4), (43, 55, 53), (55, 66, 59.4), (66, 76, 66)),
        palette,
        7,
    )
    with drawing.placed(49, 66.6):
        drawing.fill(rectangle(-2.5, -3.2, 5, 6.4), palette.deep)
        for x in (-1.25, 0.0, 1.25):
            drawing.line(polygon([(x, -3.2), (x, 3.2)], closed=False), palette.soft, 0.22, 0.8)
        drawing.fill(stroke([(-3.4, -3.9), (0, -4.3), (3.4, -3.9)], (0.5, 0.8, 0.5)), palette.deep)
        drawing.fill(
            stroke([(-3.2, -4.5), (0, -4.9), (3.0, -4.5)], (0.1, 0.55, 0.1)), tint("ffffff")
        )
    mist = mixed(palette.soft, tint("eef0ee"), 0.86)
    draw_faded(drawing, mist, 88, 12, seed=5)
    _snowed_bamboo(drawing)
    draw_flakes(drawing, 4, 34, -4, -6, 98, 96, (0.25, 0.55))


def _gable(
    drawing: Drawing, steps: Sequence[tuple[float, float, float]], palette: Palette, seed: int
) -> None:
    """A white wall that steps up to the ridge and down (马头墙): left, right, height of each."""
    dice = dice_of(seed)
    wall, stain = tint("f4f5f2"), palette.main
    for left, right, top in steps:
        drawing.fill(rectangle(left, top, right - left + 0.1, 92 - top), wall)
        drawing.shade(
            rectangle(left, top, right - left + 0.1, 9),
            (0, top),
            (0, top + 9),
            (mixed(wall, stain, 0.34), wall),
        )
        for _ in range(3):
            x = dice.uniform(left + 1.5, right - 1.5)
            drawing.wash(
                x, top + dice.uniform(3, 10), dice.uniform(1, 2), dice.uniform(3, 7), stain, 0.2
            )
    for (_, right, top), (_, _, other) in pairwise(steps):
        edge = polygon([(right, min(top, other)), (right, max(top, other))], closed=False)
        drawing.line(edge, stain, 0.25, 0.8)
    for left, right, top in steps:
        _tiled_coping(drawing, left - 1.2, right + 1.2, top, palette, seed)


def _tiled_coping(
    drawing: Drawing, left: float, right: float, top: float, palette: Palette, seed: int
) -> None:
    """Dark tiles along the top of a wall, turned up at both ends, a thin line of snow on them."""
    dice = dice_of(seed + int(left))
    count = round((right - left) / 1.5)
    for number in range(count + 1):
        x = left + (right - left) * number / count
        drawing.fill(stroke([(x, top - 1.4), (x, top + 0.7)], (1.1, 1.2)), palette.deep)
        drawing.fill(ellipse(x, top + 0.9, 0.62), mixed(palette.deep, (0, 0, 0), 0.3))
    spine = [
        (left - 1.6, top - 3.2),
        (left, top - 1.9),
        (right, top - 1.9),
        (right + 1.6, top - 3.2),
    ]
    drawing.fill(stroke(spine, (0.4, 1.3, 1.3, 0.4)), mixed(palette.deep, (0, 0, 0), 0.3))
    snow = [(left - 1.5, top - 3.5)] + [
        (left + (right - left) * step / 7, top - 2.5 + dice.uniform(-0.18, 0.12))
        for step in range(8)
    ]
    drawing.fill(
        stroke([*snow, (right + 1.5, top - 3.5)], (0.2, 0.9, 1.15, 0.9, 0.2)), tint("ffffff")
    )


def _snowed_bamboo(drawing: Drawing) -> None:
    stem, snow = tint("5b6f52"), tint("ffffff")
    for line in ("4,96 7,78 13,63", "-2,92 2,74 4,60"):
        drawing.fill(stroke(points(line), (1.1, 0.8, 0.3)), stem)
    for x, y, turn, length in rows(
        "13,63,20,13 13,63,58,12 12,65,96,11 13,63,128,9 8,75,14,11 8,76,70,12 4,60,36,10 "
        "4,60,80,11 4,61,120,10 2,73,150,9 2,74,96,10"
    ):
        with drawing.placed(x, y, turn=turn):
            draw_bamboo_leaf(drawing, length, 2.7, tint("4d6b58"), 0.92)
            if turn < 60:
                drawing.fill(
                    stroke(
                        points(f"1,-0.7 {length * 0.4},-1.1 {length * 0.8},-0.5"), (0.2, 0.75, 0.1)
                    ),
                    snow,
                )


def draw_snowbound_river(drawing: Drawing, palette: Palette) -> None:
    """大雪: 孤舟蓑笠翁，独钓寒江雪; mountains and a hut under deep snow, a speck of a boat."""
    ground(drawing, palette.ground)
    with drawing.placed(0, -2, size=0.9):
        drawing.shade(
            rectangle(-60, -60, 220, 260), (0, -60), (0, 200), (palette.main, palette.soft)
        )
        far = ridge(
            2,
            -20,
            120,
            56,
            40,
            ((0.18, 0.62, 0.2), (0.42, 1, 0.22), (0.72, 0.74, 0.26), (0.98, 0.9, 0.2)),
            0.05,
        )
        draw_mountain(drawing, far, 70, tint("c6cfd5"), 1, tint("dde3e6"))
        near = ridge(
            5, -20, 120, 64, 38, ((0.08, 0.9, 0.2), (0.66, 0.62, 0.22), (0.9, 1.05, 0.2)), 0.06
        )
        draw_mountain(drawing, near, 72, tint("f7f9f9"), 1, tint("e6ebed"))
        dice = dice_of(9)
        for number in range(1, 45):
            x, y = near[number]
            if near[number + 1][1] > y + 0.2 and y < 58:
                drawing.fill(
                    stroke(
                        [
                            (x, y + 1),
                            (x + dice.uniform(1, 3), y + dice.uniform(5, 9)),
                            (x + dice.uniform(2, 5), y + dice.uniform(12, 18)),
                        ],
                        (0.2, 1.5, 0.1),
                    ),
                    tint("8796a1"),
                    0.5,
                )
        for x, size in rows("10,1.1 17,0.8 34,0.75 40,0.55"):
            _laden_fir(drawing, x, 70, size)
        drawing.fill(polygon(points("20,70 20,63 33,63 33,70")), tint("6b5a4a"))
        drawing.fill(rectangle(25, 65.4, 3.2, 4.6), palette.accent)
        drawing.fill(
            smooth(points("16.6,64.4 20,58.6 26,55.4 33,58.4 36.4,64.4 33,63.8 20,63.8")),
            tint("ffffff"),
        )
        drawing.fill(smooth(points("18,64 26,62.8 35,64 33,65 20,65")), tint("9fb0ba"), 0.6)
        drawing.fill(
            smooth(points("-60,69 14,68.6 36,70.2 60,69 52,73 24,75 -10,78 -60,80")), tint("ffffff")
        )
        drawing.fill(smooth(points("160,70 100,68 84,72 92,75 120,78 160,80")), tint("ffffff"))
        with drawing.placed(56, 89, size=1.15):
            drawing.fill(smooth(points("-14,0 -9,2.2 0,3 9,2.2 15,-1 8,0.4 -7,0.6")), palette.deep)
            drawing.fill(
                smooth(points("-13,0 -6,0.3 4,-0.2 12,-0.2 7,-1 -5,-0.8")), tint("ffffff"), 0.95
            )
            drawing.fill(
                smooth(points("-3.6,0.2 -3.4,-3.4 -1.2,-5.6 1.6,-4.6 2.8,-0.2")), tint("6e5c42")
            )
            for number in range(6):
                drawing.line(
                    polygon([(-1.2, -5), (-4.2 + number * 1.3, 0.2)], closed=False),
                    tint("43382a"),
                    0.2,
                    0.8,
                )
            drawing.fill(smooth(points("-4.6,-5 -0.9,-8.8 3,-5 0,-4.4")), tint("8a7350"))
            drawing.fill(
                smooth(points("-2.6,-6.7 -0.9,-8.8 1.2,-6.5 -0.6,-6.2")), tint("ffffff"), 0.95
            )
            drawing.line(smooth(points("2,-3 12,-8 19,-8.6"), closed=False), palette.deep, 0.28)
            drawing.line(polygon(points("19,-8.6 19.3,3"), closed=False), palette.deep, 0.12)
            drawing.fill(ellipse(19.3, 3, 2, 0.4), tint("ffffff"), 0.7)
        for y, x, width in rows("94,56,22 97,46,12 82,26,14 104,78,16 80,88,9"):
            drawing.fill(ellipse(x, y, width, 0.28), tint("8797a3"), 0.45)
        draw_flakes(drawing, 7, 150, -4, -16, 108, 136, (0.3, 1.15))


def _boughs(
    x: float, y: float, angle: float, length: float, width: float, depth: int, dice: Random
) -> list[list[Point]]:
    """A tree without leaves, bough by bough, each forking into two or three."""
    turn = angle * pi / 180
    across, down = (cos(turn), sin(turn))
    ex, ey = (x + length * across, y + length * down)
    tip = width * 0.62
    bend = length * dice.uniform(-0.07, 0.07)
    mx, my = ((x + ex) / 2 - down * bend, (y + ey) / 2 + across * bend)
    mid = (width + tip) / 4
    outline = [
        (x - down * width / 2, y + across * width / 2),
        (mx - down * mid, my + across * mid),
        (ex - down * tip / 2, ey + across * tip / 2),
        (ex + down * tip / 2, ey - across * tip / 2),
        (mx + down * mid, my - across * mid),
        (x + down * width / 2, y - across * width / 2),
    ]
    boughs = [outline]
    if depth > 0:
        forks = (-1, 1) if depth < 5 or dice.random() < 0.5 else (-1, 0.2, 1)
        for side in forks:
            boughs += _boughs(
                ex,
                ey,
                angle + side * dice.uniform(16, 34),
                length * dice.uniform(0.66, 0.82),
                width * 0.6,
                depth - 1,
                dice,
            )
    return boughs


def _laden_fir(drawing: Drawing, x: float, y: float, size: float) -> None:
    with drawing.placed(x, y, size=size):
        drawing.line(polygon(points("0,0 0,-6"), closed=False), tint("4a3d33"), 1)
        for width, foot in rows("7,-2 5.6,-7 4.2,-12 2.6,-16.5"):
            drawing.fill(
                smooth(
                    [
                        (-width, foot),
                        (-width * 0.4, foot - 3),
                        (0, foot - 7),
                        (width * 0.4, foot - 3),
                        (width, foot),
                        (width * 0.5, foot + 0.8),
                        (0, foot + 0.4),
                        (-width * 0.5, foot + 0.8),
                    ]
                ),
                tint("4b5f58"),
            )
            drawing.fill(
                smooth(
                    [
                        (-width * 0.82, foot - 0.9),
                        (-width * 0.4, foot - 3.2),
                        (0, foot - 7.2),
                        (width * 0.4, foot - 3.2),
                        (width * 0.82, foot - 0.9),
                        (width * 0.4, foot - 1.6),
                        (width * 0.1, foot - 0.8),
                        (-width * 0.3, foot - 1.9),
                    ]
                ),
                tint("ffffff"),
            )
