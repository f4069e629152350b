"""Chinese working days: the State Council's notices, an office's overrides, school vacations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

from donflow.engine.spec import Span, Unit


@dataclass(frozen=True)
class Vacation:
    """A school vacation from `first` to `last`, both included, in which clocks pause."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the vacation ends on {self.last}, before it begins")


@dataclass(frozen=True)
class Calendar:
    """What an office knows beyond the library.

    `overrides`: whether a day is a working day, for notices newer than the library and for local
    rest days. `vacations` pause all clocks, also on days that an override makes working days.
    `announced`: the years that `overrides` settle completely, so that they are not provisional.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    vacations: tuple[Vacation, ...] = ()
    announced: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Due:
    """A deadline; `provisional` where it rests on days that no notice has settled yet."""

    on: date
    provisional: bool


def is_workday(day: date, calendar: Calendar) -> bool:
    """Whether clocks run on this day."""
    if any(vacation.first <= day <= vacation.last for vacation in calendar.vacations):
        return False
    override = calendar.overrides.get(day)
    return _is_statutory_workday(day) if override is None else override


def add_workdays(start: date, count: int, calendar: Calendar) -> Due:
    """The `count`-th working day after `start`, which does not count itself; 0 is `start`."""
    if count < 0:
        raise ValueError(f"a deadline lies ahead, not {count} working days")
    day, provisional = start, False
    while count:
        day += timedelta(days=1)
        provisional = provisional or not _is_settled(day, calendar)
        count -= is_workday(day, calendar)
    return Due(day, provisional)


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and with `end`; below zero where `end` lies before.

    From today to a deadline: what is left, or how long it is overdue.
    """
    if end < start:
        return -workdays_between(end, start, calendar)
    days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
    return sum(is_workday(day, calendar) for day in days)


def due(start: date, span: Span, calendar: Calendar) -> Due:
    """The last day of a span that begins after `start`; plain days run through vacations too."""
    match span.unit:
        case Unit.WORKDAYS:
            return add_workdays(start, span.count, calendar)
        case Unit.DAYS:
            return Due(start + timedelta(days=span.count), provisional=False)


def _is_statutory_workday(day: date) -> bool:
    # Imported here: the tables take time to load, and most commands count no days.
    from chinese_calendar.constants import holidays, workdays

    if day.year not in _years_of_library():
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS
    return day in workdays or (day.weekday() < 5 and day not in holidays)


def _is_settled(day: date, calendar: Calendar) -> bool:
    """Whether the notice that decides on this day is known, or the office has decided on it.

    The notice for a year also moves days around its New Year's Day: 2018-12-29 was a working
    Saturday by the notice for 2019.
    """
    notices = {day.year, (day + timedelta(days=3)).year}
    known = all(year in calendar.announced or year in _years_of_library() for year in notices)
    return known or day in calendar.overrides


@cache
def _years_of_library() -> range:
    from chinese_calendar.constants import holidays

    return range(min(holidays).year, max(holidays).year + 1)


# 全国年节及纪念日放假办法 art. 2, as amended with effect from 2025-01-01; feasts by the lunar
# calendar are left to the notice.
_FIXED_HOLIDAYS: Final = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
