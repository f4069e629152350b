"""Instalments against the total, their number and their years."""

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.rules import instalments
from tests.precheck.money_drafts import draft, told

HEAD = "甲方自2025年至2027年分三年向乙方捐赠人民币陆佰万元整（￥6,000,000.00）。\n"
LISTED = (
    "捐赠款分三期支付：\n"
    "第一期：2025年9月30日前，人民币贰佰万元整（￥2,000,000.00）；\n"
    "第二期：2026年9月30日前，人民币{second}；\n"
    "第三期：2027年9月30日前，人民币贰佰万元整（￥2,000,000.00）。"
)
RIGHT = LISTED.format(second="贰佰万元整（￥2,000,000.00）")


def test_the_odd_instalment_is_named_where_the_sum_is_wrong() -> None:
    text = HEAD + LISTED.format(second="壹佰万元整（￥1,000,000.00）")
    assert told(instalments.rule, draft(text)) == [
        (
            "instalment_sum_mismatch",
            "第二期：2026年9月30日前，人民币壹佰万元整（￥1,000,000.00）",
        )
    ]


def test_a_wrong_pair_alone_is_no_wrong_sum() -> None:
    text = HEAD + LISTED.format(second="贰佰万元整（￥200,000.00）")
    assert told(instalments.rule, draft(text)) == []


HITS = [
    (HEAD.replace("分三年", "分四年") + RIGHT, "instalment_count_mismatch", "2025年至2027年分四年"),
    (HEAD + RIGHT.replace("分三期", "分四期"), "instalment_count_mismatch", "分四期"),
    (
        HEAD.replace("2027", "2028").replace("分三年", "") + RIGHT,
        "instalment_count_mismatch",
        "至2028年",
    ),
    (
        "甲方每年捐赠人民币贰拾万元整（￥200,000.00），连续五年，共计人民币壹佰贰拾万元整"
        "（￥1,200,000.00），每年9月30日前汇入乙方账户。",
        "instalment_sum_mismatch",
        "￥1,200,000.00",
    ),
    (
        "甲方捐赠人民币壹佰万元整（￥1,000,000.00），分三次付清：首期人民币50万元于2025年5月1日前支付，"
        "第二期人民币50万元于2026年5月1日前支付。",
        "instalment_count_mismatch",
        "分三次",
    ),
    (
        "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n"
        "首付40%，于2025年5月1日前支付；第二期50%，于2026年5月1日前支付。",
        "instalment_sum_mismatch",
        "首付40%，于2025年5月1日前支付",
    ),
    (
        "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n"
        "期次        支付时间              金额（元）\n"
        "第一期      2025年9月30日前       600,000.00\n"
        "第二期      2026年9月30日前       400,000.00\n"
        "合计                              1,100,000.00",
        "instalment_sum_mismatch",
        "1,100,000.00",
    ),
]


@pytest.mark.parametrize(("text", "code", "words"), HITS)
def test_instalments_that_do_not_fit_are_told(text: str, code: str, words: str) -> None:
    found = told(instalments.rule, draft(text, Kind.MULTI_INSTALMENT))
    assert [each for each, _ in found] == [code]
    assert words in found[0][1] or found[0][1] in words


CLEAN = [
    HEAD + RIGHT,
    HEAD + RIGHT + "\n乙方在收到第一期捐赠款后十五个工作日内开具票据。",
    "甲方每年捐赠人民币贰拾万元整（￥200,000.00），连续五年，共计人民币壹佰万元整"
    "（￥1,000,000.00），自2025年起每年9月30日前汇入乙方账户。",
    "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。首付50%，余款于2026年5月1日前付清。",
    "甲方捐赠人民币壹佰万元整（￥1,000,000.00），冠名期限自2025年至2035年，共分五个阶段实施。",
    HEAD + RIGHT + "\n本协议有效期自2025年至2029年。",
    HEAD + RIGHT + "\n项目分两年实施，每年分四次评审。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_instalments_that_fit_are_left_alone(text: str) -> None:
    assert told(instalments.rule, draft(text, Kind.MULTI_INSTALMENT)) == []


def test_a_supplement_need_not_name_all_instalments() -> None:
    text = HEAD + LISTED.format(second="壹佰万元整（￥1,000,000.00）")
    assert told(instalments.rule, draft(text, Kind.SUPPLEMENTARY)) == []
