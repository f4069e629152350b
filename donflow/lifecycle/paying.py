"""Money together with what follows from it: the plan moves, thanks and reports are planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor, Role
from donflow.domain.money import Money
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, options
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.payments import confirm_payment, get_payment, payments_of, record_payment
from donflow.gifts.plan import instalments_of, open_part
from donflow.gifts.register import all_gifts
from donflow.greetings.thanking import plan_thanks
from donflow.lifecycle.advance import advance, attempt_on, gift_machine
from donflow.lifecycle.gather import gather
from donflow.lifecycle.ledgers import credit_plan, waive_instalment
from donflow.lifecycle.obligations import plan_obligations
from donflow.lifecycle.office import Office


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
    again: str | None = None,
    actor: Actor,
    now: datetime,
) -> Payment:
    """Record money as the bank slip shows it, for the oldest part that is open.

    Raises PaymentRepeated for what looks like a payment recorded before, unless `again` says why
    it is another one.
    """
    parts = instalments_of(session, gift.id)
    if not parts:
        raise NotFound(
            what=say(N_("plan of payment for gift")),
            given=gift.number,
            mend=N_("Set it first: donflow gift edit {given} --amount AMOUNT --pay-by DAY"),
        )
    recorded = [payment for payment in payments_of(session, gift.id) if payment.struck_at is None]
    part, _lacking = open_part(parts, recorded)
    return record_payment(
        session,
        gift,
        part,
        amount=amount,
        received_on=received_on,
        payer=payer,
        remark=remark,
        slip=slip,
        again=again,
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
    """Finance confirms: the plan moves by what has arrived, and thanks are due, once a payment."""
    if "finance" not in office.roles(actor):
        raise NotFinance()
    payment = get_payment(session, gift, payment_id)
    confirm_payment(session, gift, payment, person=office.person(actor), actor=actor, now=now)
    credit_plan(session, office, gift, actor=actor, now=now)
    plan_thanks(
        session,
        gift,
        payment,
        zone=office.zone,
        calendar=office.calendar,
        within_workdays=office.settings.thank_within_workdays,
        now=now,
    )
    plan_obligations(session, office, gift, actor=actor, now=now)
    return payment


def waive_rest(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
    part_no: int | None = None,
) -> None:
    """Waive what the gift's plan still lacks (慈善法 41); the money that came stays as it is.

    `part_no`: what this one part lacks. Raises Refused with every reason, NotFound.
    """
    parts = instalments_of(session, gift.id)
    if not parts:
        raise NotFound(
            what=say(N_("plan of payment for gift")),
            given=gift.number,
            mend=N_("Set it first: donflow gift edit {given} --amount AMOUNT --pay-by DAY"),
        )
    for part in _parts_to_waive(session, office, gift, parts, part_no):
        waive_instalment(session, office, gift, part, reason=reason, actor=actor, now=now)


def _parts_to_waive(
    session: Session, office: Office, gift: Gift, parts: Sequence[Instalment], no: int | None
) -> list[Instalment]:
    """The part named, else all that somebody still waits for; the last where nobody does."""
    if no is not None:
        named = [part for part in parts if part.no == no]
        if not named:
            mend = N_("See the parts: donflow gift show {number}")
            raise NotFound(
                what=say(N_("part of the plan")), given=no, mend=mend, number=gift.number
            )
        return named
    stages = office.machine(session, parts[-1].workflow_version, Instalment.lifecycle).lifecycle
    return [part for part in parts if stages.stages[part.stage].owner] or [parts[-1]]


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
