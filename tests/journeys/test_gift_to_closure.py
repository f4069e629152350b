"""One cash gift from intent to stewardship: at a desk alone, and at a desk that all share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.journeys.papers import paper_text
from tests.journeys.tale import AGREEMENT_NUMBER, CERTIFICATE_NUMBER, PURPOSE, RECEIPT_NUMBER

DESKS = pytest.mark.parametrize("shared", [False, True], ids=["single", "shared"])
AMOUNT = {"amount": "500000.00", "currency": "CNY"}


@DESKS
def test_a_gift_lives_from_its_first_word_to_stewardship(
    office_at: Callable[..., Desk], shared: bool
) -> None:
    desk = office_at("steward", shared=shared)
    moves = [move for move in desk("gift history 1 --json").data if move["subject"] == "gift"]
    assert [move["to_stage"] for move in moves] == [
        "screen",
        "draft",
        "review",
        "approved",
        "donor_check",
        "signing",
        "sealing",
        "effective",
        "perform",
        "fulfilled",
        "closed",
        "steward",
    ]
    assert desk.stage() == "steward"


@DESKS
def test_all_papers_name_the_same_donor_purpose_and_amount(
    office_at: Callable[..., Desk], shared: bool
) -> None:
    desk = office_at("steward", shared=shared)
    texts = {
        kind: paper_text(desk, kind)
        for kind in ("agreement_draft", "payment_notice", "certificate", "acknowledgement")
    }
    for kind, text in texts.items():
        assert "500,000.00" in text, kind
        assert "伍拾万元整" in text, kind
        assert PURPOSE in text, kind
        assert COMPANY in text, kind
    assert AGREEMENT_NUMBER in texts["payment_notice"]
    assert CERTIFICATE_NUMBER in texts["certificate"]


@DESKS
def test_the_three_ledgers_agree(office_at: Callable[..., Desk], shared: bool) -> None:
    desk = office_at("steward", shared=shared)
    (payment,) = desk("payment list 1 --json").data
    (receipt,) = desk("receipt list 1 --json").data
    (certificate,) = desk("certificate list 1 --json").data
    assert payment["amount"] == receipt["amount"] == desk.gift()["amount"] == AMOUNT
    assert payment["payer"] == receipt["payer"] == desk.gift()["donor"] == COMPANY
    assert payment["confirmed_at"]
    assert (receipt["stage"], receipt["number"]) == ("delivered", RECEIPT_NUMBER)
    assert (certificate["stage"], certificate["number"]) == ("delivered", CERTIFICATE_NUMBER)


@DESKS
def test_each_original_is_signed_countersigned_sealed_and_with_its_party(
    office_at: Callable[..., Desk], shared: bool
) -> None:
    copies = office_at("steward", shared=shared)("original show 1 --json").data
    assert len(copies) == 4
    for copy in copies:
        assert copy["holder"] == copy["meant_for"]
        assert copy["signed_on"] < copy["countersigned_on"] <= copy["sealed_on"]


@DESKS
def test_the_three_scans_are_in_the_library_and_with_the_file_keeper(
    office_at: Callable[..., Desk], shared: bool
) -> None:
    papers = office_at("steward", shared=shared)("paper list 1 --json").data
    kinds = [paper["kind"] for paper in papers]
    for kind in ("agreement_scan", "receipt", "certificate", "custody_package"):
        assert kinds.count(kind) == 1, kind


@DESKS
def test_the_journal_answers_for_everything(office_at: Callable[..., Desk], shared: bool) -> None:
    answer = office_at("steward", shared=shared)("verify --json")
    assert answer.data["findings"] == []
    assert answer.data["rows"] > 150


def test_a_desk_alone_shows_what_was_recorded_for_whom(office_at: Callable[..., Desk]) -> None:
    desk = office_at("steward")
    recorded = [move["recorded_for"] for move in desk("gift history 1 --json").data]
    assert {"reviewer", "donor", "seal_keeper", "finance"} == set(filter(None, recorded))
    said = desk("gift history 1").out
    assert "代录" in said
    assert "基金会审核老师" in said
    assert "代录" in desk("gift show 1").out


def test_a_shared_desk_records_only_the_donor_and_names_each_user(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("steward", shared=True)
    moves = desk("gift history 1 --json").data
    assert {move["recorded_for"] for move in moves} == {None, "donor"}
    who = {
        event["detail"]["transition"]: event["user"]
        for event in desk("journal show 1 --json", as_="zhou").data
        if event["action"] == "moved" and event["detail"].get("transition")
    }
    assert (who["submit"], who["approve"], who["seal"]) == ("林秘书", "周审核", "方印管")


def test_the_next_step_that_is_named_is_the_step_forward(
    office_at: Callable[..., Desk],
) -> None:
    for milestone, step in (
        ("written", "submit"),
        ("review", "approve"),
        ("donor_check", "agree"),
        ("signing", "sign"),
        ("sealing", "seal"),
        ("perform", "fulfil"),
        ("delivered", "close"),
    ):
        assert office_at(milestone).gift()["next"][0]["transition"] == step
