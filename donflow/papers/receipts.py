"""The records of official receipts: asked for, numbered, filed bit for bit, never drawn here."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift, Payment
from donflow.gifts.register import touch
from donflow.papers.models import Receipt
from donflow.store.columns import recorded
from donflow.store.journal import record
from donflow.store.moving import enter

FORMS = ("paper", "electronic")


class ReceiptTaken(DonflowError):
    code = "receipt_taken"
    message = N_("Receipt {code} {number} is already recorded for another payment.")


class ReceiptExists(DonflowError):
    code = "receipt_exists"
    message = N_("A receipt for payment {payment} is already asked for.")
    remedy = N_("Void it first if it is wrong: donflow receipt void {number}")


def request_receipt(
    session: Session,
    gift: Gift,
    payment: Payment,
    machine: LifecycleMachine,
    *,
    form: str,
    on: date,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """Ask finance for the receipt of one payment; a second one only after the first is over."""
    earlier = [r for r in receipts_of(session, gift.id) if r.payment_id == payment.id]
    ends = {name for name, stage in machine.lifecycle.stages.items() if stage.end}
    if any(receipt.stage not in ends for receipt in earlier):
        raise ReceiptExists(payment=payment.id, number=gift.number)
    receipt = Receipt(
        gift_id=gift.id,
        payment_id=payment.id,
        form=form,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        payer=payment.payer,
        requested_on=on,
        replaces_id=earlier[-1].id if earlier else None,
        **recorded(actor, now),
    )
    enter(receipt, machine, gift.workflow_version, on=on, calendar=calendar)
    session.add(receipt)
    session.flush()
    touch(gift, now)
    detail = {"receipt": receipt.id, "payment": payment.id, "form": form}
    record(session, gift.subject, "receipt_requested", actor=actor, now=now, detail=detail)
    return receipt


def fill_receipt(
    session: Session,
    gift: Gift,
    receipt: Receipt,
    values: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what stands on the receipt, or its file; two payments never share one."""
    code, number = values.get("code", receipt.code), values.get("number", receipt.number)
    query = select(Receipt).where(
        Receipt.code == code, Receipt.number == number, Receipt.id != receipt.id
    )
    if number is not None and session.scalars(query).first() is not None:
        raise ReceiptTaken(code=code, number=number)
    for name, value in values.items():
        setattr(receipt, name, value)
    touch(gift, now)
    detail = {"receipt": receipt.id, "fields": sorted(values)}
    record(session, gift.subject, "receipt_recorded", actor=actor, now=now, detail=detail)


def receipts_of(session: Session, gift_id: int) -> list[Receipt]:
    query = select(Receipt).where(Receipt.gift_id == gift_id).order_by(Receipt.id)
    return list(session.scalars(query))


def current_receipt(session: Session, gift: Gift) -> Receipt:
    """The receipt of this gift that was asked for last."""
    receipts = receipts_of(session, gift.id)
    if not receipts:
        raise NotFound(
            what=say(N_("receipt for gift")),
            given=gift.number,
            mend=N_("Ask for it first: donflow receipt request {given}"),
        )
    return receipts[-1]
