"""Receipts: never in advance, over the right sum, to the right payer, void and issued anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import COMPANY
from tests.journeys.desk import Desk

BY_DONOR = "--for donor --evidence 材料/捐赠人回复.pdf"
BY_FINANCE = "--for finance --evidence 材料/开票通知.pdf"
RECORD = f"receipt record 1 --number 0000520031 --file 材料/电子票据原文件.pdf {BY_FINANCE}"
CONFIRM = "payment confirm 1 --for finance --evidence 材料/到账通知.pdf"


def asked_for(office_at: Callable[..., Desk]) -> Desk:
    desk = office_at("arrived")
    desk("receipt request 1", day="2026-05-28")
    return desk


def test_no_receipt_is_asked_for_before_the_money_came(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    assert desk.refused("receipt request 1") == {"nothing_confirmed"}


def test_nor_before_finance_confirmed_it(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    desk("payment record 1 --amount 50万", day="2026-05-20")
    assert desk.refused("receipt request 1") == {"nothing_confirmed"}
    desk(CONFIRM)
    desk("receipt request 1")
    assert desk.refused("receipt request 1") == {"receipt_exists"}


def test_a_receipt_dated_before_the_money_came_is_refused(office_at: Callable[..., Desk]) -> None:
    desk = asked_for(office_at)
    assert desk.refused(f"{RECORD} --issued-on 2026-05-19") == {"issued_after_arrival"}


@pytest.mark.parametrize("amount", ["499999.99", "500000.01", "5万"])
def test_a_receipt_over_another_sum_is_refused(office_at: Callable[..., Desk], amount: str) -> None:
    desk = asked_for(office_at)
    line = f"{RECORD} --issued-on 2026-05-28 --amount {amount}"
    assert desk.refused(line) == {"receipt_amount_right"}


def test_a_receipt_to_another_payer_is_refused(office_at: Callable[..., Desk]) -> None:
    desk = asked_for(office_at)
    line = f"{RECORD} --issued-on 2026-05-28 --payer 深圳市恒源控股有限公司"
    assert desk.refused(line) == {"receipt_title_right"}


def test_money_from_another_payer_needs_a_written_explanation(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("perform")
    said = desk("payment record 1 --amount 50万 --payer 深圳市恒源控股有限公司", day="2026-05-20")
    assert "深圳市恒源控股有限公司" in said.out
    assert COMPANY in said.out
    desk(CONFIRM)
    desk("receipt request 1")
    line = f"{RECORD} --issued-on 2026-05-28"
    assert desk.refused(line, day="2026-05-28") == {"payer_is_party"}
    desk("gift record 1 payer_explained --file 材料/捐赠人回复.pdf")
    desk(line)
    assert desk("receipt list 1 --json").data[0]["stage"] == "issued"


def test_an_electronic_receipt_without_its_file_is_not_collected(
    office_at: Callable[..., Desk],
) -> None:
    desk = asked_for(office_at)
    desk(f"receipt record 1 --number 0000520031 --issued-on 2026-05-28 {BY_FINANCE}")
    assert desk.refused("receipt collect 1") == {"receipt_on_file"}
    desk("receipt collect 1 --file 材料/电子票据原文件.pdf")


def test_a_receipt_is_voided_when_it_is_back_and_issued_anew(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("receipted")
    void = "receipt void 1 --reason 抬头有误 --for finance --evidence 材料/开票通知.pdf"
    assert desk.refused(void, day="2026-06-01") == {"receipt_back"}
    desk(f"{void} --back-on 2026-06-01")
    desk("receipt request 1")
    desk(RECORD.replace("0000520031", "0000520032") + " --issued-on 2026-06-01")
    rows = desk("receipt list 1 --json").data
    assert [(row["number"], row["stage"]) for row in rows] == [
        ("0000520031", "voided"),
        ("0000520032", "issued"),
    ]
    assert desk("verify").code == 0


def test_a_gift_is_not_closed_without_its_receipt(office_at: Callable[..., Desk]) -> None:
    desk = office_at("arrived")
    assert "receipt_settled" in desk.refused("gift advance 1 close")
    desk("receipt request 1")
    desk(f"receipt move 1 waive --reason 捐赠人声明不需要票据 {BY_DONOR}")
    assert "receipt_settled" not in desk.refused("gift advance 1 close")
