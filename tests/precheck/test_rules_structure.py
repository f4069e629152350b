"""Numbers, references, annexes, titles and signature blocks: what is hit, and its innocent kin."""
# ruff: noqa: E501 - one row a line

from datetime import date

import pytest

from donflow.precheck.check import findings_of, read_draft
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rulebook import RuleBook

COMPANY = "深圳市恒源数智科技有限公司"
FOUNDATION = "云麓大学教育发展基金会"
HEAD = f"{{title}}\n甲方（捐赠方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}\n"
SIGNED = "\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n"
GIFT = "甲方自愿向乙方捐赠人民币壹拾万元整（￥100,000.00）。"


def draft_of(body, title="捐赠协议书", signed=SIGNED):
    text = HEAD.format(title=title) + body + signed
    return read_draft(from_text(text), RuleBook({}), on=date(2025, 5, 1))


def found(draft, *codes):
    return [(each.code, each.quote) for each in findings_of(draft) if each.code in codes]


def articles(*numbers):
    return "\n".join(f"第{number}条 事项{number}\n{GIFT}" for number in numbers)


NUMBERING = ("numbering_gap", "numbering_duplicate")
SLIPS = [
    (articles(*"一二四五"), [("numbering_gap", "第四条 事项四")]),
    (articles(*"一二二四"), [("numbering_duplicate", "第二条 事项二")]),
    (articles(*"一二二三"), [("numbering_duplicate", "第二条 事项二")]),
    ("一、捐赠\n1、甲方\n3、乙方\n二、其他", [("numbering_gap", "3、乙方")]),
    ("一、捐赠\n（一）甲方\n（一）乙方\n二、其他", [("numbering_duplicate", "（一）乙方")]),
    ("一、捐赠\n二、用途\n四、其他", [("numbering_gap", "四、其他")]),
    ("1. 捐赠\n2. 用途\n2. 其他", [("numbering_duplicate", "2. 其他")]),
    ("第五条 权利\n", [("numbering_gap", "第五条 权利")][:0]),
    ("第二条 捐赠\n第三条 其他", [("numbering_gap", "第二条 捐赠")]),
    # one wrong label is one slip, whether it leaves a gap, repeats a number, or both
    (articles(*"一二四四五"), [("numbering_duplicate", "第四条 事项四")]),
    (articles(*"一二九四五"), [("numbering_gap", "第九条 事项九")]),
    (articles(*"一二二四五"), [("numbering_duplicate", "第二条 事项二")]),
    (articles(*"一二四五六"), [("numbering_gap", "第四条 事项四")]),
    (articles(*"一三四五五七"), [("numbering_gap", "第三条 事项三"), ("numbering_duplicate", "第五条 事项五")]),
    (articles(*"一三二四"), [("numbering_gap", "第三条 事项三")]),
    ("【一】捐赠\n【二】用途\n【四】其他", [("numbering_gap", "【四】其他")]),
    # innocent
    ("一、捐赠\n二、一年内付清\n三、三方协商\n四、一方违约的\n五、其他", []),
    ("鉴于：\n（1）甲方愿意；\n（2）乙方同意。\n现约定如下：\n1. 捐赠\n2. 其他", []),
    (articles(*"一二三四"), []),
    ("第一章 总则\n第一条 甲方\n第二条 乙方\n第二章 附则\n第三条 其他", []),
    ("一、捐赠\n1、甲方\n2、乙方\n二、其他\n1、份数\n2、生效", []),
    ("一、捐赠\n1、甲方\n2、乙方\n名单如下：\n1、林秘书\n2、周审核\n二、其他", []),
    ("第一条 捐赠 1、甲方\n2、乙方\n第二条 其他", []),
    ("Article 1 Purpose\n第一条 目的\nArticle 2 Amount\n第二条 金额", []),
    ("第五条 权利\n5.1 The donor may inspect the use of it.\n5.1 甲方可以检查。", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SLIPS)
def test_numbers_that_slip_are_found_once(body, expected):
    assert found(draft_of(body), *NUMBERING) == expected


def mends(draft, code):
    return {
        (mend.span.line, draft.paper.text(mend.span), mend.text)
        for each in findings_of(draft)
        if each.code == code
        for mend in each.mend
    }


def test_a_repeated_number_is_mended_with_those_behind_it():
    draft = draft_of("第一条 捐赠\n第二条 用途\n第二条 支付\n第三条 争议\n按本协议第三条办理。")
    assert mends(draft, "numbering_duplicate") == {
        (6, "第二条", "第三条"),
        (7, "第三条", "第四条"),
        (8, "三", "四"),
    }


def test_one_wrong_label_is_mended_alone():
    draft = draft_of(articles(*"一二四四五").replace("事项五", "按本协议第五条办理"))
    assert mends(draft, "numbering_duplicate") == {(8, "第四条", "第三条")}


@pytest.mark.parametrize(
    "text",
    [
        "第一条 捐赠\n第三条 用途\n第四条 支付\n按本协议第三条办理。",
        "第一条 捐赠\n第六条 用途\n第七条 支付",
        "第一条 捐赠\n第三条 其他",
    ],
)
def test_a_number_left_out_is_told_and_not_mended_for_a_page_may_be_lost(text: str):
    draft = draft_of(text)
    assert [code for code, _quote in found(draft, *NUMBERING)] == ["numbering_gap"]
    assert mends(draft, "numbering_gap") == set()


def test_a_number_that_a_reference_could_mean_twice_is_not_mended():
    draft = draft_of("第一条 捐赠\n第二条 用途\n第二条 支付\n第三条 其他\n按本协议第二条办理。")
    assert mends(draft, "numbering_duplicate") == set()


def test_an_article_of_a_law_keeps_its_number():
    draft = draft_of(
        "第一条 捐赠\n第二条 用途\n第二条 支付\n第三条 争议\n"
        "依据《中华人民共和国民法典》第三条办理。"
    )
    assert mends(draft, "numbering_duplicate") == {(6, "第二条", "第三条"), (7, "第三条", "第四条")}


def test_automatic_numbers_are_never_mended():
    words = ["捐赠协议书", "第一条 捐赠", "第三条 其他"]
    lines = [Line(no, text, label_length=4 * (no > 1)) for no, text in enumerate(words, start=1)]
    draft = read_draft(Paper(tuple(lines)), RuleBook({}), on=date(2025, 5, 1))
    assert found(draft, *NUMBERING) == [("numbering_gap", "第三条 其他")]
    assert mends(draft, "numbering_gap") == set()


FOUR = (
    f"第一条 捐赠财产\n{GIFT}\n第二条 捐赠用途\n用于设立“恒源奖学金”。\n"
    "第三条 支付\n甲方汇入乙方账户。{}\n第四条 违约责任\n一方违反约定的，承担违约责任。{}"
)
REFERENCES = [
    (FOUR.format("按本协议第九条办理。", ""), ["本协议第九条"]),
    (FOUR.format("", "违反第三条约定的用途的，应当改正。"), ["违反第三条"]),
    (FOUR.format("", "按第一条约定的账户支付。"), ["按第一条"]),
    (
        f"第一条 捐赠\n（一）{GIFT}\n（二）财产合法。\n第二条 其他\n除第一条第（三）项外不作保证。",
        ["第一条第（三）项"],
    ),
    # innocent
    (
        f"第一条 捐赠\n（一）{GIFT}\n（二）财产合法。\n第二条 其他\n除第一条第（二）项外不作保证。",
        [],
    ),
    (f"第一条 捐赠\n（一）{GIFT}\n（二）财产合法。\n第二条 其他\n按第一条第三款办理。", []),
    (FOUR.format("按第一条第三项办理。", ""), []),
    (FOUR.format("", "违反第二条约定的用途的，应当改正。"), []),
    (FOUR.format("", "按第三条约定的账户支付。"), []),
    (FOUR.format("依据《中华人民共和国民法典》第六百五十八条、第六百六十条。", ""), []),
    (FOUR.format("依据慈善法第四十一条。", ""), []),
    (FOUR.format("按原协议第十条办理。", ""), []),
    (FOUR.format("《捐赠协议书》第十二条不变。", ""), []),
    (FOUR.format("按本协议第一条至第三条办理。", ""), []),
    (FOUR.format("按照基金会章程第三十条办理。", ""), []),
]


@pytest.mark.parametrize(("body", "expected"), REFERENCES)
def test_references_that_lead_nowhere_or_elsewhere_are_found(body, expected):
    assert [quote for _, quote in found(draft_of(body), "reference_mismatch")] == expected


ANNEXES = [
    ("设备清单见附件二。", "\n附件一：设备清单", ["见附件二"]),
    ("设备清单见附件一，使用计划详见附件3。", "\n附件一：设备清单\n附件二：使用计划", ["详见附件3"]),
    ("使用计划见附件一。", "\n附件一：设备清单\n附件二：使用计划", ["见附件一"]),
    # innocent
    ("设备清单见附件一。", "\n附件一：设备清单", []),
    ("设备清单见附件1。", "\n附件一：设备清单", []),
    ("设备清单见附件。", "\n附件：设备清单", []),
    ("设备清单见附件一。", "\n附件：设备清单", []),
    ("设备清单见附件一，使用计划见附件二。", "\n附件：1.设备清单 2.使用计划", []),
    ("设备清单见附件一。", "", []),
    ("附件一、附件二为本协议组成部分。", "\n附件一 设备清单\n附件二 使用计划", []),
]  # fmt: skip


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(("words", "annexes", "expected"), ANNEXES)
def test_annexes_that_are_not_there_are_found(words, annexes, expected, before):
    body = f"第一条 捐赠\n{GIFT}{words}\n第二条 其他\n自盖章之日起生效。"
    signed = annexes + SIGNED if before else SIGNED + annexes
    draft = draft_of(body, signed=signed)
    assert [quote for _, quote in found(draft, "annex_reference_mismatch")] == expected


BODY = f"第一条 内容\n{GIFT}\n第二条 用途\n捐赠资金用于管理学院实验室建设。"
TITLES = [
    ("合作协议书", BODY, True),
    ("赞助合同", BODY, True),
    ("战略合作框架协议", BODY, True),
    ("图书捐赠协议书", BODY, True),
    ("奖学金捐赠协议", BODY, True),
    (
        "捐赠协议书",
        "第一条 标的\n甲方支付货款。\n第二条 货款\n货款分两次支付，逾期支付利息。",
        True,
    ),
    ("集体捐赠意向书", BODY + "\n本意向书对双方均有约束力。", True),
    ("捐赠备忘录", BODY + "\n双方签字盖章后生效。\n协商不成的，向人民法院起诉。", True),
    ("捐赠意向书", BODY + "\n本意向书不具有法律约束力。", False),
    ("捐赠意向书", BODY, False),
    ("捐赠协议书", BODY, False),
    ("实验室建设捐赠协议", BODY, False),
    ("赠与合同", BODY, False),
    ("奖学金捐赠协议", BODY.replace("管理学院实验室建设", "设立“恒源奖学金”"), False),
    ("捐资助学协议书", BODY, False),
    ("“恒源”教育基金协议", BODY, False),
]


@pytest.mark.parametrize(("title", "body", "hit"), TITLES)
def test_a_title_that_is_not_the_paper_is_found(title, body, hit):
    expected = [("title_content_mismatch", title)] if hit else []
    assert found(draft_of(body, title=title), "title_content_mismatch") == expected


SIGNATURES = [
    (SIGNED, []),
    ("\n甲方（盖章）：\n日期：2025年5月20日\n", ["signature_block_missing"]),
    ("\n", ["signature_block_missing"]),
    ("\n捐赠方（盖章）：        受赠方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n", []),
    (f"\n{COMPANY}（盖章）      {FOUNDATION}（盖章）\n2025年5月20日      2025年5月20日\n", []),
    ("\nFor the Donor 甲方：          For and on behalf of the Donee 乙方：\nDate 日期：2025年5月20日     Date 日期：2025年5月20日\n", []),
    ("\n甲方（盖章）：          乙方（盖章）：\n日期：   年  月  日     日期：   年  月  日\n", ["blank_sign_date"]),
]  # fmt: skip


@pytest.mark.parametrize(("signed", "expected"), SIGNATURES)
def test_missing_blocks_and_blank_dates_are_found(signed, expected):
    hits = found(draft_of(BODY, signed=signed), "signature_block_missing", "blank_sign_date")
    assert [code for code, _ in hits] == expected
