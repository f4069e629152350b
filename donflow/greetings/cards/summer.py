"""The six terms of summer: each motif is painted for its own composition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.compositions import BAND, FULL_LEFT, FULL_RIGHT, MOON_GATE
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.early_summer import (
    draw_grain_fills,
    draw_grain_in_ear,
    draw_start_of_summer,
)
from donflow.greetings.cards.high_summer import (
    draw_major_heat,
    draw_minor_heat,
    draw_summer_solstice,
)
from donflow.greetings.cards.palettes import VERMILION, Palette, tint

LIXIA: Final = Palette(
    "樱桃",
    tint("f6f3e4"),
    tint("33382c"),
    VERMILION,
    tint("4c6136"),
    tint("8fae55"),
    tint("d3dfb4"),
    tint("c22f35"),
)
XIAOMAN: Final = Palette(
    "麦青",
    tint("f7f3e3"),
    tint("3b3a28"),
    VERMILION,
    tint("566b2c"),
    tint("a3b257"),
    tint("f0ebc8"),
    tint("edc05f"),
)
MANGZHONG: Final = Palette(
    "秧色",
    tint("f4f4e8"),
    tint("2f3b30"),
    VERMILION,
    tint("47713c"),
    tint("a9c4b2"),
    tint("d9e5dd"),
    tint("d9b36a"),
)
XIAZHI: Final = Palette(
    "菡萏",
    tint("f8f1e4"),
    tint("2e3a35"),
    VERMILION,
    tint("2f6350"),
    tint("7fae92"),
    tint("f6dfae"),
    tint("e2593c"),
)
XIAOSHU: Final = Palette(
    "流萤",
    tint("f5efdc"),
    tint("26303a"),
    VERMILION,
    tint("13303a"),
    tint("2f5f5c"),
    tint("dcd9bd"),
    tint("dbe36a"),
    on_motif=tint("f1ead6"),
    on_foot=tint("efe8d3"),
)
DASHU: Final = Palette(
    "炎光",
    tint("faf0dd"),
    tint("3a2c26"),
    VERMILION,
    tint("2f5a35"),
    tint("6f9a4e"),
    tint("fbe0b0"),
    tint("ec7a35"),
)

SUMMER: Final[Mapping[str, Design]] = {
    "lixia": Design(draw_start_of_summer, LIXIA, FULL_RIGHT, "夏"),
    "xiaoman": Design(draw_grain_fills, XIAOMAN, BAND, "夏"),
    "mangzhong": Design(draw_grain_in_ear, MANGZHONG, FULL_LEFT, "夏"),
    "xiazhi": Design(draw_summer_solstice, XIAZHI, MOON_GATE, "夏"),
    "xiaoshu": Design(draw_minor_heat, XIAOSHU, FULL_LEFT, "夏"),
    "dashu": Design(draw_major_heat, DASHU, FULL_RIGHT, "夏"),
}
