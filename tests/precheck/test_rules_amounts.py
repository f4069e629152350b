"""Sums in figures and words: faults with the words that hold them, and innocent neighbours."""

import pytest

from donflow.precheck.rules import amounts, digits
from tests.precheck.money_drafts import codes, draft, told

HITS = [
    ("甲方捐赠人民币伍拾万元整（￥50,000.00）。", "figures_words_mismatch", "￥50,000.00"),
    ("甲方捐赠￥500,000.00（大写：人民币伍万元整）。", "figures_words_mismatch", "伍万元整"),
    ("甲方捐赠人民币50万元（大写：人民币伍万元整）。", "figures_words_mismatch", "伍万元整"),
    (
        "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n每人奖励人民币伍仟元整（￥500.00）。",
        "figures_words_mismatch",
        "人民币伍仟元整（￥500.00",
    ),
    ("甲方捐赠人民币伍拾万元整（￥5,00,000.00）。", "figures_malformed", "￥5,00,000.00"),
    ("甲方捐赠人民币叁佰万元整（￥3.000.000.00）。", "figures_malformed", "￥3.000.000.00"),
    ("甲方捐赠人民币伍拾万元整（￥500,000.000）。", "figures_malformed", "￥500,000.000"),
    ("甲方捐赠人民币伍拾万元整（￥500 000.00）。", "figures_malformed", "￥500 000.00"),
    ("甲方捐赠人民币伍拾万元整（￥50,0000.00）。", "figures_malformed", "￥50,0000.00"),
    ("甲方捐赠人民币伍拾万元整。", "figures_missing", "人民币伍拾万元整"),
    ("甲方捐赠人民币拾万元整（￥100,000.00）。", "words_malformed", "人民币拾万元整"),
    ("甲方捐赠人民币三十万元整（￥300,000.00）。", "words_malformed", "人民币三十万元整"),
    ("甲方捐赠人民币伍拾万元（￥500,000.00）。", "words_malformed", "人民币伍拾万元"),
    ("甲方捐赠人民币贰拾两万元整（￥220,000.00）。", "words_malformed", "人民币贰拾两万元整"),
    ("甲方捐赠人民币伍拾万整（￥500,000.00）。", "words_malformed", "人民币伍拾万整"),
    ("甲方捐赠人民币壹仟伍元整（￥1,005.00）。", "words_malformed", "人民币壹仟伍元整"),
    ("甲方捐赠人民币伍拾万零元整（￥500,000.00）。", "words_malformed", "伍拾万零元整"),
    ("甲方捐赠人民币伍佰元伍角捌分整（￥500.58）。", "words_malformed", "伍佰元伍角捌分整"),
    ("甲方捐赠伍拾万元整（￥500,000.00）。", "words_prefix_missing", "伍拾万元整"),
    ("甲方捐赠￥500,000.00（大写：伍拾万元整）。", "words_prefix_missing", "伍拾万元整"),
    ("第一期贰佰万元整（￥2,000,000.00）。", "words_prefix_missing", "贰佰万元整"),
]


@pytest.mark.parametrize(("text", "code", "words"), HITS)
def test_a_fault_in_a_sum_is_told_with_its_words(text: str, code: str, words: str) -> None:
    found = told(amounts.rule, draft(text))
    assert [each for each, _ in found] == [code]
    assert words in found[0][1] or found[0][1] in words


CLEAN = [
    "甲方捐赠人民币伍拾万元整（￥500,000.00）。",
    "甲方捐赠人民币伍拾万圆正（¥500,000.00）。",
    "甲方捐赠人民币（大写）：伍拾万元整（小写：￥500,000.00元）。",
    "甲方捐赠人民币（大写）伍拾万元整，（小写）￥500,000.00。",
    "甲方捐赠人民币500,000.00元（大写：伍拾万元整）。",
    "甲方捐赠人民币壹佰贰拾万零贰仟陆佰元整（￥1,202,600.00）。",
    "甲方捐赠人民币壹佰贰拾万贰仟陆佰元整（￥1,202,600.00）。",
    "甲方捐赠人民币伍佰元伍角捌分（￥500.58）。",
    "甲方捐赠人民币伍佰元伍角（￥500.50）。",
    "甲方捐赠人民币500,000元。",
    "甲方捐赠港币壹佰万元整（HK$1,000,000.00）。",
    "甲方捐赠伍万美元（US$50,000.00）。",
    "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n每年奖励20人，每人五千元。",
    "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n其中肆拾万元用于奖学金，陆拾万元用于科研。",
    "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n每人奖励人民币伍仟元。",
    "捐赠金额（大写）\t人民币伍拾万元整\t小写\t￥500,000.00",
    "捐赠金额（人民币大写）\t伍拾万元整\t（小写）\t￥500,000.00",
    "大写：人民币伍拾万元整\n小写：￥500,000.00",
    "本协议一式肆份，第三条，二〇二五年，三十人。",
    "The Donor donates RMB 500,000 (RMB Five Hundred Thousand only).",
    "甲方捐赠人民币______元整（￥______）。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_right_sum_is_left_alone(text: str) -> None:
    assert told(amounts.rule, draft(text)) == []


def test_ungrouped_figures_are_only_told() -> None:
    (finding,) = amounts.rule(draft("甲方捐赠人民币壹拾万元整（100000元）。"))
    assert (finding.code, finding.severity, finding.quote) == ("figures_style", "info", "100000元")
    assert finding.mend[0].text == "￥100,000.00"


def test_words_are_mended_where_the_figures_agree() -> None:
    text = "甲方捐赠人民币三十万元整（￥300,000.00）。"
    (finding,) = amounts.rule(draft(text))
    (mend,) = finding.mend
    assert text[: mend.span.start] + mend.text + text[mend.span.end :] == (
        "甲方捐赠人民币叁拾万元整（￥300,000.00）。"
    )


def test_a_disagreement_is_mended_only_where_the_sums_elsewhere_agree() -> None:
    bare = "甲方捐赠人民币伍万元整（￥500,000.00）。\n"
    borne_out = bare + (
        "第一期：2025年9月30日前，人民币贰拾万元整（￥200,000.00）；\n"
        "第二期：2026年9月30日前，人民币叁拾万元整（￥300,000.00）。"
    )
    assert [each.mend for each in amounts.rule(draft(bare))] == [()]
    (finding,) = amounts.rule(draft(borne_out))
    assert finding.mend[0].text == "伍拾万元整"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("甲方捐赠人民币伍拾万元整（￥５００，０００．００）。", "￥５００，０００．００"),
        ("账号：１０４５０００００", "１０４５０００００"),
        ("甲方于２０２５年９月３０日前支付。", "２０２５年９月３０"),
    ],
)
def test_full_width_digits_are_told_once_a_run(text: str, quote: str) -> None:
    assert told(digits.rule, draft(text)) == [("fullwidth_digits", quote)]


@pytest.mark.parametrize(
    "text", ["１．甲方应当付款。", "（１）甲方应当付款。", "　２、账号：123456"]
)
def test_labels_of_clauses_may_be_full_width(text: str) -> None:
    assert codes(digits.rule, draft(text)) == []
