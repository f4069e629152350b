"""Money together with what follows from it: the instalment moves, a thank-you is planned."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor, Role
from donflow.domain.money import Money
from donflow.domain.workdays import add_workdays
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, options
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.payments import confirm_payment, get_payment, record_payment
from donflow.gifts.plan import instalments_of
from donflow.gifts.register import all_gifts
from donflow.lifecycle.advance import advance, attempt_on, gift_machine
from donflow.lifecycle.gather import THANK, gather
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
    """Make the first transition that time alone may make on this gift; None if none is ready."""
    attempt = attempt_on(session, office, gift, actor=actor, now=now)
    step = _first_of_time(gift_machine(session, office, gift), attempt)
    if step is not None:
        advance(session, office, gift, step, actor=actor, now=now)
    return step


def gifts_that_time_moves(
    session: Session, office: Office, *, actor: Actor, now: datetime
) -> list[Gift]:
    """The gifts on which time alone may make a step now, in the order of their registration."""
    waiting = [
        gift
        for gift in all_gifts(session)
        if any(
            Role.TIME in transition.by and gift.stage in transition.sources
            for transition in gift_machine(session, office, gift).lifecycle.transitions
        )
    ]
    facts = gather(session, office, waiting, today=office.today(now))
    return [
        gift
        for gift in waiting
        if _first_of_time(
            gift_machine(session, office, gift),
            attempt_on(session, office, gift, actor=actor, now=now, facts=facts[gift.id]),
        )
    ]


def _first_of_time(machine: LifecycleMachine, attempt: Attempt) -> str | None:
    for option in options(machine, attempt):
        if Role.TIME in option.transition.by and isinstance(option.decision, Advance):
            return option.transition.name
    return None
