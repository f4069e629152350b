"""What stands in several scenes: ridges, birds, lanterns, steam, stars, snow."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from donflow.greetings.cards.palettes import tint
from donflow.greetings.cards.shapes import dice_of
from donflow.pdf.drawing import Drawing, ellipse, polygon, rectangle, smooth, stroke
from donflow.pdf.page import Point
from donflow.pdf.spacing import Colour

WHITE: Final = tint("ffffff")
INK_BLACK: Final = tint("2b2a2b")
LANTERN_RED: Final = tint("c8452f")
DARK_RED: Final = tint("8e2a22")
GOLD: Final = tint("d9a441")
STARLIGHT: Final = tint("fff6d8")


def draw_flakes(
    drawing: Drawing,
    seed: int,
    count: int,
    x: float,
    y: float,
    width: float,
    height: float,
    sizes: tuple[float, float] = (0.25, 0.8),
    colour: Colour = WHITE,
    opacity: float = 0.95,
) -> None:
    dice = dice_of(seed)
    for _ in range(count):
        drawing.fill(
            ellipse(
                x + width * dice.random(),
                y + height * dice.random(),
                sizes[0] + (sizes[1] - sizes[0]) * dice.random() ** 2,
            ),
            colour,
            opacity * (0.6 + 0.4 * dice.random()),
        )


def ridge(
    seed: int,
    left: float,
    right: float,
    base: float,
    height: float,
    peaks: Sequence[tuple[float, float, float]],
    rough: float = 0.12,
) -> list[Point]:
    """Points of a mountain skyline: peaks as (share of width, share of height)."""
    dice = dice_of(seed)
    outline = []
    count = 46
    for number in range(count + 1):
        share = number / count
        h = 0.0
        for p, top, spread in peaks:
            h = max(h, top * max(0, 1 - (abs(share - p) / spread) ** 1.35))
        h += (dice.random() - 0.5) * rough * (0.35 + h)
        outline.append((left + (right - left) * share, base - height * max(h, 0)))
    return outline


def draw_mountain(
    drawing: Drawing,
    skyline: Sequence[Point],
    floor: float,
    colour: Colour,
    opacity: float = 1.0,
    fade_to: Colour | None = None,
) -> None:
    outline = [*skyline, (skyline[-1][0], floor), (skyline[0][0], floor)]
    if not fade_to:
        drawing.fill(polygon(outline), colour, opacity)
        return
    crest = min((y for _, y in skyline))
    with drawing.clipped(polygon(outline)):
        drawing.shade(
            rectangle(skyline[0][0], crest, skyline[-1][0] - skyline[0][0], floor - crest),
            (0, crest),
            (0, crest + (floor - crest)),
            (colour, fade_to),
        )


def draw_goose(
    drawing: Drawing,
    span: float,
    colour: Colour = INK_BLACK,
    flap: float = 0.35,
    opacity: float = 1.0,
) -> None:
    """A flying goose from the side, its neck stretched to +x."""
    size = span
    drawing.fill(
        stroke(
            [
                (-size * 0.28, size * 0.03),
                (-size * 0.05, size * 0.0),
                (size * 0.16, -size * 0.02),
                (size * 0.4, -size * 0.06),
            ],
            (size * 0.02, size * 0.12, size * 0.09, size * 0.035),
        ),
        colour,
        opacity,
    )
    drawing.fill(ellipse(size * 0.41, -size * 0.06, size * 0.032), colour, opacity)
    drawing.fill(
        polygon(
            [(size * 0.43, -size * 0.075), (size * 0.5, -size * 0.05), (size * 0.43, -size * 0.045)]
        ),
        colour,
        opacity,
    )
    drawing.fill(
        smooth(
            [
                (size * 0.1, -size * 0.02),
                (size * 0.02, -size * flap * 0.6),
                (-size * 0.22, -size * flap * 1.25),
                (-size * 0.2, -size * flap * 0.7),
                (-size * 0.14, -size * 0.0),
            ]
        ),
        colour,
        opacity,
    )
    drawing.fill(
        smooth(
            [
                (size * 0.06, 0),
                (-size * 0.05, size * flap * 0.35),
                (-size * 0.2, size * flap * 0.7),
                (-size * 0.12, size * 0.02),
            ]
        ),
        colour,
        opacity * 0.75,
    )


def draw_gull(
    drawing: Drawing,
    x: float,
    y: float,
    span: float,
    colour: Colour = INK_BLACK,
    opacity: float = 1.0,
    turn: float = 0,
) -> None:
    with drawing.placed(x, y, turn=turn):
        size = span
        drawing.fill(
            stroke(
                [(-size * 0.5, -size * 0.02), (-size * 0.25, -size * 0.17), (0, 0)],
                (size * 0.01, size * 0.06, size * 0.07),
            ),
            colour,
            opacity,
        )
        drawing.fill(
            stroke(
                [(size * 0.5, -size * 0.02), (size * 0.25, -size * 0.17), (0, 0)],
                (size * 0.01, size * 0.06, size * 0.07),
            ),
            colour,
            opacity,
        )
        drawing.fill(
            stroke(
                [(-size * 0.02, -size * 0.04), (size * 0.03, size * 0.12)],
                (size * 0.1, size * 0.02),
            ),
            colour,
            opacity,
        )


def draw_lantern(
    drawing: Drawing,
    radius: float,
    colour: Colour = LANTERN_RED,
    dark: Colour = DARK_RED,
    gold: Colour = GOLD,
    tassel: bool = True,
) -> None:
    """A round lantern hanging from (0, 0)."""
    top = radius * 0.55
    drawing.line(polygon([(0, 0), (0, top)], closed=False), dark, radius * 0.06)
    cy = top + radius * 0.95
    drawing.fill(ellipse(0, cy, radius, radius * 0.82), colour)
    drawing.fill(
        ellipse(-radius * 0.1, cy - radius * 0.05, radius * 0.62, radius * 0.62),
        tint("e8683f"),
        0.35,
    )
    drawing.fill(
        ellipse(-radius * 0.12, cy - radius * 0.08, radius * 0.3, radius * 0.42),
        tint("ffd58a"),
        0.3,
    )
    for number in (0.3, 0.62, 0.88):
        for size in (-1, 1):
            drawing.line(
                smooth(
                    [
                        (0, cy - radius * 0.82),
                        (size * radius * number * 1.02, cy - radius * 0.3),
                        (size * radius * number * 1.02, cy + radius * 0.3),
                        (0, cy + radius * 0.82),
                    ],
                    closed=False,
                ),
                dark,
                radius * 0.03,
                0.55,
            )
    drawing.line(
        polygon([(0, cy - radius * 0.82), (0, cy + radius * 0.82)], closed=False),
        dark,
        radius * 0.03,
        0.55,
    )
    for size in (-1, 1):
        drawing.fill(
            rectangle(
                -radius * 0.42,
                cy + size * radius * 0.82 - radius * 0.09,
                radius * 0.84,
                radius * 0.18,
            ),
            gold,
        )
    if tassel:
        drawing.line(
            polygon([(0, cy + radius * 0.9), (0, cy + radius * 1.25)], closed=False),
            gold,
            radius * 0.06,
        )
        drawing.fill(ellipse(0, cy + radius * 1.25, radius * 0.1), gold)
        for number in range(-3, 4):
            drawing.line(
                smooth(
                    [
                        (0, cy + radius * 1.3),
                        (number * radius * 0.045, cy + radius * 1.65),
                        (number * radius * 0.055, cy + radius * 2.05),
                    ],
                    closed=False,
                ),
                colour,
                radius * 0.04,
            )


def draw_steam(
    drawing: Drawing,
    x: float,
    y: float,
    height: float,
    colour: Colour = WHITE,
    opacity: float = 0.7,
    width: float = 1.6,
    lean: float = 1,
) -> None:
    drawing.fill(
        stroke(
            [
                (x, y),
                (x + lean * height * 0.14, y - height * 0.25),
                (x - lean * height * 0.1, y - height * 0.55),
                (x + lean * height * 0.1, y - height * 0.8),
                (x + lean * height * 0.02, y - height),
            ],
            (width * 0.2, width, width * 0.8, width * 0.5, 0.05),
        ),
        colour,
        opacity,
    )


def draw_star(
    drawing: Drawing,
    x: float,
    y: float,
    radius: float,
    colour: Colour = STARLIGHT,
    opacity: float = 1.0,
    tips: int = 4,
) -> None:
    outline = []
    for number in range(tips * 2):
        reach = radius if number % 2 == 0 else radius * 0.16
        angle = pi * number / tips - pi / 2
        outline.append((x + reach * cos(angle), y + reach * sin(angle)))
    drawing.fill(polygon(outline), colour, opacity)
