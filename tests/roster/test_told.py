"""What a person tells field by field is read as a sheet is, and refused where a sheet leaves it."""

from __future__ import annotations

import pytest

from donflow.roster.reading.rows import Column
from donflow.roster.told import read_told


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (Column.STATUS, "已故", "已故"),
        (Column.GENDER, "女士", "女"),
        (Column.BIRTH, "1987年9月", "1987-09"),
        (Column.ENROL_YEAR, "2005级", "2005"),
        (Column.DEGREE, "硕士", "硕士"),
        (Column.CLASS_NO, "2班", "2"),
        (Column.CITY, "云州市", "云州"),
        (Column.NAME, "John Smith", "John Smith"),
        (Column.PHONE, "13900000003|13900000004", "+8613900000003|+8613900000004"),
    ],
)
def test_a_value_gets_its_normal_form(column: Column, text: str, value: str) -> None:
    found = read_told({column: text})
    assert found.values == {column: value}
    assert found.unread == ()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (Column.STATUS, "健在"),
        (Column.STATUS, "父亲已故"),
        (Column.GENDER, "foo"),
        (Column.BIRTH, "2090-01-01"),
        (Column.BIRTH, "01/02/1987"),
        (Column.ENROL_YEAR, "abc"),
        (Column.GRAD_YEAR, "3000"),
        (Column.DEGREE, "xyz"),
        (Column.DEGREE, "研究生"),
        (Column.ETHNICITY, "某族"),
        (Column.NAME, "王某"),
        (Column.PHONE, "139"),
        (Column.EMAIL, "liang"),
        (Column.EMPLOYER, "退休"),
        (Column.MAJOR, "会计" * 50),
        (Column.JOB_TITLE, "长" * 121),
    ],
)
def test_a_value_that_no_sheet_could_bring_is_refused(column: Column, text: str) -> None:
    found = read_told({column: text})
    assert column not in found.values
    assert [one.column for one in found.unread] == [column]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = read_told({Column.GENDER: "foo", Column.CITY: "云州", Column.DEGREE: "xyz"})
    assert found.values == {Column.CITY: "云州"}
    assert [one.column for one in found.unread] == [Column.GENDER, Column.DEGREE]


def test_what_a_text_says_beside_its_field_gives_way_to_what_is_told_of_that_field() -> None:
    found = read_told({Column.MAJOR: "2005级会计学", Column.ENROL_YEAR: "2006"})
    assert found.values == {Column.MAJOR: "会计学", Column.ENROL_YEAR: "2006"}
