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


class SeveralReceipts(DonflowError):
    code = "several_receipts"
    message = N_("Several receipts of {number} can be meant: {receipts}.")
    remedy = N_("Name one: --receipt NO")


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


def receipt_meant(
    session: Session,
    gift: Gift,
    machine: LifecycleMachine,
    step: str,
    receipt_id: int | None,
) -> Receipt:
    """The named receipt; without a name the only one that this step is open to.

    Where there is none such it is the last one, so that the step itself says why not.
    """
    receipts = receipts_of(session, gift.id)
    if not receipts:
        raise NotFound(
            what=say(N_("receipt for gift")),
            given=gift.number,
            mend=N_("Ask for it first: donflow receipt request {given}"),
        )
    if receipt_id is not None:
        named = [receipt for receipt in receipts if receipt.id == receipt_id]
        if not named:
            raise NotFound(
                what=say(N_("receipt")),
                given=receipt_id,
                number=gift.number,
                mend=N_("See them all: donflow receipt list {number}"),
            )
        return named[0]
    sources = {
        stage
        for transition in machine.lifecycle.transitions
        if transition.name == step
        for stage in transition.sources
    }
    ready = [receipt for receipt in receipts if receipt.stage in sources]
    if len(ready) > 1:
        raise SeveralReceipts(
            number=gift.number,
            receipts=tuple(
                say(N_("no. {no} over {amount}"), no=receipt.id, amount=receipt.amount)
                for receipt in ready
            ),
        )
    return ready[0] if ready else receipts[-1]
