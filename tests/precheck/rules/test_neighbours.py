"""Families of wordings each beside innocent neighbours: what one rule tells and what it lets be."""

from __future__ import annotations

import pytest

from donflow.precheck import check
from donflow.precheck.facts import Facts
from donflow.precheck.findings import Finding
from tests.precheck.rules.said import OPENING, SIGNING, draft_of, found_by

TOLD = {
    "blank_unfilled": [
        "收款账户：\n户    名：\n开 户 行：交通银行云麓支行",
        "收款账户：\n户名：        开户行：\n账号：325600000000081123",
        "联系人：        联系电话：13000000012",
        "捐赠金额：      元。",
        "账    号：",
        "开 户 银 行：",
    ],
    "related_beneficiary": [
        "每年从捐赠方员工子女中遴选五名学生发给奖金。",
        "乙方从甲方职工中推荐十人入学。",
        "在甲方股东亲属中择优选取两名学生。",
        "奖学金获得者自甲方高管子女中产生。",
        "助学对象从甲方职工子弟中公开选拔。",
        "每年从甲方退休职工家属里挑选三人。",
    ],
    "wrong_document": [
        "乙方收到捐赠款后向甲方开具资金往来结算票据。",
        "乙方应为甲方开具增值税发票。",
        "乙方收款后出具收款收据。",
        "乙方开具行政事业单位往来结算票据。",
        "乙方到账后开立非税收入通用票据。",
        "乙方出具加盖公章的白条。",
    ],
    "certificate_amount_risk": [
        "乙方在款项到账前向甲方颁发捐赠证书。",
        "乙方于捐赠款到位之前先行制发捐赠证书。",
        "按各校友认捐的金额颁发捐赠证书。",
        "捐赠款付清前，乙方即可发给捐赠证书。",
        "乙方颁发捐赠证书，不论捐赠款是否到账。",
    ],
    "privacy_illegal": [
        "乙方公布受助学生的姓名和照片，无论本人是否愿意。",
        "不论学生是否同意，乙方均可公开其家庭情况。",
        "受助人的事迹由乙方刊登，不管其本人同意与否。",
        "无论校友愿不愿意，其姓名与单位一律公示。",
        "乙方披露获奖者的信息，不问本人是否许可。",
    ],
}
LET_BE = {
    "blank_unfilled": [
        "收款账户：\n户    名：  云麓大学教育发展基金会\n开 户 行：  交通银行云麓支行\n"
        "账    号：  325600000000081123",
        "户\u3000\u3000名：\u3000\u3000云麓大学教育发展基金会\n账\u3000号：\u3000325600000000081123",
        "联 系 人：    林秘书\n电    话：    13000000012",
        "地    址：   云麓市学府路1号",
    ],
    "related_beneficiary": [
        "评审委员会委员从甲方职工中选派一名。",
        "乙方从甲方员工中遴选两名校外导师。",
        "从乙方学院学生中选取十名受助学生。",
        "不得从甲方职工子女中选取受助学生。",
    ],
    "wrong_document": [
        "乙方收到捐赠款后开具公益事业捐赠统一票据。",
        "乙方不得以资金往来结算票据代替捐赠票据，也不得开具资金往来结算票据。",
        "甲方提供购货发票，用以证明设备的价值。",
    ],
    "certificate_amount_risk": [
        "款项到账后，乙方向甲方颁发捐赠证书。",
        "捐赠款到账前，乙方不颁发捐赠证书。",
        "乙方按实际到账金额颁发捐赠证书。",
    ],
    "privacy_illegal": [
        "未经本人同意，乙方不得公开受助学生的姓名。",
        "无论学生是否同意，乙方均不得公开其家庭情况。",
        "乙方征得本人同意后公布受助学生的姓名。",
        "乙方不得公布受助学生的姓名，无论本人是否愿意。",
        "无论是否达成募捐目标，乙方均公布募捐情况。",
    ],
}


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(rule, said) for rule, sentences in table.items() for said in sentences]


def _told(code: str, said: str) -> list[Finding]:
    if code == "certificate_amount_risk":
        return [each for each in found_by("receipts", said) if each.code == code]
    return found_by(code, said)


@pytest.mark.parametrize(("code", "said"), _cases(TOLD))
def test_every_member_of_the_family_is_told(code: str, said: str) -> None:
    assert _told(code, said), said


@pytest.mark.parametrize(("code", "said"), _cases(LET_BE))
def test_an_innocent_neighbour_is_let_be(code: str, said: str) -> None:
    assert not _told(code, said), said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("新建的园子命名为“听泉园”。", "听泉园"),
        ("捐赠款用于购置“云栖材料实验室”的仪器。", "云栖材料实验室"),
        ("捐赠款用于“知行书屋”添置图书。", "知行书屋"),
        ("捐赠款用于设立“问津讲座基金”。", "问津讲座基金"),
        ("捐赠款用于修缮“晨读园”的步道。", ""),
        ("捐赠款用于维护老校区“听雨亭”。", ""),
    ],
)
def test_a_new_thing_has_a_name_given_and_a_mended_one_keeps_its_own(said: str, name: str) -> None:
    assert draft_of(OPENING + said + SIGNING).facts.naming == name


@pytest.mark.parametrize(
    ("title", "said", "name"),
    [
        (
            "关于终止《捐赠协议》的协议书",
            "“青禾助学金”名称沿用至款项用完之日。",
            "青禾助学金",
        ),
        ("“问津讲座基金”捐赠协议之补充协议", "讲座增加到每年六场。", "问津讲座基金"),
        ("《“问津”捐赠协议》之补充协议", "讲座增加到每年六场。", ""),
    ],
)
def test_a_later_paper_tells_the_name_that_goes_on(title: str, said: str, name: str) -> None:
    if title.startswith("“"):
        said = f"双方曾签署《{title.removesuffix('之补充协议')}》，" + said
    paper = title + OPENING.removeprefix("捐赠协议书") + said + SIGNING

    assert draft_of(paper).facts.naming == name


BILINGUAL = """DONATION AGREEMENT
捐赠协议

Party A (Donor): Harrowfield Instruments GmbH
甲方（捐赠方）：哈罗菲仪器有限公司
Party B (Donee): Yunlu University Education Foundation
乙方（受赠方）：云麓大学教育发展基金会

1.1 Party A donates to Party B a total of EUR {english} in a single payment for the students.
1.1 甲方向乙方捐赠欧元捌万元整（EUR 80,000.00）。
2.1 Party A shall remit the donation in full within 60 days after this Agreement takes effect.
2.1 甲方应自本协议签订之日起30日内{remits}捐赠款。
2.2 Account name 户名：{holder}
    Bank 开户银行：中国银行云麓分行
    Account number 账号：455600000000013377（欧元账户）

甲方（盖章）：          乙方（盖章）：
日期：2026年1月1日      日期：2026年1月1日
"""


def _bilingual(english: str, remits: str, holder: str) -> tuple[Facts, set[str]]:
    draft = draft_of(BILINGUAL.format(english=english, remits=remits, holder=holder))
    told = {each.code for rule in ("accounts", "dates") for each in check.RULES[rule](draft)}
    return draft.facts, told


@pytest.mark.parametrize("english", ["80,000", "90,000", "800,000.00"])
@pytest.mark.parametrize("remits", ["汇出", "电汇", "支付"])
@pytest.mark.parametrize(
    "holder",
    [
        "Yunlu University Education Foundation 云麓大学教育发展基金会",
        "云麓大学教育发展基金会 Yunlu University Education Foundation",
        "云麓大学教育发展基金会（Yunlu University Education Foundation）",
        "云麓大学教育发展基金会",
    ],
)
def test_a_bilingual_paper_is_read_in_chinese(english: str, remits: str, holder: str) -> None:
    facts, told = _bilingual(english, remits, holder)

    assert facts.amount is not None
    assert facts.amount.figures == facts.amount.words_value == 80000
    assert facts.account is not None
    assert facts.account.name == "云麓大学教育发展基金会"
    assert [each.due for each in facts.instalments] == ["signing+30d"]
    assert not told & {"account_name_mismatch", "payment_date_missing"}


def test_another_holder_in_two_languages_is_still_told() -> None:
    _, told = _bilingual("80,000", "汇出", "Harbour Trading Limited 海港贸易有限公司")

    assert "account_name_mismatch" in told


def _money(said: str, title: str = "捐赠协议书") -> list[str]:
    draft = draft_of(title + OPENING.removeprefix("捐赠协议书") + said + SIGNING)
    return [
        each.code
        for rule in ("instalments", "dates", "copies")
        for each in check.RULES[rule](draft)
        if each.code
        in (
            "instalment_count_mismatch",
            "instalment_sum_mismatch",
            "payment_before_signing",
            "copies_split_mismatch",
        )
    ]


TOTAL = "甲方捐赠人民币陆拾万元整（￥600,000.00）。"


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (
            "自2026年起至2029年止，每年7月31日前拨付一期，共分三期，每期人民币20万元。",
            ["instalment_count_mismatch"],
        ),
        (
            "2026年至2028年每年6月30日前支付，分两次，每次人民币30万元。",
            ["instalment_count_mismatch"],
        ),
        ("自2026年起至2028年止，每年7月31日前拨付一期，共分三期，每期人民币20万元。", []),
        ("2026年至2028年，每年支付两期，共分六期，每期人民币10万元。", []),
    ],
)
def test_a_payment_each_year_is_held_to_the_years(said: str, codes: list[str]) -> None:
    assert _money(TOTAL + said) == codes


SUPPLEMENT = "捐赠协议之补充协议"


@pytest.mark.parametrize(
    ("first", "codes"),
    [
        ("已于2024年6月20日到账", []),
        ("甲方已经全额于2024年6月20日支付", []),
        ("2024年6月20日已到账", []),
        ("实际于2024年6月20日收到", []),
        ("于2024年6月20日前支付", ["payment_before_signing"]),
    ],
)
def test_what_has_been_paid_was_not_due_too_early(first: str, codes: list[str]) -> None:
    said = (
        "捐赠款分两笔支付：\n"
        f"（1）第一笔人民币贰拾万元整（￥200,000.00），{first}；\n"
        "（2）第二笔人民币肆拾万元整（￥400,000.00），于2026年9月30日前支付。"
    )

    assert _money(said, SUPPLEMENT) == codes


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("本协议一式六份，各方各执两份。", []),
        ("本协议一式六份，每方执两份。", []),
        ("本协议一式叁份，各方各持壹份。", []),
        ("本协议一式五份，各方各执两份。", ["copies_split_mismatch"]),
    ],
)
def test_each_side_is_each_party_that_is_named(said: str, codes: list[str]) -> None:
    third = "乙方（受赠方）：云麓大学教育发展基金会\n乙方：云麓大学计算机学院\n"
    opening = OPENING.replace("乙方（受赠方）：云麓大学教育发展基金会\n", third)
    draft = draft_of(opening + said + SIGNING)

    assert [each.code for each in check.RULES["copies"](draft)] == codes
