"""Degree, major and class: in a column of their own, together in a cell, in titles and groups."""

from __future__ import annotations

import pytest

from donflow.roster.reading import classes, degrees, majors
from donflow.roster.reading.degrees import read_degree, settled
from donflow.roster.reading.found import NOTHING
from donflow.roster.reading.majors import read_major
from donflow.roster.reading.study import (
    read_class_cell,
    read_heading,
    read_major_cell,
    read_study,
    read_year_cell,
)
from donflow.sheets.reading import Cell
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cells", "degree"),
    [
        ("本科 大学本科 学士 管理学学士 专升本 本科生 本科/学士 第二学士学位 大学 本", "本科"),
        ("硕士 硕士研究生 会计硕士 MPAcc 研究生/硕士 研究生（硕士） 学硕 专硕 硕", "硕士"),
        ("博士 博士研究生 硕博连读 PhD 博", "博士"),
        ("MBA ＭＢＡ mba 工商管理硕士 工商管理专业硕士 非全日制工商管理硕士（MBA）", "MBA"),
        ("EMBA 高级工商管理硕士 高级管理人员工商管理硕士", "EMBA"),
        ("MPA 公共管理硕士 公共管理硕士（MPA）", "MPA"),
        ("大专 专科 高职", "专科"),
        ("研究生", degrees.POSTGRADUATE),
    ],
)
def test_a_degree_is_known_in_every_spelling(cells: str, degree: str) -> None:
    for cell in cells.split():
        assert told(read_degree(cell)) == {"degree": degree}, cell


@pytest.mark.parametrize(
    "cell", ["博士后", "在职研究生", "本科、硕士", "本硕连读", "高中", "结业", "1"]
)
def test_what_is_not_one_degree_stays_unread(cell: str) -> None:
    assert reasons(read_degree(cell)) == [f"degree: {degrees.NO_DEGREE}"]


@pytest.mark.parametrize(
    ("titles", "enrolled", "left", "degree"),
    [
        (["研究生校友名录"], "2011", "2014", "硕士"),
        (["研究生校友名录"], "2011", "2013", "硕士"),
        (["研究生校友名录"], "2011", "2015", "博士"),
        (["研究生校友名录"], "2011", None, None),
        ([], None, None, None),
        (["2011级", "博士研究生名单"], "2011", "2014", "博士"),
        (["硕士"], None, None, "硕士"),
        (["本科校友"], "2011", "2014", None),
        (["硕士、博士研究生名单"], "2011", "2014", "硕士"),
    ],
)
def test_the_list_and_the_length_of_study_settle_what_a_postgraduate_is(
    titles: list[str], enrolled: str | None, left: str | None, degree: str | None
) -> None:
    assert settled(degrees.POSTGRADUATE, titles, enrolled, left) == degree
    assert settled("本科", titles, enrolled, left) == "本科"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("会计学", {"major": "会计学"}),
        ("会计", {"major": "会计学"}),
        ("工商", {"major": "工商管理"}),
        ("信管", {"major": "信息管理与信息系统"}),
        ("旅管", {"major": "旅游管理"}),
        ("会计学专业", {"major": "会计学"}),
        ("120203K 会计学", {"major": "会计学"}),
        ("信息管理\n与信息系统", {"major": "信息管理与信息系统"}),
        ("会计学（ACCA）", {"major": "会计学（ACCA）"}),
        ("会计学（专升本）", {"major": "会计学", "degree": "本科"}),
        ("管科", {"major": "管科"}),
        ("MBA", {"major": "工商管理硕士", "degree": "MBA"}),
        ("工商管理（MBA）", {"major": "工商管理硕士", "degree": "MBA"}),
    ],
)
def test_a_major_is_written_out_only_where_its_short_form_is_usual(
    cell: str, said: dict[str, str]
) -> None:
    assert told(read_major(cell)) == said


def test_a_number_is_no_major() -> None:
    assert reasons(read_major("2")) == [f"major: {majors.NO_MAJOR}"]


@pytest.mark.parametrize(
    ("cells", "class_no"),
    [
        (["（2）班", "(2)班", "二班", "2班", "２班", "2", 2.0, "02", "02班", "第2班", "二"], "2"),
        (["十二班", "12班", "（十二）班"], "12"),
        (["A班", "a", "A"], "A"),
        (["甲班"], "甲"),
        (["实验班"], "实验班"),
        (["深圳班"], "深圳班"),
        (["0501班"], "0501"),
    ],
)
def test_a_class_has_one_form(cells: list[Cell], class_no: str) -> None:
    for cell in cells:
        assert told(read_class_cell(cell)) == {"class_no": class_no}, cell


@pytest.mark.parametrize("cell", ["2班/3班", "1-2", "1、2班", "全体"])
def test_what_is_not_one_class_stays_unread(cell: str) -> None:
    assert reasons(read_class_cell(cell)) == [f"class_no: {classes.NO_CLASS}"]


_ALL = {"enrol_year": "2005", "major": "会计学", "class_no": "2"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2005级会计2班", _ALL),
        ("2005级会计学（2）班", _ALL),
        ("05级 会计学 2班", _ALL),
        ("云麓大学管理学院2005级会计学专业2班", _ALL),
        ("2005级会计学（本科）2班", _ALL | {"degree": "本科"}),
        ("会计学2班", {"major": "会计学", "class_no": "2"}),
        ("会计学-2班", {"major": "会计学", "class_no": "2"}),
        ("05会计2班", _ALL),
        ("会计学05-2", _ALL),
        ("会计学2005（2）班", _ALL),
        ("2005-会计学-2", _ALL),
        ("会计99", {"enrol_year": "1999", "major": "会计学"}),
        ("12会计学", {"major": "会计学"}),
        ("会计本2班", {"major": "会计学", "class_no": "2"}),
        ("会计051", {"major": "会计学", "class_no": "051"}),
        ("信息管理与信息系统1班", {"major": "信息管理与信息系统", "class_no": "1"}),
        ("2005级", {"enrol_year": "2005"}),
        ("2005-2009 会计学", {"enrol_year": "2005", "grad_year": "2009", "major": "会计学"}),
        ("2009届会计学硕士", {"grad_year": "2009", "major": "会计学", "degree": "硕士"}),
        ("2005级会计学（管理学院）", {"enrol_year": "2005", "major": "会计学"}),
        ("旅管系03级", {"enrol_year": "2003"}),
    ],
)
def test_year_major_and_class_of_one_cell_part(cell: str, said: dict[str, str]) -> None:
    assert told(read_study(cell)) == said


def test_a_column_of_its_own_may_hold_more() -> None:
    assert told(read_class_cell("2005级会计2班")) == _ALL
    assert told(read_class_cell("会计学2班")) == {"major": "会计学", "class_no": "2"}
    assert told(read_major_cell("2005级会计学")) == {"enrol_year": "2005", "major": "会计学"}
    assert told(read_year_cell("2005级会计2班", None)) == _ALL
    assert read_study("无") == read_major_cell("-") == NOTHING


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("管理学院校友信息表（本科）", {"degree": "本科"}),
        ("本科校友", {"degree": "本科"}),
        ("MBA校友", {"degree": "MBA", "major": "工商管理硕士"}),
        ("2005级会计学1班", {"enrol_year": "2005", "major": "会计学", "class_no": "1"}),
        ("财务管理专业", {"major": "财务管理"}),
        ("一、会计学专业（共35人）", {"major": "会计学"}),
        ("（一）2005级", {"enrol_year": "2005"}),
        ("1班（30人）", {"class_no": "1"}),
        ("2005届毕业生信息表", {"grad_year": "2005"}),
        ("87级", {"enrol_year": "1987"}),
        ("2014届毕业生十周年返校名单", {"grad_year": "2014"}),
        ("已故校友名单", {"status": "已故"}),
        ("03会计1", {"enrol_year": "2003", "major": "会计学", "class_no": "1"}),
        ("九五级", {"enrol_year": "1995"}),
        (
            "云麓大学一九九五级工商管理专业（一）班通讯录",
            {"enrol_year": "1995", "major": "工商管理", "class_no": "1"},
        ),
        ("2009年春季MBA", {"enrol_year": "2009", "degree": "MBA", "major": "工商管理硕士"}),
        ("二〇一一级", {"enrol_year": "2011"}),
        (
            "1987级 会计学1班   班主任：方印管   共22人",
            {"enrol_year": "1987", "major": "会计学", "class_no": "1"},
        ),
        ("2005届旅游管理专业（2个班，共24人）", {"grad_year": "2005", "major": "旅游管理"}),
    ],
)
def test_a_title_says_what_is_sure(title: str, said: dict[str, str]) -> None:
    assert {column.value: value for column, value in read_heading(title).items()} == said


@pytest.mark.parametrize(
    "title",
    [
        "MBA、EMBA、MPA",
        "硕士、博士",
        "2005级、2006级",
        "1985-1989级",
        "填表单位：校友工作办公室　　填表日期：2024年3月",
        "第三届校友会理事会名单",
        "工商管理学院校友名单",
        "会计、财管",
        "经管学院各专业",
        "2024年校友名单",
        "在职研究生班",
        "深圳校友会",
        "合计12人",
        "Sheet1",
        "含已故校友",
        "一、秋季班",
        "1、2班",
    ],
)
def test_a_title_that_is_not_sure_says_nothing(title: str) -> None:
    assert read_heading(title) == {}
