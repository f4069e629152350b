"""Where a paper stands in Chinese and English: sums, terms, days, shares and copies agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.dates import dates_of_line
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.numerals import ENGLISH_NUMERAL, NUMERAL, english_number, whole_number
from donflow.precheck.paper import Line
from donflow.precheck.sums import is_english, sums_of_line

Said = Mapping[str, Mapping[object, tuple[int, int]]]
"""What a text says, by sort (sum, years, days, …): each value and where it stands."""


def rule(draft: Draft) -> Iterator[Finding]:
    """One finding for each English text that says another number than the Chinese beside it."""
    if draft.facts.language == "zh":
        return
    for english, chinese in _pairs(draft):
        line, start, end = english
        other, first, last = chinese
        said, meant = _said(line, start, end), _said(other, first, last)
        wrong = [
            said[sort][value]
            for sort in said
            for value in said[sort]
            if value not in meant.get(sort, {}) and set(meant.get(sort, {})) - set(said[sort])
        ]
        if wrong:
            at = (min(each[0] for each in wrong), max(each[1] for each in wrong))
            yield found(
                "bilingual_mismatch",
                Severity.ERROR,
                line,
                at,
                say(N_("The Chinese text beside it says otherwise.")),
            )


_Part = tuple[Line, int, int]


def _pairs(draft: Draft) -> Iterator[tuple[_Part, _Part]]:
    """English and Chinese texts that belong together: neighbours, cells, or units of one number."""
    lines = [line for line in draft.paper.lines if line.text.strip()]
    taken: set[int] = set()
    for line in lines:
        for english, chinese in _pairs_of_cells(line):
            taken.add(line.number)
            yield english, chinese
    rest = [line for line in lines if line.number not in taken]
    neighbours = list(_neighbours(rest))
    if 2 * len(neighbours) >= sum(is_english(line.text) for line in rest):
        yield from neighbours
    else:
        yield from _by_number(rest)


def _neighbours(lines: list[Line]) -> Iterator[tuple[_Part, _Part]]:
    """Lines of the two languages that follow each other, in the order the paper begins with."""
    paired: set[int] = set()
    leads = _english_leads(lines)
    for first, second in pairwise(lines):
        one, two = (first, second) if leads else (second, first)
        if is_english(one.text) and _is_chinese(two.text) and two.number not in paired:
            paired |= {one.number, two.number}
            yield _whole(one), _whole(two)


def _english_leads(lines: list[Line]) -> bool:
    """Whether the English text stands before its Chinese, by the first line in one of them."""
    clear = (
        line.text
        for line in lines
        if is_english(line.text)
        or (_is_chinese(line.text) and not re.search("[A-Za-z]{3}", line.text))
    )
    return is_english(next(clear, ""))


def _by_number(lines: list[Line]) -> Iterator[tuple[_Part, _Part]]:
    """Article 3 with 第三条, where one language stands after the other."""
    english: dict[tuple[int, int], Line] = {}
    chinese: dict[tuple[int, int], Line] = {}
    for texts, pattern, fits in ((english, _ARTICLE, is_english), (chinese, _TIAO, _is_chinese)):
        number, below = 0, 0
        for line in lines:
            if not fits(line.text):
                continue
            label = re.match(pattern, line.text)
            if label:
                number, below = whole_number(label[1]) or 0, 0
                if not line.text[label.end() :].strip():
                    continue
            if number:
                texts[number, below] = line
                below += 1
    for number in {one for one, _ in english} & {one for one, _ in chinese}:
        ours = [line for (one, _), line in english.items() if one == number]
        theirs = [line for (one, _), line in chinese.items() if one == number]
        if len(ours) == len(theirs):
            for one, two in zip(ours, theirs, strict=True):
                yield _whole(one), _whole(two)


def _pairs_of_cells(line: Line) -> Iterator[tuple[_Part, _Part]]:
    """A row with one language in each column."""
    parts: list[_Part] = []
    place = 0
    for cell in line.cells:
        start = line.text.find(cell, place)
        if start >= 0 and cell.strip():
            parts.append((line, start, start + len(cell)))
            place = start + len(cell)
    english = [each for each in parts if is_english(line.text[each[1] : each[2]])]
    chinese = [each for each in parts if _is_chinese(line.text[each[1] : each[2]])]
    if len(english) == len(chinese) == 1:
        yield english[0], chinese[0]


def _is_chinese(text: str) -> bool:
    return len(re.findall("[\u4e00-\u9fff]", text)) >= 4 and not is_english(text)


def _whole(line: Line) -> _Part:
    return line, 0, len(line.text)


def _said(line: Line, start: int, end: int) -> Said:
    text = line.text[:end]
    part = Line(line.number, " " * start + text[start:])
    plain = halfwidth(part.text)
    said: dict[str, dict[object, tuple[int, int]]] = {}
    for each in sums_of_line(part):
        if each.value is not None:
            said.setdefault("sum", {}).setdefault(each.value, (each.at.start, each.at.end))
    for read in re.finditer(_ENGLISH_SUM, plain):
        value = Decimal(read["number"].replace(",", ""))
        value *= _SCALES.get((read["scale"] or "").lower(), 1)
        said.setdefault("sum", {}).setdefault(value, read.span())
    for date in dates_of_line(part):
        if date.day is not None:
            said.setdefault("day", {}).setdefault(
                (date.month, date.day), (date.at.start, date.at.end)
            )
    for sort, terms in _TERMS.items():
        for term, pattern in terms.items():
            if term_at := re.search(pattern, plain):
                said.setdefault(sort, {}).setdefault(term, term_at.span())
    for sort, pattern in _COUNTS.items():
        for read in re.finditer(pattern, plain):
            number = english_number(next(each for each in read.groups() if each))
            if number is not None:
                said.setdefault(sort, {}).setdefault(number, read.span())
    for read in re.finditer(r"(?<![0-9])(?<![0-9][,.])(20[0-9]{2})(?![0-9]|[,.][0-9])", plain):
        said.setdefault("year", {}).setdefault(int(read[1]), read.span())
    for read in re.finditer(r"([0-9]+(?:\.[0-9]+)?)\s*(?:%|percent|per cent)", plain):
        said.setdefault("share", {}).setdefault(Decimal(read[1]), read.span())
    return said


_BRACKETED: Final = r"\s*(?:\([0-9a-z]+\))?\s*"
_COUNTS: Final = {
    "years": (
        rf"(?i:for|over|period of|term of|within)\s+(?:a\s+(?:period|term)"
        rf"\s+of\s+)?(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:consecutive\s+)?years?"
        rf"|(?:为期|连续|期限为?|分|共)\s*({NUMERAL})\s*(?:\([0-9]+\))?\s*个?年"
    ),
    "workdays": (
        rf"(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:working|business)\s+days|({NUMERAL})\s*(?:\([0-9]+\)"
        rf")?\s*个?工作日"
    ),
    "days": (
        rf"(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:calendar\s+)?days|({NUMERAL})\s*(?:\([0-9]+\)"
        rf")?\s*(?:日|天)(?:之?内|以内)"
    ),
    "copies": (
        rf"\b(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:originals?|copies|counterparts)|"
        rf"[一壹]式\s*({NUMERAL})\s*份"
    ),
    "students": (
        rf"(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:(?:outstanding\s+)?"
        r"(?:students|recipients|winners|undergraduates|scholars|teachers|candidates|awardees|graduates|lecturers))|"
        rf"({NUMERAL})\s*[名位](?=(?:优秀)?(?:学生|本科生|研究生|获奖|教师))"
        rf"|(?:学生|本科生|研究生|教师|获奖者|获奖人)\s*({NUMERAL})\s*[名人位](?!以)"
    ),
    "instalments": (
        rf"(?i:({ENGLISH_NUMERAL})){_BRACKETED}(?i:equal\s+)?(?i:instal+ments|payments)|分\s*({NUMERAL})\s*期"
    ),
}
_TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "forum": {
        "arbitration": r"(?i)\barbitra[lt]\w*(?:\s+in\s+[a-z]+)?|仲裁",
        "court": r"(?i)\bcourts?\b|litigation|lawsuit|人民法院|法院|起诉|诉讼",
    },
    "prevailing": {
        "Chinese": r"(?i)chinese\s+(?:version|text|language)[^.;。；]{0,20}"
        r"(?:prevail|govern|control)"
        r"|以中文(?:文本|版本|本)?为准",
        "English": r"(?i)english\s+(?:version|text|language)[^.;。；]{0,20}"
        r"(?:prevail|govern|control)"
        r"|以英文(?:文本|版本|本)?为准",
    },
    "revocable": {
        "no": r"(?i)\birrevocabl|\bnon-?refundable|不可撤[销回]|不得撤[销回]|不予退还",
        "yes": r"(?i)\bmay\s+(?:revoke|withdraw|rescind)|(?:可以?|有权)(?:随时|单方)?撤[销回]",
    },
    "currency": {
        "yuan": r"\bRMB\b|\bCNY\b|(?i:renminbi)|人民币",
        "dollars": r"\bUSD\b|US\$|(?i:us dollars?)|美元|美金",
        "Hong Kong dollars": r"\bHKD\b|HK\$|(?i:hong kong dollars?)|港币|港元",
        "euros": r"\bEUR\b|€|(?i:\beuros?\b)|欧元",
    },
}
"""Words that decide something, by what they say in either language."""
_SCALES: Final = {"million": 10**6, "thousand": 10**3, "billion": 10**9}
_ENGLISH_SUM: Final = re.compile(
    r"(?i)(?:RMB|CNY|USD|US\$|HK\$|HKD|EUR|GBP|\$|¥|"
    r"￥)\s*(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s+(?P<scale>million|thousand|billion)"
)
_ARTICLE: Final = (
    r"(?i)\s*(?:Article|Section|Clause)\s+([0-9]{1,2})\.?:?\s*(?:[A-Z][A-Za-z ,']{0,60}$)?"
)
_TIAO: Final = (
    r"\s*第\s*([0-9一二三四五六七八九十]{1,3})\s*条[:：、]?\s*(?:[\u4e00-\u9fff、与和的及]{0,20}$)?"
)
