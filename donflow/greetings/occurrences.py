"""On which days each rhythm has an occasion, until when its letters may go, and at what moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from donflow.domain.almanac import same_day_in
from donflow.domain.occasions import Function, Occasion, days_of
from donflow.greetings.audiences import ALL, DONORS
from donflow.greetings.birthdays import days
from donflow.greetings.models import Rhythm


class Given(StrEnum):
    """Who of a segment has an occasion on its day."""

    ALL = "all"
    BORN = "born"
    """Whose birthday it is."""
    GAVE = "gave"
    """Whose gift's first money came on that day of an earlier year."""
    GRADUATED = "graduated"
    """Who graduated a number of tens of years ago."""


SCHOOL, REUNION = "school_anniversary", "reunion"
BY_FUNCTION: Final[Mapping[str, Given]] = {
    "birthday": Given.BORN,
    "gift_anniversary": Given.GAVE,
    REUNION: Given.GRADUATED,
    SCHOOL: Given.ALL,
}
"""Those that a rhythm may plan; the others follow from an act or from a gift's terms."""


@dataclass(frozen=True)
class Occurrence:
    """One day of one rhythm's occasion.

    `expires_on` is the last day, by the addressee's calendar, on which its letter may still go.
    `fresh`: the day was never planned for this rhythm.
    """

    rhythm: int
    segment: str
    occasion: str
    given: Given
    on: date
    expires_on: date
    channel: str | None
    hour: int
    personal: bool
    fresh: bool


def occurrences_of(
    rhythms: Iterable[Rhythm],
    occasions: Mapping[str, Occasion],
    *,
    anniversary: str,
    today: date,
    through: date,
) -> Iterator[Occurrence]:
    """Every day of the active rhythms that is to be planned, those missed since the last included.

    `anniversary` is the school's day as `MM-DD`, empty where none is set. A rhythm whose occasion
    is no longer in the list has no days.
    """
    for rhythm in sorted(rhythms, key=_precedence):
        occasion = occasions.get(rhythm.occasion)
        if not rhythm.active or occasion is None or not has_rhythm(occasion):
            continue
        planned = rhythm.planned_through
        first = today if planned is None else min(planned + timedelta(days=1), today)
        last = through if planned is None else max(planned, through)
        later = occasion.tolerance_days if rhythm.tolerance_days is None else rhythm.tolerance_days
        for day in days_of_rhythm(occasion, anniversary, first, last):
            yield Occurrence(
                rhythm=rhythm.id,
                segment=rhythm.segment,
                occasion=occasion.code,
                given=BY_FUNCTION.get(_function(occasion), Given.ALL),
                on=day,
                expires_on=day + timedelta(days=later),
                channel=rhythm.channel,
                hour=rhythm.send_hour,
                personal=occasion.personal,
                fresh=planned is None or day > planned,
            )


def has_rhythm(occasion: Occasion) -> bool:
    """Whether a rhythm can greet on it: it has days of its own, or each person has."""
    return not isinstance(occasion.rule, Function) or occasion.rule.name in BY_FUNCTION


def days_of_rhythm(occasion: Occasion, anniversary: str, first: date, last: date) -> Iterator[date]:
    """The days of an occasion in a span: each day, for what each person has a day of their own."""
    function = _function(occasion)
    years = range(first.year, last.year + 1)
    if function in (SCHOOL, REUNION):
        found: Iterator[date] = (day for year in years for day in _yearly(anniversary, year))
    elif function in BY_FUNCTION:
        found = days(first, last)
    else:
        found = (day for year in years for day in days_of(occasion, year))
    return (day for day in found if first <= day <= last)


def due_at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment of a wall clock's hour: after a gap the hour that follows, of two the first."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def _function(occasion: Occasion) -> str:
    return occasion.rule.name if isinstance(occasion.rule, Function) else ""


def _yearly(anniversary: str, year: int) -> Iterator[date]:
    if anniversary:
        yield same_day_in(date.fromisoformat(f"{LEAP_YEAR}-{anniversary}"), year)


def _precedence(rhythm: Rhythm) -> tuple[int, int]:
    """Of two rhythms for one occasion the narrower one writes the letter."""
    breadth = {DONORS: 1, ALL: 2}.get(rhythm.segment, 0)
    return breadth, rhythm.id


LEAP_YEAR: Final = 2000
"""A year that has every day of any year."""
