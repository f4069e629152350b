"""The 56 ethnic groups (GB/T 3304), in full and as lists shorten them."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

UNKNOWN: Final = N_("This is none of the 56 ethnic groups.")


def read_ethnicity(cell: Cell) -> Found:
    """The full name, such as 汉族; an ethnic group not recognised stays unread."""
    text = text_of(cell)
    if not text:
        return NOTHING
    known = ethnicity_of(text)
    return one(Column.ETHNICITY, known) if known else unreadable(Column.ETHNICITY, UNKNOWN)


def ethnicity_of(text: str) -> str | None:
    """The full name for a full or shortened one, codes and remarks round it dropped."""
    if text in _NAMES:
        return _NAMES[text]
    bare = re.sub(r"\([^()]*\)|[\s0-9.、,:-]", "", text)
    return _NAMES.get(bare)


_GROUPS: Final = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣
黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗
撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安
裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
_OTHER_SPELLINGS: Final = {
    "蒙": "蒙古", "维": "维吾尔", "维族": "维吾尔", "蒙族": "蒙古", "哈": "哈萨克",
    "哈族": "哈萨克",
    "柯族": "柯尔克孜", "朝族": "朝鲜", "朝": "朝鲜", "达族": "达斡尔", "锡伯": "锡伯", "汗": "汉",
    "汗族": "汉", "汉人": "汉", "藏人": "藏", "満": "满", "満族": "满", "蒙古人": "蒙古",
    "傈傈": "傈僳", "傈傈族": "傈僳", "仡老族": "仡佬", "乌兹别克": "乌孜别克",
    "乌兹别克族": "乌孜别克", "崩龙族": "德昂",
}  # fmt: skip
_NAMES: Final = (
    {group: f"{group}族" for group in _GROUPS.split()}
    | {f"{group}族": f"{group}族" for group in _GROUPS.split()}
    | {spelling: f"{group}族" for spelling, group in _OTHER_SPELLINGS.items()}
)
