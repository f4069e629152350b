"""The plan of payment: the parts of a gift, each with sum and day, and the money on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.money import Money
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.payments import payments_of
from donflow.gifts.register import touch
from donflow.store.journal import Subject, record
from donflow.store.moving import enter, steps_of


class PlanBegun(DonflowError):
    code = "plan_begun"
    message = N_("Money for {number} has arrived already; its plan of payment stays as it is.")
    remedy = N_("A change of the amount is a matter of a supplementary agreement.")
    http_status = 409


class PartHasMoney(DonflowError):
    code = "part_has_money"
    message = N_("Money is on record for part {no} of {number}; it cannot be left out.")
    remedy = N_("Name that part as well: donflow gift show {number}")
    http_status = 409


@dataclass(frozen=True)
class Part:
    """One part of a plan: by which day how much is to be paid."""

    pay_by: date
    amount: Money


def plan_parts(
    session: Session,
    gift: Gift,
    machine: LifecycleMachine,
    parts: Sequence[Part],
    *,
    calendar: Calendar,
    today: date,
    actor: Actor,
    now: datetime,
) -> list[Instalment]:
    """Set the plan: one part of a one-off gift, several of another; in the order given.

    Parts keep their numbers. A part without any history that is not in the plan any more goes.
    Raises PlanBegun where money moved a part that would change, PartHasMoney where it would go.
    """
    rows = instalments_of(session, gift.id)
    for no, part in enumerate(parts, start=1):
        row = rows[no - 1] if no <= len(rows) else Instalment(gift_id=gift.id, no=no)
        same = no <= len(rows) and (row.amount, row.pay_by) == (part.amount, part.pay_by)
        if no <= len(rows) and not same and row.stage != machine.lifecycle.initial:
            raise PlanBegun(number=gift.number)
        row.amount_minor, row.currency = part.amount.minor, part.amount.currency
        row.pay_by = part.pay_by
        if no > len(rows):
            enter(row, machine, gift.workflow_version, on=today, calendar=calendar)
            session.add(row)
    for row in rows[len(parts) :]:
        if _has_history(session, row):
            raise PartHasMoney(no=row.no, number=gift.number)
        session.delete(row)
    touch(gift, now)
    session.flush()
    detail: dict[str, object] = {"instalments": [part.pay_by.isoformat() for part in parts]}
    record(session, gift.subject, "plan_set", actor=actor, now=now, detail=detail)
    return instalments_of(session, gift.id)


def instalments_of(session: Session, gift_id: int) -> list[Instalment]:
    query = select(Instalment).where(Instalment.gift_id == gift_id).order_by(Instalment.no)
    return list(session.scalars(query))


def poured(parts: Sequence[Instalment], payments: Sequence[Payment]) -> dict[int, int]:
    """By part id how much of this money lies on it, in minor units.

    The oldest open part first (民法典 560 where nobody said otherwise); what a waiver took off a
    part is not filled. What is more than the whole plan lies on the last part: what it means is
    asked before the gift is settled.
    """
    left = sum(payment.amount_minor for payment in payments)
    lying: dict[int, int] = {}
    for part in parts:
        lying[part.id] = min(left, _room(part))
        left -= lying[part.id]
    if parts:
        lying[parts[-1].id] += left
    return lying


def open_part(parts: Sequence[Instalment], payments: Sequence[Payment]) -> tuple[Instalment, Money]:
    """The first part that this money does not fill, and what it lacks; else the last, in full."""
    lying = poured(parts, payments)
    for part in parts:
        if lying[part.id] < _room(part):
            return part, Money(_room(part) - lying[part.id], part.currency)
    return parts[-1], parts[-1].amount


def surplus(parts: Sequence[Instalment], payments: Sequence[Payment]) -> Money | None:
    """What this money is more than the plan asks for; None where it is not more."""
    over = sum(payment.amount_minor for payment in payments) - sum(map(_room, parts))
    return Money(over, parts[-1].currency) if parts and over > 0 else None


def _has_history(session: Session, part: Instalment) -> bool:
    """Whether money was ever recorded for it, or moved it."""
    paid = {payment.instalment_id for payment in payments_of(session, part.gift_id)}
    return part.id in paid or bool(steps_of(session, Subject(Instalment.lifecycle, part.id)))


def _room(part: Instalment) -> int:
    """What is to be paid on a part, in minor units."""
    return part.amount_minor - (part.waived_minor or 0)
