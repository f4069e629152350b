"""Names, labels and standing of the parties: what is hit, and its innocent kin."""
# ruff: noqa: E501 - one row a line

from datetime import date

import pytest

from donflow.precheck.check import findings_of, read_draft
from donflow.precheck.paper import from_text
from donflow.precheck.rulebook import RuleBook

COMPANY = "深圳市恒源数智科技有限公司"
FOUNDATION = "云麓大学教育发展基金会"
HEAD = f"捐赠协议书\n甲方（捐赠方）：{COMPANY}\n乙方（受赠方）：{FOUNDATION}\n"
SIGNED = "\n甲方（盖章）：          乙方（盖章）：\n日期：2025年5月20日     日期：2025年5月20日\n"
GIFT = "第一条 捐赠\n甲方自愿向乙方捐赠人民币壹拾万元整（￥100,000.00）。\n第二条 其他\n"


def found(text, code):
    draft = read_draft(from_text(text), RuleBook({}), on=date(2025, 5, 1))
    return [each.quote for each in findings_of(draft) if each.code == code]


def named(first, second):
    return f"\n甲方：{first}（盖章）      乙方：{second}（盖章）\n日期：2025年5月20日        日期：2025年5月20日\n"


CLASS = f"捐赠协议书\n甲方：云麓大学管理学院2003级工商管理专业全体校友\n乙方：{FOUNDATION}\n"
PERSON = f"捐赠协议书\n捐赠人：贺兰亭\n受赠人：{FOUNDATION}\n"
NAMES = [
    # where they sign
    (HEAD + GIFT + named("深圳市恒源数字科技有限公司", FOUNDATION), ["深圳市恒源数字科技有限公司"]),
    (HEAD + GIFT + named(COMPANY, "云麓大学基金会"), ["云麓大学基金会"]),
    (HEAD + GIFT + named(COMPANY, FOUNDATION), []),
    (PERSON + GIFT.replace("甲方", "捐赠人") + "\n捐赠人（签字）：贺兰婷      受赠人（盖章）：\n", ["贺兰婷"]),
    # in the text
    (HEAD + GIFT + "恒源科技的捐赠由深圳恒源数智科技有限公司汇出。" + SIGNED, ["深圳恒源数智科技有限公司"]),
    (HEAD + GIFT + "票据由云麓大学教育基金会开具。" + SIGNED, ["云麓大学教育基金会"]),
    (CLASS + GIFT + "背面镌刻“管理学院2004级工商管理全体校友敬赠”。" + SIGNED, ["管理学院2004级工商管理全体校友敬赠"]),
    (HEAD + GIFT + "深圳市恒源数字科技有限公司（以下简称“恒源”）已付款。" + SIGNED, ["深圳市恒源数字科技有限公司"]),
    # innocent
    (HEAD + GIFT + "深圳市恒源科技发展有限公司（以下简称“恒源发展”）承建。" + SIGNED, []),
    (HEAD + GIFT + f"票据由{FOUNDATION}开具。" + SIGNED, []),
    (HEAD + GIFT + f"由{COMPANY}北京分公司汇出。" + SIGNED, []),
    (HEAD + GIFT + "由上海启衡新材料股份有限公司承建。" + SIGNED, []),
    (HEAD + GIFT + "用于云麓大学经济学院和管理学院。" + SIGNED, []),
    (HEAD + GIFT + "户名：云麓大学基金会" + SIGNED, []),
    (HEAD.replace(FOUNDATION, FOUNDATION + "（以下简称“云麓大学基金会”）") + GIFT + "由云麓大学基金会开具。" + SIGNED, []),
    (CLASS + GIFT + "背面镌刻“管理学院2003级工商管理全体校友敬赠”。奖励2025级新生。" + SIGNED, []),
    (HEAD.replace("（上海）", "") + GIFT + named(COMPANY.replace("市", "市 "), FOUNDATION), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_another_name_for_a_party_is_found(text, expected):
    assert found(text, "party_name_inconsistent") == expected


def test_the_cover_page_is_held_to_the_opening():
    cover = f"捐赠协议书\n甲方：深圳市恒源科技有限公司\n乙方：{FOUNDATION}\n二〇二五年五月\n\n"
    assert found(cover + HEAD + GIFT + SIGNED, "party_name_inconsistent") == [
        "深圳市恒源科技有限公司"
    ]


PLAIN = f"捐赠协议书\n甲方：{COMPANY}\n乙方：{FOUNDATION}\n"
LABELS = [
    (PLAIN + GIFT + "赠与人应按期支付。" + SIGNED, ["赠与人"]),
    (HEAD + GIFT + "受赠人应当专款专用。" + SIGNED, ["受赠人"]),
    (HEAD + GIFT + "丙方负责管理。" + SIGNED, ["丙方"]),
    (PERSON + "第一条 捐赠\n甲方应按期支付。\n" + SIGNED.replace("甲方", "捐赠人").replace("乙方", "受赠人"), ["甲方"]),
    (PLAIN + GIFT + "实验室可以展示捐赠人的标识。" + SIGNED, ["捐赠人"]),
    (PLAIN + GIFT + "受让人收到股权后办理登记。" + SIGNED, ["受让人"]),
    (PLAIN + GIFT + "买方应按期支付。" + SIGNED, ["买方"]),
    # innocent
    (PLAIN + GIFT + "保护捐赠人的合法权益和捐赠人的意愿。" + SIGNED, []),
    (PLAIN + GIFT + "股权的受让人由乙方确定。" + SIGNED, []),
    (HEAD + GIFT + "捐赠方应按期支付，受赠方应当专款专用。" + SIGNED, []),
    (PLAIN + GIFT + "依法保护捐赠人的权益，尊重捐赠人意愿。" + SIGNED, []),
    (PLAIN + GIFT + "按照《捐赠人权利办法》办理。" + SIGNED, []),
    (HEAD + GIFT + "甲方应按期支付，乙方应当专款专用。" + SIGNED, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_labels_that_the_opening_does_not_give_are_found(text, expected):
    assert found(text, "party_label_inconsistent") == expected


DOUBLES = [
    (HEAD + "乙方（受益方）：云麓大学管理学院\n" + GIFT + SIGNED, ["乙方（受益方）：云麓大学管理学院"]),
    (HEAD + "甲方（代建单位）：云麓大学基建处\n" + GIFT + SIGNED.replace("\n日", "          甲方（代建单位）盖章：\n日"), ["甲方（代建单位）：云麓大学基建处"]),
    (HEAD + GIFT + SIGNED.replace("乙方", "甲方"), ["甲方（盖章）："]),
    (HEAD + "丙方（受益方）：云麓大学管理学院\n" + GIFT + SIGNED, []),
    (HEAD + GIFT + SIGNED, []),
    (f"甲方：{COMPANY}\n乙方：{FOUNDATION}\n\n" + HEAD + GIFT + SIGNED, []),
    (HEAD + GIFT + "\n甲方（盖章）：\n甲方代表（签字）：\n乙方（盖章）：\n乙方代表（签字）：\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOUBLES)
def test_one_label_for_two_parties_is_found(text, expected):
    assert found(text, "party_label_duplicate") == expected


RECIPIENTS = [
    ("云麓大学管理学院", True), ("云麓大学图书馆", True), ("云麓大学校友工作办公室", True),
    (FOUNDATION, False), ("____________", False), ("云麓大学教育基金会", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hit"), RECIPIENTS)
def test_only_a_foundation_takes_gifts(name, hit):
    text = HEAD.replace(FOUNDATION, name) + GIFT + SIGNED
    expected = [f"乙方（受赠方）：{name}"] if hit else []
    assert found(text, "recipient_not_foundation") == expected


DONORS = [
    ("云麓大学管理学院1998级2班", True), ("深圳市恒源数智科技有限公司市场部", True),
    ("深圳市恒源数智科技有限公司北京分公司", True), ("云麓大学校友会深圳分会", True),
    ("云麓大学学生会", True), ("云麓大学管理学院", True),
    (COMPANY, False), ("贺兰亭", False), ("深圳市青禾公益基金会", False),
    ("云麓大学香港校友会有限公司", False), ("深圳市青禾商会", False),
    ("云麓大学管理学院2003级工商管理专业全体校友", False), ("南山市第一中学", False),
    ("深圳南山青禾投资合伙企业（有限合伙）", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hit"), DONORS)
def test_a_donor_who_is_no_legal_person_is_found(name, hit):
    text = HEAD.replace(COMPANY, name) + GIFT + SIGNED
    assert found(text, "donor_not_legal_entity") == ([f"甲方（捐赠方）：{name}"] if hit else [])


def test_a_class_that_a_person_acts_for_may_give():
    text = HEAD.replace(COMPANY, "云麓大学管理学院1998级2班\n联系人：岳鹏程") + GIFT + SIGNED
    assert found(text, "donor_not_legal_entity") == []


BOARD = [
    ("甲方向乙方捐赠其持有的目标公司百分之一股权。", True),
    ("甲方将其房产捐赠给乙方。甲方向乙方捐赠房产一处。", True),
    ("甲方向乙方捐赠其持有的目标公司百分之一股权，已经甲方股东会决议通过。", False),
    ("甲方向乙方捐赠人民币壹拾万元整。", False),
]


WATCHED = [
    ("（股票上市公司）", True), ("（股票代码：600000）", True), ("（国有独资）", True), ("（非上市公司）", False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("aside", "hit"), WATCHED)
def test_a_listed_company_needs_a_resolution(aside, hit):
    text = HEAD.replace(COMPANY, COMPANY + aside) + GIFT + SIGNED
    assert bool(found(text, "board_resolution_missing")) is hit


@pytest.mark.parametrize(("words", "hit"), BOARD)
def test_shares_and_buildings_need_a_resolution(words, hit):
    text = HEAD + f"第一条 捐赠\n{words}\n第二条 其他\n" + SIGNED
    assert bool(found(text, "board_resolution_missing")) is hit
