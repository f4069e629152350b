"""The text that is approved, printed and paid for is the one on record; nothing slips beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk

PROOF = "--evidence 材料/审核意见.pdf"
TO_FINANCE = "--for finance --evidence 材料/到账通知.pdf"


def test_a_draft_over_another_amount_than_the_record_is_not_submitted(
    office_at: Callable[..., Desk],
) -> None:
    """A large text must not climb the short ladder of a small amount."""
    desk = office_at("written")
    desk("gift edit 1 --amount 1万")
    assert desk.refused("gift advance 1 submit") == {"draft_as_recorded"}
    desk("agreement draft 1")
    desk("agreement check 1")
    desk("gift advance 1 submit")


def test_a_change_that_the_agreement_does_not_name_leaves_the_draft_as_it_is(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    desk("gift edit 1 --steward 林秘书")
    desk("gift advance 1 submit")


@pytest.mark.parametrize(
    "line",
    [
        "gift edit 1 --amount 5万",
        "gift edit 1 --purpose 别的用途",
        "agreement set 1 management_fee=5%",
        "agreement draft 1",
    ],
)
def test_what_the_text_names_stays_while_the_foundation_reads_it(
    office_at: Callable[..., Desk], line: str
) -> None:
    assert office_at("review").refused(line) == {"text_under_review"}


@pytest.mark.parametrize(
    "line", ["gift edit 1 --amount 5万", "agreement set 1 management_fee=5%", "agreement draft 1"]
)
def test_what_the_text_names_stays_once_it_is_approved(
    office_at: Callable[..., Desk], line: str
) -> None:
    assert office_at("signing").refused(line) == {"text_approved"}


def test_the_same_bytes_are_no_revision(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    desk(f"review return 1 --remark 请写明付款期限 --for reviewer {PROOF}")
    assert desk.refused("agreement take-in 1 材料/协议第1稿.docx") == {"same_text"}
    assert desk.refused("agreement draft 1") == {"same_text"}


def test_an_amount_does_not_rise_after_money_came(office_at: Callable[..., Desk]) -> None:
    """A raised instalment once counted as waived, and the gift as fulfilled."""
    desk = office_at("written")
    desk("payment record 1 --amount 50万")
    desk(f"payment confirm 1 {TO_FINANCE}")
    assert desk.refused("gift edit 1 --amount 500万") == {"plan_begun"}


def test_a_waiver_lowers_what_is_waited_for(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    desk("payment record 1 --amount 30万", day="2026-05-20")
    desk(f"payment confirm 1 {TO_FINANCE}")
    assert desk.refused("gift advance 1 fulfil") == {"money_arrived"}
    waive = "payment waive 1 --reason 经营困难 --for leader --evidence 材料/党政联席会纪要.pdf"
    assert desk.refused(waive) == {"waiver_grounded"}
    desk("gift record 1 waiver_ground --file 材料/捐赠人回复.pdf")
    desk(waive)
    desk("gift advance 1 fulfil")


@pytest.mark.parametrize(
    "line",
    [
        "original cancel 1",
        f"original countersign 1 --for reviewer {PROOF}",
        "original sign 1 --by-seal --signer 梁启舟 --for donor --evidence 材料/签署页.pdf",
    ],
)
def test_sealed_originals_stay_as_they_are(office_at: Callable[..., Desk], line: str) -> None:
    desk = office_at("effective")
    assert desk.refused(line) == {"already_sealed"}


def test_a_copy_that_travelled_to_be_signed_is_not_yet_given_out(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("signing")
    for copy, holder in enumerate(("donor", "donor", "foundation", "foundation"), start=1):
        desk(f"original place 1 {copy} --with {holder}")
    desk(
        "original sign 1 --by-seal --signer 梁启舟 --for donor --evidence 材料/签署页.pdf",
        day="2026-04-08",
    )
    desk(f"original countersign 1 --for reviewer {PROOF}")
    desk(
        "original seal 1 --no-blanks --text-compared"
        " --for seal_keeper --evidence 材料/用印登记照片.pdf"
    )
    assert "copies_given_out" in desk.refused("gift advance 1 perform")


def test_a_text_taken_back_takes_its_printed_copies_out_of_use(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("signing")
    desk("donor rework 1 --reason 捐赠人更名")
    assert desk("original show 1 --json").data == []


def test_each_amendment_needs_its_own_supplement(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    supplement = "gift record 1 supplement --file 材料/协议扫描件.pdf"
    desk("gift advance 1 amend --reason 金额调整", day="2026-05-06")
    assert desk.refused("gift edit 1 --amount 20万") == {"text_approved"}
    desk(supplement)
    desk("gift edit 1 --amount 20万")
    desk("gift advance 1 amended")
    desk("gift advance 1 amend --reason 再次调整", day="2026-05-12")
    assert desk.refused("gift advance 1 amended") == {"supplement_in_force"}


@pytest.mark.parametrize(
    "line",
    [
        "gift contact 1 --channel phone",
        "gift edit 1 --steward 林秘书",
        "payment record 1 --amount 50万",
        "parcel send 1 --by hand --with card",
    ],
)
def test_nothing_more_is_recorded_on_a_gift_that_has_ended(
    office_at: Callable[..., Desk], line: str
) -> None:
    desk = office_at("review")
    desk(
        "gift advance 1 decline --reason 附带招生条件"
        " --for leader --evidence 材料/党政联席会纪要.pdf"
    )
    assert desk.refused(line) == {"gift_ended"}


def test_each_field_that_a_draft_lacks_is_told_on_its_own_line(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft")
    refused = desk("agreement draft 1", code=2)
    lines = [line for line in refused.err.splitlines() if line.startswith("  · ")]
    assert len(lines) >= 4
