"""Dates and deadlines as agreements write them, in Chinese and in English."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from donflow.domain.halfwidth import halfwidth
from donflow.precheck.numerals import NUMERAL, whole_number
from donflow.precheck.paper import Line, Span


@dataclass(frozen=True)
class Written:
    """A date as written; parts that are not said are None, also in `value` where it is no day.

    `spaced`: blanks stand between its digits and 年, 月 or 日.
    """

    at: Span
    text: str
    year: int | None
    month: int
    day: int | None
    spaced: bool = False

    @property
    def value(self) -> date | None:
        """The day; None where the year or day is not said, or there is no such day."""
        if self.year is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_possible(self) -> bool:
        """Whether there is such a month, and such a day in it; 29 February needs its year."""
        year = 2024 if self.year is None else self.year
        if not (1 <= self.month <= 12 and 1 <= year <= 9999):
            return False
        return self.day is None or 1 <= self.day <= monthrange(year, self.month)[1]


@dataclass(frozen=True)
class Deadline:
    """`due` is an ISO date, `signing+30d`, `signing+10wd`, `signing+3m`, or `--09-30` each year."""

    due: str
    raw: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def dates_of_line(line: Line) -> tuple[Written, ...]:
    """Every date of a line that says at least a month and a day, or a year and a month."""
    text = halfwidth(line.text)
    found: list[Written] = []
    taken = bytearray(len(text))
    for pattern in _DATES:
        for read in re.finditer(pattern, text):
            given = read.groupdict()
            year = given.get("year")
            month = _month(given["month"])
            day = given.get("day")
            at = Span(line.number, *read.span())
            if month is None or any(taken[at.start : at.end]):
                continue
            taken[at.start : at.end] = b"\x01" * (at.end - at.start)
            found.append(
                Written(
                    at,
                    line.text[at.start : at.end],
                    whole_number(year) if year else None,
                    month,
                    whole_number(day) if day else None,
                    "年" in read[0] and re.search(r"\s", read[0]) is not None,
                )
            )
    return tuple(sorted(found, key=lambda each: each.at.start))


def deadline(text: str, *, years: bool = True) -> Deadline | None:
    """The first deadline of a sentence; with `years`, days of each year (每年9月30日前) too."""
    return next(iter(deadlines(text, years=years)), None)


def deadlines(text: str, *, years: bool = True) -> tuple[Deadline, ...]:
    """Every deadline of a sentence in reading order, of those that overlap the first."""
    plain = halfwidth(text)
    found = [
        *_relative(plain, text),
        *_on_signing(plain, text),
        *_ends_of_periods(plain, text),
        *_ends_of_quarters(plain, text),
        *_days(plain, text),
        *(_yearly(plain, text) if years else ()),
    ]
    apart: list[Deadline] = []
    for each in sorted(found, key=lambda one: (one.start, one.start - one.end)):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(apart)


def _relative(plain: str, text: str) -> list[Deadline]:
    found = []
    for read in re.finditer(_AFTER_SIGNING, plain):
        count = whole_number(read["count"])
        if count is not None:
            unit = next(short for name, short in _UNITS.items() if read["unit"].startswith(name))
            found.append(_deadline(f"signing+{count}{unit}", text, *read.span()))
    return found


def _on_signing(plain: str, text: str) -> list[Deadline]:
    return [_deadline("signing+0d", text, *read.span()) for read in re.finditer(_ON_SIGNING, plain)]


def _ends_of_periods(plain: str, text: str) -> list[Deadline]:
    found = []
    for read in re.finditer(_END_OF, plain):
        year = whole_number(read["year"])
        month = whole_number(read["month"]) if read["month"] else 12
        if year and month and 1 <= month <= 12:
            due = date(year, month, monthrange(year, month)[1]).isoformat()
            found.append(_deadline(due, text, *read.span()))
    return found


def _ends_of_quarters(plain: str, text: str) -> list[Deadline]:
    found = []
    for read in re.finditer(_QUARTER, plain):
        number = whole_number(read["quarter"]) if read["quarter"] else None
        month = number * 3 if number else {"上": 6, "下": 12}[read["half"]]
        year = whole_number(read["year"])
        if year and month <= 12:
            due = date(year, month, monthrange(year, month)[1]).isoformat()
            found.append(_deadline(due, text, *read.span()))
    return found


def _days(plain: str, text: str) -> list[Deadline]:
    found = []
    for written in dates_of_line(Line(0, text)):
        behind = re.match(_BEFORE, plain[written.at.end : written.at.end + 40])
        end = written.at.end + (behind.end() if behind else 0)
        is_signing = re.match(r"\s*(?:,|正式)?(?:签订|签署|订立|签)", plain[end : end + 20])
        is_month = written.day is None and not re.match(
            r"\s*(?:起|至|到|—|-|–|~)", plain[end : end + 20]
        )
        if is_month and written.year is not None and written.is_possible:
            last = monthrange(written.year, written.month)[1]
            due = date(written.year, written.month, last).isoformat()
            found.append(_deadline(due, text, written.at.start, end))
        if written.value is not None and not is_signing:
            found.append(_deadline(written.value.isoformat(), text, written.at.start, end))
        if written.year is not None and not written.is_possible:  # meant, though there is none
            found.append(_deadline("", text, written.at.start, end))
    return found


def _yearly(plain: str, text: str) -> list[Deadline]:
    found = []
    for read in re.finditer(_EACH_YEAR, plain):
        month = whole_number(read["month"]) if read["month"] else 12
        if month is None or not 1 <= month <= 12:
            continue
        day = whole_number(read["day"]) if read["day"] else monthrange(2023, month)[1]
        if day is not None and 1 <= day <= monthrange(2024, month)[1]:
            found.append(_deadline(f"--{month:02}-{day:02}", text, *read.span()))
    return found


def _deadline(due: str, text: str, start: int, end: int) -> Deadline:
    return Deadline(due, text[start:end], start, end)


def _month(said: str) -> int | None:
    named = {name: number for number, name in enumerate(_MONTHS, start=1)}
    return named.get(said[:3].lower()) or whole_number(said)


_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_TH: Final = r"(?:st|nd|rd|th)?"
_LETTER: Final = "[0-9A-Za-z]"
_N: Final = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR: Final = r"(?:[0-9]{4}|[〇零○一二三四五六七八九]{4})"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>{_YEAR})\s*年\s*(?P<month>{_N})\s*月(?:\s*(?P<day>{_N})\s*[日号])?",
        r"(?<![0-9A-Za-z.\-/])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})"
        r"(?P=mark)(?P<day>[0-9]{1,2})(?![0-9A-Za-z.\-/])",
        rf"(?<![0-9])(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日号]",
        rf"(?<!{_LETTER})(?P<day>[0-9]{{1,2}}){_TH}\s+(?:of\s+)?(?P<month>{_MONTH})"
        rf"(?:,?\s*(?P<year>[0-9]{{4}}))?(?!{_LETTER})",
        rf"(?<!{_LETTER})(?P<month>{_MONTH})\s+(?P<day>[0-9]{{1,2}}){_TH}(?!{_LETTER})"
        rf"(?:,?\s*(?P<year>[0-9]{{4}})(?!{_LETTER}))?",
    )
)
_BEFORE: Final = r"\s*(?:\(含[^)]*\))?\s*(?:之前|以前|前|之日前|当日|内)?(?:\(含[^)]*\))?"
_UNITS: Final = {
    "工作日": "wd",
    "交易日": "wd",
    "个工作日": "wd",
    "自然日": "d",
    "日历": "d",
    "个自然日": "d",
    "日": "d",
    "天": "d",
    "个月": "m",
    "月": "m",
    "周": "w",
    "年": "y",
}
_AFTER_SIGNING: Final = re.compile(
    r"自?(?:本|该|此)?(?:补充)?(?:协议|合同)?(?:书)?(?:经?[各双三]方)?(?:正式)?(?:法定代表人)?"
    r"(?:签订|签署|签字|签章|签约|生效|盖章|订立)(?:、?盖章|并盖章|并?生效|完成|完毕)*"
    r"(?:之日|之后|以后|日|后|当日)?(?:起|算)?(?:的|,)?\s*"
    r"(?:(?:[甲乙丙]方|捐赠[人方者]|赠与[人方]|捐赠单位)(?:应当?|须|将|需|承诺|同意)?(?:于|在)?)?\s*"
    rf"(?P<count>{NUMERAL})\s*(?:\([^)]*\))?\s*(?P<unit>个?工作日|个?交易日|个?自然日|日历[日天]|"
    rf"日|天|个月|周|年)"
    r"(?:之内|以内|内|之?前)"
)
_ON_SIGNING: Final = re.compile(
    r"(?:本?(?:协议|合同))?(?:签订|签署|签约|签字|生效)(?:本|该)?(?:协议|合同)?(?:书)?(?:仪式)?(?:之?当日|之?当天|时|"
    r"的同时|仪式上|现场)"
)
_END_OF: Final = re.compile(
    rf"(?P<year>{_YEAR})\s*年\s*(?:(?P<month>{_N})\s*月\s*(?:底|末|份?(?=前|内|之前|以前|\)))|"
    rf"年?[底末]|年终|(?=内|之内))"
    r"(?:之前|以前|前|之内|内)?"
)
_QUARTER: Final = re.compile(
    rf"(?P<year>{_YEAR})\s*年\s*(?:第?\s*(?P<quarter>[一二三四1-4])\s*季度|(?P<half>[上下])半年)"
    r"(?:[底末]|结束)?(?:之前|以前|前|之内|内)?"
)
_EACH_YEAR: Final = re.compile(
    rf"(?:每年|每年度|每学年|每个?自然年度?|各年度?|当年|次年)(?:的|"
    rf"度)?\s*(?:(?P<month>{_N})\s*月\s*(?:(?P<day>{_N})\s*[日号]|[底末])|年?[底末])"
    r"(?:之前|以前|前)?"
)
