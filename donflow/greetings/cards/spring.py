"""The six terms of spring: each motif is painted for its own composition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.compositions import BAND, FAN, FULL_LEFT, FULL_RIGHT, SCROLL
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.early_spring import (
    draw_rain_water,
    draw_start_of_spring,
    draw_waking_of_insects,
)
from donflow.greetings.cards.late_spring import (
    draw_grain_rain,
    draw_pure_brightness,
    draw_spring_equinox,
)
from donflow.greetings.cards.palettes import VERMILION, Palette, tint

LICHUN: Final = Palette(
    "初芽",
    tint("f5efdf"),
    tint("3a3a34"),
    VERMILION,
    tint("6b6a4a"),
    tint("9bb14f"),
    tint("d5d9b4"),
    tint("e0865a"),
)
YUSHUI: Final = Palette(
    "天水",
    tint("f3f4ef"),
    tint("33424b"),
    VERMILION,
    tint("3d5561"),
    tint("86a2aa"),
    tint("ccd9d8"),
    tint("9bb14f"),
)
JINGZHE: Final = Palette(
    "黛蓝",
    tint("f4ede0"),
    tint("221f24"),
    VERMILION,
    tint("2a3242"),
    tint("59657a"),
    tint("aeb7c4"),
    tint("f4d27a"),
    on_motif=tint("f4ede0"),
    on_foot=tint("e9e0d2"),
)
CHUNFEN: Final = Palette(
    "玄鸟",
    tint("f6f1e4"),
    tint("29303a"),
    VERMILION,
    tint("2f4460"),
    tint("5c7f9a"),
    tint("f3e3bd"),
    tint("e58b4a"),
)
QINGMING: Final = Palette(
    "烟雨",
    tint("f1f2ea"),
    tint("33403a"),
    VERMILION,
    tint("4f6b5c"),
    tint("8ea893"),
    tint("c6d3c4"),
    tint("c9583f"),
)
GUYU: Final = Palette(
    "雨前",
    tint("f7f3e6"),
    tint("2f3a30"),
    VERMILION,
    tint("3f6b45"),
    tint("86ad6a"),
    tint("d8e3cd"),
    tint("b9cf72"),
)

SPRING: Final[Mapping[str, Design]] = {
    "lichun": Design(draw_start_of_spring, LICHUN, FULL_LEFT, "春"),
    "yushui": Design(draw_rain_water, YUSHUI, BAND, "春"),
    "jingzhe": Design(draw_waking_of_insects, JINGZHE, FULL_RIGHT, "春"),
    "chunfen": Design(draw_spring_equinox, CHUNFEN, FULL_RIGHT, "春"),
    "qingming": Design(draw_pure_brightness, QINGMING, SCROLL),
    "guyu": Design(draw_grain_rain, GUYU, FAN, "春"),
}
