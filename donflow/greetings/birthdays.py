"""On which days of a span birthdays fall: keys that a query compares, no call for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from donflow.domain.almanac.lunar import OutsideAlmanac, lunar_birthday, lunar_of

FEBRUARY, MARCH = "february", "march"
"""How who was born on 29 February wishes to be greeted in other years."""


@dataclass(frozen=True)
class SolarKey:
    """That whoever was born on `month_day` (`MM-DD`) is greeted on a day.

    `leap_day` is empty, or the wish that the person must have told.
    """

    month_day: str
    leap_day: str
    on: date


@dataclass(frozen=True)
class LunarKey:
    """That whoever was born on the solar day `born` is greeted by the lunar calendar on a day."""

    born: str
    on: date


def solar_keys(first: date, last: date) -> Iterator[SolarKey]:
    """The keys of each day from `first` to `last`."""
    for day in days(first, last):
        yield SolarKey(f"{day:%m-%d}", "", day)
        if not _is_leap(day.year) and (day.month, day.day) == (2, 28):
            yield SolarKey("02-29", FEBRUARY, day)
        if not _is_leap(day.year) and (day.month, day.day) == (3, 1):
            yield SolarKey("02-29", MARCH, day)


def lunar_keys(births: Iterable[str], first: date, last: date) -> Iterator[LunarKey]:
    """The keys of these days of birth (`YYYY-MM-DD`, each once) that fall in the span.

    A day that never was, or that the almanac does not reach, has none.
    """
    years = range(lunar_of(first).year, lunar_of(last).year + 1)
    for born in births:
        for year in years:
            day = _in_lunar_year(born, year)
            if day is not None and first <= day <= last:
                yield LunarKey(born, day)


def days(first: date, last: date) -> Iterator[date]:
    """Every day of a span, both ends included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@lru_cache(maxsize=1 << 17)
def _in_lunar_year(born: str, year: int) -> date | None:
    """The same day of birth is asked again with every waking of the clock."""
    try:
        birth = date.fromisoformat(born)
        day = lunar_birthday(birth, year)
    except (ValueError, OutsideAlmanac):
        return None
    return day if day != birth else None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
