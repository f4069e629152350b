"""The English text beside the Chinese."""

import pytest

from donflow.precheck.paper import Line, Paper
from donflow.precheck.rules import bilingual
from tests.precheck.money_drafts import draft, told

TITLE = "Scholarship Donation Agreement\n奖学金捐赠协议\n"
ENGLISH = "The Donor shall donate RMB 60,000 each year for five years, in total RMB 300,000."
CHINESE = "赠与方每年捐赠人民币陆万元整（￥60,000.00），为期五年，合计￥300,000.00。"


@pytest.mark.parametrize(
    ("english", "chinese", "quote"),
    [
        (ENGLISH.replace("300,000", "360,000"), CHINESE, "RMB 360,000"),
        (ENGLISH.replace("five", "six"), CHINESE, "for six years"),
        (
            "The Donor shall pay before 30 September of each year, commencing in 2026.",
            "赠与方自2025年起，于每年9月30日前支付。",
            "2026",
        ),
        (
            "The Donor shall pay before 30 October of each year to the account.",
            "赠与方于每年9月30日前支付至账户。",
            "30 October",
        ),
        (
            "The Donee shall issue a receipt within 10 working days after the donation.",
            "受赠方应在收到捐赠款后15个工作日内开具捐赠票据。",
            "10 working days",
        ),
        (
            "This Agreement is made in two originals in Chinese and English.",
            "本协议以中、英文书就，一式四份。",
            "two originals",
        ),
        (
            "The Donee may take a management fee of up to 10% of the donation.",
            "受赠方可以提取不超过5%的管理费用。",
            "10%",
        ),
        (
            "The Donor shall donate USD 2 million to the Donee for research.",
            "赠与方向受赠方捐赠200,000.00美元用于研究。",
            "USD 2 million",
        ),
    ],
)
def test_another_number_in_the_english_text_is_told(english: str, chinese: str, quote: str) -> None:
    given = draft(TITLE + english + "\n" + chinese, language="zh-en")
    assert told(bilingual.rule, given) == [("bilingual_mismatch", quote)]
    turned = draft(
        "奖学金捐赠协议\nDonation Agreement\n" + chinese + "\n" + english, language="zh-en"
    )
    assert told(bilingual.rule, turned) == [("bilingual_mismatch", quote)]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (ENGLISH, CHINESE),
        (
            "The Donor shall donate RMB Sixty Thousand Yuan (RMB 60,000) each year.",
            "赠与方每年捐赠人民币陆万元整（￥60,000.00）。",
        ),
        (
            "The Donor shall donate USD 2 million to the Donee for research.",
            "赠与方向受赠方捐赠2,000,000.00美元用于研究。",
        ),
        (
            "Article 3 The Donee shall report before December 31 each year.",
            "第三条 受赠方于每年12月31日前报告。",
        ),
        (
            "This Agreement is made in four originals, two for each party.",
            "本协议一式四份，双方各执两份。",
        ),
    ],
)
def test_the_same_numbers_are_left_alone(english: str, chinese: str) -> None:
    given = draft(TITLE + english + "\n" + chinese, language="zh-en")
    assert told(bilingual.rule, given) == []


def test_two_columns_are_compared_row_by_row() -> None:
    row = (ENGLISH.replace("five", "six"), CHINESE)
    paper = Paper((Line(1, "\t".join(row), row),))
    assert told(bilingual.rule, draft(paper, language="zh-en")) == [
        ("bilingual_mismatch", "for six years")
    ]


def test_articles_are_compared_where_one_language_follows_the_other() -> None:
    english = "Article 1 Purpose\nTo support students of the University.\nArticle 2 Amount\n"
    chinese = "第一条 捐赠目的\n为支持学校学生。\n第二条 捐赠金额\n"
    text = english + ENGLISH.replace("five", "six") + "\n" + chinese + CHINESE
    assert told(bilingual.rule, draft(text, language="zh-en")) == [
        ("bilingual_mismatch", "for six years")
    ]


def test_a_chinese_paper_is_not_compared() -> None:
    assert told(bilingual.rule, draft(ENGLISH.replace("five", "six") + "\n" + CHINESE)) == []
