"""Small gifts whose money or papers did not go as planned, and how each of them still ends."""

from __future__ import annotations

import pytest

from tests.journeys.desk import Desk
from tests.journeys.test_small_gifts import (
    BY_DONOR,
    BY_FINANCE,
    CASES,
    DAY,
    begun,
    ends,
    follow,
    lacking,
    missing,
)

CASE = CASES["a receipt"]
FINANCE = "--for finance --evidence 材料/到账通知.pdf"
WAIVE = f"paper absent 1 receipt --because waived --reason 不需要 {BY_DONOR}"


def paid(desk: Desk, *amounts: str) -> None:
    for amount in amounts:
        desk(f"payment record 1 --amount {amount}")
        desk(f"payment confirm 1 {FINANCE}")


def closed(desk: Desk) -> None:
    """What is still missing is waived and thanked for, and the gift closes."""
    if "receipt_settled" in missing(desk, "close"):
        desk(WAIVE)
    desk("paper absent 1 certificate --because small_gift --reason 小额")
    while "donor_thanked" in lacking(desk):
        desk(lacking(desk)["donor_thanked"].removeprefix("Run: "))
    desk("gift advance 1 close")


def test_a_voided_receipt_leaves_its_payment_unsettled_though_one_was_waived_before(
    office: Desk,
) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "fulfilled")
    desk(WAIVE)
    desk("receipt request 1")
    desk(
        f"receipt record 1 --number 0000520031 --issued-on {DAY}"
        f" --file 材料/电子票据原文件.pdf {BY_FINANCE}"
    )
    desk(f"receipt void 1 --receipt 2 --back-on {DAY} --reason 抬头有误 {BY_FINANCE}")
    assert "receipt_settled" in missing(desk, "close")
    assert "receipt_settled" in desk.refused("gift advance 1 close")
    desk(WAIVE)
    assert "receipt_settled" not in missing(desk, "close")
    assert [r["stage"] for r in desk("receipt list 1 --json").data] == [
        "waived",
        "voided",
        "waived",
    ]


def test_a_cancelled_certificate_leaves_the_question_open_though_one_was_waived_before(
    office: Desk,
) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "fulfilled")
    desk("paper absent 1 certificate --because small_gift --reason 小额")
    assert "certificate_settled" not in missing(desk, "close")
    desk("certificate print 1 --number 云基证031")
    desk("certificate cancel 1 --reason 有误")
    assert "certificate_settled" in missing(desk, "close")


@pytest.mark.parametrize(
    ("came", "edited"), [(("6000",), "6000"), (("2000", "1000"), "3000")], ids=["more", "less"]
)
def test_another_sum_than_was_promised_is_what_the_gift_then_is(
    office: Desk, came: tuple[str, ...], edited: str
) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "perform")
    paid(desk, *came)
    said = missing(desk, "fulfil")["money_arrived"]
    assert "gift edit G2026-0001 --amount AMOUNT" in said
    assert "补充协议" not in desk("gift advance 1 fulfil", code=2).err
    desk(f"gift edit 1 --amount {edited}")
    steps = [m["to_stage"] for m in desk("gift history 1 --json").data if m["subject"] != "gift"]
    assert steps[-1] == "paid"
    desk("gift advance 1 fulfil")
    closed(desk)
    refused = "gift edit 1 --amount 9000"
    assert desk.refused(refused) == {"sum_stands"}
    assert "补充协议" not in desk(refused, code=2).err
    assert desk("verify --json").data["findings"] == []


def test_a_sum_that_is_too_large_leaves_the_instalment_partly_paid(office: Desk) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "perform")
    paid(desk, "5000")
    desk("gift edit 1 --amount 8000")
    assert "money_arrived" in missing(desk, "fulfil")
    paid(desk, "3000")
    desk("gift advance 1 fulfil")


def test_a_gift_of_nothing_is_none(office: Desk) -> None:
    desk = begun(office, CASE)
    assert desk.refused("gift new --kind small --amount 0") == {"nothing_promised"}
    assert desk.refused("gift edit 1 --amount 0") == {"nothing_promised"}


def test_a_gift_that_was_waived_as_a_whole_closes_without_a_receipt(office: Desk) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "perform")
    desk("gift record 1 waiver_ground --file 材料/捐赠人回复.pdf")
    desk("payment waive 1 --reason 经济困难 --for leader --evidence 材料/捐赠人回复.pdf")
    desk("gift advance 1 fulfil")
    assert missing(desk, "close").keys() == {"certificate_settled"}
    closed(desk)
    assert desk.stage() == "closed"


@pytest.mark.parametrize("how", ["withdrawn", "expired", "paid anew"])
def test_a_gift_whose_money_went_back_after_all_has_a_way_on(office: Desk, how: str) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "fulfilled")
    if how == "withdrawn":
        assert "no_money_came" in desk.refused(f"gift advance 1 withdraw --reason 退汇 {BY_DONOR}")
    desk(f"payment strike 1 --payment 1 --reason 退汇 {FINANCE}")
    match how:
        case "withdrawn":
            assert desk.refused("gift record 1 withdrawal --note 退汇") == {"document_missing"}
            desk("gift record 1 withdrawal --file 材料/捐赠人回复.pdf")
            desk(f"gift advance 1 withdraw --reason 退汇 {BY_DONOR}")
            assert desk.stage() == "withdrawn"
        case "expired":
            desk("gift record 1 reminded --note 已去电", day="2026-06-10")
            desk("gift advance 1 expire")
            assert desk.stage() == "expired"
        case _:
            paid(desk, "5000")
            closed(desk)
            assert ends(desk, "receipt") == ("waived", "waived")


def test_what_a_withdrawal_asks_for_can_be_typed_as_it_is_printed(office: Desk) -> None:
    desk = begun(office, CASE)
    said = desk(f"gift advance 1 withdraw --reason 另有安排 {BY_DONOR} --json", lang="en", code=2)
    remedy = said.refusals[0]["remedy"].removeprefix("Run: ")
    desk(remedy.replace("FILE", "材料/捐赠人回复.pdf"))
    desk(f"gift advance 1 withdraw --reason 另有安排 {BY_DONOR}")


def test_whoever_asks_for_a_receipt_hears_why_there_is_none_to_ask_for(office: Desk) -> None:
    desk = begun(office, CASE)
    follow(desk, CASE, "perform")
    for line in ("receipt request 1", WAIVE):
        assert desk.refused(line) == {"nothing_confirmed"}
    desk("payment record 1 --amount 5000")
    assert desk.refused("receipt request 1") == {"nothing_confirmed"}
    desk(f"payment confirm 1 {FINANCE}")
    desk("receipt request 1")
    desk(
        f"receipt record 1 --number 0000520031 --issued-on {DAY}"
        f" --file 材料/电子票据原文件.pdf {BY_FINANCE}"
    )
    for line in ("receipt request 1", "receipt request 1 --payment 1", WAIVE):
        assert desk.refused(line) == {"receipt_exists"}
