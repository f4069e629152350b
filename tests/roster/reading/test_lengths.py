"""What is too long for the tables is never cut nor stored: it stays unread, with the reason."""

from __future__ import annotations

import pytest
from sqlalchemy import String

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.models import Constituent, ContactPoint
from donflow.roster.reading import names
from donflow.roster.reading.lengths import LONGEST, TOO_LONG, cut_off_long
from donflow.roster.reading.reading import read_sheet
from donflow.roster.reading.row_kinds import REASONS, RowKind
from donflow.roster.reading.rows import Column, SheetReading, Unread
from donflow.store.base import Base
from tests.roster.reading.sheets import apart

ROW = ("沈云松", "男", "2", "会计学", "本科", "2005", "13800000101", "深圳")
HEADER = ("姓名", "性别", "班级", "专业", "学历", "入学年份", "手机", "所在城市")


def read(*rows: tuple[str, ...]) -> SheetReading:
    return read_sheet(apart([HEADER, *rows]))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *((Constituent, each) for each in ("name", "ethnicity", "city", "province")),
        *((Education, each) for each in ("degree", "major", "class_no", "student_no")),
        *((Employment, each) for each in ("employer", "job_title")),
    ],
)
def test_no_value_is_longer_than_its_column_in_the_tables(table: type[Base], column: str) -> None:
    kind = table.__table__.c[column].type
    assert isinstance(kind, String)
    assert LONGEST[Column(column)] == kind.length


def test_the_masked_form_of_a_way_to_reach_somebody_has_room() -> None:
    kind = ContactPoint.__table__.c["masked"].type
    assert isinstance(kind, String)
    assert kind.length
    assert max(LONGEST[each] for each in (Column.PHONE, Column.EMAIL, Column.WECHAT)) < kind.length


@pytest.mark.parametrize("column", LONGEST)
def test_a_text_of_the_longest_length_stays_and_a_longer_one_goes(column: Column) -> None:
    longest = "字" * LONGEST[column]
    values = {column: f"{longest}|{longest}"}
    assert cut_off_long(values) == []
    values = {column: f"字|{longest}字", Column.BIRTH: "1987"}
    assert cut_off_long(values) == [Unread(column, TOO_LONG)]
    assert values == {Column.BIRTH: "1987"}


def test_a_long_cell_is_unread_and_its_row_is_a_person_all_the_same() -> None:
    (row,) = read((*ROW[:3], "会计" * 2_500, *ROW[4:])).rows
    assert row.values[Column.NAME] == "沈云松"
    assert Column.MAJOR not in row.values
    assert Unread(Column.MAJOR, TOO_LONG) in row.unread


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("王*", names.MASKED),
        ("王某某", names.MASKED),
        ("某校友", names.NO_NAME),
        ("A", names.NO_NAME),
        ("王（已故）", names.NO_NAME),
        ("张三/李四", names.SEVERAL),
        ("待查", REASONS[RowKind.NAMELESS].message),
        ("N/A", REASONS[RowKind.NAMELESS].message),
        ("=沈云松", REASONS[RowKind.NAMELESS].message),
        ("王" * 10_000, REASONS[RowKind.NAMELESS].message),
    ],
)
def test_a_row_whose_name_nobody_can_read_is_no_person_and_is_told(name: str, reason: str) -> None:
    reading = read(ROW, (name, *ROW[1:]))
    assert [row.values[Column.NAME] for row in reading.rows] == ["沈云松"]
    assert [one.reason.message for one in reading.left if one.number == 3] == [reason]
