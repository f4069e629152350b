"""Small workbooks of other offices, each laid out in its own way, read from end to end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from donflow.roster.reading import reading
from donflow.roster.reading.layout import FORM
from donflow.roster.reading.reading import read_sheet
from donflow.roster.reading.rows import SheetReading
from donflow.sheets.reading import Cell
from tests.roster.reading.sheets import apart

Rows = Sequence[Sequence[Cell | None]]
Told = dict[str, dict[str, str]]


def read(rows: Rows, **look: object) -> SheetReading:
    return read_sheet(apart(rows, **look))  # type: ignore[arg-type]


def told(sheet: SheetReading) -> Told:
    return {
        row.ref.removeprefix(f"{sheet.title}!"): {
            column.value: value for column, value in row.values.items()
        }
        for row in sheet.rows
    }


def test_a_form_of_one_person_is_left_with_its_reason() -> None:
    sheet = read(
        [
            ["校友信息登记表"],
            ["姓名", "梁启舟", "性别", "男", "民族", "汉族"],
            ["出生年月", "1978.3", "籍贯", "甘肃", "政治面貌", "群众"],
            ["工作单位", "恒源公司", "职务", "经理"],
            ["联系电话", "13800000001", "电子邮箱", "liang@example.com"],
        ],
        merged=["A1:F1"],
    )

    assert sheet.left_out == FORM
    assert not sheet.rows


def test_two_lines_of_one_person_are_one_row() -> None:
    sheet = read(
        [
            ["序号", "姓名", "性别", "出生年月", "专业"],
            ["", "单位", "职务", "电话", "邮箱"],
            [1, "梁启舟", "男", "1978.3", "会计学"],
            ["", "恒源公司", "经理", "13800000001", "liang@example.com"],
            [2, "孙彤玲", "女", "1979.5", "金融学"],
            ["", "", "科长", "13800000002", ""],
        ]
    )

    assert told(sheet) == {
        "3": {
            "name": "梁启舟", "gender": "男", "birth": "1978-03", "major": "会计学",
            "employer": "恒源公司", "job_title": "经理", "phone": "+8613800000001",
            "email": "liang@example.com",
        },
        "5": {
            "name": "孙彤玲", "gender": "女", "birth": "1979-05", "major": "金融学",
            "job_title": "科长", "phone": "+8613800000002",
        },
    }  # fmt: skip


def test_a_table_turned_round_has_a_person_a_column() -> None:
    sheet = read(
        [
            ["姓名", "梁启舟", "孙彤玲", "其其格玛"],
            ["性别", "男", "女", "女"],
            ["年级", "2005级", "2005级", ""],
            ["手机", "13800000001", "", "13800000003"],
        ]
    )

    assert told(sheet) == {
        "2": {"name": "梁启舟", "gender": "男", "enrol_year": "2005", "phone": "+8613800000001"},
        "3": {"name": "孙彤玲", "gender": "女", "enrol_year": "2005"},
        "4": {"name": "其其格玛", "gender": "女", "phone": "+8613800000003"},
    }


def test_three_rows_of_headers_with_a_birth_in_two_columns() -> None:
    sheet = read(
        [
            ["基本信息", None, None, None, "在校信息", None, "联系信息", None],
            ["姓名", "性别", "出生", None, "入学", "毕业", "电话", None],
            [None, None, "年", "月", None, None, "手机", "办公"],
            ["梁启舟", "男", 1978, 3, "2001", "2005", "13800000001", "0931-8000001"],
            ["孙彤玲", "女", "79", "", "2001", "", "", ""],
        ],
        merged=["A1:D1", "E1:F1", "G1:H1", "C2:D2", "G2:H2", "A2:A3", "B2:B3", "E2:E3", "F2:F3"],
    )

    assert told(sheet) == {
        "4": {
            "name": "梁启舟", "gender": "男", "birth": "1978-03", "enrol_year": "2001",
            "grad_year": "2005", "phone": "+8613800000001|+869318000001",
        },
        "5": {"name": "孙彤玲", "gender": "女", "birth": "1979", "enrol_year": "2001"},
    }  # fmt: skip


@pytest.mark.parametrize("merged", [["A1:C1", "E1:G1"], []])
def test_tables_side_by_side_have_rows_and_titles_of_their_own(merged: list[str]) -> None:
    sheet = read(
        [
            ["2005级1班", None, None, None, "2005级2班", None, None],
            ["姓名", "性别", "电话", None, "姓名", "性别", "电话"],
            ["梁启舟", "男", "13800000001", None, "孙彤玲", "女", "13800000002"],
            [None, None, None, None, "周林", "男", ""],
        ],
        merged=merged,
    )

    class_2 = {"enrol_year": "2005", "class_no": "2"}
    assert told(sheet) == {
        "3": {
            "name": "梁启舟", "gender": "男", "phone": "+8613800000001", "enrol_year": "2005",
            "class_no": "1",
        },
        "3#2": class_2 | {"name": "孙彤玲", "gender": "女", "phone": "+8613800000002"},
        "4#2": class_2 | {"name": "周林", "gender": "男"},
    }  # fmt: skip


def test_year_month_and_day_in_three_columns_are_one_date() -> None:
    sheet = read(
        [
            ["姓名", "出生年月日", None, None, "入学", None, "手机"],
            [None, "年", "月", "日", "年", "月", None],
            ["梁启舟", 1978, 3, 5, 2001, 9, "13800000001"],
            ["孙彤玲", 1979, "", "", 2001, 9, ""],
            ["周林", "", 4, 5, "", 9, ""],
        ],
        merged=["B1:D1", "E1:F1"],
    )

    assert told(sheet) == {
        "3": {
            "name": "梁启舟", "birth": "1978-03-05", "enrol_year": "2001", "phone": "+8613800000001"
        },
        "4": {"name": "孙彤玲", "birth": "1979", "enrol_year": "2001"},
        "5": {"name": "周林"},
    }  # fmt: skip


def test_two_courses_in_one_row_are_never_mixed() -> None:
    sheet = read(
        [
            ["姓名", "本科入学年份", "本科毕业年份", "本科专业", "硕士入学年份", "硕士专业"],
            ["梁启舟", "2001", "", "会计学", "2005", "企业管理"],
            ["孙彤玲", "", "", "", "2006", "行政管理"],
        ]
    )

    assert told(sheet) == {
        "2": {"name": "梁启舟", "enrol_year": "2001", "major": "会计学", "degree": "本科"},
        "3": {"name": "孙彤玲", "enrol_year": "2006", "major": "行政管理", "degree": "硕士"},
    }
    assert {one.reason.message for one in sheet.rows[0].unread} == {reading.ANOTHER_COURSE}


def test_surname_and_given_name_in_two_columns_are_one_name() -> None:
    sheet = read(
        [
            ["姓\nFamily name", "名\nGiven name", "性别\nSex", "手机\nMobile"],
            ["梁", "启舟", "男", "13800000001"],
            ["欧阳", "彤", "女", ""],
            ["Erdene", "Dulguun", "F", ""],
            ["周", "", "男", ""],
        ]
    )

    assert [row["name"] for row in told(sheet).values()] == ["梁启舟", "欧阳彤", "Dulguun Erdene"]
    assert [left.number for left in sheet.left] == [1, 5]


def test_degrees_and_sexes_are_ticked() -> None:
    sheet = read(
        [
            ["姓名", "性别", None, "学历", None, "电话"],
            [None, "男", "女", "本科", "硕士", None],
            ["梁启舟", "√", None, "√", None, "13800000001"],
            ["孙彤玲", None, "√", None, "√", ""],
            ["其其格玛", None, None, "√", "√", ""],
        ],
        merged=["B1:C1", "D1:E1"],
    )

    assert told(sheet) == {
        "3": {"name": "梁启舟", "gender": "男", "degree": "本科", "phone": "+8613800000001"},
        "4": {"name": "孙彤玲", "gender": "女", "degree": "硕士"},
        "5": {"name": "其其格玛"},
    }


def test_a_class_merged_over_blank_rows_ends_no_heading() -> None:
    sheet = read(
        [
            ["2005届旅游管理专业毕业生（1个班，共2人）"],
            ["班级", "姓名", "去向", "备注"],
            ["一班", "梁启舟", "恒源公司", "2015年病故"],
            [None, None, None, None],
            [None, "孙彤玲", "", "父亲去世"],
            ["以上共", "2", "人"],
        ],
        merged=["A1:D1", "A3:A5"],
    )

    both = {"grad_year": "2005", "major": "旅游管理", "class_no": "1"}
    assert told(sheet) == {
        "3": both | {"name": "梁启舟", "employer": "恒源公司", "status": "已故"},
        "5": both | {"name": "孙彤玲"},
    }


def test_beijing_is_a_province_too_only_where_the_column_names_provinces() -> None:
    cities: Rows = [["姓名", "所在地"], ["梁启舟", "北京"], ["孙彤玲", "兰州市"], ["周林", "西安"]]
    both: Rows = [["姓名", "所在地"], ["梁启舟", "北京"], ["孙彤玲", "甘肃兰州"], ["周林", "西安"]]

    assert told(read(cities))["2"] == {"name": "梁启舟", "city": "北京"}
    assert told(read(both))["2"] == {"name": "梁启舟", "city": "北京", "province": "北京"}


def test_a_post_speaks_before_a_professional_title() -> None:
    sheet = read(
        [
            ["姓名", "单位", "职称", "职务"],
            ["梁启舟", "云麓大学", "教授", "院长"],
            ["孙彤玲", "退休", "副教授", ""],
        ]
    )

    assert told(sheet) == {
        "2": {"name": "梁启舟", "employer": "云麓大学", "job_title": "院长"},
        "3": {"name": "孙彤玲", "job_title": "副教授"},
    }


def test_a_remark_without_a_header_tells_of_a_death_and_of_nothing_else() -> None:
    sheet = read(
        [["姓名", "电话", None], ["梁启舟", "13800000001", "已去世"], ["孙彤玲", "", "常驻外地"]]
    )

    assert [row.get("status") for row in told(sheet).values()] == ["已故", None]
    assert all(guess.sure for guess in sheet.columns)


def test_a_list_of_liaisons_is_read_and_asked_about() -> None:
    people: Rows = [["联系人", "工作单位", "电话"], ["梁启舟", "恒源公司", "13800000001"]]
    figures: Rows = [["班级", "人数", "联系人", "电话"], ["1班", 30, "梁启舟", "13800000001"]]

    sheet = read(people)

    assert [row["name"] for row in told(sheet).values()] == ["梁启舟"]
    assert [guess.header for guess in sheet.columns if not guess.sure] == ["联系人"]
    assert not read(figures).rows
