"""E08: receipts and certificates with their needs on: what is settled stays true to the last row.

Small gifts with two payments, their receipts asked for, issued, voided, waived and refused, their
money struck, their certificates printed, cancelled and waived, in whatever order. After every act
the close's own refusals are compared with what the rows of the database say.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from donflow.lifecycle import gather as gathering
from donflow.papers.models import Certificate, Receipt
from tests.journeys.desk import Desk, Workshop

FULL, ACTS = 20, 20
FINANCE = "--for finance --evidence 材料/开票通知.pdf"
DONOR = "--for donor --evidence 材料/捐赠人回复.pdf"
DAY = "2026-03-02"
BEGIN = (
    "gift new --kind small --amount 五千 --purpose 资助图书馆 --channel visit --donor 江远帆"
    " --liaison 何老师",
    "gift contact {gift} --channel phone",
    f"gift edit {{gift}} --notice-given-on {DAY} --unrestricted --pay-by {DAY}",
    "gift advance {gift} take_up",
    "gift screen {gift} --source-of-funds 工资 --passed",
    "gift advance {gift} accept",
    "payment record {gift} --amount 2000",
    f"payment confirm {{gift}} {FINANCE}",
    "payment record {gift} --amount 3000",
    f"payment confirm {{gift}} {FINANCE}",
    "gift advance {gift} fulfil",
)
AT = {
    None: ("ask",),
    "voided": ("ask", "strike"),
    "waived": ("ask", "rest", "rest"),
    "not_eligible": ("ask", "rest", "rest"),
    "requested": ("waive", "refuse", "issue", "issue"),
    "issued": ("collect", "void"),
    "collected": ("deliver", "void"),
    "delivered": ("void", "rest", "rest"),
}
"""What may be done with a payment by the stage of its last receipt; a case each in `act`."""
SETTLED = {"delivered", "waived", "not_eligible"}
LAST_RECEIPTS = (
    "SELECT payment.id, receipt.id, receipt.stage FROM payment LEFT JOIN receipt ON receipt.id ="
    " (SELECT max(last.id) FROM receipt AS last WHERE last.payment_id = payment.id)"
    " WHERE payment.gift_id = ? AND payment.confirmed_at IS NOT NULL"
    " AND payment.struck_at IS NULL ORDER BY payment.id"
)
LAST_CERTIFICATE = "SELECT stage FROM certificate WHERE gift_id = ? ORDER BY id DESC LIMIT 1"


@pytest.fixture
def desk(workshop: Workshop, tmp_path: Path) -> Iterator[Desk]:
    made = workshop.copy("new", tmp_path / "office")
    made.day = DAY
    made("person add 江远帆 --kind person --phone 13900001111")
    yield made
    made.close()


def walk(desk: Desk, gift: int, chosen: random.Random) -> int:
    """One gift, acted on at random; how often its close was ready."""
    for line in BEGIN:
        desk(line.format(gift=gift))
    ready = 0
    for _ in range(ACTS):
        if chosen.random() < 0.3:
            act_on_certificate(desk, gift, chosen)
        else:
            act_on_receipt(desk, gift, chosen)
        last = {payment: stage for payment, _, stage in rows(desk, LAST_RECEIPTS, gift)}
        certificate = [stage for (stage,) in rows(desk, LAST_CERTIFICATE, gift)]
        step = next(s for s in desk.gift(str(gift))["next"] if s["transition"] == "close")
        lacks = {lack["code"] for lack in step["missing"]}
        assert ("receipt_settled" not in lacks) == (bool(last) and set(last.values()) <= SETTLED)
        assert ("certificate_settled" not in lacks) == (certificate in (["waived"], ["delivered"]))
        ready += not lacks & {"receipt_settled", "certificate_settled"}
    return ready


def rows(desk: Desk, query: str, gift: int) -> list[tuple[Any, ...]]:
    """An answer of the database past donflow."""
    with closing(sqlite3.connect(desk.database)) as database:
        return database.execute(query, (gift,)).fetchall()


def act_on_receipt(desk: Desk, gift: int, chosen: random.Random) -> None:
    payments = rows(desk, LAST_RECEIPTS, gift)
    if not payments:  # all were struck: the money is paid anew
        desk(f"payment record {gift} --amount 5000")
        desk(f"payment confirm {gift} {FINANCE}")
        return
    payment, receipt, stage = chosen.choice(payments)
    match chosen.choice(AT[stage]):
        case "ask":
            desk(f"receipt request {gift} --payment {payment}")
        case "waive":
            desk(f"receipt move {gift} waive --receipt {receipt} --reason 不需要 {DONOR}")
        case "refuse":
            desk(f"receipt move {gift} refuse --receipt {receipt} --reason 有回报 {FINANCE}")
        case "issue":
            desk(
                f"receipt record {gift} --receipt {receipt} --number {receipt:010} --issued-on"
                f" {DAY} --file 材料/电子票据原文件.pdf {FINANCE}"
            )
        case "collect":
            desk(f"receipt collect {gift} --receipt {receipt}")
        case "deliver":
            desk(f"parcel send {gift} --by message --with receipt")
            parcels = desk(f"parcel list {gift} --json").data
            desk(f"parcel deliver {gift} --parcel {parcels[-1]['parcel']}")
            desk(f"receipt move {gift} deliver --receipt {receipt}")
        case "void":
            desk(f"receipt void {gift} --receipt {receipt} --back-on {DAY} --reason 有误 {FINANCE}")
        case "rest":
            pass
        case "strike":
            desk(f"payment strike {gift} --payment {payment} --reason 退汇 {FINANCE}")


def act_on_certificate(desk: Desk, gift: int, chosen: random.Random) -> None:
    stage = next((stage for (stage,) in rows(desk, LAST_CERTIFICATE, gift)), None)
    if stage in ("printed", "ready"):
        desk(f"certificate cancel {gift} --reason 有误")
    elif chosen.random() < 0.7:
        desk(f"certificate waive {gift} --because small_gift --reason 小额")
    else:
        number = f"云基证{chosen.randrange(10**9):09}"
        desk(f"certificate collect {gift} --number {number} --file 材料/签署页.pdf")


def run_walks(desk: Desk, walks: int, start: int) -> int:
    return sum(walk(desk, gift, random.Random(start + gift)) for gift in range(1, walks + 1))


def test_a_gift_is_settled_only_by_the_last_row_of_each_payment(
    desk: Desk,
    points: Callable[[int], int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    walks = points(FULL)
    ready = run_walks(desk, walks, seed)
    assert desk("verify --json").data["findings"] == []
    figures("E08", f"{walks * ACTS} acts on receipts and certificates, settled after {ready}")


def without_what_was_taken_back(table: type[Any], broken: Any) -> Callable[..., Any]:
    """A build that forgets what was taken back, so that an earlier row answers again."""
    whole = gathering._ledgers

    def ledgers(rows: dict[type[Any], list[Any]], *others: Any) -> dict[str, Any]:
        kept = [row for row in rows[table] if not broken(row)]
        return whole({**rows, table: kept}, *others)

    return ledgers


@pytest.mark.parametrize(
    ("table", "broken"),
    [
        (Receipt, lambda row: row.back_on is not None),
        (Certificate, lambda row: row.cancelled_on is not None),
    ],
    ids=["a waived receipt answers for a voided one", "a waived certificate for a cancelled one"],
)
def test_a_build_that_forgets_what_was_taken_back_is_found(
    desk: Desk, seed: int, monkeypatch: pytest.MonkeyPatch, table: type[Any], broken: Any
) -> None:
    monkeypatch.setattr(gathering, "_ledgers", without_what_was_taken_back(table, broken))
    with pytest.raises(AssertionError, match="_settled"):
        run_walks(desk, FULL, seed)
