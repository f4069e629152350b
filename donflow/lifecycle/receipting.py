"""Receipts together with their stage: asked for, issued by finance, collected, delivered, void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.domain.money import Money
from donflow.errors import N_, DonflowError
from donflow.gifts.filing import GROUND_STEPS, file_paper, record_absence
from donflow.gifts.models import Gift
from donflow.gifts.payments import get_payment, payments_of
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
    message = N_("No receipt in advance: the money of {number} it would be for is not confirmed.")
    remedy = N_("Confirm the payment first: donflow payment confirm {number}")
    http_status = 409


class EveryReceiptAsked(DonflowError):
    code = "receipt_exists"
    message = N_("For each confirmed payment of {number} a receipt is asked for or issued already.")
    remedy = N_("See them: donflow receipt list {number}; one that is wrong is voided first.")
    http_status = 409


class ReceiptAsked(DonflowError):
    code = "receipt_exists"
    message = N_("For payment {payment} a receipt is asked for or issued already.")
    remedy = N_("See it: donflow receipt list {number}; one that is wrong is voided first.")
    http_status = 409


def ask_for_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    form: str,
    payment_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Ask finance for the receipt of the payment named, else of the first that has none.

    A receipt that was waived or refused may be asked for after all: its record stays beside the
    new one.
    """
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    stages = machine.lifecycle.stages
    last = last_by_payment(session, gift)
    meant = payments_of(session, gift.id)
    if payment_id is not None:
        meant = [get_payment(session, gift, payment_id)]
    counted = [payment for payment in meant if payment.counts]
    if not counted:
        raise NothingConfirmed(number=gift.number)
    open_to = [p for p in counted if p.id not in last or stages[last[p.id].stage].end]
    if not open_to and payment_id is not None:
        raise ReceiptAsked(payment=payment_id, number=gift.number)
    if not open_to:
        raise EveryReceiptAsked(number=gift.number)
    return request_receipt(
        session,
        gift,
        min(open_to, key=lambda payment: payment.id in last),
        machine,
        form=form,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
        actor=actor,
        now=now,
    )


def forgo_receipts(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    ground: str,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """For every confirmed payment without a receipt record that there is to be none, and why."""
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    step = GROUND_STEPS[ground]
    found = next(item for item in machine.lifecycle.transitions if item.name == step)
    last = last_by_payment(session, gift)
    counted = [payment for payment in payments_of(session, gift.id) if payment.counts]
    if not counted:
        raise NothingConfirmed(number=gift.number)
    bare = [payment for payment in counted if payment.id not in last]
    for _ in bare:
        ask_for_receipt(session, office, gift, form="electronic", actor=actor, now=now)
    waiting = [r for r in last_by_payment(session, gift).values() if r.stage in found.sources]
    if not waiting:
        raise EveryReceiptAsked(number=gift.number)
    for receipt in waiting:
        move_receipt(
            session,
            office,
            gift,
            step,
            reason=reason,
            receipt_id=receipt.id,
            actor=actor,
            now=now,
        )


def last_by_payment(session: Session, gift: Gift) -> dict[int, Receipt]:
    """The receipt that answers for each payment: the last one, unless it was taken back."""
    last = {receipt.payment_id: receipt for receipt in receipts_of(session, gift.id)}
    return {payment: receipt for payment, receipt in last.items() if receipt.back_on is None}


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
    """Move a receipt by a step that only needs its stage (deliver, waive, lose).

    With a step by which there is to be none its absence is on record, on the step's ground.
    """
    machine = office.machine(session, gift.workflow_version, Receipt.lifecycle)
    step = step_named(machine.lifecycle, name)
    receipt = _meant(session, office, gift, step, receipt_id)
    advance_receipt(session, office, gift, receipt, step, actor=actor, now=now, reason=reason)
    on = office.acted_on(actor, now)
    for ground in (ground for ground, found in GROUND_STEPS.items() if found == step):
        kind = PaperKind.RECEIPT
        record_absence(session, gift, kind, ground=ground, on=on, actor=actor, now=now)
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
