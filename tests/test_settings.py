"""What donflow.toml may say of vacations and the school; what is wrong is named with its line."""

import re

import pytest

from donflow.settings import (
    WrongSchoolDay,
    WrongSettings,
    WrongVacation,
    founding_day,
    read_text,
)

WHOLE = '[[vacations]]\nname = "寒假"\nfirst = 2027-01-16\nlast = 2027-02-21\n'


def test_a_whole_vacation_is_read() -> None:
    (vacation,) = read_text(WHOLE, {}).vacations
    assert (vacation.name, vacation.last.year) == ("寒假", 2027)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{WHOLE}[[vacations]]\n", 5),
        (f'{WHOLE}\n[[vacations]]\nname = "暑假"\nfirst = 2027-07-10\n', 6),
        (f"[[vacations]]\nfirst = 2027-07-10\nlast = 2027-08-20\n{WHOLE}", 1),
        (f"{WHOLE}{WHOLE.replace('2027-02', '2026-02')}", 5),
        ("vacations = [1]\n", 1),
    ],
)
def test_one_that_is_not_whole_is_named_by_its_line(text: str, line: int) -> None:
    with pytest.raises(WrongVacation) as wrong:
        read_text(text, {})
    assert wrong.value.values["line"] == line


@pytest.mark.parametrize("extra", ["colour = 1", "first = 'soon'"])
def test_a_field_that_is_none_of_a_vacation_is_named(extra: str) -> None:
    key = extra.split()[0]
    text = f"{re.sub(rf'{key} = .*', '', WHOLE)}{extra}\n"
    with pytest.raises(WrongSettings) as wrong:
        read_text(text, {})
    assert wrong.value.values["key"] == key


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ('founded = "1952-10-18"', "1952-10-18"),
        ('founded = "1952"', None),
        ('school_anniversary = "10-18"', None),
        ('founded = "1952"\nschool_anniversary = "10-18"', "1952-10-18"),
        ('founded = "1952-03-01"\nschool_anniversary = "10-18"', "1952-10-18"),
    ],
)
def test_anniversaries_of_the_school_count_from_its_founding(text: str, day: str | None) -> None:
    found = founding_day(read_text(text, {}))
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('founded = "1952-02-30"', 1),
        ('founded = "autumn 1952"', 1),
        ('school = "管理学院"\nschool_anniversary = "13-01"', 2),
        ('school_anniversary = "10月18日"', 1),
        ('founded = "1953"\nschool_anniversary = "02-30"', 2),
    ],
)
def test_a_founding_that_cannot_be_is_named_by_its_line(text: str, line: int) -> None:
    with pytest.raises(WrongSchoolDay) as wrong:
        read_text(text, {})
    assert wrong.value.values["line"] == line
