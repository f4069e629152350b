"""What a header means, however an office writes it."""

from __future__ import annotations

import pytest

from donflow.roster.reading.header_words import WrongHeaders, normal, read_header_words
from donflow.roster.reading.headers import LEFT, NEVER, meaning_of
from donflow.roster.reading.rows import Column
from donflow.roster.reading.table import Field
from donflow.shipping import header_list
from tests.roster.reading.sheets import WORDS


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓 名", Field.NAME),
        ("姓\u3000名*", Field.NAME),
        ("1、您的姓名（必填）", Field.NAME),
        ("Ｅ－ｍａｉｌ", Field.EMAIL),
        ("出生年月（如1987.9）", Field.BIRTH),
        ("出生\n年月", Field.BIRTH),
        ("Q2_您的手机号码", Field.PHONE),
        ("手机1", Field.PHONE),
        ("电话二", Field.PHONE),
        ("手机（微信同号）", Field.PHONE),
        ("现所在城市", Field.CITY),
        ("校友姓名", Field.NAME),
        ("学历/学位", Field.DEGREE),
        ("职务、职称", Field.JOB_TITLE),
        ("通讯地址（省市）", Field.PLACE),
        ("省市", Field.PLACE),
        ("家乡", Field.HOMETOWN),
        ("专业班级", Field.STUDY),
        ("年级专业", Field.STUDY),
        ("所学专业班级", Field.STUDY),
        ("院系、专业、班级", Field.STUDY),
        ("年级（届）", Field.YEAR),
        ("入学年份/毕业年份", Field.YEAR),
        ("单位及职务", Field.WORK),
        ("公司/职位", Field.WORK),
        ("电话/微信", Field.CONTACT),
        ("手机/邮箱/微信", Field.CONTACT),
        ("QQ/微信", Field.CONTACT),
        ("姓名/性别", Field.NAME_AND_GENDER),
        ("SJHM", Field.PHONE),
        ("xm", Field.NAME),
    ],
)
def test_a_header_says_what_its_column_holds(header: str, field: Field) -> None:
    meaning = meaning_of([header], WORDS)

    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("联系方式", "电话"), Field.PHONE),
        (("联系方式", "号码"), Field.PHONE),
        (("单位", "电话"), Field.PHONE),
        (("联系电话", "单位"), Field.PHONE),
        (("联系电话", "住宅"), Field.PHONE),
        (("单位", "名称"), Field.EMPLOYER),
        (("毕业", "时间"), Field.GRAD_YEAR),
        (("基本信息", "姓名"), Field.NAME),
        (("XM", "姓名"), Field.NAME),
    ],
)
def test_a_header_under_a_group_means_what_both_say(parts: tuple[str, ...], field: Field) -> None:
    meaning = meaning_of(parts, WORDS)

    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize(
    "parts",
    [
        ("序号",),
        ("导师",),
        ("导师姓名",),
        ("家长电话",),
        ("紧急联系人", "电话"),
        ("班级职务",),
        ("QQ号",),
        ("籍贯地址",),
        ("籍贯所在地",),
        ("籍贯", "城市"),
        ("生源地区",),
        ("户口所在城市",),
        ("出生地（省市）",),
    ],
)
def test_columns_of_others_and_of_no_concern_are_left(parts: tuple[str, ...]) -> None:
    assert meaning_of(parts, WORDS) == LEFT


@pytest.mark.parametrize(
    "header", ["身份证号码", "身份证号（必填）", "SFZH", "姓名/身份证号", "银行卡号"]
)
def test_numbers_of_papers_are_never_taken(header: str) -> None:
    assert meaning_of([header], WORDS) == NEVER


@pytest.mark.parametrize("header", ["喜欢的颜色", "甲", "2024", "本尊号", "张三"])
def test_what_no_list_knows_has_no_meaning(header: str) -> None:
    assert meaning_of([header], WORDS) is None


def test_every_header_of_the_list_means_what_it_stands_under() -> None:
    assert len(WORDS.meanings) > 600
    for header, meaning in WORDS.meanings.items():
        assert meaning_of([header], WORDS) == meaning, header


def test_an_answer_stands_above_the_list_and_keeps_what_the_list_says_more() -> None:
    words = WORDS.answered({"单位及职务": Column.EMPLOYER, "备注": None, "花名": Column.NAME})

    assert meaning_of(["单位及职务"], words).field is Field.WORK  # type: ignore[union-attr]
    assert meaning_of(["备注"], words) == LEFT
    assert meaning_of(["花 名"], words).field is Field.NAME  # type: ignore[union-attr]
    assert normal("花名") not in WORDS.meanings


def test_an_office_adds_a_header_to_the_list() -> None:
    text = header_list().replace("columns:\n  name: [", "columns:\n  name: [芳名, ")

    meaning = meaning_of(["芳名"], read_header_words(text))

    assert meaning is not None
    assert meaning.field is Field.NAME


def test_every_mistake_of_the_list_is_told_with_its_line() -> None:
    text = (
        "columns:\n  nmae: [姓名]\n  phone: [手机]\n  email: [手机]\nticks: {male: [男], x: [y]}\n"
    )

    with pytest.raises(WrongHeaders) as refused:
        read_header_words(text)

    told = [str(one) for one in refused.value.details]
    assert [one.split(": ", 1)[0] for one in told[:1]] == ["headers.yaml:1"]
    assert "headers.yaml:2: Unknown column nmae" in told
    assert "headers.yaml:4: The header 手机 stands in two lists." in told
    assert "headers.yaml:5: Unknown column x" in told
    assert sum("is missing" in one for one in told) == 3


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("现工作单位全称\nCompany", Field.EMPLOYER),
        ("Company 现工作单位全称", Field.EMPLOYER),
        ("电子信箱\nE-mail", Field.EMAIL),
        ("E—mail", Field.EMAIL),
        ("入学—毕业", Field.STUDY_PERIOD),
        ("入学年份—毕业年份", Field.YEAR),
        ("单位/职务", Field.WORK),
        ("XBDM", Field.GENDER),
        ("BJMC", Field.CLASS_NO),
        ("JTDH", Field.PHONE),
        ("xingbie", Field.GENDER),
        ("gongzuodanwei", Field.EMPLOYER),
    ],
)
def test_two_scripts_and_the_letters_of_a_header_are_understood(header: str, field: Field) -> None:
    meaning = meaning_of([header], WORDS)

    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize("header", ["籍贯", "原手机（已停用）", "ZYDM"])
def test_where_a_family_comes_from_and_what_no_longer_holds_is_left(header: str) -> None:
    assert meaning_of([header], WORDS) == LEFT


@pytest.mark.parametrize("header", ["qwx", "nianlv", "XX"])
def test_letters_that_spell_no_header_mean_nothing(header: str) -> None:
    assert meaning_of([header], WORDS) is None
