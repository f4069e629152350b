"""Numbering as many authors write it, and what only looks like a number."""
# ruff: noqa: E501 - one row a line

import pytest

from donflow.precheck.anatomy import dissect
from donflow.precheck.paper import Line, Paper, from_text


def outline(text):
    """The units, each two blanks deeper than what it stands in."""
    units = dissect(from_text(text)).units
    depths = []
    for unit in units:
        depths.append(0 if unit.parent is None else depths[unit.parent] + 1)
    return ["  " * depth + unit.label for unit, depth in zip(units, depths, strict=True)]


STYLES = [
    ("第一条 捐赠\n（一）甲方\n（二）乙方\n第二条 其他", ["第一条", "  （一）", "  （二）", "第二条"]),
    ("第 一 条  捐赠\n1. 甲方\n2. 乙方\n第 二 条  其他", ["第一条", "  1", "  2", "第二条"]),
    ("第1条 捐赠\n1.1 甲方\n1.2 乙方\n1.2.1 款项\n第2条 其他\n2.1 份数", ["第1条", "  1.1", "  1.2", "    1.2.1", "第2条", "  2.1"]),
    ("第一章 总则\n第一条 甲方\n第二条 乙方\n第二章 附则\n第三条 其他", ["第一章", "  第一条", "  第二条", "第二章", "  第三条"]),
    ("一、捐赠\n（一）甲方\n1.款项\n（1）首期\n（2）尾款\n2.实物\n二、其他", ["一", "  （一）", "    1", "      （1）", "      （2）", "    2", "二"]),
    ("一、捐赠\n1、甲方\n2、乙方\n二、其他", ["一", "  1", "  2", "二"]),
    ("1. 甲方捐赠。\n2. 乙方受赠。\n3. 其他。", ["1", "2", "3"]),
    ("1．甲方捐赠。\n2．乙方受赠。", ["1", "2"]),
    ("１、甲方捐赠。\n２、乙方受赠。", ["1", "2"]),
    ("1 捐赠财产\n甲方捐赠。\n2 捐赠用途\n乙方使用。", ["1", "2"]),
    ("（一）甲方\n①首期\n②尾款\n（二）乙方", ["（一）", "  ①", "  ②", "（二）"]),
    ("(一) 甲方\n(二) 乙方", ["（一）", "（二）"]),
    ("1）甲方\n2）乙方", ["1）", "2）"]),
    ("1. 2025年9月30日前支付；\n2. 2026年9月30日前支付。", ["1", "2"]),
    ("1.2025年9月30日前支付；\n2.10月31日前提交。", ["1", "2"]),
    ("第一条：捐赠\n第二条：其他", ["第一条", "第二条"]),
    ("第一条、捐赠\n第二条、其他", ["第一条", "第二条"]),
    ("第一条【捐赠】甲方捐赠。\n第二条【其他】无。", ["第一条", "第二条"]),
    ("第十条 甲方\n第十一条 乙方\n第二十条 其他", ["第十条", "第十一条", "第二十条"]),
    ("Article 1  Purpose\n第一条  目的\nArticle 2  Amount\n第二条  金额", ["第一条", "第二条"]),
    ("第一条 目的\nArticle 1 Purpose\n第二条 金额\nArticle 2 Amount", ["第一条", "第二条"]),
    ("第五条 权利\nThe donor:\n5.1 The donor may inspect the use of it.\n5.1 甲方可以检查。\n5.2 The donor may ask for a report.\n5.2 甲方可以索取报告。", ["第五条", "  5.1", "  5.2"]),
    ("鉴于：\n1. 甲方愿意捐赠；\n2. 乙方愿意接受。\n第一条 捐赠\n第二条 其他", ["1", "2", "第一条", "第二条"]),
    ("一 、捐赠\n二 、其他", ["一", "二"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STYLES)
def test_units_are_found_and_nested_in_every_style(text, expected):
    assert outline(text) == expected


INNOCENT = [
    "2025.5.20",
    "2025年5月20日签订",
    "1.5万元为首期",
    "3.5%作为管理费",
    "0931-0000000",
    "139 0000 6071",
    "10:30开始",
    "第三条约定的款项",
    "第三条、第四条不变",
    "第五条第二款",
    "一、二期款项",
    "二〇二五年五月二十日",
    "│1   │桌面式眼动仪  │4   │",
    "1   桌面式眼动仪   ET-300   4   86,000.00",
    "￥500,000.00",
    "12、13号楼",
]


@pytest.mark.parametrize("words", INNOCENT)
def test_what_only_looks_like_a_number_is_no_unit(words):
    assert outline(f"第一条 捐赠\n{words}\n第二条 其他") == ["第一条", "第二条"]


HEADINGS = [
    ("第一条 捐赠财产", "捐赠财产"),
    ("第一条  捐赠财产  甲方自愿向乙方捐赠人民币壹拾万元整。", "捐赠财产"),
    ("第一条 捐赠财产：甲方自愿捐赠。", "捐赠财产"),
    ("第一条【捐赠财产】甲方自愿捐赠。", "捐赠财产"),
    ("第一条 甲方自愿将下列设备无偿捐赠给乙方，用于教学。", ""),
    ("第一条 捐赠资金用于：（1）奖学金；（2）奖教金。", ""),
    ("一、捐赠目的", "捐赠目的"),
    ("二、附件：捐赠图书书目", "附件"),
]


@pytest.mark.parametrize(("line", "heading"), HEADINGS)
def test_a_heading_is_told_from_a_sentence(line, heading):
    assert dissect(from_text(line)).units[0].heading == heading


def test_automatic_numbers_are_labels_whatever_they_look_like():
    words = ["第一条 捐赠", "1. 甲方", "2. 乙方", "第二条 其他", "1 份数"]
    lengths = [4, 3, 3, 4, 2]
    lines = [
        Line(no, text, label_length=length)
        for no, (text, length) in enumerate(zip(words, lengths, strict=True), start=1)
    ]
    units = dissect(Paper(tuple(lines))).units
    assert [unit.label for unit in units] == ["第一条", "1", "2", "第二条", "1"]
    assert all(unit.automatic for unit in units)


def test_a_bullet_made_by_word_is_no_number():
    lines = (Line(1, "第一条 捐赠", label_length=4), Line(2, "• 甲方", label_length=2))
    assert [unit.label for unit in dissect(Paper(lines)).units] == ["第一条"]


SIGNED = "甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日"
BODY = "捐赠协议书\n甲方：梁启舟\n第一条 捐赠\n清单见附件一。\n第二条 其他\n自盖章之日起生效。\n"
ANNEXES = [
    (BODY + SIGNED + "\n附件一：捐赠清单\n一、设备\n二、图书", ["附件一"], (7, 8)),
    (BODY + "附件一：捐赠清单\n" + SIGNED, ["附件一"], (8, 9)),
    (BODY + SIGNED + "\n附件1 捐赠清单\n附件2 使用计划", ["附件1", "附件2"], (7, 8)),
    (BODY + "附件：捐赠清单\n" + SIGNED, ["附件"], (8, 9)),
    (BODY + "附件一为本协议组成部分。\n" + SIGNED, [], (8, 9)),
    (BODY.replace("第二条", "附件一：清单\n第二条") + SIGNED, [], (8, 9)),
]


@pytest.mark.parametrize(("text", "labels", "signing"), ANNEXES)
def test_annexes_stand_before_or_after_the_signatures(text, labels, signing):
    anatomy = dissect(from_text(text))
    assert list(anatomy.annex_labels) == labels
    assert (anatomy.signing.start, anatomy.signing.stop - 1) == signing


def test_a_line_of_an_annex_belongs_to_the_annex():
    anatomy = dissect(from_text(BODY + SIGNED + "\n附件一：捐赠清单\n一、设备\n二、图书"))
    assert anatomy.clause_at(10) == "附件一"
    assert anatomy.clause_at(4) == "第一条"
    assert anatomy.clause_at(7) == anatomy.clause_at(1) == ""


def test_an_empty_paper_has_no_parts():
    anatomy = dissect(from_text(""))
    assert (anatomy.title_line, anatomy.units, anatomy.annexes) == (None, (), ())
