"""The six terms of winter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.compositions import FULL_RIGHT, MOON_GATE, OPEN_LEFT, OPEN_RIGHT, PLATE
from donflow.greetings.cards.deep_winter import (
    draw_eighty_one_petals,
    draw_lantern_in_the_snow_pine,
    draw_nesting_magpie,
)
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.early_winter import (
    draw_frozen_pond,
    draw_snow_on_eaves,
    draw_snowbound_river,
)
from donflow.greetings.cards.palettes import VERMILION, Palette, tint

LIDONG: Final = Palette(
    "初冰",
    tint("e9ebe6"),
    tint("2e3438"),
    VERMILION,
    tint("3b3735"),
    tint("b9cad3"),
    tint("c3cbce"),
    tint("d8a27a"),
)
XIAOXUE: Final = Palette(
    "瓦雪",
    tint("d3dade"),
    tint("2b3236"),
    VERMILION,
    tint("4b5358"),
    tint("6b757a"),
    tint("c9d2d6"),
    tint("7c4a3a"),
)
DAXUE: Final = Palette(
    "寒江",
    tint("c3ccd2"),
    tint("2b3238"),
    VERMILION,
    tint("2f3236"),
    tint("a9b4bc"),
    tint("dfe4e6"),
    tint("e8b65c"),
)
DONGZHI: Final = Palette(
    "九九",
    tint("f4efe4"),
    tint("2f2c2a"),
    VERMILION,
    tint("4a3d38"),
    tint("c23b33"),
    tint("fbf6e8"),
    tint("e9b949"),
)
XIAOHAN: Final = Palette(
    "蜡梅",
    tint("efece2"),
    tint("2b2a2b"),
    VERMILION,
    tint("4a3f3a"),
    tint("e9bd45"),
    tint("f3d36c"),
    tint("8f3f33"),
)
DAHAN: Final = Palette(
    "雪松",
    tint("eff1f1"),
    tint("26313d"),
    VERMILION,
    tint("33302f"),
    tint("3e4f63"),
    tint("8796a4"),
    tint("c8452f"),
    on_motif=tint("f4f5f3"),
    on_foot=tint("26313d"),
)

WINTER: Final[Mapping[str, Design]] = {
    "lidong": Design(draw_frozen_pond, LIDONG, PLATE, "冬"),
    "xiaoxue": Design(draw_snow_on_eaves, XIAOXUE, OPEN_RIGHT, "冬"),
    "daxue": Design(draw_snowbound_river, DAXUE, FULL_RIGHT, "冬"),
    "dongzhi": Design(draw_eighty_one_petals, DONGZHI, FULL_RIGHT, "冬"),
    "xiaohan": Design(draw_nesting_magpie, XIAOHAN, MOON_GATE, "冬"),
    "dahan": Design(draw_lantern_in_the_snow_pine, DAHAN, OPEN_LEFT, "冬"),
}
