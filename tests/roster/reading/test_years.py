"""Years of entry and of graduation, by the words of the cell and by its header."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from donflow.roster.reading import years
from donflow.roster.reading.found import NOTHING
from donflow.roster.reading.rows import Column
from donflow.roster.reading.years import read_period, read_year
from donflow.sheets.reading import Cell
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("87级", "1987"),
        ("2005级", "2005"),
        ("2005年级", "2005"),
        ("16", "2016"),
        ("05", "2005"),
        (5.0, "2005"),
        (99.0, "1999"),
        (2005.0, "2005"),
        ("2016春", "2016"),
        ("2003秋", "2003"),
        ("2016年春季", "2016"),
        ("2016（春）", "2016"),
        ("2009.9", "2009"),
        (2009.9, "2009"),
        ("2009年9月", "2009"),
        ("2009/9/1", "2009"),
        ("200909", "2009"),
        (20090901.0, "2009"),
        (datetime(2009, 9, 1, tzinfo=UTC), "2009"),
        (41883.0, "2014"),
        ("二〇〇五级", "2005"),
        ("05级本科", "2005"),
        ("2005年入学", "2005"),
        ("2005-09", "2005"),
    ],
)
def test_a_year_of_entry_is_read_in_every_style(cell: Cell, year: str) -> None:
    assert told(read_year(cell, Column.ENROL_YEAR)) == {"enrol_year": year}


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2009届", "2009"),
        ("09届", "2009"),
        ("2009年6月30日", "2009"),
        ("2009年7月毕业", "2009"),
        ("2014-06", "2014"),
        (2003.6, "2003"),
        ("2022-06-30 00:00:00", "2022"),
    ],
)
def test_a_year_of_graduation_is_read_in_every_style(cell: Cell, year: str) -> None:
    assert told(read_year(cell, Column.GRAD_YEAR)) == {"grad_year": year}


@pytest.mark.parametrize("column", [Column.ENROL_YEAR, Column.GRAD_YEAR, None])
def test_a_cell_speaks_before_its_header(column: Column | None) -> None:
    assert told(read_year("2005级", column)) == {"enrol_year": "2005"}
    assert told(read_year("2009届", column)) == {"grad_year": "2009"}


@pytest.mark.parametrize(
    "cell",
    [
        "2005-2009",
        "2005~2009",
        "05-09",
        "2005.9-2009.7",
        "2005年9月至2009年7月",
        "2005-09-01至2009-06-30",
        "200509-200907",
        "2005级/2009届",
        "2005级（2009届）",
    ],
)
def test_a_range_says_both(cell: str) -> None:
    both = {"enrol_year": "2005", "grad_year": "2009"}
    assert told(read_period(cell)) == both
    if cell != "05-09":
        assert told(read_year(cell, Column.ENROL_YEAR)) == both


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("三年级", years.NO_YEAR),
        ("在读", years.NO_YEAR),
        ("1899", years.NO_YEAR),
        ("第三届", years.NO_YEAR),
        ("2005、2006", years.NO_YEAR),
        ("2005级、2006级", years.TWO),
    ],
)
def test_what_is_not_one_year_stays_unread(cell: str, reason: str) -> None:
    found = read_year(cell, Column.GRAD_YEAR)
    assert reasons(found) == [f"grad_year: {reason}"]
    assert not found.values


def test_a_bare_year_without_a_header_is_neither() -> None:
    for cell in ("2005", "2005-09"):
        assert reasons(read_period(cell)) == [f"enrol_year: {years.WHICH}"]


@pytest.mark.parametrize("cell", ["", "-", "无", "不详", "0"])
def test_an_empty_year_is_no_reason(cell: str) -> None:
    assert read_year(cell, Column.ENROL_YEAR) == NOTHING
