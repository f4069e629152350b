"""Receipts together with their stage: asked for, issued by finance, collected, delivered, void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.domain.money import Money
from donflow.errors import N_, DonflowError
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift
from donflow.gifts.payments import payments_of
from donflow.lifecycle.advance import step_named
from donflow.lifecycle.ledgers import advance_receipt
from donflow.lifecycle.office import Office
from donflow.papers.models import Receipt
from donflow.papers.receipts import fill_receipt, receipt_meant, receipts_of, request_receipt
from donflow.vault.models import Blob


@dataclass(frozen=True)
class ReceiptWords:
    """What stands on the official receipt, as far as it is known."""

    code: str | None = None
    number: str | None = None
    check_code: str | None = None
    issued_on: date | None = None
    amount: Money | None = None
    payer: str | None = None
    site_checked_on: date | None = None


@dataclass(frozen=True)
class Scan:
    """A file in the vault under the name that it came with this time."""

    blob: Blob
    name: str


class NothingConfirmed(DonflowError):
    code = "nothing_confirmed"
    message = N_("No confirmed payment of gift {number} lacks a receipt; none is asked in advance.")
    remedy = N_("Confirm the payment first: donflow payment confirm {number}")
    http_status = 409


def ask_for_receipt(
    session: Session, office: Office, gift: Gift, *, form: str, actor: Actor, now: datetime
) -> Receipt:
    """Ask finance for the receipt of the first confirmed payment that has none."""
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    served = {r.payment_id for r in receipts_of(session, gift.id) if r.back_on is None}
    for payment in payments_of(session, gift.id):
        if payment.counts and payment.id not in served:
            return request_receipt(
                session,
                gift,
                payment,
                machine,
                form=form,
                on=office.acted_on(actor, now),
                calendar=office.calendar,
                actor=actor,
                now=now,
            )
    raise NothingConfirmed(number=gift.number)


def issue_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    words: ReceiptWords,
    document: Scan | None,
    *,
    receipt_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Write down the receipt that finance issued; its file is kept bit for bit as it came."""
    receipt = _meant(session, office, gift, "issue", receipt_id)
    fill_receipt(session, gift, receipt, _values(words, document), actor=actor, now=now)
    advance_receipt(session, office, gift, receipt, "issue", actor=actor, now=now)
    return receipt


def collect_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    document: Scan | None,
    *,
    receipt_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """The receipt is in the school's hands: its file or scan goes into the library of scans."""
    receipt = _meant(session, office, gift, "collect", receipt_id)
    if document is not None:
        values = _values(ReceiptWords(), document)
        fill_receipt(session, gift, receipt, values, actor=actor, now=now)
    advance_receipt(session, office, gift, receipt, "collect", actor=actor, now=now)
    blob = session.get_one(Blob, receipt.document)
    on = office.acted_on(actor, now)
    title = receipt.document_name or blob.name
    kind = PaperKind.RECEIPT
    file_paper(session, gift, kind, blob, title=title, on=on, actor=actor, now=now)
    return receipt


def void_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    back_on: date | None,
    reason: str | None,
    receipt_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Finance voids the receipt once all copies are back, or reverses the electronic one."""
    receipt = _meant(session, office, gift, "void", receipt_id)
    if back_on is not None:
        fill_receipt(session, gift, receipt, {"back_on": back_on}, actor=actor, now=now)
    advance_receipt(session, office, gift, receipt, "void", actor=actor, now=now, reason=reason)
    return receipt


def move_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    reason: str | None = None,
    receipt_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Move a receipt by a step that only needs its stage (deliver, waive, lose)."""
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    step = step_named(machine.lifecycle, name)
    receipt = _meant(session, office, gift, step, receipt_id)
    advance_receipt(session, office, gift, receipt, step, actor=actor, now=now, reason=reason)
    return receipt


def _meant(
    session: Session, office: Office, gift: Gift, step: str, receipt_id: int | None
) -> Receipt:
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    return receipt_meant(session, gift, machine, step, receipt_id)


def _values(words: ReceiptWords, document: Scan | None) -> dict[str, object]:
    known: dict[str, object] = {
        "code": words.code,
        "number": words.number,
        "check_code": words.check_code,
        "issued_on": words.issued_on,
        "payer": words.payer,
        "site_checked_on": words.site_checked_on,
        "document": document.blob.fingerprint if document else None,
        "document_name": document.name[-255:] if document else None,
    }
    if words.amount is not None:
        known |= {"amount_minor": words.amount.minor, "currency": words.amount.currency}
    return {name: value for name, value in known.items() if value is not None}
