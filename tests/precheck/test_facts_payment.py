"""How the gift is handed over, and when."""

from decimal import Decimal

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts_amounts import amount
from donflow.precheck.facts_payment import payment
from donflow.precheck.paper import Line, Paper, from_text

TOTAL = "甲方向乙方捐赠人民币壹佰万元整（￥1,000,000.00）。\n"
LUMPS = [
    ("甲方于2025年6月30日前将捐赠款一次性汇入乙方下列账户：", "2025-06-30"),
    ("甲方应在本协议签订之日起十个工作日内将捐赠款汇入乙方账户。", "signing+10wd"),
    ("甲方应于本协议生效后30日内将捐赠款汇至乙方账户。", "signing+30d"),
    ("甲方应于本协议签署之日起15（十五）个工作日内一次性付清。", "signing+15wd"),
    ("自本协议签字盖章之日起三个月内，甲方将款项转入乙方账户。", "signing+3m"),
    ("捐赠款应当在2025年年底前到达乙方账户。", "2025-12-31"),
    ("捐赠款应当在2025年6月底前到账。", "2025-06-30"),
    ("甲方于2025年12月31日（含当日）前支付。", "2025-12-31"),
    ("交付时间：2025.9.1前", "2025-09-01"),
    ("甲方于二〇二五年十二月三十一日前将捐赠款支付给乙方。", "2025-12-31"),
    ("甲方应于签约当日将捐赠款汇入乙方账户。", "signing+0d"),
    ("付款期限：2025 年 9 月 30 日前", "2025-09-30"),
    ("甲方于２０２５年６月３０日前将捐赠款汇入乙方账户。", "2025-06-30"),
]


def read(text: str, *, in_kind: bool = False) -> tuple[str, list[tuple[int, str, str]]]:
    return read_paper(from_text(text), in_kind=in_kind)


def read_paper(paper: Paper, *, in_kind: bool = False) -> tuple[str, list[tuple[int, str, str]]]:
    anatomy = dissect(paper)
    mode, given = payment(paper, anatomy, amount(paper, anatomy), in_kind=in_kind)
    return mode, [(each.no, f"{each.amount or Decimal(0):.0f}", each.due) for each in given]


@pytest.mark.parametrize(("sentence", "due"), LUMPS)
def test_one_payment_has_its_day(sentence: str, due: str) -> None:
    assert read(TOTAL + sentence) == ("lump", [(1, "1000000", due)])


@pytest.mark.parametrize(
    "sentence",
    [
        "乙方收到捐赠款后10个工作日内，向甲方开具公益事业捐赠统一票据。",
        "乙方于每年12月31日前向甲方书面反馈使用情况。",
        "甲方逾期支付超过30日的，乙方可以在2025年12月31日前解除本协议。",
        "甲方于____年__月__日前将捐赠款汇入乙方账户。",
        "本协议有效期至2029年12月31日。",
        "丙方于次年一月底前向甲、乙双方提交年度使用报告。",
    ],
)
def test_days_of_other_things_are_not_the_payments(sentence: str) -> None:
    assert read(TOTAL + sentence) == ("lump", [])


def test_goods_are_delivered() -> None:
    text = "甲方于2025年10月20日前将设备运抵云麓大学实验楼。"
    assert read(text, in_kind=True) == ("delivery", [(1, "0", "2025-10-20")])


SEVERAL = [
    (
        "1.第一期：2025年9月30日前，人民币陆拾万元整（￥600,000.00）；\n"
        "2.第二期：2026年9月30日前，人民币肆拾万元整（￥400,000.00）。",
        [(1, "600000", "2025-09-30"), (2, "400000", "2026-09-30")],
    ),
    (
        "首期人民币60万元于2025年9月30日前支付，二期款人民币40万元于2026年9月30日前支付。",
        [(1, "600000", "2025-09-30"), (2, "400000", "2026-09-30")],
    ),
    (
        "首付50%，于本协议签订之日起10日内支付；余款于2026年3月31日前付清。",
        [(1, "500000", "signing+10d"), (2, "500000", "2026-03-31")],
    ),
    (
        "2025年支付人民币60万元，2026年支付人民币40万元。",
        [(1, "600000", "2025-12-31"), (2, "400000", "2026-12-31")],
    ),
    (
        "第一期（2025年9月30日前）支付30%，第二期（2026年9月30日前）支付30%，"
        "第三期（2027年9月30日前）支付40%。",
        [
            (1, "300000", "2025-09-30"),
            (2, "300000", "2026-09-30"),
            (3, "400000", "2027-09-30"),
        ],
    ),
    (
        "甲方自2025年起，每年9月30日前支付人民币贰拾万元整（￥200,000.00），连续五年。",
        [(no, "200000", f"{2024 + no}-09-30") for no in range(1, 6)],
    ),
    (
        "甲方自2025年至2029年，于每年6月30日前向乙方支付捐赠款20万元。",
        [(no, "200000", f"{2024 + no}-06-30") for no in range(1, 6)],
    ),
    (
        "捐赠款分五年支付，每年贰拾万元，自2026年起每年12月底前汇入乙方账户。",
        [(no, "200000", f"{2025 + no}-12-31") for no in range(1, 6)],
    ),
    (
        "第一笔：人民币伍拾万元整（￥500,000.00），于2025年5月1日前支付。\n"
        "第二笔：人民币伍拾万元整（￥500,000.00），于2026年5月1日前支付。\n"
        "乙方在收到第一笔捐赠款后30日内开具票据。",
        [(1, "500000", "2025-05-01"), (2, "500000", "2026-05-01")],
    ),
    (
        "期次        支付时间              金额（元）\n"
        "第一期      2025年9月30日前       600,000.00\n"
        "第二期      2026年9月30日前       400,000.00\n"
        "合计                              1,000,000.00",
        [(1, "600000", "2025-09-30"), (2, "400000", "2026-09-30")],
    ),
    (
        "第一期：\n金额：人民币陆拾万元整（￥600,000.00）\n支付时间：2025年9月30日前\n"
        "第二期：\n金额：人民币肆拾万元整（￥400,000.00）\n支付时间：2026年9月30日前",
        [(1, "600000", "2025-09-30"), (2, "400000", "2026-09-30")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_payments_each_have_a_sum_and_a_day(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert read(TOTAL + text) == ("instalments", expected)


def test_instalments_stand_in_a_table_of_word() -> None:
    rows = [
        ("期次", "支付时间", "金额（万元）"),
        ("第一期", "2025年9月30日前", "60"),
        ("第二期", "2026年9月30日前", "40"),
    ]
    lines = [Line(1, TOTAL.strip())]
    lines += [Line(no, "\t".join(row), row) for no, row in enumerate(rows, start=2)]
    assert read_paper(Paper(tuple(lines)))[1] == [
        (1, "600000", "2025-09-30"),
        (2, "400000", "2026-09-30"),
    ]


def test_a_supplement_tells_the_instalment_that_it_moves() -> None:
    text = (
        "一、原协议第二期捐赠款人民币贰佰万元整（￥2,000,000.00），支付时间由2026年9月30日前"
        "变更为2027年3月31日前。"
    )
    assert read(text)[1] == [(2, "2000000", "2027-03-31")]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("甲方于2025年12月支付捐赠款。", "2025-12-31"),
        ("甲方于2025年6月30日前将捐赠款汇入乙方账户，用于发放奖学金。", "2025-06-30"),
        ("甲方根据2025年5月1日签订的备忘录，于2025年6月30日前支付捐赠款。", "2025-06-30"),
    ],
)
def test_the_day_of_paying_is_found_among_other_words(sentence: str, due: str) -> None:
    assert read(TOTAL + sentence) == ("lump", [(1, "1000000", due)])


def test_numbered_lines_with_shares_are_instalments() -> None:
    text = (
        "二、付款方式：\n1．本协议签订后10个工作日内支付30%，即人民币30万元；\n"
        "2．主体工程封顶后10个工作日内支付40%，即人民币40万元；\n"
        "3．竣工验收合格后30日内支付剩余30%，即人民币30万元。"
    )
    assert read(TOTAL + text) == (
        "instalments",
        [(1, "300000", "signing+10wd"), (2, "400000", ""), (3, "300000", "")],
    )
