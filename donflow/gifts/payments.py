"""Money received: recorded from a slip, confirmed by somebody else."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.money import Money
from donflow.errors import N_, DonflowError, NotFound, Sentence, say
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.register import touch
from donflow.store.columns import recorded
from donflow.store.journal import record


class NoMoney(DonflowError):
    code = "no_money"
    message = N_("A payment is more than nothing.")


class PaymentRepeated(DonflowError):
    code = "payment_repeated"
    message = N_("This looks like money that is recorded already: {payments}.")
    remedy = N_("If it is another payment, say why: --again REASON")
    http_status = 409


class PaymentStruck(DonflowError):
    code = "payment_struck"
    message = N_("Payment {payment} was struck as recorded by mistake.")


class AlreadyConfirmed(DonflowError):
    code = "already_confirmed"
    message = N_("Payment {payment} was already confirmed.")


class SeveralPayments(DonflowError):
    code = "several_payments"
    message = N_("Several payments of {gift} wait to be confirmed: {numbers}.")
    remedy = N_("Say which, by --payment NO: donflow payment list {gift}")


class OwnPayment(DonflowError):
    code = "same_person"
    message = N_("Whoever recorded a payment does not confirm it.")
    remedy = N_("Let finance confirm it, or record finance's word: --for finance --evidence FILE.")


def record_payment(
    session: Session,
    gift: Gift,
    instalment: Instalment,
    *,
    amount: Money,
    received_on: date,
    payer: str,
    remark: str | None,
    slip: str | None,
    again: str | None,
    person: str,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Record money as the slip shows it; it counts only once confirmed.

    A second statement of the same money is refused (PaymentRepeated), unless `again` says why it
    is another payment. Raises NoMoney.
    """
    if amount.minor <= 0:
        raise NoMoney()
    earlier = _like(session, gift, amount=amount, received_on=received_on, payer=payer, slip=slip)
    if earlier and not again:
        raise PaymentRepeated(payments=earlier)
    payment = Payment(
        gift_id=gift.id,
        instalment_id=instalment.id,
        amount_minor=amount.minor,
        currency=amount.currency,
        received_on=received_on,
        payer=payer,
        remark=remark,
        slip=slip,
        again_because=again if earlier else None,
        recorded_person=person,
        **recorded(actor, now),
    )
    session.add(payment)
    session.flush()
    touch(gift, now)
    detail = {"payment": payment.id, "received_on": received_on.isoformat()}
    record(session, gift.subject, "payment_recorded", actor=actor, now=now, detail=detail)
    return payment


def confirm_payment(
    session: Session, gift: Gift, payment: Payment, *, person: str, actor: Actor, now: datetime
) -> None:
    """Confirm that the money is in the foundation's account; the recorder may not."""
    _refuse_if_struck(payment)
    if payment.confirmed_at is not None:
        raise AlreadyConfirmed(payment=payment.id)
    if payment.recorded_person == person:
        raise OwnPayment()
    payment.confirmed_at = now
    payment.confirmed_by = actor.user_id
    payment.confirmed_person = person
    touch(gift, now)
    detail = {"payment": payment.id}
    record(session, gift.subject, "payment_confirmed", actor=actor, now=now, detail=detail)


def strike_payment(
    session: Session, gift: Gift, payment: Payment, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Mark a payment as recorded by mistake: it stays on record and counts nowhere."""
    _refuse_if_struck(payment)
    payment.struck_at, payment.struck_by, payment.struck_reason = now, actor.user_id, reason
    touch(gift, now)
    detail = {"payment": payment.id, "confirmed": payment.confirmed_at is not None}
    record(session, gift.subject, "payment_struck", actor=actor, now=now, detail=detail)


def payments_of(session: Session, gift_id: int) -> list[Payment]:
    query = select(Payment).where(Payment.gift_id == gift_id).order_by(Payment.id)
    return list(session.scalars(query))


def get_payment(session: Session, gift: Gift, payment_id: int | None) -> Payment:
    """The named payment of this gift; without a name the only one not yet confirmed."""
    payments = payments_of(session, gift.id)
    if payment_id is None:
        waiting = [p for p in payments if p.confirmed_at is None and p.struck_at is None]
        if len(waiting) == 1:
            return waiting[0]
        if waiting:
            raise SeveralPayments(gift=gift.number, numbers=tuple(p.id for p in waiting))
    for payment in payments:
        if payment.id == payment_id:
            return payment
    if payment_id is None:
        mend = N_("Record it first: donflow payment record {given} --amount AMOUNT")
        raise NotFound(what=say(N_("payment that waits for")), given=gift.number, mend=mend)
    raise NotFound(what=say(N_("payment")), given=payment_id)


def _like(
    session: Session,
    gift: Gift,
    *,
    amount: Money,
    received_on: date,
    payer: str,
    slip: str | None,
) -> tuple[Sentence, ...]:
    """What was recorded before that may be this money: on the same slip, or all alike."""
    alike = and_(
        Payment.gift_id == gift.id,
        Payment.amount_minor == amount.minor,
        Payment.currency == amount.currency,
        Payment.received_on == received_on,
        Payment.payer == payer,
    )
    same = alike if slip is None else or_(alike, Payment.slip == slip)
    query = (
        select(Payment, Gift.number)
        .join(Gift, Gift.id == Payment.gift_id)
        .where(same, Payment.struck_at.is_(None))
        .order_by(Payment.id)
    )
    return tuple(
        say(
            N_("payment {no} of {gift}, the same bank slip")
            if slip is not None and payment.slip == slip
            else N_("payment {no} of {gift}, the same sum, day and payer"),
            no=payment.id,
            gift=number,
        )
        for payment, number in session.execute(query)
    )


def _refuse_if_struck(payment: Payment) -> None:
    if payment.struck_at is not None:
        raise PaymentStruck(payment=payment.id)
