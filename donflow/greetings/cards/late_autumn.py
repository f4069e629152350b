"""The pictures of 秋分, 寒露 and 霜降."""

from __future__ import annotations

from math import cos, sin, tau

from donflow.greetings.cards.brush import ground
from donflow.greetings.cards.palettes import Palette, tint
from donflow.greetings.cards.scenery import draw_goose, draw_star
from donflow.greetings.cards.shapes import (
    dice_of,
    draw_chrysanthemum,
    draw_drop,
    draw_leaf,
    draw_twig,
    points,
    rows,
)
from donflow.greetings.cards.washes import FROST, draw_frost, draw_washed
from donflow.pdf.drawing import Drawing, ellipse, mixed, polygon, smooth


def draw_halved_moon(drawing: Drawing, palette: Palette) -> None:
    """秋分: day and night alike, a sprig of osmanthus across both."""
    ground(drawing, palette.ground)
    with drawing.placed(-1, 22, size=0.73):
        cx, cy, radius = (50, 48, 33)
        ring = [
            (cx + radius * cos(tau * number / 60), cy + radius * sin(tau * number / 60))
            for number in range(60)
        ]
        drawing.fill(smooth(ring), palette.main)
        with drawing.clipped(smooth(ring)):
            drawing.fill(polygon(points("50,0 50,24 50,48 50,72 50,110 0,110 0,0")), palette.deep)
            for x, y, reach in rows(
                "30,34,0.6 24,50,0.45 38,24,0.5 40,60,0.4 30,66,0.6 44,40,0.35"
            ):
                draw_star(drawing, x, y, reach * 2.6)
        drawing.line(ellipse(cx, cy, radius), tint("8a7a5a"), 0.5, 0.8)
        drawing.line(polygon(points("50,6 50,90"), closed=False), tint("8a7a5a"), 0.3, 0.8)
        draw_twig(drawing, points("8,92 28,78 50,66 72,52 92,34"), 1.9, 0.5, tint("6b4f38"))
        draw_twig(drawing, points("50,66 62,66 74,68"), 1, 0.4, tint("6b4f38"))
        draw_twig(drawing, points("40,72 40,60 44,50"), 1, 0.4, tint("6b4f38"))
        for x, y, turn, length in rows(
            "20,84,150,15 28,78,-100,17 44,50,-95,17 44,50,-30,15 54,64,40,14 74,68,20,16 "
            "72,52,-110,16 84,42,30,15 92,34,-50,15 92,34,-5,14 36,74,60,15 62,59,-70,13"
        ):
            with drawing.placed(x, y, turn=turn):
                draw_leaf(drawing, length, length * 0.4, palette.soft, 1, tint("83a084"))
        dice = dice_of(11)
        for x, y in rows("30,76 42,69 47,60 57,64 66,66 70,54 80,46 88,38 41,58"):
            for _ in range(7):
                with drawing.placed(
                    x + dice.uniform(-4, 4),
                    y + dice.uniform(-3.4, 3.4),
                    turn=dice.uniform(0, 90),
                    size=dice.uniform(0.8, 1.1),
                ):
                    for number in range(4):
                        with drawing.placed(0, 0, turn=90 * number):
                            drawing.fill(ellipse(0.95, 0, 0.95, 0.68), palette.accent)
                    drawing.fill(ellipse(0, 0, 0.42), tint("b5651d"))


def draw_cold_chrysanthemum(drawing: Drawing, palette: Palette) -> None:
    """寒露: wild geese arrive, the chrysanthemum is yellow; beads hang on its petals."""
    ground(drawing, palette.ground)
    with drawing.placed(-4, 9, size=0.78):
        for number, (x, y) in enumerate(
            (
                (46.0, 5.0),
                (39.0, 7.0),
                (32.0, 10.0),
                (53.0, 8.6),
                (59.0, 13.0),
                (65.0, 18.0),
                (25.0, 14.0),
            )
        ):
            with drawing.placed(x, y, turn=-14, size=0.95):
                draw_goose(drawing, 9, palette.accent, 0.33 if number % 2 else 0.22)
        draw_twig(drawing, points("40,112 39,90 42,72 46,58"), 1.7, 1.2, tint("5c6b47"))
        draw_twig(drawing, points("40,92 54,84 66,80 72,73"), 1.2, 0.8, tint("5c6b47"))
        for x, y, turn, size in rows(
            "40,88,160,1 41,78,-160,0.8 41,82,10,0.75 39,102,170,0.9 56,83,24,0.7"
        ):
            with drawing.placed(x, y, turn=turn, size=size):
                _chrysanthemum_leaf(drawing)
        with drawing.placed(43, 52, turn=-8):
            draw_chrysanthemum(drawing, 23, palette.deep, palette.main, palette.soft, 7)
        with drawing.placed(74, 70, turn=20):
            draw_chrysanthemum(drawing, 11, palette.deep, palette.main, palette.soft, 8)
        for x, y, radius in rows("26,60,2.2 58,66,2.6 40,76.5,1.8 60,38,1.6 82,78,1.7 20,92.6,2"):
            draw_drop(drawing, x, y, radius)


def draw_frosted_persimmons(drawing: Drawing, palette: Palette) -> None:
    """霜降: the leaves are gone, the persimmons stay; rime on twigs, on shoulders, on a leaf."""
    light = mixed(palette.ground, (1, 1, 1), 0.4)
    ground(drawing, palette.ground, light, palette.ground, palette.ground, stops=(0, 0.3, 0.62, 1))
    bough = points("-6,13 14,19 31,16.6 49,24 68,22 94,31")
    draw_twig(drawing, bough, 3.8, 0.9, palette.deep)
    twigs = (
        ("27,17 33,9 44,4", 1.6, 0.4),
        ("49,24 54,32 53,42", 1.4, 0.7),
        ("18,18.6 21,27 20,35", 1.4, 0.7),
        ("68,22 76,13 84,11", 1.2, 0.4),
        ("74,24 77,30 76,36", 1.1, 0.6),
    )
    for line, start, end in twigs:
        draw_twig(drawing, points(line), start, end, palette.deep)
    draw_frost(drawing, [(x, y - 1.3) for x, y in bough], seed=4, count=230, reach=1.8)
    for number, (line, start, _) in enumerate(twigs):
        rime = [(x - start * 0.25, y - start * 0.3) for x, y in points(line)]
        draw_frost(drawing, rime, seed=number, count=36, reach=1.1)
    for x, y, size, seed in rows("20,43.5,1.12,3 53,52,1.32,5 76,42.5,0.92,7"):
        with drawing.placed(x, y, size=size):
            _persimmon(drawing, palette, int(seed))
    with drawing.placed(33.4, 17, turn=74):
        hanging = points("0,0 5,-3.6 11,-4 17,-0.6 19,2 13,3.8 6,3.2")
        draw_washed(drawing, hanging, tint("a8512e"), seed=2, spread=0.3)
        drawing.line(smooth([(0, 0), (9, 0), (18.4, 1.8)], closed=False), tint("6e301f"), 0.25)
        draw_frost(drawing, points("1,-0.6 5,-3.7 11,-4.1 16.6,-1"), seed=8, count=40, reach=0.9)


def _chrysanthemum_leaf(drawing: Drawing) -> None:
    drawing.fill(
        smooth(points("0,0 5,-5 8,-4 11,-8 15,-5 21,-4 25,0 20,3 16,7 12,4 7,6 4,4")),
        tint("4f6a4b"),
    )
    drawing.line(smooth(points("0,0 12,-0.5 23,0"), closed=False), tint("9bb08c"), 0.4, 0.8)
    for start, end in (
        ((8, -0.4), (12, -5)),
        ((14, -0.4), (18, -3)),
        ((8, 0), (11, 4)),
        ((13, 0), (16, 4)),
    ):
        drawing.line(polygon([start, end], closed=False), tint("9bb08c"), 0.25, 0.7)


def _persimmon(drawing: Drawing, palette: Palette, seed: int) -> None:
    """A fruit in three washes, its calyx, and the frost that lies where dew would have lain."""
    dice = dice_of(seed)
    half = points("0,-7.4 5.6,-8.2 9.8,-4.6 10.6,0.6 8.6,5.8 4,8.6 0,9")
    outline = half + [(-x, y) for x, y in half[-2:0:-1]]
    draw_washed(drawing, outline, palette.main, seed=seed, spread=0.2, opacity=0.97)
    with drawing.clipped(smooth(outline)):
        low = [(x * 0.86 + 1.0, y * 0.66 + 2.8) for x, y in outline]
        draw_washed(drawing, low, palette.accent, seed=seed + 1, spread=0.7, opacity=0.5)
        light = [(x * 0.3 - 4.4, y * 0.3 - 1.0) for x, y in outline]
        draw_washed(drawing, light, palette.soft, seed=seed + 2, spread=0.5, opacity=0.6)
        for place in range(-10, 11):
            depth = -3.4 - 0.05 * place * place + dice.uniform(-1.2, 1.2)
            drawing.fill(
                ellipse(place, (depth - 9.6) / 2, 1.0, (9.6 + depth) / 2 + 1.2), FROST, 0.16
            )
        for _ in range(230):
            x, deep = dice.uniform(-10.4, 10.4), dice.random() ** 2
            top = -8.6 + 0.045 * x * x
            drawing.fill(ellipse(x, top + 7 * deep, dice.uniform(0.08, 0.24)), FROST, 0.9)
    for turn in (18, 72, 118, 164):
        with drawing.placed(0, -7.2, turn=turn):
            draw_washed(drawing, points("0,-1 4,-2.3 6.4,0 4,2 0,1"), tint("6f6a45"), spread=0.15)
            draw_frost(drawing, points("1,-1.4 4,-2.2 6,-0.2"), seed=seed, count=9, reach=0.6)
    shoulder = [
        (x, y - 0.1) for x, y in [(-8.4, -6.4), (-5.6, -8.1), (0, -7.6), (5.6, -8.1), (8.4, -6.4)]
    ]
    draw_frost(drawing, shoulder, seed=seed + 4, count=60, reach=0.9)
    drawing.line(polygon(points("0,-7 0.3,-9.6"), closed=False), palette.deep, 1)
