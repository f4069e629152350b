"""Year, major, class and degree from one text: 2005级会计学2班, a sheet's title, a group row."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import digits, joined, text_of
from donflow.roster.reading.classes import class_said, read_class
from donflow.roster.reading.degrees import PROGRAMMES, degree_said
from donflow.roster.reading.found import NOTHING, Found, unreadable
from donflow.roster.reading.majors import full_major, known_major, read_major
from donflow.roster.reading.rows import Column
from donflow.roster.reading.status import DECEASED
from donflow.roster.reading.years import full_year, read_year, years_said
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
    rest = _CONTENT.sub("", re.sub(r"[(][春夏秋冬]季?[)]", "", rest))
    if rest.count("(") > rest.count(")"):
        rest += ")"
    rest = re.sub(r"^(?:\d{4}|\d{2})(?=\D)", "", rest)
    trailing = re.fullmatch(r"(\D{2,}?)-?(\d|(?!19|20)\d{3,4})", rest)
    if trailing and known_major(trailing[1]) and Column.CLASS_NO not in values:
        values[Column.CLASS_NO], rest = trailing[2], trailing[1]
    rest = full_major(_MARKS.sub("", rest))
    if rest[-1:] in _LEVELS:
        rest = known_major(rest[:-1]) or rest
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
    of_year = _CLASS_OF_YEAR(joined(text_of(cell)))
    if of_year:
        said = {Column.ENROL_YEAR: full_year(of_year["year"])}
        return Found(said | {Column.CLASS_NO: str(int(of_year["number"]))})
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
    text = joined(_BESIDE.sub(" ", text_of(text)))
    text = _NUMERAL_YEAR.sub(lambda found: digits(found[0]), text)
    values, rest = _taken(text)
    if values.get(Column.CLASS_NO, "")[:1] in _MODES:
        del values[Column.CLASS_NO]
    rest = _CONTENT.sub("", _LIST_WORDS.sub("", rest))
    major = _called_major(text) or known_major(_MARKS.sub("", rest))
    if major:
        values.setdefault(Column.MAJOR, major)
    if re.search("已故(?:校友|人员|同学|名[单录])", text) and not re.search("[含及和与、/]", text):
        values[Column.STATUS] = DECEASED
    return values


def _taken(text: str) -> tuple[dict[Column, str], str]:
    """Year, class and degree of the text, and what is left of it."""
    text = _NUMERAL_YEAR.sub(lambda found: digits(found[0]), text)
    compact = _compact(text)
    if compact:
        return compact, compact[Column.MAJOR]
    values = years_said(text) or {}
    rest = _UNIT_BEFORE.sub("", _UNIT_NOTE.sub("", _YEARS.sub("", text)))
    classes = _CLASS.findall(rest)
    if len(classes) == 1 and not _SEVERAL_CLASSES.search(rest):
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


def _compact(text: str) -> dict[Column, str] | None:
    """03会计1, 95营销1班, 市场营销99-2, 会计学1995（2）班: year, a known major and class."""
    found = _YEAR_FIRST(text) or _MAJOR_FIRST(text) or _MAJOR_AND_YEAR(text)
    major = known_major(found["major"]) if found else None
    year = full_year(found["year"]) if found else ""
    if not found or not major or not year:
        return None
    values = {Column.ENROL_YEAR: year, Column.MAJOR: major}
    if found["number"]:
        values[Column.CLASS_NO] = class_said(found["number"]) or ""
    elif len(found["year"]) == 2 and "10" <= found["year"] <= "49":
        return None  # 12会计学 may be the twelfth of a list.
    return {column: value for column, value in values.items() if value}


def _called_major(text: str) -> str | None:
    """会计学 from 管理学院会计学专业2005级; two majors are none."""
    text = _DEGREES.sub("", _UNIT_BEFORE.sub("", _YEARS.sub("", text)))
    called = re.findall(r"([一-龥]{2,12}?)专业", text)
    if len(called) != 1 or re.search("[各多两全本该跨]|相关|所有|[、和与及]$", called[0]):
        return None
    return known_major(called[0]) or (called[0] if len(called[0]) <= 10 else None)


_ONE_CLASS: Final = r"[(]?(?P<number>\d{1,2}|[一二三四五六七八九十])[)]?班?"
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>(?:19|20)\d\d|\d\d)[级-]?(?P<major>[一-龥]{{2,14}}?)(?:-?{_ONE_CLASS})?"
).fullmatch
_MAJOR_FIRST: Final = re.compile(
    rf"(?P<major>[一-龥]{{2,14}}?)-?(?P<year>(?:19|20)\d\d|\d\d)(?:级|-|(?=[(])){_ONE_CLASS}"
).fullmatch
_MAJOR_AND_YEAR: Final = re.compile(
    r"(?P<major>[一-龥]{2,14}?)(?P<year>(?:19|20)\d\d|[89]\d)(?P<number>)"
).fullmatch
_CLASS_OF_YEAR: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d|0\d|[6-9]\d)-(?P<number>\d{1,2})班?"
).fullmatch
_SEVERAL_CLASSES: Final = re.compile(
    r"(?<![\d级])(?:\d{1,2}|[一二三四五六七八九十])班?[、,/和及][(]?(?:\d{1,2}|[一二三四五六七八九十])[)]?班"
)
_NUMERAL_YEAR: Final = re.compile(
    "[〇零○一二三四五六七八九]{2}(?:[〇零○一二三四五六七八九]{2})?(?=[级届])"
)
# What a heading says of others, and how many they are.
_BESIDE: Final = re.compile(
    r"(?:班主任|辅导员|联系人|联络人|班长|负责人|导师|书记)\s*[::]\s*[^\s,;()]+"
    r"|[(](?=[^()]*\d+\s*(?:人|名|个班))[^()]*[)]|共?\s*\d+\s*(?:人|名|位)(?!\w)|共?\d+个班"
)
_LEVELS: Final = tuple("本专硕博")
_MODES: Final = tuple("春秋")
"""春季班 and 秋季班 tell when a course began, and number no class."""
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
