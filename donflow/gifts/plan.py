"""The plan of payment: for a one-off gift, one instalment with its day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.money import Money
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.register import touch
from donflow.store.journal import record
from donflow.store.moving import enter


class PlanBegun(DonflowError):
    code = "plan_begun"
    message = N_("Money for {number} has arrived already; its plan of payment stays as it is.")
    remedy = N_("A change of the amount is a matter of a supplementary agreement.")
    http_status = 409


def plan_single(
    session: Session,
    gift: Gift,
    machine: LifecycleMachine,
    *,
    amount: Money,
    pay_by: date,
    calendar: Calendar,
    today: date,
    actor: Actor,
    now: datetime,
) -> Instalment:
    """Set the one instalment of a one-off gift: its sum, and the day by which it is to be paid."""
    parts = instalments_of(session, gift.id)
    if parts and parts[0].stage != machine.lifecycle.initial:
        raise PlanBegun(number=gift.number)
    part = parts[0] if parts else Instalment(gift_id=gift.id, no=1, currency=amount.currency)
    part.amount_minor, part.currency, part.pay_by = amount.minor, amount.currency, pay_by
    if not parts:
        enter(part, machine, gift.workflow_version, on=today, calendar=calendar)
        session.add(part)
    touch(gift, now)
    session.flush()
    detail = {"instalment": part.no, "pay_by": pay_by.isoformat()}
    record(session, gift.subject, "plan_set", actor=actor, now=now, detail=detail)
    return part


def instalments_of(session: Session, gift_id: int) -> list[Instalment]:
    query = select(Instalment).where(Instalment.gift_id == gift_id).order_by(Instalment.no)
    return list(session.scalars(query))
