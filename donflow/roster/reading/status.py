"""已故, where a remark or a bracket says that the person has died; nobody else."""

from __future__ import annotations

import re
from typing import Final

from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

DECEASED: Final = "已故"


def read_status(cell: Cell) -> Found:
    """已故 or nothing: a remark that says other things is no status."""
    return one(Column.STATUS, DECEASED) if says_deceased(text_of(cell)) else NOTHING


def says_deceased(text: str) -> bool:
    """Whether the text says so of this person: not of a relative or a teacher, and not denied."""
    if not text:
        return False
    clauses = re.split(r"[,、;。\n]|(?<!\d)\.", re.sub(r"\s", "", text))
    return any(map(_says_so, clauses))


def _says_so(clause: str) -> bool:
    if not _DEATH.search(clause):
        return False
    return not (_OTHERS.search(clause) or _DENIED.search(clause))


_DEATH: Final = re.compile(
    "已故|已亡|去世|过世|离世|逝世|辞世|病[故逝亡]|亡故|身故|死亡|仙逝|早逝|离逝|故世|谢世|作古|殉职|[卒逝殁]于|牺牲"
    r"|已逝|遇难|遇害|不在人世|^[(\[【]?[故殁逝亡卒]了?[)\]】]?$|[(\[【][故殁逝亡卒][)\]】]|†"
)
# What makes it the death of somebody else, or of nobody.
_OTHERS: Final = re.compile(
    "父|母|爸|妈|爷|奶|祖|岳|公公|婆婆|爱人|配偶|丈夫|妻|老公|老婆|先生|太太|夫人|家人|亲|家属|儿|女儿|兄"
    "|弟|姐|妹|伯|叔|舅|姑|姨|导师|老师|班主任|辅导员|恩师|同学|室友|学员家|联系人|推荐人|赔偿|保险"
)
_DENIED: Final = re.compile("未|没有?|非|不是|误|是否|疑似?|听说|据说|传|待核|待查|[?]|证明|烈士后")
