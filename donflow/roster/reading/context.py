"""What titles and group rows say of the rows under them: which one holds until which other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from donflow.roster.reading.rows import Column
from donflow.roster.reading.study import read_heading


class Aspect(StrEnum):
    """What a title or a group tells of a person's studies; `other` where none of it."""

    YEAR = "year"
    CLASS = "class"
    MAJOR = "major"
    DEGREE = "degree"
    OTHER = "other"


Said = Mapping[Aspect, frozenset[str]]


def under(stack: tuple[str, ...], fresh: Sequence[str]) -> tuple[str, ...]:
    """The texts that hold after fresh ones, the widest first.

    A fresh text ends the first that speaks of the same, and all that stood under that: after
    会计学 / 2005级 a row 2006级 leaves 会计学, a row 金融学 leaves nothing. One that only goes on
    where another ends does not: 1987级会计学1班 under 1987级本科校友通讯录.
    """
    kept = len(stack)
    for text in fresh:
        said = aspects(text)
        ends = (at for at, held in enumerate(stack[:kept]) if _ends(said, aspects(held)))
        kept = next(ends, kept)
    return (*stack[:kept], *fresh)


def aspects(text: str) -> Said:
    """What a text speaks of, and in which words."""
    plain = _SCHOOL.sub("", _COUNT.sub("", text))
    told = {aspect: frozenset(sign.findall(plain)) for aspect, sign in _SIGNS.items()}
    if told[Aspect.MAJOR]:
        major = read_heading(text).get(Column.MAJOR)
        told[Aspect.MAJOR] = frozenset({major}) if major else told[Aspect.MAJOR]
    found = {aspect: words for aspect, words in told.items() if words}
    return found or {Aspect.OTHER: frozenset({text})}


def _ends(fresh: Said, held: Said) -> bool:
    shared = fresh.keys() & held.keys()
    if not shared:
        return False
    goes_on = bool(fresh.keys() - held.keys())
    return not goes_on or any(not fresh[aspect] <= held[aspect] for aspect in shared)


_SCHOOL: Final = re.compile(r"[^\s,,、]{0,12}(?:学院|大学|公司|集团|银行|事务所|[局厅系](?!统|列))")
_COUNT: Final = re.compile(r"\d+\s*个班|班主任|班长|[各全每本]班")
_SIGNS: Final = {
    Aspect.YEAR: re.compile(
        r"\d{2,4}(?=\s*[级届])|(?:19|20)\d{2}|[一二三四五六七八九〇零]{2,4}(?=[级届])"
    ),
    Aspect.CLASS: re.compile("[^\\s级届]{0,2}班"),
    Aspect.MAJOR: re.compile(
        "专业|会计|金融|经济|贸易|营销|管理|工程|财务|统计|保险|税|审计|商务|物流|旅游|法学|[^大同]学$|系$"
    ),
    Aspect.DEGREE: re.compile("本科|硕士|博士|研究生|专科|MBA|MPA", re.IGNORECASE),
}
