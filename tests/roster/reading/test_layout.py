"""Sheets as offices really keep them: where the people are, and what became of every other row."""

from __future__ import annotations

from donflow.roster.reading.rows import Column
from donflow.roster.reading.table import Field, SheetTables
from tests.roster.reading.sheets import (
    LIANG,
    QIQIGE,
    SUN,
    apart,
    left,
    people,
    said,
)


def context(taken: SheetTables) -> list[tuple[str, ...]]:
    return [table.headings + line.groups for table in taken.tables for line in table.lines]


def test_titles_blank_rows_and_columns_sums_and_notes_are_no_people() -> None:
    taken = apart(
        [
            [None, "管理学院2005级校友名录"],
            [None, "填表单位：校友办　　填表日期：2024年3月"],
            [],
            [None, "序号", "姓  名*", "性别", "联系电话（手机）"],
            [None, 1, *LIANG],
            [None, 2, *QIQIGE],
            [],
            [None, 3, *SUN],
            [None, 4],
            [None, "合计", "3人"],
            [None, "注：请勿外传。"],
            [None, "制表人：林秘书", None, "第1页 共1页"],
        ],
        merged=["B1:E1"],
    )

    assert people(taken) == [(5, "梁启舟"), (6, "其其格玛"), (8, "孙彤玲")]
    assert context(taken)[0] == ("管理学院2005级校友名录",)
    assert sorted(left(taken)) == [1, 2, 4, 10, 11, 12]
    assert left(taken)[10] == "A sum or a count."


def test_two_header_rows_with_a_merged_group_say_what_each_column_is() -> None:
    taken = apart(
        [
            ["校友名录"],
            ["姓名", "性别", "联系方式", None, None, "家长信息", None, "家乡"],
            [None, None, "电话", "电子邮件", "微信号", "姓名", "电话", None],
            [
                "梁启舟",
                "男",
                "13800000001",
                "l@example.cn",
                "wx_001",
                "梁父",
                "13900000009",
                "江苏",
            ],
        ],
        merged=["A1:H1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3"],
    )

    assert [guess.column for guess in taken.columns] == [
        Column.NAME,
        Column.GENDER,
        Column.PHONE,
        Column.EMAIL,
        Column.WECHAT,
        None,
        None,
        Column.PROVINCE,
    ]
    assert taken.columns[2].header == "联系方式 电话"
    assert people(taken) == [(4, "梁启舟")]


def test_a_group_over_columns_need_not_be_merged() -> None:
    taken = apart(
        [
            ["姓名", "工作情况", None, "联系方式", None],
            [None, "单位", "职务", "手机", "邮箱"],
            ["梁启舟", "深圳市恒源数智科技有限公司", "经理", "13800000001", "l@example.cn"],
        ]
    )

    assert [guess.column for guess in taken.columns] == [
        Column.NAME,
        Column.EMPLOYER,
        Column.JOB_TITLE,
        Column.PHONE,
        Column.EMAIL,
    ]


def test_coded_headers_are_read_with_and_without_a_second_row_of_words() -> None:
    codes = ["XM", "XB", "CSRQ", "ZY", "BJ", "SJHM", "DZYX"]
    row = ["梁启舟", "男", "19870901", "会计学", "1班", "13800000001", "l@example.cn"]
    words = ["姓名", "性别", "出生日期", "专业", "班级", "手机号码", "电子邮箱"]
    expected = ["name", "gender", "birth", "major", "class_no", "phone", "email"]

    for rows in ([codes, row], [codes, words, row]):
        taken = apart(rows)
        assert [guess.column for guess in taken.columns] == expected
        assert people(taken) == [(len(rows), "梁启舟")]


def test_a_header_that_stands_again_is_left_and_the_list_goes_on() -> None:
    header = ["姓名", "性别", "手机"]

    taken = apart([header, [*LIANG], header, [*SUN]])

    assert people(taken) == [(2, "梁启舟"), (4, "孙彤玲")]
    assert left(taken)[3] == "The header again."
    assert len(taken.tables) == 1


def test_group_rows_hold_for_the_rows_under_them_until_the_like_comes() -> None:
    taken = apart(
        [
            ["会计学院校友通讯录（本科）"],
            ["姓名", "性别", "手机"],
            ["会计学专业"],
            ["2005级"],
            [*LIANG],
            ["小计：1人"],
            ["2006级"],
            [*SUN],
            ["金融学"],
            ["2005级"],
            [*QIQIGE],
        ],
        merged=["A1:C1", "A3:C3", "A9:C9"],
    )

    top = "会计学院校友通讯录（本科）"
    assert context(taken) == [
        (top, "会计学专业", "2005级"),
        (top, "会计学专业", "2006级"),
        (top, "金融学", "2005级"),
    ]
    assert len(taken.tables) == 1


def test_a_class_named_in_the_title_does_not_hold_under_the_next_title() -> None:
    header = ["姓名", "性别", "手机"]

    taken = apart(
        [
            ["2005级会计学1班"], header, [*LIANG], [],
            ["2006级金融学"], header, [*SUN],
        ]
    )  # fmt: skip

    assert context(taken) == [("2005级会计学1班",), ("2006级金融学",)]
    assert people(taken) == [(3, "梁启舟"), (7, "孙彤玲")]


def test_several_tables_in_one_sheet_each_have_columns_of_their_own() -> None:
    taken = apart(
        [
            ["本科校友"],
            ["姓名", "性别", "手机"],
            [*LIANG],
            [],
            ["MBA校友"],
            ["序号", "手机", "校友姓名", "单位及职务"],
            [1, "13800000002", "孙彤玲", "云麓银行经理"],
        ]
    )

    assert [table.headings for table in taken.tables] == [("本科校友",), ("MBA校友",)]
    assert said(taken, Field.PHONE) == [["13800000001"], ["13800000002"]]
    assert said(taken, Field.WORK) == [[], ["云麓银行经理"]]


def test_tables_side_by_side_are_blocks_of_the_same_rows() -> None:
    taken = apart(
        [
            ["序号", "姓名", "手机", "序号", "姓名", "手机"],
            [1, "梁启舟", "13800000001", 3, "其其格玛", "13800000003"],
            [2, "孙彤玲", "13800000002", None, None, None],
        ]
    )

    assert [table.block for table in taken.tables] == [1, 2]
    assert people(taken) == [(2, "梁启舟"), (3, "孙彤玲"), (2, "其其格玛")]
    assert said(taken, Field.PHONE) == [["13800000001"], ["13800000002"], ["13800000003"]]


def test_a_group_over_one_of_two_tables_side_by_side_holds_for_neither() -> None:
    taken = apart(
        [
            ["2005级校友"],
            ["姓名", "手机", None, "姓名", "手机"],
            ["梁启舟", "13800000001", None, "孙彤玲", "13800000002"],
            ["会计学1班", None, None, "会计学2班", None],
            ["周林", "13800000003", None, "郑霞瑶", "13800000004"],
        ]
    )

    assert [table.headings for table in taken.tables] == [("2005级校友",)] * 2 + [()] * 2
    assert {line.groups for table in taken.tables for line in table.lines} == {()}
    assert len(people(taken)) == 4


def test_a_title_in_several_cells_is_no_group_of_the_header() -> None:
    taken = apart(
        [["云麓大学"], ["2005级", "会计学1班", "名单"], ["姓名", "性别", "手机"], [*LIANG]]
    )

    assert [one.header for one in taken.columns] == ["姓名", "性别", "手机"]
    assert context(taken) == [("云麓大学", "2005级 会计学1班 名单")]


def test_cells_merged_downwards_and_ditto_marks_carry_their_value_down() -> None:
    taken = apart(
        [
            ["年级", "专业", "姓名", "单位"],
            ["2005级", "会计学", "梁启舟", "云麓银行"],
            [None, "〃", "孙彤玲", "同上"],
            [None, "〃", "周林", "″"],
            ["2006级", None, "郑霞瑶", None],
        ],
        merged=["A2:A4"],
    )

    assert said(taken, Field.ENROL_YEAR) == [["2005级"], ["2005级"], ["2005级"], ["2006级"]]
    assert said(taken, Field.MAJOR) == [["会计学"], ["会计学"], ["会计学"], []]
    assert said(taken, Field.EMPLOYER) == [["云麓银行"], ["云麓银行"], ["云麓银行"], []]


def test_tick_columns_stand_for_the_sex() -> None:
    taken = apart([["姓名", "男", "女", "电话"], ["梁启舟", "√", None, "13800000001"]])

    assert said(taken, Field.MALE) == [["√"]]
    assert [guess.column for guess in taken.columns][1:3] == [Column.GENDER, Column.GENDER]
