"""The degree of a course of study: 本科, 硕士, 博士, MBA, EMBA, MPA, or 专科.

研究生 alone names master and doctor alike: the list it stands in and the length of study decide,
three years being a master's; where neither speaks it stays unread.
"""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

POSTGRADUATE: Final = "研究生"
"""Master or doctor: `settled` decides, and it is never a degree given to anybody."""
PROGRAMMES: Final = {
    "MBA": "工商管理硕士",
    "EMBA": "高级管理人员工商管理硕士",
    "MPA": "公共管理硕士",
}
"""The professional degrees that a school of management calls by letters, and their majors."""
NO_DEGREE: Final = N_("This is not one degree that can be read.")
MASTER_OR_DOCTOR: Final = N_("This can be a master's or a doctor's degree.")


def read_degree(cell: Cell) -> Found:
    """The degree as said, `POSTGRADUATE` where it is still to settle."""
    text = text_of(cell)
    if not text:
        return NOTHING
    degree = degree_said(text)
    return one(Column.DEGREE, degree) if degree else unreadable(Column.DEGREE, NO_DEGREE)


def degree_said(text: str) -> str | None:
    """The one degree that a half-width text names, `POSTGRADUATE` for 研究生; else None."""
    if text in _USUAL:
        return _USUAL[text]
    bare = re.sub(r"\s|(?<=[A-Z])\.(?=[A-Z]\b|$)", "", text.upper())
    if re.search(
        r"非学历|博士后|进修|访问|访学|培训|研修|研究生课程|在职研究生|肄业|预科|导师|本专科", bare
    ):
        return None
    said = {degree for pattern, degree in _WORDS if _taken(pattern, bare)}
    for wide, narrow in _INCLUDED:
        if narrow & said:
            said.discard(wide)
    return said.pop() if len(said) == 1 else None


def settled(degree: str, titles: list[str], enrolled: str | None, left: str | None) -> str | None:
    """What 研究生 means here; any other degree stays. None where it can be either."""
    if degree != POSTGRADUATE:
        return degree
    for title in titles:
        said = degree_said(title)
        if said and said != POSTGRADUATE:
            return said if said not in ("本科", "专科") else None
    years = int(left) - int(enrolled) if enrolled and left else 0
    return {1: "硕士", 2: "硕士", 3: "硕士", 4: "博士", 5: "博士", 6: "博士"}.get(years)


def _taken(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


_WORDS: Final = tuple(
    (re.compile(pattern), degree)
    for pattern, degree in (
        (r"EMBA|高级(?:管理人员)?工商管理(?:专业)?硕士|高级工商管理", "EMBA"),
        (r"(?<!E)MBA|(?<!高级)(?<!人员)工商管理(?:专业)?硕士", "MBA"),
        (r"MPA(?!CC)|公共管理(?:专业)?硕士", "MPA"),
        (r"硕士|[学专]硕$|硕研|^硕$|MASTER|MPACC|MEM\b|MTA\b|MAUD|M\.?SC?\b", "硕士"),
        (r"博士|博研|^博$|直博|硕博连读|PH\.?D|DOCTOR|DBA", "博士"),
        (r"研究生|^研$", POSTGRADUATE),
        (r"本科|学士|专升本|专接本|^本$|^大学(?:毕业)?$|^四年制$|BACHELOR|第二学位|双学位", "本科"),
        (r"大专|专科(?!升)|高职|^专$", "专科"),
    )
)
# The wider word says nothing more where the narrower stands beside it: 研究生/硕士.
_INCLUDED: Final = (
    ("硕士", {"MBA", "EMBA", "MPA"}),
    (POSTGRADUATE, {"硕士", "博士", "MBA", "EMBA", "MPA"}),
)
_USUAL: Final = {
    "本科": "本科", "学士": "本科", "大学本科": "本科", "硕士": "硕士", "硕士研究生": "硕士",
    "博士": "博士",
    "博士研究生": "博士", "研究生": POSTGRADUATE, "MBA": "MBA", "EMBA": "EMBA", "MPA": "MPA",
}  # fmt: skip
