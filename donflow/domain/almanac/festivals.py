"""A year's solar terms, festivals and statutory days off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from donflow.domain.almanac.lunar import (
    FIRST_YEAR,
    LAST_YEAR,
    OutsideAlmanac,
    kept_on,
    last_day_of,
    lunar_of,
    lunar_text,
    solar_of,
)
from donflow.domain.almanac.terms import TERMS, term_day
from donflow.errors import Label


class DayKind(StrEnum):
    """What a day of the almanac is; one date may be several."""

    SOLAR_TERM = "solar_term"
    FESTIVAL = "festival"
    STATUTORY = "statutory"


@dataclass(frozen=True)
class Day:
    """A named day; `lunar` such as 正月初一 where it goes by the lunar calendar, else empty."""

    date: date
    code: str
    zh: str
    en: str
    kind: DayKind
    lunar: str = ""


def festival_days(year: int) -> tuple[Day, ...]:
    """All terms, festivals and statutory days of a solar year, in order.

    A festival of the twelfth lunar month may fall in it twice or never. Raises OutsideAlmanac
    outside 1950-2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideAlmanac(given=year, first=FIRST_YEAR, last=LAST_YEAR)
    order = list(DayKind)
    days = [*_terms(year), *_festivals(year), *_statutory(year)]
    return tuple(sorted(days, key=lambda day: (day.date, order.index(day.kind))))


def lunar_dates(year: int, month: int, day: int | None) -> tuple[date, ...]:
    """The dates in a solar year of a lunar month and day; `day` None is the month's last."""
    found = (
        solar_of(last_day_of(number, month)) if day is None else kept_on(number, month, day)
        for number in (year - 1, year)
    )
    return tuple(date for date in found if date.year == year)


_Rule = Callable[[int], tuple[date, ...]]


def _fixed(month: int, day: int) -> _Rule:
    return lambda year: (date(year, month, day),)


def _lunar(month: int, day: int | None) -> _Rule:
    return lambda year: lunar_dates(year, month, day)


FESTIVALS: Final[Mapping[str, tuple[Label, _Rule, bool]]] = {
    "new_year": (Label("元旦", "New Year's Day"), _fixed(1, 1), False),
    "laba": (Label("腊八节", "Laba Festival"), _lunar(12, 8), True),
    "little_new_year_north": (
        Label("北方小年", "Little New Year in the north"),
        _lunar(12, 23),
        True,
    ),
    "little_new_year_south": (
        Label("南方小年", "Little New Year in the south"),
        _lunar(12, 24),
        True,
    ),
    "new_years_eve": (
        Label("除夕", "New Year's Eve by the lunar calendar"),
        _lunar(12, None),
        True,
    ),
    "spring_festival": (Label("春节", "Spring Festival"), _lunar(1, 1), True),
    "lantern": (Label("元宵节", "Lantern Festival"), _lunar(1, 15), True),
    "qingming": (
        Label("清明节", "Tomb-Sweeping Day"),
        lambda year: (term_day(year, "qingming"),),
        False,
    ),
    "labour_day": (Label("劳动节", "Labour Day"), _fixed(5, 1), False),
    "dragon_boat": (Label("端午节", "Dragon Boat Festival"), _lunar(5, 5), True),
    "qixi": (Label("七夕节", "Qixi Festival"), _lunar(7, 7), True),
    "zhongyuan": (Label("中元节", "Zhongyuan Festival"), _lunar(7, 15), True),
    "mid_autumn": (Label("中秋节", "Mid-Autumn Festival"), _lunar(8, 15), True),
    "teachers_day": (Label("教师节", "Teachers' Day"), _fixed(9, 10), False),
    "national_day": (Label("国庆节", "National Day"), _fixed(10, 1), False),
    "double_ninth": (Label("重阳节", "Double Ninth Festival"), _lunar(9, 9), True),
}
"""By code: the name, its dates in a solar year, whether it goes by the lunar calendar."""

# 全国年节及纪念日放假办法 art. 2 (until 1999: 全国年节及纪念日放假办法 of 1949-12-23) and what each
# amendment changed, by the year it is first felt in: how many days from the festival on the days
# off begin, and how many they are.
_DAYS_OFF: Final[Mapping[int, Mapping[str, tuple[int, int]]]] = {
    1950: {
        "new_year": (0, 1),
        "spring_festival": (0, 3),
        "labour_day": (0, 1),
        "national_day": (0, 2),
    },
    1999: {"national_day": (0, 3)},
    2000: {"labour_day": (0, 3)},
    2008: {
        "spring_festival": (-1, 3),
        "qingming": (0, 1),
        "labour_day": (0, 1),
        "dragon_boat": (0, 1),
        "mid_autumn": (0, 1),
    },
    2014: {"spring_festival": (0, 3)},
    2025: {"spring_festival": (-1, 4), "labour_day": (0, 2)},
}


def _terms(year: int) -> Iterator[Day]:
    for code, name in TERMS.items():
        yield Day(term_day(year, code), code, name.zh, name.en, DayKind.SOLAR_TERM)


def _festivals(year: int) -> Iterator[Day]:
    for code, (name, rule, is_lunar) in FESTIVALS.items():
        for day in rule(year):
            yield Day(day, code, name.zh, name.en, DayKind.FESTIVAL, _text(day, is_lunar))


def _statutory(year: int) -> Iterator[Day]:
    in_force: dict[str, tuple[int, int]] = {}
    for since, changed in _DAYS_OFF.items():
        in_force |= changed if since <= year else {}
    for code, (ahead, count) in in_force.items():
        name, rule, is_lunar = FESTIVALS[code]
        for festival in rule(year):
            for further in range(ahead, ahead + count):
                day = festival + timedelta(days=further)
                zh, en = f"{name.zh}放假", f"{name.en} (day off)"
                yield Day(day, code, zh, en, DayKind.STATUTORY, _text(day, is_lunar))


def _text(day: date, is_lunar: bool) -> str:
    return lunar_text(lunar_of(day)) if is_lunar else ""
