"""Half-width marks in Chinese text, and the places where they belong."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from donflow.precheck.paper import Line, Paper
from tests.precheck.rules.said import draft_of, found_by

HITS = {
    "mixed_punctuation": [
        "为促进教育事业,支持学院。",
        "达成如下协议:",
        "甲方(以下简称捐赠方)自愿捐赠。",
        "户名:云麓大学教育发展基金会",
        "乙方开具票据;甲方配合。",
        "本协议自签字之日起生效.",
        "人民币伍拾万元整(￥500,000.00)，用于奖学金。",
        "甲方自愿捐赠,乙方接受捐赠。",
        "第一期:2026年9月30日前。\n（一）甲方权利:有权查询；",
        "如有争议,协商解决;协商不成的，起诉。",
        "本协议一式四份,双方各执两份.",
    ],
}

INNOCENT = {
    "mixed_punctuation": [
        "捐赠人民币伍拾万元整（￥500,000.00）。",
        "上午9:30交付，比例为1:1。",
        "网址：https://www.example.edu.cn/a,b?c=1",
        "1.第一期：2025年9月30日前。",
        "邮箱：fund@example.edu.cn。",
        "5.1 甲方应按期支付。",
        "(1)奖学金；",
        "型号 ET-300(A) 四台。",
        "SWIFT CODE:BKCHCNBJ000",
        "(一)奖学金；",
        "Party A: 深圳恒源公司。",
        "ISBN: 978-7-000-00000-0",
        "2026.11.20 签署。",
        "比例为3.5%。",
        "No.2026-001",
        "（1.5万元）",
        "英文名称为 Yunlu University, China。",
    ],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in HITS for text in HITS[rule]])
def test_the_fault_is_found(rule: str, text: str) -> None:
    assert found_by(rule, text), text


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in INNOCENT for text in INNOCENT[rule]]
)
def test_the_innocent_words_are_left_alone(rule: str, text: str) -> None:
    assert [found for found in found_by(rule, text) if found.severity != "info"] == []


def test_brackets_are_mended_as_a_pair() -> None:
    (found,) = found_by("mixed_punctuation", "甲方(以下简称捐赠方)自愿捐赠。")
    assert [mend.text for mend in found.mend] == ["（", "）"]


def test_straight_quotation_marks_are_only_told() -> None:
    (found,) = found_by("mixed_punctuation", '设立"恒源奖学金"。')
    assert found.severity == "info"


def test_an_automatic_number_is_never_mended() -> None:
    paper = Paper((Line(1, "一:捐赠", label_length=2), Line(2, "乙方,甲方。")))
    found = list(check.RULES["mixed_punctuation"](draft_of(paper)))
    assert [each.line for each in found] == [2]
