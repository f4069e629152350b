"""Rows put together: own cells, titles and groups above, and what must not be made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from donflow.roster.reading import degrees, gender
from donflow.roster.reading.reading import read_sheet
from donflow.roster.reading.rows import Row
from donflow.roster.reading.table import Field, Line, SheetTables, Table, TableColumn
from donflow.sheets.reading import Cell


def read(
    fields: Sequence[Field],
    *rows: Sequence[Cell],
    title: str = "Sheet1",
    headings: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
) -> list[Row]:
    columns = tuple(TableColumn(place, one.value, one) for place, one in enumerate(fields))
    lines = tuple(Line(number, list(row), groups) for number, row in enumerate(rows, start=4))
    sheet = SheetTables(title, False, (Table(columns, lines, headings),), (), ())
    return list(read_sheet(sheet).rows)


def told(row: Row) -> dict[str, str]:
    return {column.value: value for column, value in row.values.items()}


def reasons(row: Row) -> list[str]:
    return [f"{one.column.value}: {one.reason.message}" for one in row.unread]


def test_group_title_and_sheet_speak_where_the_row_is_silent_the_nearest_first() -> None:
    rows = read(
        [Field.NAME, Field.ENROL_YEAR],
        ["梁启舟", ""],
        ["林秘书", "2006级"],
        title="2004级本科",
        headings=("管理学院校友名单（本科）",),
        groups=("会计学专业", "2005级2班"),
    )
    said = {"degree": "本科", "major": "会计学", "class_no": "2"}
    assert told(rows[0]) == said | {"name": "梁启舟", "enrol_year": "2005"}
    assert told(rows[1]) == said | {"name": "林秘书", "enrol_year": "2006"}
    assert rows[0].ref == "2004级本科!4"


def test_what_a_row_says_and_nobody_can_read_is_not_filled_from_above() -> None:
    (row,) = read([Field.NAME, Field.DEGREE], ["梁启舟", "博士后"], title="本科校友")
    assert told(row) == {"name": "梁启舟"}
    assert reasons(row) == [f"degree: {degrees.NO_DEGREE}"]


def test_the_year_of_graduation_is_never_derived_from_the_entry() -> None:
    (row,) = read([Field.NAME, Field.ENROL_YEAR, Field.GRAD_YEAR], ["梁启舟", "2005级", ""])
    assert told(row) == {"name": "梁启舟", "enrol_year": "2005"}


@pytest.mark.parametrize(
    ("enrolled", "left", "degree"),
    [("2011", "2014", "硕士"), ("2011", "2015", "博士"), ("2011", "", None)],
)
def test_a_postgraduate_is_settled_by_length_of_study_or_stays_unread(
    enrolled: str, left: str, degree: str | None
) -> None:
    (row,) = read(
        [Field.NAME, Field.DEGREE, Field.ENROL_YEAR, Field.GRAD_YEAR],
        ["梁启舟", "研究生", enrolled, left],
    )
    assert told(row).get("degree") == degree
    assert reasons(row) == ([] if degree else [f"degree: {degrees.MASTER_OR_DOCTOR}"])


def test_a_professional_degree_names_its_major() -> None:
    fields = [Field.NAME, Field.DEGREE, Field.MAJOR]
    one, two, three = read(
        fields, ["甲某人", "EMBA", ""], ["乙某人", "硕士", "MBA"], ["丙某人", "MPA", "行政管理"]
    )
    assert told(one)["major"] == "高级管理人员工商管理硕士"
    assert (told(two)["degree"], told(two)["major"]) == ("MBA", "工商管理硕士")
    assert told(three)["major"] == "行政管理"
    (under,) = read([Field.NAME, Field.DEGREE], ["梁启舟", "硕士"], title="MBA 2010级")
    assert (told(under)["degree"], told(under)["enrol_year"]) == ("MBA", "2010")


def test_ticks_tell_the_gender_and_two_ticks_tell_nothing() -> None:
    fields = [Field.NAME, Field.MALE, Field.FEMALE]
    man, woman, both = read(fields, ["甲某人", "√", ""], ["乙某人", "", "√"], ["丙某人", "√", "√"])
    assert told(man)["gender"] == "男"
    assert told(woman)["gender"] == "女"
    assert "gender" not in told(both)
    assert reasons(both) == [f"gender: {gender.BOTH}"]


def test_a_bracket_that_contradicts_the_column_leaves_the_gender_unread() -> None:
    (row,) = read([Field.NAME, Field.GENDER], ["梁启舟（女）", "男"])
    assert told(row) == {"name": "梁启舟"}
    assert reasons(row) == [f"gender: {gender.BOTH}"]


def test_noughts_and_ones_of_a_column_stay_unread() -> None:
    rows = read([Field.NAME, Field.GENDER], ["甲某人", 1.0], ["乙某人", 0.0])
    assert [told(row).get("gender") for row in rows] == [None, None]
    assert reasons(rows[0]) == [f"gender: {gender.UNCLEAR}"]


def test_two_columns_of_phones_are_both_kept() -> None:
    (row,) = read(
        [Field.NAME, Field.PHONE, Field.PHONE],
        ["梁启舟", "13900001111", "0931-8910000、13900001111"],
    )
    assert told(row)["phone"] == "+8613900001111|+869318910000"


def test_a_column_of_its_own_speaks_before_a_place_of_origin() -> None:
    (row,) = read([Field.HOMETOWN, Field.NAME, Field.PLACE], ["河南", "梁启舟", "广东深圳"])
    assert told(row) == {"name": "梁启舟", "city": "深圳", "province": "广东"}


def test_an_unread_place_is_not_told_where_another_column_says_it() -> None:
    (row,) = read([Field.NAME, Field.CITY, Field.PLACE], ["梁启舟", "兰州", "城关区天水路"])
    assert told(row) == {"name": "梁启舟", "city": "兰州"}
    assert not row.unread


def test_one_and_1_and_true_are_different_cells() -> None:
    rows = read([Field.NAME, Field.STATUS], ["甲某人", 1.0], ["乙某人", True], ["丙某人", "已故"])
    assert [told(row).get("status") for row in rows] == [None, None, "已故"]


def test_no_reason_holds_the_text_of_a_cell() -> None:
    hidden = "138****0000"
    (row,) = read(
        [Field.NAME, Field.PHONE, Field.EMAIL], ["梁启舟（浦东）", hidden, "x@example,com"]
    )
    assert len(row.unread) == 3
    assert all(not one.reason.values for one in row.unread)
