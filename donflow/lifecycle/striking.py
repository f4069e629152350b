"""Striking a payment that was recorded by mistake, together with what followed from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift, Payment
from donflow.gifts.payments import get_payment, strike_payment
from donflow.greetings.thanking import take_back_thanks
from donflow.lifecycle.ledgers import reopen_plan
from donflow.lifecycle.office import Office
from donflow.papers.models import Receipt
from donflow.papers.receipts import receipts_of


class ReceiptStands(DonflowError):
    code = "receipt_stands"
    message = N_("A receipt stands for payment {payment}; it is settled first.")
    remedy = N_("See it: donflow receipt list {number}")
    http_status = 409


class NotYoursToStrike(DonflowError):
    code = "role_not_permitted"
    message = N_("Money that was confirmed is struck by finance, other money by the secretary.")
    remedy = N_("Record finance's word with its evidence: --for finance --evidence FILE")
    http_status = 403


def strike_money(
    session: Session,
    office: Office,
    gift: Gift,
    payment_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Strike a payment: the instalments that it lay on fall back, and no thanks are due any more.

    Before it is confirmed its recorder or a secretary may, afterwards finance alone, and only
    while no receipt stands for it.
    """
    payment = get_payment(session, gift, payment_id)
    if not _may_strike(office, payment, actor):
        raise NotYoursToStrike()
    if _receipt_stands(session, office, gift, payment):
        raise ReceiptStands(payment=payment.id, number=gift.number)
    strike_payment(session, gift, payment, reason=reason, actor=actor, now=now)
    if payment.confirmed_at is not None:
        reopen_plan(session, office, gift, payment, reason=reason, actor=actor, now=now)
        take_back_thanks(session, payment, actor=actor, now=now)
    return payment


def _may_strike(office: Office, payment: Payment, actor: Actor) -> bool:
    roles = office.roles(actor)
    if payment.confirmed_at is not None:
        return "finance" in roles
    return "secretary" in roles or payment.recorded_person == office.person(actor)


def _receipt_stands(session: Session, office: Office, gift: Gift, payment: Payment) -> bool:
    stages = office.machine(session, gift.workflow_version, Receipt.lifecycle).lifecycle.stages
    return any(
        receipt.payment_id == payment.id and not stages[receipt.stage].end
        for receipt in receipts_of(session, gift.id)
    )
