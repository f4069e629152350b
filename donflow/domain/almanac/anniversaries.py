"""Anniversaries of a school, a graduation and a gift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Milestone(StrEnum):
    """What makes a year more than another."""

    TENS = "tens"
    """整十, of a school."""
    FIVES = "fives"
    """逢五, of a school or a gift."""
    REUNION = "reunion"
    """秩年: 10, 20, 30 … years after graduation."""


@dataclass(frozen=True)
class Anniversary:
    """The `number`-th year, its day (None where only the year counts), and what it is more."""

    number: int
    on: date | None
    milestone: Milestone | None = None


def same_day_in(day: date, year: int, *, march: bool = False) -> date:
    """The day's anniversary in a year: of 29 February the 28th, or 1 March where wished."""
    if (day.month, day.day) != (2, 29):
        return day.replace(year=year)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if leap:
        return date(year, 2, 29)
    return date(year, 3, 1) if march else date(year, 2, 28)


def school_anniversary(founded: date, year: int) -> Anniversary | None:
    """The school's anniversary in a year; None before its first."""
    number = year - founded.year
    if number < 1:
        return None
    tens, fives = number % 10 == 0, number % 5 == 0
    milestone = Milestone.TENS if tens else Milestone.FIVES if fives else None
    return Anniversary(number, same_day_in(founded, year), milestone)


def gift_anniversary(received: date, year: int) -> Anniversary | None:
    """The anniversary in a year of a gift whose first money came on `received`."""
    number = year - received.year
    if number < 1:
        return None
    milestone = Milestone.FIVES if number % 5 == 0 else None
    return Anniversary(number, same_day_in(received, year), milestone)


def graduation_anniversary(graduated: int, year: int) -> Anniversary | None:
    """The years since graduation; tens are a reunion, kept on the school's anniversary."""
    number = year - graduated
    if number < 1:
        return None
    return Anniversary(number, None, Milestone.REUNION if number % 10 == 0 else None)
