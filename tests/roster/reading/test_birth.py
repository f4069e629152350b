"""Dates of birth: as many places as were told, both where two are possible, none where none is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from donflow.roster.reading import birth
from donflow.roster.reading.birth import read_birth, read_birth_month, tells_months
from donflow.roster.reading.found import NOTHING
from donflow.sheets.reading import Cell
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1987.9", "1987-09"),
        ("1987.1", "1987-01"),
        ("1987.10", "1987-10"),
        (1987.9, "1987-09"),
        (1987.12, "1987-12"),
        (1987.02, "1987-02"),
        (1987.0, "1987"),
        ("87.9", "1987-09"),
        (68.2, "1968-02"),
        ("00.5", "2000-05"),
        ("1968/2", "1968-02"),
        ("1987年9月", "1987-09"),
        ("87年9月22日", "1987-09-22"),
        ("1987 年 9 月", "1987-09"),
        ("1987年元月", "1987-01"),
        ("1987年9月份", "1987-09"),
        ("一九六八年二月", "1968-02"),
        ("一九六八年十二月二十三日", "1968-12-23"),
        ("二〇〇一年十月", "2001-10"),
        ("１９８７．０９．２２", "1987-09-22"),
        ("1987。9", "1987-09"),
        ("19870922", "1987-09-22"),
        (19870922.0, "1987-09-22"),
        ("198709", "1987-09"),
        ("870922", "1987-09-22"),
        ("1985-00-00", "1985"),
        ("1985-06-00", "1985-06"),
        ("19850600", "1985-06"),
        ("生于1968年2月", "1968-02"),
        ("1968年2月生", "1968-02"),
        ("1987-09-22 00:00:00", "1987-09-22"),
        (date(1987, 9, 22), "1987-09-22"),
        (datetime(1987, 9, 22, tzinfo=UTC), "1987-09-22"),
        (31999.0, "1987-08-10"),
        ("9/22/1987", "1987-09-22"),
        ("Sep-87", "1987-09"),
        ("22-Sep-1987", "1987-09-22"),
    ],
)
def test_a_birth_has_as_many_places_as_were_told(cell: Cell, said: str) -> None:
    assert told(read_birth(cell)) == {"birth": said}


@pytest.mark.parametrize(
    ("cell", "both"),
    [
        (1987.1, ("1987-01", "1987-10")),
        (87.1, ("1987-01", "1987-10")),
        ("3/4/1987", ("1987-03-04", "1987-04-03")),
        (19879.0, ("1954-06-04", "1987-09")),
    ],
)
def test_two_possible_births_are_both_given_and_none_is_chosen(
    cell: Cell, both: tuple[str, ...]
) -> None:
    found = read_birth(cell)
    assert found.births == both
    assert not found.values


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1987-02-30", birth.NO_SUCH_DAY),
        ("1987.13", birth.NO_SUCH_DAY),
        ("2087.9", birth.NO_SUCH_DAY),
        ("12.5", birth.NO_BIRTH),
        ("87", birth.NO_BIRTH),
        ("1987.9/1988.1", birth.NO_BIRTH),
        ("大概记不清", birth.NO_BIRTH),
        ("约1968年", birth.NOT_EXACT),
        ("35岁", birth.NOT_EXACT),
        ("1968年农历八月", birth.NOT_EXACT),
    ],
)
def test_an_impossible_or_vague_birth_stays_unread(cell: str, reason: str) -> None:
    found = read_birth(cell)
    assert (told(found), found.births) == ({}, ())
    assert reasons(found) == [f"birth: {reason}"]


@pytest.mark.parametrize("cell", ["", "无", "不详", "-", "0", 0.0, "1900-01-00", "0000-00-00"])
def test_an_empty_birth_is_no_reason(cell: Cell) -> None:
    assert read_birth(cell) == NOTHING


def test_a_column_of_firsts_tells_months() -> None:
    firsts: list[Cell] = [date(1980 + year, 9, 1) for year in range(5)]
    assert tells_months([*firsts, "1987.9", ""])
    assert not tells_months([*firsts, date(1987, 9, 22)])
    assert not tells_months(firsts[:4])
    assert told(read_birth_month(date(1987, 9, 1))) == {"birth": "1987-09"}
    assert told(read_birth_month("1987.9.22")) == {"birth": "1987-09-22"}
