"""The calendar: the whole corpus, and every day and term 1950-2100 by two libraries."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from donflow.domain.almanac import (
    TERMS,
    DayKind,
    LunarDay,
    Milestone,
    NoSuchLunarDay,
    OutsideAlmanac,
    festival_days,
    gift_anniversary,
    graduation_anniversary,
    lunar_birthday,
    lunar_dates,
    lunar_of,
    lunar_text,
    same_day_in,
    school_anniversary,
    solar_of,
    term_day,
)
from donflow.domain.almanac.lunar import read_years
from donflow.domain.almanac.table import LUNAR_YEARS, TERM_DAYS
from donflow.domain.almanac.terms import read_terms
from tools import build_almanac

VECTORS = Path(__file__).parents[1] / "vectors"
YEARS = range(1950, 2101)


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


FESTIVALS, SOLAR_TERMS = rows("festivals.csv"), rows("solar_terms.csv")


# The corpus


@pytest.mark.parametrize("year", sorted({int(row["year"]) for row in FESTIVALS}))
def test_terms_and_festivals_fall_as_in_the_corpus_and_no_others(year: int) -> None:
    def found(kind: DayKind) -> list[tuple[str, str, str]]:
        return [
            (str(day.date), day.zh, day.lunar) for day in festival_days(year) if day.kind == kind
        ]

    terms = [(row["date"], row["term"], "") for row in SOLAR_TERMS if row["year"] == str(year)]
    festivals = [
        (row["date"], row["festival"], row["lunar"].partition("年")[2])
        for row in FESTIVALS
        if row["year"] == str(year)
    ]

    assert found(DayKind.SOLAR_TERM) == terms
    labour_day = (f"{year}-05-01", "劳动节", "")
    assert sorted(found(DayKind.FESTIVAL)) == sorted([*festivals, labour_day])


@pytest.mark.parametrize("row", rows("lunar_dates.csv"), ids=lambda row: row["gregorian"])
def test_a_day_and_its_lunar_day_are_those_of_the_corpus(row: dict[str, str]) -> None:
    day = LunarDay(
        int(row["lunar_year"]),
        int(row["lunar_month"]),
        int(row["lunar_day"]),
        row["is_leap"] == "1",
    )

    assert lunar_of(date.fromisoformat(row["gregorian"])) == day
    assert str(solar_of(day)) == row["gregorian"]
    assert f"{day.year}年{lunar_text(day)}" == row["text"]


@pytest.mark.parametrize(
    "row", rows("lunar_birthdays.csv"), ids=lambda row: f"{row['birth']} {row['year']}"
)
def test_a_lunar_birthday_is_that_of_the_corpus(row: dict[str, str]) -> None:
    day = lunar_birthday(date.fromisoformat(row["birth"]), int(row["year"]))

    assert str(day) == row["date"]
    assert str(day) in row["accept"].split("|")


MILESTONES = {
    Milestone.TENS: "整十",
    Milestone.FIVES: "逢五",
    Milestone.REUNION: "秩年",
    None: "",
}


@pytest.mark.parametrize(
    "row", rows("anniversaries.csv"), ids=lambda row: f"{row['kind']} {row['year']}"
)
def test_an_anniversary_is_that_of_the_corpus(row: dict[str, str]) -> None:
    year = int(row["year"])
    match row["kind"]:
        case "reunion":
            found = graduation_anniversary(int(row["base"]), year)
        case "school":
            found = school_anniversary(date.fromisoformat(row["base"]), year)
        case _:
            found = gift_anniversary(date.fromisoformat(row["base"]), year)

    assert found is not None
    assert found.number == int(row["number"])
    assert str(found.on or "") == row["date"]
    assert MILESTONES[found.milestone] == row["milestone"]


# Every year, by two libraries


@pytest.fixture(scope="module")
def sources() -> build_almanac.Sources:
    pytest.importorskip("sxtwl", reason="sxtwl, which reckons the calendar apart, is not installed")
    return build_almanac.ask()


def test_every_lunar_day_since_1900_is_as_both_libraries_have_it_but_for_a_month_of_2057(
    sources: build_almanac.Sources,
) -> None:
    ours = read_years(LUNAR_YEARS)

    assert build_almanac.partings(ours, sources.years) == ()
    (run,) = build_almanac.partings(ours, sources.other_years)
    assert (run[0], run[-1], len(run)) == (date(2057, 9, 28), date(2057, 10, 27), 30)


def test_every_term_is_as_both_libraries_have_it(sources: build_almanac.Sources) -> None:
    ours = {year: tuple(days.values()) for year, days in read_terms(TERM_DAYS).items()}

    assert list(ours) == list(YEARS)
    assert ours == sources.terms == sources.other_terms


@pytest.mark.parametrize("year", [1900, 1951, 2026, 2033, 2100])
def test_a_flipped_month_is_noticed(year: int, sources: build_almanac.Sources) -> None:
    line = next(line for line in LUNAR_YEARS.split("\n") if line.startswith(str(year)))
    flipped = line[:-1] + str(1 - int(line[-1]))

    ours = read_years(LUNAR_YEARS.replace(line, flipped))

    assert len(build_almanac.partings(ours, sources.years)) == 1


def test_a_moved_leap_month_is_noticed(sources: build_almanac.Sources) -> None:
    ours = read_years(LUNAR_YEARS.replace("2033 01-31 11 ", "2033 01-31 7 "))

    (run,) = build_almanac.partings(ours, sources.years)

    assert (run[0], run[-1]) == (date(2033, 8, 25), date(2034, 1, 19))


def test_a_parting_that_nobody_decided_stops_the_build(sources: build_almanac.Sources) -> None:
    with pytest.raises(build_almanac.Parted, match="2057"):
        build_almanac.build(sources, decided=frozenset())
    moved = {**sources.other_terms, 2026: sources.other_terms[2027]}
    with pytest.raises(build_almanac.Parted, match="2026"):
        build_almanac.build(replace(sources, other_terms=moved))


def test_the_table_is_the_one_the_tool_writes(sources: build_almanac.Sources) -> None:
    assert build_almanac.build(sources) == build_almanac.TABLE.read_text("utf-8")


def test_every_day_is_read_from_the_table_as_it_stands_in_it() -> None:
    """The walk through the table, forth and back, against a count of days from its first."""
    day = date(1900, 1, 31)
    for number, year in read_years(LUNAR_YEARS).items():
        assert day == year.first
        for month, is_leap, _, length in year.months():
            for no in range(1, length + 1):
                if day <= date(2100, 12, 31):
                    assert lunar_of(day) == LunarDay(number, month, no, is_leap)
                assert solar_of(LunarDay(number, month, no, is_leap)) == day
                day += timedelta(days=1)
    assert day == date(2101, 1, 29)


# Where sources part, and what is odd


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        ("2033-08-25", "八月初一"),
        ("2033-09-08", "八月十五"),
        ("2033-12-22", "闰十一月初一"),
        ("2034-01-19", "闰十一月廿九"),
        ("2034-02-19", "正月初一"),
        ("1984-11-23", "闰十月初一"),
        ("2057-09-28", "八月三十"),
        ("2057-10-07", "九月初九"),
        ("2089-09-18", "八月十五"),
        ("2097-08-13", "七月初七"),
        ("1978-09-17", "八月十五"),
    ],
)
def test_days_on_which_older_tables_err_or_part(day: str, lunar: str) -> None:
    assert lunar_text(lunar_of(date.fromisoformat(day))) == lunar


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("1951-12-23", "dongzhi"),
        ("1979-01-20", "dahan"),
        ("1950-04-20", "guyu"),
        ("2008-05-21", "xiaoman"),
        ("2021-12-21", "dongzhi"),
    ],
)
def test_terms_within_a_minute_of_midnight(day: str, term: str) -> None:
    assert str(term_day(int(day[:4]), term)) == day


def test_a_solar_year_holds_the_laba_festival_once_twice_or_never() -> None:
    counts = {year: len(lunar_dates(year, 12, 8)) for year in YEARS}

    assert counts[1965] == 2
    assert counts[1966] == 0
    assert set(counts.values()) == {0, 1, 2}


@pytest.mark.parametrize("year", range(2004, 2027))
def test_days_off_by_law_are_those_of_the_notices(year: int) -> None:
    """The notices add days that are moved; those that the law gives are never worked."""
    given = {day.date for day in festival_days(year) if day.kind == DayKind.STATUTORY}

    assert all(chinese_calendar.is_holiday(day) for day in given)


@pytest.mark.parametrize(
    ("year", "count"),
    [(1950, 7), (1999, 8), (2000, 10), (2008, 11), (2014, 11), (2024, 11), (2025, 13)],
)
def test_the_law_gives_so_many_days_off(year: int, count: int) -> None:
    assert sum(day.kind == DayKind.STATUTORY for day in festival_days(year)) == count


def test_the_days_off_of_2025_are_told_by_name_on_their_days() -> None:
    days = [(f"{day.date:%m-%d}", day.zh) for day in festival_days(2025) if day.kind == "statutory"]

    assert days == [
        ("01-01", "元旦放假"),
        ("01-28", "春节放假"),
        ("01-29", "春节放假"),
        ("01-30", "春节放假"),
        ("01-31", "春节放假"),
        ("04-04", "清明节放假"),
        ("05-01", "劳动节放假"),
        ("05-02", "劳动节放假"),
        ("05-31", "端午节放假"),
        ("10-01", "国庆节放假"),
        ("10-02", "国庆节放假"),
        ("10-03", "国庆节放假"),
        ("10-06", "中秋节放假"),
    ]


def test_there_is_no_birthday_before_the_birth() -> None:
    assert lunar_birthday(date(1968, 9, 6), 1967) is None
    assert lunar_birthday(date(1968, 9, 6), 1969) == date(1969, 8, 26)


def test_whoever_was_born_since_1900_has_a_lunar_birthday() -> None:
    assert lunar_birthday(date(1900, 1, 31), 2027) == date(2027, 2, 6)


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 1)])
def test_a_day_outside_is_refused(day: date) -> None:
    with pytest.raises(OutsideAlmanac):
        lunar_of(day)


@pytest.mark.parametrize("year", [1949, 2101])
def test_a_year_outside_is_refused(year: int) -> None:
    with pytest.raises(OutsideAlmanac):
        festival_days(year)
    with pytest.raises(OutsideAlmanac):
        term_day(year, next(iter(TERMS)))


@pytest.mark.parametrize(
    "day",
    [
        LunarDay(2026, 12, 30),
        LunarDay(2026, 6, 1, True),
        LunarDay(2026, 13, 1),
        LunarDay(2026, 1, 0),
    ],
)
def test_a_lunar_day_that_is_not_is_refused(day: LunarDay) -> None:
    with pytest.raises(NoSuchLunarDay):
        solar_of(day)


@pytest.mark.parametrize(
    ("year", "march", "expected"),
    [
        (2024, False, "2024-02-29"),
        (2027, False, "2027-02-28"),
        (2027, True, "2027-03-01"),
        (2100, False, "2100-02-28"),
        (2000, True, "2000-02-29"),
    ],
)
def test_the_29th_of_february_is_kept_as_wished(year: int, march: bool, expected: str) -> None:
    assert str(same_day_in(date(1960, 2, 29), year, march=march)) == expected


def test_no_anniversary_is_counted_in_the_first_year() -> None:
    assert gift_anniversary(date(2026, 5, 1), 2026) is None
    assert school_anniversary(date(1952, 10, 18), 1952) is None
    assert graduation_anniversary(2005, 2005) is None
