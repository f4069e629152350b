"""The account, and the currency that it takes."""

import pytest

from donflow.precheck.facts import Kind
from donflow.precheck.facts_account import account
from donflow.precheck.paper import Line, Paper, from_text
from donflow.precheck.rules import accounts, currency
from tests.precheck.money_drafts import DONOR, FOUNDATION, TWO, draft, told

BANK = "中国工商银行兰州云麓支行"
GIFT = "甲方捐赠人民币壹佰万元整（￥1,000,000.00）。\n"
FOREIGN = "甲方捐赠港币壹佰万元整（HK$1,000,000.00）。\n"
WRITTEN = [
    f"户名：{FOUNDATION}\n开户行：{BANK}\n账号：2703000000000001234",
    f"账户名称：{FOUNDATION}\n开户银行：{BANK}\n银行账号：2703 0000 0000 0001 234",
    f"开户名：{FOUNDATION}\n开 户 行：{BANK}\n帐    号：２７０３０００００００００００１２３４",
    f"汇入乙方账户（户名：{FOUNDATION}，开户行：{BANK}，账号：2703000000000001234）。",
    f"账户信息：户名：{FOUNDATION}；开户银行：{BANK}；账号：2703000000000001234。",
    f"收款单位：{FOUNDATION}  开户行：{BANK}  账号：2703000000000001234",
    f"收款人：{FOUNDATION}\n收款银行：{BANK}\n收款账号：2703-0000-0000-0001-234",
    f"│户名│{FOUNDATION}│\n│开户行│{BANK}│\n│账号│2703000000000001234│",
    f"户名\t{FOUNDATION}\n开户行\t{BANK}\n账号\t2703000000000001234",
    f"户名 Account Name：{FOUNDATION}\n开户行 Bank：{BANK}\n账号 Account No.：2703000000000001234",
    f"户名：{FOUNDATION}\n开户行及账号：{BANK} 2703000000000001234",
    f"汇入账户名称为{FOUNDATION}，开户银行为{BANK}，账号为2703000000000001234的账户。",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_an_account_is_read_however_it_is_set(text: str) -> None:
    read = account(from_text(text), TWO)
    assert read is not None
    assert (read.name, read.bank, read.number) == (FOUNDATION, BANK, "2703000000000001234")


def test_the_account_in_cells_of_word_is_read() -> None:
    rows = [("户名", FOUNDATION), ("开户行", BANK), ("账号", "2703000000000001234")]
    paper = Paper(tuple(Line(no, "\t".join(row), row) for no, row in enumerate(rows, start=1)))
    read = account(paper, TWO)
    assert read is not None
    assert (read.name, read.bank, read.number) == (FOUNDATION, BANK, "2703000000000001234")


def test_of_two_accounts_the_recipients_counts() -> None:
    text = (
        f"甲方付款账户：\n户名：{DONOR}\n开户行：招商银行深圳分行\n账号：755000000000001\n"
        f"乙方收款账户：\n{WRITTEN[0]}"
    )
    read = account(from_text(text), TWO)
    assert read is not None
    assert read.number == "2703000000000001234"


def test_blanks_are_empty() -> None:
    read = account(from_text(f"户名：{FOUNDATION}\n开户行：______\n账号：____________"), TWO)
    assert read is not None
    assert (read.name, read.bank, read.number) == (FOUNDATION, "", "")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("甲方于2025年6月30日前将捐赠款汇入乙方账户。", "汇入乙方账户"),
        ("甲方于2025年6月30日前将捐赠款转入乙方指定的银行账户。", "转入乙方指定的银行账户"),
        ("甲方于2025年6月30日前支付。", ""),
        (f"户名：{FOUNDATION}\n账号：2703000000000001234", f"户名：{FOUNDATION}"),
    ],
)
def test_an_account_that_is_not_written_is_told(text: str, quote: str) -> None:
    assert told(accounts.rule, draft(GIFT + text)) == [("account_missing", quote)]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_whole_account_is_left_alone(text: str) -> None:
    assert told(accounts.rule, draft(GIFT + text)) == []


def test_goods_and_supplements_need_no_account() -> None:
    text = "甲方于2025年6月30日前将设备运抵乙方。"
    assert told(accounts.rule, draft(text, Kind.IN_KIND)) == []
    assert told(accounts.rule, draft(GIFT, Kind.SUPPLEMENTARY)) == []


@pytest.mark.parametrize("name", ["云麓大学基金会", "云麓大学", "云麓大学教育基金会", DONOR])
def test_another_holder_is_told(name: str) -> None:
    text = WRITTEN[0].replace(FOUNDATION, name)
    assert told(accounts.rule, draft(GIFT + text)) == [("account_name_mismatch", f"户名：{name}")]


@pytest.mark.parametrize("name", [FOUNDATION, "云麓大学 教育发展基金会", "____________"])
def test_the_recipient_or_a_blank_is_left_alone(name: str) -> None:
    assert told(accounts.rule, draft(GIFT + WRITTEN[0].replace(FOUNDATION, name))) == []


@pytest.mark.parametrize(
    ("gift", "note", "is_wrong"),
    [
        (FOREIGN, "（人民币）", True),
        (FOREIGN, "（人民币账户）", True),
        (GIFT, "（美元账户）", True),
        (FOREIGN, "（港币）", False),
        (FOREIGN, "（外汇账户）", False),
        (FOREIGN, "（多币种）", False),
        (FOREIGN, "", False),
        (GIFT, "（人民币）", False),
        (GIFT, "（基本户）", False),
        (GIFT, "（本外币一体化账户）", False),
    ],
)
def test_the_account_takes_the_gifts_currency(gift: str, note: str, is_wrong: bool) -> None:
    found = told(accounts.rule, draft(gift + WRITTEN[0] + note, Kind.OVERSEAS))
    assert [code for code, _ in found] == ["account_currency_mismatch"] * is_wrong


@pytest.mark.parametrize(
    "text",
    [
        "甲方捐赠港币壹佰万元整（￥1,000,000.00）。",
        "甲方捐赠美元伍万元整（￥50,000.00）。",
        "甲方捐赠人民币伍拾万元整（US$500,000.00）。",
        FOREIGN + "乙方按人民币壹佰万元整开具捐赠票据。",
        FOREIGN + "乙方开具金额为￥1,000,000.00的捐赠票据。",
    ],
)
def test_two_currencies_for_one_sum_are_told(text: str) -> None:
    assert [code for code, _ in told(currency.rule, draft(text))] == ["currency_mismatch"]


@pytest.mark.parametrize(
    "text",
    [
        FOREIGN + "折合人民币约920,000.00元，以乙方账户实际结汇金额为准。",
        FOREIGN + "捐赠票据按结汇当日的人民币金额开具。",
        GIFT + "甲方境外母公司注册资本为US$5,000,000.00。",
        "甲方捐赠港币壹佰万元整（1,000,000.00元）。",
        GIFT,
    ],
)
def test_conversions_and_other_sums_are_left_alone(text: str) -> None:
    assert told(currency.rule, draft(text)) == []
