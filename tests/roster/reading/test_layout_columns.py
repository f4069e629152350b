"""What each column of a sheet is taken for, which rows are people, and what is left whole."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from donflow.roster.reading import heading
from donflow.roster.reading.header_words import HeaderWords, Meaning
from donflow.roster.reading.layout import (
    EMPTY,
    FORM,
    NO_LIST,
    NO_PEOPLE,
    TOO_WIDE,
    WIDEST,
    tables_of,
)
from donflow.roster.reading.rows import Column
from donflow.roster.reading.table import Field, SheetTables
from donflow.sheets.reading import Cell, read_book
from tests.roster.reading.sheets import (
    LIANG,
    SUN,
    WORDS,
    Rows,
    apart,
    left,
    people,
    said,
    workbook,
)


def context(taken: SheetTables) -> list[tuple[str, ...]]:
    return [table.headings + line.groups for table in taken.tables for line in table.lines]


@pytest.mark.parametrize("header", [None, ["甲栏", "乙栏", "丙栏", "丁栏"]])
def test_without_a_known_header_columns_are_told_by_content_and_names_are_asked_about(
    header: list[str] | None,
) -> None:
    rows: Rows = [
        ["梁启舟", "男", 13800000001.0, "深圳市恒源数智科技有限公司"],
        ["孙彤玲", "女", "138 0000 0002", "云麓银行"],
        ["其其格玛", "女", "13800000003", "云麓市统计局"],
        ["周林", "男", "", "云麓大学"],
    ]

    taken = apart([header, *rows] if header else rows)

    columns = [Column.NAME, Column.GENDER, Column.PHONE, Column.EMPLOYER]
    assert [guess.column for guess in taken.columns] == columns
    assert [guess.sure for guess in taken.columns] == [False, True, header is None, header is None]
    names = ["梁启舟", "孙彤玲", "其其格玛", "周林"]
    assert [name for _, name in people(taken)] == names


def test_an_unknown_header_is_guessed_from_its_cells_and_asked_once() -> None:
    rows: Rows = [
        ["姓名", "性别", "本尊号", "喜好"],
        ["梁启舟", "男", "13800000001", "钓鱼"],
        ["孙彤玲", "女", "13800000002", "唱歌"],
    ]

    asked = apart(rows)
    answered = apart(rows, known={"本尊号": Column.PHONE})
    refused = apart(rows, known={"本尊号": None})

    assert [(one.column, one.sure) for one in asked.columns[2:]] == [
        (Column.PHONE, False),
        (None, True),
    ]
    assert (answered.columns[2].column, answered.columns[2].sure) == (Column.PHONE, True)
    assert (refused.columns[2].column, refused.columns[2].sure) == (None, True)


def test_a_second_column_of_names_is_left_and_asked_about() -> None:
    taken = apart([["会计学1班", "会计学2班"], ["梁启舟", "孙彤玲"], ["周林", "郑霞瑶"]])

    assert [(one.column, one.sure) for one in taken.columns] == [
        (Column.NAME, False),
        (None, False),
    ]
    assert str(taken.columns[1].reason) == "It is a second column of names."


def test_the_questions_of_a_form_on_the_web_are_headers() -> None:
    headers = [
        "序号",
        "提交答卷时间",
        "1、您的姓名",
        "2、您的性别",
        "3、您的手机号码：",
        "4、您是哪一年入学的？",
        "5、您所在的班级",
        "6、您目前的工作单位及职务",
    ]
    taken = apart([headers, ["1", "2024/3/1", *LIANG, "2005", "1班", "云麓银行经理"]])

    columns = ["name", "gender", "phone", "enrol_year", "class_no", "employer"]
    assert [one.column for one in taken.columns if one.column] == columns


def test_what_stands_above_a_list_and_is_no_title_is_a_note() -> None:
    taken = apart(
        [
            ["各位校友："],
            ["　　请核对以下信息，如有更新请告知林秘书。"],
            ["一、填写要求"],
            ["1.手机填常用号"],
            ["2005级会计学1班"],
            ["姓名", "性别", "手机"],
            [*LIANG],
        ]
    )

    assert context(taken) == [("2005级会计学1班",)]
    assert [left(taken)[number] for number in range(1, 5)] == ["A note."] * 4


def test_a_form_of_one_person_is_told_and_not_read() -> None:
    form = apart(
        [
            ["姓名", "梁启舟", "性别", "男", "出生年月", "1987.9"],
            ["民族", "汉族", "籍贯", "江苏", "手机", "13800000001"],
        ]
    )

    assert form.left_out == FORM
    assert not form.columns


def test_an_answer_can_name_the_column_of_names() -> None:
    rows: Rows = [["尊称", "备考甲"], ["Nguyen Thi Lan", "x"], ["Maria Silva", "y"]]

    assert apart(rows).left_out == NO_LIST
    assert len(people(apart(rows, known={"尊称": Column.NAME, "备考甲": None}))) == 2


@pytest.mark.parametrize("header", ["身份证号", "学号", "编码"])
def test_numbers_of_identity_cards_are_never_taken_in(header: str) -> None:
    number = "110101190001010010"

    taken = apart([["姓名", "性别", header], ["梁启舟", "男", number], ["孙彤玲", "女", number]])

    assert taken.columns[2].column is None
    assert str(taken.columns[2].reason) == "Numbers of papers and accounts are not taken in."
    assert all(len(table.columns) == 2 for table in taken.tables)


def test_a_hidden_column_is_left_and_told_unless_asked_for_and_a_hidden_row_is_a_person() -> None:
    rows: Rows = [["姓名", "手机", "手机（旧）"], ["梁启舟", "13800000001", "13900000001"]]

    taken = apart(rows, hidden_rows=[2], hidden_columns=[2])
    asked = apart(rows, hidden_columns=[2], take_hidden=True)

    assert said(taken, Field.PHONE) == [["13800000001"]]
    assert (taken.columns[2].hidden, str(taken.columns[2].reason)) == (
        True,
        "The column is hidden.",
    )
    assert [line.hidden for table in taken.tables for line in table.lines] == [True]
    assert said(asked, Field.PHONE) == [["13800000001", "13900000001"]]


def test_two_phone_columns_are_both_read() -> None:
    taken = apart([["姓名", "电话1", "电话2"], ["梁启舟", "13800000001", "13900000001"]])

    assert said(taken, Field.PHONE) == [["13800000001", "13900000001"]]


def test_hints_and_examples_of_a_form_are_no_people() -> None:
    taken = apart(
        [
            ["序号", "姓名（必填）", "性别（必填）", "出生年月", "手机"],
            [None, "必填", "必填", "格式：1987.9", "选填"],
            ["例", "张三", "男", "1987.9", "13800000000"],
            [1, *LIANG[:2], "1987.9", LIANG[2]],
        ]
    )

    assert people(taken) == [(4, "梁启舟")]
    assert set(left(taken)) == {1, 2, 3}


def test_a_row_without_a_name_is_left_and_told() -> None:
    taken = apart(
        [["姓名", "性别", "手机"], [*LIANG], [None, "女", "13800000002"], ["无", "女", "/"]]
    )

    assert people(taken) == [(2, "梁启舟")]
    assert left(taken)[3] == left(taken)[4] == "There is no name in this row."


@pytest.mark.parametrize(
    "name",
    [
        "阿卜杜拉·买买提",
        "Nguyen Thi Lan",
        "张 三",
        "欧阳修远",
        "张三（已故）",
        "㜣玲",
        "丘处机★",
        "1.王栋",
    ],
)
def test_names_of_every_kind_make_a_person(name: str) -> None:
    rows: Rows = [["姓名", "性别", "手机"], [name, "男", "13800000001"], [*SUN]]

    assert people(apart(rows)) == [(2, name), (3, "孙彤玲")]


def test_a_list_of_nothing_but_names_is_read() -> None:
    taken = apart([["2005级会计学1班名单"], ["序号", "姓名"], [1, "梁启舟"], [2, "孙彤玲"]])

    assert people(taken) == [(3, "梁启舟"), (4, "孙彤玲")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["填写说明：出生年月请按“1987.9”填写；手机请填常用号码。"]], NO_LIST),
        ([["专业", "年级", "班级", "人数"], ["会计学", "2005级", "1班", 30]], NO_LIST),
        ([["学历", "性别"], ["本科", "男"], ["硕士", "女"]], NO_LIST),
        ([["姓名", "性别", "手机"], [1], []], NO_PEOPLE),
    ],
)  # fmt: skip
def test_a_sheet_without_people_is_left_out_with_the_reason(rows: Rows, reason: object) -> None:
    taken = apart(rows)

    assert taken.left_out == reason
    assert taken.tables == ()


def test_an_empty_sheet_is_left_out() -> None:
    book = read_book(workbook([["姓名", "手机"]], visibility="hidden"), "名单.xlsx")

    assert [tables_of(sheet, WORDS).left_out for sheet in book.sheets] == [NO_PEOPLE, EMPTY]


def test_a_hidden_sheet_is_read_and_marked() -> None:
    taken = apart([["姓名", "手机"], ["梁启舟", "13800000001"]], visibility="very_hidden")

    assert taken.hidden
    assert people(taken) == [(2, "梁启舟")]


def test_ten_columns_that_do_not_concern_us_raise_no_question() -> None:
    headers = ["序号", "学院", "导师", "政治面貌", "QQ", "邮编", "行业", "备注", "填表人", "年龄"]

    taken = apart([[*headers, "姓名", "手机"], [*["x"] * len(headers), "梁启舟", "13800000001"]])

    assert all(guess.sure for guess in taken.columns)
    assert [one.column for one in taken.columns if one.column] == ["status", "name", "phone"]


@pytest.mark.parametrize("seed", range(60))
def test_in_any_sheet_each_row_that_says_something_is_a_line_or_left_and_told(seed: int) -> None:
    chance = random.Random(seed)
    cells = [None, None, "姓名", "性别", "手机", "联系方式", "单位及职务", "梁启舟", "孙彤玲", "男"]
    cells += ["女", "13800000001", 1, 2.5, "2005级会计学1班", "同上", "合计", "注：x", "专业", "√"]
    width = chance.randint(1, 8)
    rows = [chance.choices(cells, k=width) for _ in range(chance.randint(1, 30))]
    merged = ["A2:B3"] if width > 1 and len(rows) > 3 else []

    taken = apart([*rows, [None] * width, ["末"]], merged=merged)

    told = [row.number for row in taken.left]
    found = {line.number for table in taken.tables for line in table.lines}
    assert len(told) == len(set(told))
    assert not found & set(told)
    if taken.left_out is None:
        silent = set(range(1, len(rows) + 1)) - found - set(told)
        for number in silent - {1, 2, 3}:  # merged ones changed
            assert all(cell is None or isinstance(cell, int | float) for cell in rows[number - 1])


def test_a_sheet_wider_than_any_list_is_left_whole_and_told() -> None:
    wide = ["姓名", "性别", *([""] * (WIDEST - 2))]
    rows: list[list[Cell | None]] = [[*wide], ["沈云松", "男"]]
    assert people(apart(rows)) == [(2, "沈云松")]
    rows[1] += [*([""] * (WIDEST - 2)), "远处"]
    taken = apart(rows)
    assert (taken.tables, taken.left_out) == ((), TOO_WIDE)


def test_a_wide_forged_sheet_does_not_take_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    known = heading.meaning_of

    def counted(parts: Sequence[str], words: HeaderWords) -> Meaning | None:
        looked.append(parts)
        return known(parts, words)

    monkeypatch.setattr(heading, "meaning_of", counted)
    rows = [["姓名", *["列"] * 390], *[["王六", *["栏"] * 390] for _ in range(20)]]
    apart(rows)
    assert len(looked) < 391 * 20


def test_one_person_under_a_header_is_no_second_line_of_it() -> None:
    header = ["姓名", "性别", "班级", "专业", "学历"]
    assert people(apart([header, ["周丁", "男", "", "", ""]])) == [(2, "周丁")]
    assert people(apart([header, ["周丁", "男"], ["沈云松", "男"]])) == [(2, "周丁"), (3, "沈云松")]
