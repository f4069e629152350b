"""The cards for what concerns one person, one gift, or the school."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.greetings.cards.campus_days import (
    draw_bicycle_under_the_tree,
    draw_ginkgo_avenue,
    draw_peach_and_plum_path,
)
from donflow.greetings.cards.compositions import (
    ARCH,
    FULL_RIGHT,
    INSET,
    MOON_GATE,
    OPEN_LEFT_LONG,
    PLATE,
)
from donflow.greetings.cards.design import Design
from donflow.greetings.cards.palettes import VERMILION, Palette, tint
from donflow.greetings.cards.private_days import draw_peaches_of_longevity, draw_rings_and_sapling
from donflow.greetings.cards.turning_points import (
    draw_handscroll,
    draw_moon_gate,
    draw_white_chrysanthemum,
)

BIRTHDAY: Final = Palette(
    "仙桃",
    tint("f8efe2"),
    tint("4a2a2a"),
    VERMILION,
    tint("5d4637"),
    tint("f3cd97"),
    tint("5b7d4f"),
    tint("d9425a"),
)
GIFT_ANNIVERSARY: Final = Palette(
    "年轮",
    tint("f1ecdc"),
    tint("3a3026"),
    VERMILION,
    tint("4f3a2b"),
    tint("6a4d38"),
    tint("e3c28d"),
    tint("6f9a4f"),
)
SCHOOL_ANNIVERSARY: Final = Palette(
    "银杏",
    tint("f6efdc"),
    tint("3a2f22"),
    VERMILION,
    tint("5f4a38"),
    tint("e9b72f"),
    tint("f2cb4d"),
    tint("a8573f"),
)
REUNION: Final = Palette(
    "归车",
    tint("f3ecd9"),
    tint("2f3230"),
    VERMILION,
    tint("25333a"),
    tint("8d8468"),
    tint("d9c7a0"),
    tint("c9853a"),
)
THANKS: Final = Palette(
    "桃李",
    tint("f6f0e8"),
    tint("3a2c2e"),
    VERMILION,
    tint("54403a"),
    tint("bccb9c"),
    tint("f7ccd0"),
    tint("e98a98"),
)
NAMING_END: Final = Palette(
    "月门",
    tint("f1eee4"),
    tint("2f3432"),
    VERMILION,
    tint("4a3428"),
    tint("7b8386"),
    tint("c9d3b0"),
    tint("6d8a5c"),
)
REPORT: Final = Palette(
    "长卷",
    tint("efe7d6"),
    tint("2f2c2a"),
    VERMILION,
    tint("4a3428"),
    tint("b59763"),
    tint("fbf6e8"),
    tint("b3382c"),
)
CONDOLENCE: Final = Palette(
    "素菊",
    tint("dfe1e0"),
    tint("4a4e4d"),
    VERMILION,
    tint("7d8580"),
    tint("8f9893"),
    tint("c9cfcb"),
    tint("fbfbf9"),
)

PERSONAL: Final[Mapping[str, Design]] = {
    "birthday": Design(draw_peaches_of_longevity, BIRTHDAY, MOON_GATE, "寿"),
    "gift_anniversary": Design(draw_rings_and_sapling, GIFT_ANNIVERSARY, FULL_RIGHT, "惠"),
    "school_anniversary": Design(draw_ginkgo_avenue, SCHOOL_ANNIVERSARY, ARCH, "庆"),
    "reunion": Design(draw_bicycle_under_the_tree, REUNION, PLATE, "聚"),
    "thanks": Design(draw_peach_and_plum_path, THANKS, INSET, "谢"),
    "naming_end": Design(draw_moon_gate, NAMING_END, PLATE, "名"),
    "report": Design(draw_handscroll, REPORT, FULL_RIGHT, "报"),
    "condolence": Design(draw_white_chrysanthemum, CONDOLENCE, OPEN_LEFT_LONG),
}
