"""Days and moments of rhythms, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from donflow.greetings.birthdays import lunar_keys, solar_keys
from donflow.greetings.brake import is_far_above
from donflow.greetings.occurrences import due_at


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        (date(2026, 9, 25), 9, "Asia/Shanghai", datetime(2026, 9, 25, 1, tzinfo=UTC)),
        # 02:00 does not exist that night: the hour that follows.
        (date(2026, 3, 8), 2, "America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
        # 01:00 comes twice: the first.
        (date(2026, 11, 1), 1, "America/New_York", datetime(2026, 11, 1, 5, tzinfo=UTC)),
        # Summer time in China.
        (date(1988, 7, 1), 9, "Asia/Shanghai", datetime(1988, 7, 1, 0, tzinfo=UTC)),
        # A day that Samoa never had: the same hour of the next.
        (date(2011, 12, 30), 9, "Pacific/Apia", datetime(2011, 12, 30, 19, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_the_wall_clock(
    day: date, hour: int, zone: str, moment: datetime
) -> None:
    assert due_at(day, hour, ZoneInfo(zone)) == moment


@pytest.mark.parametrize(
    ("letters", "forecast", "stopped"),
    [
        (40, None, False),
        (40, 20, False),
        (41, 20, True),
        (23, 3, True),
        (22, 3, False),
        (2, 0, False),
        (20, 0, True),
        (1000, 500, False),
        (1001, 500, True),
    ],
)
def test_the_brake_holds_above_twice_the_forecast_and_twenty_more(
    letters: int, forecast: int | None, stopped: bool
) -> None:
    assert is_far_above(letters, forecast) is stopped


def test_29_february_is_kept_on_either_day_of_other_years() -> None:
    keys = [
        (k.month_day, k.leap_day, k.on.day) for k in solar_keys(date(2027, 2, 28), date(2027, 3, 1))
    ]
    assert keys == [
        ("02-28", "", 28),
        ("02-29", "february", 28),
        ("03-01", "", 1),
        ("02-29", "march", 1),
    ]
    leap = [k.month_day for k in solar_keys(date(2028, 2, 28), date(2028, 3, 1))]
    assert leap == ["02-28", "02-29", "03-01"]


def test_lunar_birthdays_come_once_a_lunar_year_and_never_for_days_that_were_not() -> None:
    births = ["1905-12-31", "1906-05-23", "1906-13-40", "1890-01-01"]
    keys = list(lunar_keys(births, date(2027, 1, 1), date(2027, 12, 31)))
    assert [(key.born, f"{key.on}") for key in keys] == [
        ("1905-12-31", "2027-01-13"),  # 十二月初六
        ("1906-05-23", "2027-05-06"),
    ]
