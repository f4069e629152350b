"""Year, major, class and degree from one text: 2005级会计学2班, a sheet's title, a group row."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import joined, text_of
from donflow.roster.reading.classes import class_said, read_class
from donflow.roster.reading.degrees import PROGRAMMES, degree_said
from donflow.roster.reading.found import NOTHING, Found, unreadable
from donflow.roster.reading.majors import full_major, known_major, read_major
from donflow.roster.reading.rows import Column
from donflow.roster.reading.status import DECEASED
from donflow.roster.reading.years import read_year, years_said
from donflow.sheets.reading import Cell

UNCLEAR: Final = N_("This does not tell apart year, major and class.")


def read_study(cell: Cell) -> Found:
    """What a cell of 专业班级 says; what is left after year, class and degree is the major."""
    text = joined(text_of(cell))
    if not text:
        return NOTHING
    values, rest = _taken(text)
    period = re.match(r"((?:19|20)\d\d)[-~—至]((?:19|20)\d\d)(?!级)", text)
    if period and "1" <= str(int(period[2]) - int(period[1])) <= "8":
        values |= {Column.ENROL_YEAR: period[1], Column.GRAD_YEAR: period[2]}
    rest = _CONTENT.sub("", rest)
    rest = re.sub(r"^(?:\d{4}|\d{2})(?=\D)", "", rest)
    trailing = re.fullmatch(r"(\D{2,}?)-?(\d|(?!19|20)\d{3,4})", rest)
    if trailing and known_major(trailing[1]) and Column.CLASS_NO not in values:
        values[Column.CLASS_NO], rest = trailing[2], trailing[1]
    rest = full_major(_MARKS.sub("", rest))
    if len(rest) > 1 and re.fullmatch(r"[一-龥A-Za-z()（）·]+", rest) and not _UNIT.search(rest):
        values.setdefault(Column.MAJOR, rest)
    elif rest:
        return Found(values, unreadable(Column.MAJOR, UNCLEAR).unread)
    return Found(values) if values else unreadable(Column.MAJOR, UNCLEAR)


def read_major_cell(cell: Cell) -> Found:
    """A cell under 专业, which may name year and class too."""
    if isinstance(cell, str) and _MORE.search(cell):
        found = read_study(cell)
        if len(found.values) > 1:
            return found
    return read_major(cell)


def read_class_cell(cell: Cell) -> Found:
    """A cell under 班级, which may name year and major too: 2005级会计2班."""
    found = read_class(cell)
    if not isinstance(cell, str) or re.fullmatch(r"\w{,3}", found.values.get(Column.CLASS_NO, "-")):
        return found
    values = read_heading(text_of(cell))
    if Column.CLASS_NO in values:
        return Found(values) if len(values) > 1 or not found.values else found
    trailing = read_study(cell) if not found.values else NOTHING
    if Column.CLASS_NO in trailing.values:
        return trailing
    return Found(values | dict(found.values), found.unread)


def read_year_cell(cell: Cell, column: Column | None) -> Found:
    """A cell under 年级 or 届别, which may name major and class too."""
    found = read_year(cell, column)
    if isinstance(cell, str) and len(cell) > 4 and _MORE.search(cell):
        values = read_heading(cell)
        if Column.ENROL_YEAR in values or Column.GRAD_YEAR in values:
            return Found(values)
        return Found(values | dict(found.values), found.unread)
    return found


def read_heading(text: str) -> dict[Column, str]:
    """What a sheet's title, a title row or a group row says of everybody under it.

    Only what is sure: years by 级 and 届, one class, one degree, and a major that is known as one
    or called 专业. A title that names two of a kind says neither.
    """
    text = joined(text_of(text))
    values, rest = _taken(text)
    rest = _CONTENT.sub("", _LIST_WORDS.sub("", rest))
    major = _called_major(text) or known_major(_MARKS.sub("", rest))
    if major:
        values.setdefault(Column.MAJOR, major)
    if re.search("已故(?:校友|人员|同学|名[单录])", text) and not re.search("[含及和与、/]", text):
        values[Column.STATUS] = DECEASED
    return values


def _taken(text: str) -> tuple[dict[Column, str], str]:
    """Year, class and degree of the text, and what is left of it."""
    values = years_said(text) or {}
    rest = _UNIT_BEFORE.sub("", _UNIT_NOTE.sub("", _YEARS.sub("", text)))
    classes = _CLASS.findall(rest)
    if len(classes) == 1:
        said = class_said(classes[0])
        if said:
            values[Column.CLASS_NO] = said
    rest = _CLASS.sub("", rest)
    degree = degree_said(rest)
    if degree:
        values[Column.DEGREE] = degree
        if degree in PROGRAMMES:
            values[Column.MAJOR] = PROGRAMMES[degree]
    return values, _DEGREES.sub("", rest)


def _called_major(text: str) -> str | None:
    """会计学 from 管理学院会计学专业2005级; two majors are none."""
    text = _DEGREES.sub("", _UNIT_BEFORE.sub("", _YEARS.sub("", text)))
    called = re.findall(r"([一-龥]{2,12}?)专业", text)
    if len(called) != 1 or re.search("[各多两全本该跨]|相关|所有|[、和与及]$", called[0]):
        return None
    return known_major(called[0]) or (called[0] if len(called[0]) <= 10 else None)


_MORE: Final = re.compile("[级届班]|专业|本科|硕士|博士|MBA")
_YEARS: Final = re.compile(
    r"第?\d{2,4}[-~至—]\d{2,4}(?:[级届]|年)?|(?<!\d)(?:\d{4}|\d{2})(?:年?[春秋]季?|年)?(?:级|届|年入学|年毕业|年)"
)
_UNIT_BEFORE: Final = re.compile(r"^[^()]*(?:大学|学院|学校|分院|管院|(?<![关联体])系(?!统|列))")
_UNIT_NOTE: Final = re.compile(r"\([^()]*(?:大学|学院|系|校区)\)")
_UNIT: Final = re.compile("学院|大学|[级届班]|系$")
_CLASS: Final = re.compile(
    r"\(?(?:第)?(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[A-Z甲乙丙丁])\)?班(?!级)(?!委)"
    r"|(?:实验|国际|基地|试点|创新|强化|双语|周末|脱产|在职|春季|秋季|全英文?|卓越|拔尖|民族|ACCA|CIMA)班"
)
_DEGREES: Final = re.compile(
    r"(?i)\(?(?:全日制|非全日制)?(?:E?MBA|MPA(?!cc)|高级(?:管理人员)?工商管理硕士|工商管理硕士|公共管理硕士"
    r"|(?:硕士|博士)(?:学位)?(?:研究)?生?|研究生|(?:大学)?本科生?|专升本|学士|(?:大专|专科)生?)\)?"
)
_LIST_WORDS: Final = re.compile(
    "校友会?|毕业生?|学[生员]|同学|新生|在校|名[单录册]|花名册|通[讯讯]录|信息|登记|汇总|统计|一?览?表|总表|人员|联系|方式|基本|情况|"
    "数据|库|历届|采集|收集|整理|最终|最新|版|合影|返校|聚会|值年|秩年|周年|[(].*?[)]|\\d+人?"
)
_CONTENT: Final = re.compile(r"^[\s\-_/、,.;:·|()（）\[\]]+|[\s\-_/、,.;:·|()（）\[\]]+$")
_MARKS: Final = re.compile(r"^[-/、,.;:·|]+|[-/、,.;:·|]+$")
