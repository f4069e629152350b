"""Things given: tables of any heading, rows of text, fields, and what only looks like a thing."""

from decimal import Decimal

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.facts_items import computed_total, items
from donflow.precheck.paper import from_text
from donflow.precheck.rules import counts, lists
from tests.precheck.money_drafts import draft, told

LISTS = [
    (
        "序号\t品名\t规格\t数量（台）\t单价（万元）\t总价（万元）\n1\t投影仪\tA\t5\t0.8\t4\n"
        "2\t电脑\tB\t20\t0.5\t10\n合计\t\t\t25\t\t14",
        [("投影仪", 5, "台", 40000), ("电脑", 20, "台", 100000)],
    ),
    (
        "| 类别 | 册数 | 码洋（元） |\n|---|---|---|\n"
        "| 文学 | 800 | 24,000 |\n| 历史 | 600 | 21,000 |",
        [("文学", 800, "册", 24000), ("历史", 600, "册", 21000)],
    ),
    (
        "名　称　　　数　量　　　金　额（元）\n口琴　　　　　20支　　　　　4,000\n"
        "竖笛　　　　　30支　　　　　3,000\n合　计　　　　50支　　　　　7,000",
        [("口琴", 20, "支", 4000), ("竖笛", 30, "支", 3000)],
    ),
    (
        "序号  名称  数量  序号  名称  数量\n"
        "1  桌子  10张  3  书柜  5个\n2  椅子  20把  4  台灯  8盏",
        [
            ("桌子", 10, "张", None),
            ("椅子", 20, "把", None),
            ("书柜", 5, "个", None),
            ("台灯", 8, "盏", None),
        ],
    ),
    (
        "①《秋山图》，立轴，1件，￥300,000；\n②《松声》四条屏，4件，￥240,000。",
        [("《秋山图》", 1, "件", 300000), ("《松声》四条屏", 4, "件", 240000)],
    ),
    (
        "（1）台式电脑（型号M90），数量：20台，单价：人民币5,000元，合计：人民币100,000元；\n"
        "（2）投影仪，数量：3台，单价：人民币8,000元，合计：人民币24,000元。",
        [("台式电脑", 20, "台", 100000), ("投影仪", 3, "台", 24000)],
    ),
    (
        "乐器包括：立式钢琴1架（价值80万元）、小提琴4把（价值12万元）。",
        [("立式钢琴", 1, "架", 800000), ("小提琴", 4, "把", 120000)],
    ),
    (
        "甲方捐赠树木：银杏20株（每株3,000元）、桂花30株（每株1,500元），合计105,000元。",
        [("银杏", 20, "株", None), ("桂花", 30, "株", None)],
    ),
    (
        "设备名称：数控机床；数量：2台；单价：人民币300,000元；总价：人民币600,000元。",
        [("数控机床", 2, "台", 600000)],
    ),
    (
        "品名：无人机\n型号：X-3\n数量：6架\n总价：人民币90,000元",
        [("无人机", 6, "架", 90000)],
    ),
    (
        "甲方捐赠乐器一批，其中古筝4张、二胡3把。",
        [("古筝", 4, "张", None), ("二胡", 3, "把", None)],
    ),
    (
        "甲方捐赠书画作品6件（油画2幅、国画4幅），作价人民币30万元。",
        [("油画", 2, "幅", None), ("国画", 4, "幅", None)],
    ),
    ("甲方捐赠50吨水泥及3台搅拌机。", [("水泥", 50, "吨", None), ("搅拌机", 3, "台", None)]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_things_are_read_in_whatever_way_they_are_listed(
    text: str, expected: list[tuple[str, int, str, int | None]]
) -> None:
    read = items(from_text(text), None)
    assert [(each.item, each.quantity, each.unit, each.total) for each in read] == expected
    assert [each.no for each in read] == list(range(1, len(expected) + 1))
    assert told(lists.rule, draft(text, Kind.IN_KIND)) == []
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == []


@pytest.mark.parametrize(
    "text",
    [
        "甲方曾捐赠显微镜10台（价值人民币20万元）。",
        "甲方持有星河公司5%股权，向乙方捐赠人民币10万元。",
        "甲方每年提供3次培训，费用2000元；乙方提供场地，租金5000元。",
        "甲方名称：恒源公司\n联系人数量：2人",
    ],
)
def test_what_is_not_given_is_no_thing(text: str) -> None:
    assert items(from_text(text), None) == ()


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (LISTS[0][0], 140000),
        (LISTS[1][0], 45000),
        (LISTS[4][0], 540000),
        (LISTS[7][0], 105000),
        ("甲方捐赠图书一批，共计1,260种、3580册。", None),
        (LISTS[3][0], None),
    ],
)
def test_rows_are_summed_by_price_else_by_what_each_is_worth(text: str, total: int | None) -> None:
    assert computed_total(items(from_text(text), None)) == (total and Decimal(total))


BOOKS = "类别  数量（册）  金额（元）\n文学类图书  1,200  48,000\n历史类图书  640  32,000\n"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("甲方捐赠图书1,850册，详见下表：\n" + BOOKS, "捐赠图书1,850册"),
        ("甲方捐赠下列图书共1,830册。\n" + BOOKS, "图书共1,830册"),
        (BOOKS + "甲方将文学类图书1,020册装箱。", "文学类图书1,020册"),
        ("甲方捐赠书画作品共5件：\n" + LISTS[4][0].replace("4件", "3件"), "书画作品共5件"),
    ],
)
def test_all_things_counted_otherwise_are_told(text: str, quote: str) -> None:
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == [("quantity_mismatch", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "甲方捐赠图书1,840册，详见下表：\n" + BOOKS,
        "甲方曾于2020年捐赠图书500册，清单已归档。\n" + BOOKS,
        BOOKS + "首批捐赠图书1,000册，清单另附。",
        BOOKS + "甲方另备历史类图书20册。",
        BOOKS + "文学类图书800册存于东馆，400册存于西馆。",
        BOOKS + "其中文学类图书700册送东校区，文学类图书500册送西校区。",
    ],
)
def test_parts_and_former_gifts_are_left_alone(text: str) -> None:
    assert told(counts.rule, draft(text, Kind.IN_KIND)) == []


NAMES = "姓　名　　金额（元）\n岳鹏程　1,000\n祁连山　2,000\n贺　兰　　3,000\n"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("本班共计4名校友参与。\n" + NAMES, "共计4名校友"),
        ("甲方5位同学集资，名单如下：\n" + NAMES, "5位同学"),
        ("由下列2名校友出资：\n" + NAMES, "下列2名校友"),
        ("12名校友踊跃解囊。\n" + NAMES, "12名校友"),
        ("参与捐赠校友共计9人。\n" + NAMES, "参与捐赠校友共计9人"),
    ],
)
def test_a_number_of_givers_that_is_not_the_lists_is_told(text: str, quote: str) -> None:
    assert told(counts.rule, draft(text)) == [("list_count_mismatch", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "本班共计3名校友参与。\n" + NAMES,
        "2016年曾有6名同学集资。\n" + NAMES,
        "每年资助20名同学捐赠的图书整理。\n" + NAMES,
        "另有2名校友自愿参与志愿服务。\n" + NAMES,
        "学院现有40名教师。\n" + NAMES,
    ],
)
def test_other_people_are_not_the_lists(text: str) -> None:
    assert told(counts.rule, draft(text)) == []


def test_a_list_set_abreast_is_summed_as_one() -> None:
    text = (
        "序号  姓名  金额（元）  序号  姓名  金额（元）\n1  岳鹏程  100  3  贺兰亭  300\n"
        "2  祁连山  200  4  秦望川  400\n合计  {total}"
    )
    assert told(lists.rule, draft(text.format(total="1,000"))) == []
    assert told(lists.rule, draft(text.format(total="900"))) == [("list_total_mismatch", "900")]
