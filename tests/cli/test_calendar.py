"""The forms of the calendar's commands, without an office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.desk import Desk


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """A desk without an office."""
    return Desk(tmp_path)


def test_a_year_is_told_day_by_day_and_needs_no_office(bare: Desk) -> None:
    days = bare("calendar year 2026 --json").data

    assert {tuple(day) for day in days} == {("date", "name", "kind", "lunar")}
    assert {day["kind"] for day in days} == {"solar_term", "festival", "statutory"}
    assert [day for day in days if day["date"] == "2026-02-17"] == [
        {"date": "2026-02-17", "name": "春节", "kind": "festival", "lunar": "正月初一"},
        {"date": "2026-02-17", "name": "春节放假", "kind": "statutory", "lunar": "正月初一"},
    ]
    assert {"date": "2026-02-04", "name": "立春", "kind": "solar_term", "lunar": ""} in days
    assert sorted(days, key=lambda day: day["date"]) == days
    assert not bare.home.exists()


def test_a_year_is_read_by_people_in_their_language(bare: Desk) -> None:
    assert "Start of Spring" in bare("--lang en calendar year 2026").out
    assert "法定放假" in bare("--lang zh_CN calendar year 2026").out


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2033-12-25", (2033, 11, 4, True)),
        ("2026-02-16", (2025, 12, 29, False)),
        ("1935-03-05", (1935, 2, 1, False)),
    ],
)
def test_a_lunar_day_has_four_keys(
    bare: Desk, day: str, expected: tuple[int, int, int, bool]
) -> None:
    keys = ("lunar_year", "lunar_month", "lunar_day", "is_leap")
    assert bare(f"calendar lunar {day} --json").data == dict(zip(keys, expected, strict=True))


@pytest.mark.parametrize(
    ("born", "year", "day"),
    [
        ("1968-09-06", 2028, "2028-09-02"),
        ("1995-01-30", 2026, "2027-02-05"),
        ("1995-01-30", 1990, None),
    ],
)
def test_a_lunar_birthday_is_a_date(bare: Desk, born: str, year: int, day: str | None) -> None:
    assert bare(f"calendar birthday {born} {year} --json").data == {"date": day}
    assert bare(f"calendar birthday {born} {year}").out


@pytest.mark.parametrize(
    "line",
    [
        "calendar year 1949",
        "calendar year 2101",
        "calendar year soon",
        "calendar lunar 2101-01-01",
        "calendar lunar 2026-02-30",
        "calendar birthday 1899-01-01 2026",
        "calendar birthday 1968-09-06 2101",
        "calendar year 2026 --json --xlsx x.xlsx",
    ],
)
def test_what_the_almanac_does_not_know_is_refused(bare: Desk, line: str) -> None:
    answer = bare(line, code=2)
    assert answer.err
    assert answer.out == ""
