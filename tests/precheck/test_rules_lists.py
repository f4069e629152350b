"""Lists of things and people: sums, numbers, and what the text says of them."""

from decimal import Decimal

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.facts_items import computed_total, items, titles
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rules import counts, lists
from tests.precheck.money_drafts import draft, told

BOX = """甲方将下列设备捐赠给乙方：
┌────┬──────┬────┬────────┬──────────┐
│序号│名称  │数量│单价(元)│金额（元）│
├────┼──────┼────┼────────┼──────────┤
│1   │显微镜│4   │5,000.00│20,000.00 │
│2   │离心机│2   │8,000.00│{second} │
├────┴──────┴────┴────────┼──────────┤
│合计                     │{total} │
└─────────────────────────┴──────────┘"""
COLUMNS = """甲方将下列设备捐赠给乙方：
序号    设备名称    数量    单位    单价（元）    总价（元）
1       显微镜      4       台      5,000.00      20,000.00
2       离心机      2       台      8,000.00      {second}
合计                6                             {total}"""
RIGHT = {"second": "16,000.00", "total": "36,000.00"}
ROWS = [
    ("序号", "设备名称", "数量", "单价（万元）", "合计（万元）"),
    ("1", "显微镜", "4台", "0.5", "2"),
    ("2", "离心机", "2台", "0.8", "1.6"),
    ("合计", "", "", "", "3.6"),
]


def word(rows: list[tuple[str, ...]], *before: str) -> Paper:
    lines = [Line(no, text) for no, text in enumerate(before, start=1)]
    lines += [Line(no, "\t".join(row), row) for no, row in enumerate(rows, start=len(lines) + 1)]
    return Paper(tuple(lines))


@pytest.mark.parametrize(
    "paper", [from_text(BOX.format(**RIGHT)), from_text(COLUMNS.format(**RIGHT)), word(ROWS)]
)
def test_a_list_is_read_however_it_is_drawn(paper: Paper) -> None:
    read = items(paper, None)
    assert [(each.no, each.item, each.quantity, each.unit_price, each.total) for each in read] == [
        (1, "显微镜", 4, Decimal(5000), Decimal(20000)),
        (2, "离心机", 2, Decimal(8000), Decimal(16000)),
    ]
    assert computed_total(read) == 36000


def test_things_in_a_sentence_are_read() -> None:
    paper = from_text("甲方向乙方捐赠图书一批，共计1,260种、3580册，码洋合计143,200元。")
    (book,) = items(paper, None)
    assert (book.item, book.quantity, book.unit, titles(paper)) == ("图书", 3580, "册", 1260)


def test_priced_things_in_lines_are_read() -> None:
    text = "1. 显微镜4台，单价5,000元，小计20,000元；\n2. 离心机2台，单价8,000元，小计16,000元。"
    assert [(each.no, each.item, each.quantity) for each in items(from_text(text), None)] == [
        (1, "显微镜", 4),
        (2, "离心机", 2),
    ]


@pytest.mark.parametrize("form", [BOX, COLUMNS])
@pytest.mark.parametrize(
    ("numbers", "quote"),
    [
        ({"total": "37,000.00"}, "37,000.00"),
        ({"second": "18,000.00"}, "18,000.00"),
        ({"second": "18,000.00", "total": "38,000.00"}, "18,000.00"),
    ],
)
def test_a_wrong_sum_in_a_list_is_told(form: str, numbers: dict[str, str], quote: str) -> None:
    given = draft(form.format(**(RIGHT | numbers)), Kind.IN_KIND)
    assert told(lists.rule, given) == [("list_total_mismatch", quote)]


@pytest.mark.parametrize("form", [BOX, COLUMNS])
def test_a_right_list_is_left_alone(form: str) -> None:
    assert told(lists.rule, draft(form.format(**RIGHT), Kind.IN_KIND)) == []


def test_a_list_of_word_is_summed() -> None:
    wrong = [*ROWS[:3], ("合计", "", "", "", "3.8")]
    assert told(lists.rule, draft(word(ROWS), Kind.IN_KIND)) == []
    assert told(lists.rule, draft(word(wrong), Kind.IN_KIND)) == [("list_total_mismatch", "3.8")]


def test_the_sum_of_a_list_of_donors_is_checked() -> None:
    rows = [("姓名", "捐赠金额（元）"), ("岳鹏程", "1,000"), ("祁连山", "2,000"), ("合计", "3,500")]
    assert told(lists.rule, draft(word(rows))) == [("list_total_mismatch", "3,500")]
    rows[-1] = ("合计", "3,000")
    assert told(lists.rule, draft(word(rows))) == []


def test_a_wrong_sum_in_a_line_is_told() -> None:
    text = (
        "甲方向乙方捐赠下列设备：\n1. 显微镜4台，单价5,000元，小计20,000元；\n"
        "2. 离心机2台，单价8,000元，小计18,000元。"
    )
    ((code, quote),) = told(lists.rule, draft(text, Kind.IN_KIND))
    assert code == "list_total_mismatch"
    assert "离心机2台" in quote


PEOPLE = "附件一：捐赠校友名单\n岳鹏程、祁连山、贺兰亭\n梁启舟、秦望川"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (PEOPLE.replace("名单", "名单（共6人）"), "捐赠校友名单（共6人"),
        ("捐赠校友共6人，名单见附件一。\n" + PEOPLE, "捐赠校友共6人"),
        (
            "甲方系2003级校友等6人。\n附件：捐赠名单\n"
            "1. 岳鹏程\n2. 祁连山\n3. 贺兰亭\n4. 梁启舟\n5. 秦望川",
            "校友等6人",
        ),
    ],
)
def test_a_list_of_people_that_is_short_is_told(text: str, quote: str) -> None:
    assert told(counts.rule, draft(text)) == [("list_count_mismatch", quote)]


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE.replace("名单", "名单（共5人）"),
        "捐赠校友共5人，名单见附件一。\n" + PEOPLE,
        "捐赠校友共35人，名单见附件一。",
        "每年奖励30人，每人5000元。\n" + PEOPLE,
        "管理学院现有校友3000余人。\n" + PEOPLE,
        "评审委员会共7人。\n" + PEOPLE,
    ],
)
def test_a_list_of_people_that_fits_is_left_alone(text: str) -> None:
    assert told(counts.rule, draft(text)) == []


BOOKS = "甲方向乙方捐赠图书一批，共计1,260种、3580册。\n"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (BOOKS + "附件：捐赠图书书目（1260种，3,850册）", "1260种，3,850册"),
        (BOOKS + "附件：捐赠图书书目（1,206种，3580册）", "1,206种，3580册"),
        (BOX.format(**RIGHT) + "\n甲方负责将显微镜5台运抵乙方。", "显微镜5台"),
        (BOX.format(**RIGHT) + "\n上述设备共计7台，归乙方所有。", "设备共计7台"),
        ("甲方向乙方捐赠钢琴2架。\n甲方于2025年6月1日前将3架钢琴运抵乙方。", "3架钢琴"),
    ],
)
def test_a_quantity_told_otherwise_is_named(text: str, quote: str) -> None:
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == [("quantity_mismatch", quote)]


@pytest.mark.parametrize(
    "text",
    [
        BOOKS + "附件：捐赠图书书目（1260种，3,580册）",
        BOX.format(**RIGHT) + "\n甲方负责将显微镜4台、离心机2台运抵乙方。",
        BOX.format(**RIGHT) + "\n上述设备共计6台，归乙方所有。",
        BOX.format(**RIGHT) + "\n甲方提供备用零件10套，说明书3册。",
        BOX.format(**RIGHT) + "\n验收单一式三份，由2人签字。",
        BOX.format(**RIGHT) + "\n下列2种设备均为全新。",
    ],
)
def test_quantities_that_agree_are_left_alone(text: str) -> None:
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == []


def test_a_list_with_another_number_of_rows_is_told() -> None:
    text = BOX.format(**RIGHT).replace("下列设备", "下列3种设备")
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == [("list_count_mismatch", "下列3种设备")]


def test_an_empty_cell_of_set_columns_moves_nothing() -> None:
    text = (
        "序号    设备名称    型号      数量    单价（元）    总价（元）\n"
        "1       显微镜      XW-1      4       5,000.00      20,000.00\n"
        "2       离心机                2       8,000.00      16,000.00\n"
        "合计                          6                     36,000.00"
    )
    read = items(from_text(text), None)
    assert [(each.item, each.quantity, each.total) for each in read] == [
        ("显微镜", 4, Decimal(20000)),
        ("离心机", 2, Decimal(16000)),
    ]
    assert told(lists.rule, draft(text, Kind.IN_KIND)) == []
    wrong = text.replace("合计                          6", "合计                          7")
    assert told(lists.rule, draft(wrong, Kind.IN_KIND)) == [("list_total_mismatch", "7")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方将其收藏的油画10幅、书法作品5幅捐赠给乙方。", [("油画", 10), ("书法作品", 5)]),
        ("甲方向乙方捐赠全新钢琴2架，价值人民币10万元。", [("钢琴", 2)]),
        ("甲方向乙方捐赠50台笔记本电脑、10台投影仪。", [("笔记本电脑", 50), ("投影仪", 10)]),
        ("甲方将图形工作站（型号WS-9）12台捐赠给乙方。", [("图形工作站", 12)]),
        ("甲方向乙方捐赠人民币50万元，奖励30人。", []),
        ("乙方颁发捐赠证书一件。", []),
    ],
)
def test_things_are_counted_on_either_side_of_the_verb(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert [(each.item, each.quantity) for each in items(from_text(text), None)] == expected


def test_two_tables_of_word_that_touch_are_two() -> None:
    pairs = [("户名", "云麓大学教育发展基金会"), ("账号", "2703000000000001234")]
    wrong = [*ROWS[:3], ("合计", "3.8")]
    assert told(lists.rule, draft(word([*pairs, *wrong]), Kind.IN_KIND)) == [
        ("list_total_mismatch", "3.8")
    ]
