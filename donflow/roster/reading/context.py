"""What titles and group rows say of the rows under them: which one holds until which other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Aspect(StrEnum):
    """What a title or a group tells of a person's studies; `other` where none of it."""

    YEAR = "year"
    CLASS = "class"
    MAJOR = "major"
    DEGREE = "degree"
    OTHER = "other"


def under(stack: tuple[str, ...], fresh: Sequence[str]) -> tuple[str, ...]:
    """The texts that hold after fresh ones, the widest first.

    A fresh text ends the first that speaks of the same, and all that stood under that: after
    会计学 / 2005级 a row 2006级 leaves 会计学, a row 金融学 leaves nothing.
    """
    said = {aspect for text in fresh for aspect in aspects(text)}
    kept = next((at for at, text in enumerate(stack) if aspects(text) & said), len(stack))
    return (*stack[:kept], *fresh)


def aspects(text: str) -> frozenset[Aspect]:
    """What a text speaks of."""
    plain = _SCHOOL.sub("", text)
    return frozenset(aspect for aspect, sign in _SIGNS.items() if sign.search(plain)) or _OTHER


_OTHER: Final = frozenset({Aspect.OTHER})
_SCHOOL: Final = re.compile(r"[^\s,,、]{0,12}(?:学院|大学|公司|集团|银行|事务所|[局厅])")
_SIGNS: Final = {
    Aspect.YEAR: re.compile(r"\d{2,4}\s*[级届]|(?:19|20)\d{2}|[一二三四五六七八九〇零]{2,4}[级届]"),
    Aspect.CLASS: re.compile("班"),
    Aspect.MAJOR: re.compile(
        "专业|会计|金融|经济|贸易|营销|管理|工程|财务|统计|保险|税|审计|商务|物流|旅游|法学|[^大同]学$|系$"
    ),
    Aspect.DEGREE: re.compile("本科|硕士|博士|研究生|专科|MBA|MPA", re.IGNORECASE),
}
