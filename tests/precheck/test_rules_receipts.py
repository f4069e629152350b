"""Receipts, certificates, fees, and numbers of papers."""

import pytest

from donflow.precheck.facts_fees import management_fee, spend_rate_cap
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rules import fees, identifiers, receipts
from tests.precheck.money_drafts import codes, draft, told

GIFT = "甲方捐赠人民币壹仟万元整（￥10,000,000.00）。\n"


@pytest.mark.parametrize(
    "text",
    [
        "甲方遗失捐赠票据的，乙方应当重新开具票据。",
        "甲方可以要求乙方更换抬头后重新开具公益事业捐赠票据。",
        "项目结束后，乙方就同一笔捐赠款再次向甲方开具捐赠票据。",
        "捐赠票据遗失的，由乙方补开。",
        "乙方应甲方要求为其关联公司重新开具捐赠票据。",
    ],
)
def test_a_second_receipt_for_the_same_money_is_told(text: str) -> None:
    assert codes(receipts.rule, draft(GIFT + text)) == ["receipt_reissue_invalid"]


@pytest.mark.parametrize(
    "text",
    [
        "乙方收到捐赠款后10个工作日内向甲方开具公益事业捐赠统一票据。",
        "票据开具有误的，乙方收回原票据作废后重新开具票据。",
        "乙方不得就同一笔捐赠重复开具票据。",
        "票据遗失的，乙方不再重新开具票据，可以提供存根联复印件。",
        "乙方在每期捐赠款到账后开具票据。",
        "双方可以重新签订协议，并开展合作。",
    ],
)
def test_receipts_for_money_that_came_are_right(text: str) -> None:
    assert codes(receipts.rule, draft(GIFT + text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "乙方在本协议签订后即向甲方颁发金额为人民币壹仟万元的捐赠证书。",
        "乙方收到首期捐赠款后，向甲方颁发载明捐赠总额的捐赠证书。",
        "捐赠证书按协议金额载明。",
        "签约仪式上，乙方向甲方颁发1000万元捐赠证书。",
    ],
)
def test_a_certificate_for_money_not_arrived_is_told(text: str) -> None:
    assert codes(receipts.rule, draft(GIFT + text)) == ["certificate_amount_risk"]


@pytest.mark.parametrize(
    "text",
    [
        "乙方应当在捐赠款到账后向甲方颁发捐赠证书。",
        "乙方向捐赠1000元以上的校友颁发个人证书。",
        "乙方按实际到账金额向甲方颁发捐赠证书，载明人民币壹仟万元。",
        "乙方收到全部捐赠款后颁发载明捐赠总额的证书。",
        "获奖学生每人奖励人民币5000元，由学院颁发荣誉证书。",
    ],
)
def test_certificates_for_what_came_are_right(text: str) -> None:
    assert codes(receipts.rule, draft(GIFT + text)) == []


FEES = [
    ("乙方按到账金额的5%提取管理费用。", "5%"),
    ("乙方可按国家有关规定从本项捐赠中列支不超过3%的项目管理费用。", "3%"),
    ("管理费用不超过实际到账金额的３％。", "3%"),
    ("乙方按百分之五提取项目管理费。", "5%"),
    ("乙方提取捐赠款的2.5%作为工作经费。", "2.5%"),
    ("乙方不收取管理费，利息的5%用于其他。", ""),
    ("年度支出不超过基金净值的4%。", ""),
    ("首付50%，余款次年付清。", ""),
]


@pytest.mark.parametrize(("text", "share"), FEES)
def test_the_fee_is_read(text: str, share: str) -> None:
    assert management_fee(from_text(text)) == share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("年度支出原则上不超过上一年度末基金净值的4%。", "4%"),
        ("每年使用金额不超过本金的百分之五。", "5%"),
        ("管理费年度支出不超过5%。", ""),
        ("投资收益率不低于4%。", ""),
    ],
)
def test_the_spending_cap_is_read(text: str, share: str) -> None:
    assert spend_rate_cap(from_text(text)) == share


def test_only_a_high_fee_is_told() -> None:
    assert codes(fees.rule, draft("乙方按到账金额的15%提取管理费。")) == ["management_fee_high"]
    assert codes(fees.rule, draft("乙方按到账金额的5%提取管理费。")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号：620121190105137941", [("id_number_invalid", "620121190105137941")]),
        ("身份证号码：620121 19010513 7941", [("id_number_invalid", "620121 19010513 7941")]),
        ("（身份证：620121190113137941）", [("id_number_invalid", "620121190113137941")]),
        (
            "统一社会信用代码：9144030046G9311044",
            [("id_number_invalid", "9144030046G9311044")],
        ),
        ("统一社会信用代码：9144030046G931104", [("id_number_invalid", "9144030046G931104")]),
        ("统一社会信用代码\t9144030046G9311044", [("id_number_invalid", "9144030046G9311044")]),
    ],
)
def test_a_wrong_number_is_told(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(identifiers.rule, draft(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：9144030046G9311043",
        "统一社会信用代码：5362000063QPM17P7B",
        "统一社会信用代码：____________________",
        "身份证号：",
        "身份证号：6201********7941",
        "护照号码：E12345678",
        "香港身份证号：H123456(7)",
        "账号：620121190105137941",
        "学生名单包括姓名、身份证号、家庭住址。",
    ],
)
def test_right_blank_masked_and_foreign_numbers_are_left_alone(text: str) -> None:
    assert codes(identifiers.rule, draft(text)) == []


def test_a_column_of_resident_numbers_is_checked() -> None:
    rows = [("姓名", "身份证号"), ("贺兰亭", "620121190105137941")]
    paper = Paper(tuple(Line(no, "\t".join(row), row) for no, row in enumerate(rows, start=1)))
    assert told(identifiers.rule, draft(paper)) == [("id_number_invalid", "620121190105137941")]
