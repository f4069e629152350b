"""Blanks, placeholders and options, and what only looks like them."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from donflow.precheck.paper import Line, Paper
from tests.precheck.rules.said import OPENING, SIGNING, draft_of, found_by

HITS = {
    "blank_unfilled": [
        "甲方于____年____月____日前汇入。",
        "捐赠金额为人民币________元。",
        "账号：____________________",
        "甲方于    年   月   日前交付。",
        "本协议一式（  ）份。",
        "捐赠设备（  ）台。",
        "第    期捐赠款于2025年  月  日前支付。",
        "统一社会信用代码：",
        "乙方按【  】的比例提取。",
        "甲方执_份，乙方执_份。",
        "奖励      名优秀学生，每人奖学金为      元。",
        "甲方捐赠人民币（大写）________（￥________）。",
        "户名：______；开户行：______；账号：______。",
        "本协议自＿＿＿＿年＿＿月＿＿日起生效。",
        "捐赠款用于（　　　　）。",
        "用途：__________\n第二条 甲方应于【】年【】月【】日前支付。",
        "联系人：________ 电话：________",
        "约定于二〇二六年　　月　　日前交付。",
    ],
    "placeholder_unfilled": [
        "甲方向乙方捐赠人民币XX万元。",
        "受赠人为{{recipient_name}}。",
        "【请填写捐赠用途】",
        "甲方：[公司名称]",
        "于X年X月X日前支付。",
        "设立“×××奖学金”。",
        "联系人：某某先生",
        "捐赠用途：＜用途＞",
        "（待定）",
        "设立“XX奖学金”。",
        "具体金额【金额大写】元。",
        "甲方向乙方捐赠人民币××××元整。",
        "捐赠用途：XXX项目。",
        "联系电话：XXXXXXXXXXX",
        "本协议于20XX年X月X日签订。",
        "甲方为【公司全称】。",
        "<请填写捐赠用途>",
        "用于（此处填写用途）。",
        "《XX捐赠协议》",
        "设立“某某奖学金”。",
    ],
    "option_unselected": [
        "捐赠人同意/不同意（请选择）受赠人公开其姓名。",
        "是否公开：□是 □否",
        "□同意 □不同意 乙方公开捐赠信息。",
        "甲方愿意/不愿意公开姓名。",
        "（ ）公开 （ ）不公开",
        "是否需要票据：是/否",
        "捐赠方式：□货币 □实物 □其他",
        "□ 愿意公开",
        "□ 不愿意公开",
        "付款方式：（ ）一次性 （ ）分期",
        "甲方□同意□不同意公开捐赠信息。",
        "甲方需要/不需要开具票据（请勾选）。",
    ],
}

INNOCENT = {
    "blank_unfilled": [
        "甲方于2025年9月30日前汇入。",
        "备注：____/____",
        "传真：/",
        "捐赠人民币__伍拾万元整__。",
        "第三条  年度捐赠款的使用",
        "乙方（受赠方）应开具票据。",
        "其他约定：无____",
        "户　　名：云麓大学教育发展基金会",
        "账    号：104500000000098765",
        "1     服务器        2     台    50,000.00    100,000.00",
        "甲方：深圳市恒源数智科技有限公司        乙方：云麓大学教育发展基金会",
        "（以下无正文）",
        "协议编号：YL_2026_001",
        "捐  赠  协  议  书",
        "身份证号：620121190105137941    联系电话：13900006071",
    ],
    "placeholder_unfilled": [
        "型号 XXL-300 四台。",
        "民发[2012]124号文件。",
        "【捐赠用途】",
        "身份证号：6201**********1234",
        "规格 100×200 毫米。",
        "“XEROX”打印机一台。",
        "（以下无正文）",
        "[盖章]",
        "尺寸为3×4米。",
        "二〇〇八年。",
        "网址 <https://www.example.edu.cn>。",
        "身份证号：620121********1379",
        "联系电话：139****0000",
        "【特别提示】",
        "型号：DX-XX20。",
        "尺寸 20×30×40 厘米。",
        "[签字]",
        "二○二六年。",
        "《关于〈捐赠法〉的说明》。",
    ],
    "option_unselected": [
        "是否公开：☑是 □否",
        "□一次性支付 ☑分期支付",
        "奖励金额为5000元/人。",
        "（√）公开 （ ）不公开",
        "本科生/研究生均可申请。",
        "乙方不得以甲方同意与否为条件。",
        "双方同意。",
        "捐赠方式：☑货币 □实物 □其他",
        "捐赠方式：■货币 □实物",
        "付款方式：（√）一次性 （ ）分期",
        "教师/学生均可参加。",
        "每人每年5000元/人。",
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


def test_blanks_of_one_clause_are_one_finding() -> None:
    (found,) = found_by("blank_unfilled", "甲方于____年____月____日前汇入。")
    assert found.quote == "甲方于____年____月____日前"


def test_blanks_where_parties_sign_are_not_blanks_of_the_text() -> None:
    paper = (
        OPENING + "甲方捐赠。\n\n甲方（盖章）：____    乙方（盖章）：____\n日期：____年__月__日\n"
    )
    assert list(check.RULES["blank_unfilled"](draft_of(paper))) == []


def test_options_one_to_a_line_are_one_choice() -> None:
    chosen = "是否公开：\n☑ 公开\n□ 不公开"
    assert found_by("option_unselected", chosen) == []
    assert len(found_by("option_unselected", chosen.replace("☑", "□"))) == 1


def test_a_number_that_the_foundation_gives_later_weighs_less() -> None:
    paper = OPENING.replace("甲方（", "协议编号：________\n甲方（", 1)
    (found,) = check.RULES["blank_unfilled"](draft_of(paper + "甲方捐赠。" + SIGNING))
    assert found.severity == "warning"


@pytest.mark.parametrize(
    ("cells", "quotes"),
    [
        (("账号", ""), ["账号"]),
        (("开户行：", " ", "账号：", "104500000000056789"), ["开户行："]),
        (("户名", "云麓大学教育发展基金会"), []),
        (("序号", "名称", "备注", ""), []),
    ],
)
def test_an_empty_cell_beside_its_label_is_a_blank(
    cells: tuple[str, ...], quotes: list[str]
) -> None:
    paper = Paper((Line(1, "捐赠协议"), Line(2, "\t".join(cells), cells=cells)))
    found = check.RULES["blank_unfilled"](draft_of(paper))
    assert [each.quote for each in found] == quotes
