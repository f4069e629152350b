"""Money together with what follows from it: the instalment moves, a thank-you is planned."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.money import Money
from donflow.domain.workdays import add_workdays
from donflow.engine.machine import Advance
from donflow.errors import N_, DonflowError, NotFound, Refused, say
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.payments import confirm_payment, get_payment, record_payment
from donflow.gifts.plan import instalments_of
from donflow.lifecycle.advance import advance, gift_options
from donflow.lifecycle.gather import THANK
from donflow.lifecycle.ledgers import credit_instalment, waive_instalment
from donflow.lifecycle.office import Office
from donflow.tasks.planning import plan_task


def record_money(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    amount: Money,
    received_on: date,
    payer: str,
    remark: str | None,
    slip: str | None,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Record money as the bank slip shows it."""
    parts = instalments_of(session, gift.id)
    if not parts:
        raise NotFound(
            what=say(N_("plan of payment for gift")),
            given=gift.number,
            mend=N_("Set it first: donflow gift edit {given} --amount AMOUNT --pay-by DAY"),
        )
    return record_payment(
        session,
        gift,
        parts[0],
        amount=amount,
        received_on=received_on,
        payer=payer,
        remark=remark,
        slip=slip,
        person=office.person(actor),
        actor=actor,
        now=now,
    )


def confirm_money(
    session: Session,
    office: Office,
    gift: Gift,
    payment_id: int | None,
    *,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Finance confirms: the instalment moves by what has arrived, and thanks are due."""
    if "finance" not in office.roles(actor):
        raise NotFinance()
    payment = get_payment(session, gift, payment_id)
    confirm_payment(session, gift, payment, person=office.person(actor), actor=actor, now=now)
    part = session.get_one(Instalment, payment.instalment_id)
    credit_instalment(session, office, gift, part, actor=actor, now=now)
    due = add_workdays(office.today(now), office.settings.thank_within_workdays, office.calendar)
    plan_task(
        session,
        THANK,
        gift.subject,
        key=f"{THANK}:payment:{payment.id}",
        owner="secretary",
        due_on=due.on,
        now=now,
    )
    return payment


def waive_rest(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Waive what the gift's plan still lacks (慈善法 41); the money that came stays as it is."""
    parts = instalments_of(session, gift.id)
    if not parts:
        raise NotFound(
            what=say(N_("plan of payment for gift")),
            given=gift.number,
            mend=N_("Set it first: donflow gift edit {given} --amount AMOUNT --pay-by DAY"),
        )
    waive_instalment(session, office, gift, parts[-1], reason=reason, actor=actor, now=now)


class NotFinance(DonflowError):
    code = "role_not_permitted"
    message = N_("Money is confirmed by finance.")
    remedy = N_("Record finance's word with its evidence: --for finance --evidence FILE")
    http_status = 403


def bring_what_time_brings(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> str | None:
    """Make the first transition that time alone may make on this gift, if none refuses."""
    for option in gift_options(session, office, gift, actor=actor, now=now):
        if "time" in option.transition.by and isinstance(option.decision, Advance):
            try:
                advance(session, office, gift, option.transition.name, actor=actor, now=now)
            except Refused:
                return None
            return option.transition.name
    return None
