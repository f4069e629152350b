"""The six terms of autumn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.compositions import FULL_LEFT, FULL_RIGHT, OPEN_RIGHT, PLATE, SCROLL
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.early_autumn import (
    draw_dew_on_grass,
    draw_falling_wutong_leaf,
    draw_lotus_pods,
)
from donflow.greetings.cards.late_autumn import (
    draw_cold_chrysanthemum,
    draw_frosted_persimmons,
    draw_halved_moon,
)
from donflow.greetings.cards.palettes import VERMILION, Palette, tint

LIQIU: Final = Palette(
    "梧叶",
    tint("f6f0e0"),
    tint("2f2c2a"),
    VERMILION,
    tint("8f5420"),
    tint("d8963a"),
    tint("e9bd62"),
    tint("8fa05c"),
)
CHUSHU: Final = Palette(
    "残荷",
    tint("f6ead6"),
    tint("35332a"),
    VERMILION,
    tint("6d6a45"),
    tint("8a8a50"),
    tint("a89a58"),
    tint("d9724a"),
)
BAILU: Final = Palette(
    "蒹葭",
    tint("eef3ee"),
    tint("2c3b38"),
    VERMILION,
    tint("3f6b59"),
    tint("4f7d68"),
    tint("a9bfae"),
    tint("fbfaf1"),
)
QIUFEN: Final = Palette(
    "秋月",
    tint("f5f0e2"),
    tint("2c3040"),
    VERMILION,
    tint("33405a"),
    tint("f4e3b4"),
    tint("3f6048"),
    tint("eda33a"),
)
HANLU: Final = Palette(
    "菊黄",
    tint("e9ecea"),
    tint("2e3432"),
    VERMILION,
    tint("c9851b"),
    tint("e8b33a"),
    tint("f6d777"),
    tint("5a5f66"),
)
SHUANGJIANG: Final = Palette(
    "柿霜",
    tint("e3e9ea"),
    tint("33302e"),
    VERMILION,
    tint("54443a"),
    tint("d9622b"),
    tint("ee9550"),
    tint("b3461f"),
)

AUTUMN: Final[Mapping[str, Design]] = {
    "liqiu": Design(draw_falling_wutong_leaf, LIQIU, FULL_LEFT, "秋"),
    "chushu": Design(draw_lotus_pods, CHUSHU, SCROLL, "秋"),
    "bailu": Design(draw_dew_on_grass, BAILU, PLATE, "秋"),
    "qiufen": Design(draw_halved_moon, QIUFEN, FULL_RIGHT, "秋"),
    "hanlu": Design(draw_cold_chrysanthemum, HANLU, OPEN_RIGHT, "秋"),
    "shuangjiang": Design(draw_frosted_persimmons, SHUANGJIANG, PLATE, "秋"),
}
