"""A date of birth in as many places as it was told: YYYY, YYYY-MM or YYYY-MM-DD.

A cell stored as the number 1987.1 can be January or October: then both are given and none is
chosen. Impossible days stay unread.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import digits, number_of, text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

NO_SUCH_DAY: Final = N_("There is no such day, or no alumnus can be born on it.")
NO_BIRTH: Final = N_("This is not a date of birth that can be read.")
NOT_EXACT: Final = N_("The date of birth is told as a guess, an age or a lunar date.")


def read_birth(cell: Cell) -> Found:
    """The birth, or the two it can be (`births`), or the reason why it is neither."""
    if isinstance(cell, date):
        return _found(_day(cell.year, cell.month, cell.day))
    text = text_of(cell)
    if not text or re.fullmatch(r"0|1900-01-00|0000-00-00", text):
        return NOTHING
    if isinstance(cell, (int, float)):
        return _found(*_of_digits(text)) if "." not in text else _found(*_of_decimal(text))
    return _of_text(text)


def tells_months(cells: Iterable[Cell]) -> bool:
    """Whether a column's days stand for months: all are the first, as Excel stores 1987年9月."""
    days = [cell.day for cell in cells if isinstance(cell, date)]
    return len(days) >= _MANY and set(days) == {1}


def read_birth_month(cell: Cell) -> Found:
    """As `read_birth`, in a column of which `tells_months` holds."""
    return one(Column.BIRTH, f"{cell:%Y-%m}") if isinstance(cell, date) else read_birth(cell)


def _of_text(text: str) -> Found:
    text = re.sub(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$", "", text)
    text = re.sub(r"\s*\((?:公历|阳历|身份证)\)$", "", text)
    if re.search(r"约|左右|前后|[?~]|农历|阴历|旧历|腊月|正月|岁|后$|初|\d0年代", text):
        return unreadable(Column.BIRTH, NOT_EXACT)
    english = _of_english(text)
    if english:
        return _found(english)
    text = re.sub(r"\s+", "", text) if re.search("[年月日.]", text) else text
    text = re.sub(r"^(?:生于|出生于|出生日期|出生年月|出生|公元|生日|阳历|公历)\s*:?", "", text)
    text = re.sub(r"(?:出生|生人|生)$|[-—–~]+$", "", text)
    month_first = re.fullmatch(r"(0?[1-9]|1[0-2])[./-](19\d\d)", text)
    text = f"{month_first[2]}-{month_first[1]}" if month_first else text
    text = _in_digits(text.replace("元月", "1月").replace("月份", "月").replace("\\", "/"))
    if text.isdigit():
        return _found(*_of_digits(text))
    return _of_parts(text)


def _of_parts(text: str) -> Found:
    found = re.fullmatch(
        rf"'?(\d{{4}}|\d{{2}}){_APART}(\d{{1,2}})(?:{_APART}(\d{{1,2}})[日号]?)?[月{_MARKS}]*", text
    )
    if found:
        births = _day(_century(found[1]), int(found[2]), int(found[3] or 0))
        if births or len(found[1]) == 4:
            return _found(births)
    year = re.fullmatch(rf"'?(\d{{4}}|\d{{2}})年?[{_MARKS}]?", text)
    if year:
        return _found(_day(_century(year[1]), 0, 0))
    turned = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", text)
    if turned:
        return _turned(int(turned[1]), int(turned[2]), _century(turned[3]))
    return unreadable(Column.BIRTH, NO_BIRTH)


def _turned(first: int, second: int, year: int) -> Found:
    """Day and month before the year: which is which is sure only where one is over 12."""
    days = {_day(year, *pair) for pair in ((first, second), (second, first)) if all(pair)}
    return _found(*(sorted(days - {""}) or [""]))


def _of_digits(text: str) -> tuple[str, ...]:
    """19870922, 198709, 870922, 1987, or the days that Excel counts since 1900."""
    if len(text) == 8:
        return (_day(int(text[:4]), int(text[4:6]), int(text[6:])),)
    if len(text) == 6:
        month = _day(int(text[:4]), int(text[4:]), 0) if text[4:] != "00" else ""
        return (month or _day(_century(text[:2]), int(text[2:4]), int(text[4:])),)
    if len(text) == 5:
        births = {_serial(int(text)), _day(int(text[:4]), int(text[4]), 0) if text[4] > "0" else ""}
        return tuple(sorted(births - {""}))
    return (_day(int(text), 0, 0),) if len(text) == 4 else ()


def _of_decimal(text: str) -> tuple[str, ...]:
    """A decimal number: its last noughts are lost, so that .1 is January or October."""
    whole, _, part = text.partition(".")
    if len(whole) not in (2, 4) or (len(whole) == 2 and whole < "30"):
        return ()
    year = _century(whole)
    if part == "1":
        return _day(year, 1, 0), _day(year, 10, 0)
    if len(part) <= 2:
        return (_day(year, int(part), 0),)
    return (_day(year, int(part[:2]), int(part[2:])),) if len(part) == 4 else ()


def _of_english(text: str) -> str:
    """Sep-87, Sep 1987, 22-Sep-1987: what Excel shows for a date in another language."""
    found = re.fullmatch(r"(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ ,-]+(\d{4}|\d{2})", text)
    month = _MONTHS.find(found[2].casefold()) if found else -1
    if not found or month < 0 or month % 3:
        return ""
    return _day(_century(found[3]), month // 3 + 1, int(found[1] or 0))


def _day(year: int, month: int, day: int) -> str:
    """The date in as many places as it has, a nought standing for none; "" if there is none."""
    if not _FIRST <= year <= _LAST or month > 12:
        return ""
    if not month:
        return f"{year}" if not day else ""
    if day > calendar.monthrange(year, month)[1]:
        return ""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _serial(days: int) -> str:
    told = date(1899, 12, 30) + timedelta(days)
    return _day(told.year, told.month, told.day)


def _found(*births: str) -> Found:
    said = [birth for birth in births if birth]
    if len(said) == 1:
        return one(Column.BIRTH, said[0])
    if said:
        return Found(births=tuple(said))
    return unreadable(Column.BIRTH, NO_SUCH_DAY if births else NO_BIRTH)


def _century(year: str) -> int:
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= 30 else 2000)


def _in_digits(text: str) -> str:
    """一九六八年十二月 as 1968年12月."""
    year = re.match("[〇零○一二三四五六七八九]{2,4}(?=年|$)", text)
    if year:
        text = digits(year.group()) + text[year.end() :]
    return re.sub(
        "[一二三四五六七八九十廿]+(?=[月日号])", lambda n: str(number_of(n.group()) or ""), text
    )


_MARKS: Final = r".\-/,、。·年"
_APART: Final = r"\s*[年月.\-/,、。·'\s–—_]+\s*"
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_MANY: Final = 5
_FIRST: Final = 1900
_LAST: Final = 2010
