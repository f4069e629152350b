"""Days of the lunar calendar, and of birthdays that are kept by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from donflow.domain.almanac.table import LUNAR_YEARS
from donflow.errors import N_, DonflowError

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2100
"""The years that the almanac promises; lunar days it knows from 1900 on, for who was born then."""


class OutsideAlmanac(DonflowError):
    code = "outside_almanac"
    message = N_("The almanac does not reach to {given}: it knows {first} to {last}.")


class NoSuchLunarDay(DonflowError):
    code = "no_such_lunar_day"
    message = N_("The lunar calendar has no day {given}.")


@dataclass(frozen=True, order=True)
class LunarDay:
    """A day of the lunar calendar; `is_leap` where its month repeats the one before it."""

    year: int
    month: int
    day: int
    is_leap: bool = False


@dataclass(frozen=True)
class LunarYear:
    """A lunar year: its first day, its leap month (0: none), the days of each month in turn."""

    first: date
    leap: int
    lengths: tuple[int, ...]

    def months(self) -> Iterator[tuple[int, bool, date, int]]:
        """Each month's number, whether it is the leap one, its first day, its days."""
        first = self.first
        for place, length in enumerate(self.lengths):
            after_leap = bool(self.leap) and place >= self.leap
            yield place + 1 - after_leap, after_leap and place == self.leap, first, length
            first += timedelta(days=length)


def lunar_of(day: date) -> LunarDay:
    """The lunar day of a day, by Beijing time.

    Raises OutsideAlmanac before the lunar year 1900 and after 2100.
    """
    years = _years()
    if not years[min(years)].first <= day <= date(LAST_YEAR, 12, 31):
        raise _outside(day, years[min(years)].first, date(LAST_YEAR, 12, 31))
    number = day.year if day >= years[day.year].first else day.year - 1
    for month, is_leap, first, length in _months(number):
        if day < first + timedelta(days=length):
            return LunarDay(number, month, (day - first).days + 1, is_leap)
    raise AssertionError(f"the table has a gap before {day}")


def solar_of(day: LunarDay) -> date:
    """The day on which a lunar day falls.

    Raises NoSuchLunarDay where its month is not in that year or is shorter, and OutsideAlmanac.
    """
    for month, is_leap, first, length in _months(day.year):
        if (month, is_leap) == (day.month, day.is_leap) and 1 <= day.day <= length:
            return first + timedelta(days=day.day - 1)
    raise NoSuchLunarDay(given=f"{day.year}-{day.month}-{day.day}{'*' * day.is_leap}")


def last_day_of(year: int, month: int) -> LunarDay:
    """The 29th or 30th of an ordinary month. Raises as `solar_of` does."""
    for number, is_leap, _, length in _months(year):
        if (number, is_leap) == (month, False):
            return LunarDay(year, month, length)
    raise NoSuchLunarDay(given=f"{year}-{month}")


def kept_on(year: int, month: int, day: int) -> date:
    """When a lunar month and day is kept in a lunar year: in the ordinary month, a 30th on the
    29th where the month has no 30th."""
    return solar_of(LunarDay(year, month, min(day, last_day_of(year, month).day)))


def lunar_birthday(born: date, year: int) -> date | None:
    """The lunar birthday in the lunar year `year` of who was born on this (solar) day.

    It may fall in the first weeks of the next solar year. None in the years before the birth.
    """
    birth = lunar_of(born)
    day = kept_on(year, birth.month, birth.day)
    return day if day >= born else None


def lunar_text(day: LunarDay) -> str:
    """Such as 正月初一, 闰二月十五, 十二月廿三; the year is left to the reader."""
    return f"{'闰' if day.is_leap else ''}{_MONTHS[day.month - 1]}月{_DAYS[day.day - 1]}"


def read_years(text: str) -> Mapping[int, LunarYear]:
    """The lunar years of a table as `tools/build_almanac.py` writes it."""
    years = {}
    for line in text.split("\n"):
        number, first, leap, lengths = line.split(" ")
        years[int(number)] = LunarYear(
            date.fromisoformat(f"{number}-{first}"), int(leap), tuple(29 + int(x) for x in lengths)
        )
    return years


@cache
def _years() -> Mapping[int, LunarYear]:
    return read_years(LUNAR_YEARS)


@cache
def _months(number: int) -> tuple[tuple[int, bool, date, int], ...]:
    years = _years()
    if number not in years:
        raise _outside(number, min(years), max(years))
    return tuple(years[number].months())


def _outside(given: object, first: object, last: object) -> OutsideAlmanac:
    return OutsideAlmanac(given=given, first=first, last=last)


_FIGURES: Final = "一二三四五六七八九十"
_MONTHS: Final = ("正", *_FIGURES[1:], "十一", "十二")
_DAYS: Final = (
    *(f"初{figure}" for figure in _FIGURES),
    *(f"十{figure}" for figure in _FIGURES[:9]),
    "二十",
    *(f"廿{figure}" for figure in _FIGURES[:9]),
    "三十",
)
