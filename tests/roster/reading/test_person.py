"""Gender, ethnicity, student number, death, employer and post."""

from __future__ import annotations

import pytest

from donflow.roster.reading import ethnicity, gender, student_numbers
from donflow.roster.reading.ethnicity import read_ethnicity
from donflow.roster.reading.found import NOTHING
from donflow.roster.reading.gender import codes_unclear, read_gender, ticked
from donflow.roster.reading.status import read_status
from donflow.roster.reading.student_numbers import read_student_number
from donflow.roster.reading.work import read_employer, read_job_title, read_work
from donflow.sheets.reading import Cell
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["男", " 男 ", "男性", "M", "m", "Male", "1", 1.0, "先生", "☑男□女", "男√"], "男"),
        (["女", "女性", "F", "female", "2", 2.0, "女士", "□男☑女", "√女"], "女"),
    ],
)
def test_a_gender_is_read_in_every_style(cells: list[Cell], said: str) -> None:
    for cell in cells:
        assert told(read_gender(cell)) == {"gender": said}, cell


def test_what_says_no_gender_stays_unread() -> None:
    assert reasons(read_gender("男/女")) == [f"gender: {gender.UNCLEAR}"]
    for cell in ("", "0", 9.0, "未知", "保密"):
        assert read_gender(cell) == NOTHING


def test_noughts_and_ones_alone_say_nothing() -> None:
    assert codes_unclear([1.0, 0.0, ""])
    assert not codes_unclear([1.0, 2.0, 0.0])
    assert not codes_unclear(["1", "1"])


def test_a_cross_is_no_tick() -> None:
    assert all(map(ticked, ["√", "✓", "1", 1.0, "是", True]))
    assert not any(map(ticked, ["×", "0", 0.0, "否", "", False]))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("汉", "汉族"),
        ("汉 族", "汉族"),
        ("维吾尔", "维吾尔族"),
        ("蒙", "蒙古族"),
        ("01汉族", "汉族"),
        ("土", "土族"),
        ("土家", "土家族"),
    ],
)
def test_an_ethnic_group_has_its_full_name(cell: str, said: str) -> None:
    assert told(read_ethnicity(cell)) == {"ethnicity": said}


def test_all_56_are_known_and_no_other() -> None:
    names = set(ethnicity._NAMES.values())
    assert len(names) == 56
    assert reasons(read_ethnicity("其他")) == [f"ethnicity: {ethnicity.UNKNOWN}"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("200670320", "200670320"),
        (200670320.0, "200670320"),
        ("学号200670320", "200670320"),
        ("'20050101", "20050101"),
        ("2005 0101", "20050101"),
        ("MBA2005-12", "MBA2005-12"),
    ],
)
def test_a_student_number_stands_as_given(cell: Cell, said: str) -> None:
    assert told(read_student_number(cell)) == {"student_no": said}


@pytest.mark.parametrize("cell", ["2.00567E+8", "张三", "2005xxxx"])
def test_a_damaged_student_number_stays_unread(cell: str) -> None:
    assert reasons(read_student_number(cell)) == [f"student_no: {student_numbers.NO_NUMBER}"]


@pytest.mark.parametrize(
    "cell",
    ["已故", "去世", "2015年病故", "已去世", "故", "（已故）", "班长，已故", "2010.5因病去世"],
)
def test_a_death_is_read_from_a_remark(cell: str) -> None:
    assert told(read_status(cell)) == {"status": "已故"}


@pytest.mark.parametrize(
    "cell",
    [
        "父亲去世",
        "母亲病故，本人退休",
        "配偶已故",
        "导师已故",
        "参加张老师去世追悼会",
        "事故",
        "因故未到",
        "故宫工作",
        "病退",
        "健在",
        "未去世",
        "听说已去世",
        "疑似去世",
        "班级联络人",
        "",
    ],
)
def test_an_innocent_remark_makes_nobody_dead(cell: str) -> None:
    assert read_status(cell) == NOTHING


@pytest.mark.parametrize(
    ("cell", "employer", "title"),
    [
        ("云麓银行 行长助理", "云麓银行", "行长助理"),
        ("云麓银行行长助理", "云麓银行", "行长助理"),
        ("云麓银行行长", "云麓银行", "行长"),
        ("恒源科技公司/总经理", "恒源科技公司", "总经理"),
        ("恒源科技公司，总经理", "恒源科技公司", "总经理"),
        ("恒源科技公司（董事长）", "恒源科技公司", "董事长"),
        ("总经理，恒源科技公司", "恒源科技公司", "总经理"),
        ("恒源科技公司董事长兼总经理", "恒源科技公司", "董事长兼总经理"),
        ("云麓大学管理学院教授", "云麓大学管理学院", "教授"),
        ("云麓省财政厅厅长", "云麓省财政厅", "厅长"),
        ("云麓大学  教授 博士生导师", "云麓大学", "教授 博士生导师"),
        ("总经理", None, "总经理"),
        ("副 教授", None, "副教授"),
        ("云麓会计师事务所", "云麓会计师事务所", None),
        ("恒源证券股份有限公司", "恒源证券股份有限公司", None),
        ("个体经营", "个体经营", None),
        ("云麓银行|审计经理", "云麓银行", "审计经理"),
        ("云麓证券营业部；一级主任科员", "云麓证券营业部", "一级主任科员"),
        ("恒源公司/业务骨干", "恒源公司", "业务骨干"),
        ("云麓大学副校长、教授", "云麓大学", "副校长、教授"),
        ("云麓大学 管理学院", "云麓大学管理学院", None),
        ("审计经理", None, "审计经理"),
    ],
)
def test_employer_and_post_part_where_the_border_is_sure(
    cell: str, employer: str | None, title: str | None
) -> None:
    said = {"employer": employer, "job_title": title}
    assert told(read_work(cell)) == {name: value for name, value in said.items() if value}


def test_employer_and_post_stand_as_written() -> None:
    assert told(read_employer(" 云麓 银行")) == {"employer": "云麓银行"}
    assert told(read_employer("恒源（上海）公司")) == {"employer": "恒源（上海）公司"}
    assert told(read_employer("ＨＹ科技")) == {"employer": "HY科技"}
    assert told(read_job_title("董事长 总经理")) == {"job_title": "董事长 总经理"}
    assert told(read_job_title("副  教授")) == {"job_title": "副教授"}
    for cell in ("无", "/", "待业", "无业", "暂无工作"):
        assert read_employer(cell) == read_job_title(cell) == read_work(cell) == NOTHING
