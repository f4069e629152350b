"""The gift's total among the sums of a paper, and how each is read."""

from decimal import Decimal

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.facts_amounts import amount
from donflow.precheck.paper import from_text
from donflow.precheck.sums import sums

TOTALS = [
    ("甲方向乙方捐赠人民币伍拾万元整（￥500,000.00）。", "CNY", "500000", "500000"),
    ("甲方捐赠人民币（大写）：伍拾万元整（小写：￥500,000.00元）。", "CNY", "500000", "500000"),
    ("捐赠金额：￥500,000.00（大写：人民币伍拾万元整）", "CNY", "500000", "500000"),
    ("捐赠金额（大写）：人民币伍拾万元整\n（小写）：￥500,000.00", "CNY", "500000", "500000"),
    ("甲方自愿捐赠50万元人民币。", "CNY", "500000", None),
    ("甲方自愿捐赠人民币1.2亿元。", "CNY", "120000000", None),
    ("甲方自愿捐赠人民币1亿2000万元。", "CNY", "120000000", None),
    ("甲方向乙方捐赠人民币￥５００，０００．００（伍拾万圆正）。", "CNY", "500000", "500000"),
    ("甲方向乙方捐赠美元伍万元整（US$50,000.00）。", "USD", "50000", "50000"),
    ("甲方向乙方捐赠伍万美元（USD 50,000）。", "USD", "50000", "50000"),
    ("甲方向乙方捐赠港币壹佰万元整（HK$1,000,000.00）。", "HKD", "1000000", "1000000"),
    ("甲方捐赠欧元贰拾万元整（€200,000.00）。", "EUR", "200000", "200000"),
    ("甲方捐赠日元壹仟万元整（JPY10,000,000）。", "JPY", "10000000", "10000000"),
    ("甲方捐赠英镑叁万元整（£30,000.00）。", "GBP", "30000", "30000"),
    ("甲方捐赠人民币叁佰万元整（¥3,000,00.00）。", "CNY", None, "3000000"),
    (
        "甲方每年捐赠人民币贰拾万元整（￥200,000.00），连续五年，"
        "共计人民币壹佰万元整（￥1,000,000.00）。",
        "CNY",
        "1000000",
        "1000000",
    ),
    (
        "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n"
        "每年奖励20人，每人奖励人民币伍仟元整（￥5,000.00）。",
        "CNY",
        "1000000",
        "1000000",
    ),
    (
        "甲方注册资本人民币伍仟万元整（￥50,000,000.00）。\n"
        "甲方向乙方捐赠人民币壹拾万元整（￥100,000.00）。",
        "CNY",
        "100000",
        "100000",
    ),
    (
        "甲方此前已捐赠人民币贰佰万元整（￥2,000,000.00），现再向乙方捐赠人民币叁拾万元整"
        "（￥300,000.00）。",
        "CNY",
        "300000",
        "300000",
    ),
    (
        "甲方向乙方捐赠人民币陆佰万元整（￥6,000,000.00）。\n"
        "首期人民币叁佰万元整（￥3,000,000.00）于2025年6月30日前支付。\n"
        "甲方逾期的，支付违约金不超过1,000,000,000元。",
        "CNY",
        "6000000",
        "6000000",
    ),
    ("捐赠金额（万元）\t50", "CNY", "500000", None),
    ("甲方捐赠人民币__伍拾万元整__（￥__500,000.00__）。", "CNY", "500000", "500000"),
    ("捐赠总额为500000元。", "CNY", "500000", None),
]


@pytest.mark.parametrize(("text", "currency", "figures", "words"), TOTALS)
def test_the_total_is_read_in_figures_and_words(
    text: str, currency: str, figures: str | None, words: str | None
) -> None:
    paper = from_text(text)
    total = amount(paper, dissect(paper))
    assert total is not None
    assert total.currency == currency
    assert total.figures == (Decimal(figures) if figures else None)
    assert total.words_value == (Decimal(words) if words else None)


@pytest.mark.parametrize(
    "text",
    [
        "乙方收取的手续费不超过500元。",
        "本协议一式四份，双方各执两份。",
        "甲方于2025年9月30日前交付。",
        "电话：0931-0000222，邮编730000。",
        "捐赠数百万元的单位。",
    ],
)
def test_a_paper_without_a_gift_of_money_has_no_total(text: str) -> None:
    paper = from_text(text)
    assert amount(paper, dissect(paper)) is None


@pytest.mark.parametrize(
    "text",
    [
        "2025年9月30日",
        "第5条第3款",
        "合同编号2025-037",
        "一式肆份",
        "三五年内",
        "正面两百人",
        "ET-300",
    ],
)
def test_numbers_that_are_no_sums_are_left_alone(text: str) -> None:
    assert sums(from_text(text)) == ()


def test_two_sums_side_by_side_are_no_pair() -> None:
    found = sums(from_text("书籍费￥100.00、资料费伍佰元整"))
    assert [(each.figures is None, each.words is None) for each in found] == [
        (False, True),
        (True, False),
    ]
