"""The cards of the festivals and of the days that the state keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.autumn_feasts import draw_climbing_the_height, draw_rabbit_and_moon
from donflow.greetings.cards.civic_days import (
    draw_lamp_and_books,
    draw_peonies_and_doves,
    draw_straw_hat_and_hoe,
)
from donflow.greetings.cards.compositions import FULL_LEFT, FULL_RIGHT, LOW, PLATE, SCROLL
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.new_year_feasts import (
    draw_first_sunrise,
    draw_fu_and_firecrackers,
    draw_lantern_and_tangyuan,
)
from donflow.greetings.cards.palettes import VERMILION, Palette, tint
from donflow.greetings.cards.summer_feasts import (
    draw_dragon_boat,
    draw_magpie_bridge,
    draw_river_lanterns,
)
from donflow.greetings.cards.year_end_feasts import (
    draw_kitchen_window,
    draw_laba_porridge,
    draw_reunion_table,
)

NEW_YEAR: Final = Palette(
    "朝霞",
    tint("f8e7cf"),
    tint("3c2f33"),
    VERMILION,
    tint("51505f"),
    tint("8a6a6a"),
    tint("c98a72"),
    tint("d9472f"),
)
SPRING_FESTIVAL: Final = Palette(
    "丹砂",
    tint("f8f1e3"),
    tint("2f2c2a"),
    VERMILION,
    tint("b5271f"),
    tint("c8352a"),
    tint("dd6a6a"),
    tint("e7b85a"),
)
LANTERN: Final = Palette(
    "灯夜",
    tint("f5efe2"),
    tint("1f2c48"),
    VERMILION,
    tint("1f2c48"),
    tint("44507a"),
    tint("f8f0d2"),
    tint("d24a36"),
)
DRAGON_BOAT: Final = Palette(
    "龙舟",
    tint("f4f1e0"),
    tint("2c3a34"),
    VERMILION,
    tint("7e241f"),
    tint("b93a2c"),
    tint("cfe0da"),
    tint("e7b85a"),
)
QIXI: Final = Palette(
    "星河",
    tint("f1efe6"),
    tint("1b2747"),
    VERMILION,
    tint("1b2747"),
    tint("4b5a8c"),
    tint("a9b8e6"),
    tint("fff6d8"),
    on_motif=tint("f4efdc"),
    on_foot=tint("f4efdc"),
)
ZHONGYUAN: Final = Palette(
    "河灯",
    tint("eceae4"),
    tint("2f373d"),
    VERMILION,
    tint("232b33"),
    tint("303d47"),
    tint("e6a9b0"),
    tint("f1b86a"),
    on_motif=tint("e3e4df"),
    on_foot=tint("d9dcd9"),
)
MID_AUTUMN: Final = Palette(
    "玉兔",
    tint("f5f0e2"),
    tint("26343f"),
    VERMILION,
    tint("2c3d55"),
    tint("26343f"),
    tint("f7edc9"),
    tint("f0b548"),
    on_motif=tint("f7f0dc"),
    on_foot=tint("efe9d6"),
)
DOUBLE_NINTH: Final = Palette(
    "茱萸",
    tint("f5f0e0"),
    tint("33302a"),
    VERMILION,
    tint("4c5c55"),
    tint("6f8076"),
    tint("c8c6b4"),
    tint("b8322a"),
)
LABA: Final = Palette(
    "腊粥",
    tint("efe3cf"),
    tint("3a2a22"),
    VERMILION,
    tint("38566b"),
    tint("a96c50"),
    tint("f3f1e8"),
    tint("9c2b25"),
)
LITTLE_NEW_YEAR: Final = Palette(
    "窗花",
    tint("f5efe2"),
    tint("2f2c2a"),
    VERMILION,
    tint("4f3426"),
    tint("ffdf9c"),
    tint("ffe7b4"),
    tint("c2302a"),
)
NEW_YEARS_EVE: Final = Palette(
    "团圆",
    tint("f5dfc0"),
    tint("4a221a"),
    VERMILION,
    tint("8f3a2b"),
    tint("a9482f"),
    tint("f5f2ea"),
    tint("dba55a"),
)
TEACHERS_DAY: Final = Palette(
    "灯下",
    tint("f0e7d2"),
    tint("2f302c"),
    VERMILION,
    tint("2f4a46"),
    tint("2f5d54"),
    tint("fbe3a4"),
    tint("e9a3a3"),
)
NATIONAL_DAY: Final = Palette(
    "国色",
    tint("fbf3e4"),
    tint("3a2426"),
    VERMILION,
    tint("a8283a"),
    tint("c9414c"),
    tint("f1a9a6"),
    tint("e0a03a"),
)
LABOUR_DAY: Final = Palette(
    "垄上",
    tint("f7f0dc"),
    tint("2f3a26"),
    VERMILION,
    tint("587a45"),
    tint("7c9a58"),
    tint("b8c888"),
    tint("e6bf6a"),
)

FESTIVALS: Final[Mapping[str, Design]] = {
    "new_year": Design(draw_first_sunrise, NEW_YEAR, FULL_RIGHT, "新"),
    "spring_festival": Design(draw_fu_and_firecrackers, SPRING_FESTIVAL, PLATE, "福"),
    "lantern": Design(draw_lantern_and_tangyuan, LANTERN, PLATE, "元"),
    "dragon_boat": Design(draw_dragon_boat, DRAGON_BOAT, LOW, "端"),
    "qixi": Design(draw_magpie_bridge, QIXI, FULL_LEFT, "巧"),
    "zhongyuan": Design(draw_river_lanterns, ZHONGYUAN, FULL_LEFT),
    "mid_autumn": Design(draw_rabbit_and_moon, MID_AUTUMN, FULL_LEFT, "月"),
    "double_ninth": Design(draw_climbing_the_height, DOUBLE_NINTH, SCROLL, "九"),
    "laba": Design(draw_laba_porridge, LABA, FULL_RIGHT, "腊"),
    "little_new_year": Design(draw_kitchen_window, LITTLE_NEW_YEAR, PLATE, "灶"),
    "new_years_eve": Design(draw_reunion_table, NEW_YEARS_EVE, PLATE, "圆"),
    "teachers_day": Design(draw_lamp_and_books, TEACHERS_DAY, PLATE, "师"),
    "national_day": Design(draw_peonies_and_doves, NATIONAL_DAY, PLATE, "庆"),
    "labour_day": Design(draw_straw_hat_and_hoe, LABOUR_DAY, PLATE, "劳"),
}
