"""Working days as the notices settle them, and as they are guessed before."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donflow.domain.workdays import (
    Calendar,
    Due,
    Vacation,
    add_workdays,
    due,
    is_workday,
    workdays_between,
)
from donflow.engine.spec import Span, Unit

PLAIN = Calendar()
WINTER = Vacation(date(2026, 1, 24), date(2026, 3, 1))
SCHOOL = Calendar(vacations=(WINTER, Vacation(date(2026, 7, 11), date(2026, 8, 30))))
CALENDARS = st.sampled_from([PLAIN, SCHOOL])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 2), False),  # New Year's holiday, a Friday
        (date(2026, 1, 4), True),  # a Sunday worked for it
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), False),  # New Year's Eve, a Monday
        (date(2026, 2, 23), False),  # the last day of the holiday, a Monday
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # a Saturday
        (date(2026, 4, 6), False),  # Qingming, the Monday
        (date(2026, 5, 5), False),
        (date(2026, 5, 9), True),  # a Saturday
        (date(2026, 6, 19), False),  # Dragon Boat, a Friday
        (date(2026, 9, 20), True),  # a Sunday worked for National Day
        (date(2026, 9, 25), False),  # Mid-Autumn, a Friday
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday
        (date(2026, 10, 11), False),  # a plain Sunday
        (date(2026, 10, 12), True),  # a plain Monday
    ],
)
def test_moved_days_of_2026(day: date, expected: bool) -> None:
    assert is_workday(day, PLAIN) is expected


def test_every_day_of_the_announced_years_is_as_the_library_says() -> None:
    days = [date(2004, 1, 1) + timedelta(days=ahead) for ahead in range(366 + 22 * 365 + 5)]

    assert days[-1] == date(2026, 12, 31)
    assert [day for day in days if is_workday(day, PLAIN) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # Five working days from the Thursday before the Spring Festival of 2026.
        (date(2026, 2, 12), 1, Due(date(2026, 2, 13), False)),
        (date(2026, 2, 12), 2, Due(date(2026, 2, 14), False)),
        (date(2026, 2, 12), 3, Due(date(2026, 2, 24), False)),
        (date(2026, 2, 12), 5, Due(date(2026, 2, 26), False)),
        (date(2026, 2, 27), 1, Due(date(2026, 2, 28), False)),
        (date(2026, 2, 17), 1, Due(date(2026, 2, 24), False)),
        (date(2026, 9, 30), 1, Due(date(2026, 10, 8), False)),
        (date(2026, 10, 4), 0, Due(date(2026, 10, 4), False)),
        # Not announced: weekends and fixed holidays only.
        (date(2026, 12, 28), 1, Due(date(2026, 12, 29), True)),
        (date(2026, 12, 31), 1, Due(date(2027, 1, 4), True)),
        (date(2027, 4, 30), 1, Due(date(2027, 5, 3), True)),
        (date(2027, 9, 30), 1, Due(date(2027, 10, 4), True)),
    ],
)
def test_deadlines(start: date, count: int, expected: Due) -> None:
    assert add_workdays(start, count, PLAIN) == expected


def test_a_deadline_lies_ahead() -> None:
    with pytest.raises(ValueError):
        add_workdays(date(2026, 3, 2), -1, PLAIN)


def test_clocks_pause_in_a_vacation() -> None:
    assert add_workdays(date(2026, 1, 23), 2, SCHOOL) == Due(date(2026, 3, 3), False)
    assert workdays_between(date(2026, 1, 23), date(2026, 3, 3), SCHOOL) == 2


def test_an_override_moves_a_day_but_does_not_wake_a_vacation() -> None:
    sports_day, in_vacation = date(2026, 4, 17), date(2026, 2, 3)
    calendar = Calendar({sports_day: False, in_vacation: True}, SCHOOL.vacations)

    assert not is_workday(sports_day, calendar)
    assert add_workdays(date(2026, 4, 16), 1, calendar) == Due(date(2026, 4, 20), False)
    assert not is_workday(in_vacation, calendar)


def test_a_notice_given_as_overrides_ends_the_guessing() -> None:
    moved = {date(2027, 2, 5): False, date(2027, 2, 8): False, date(2027, 2, 7): True}
    part, whole = Calendar(moved), Calendar(moved, announced=frozenset({2027}))

    assert add_workdays(date(2027, 2, 4), 1, part) == Due(date(2027, 2, 7), True)
    assert add_workdays(date(2027, 2, 6), 1, part) == Due(date(2027, 2, 7), False)
    assert add_workdays(date(2027, 2, 4), 1, whole) == Due(date(2027, 2, 7), False)
    assert add_workdays(date(2027, 2, 7), 1, whole) == Due(date(2027, 2, 9), False)


def test_a_vacation_ends_after_it_begins() -> None:
    with pytest.raises(ValueError):
        Vacation(date(2026, 3, 1), date(2026, 1, 24))


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 2, 12), 3),
        (date(2026, 2, 23), 1),
        (date(2026, 2, 24), 0),
        (date(2026, 2, 25), -1),
        (date(2026, 3, 1), -4),
    ],
)
def test_what_is_left_and_how_long_it_is_overdue(today: date, left: int) -> None:
    assert workdays_between(today, date(2026, 2, 24), PLAIN) == left


def test_a_span_counts_working_days_or_days() -> None:
    friday = date(2026, 1, 23)

    assert due(friday, Span(5, Unit.WORKDAYS), PLAIN) == Due(date(2026, 1, 30), False)
    assert due(friday, Span(5, Unit.WORKDAYS), SCHOOL) == Due(date(2026, 3, 6), False)
    assert due(friday, Span(5, Unit.DAYS), SCHOOL) == Due(date(2026, 1, 28), False)


@given(DAYS, st.integers(0, 40), CALENDARS)
def test_adding_and_counting_agree(start: date, count: int, calendar: Calendar) -> None:
    deadline = add_workdays(start, count, calendar).on

    assert workdays_between(start, deadline, calendar) == count
    assert workdays_between(deadline, start, calendar) == -count
    assert count == 0 or is_workday(deadline, calendar)


@given(DAYS, DAYS, st.integers(0, 20), CALENDARS)
def test_a_later_start_never_has_an_earlier_deadline(
    one: date, other: date, count: int, calendar: Calendar
) -> None:
    first, second = sorted([one, other])

    earlier, later = (add_workdays(day, count, calendar).on for day in (first, second))

    assert earlier <= later
    assert add_workdays(first, count + 1, calendar).on > earlier


@given(DAYS, DAYS, DAYS, CALENDARS)
def test_counts_add_up(one: date, two: date, three: date, calendar: Calendar) -> None:
    through = workdays_between(one, two, calendar) + workdays_between(two, three, calendar)

    assert through == workdays_between(one, three, calendar)
