"""Acts that need two persons: asked for by one, confirmed or refused by another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.accounts.models import ProposedAct
from donflow.accounts.policy import NotPermitted, names_of
from donflow.domain.actor import Actor, Role
from donflow.domain.desk import Desk, person_of, roles_of
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.store.base import canonical
from donflow.store.journal import Subject, record


class Outcome(StrEnum):
    """How an order ended."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True)
class TwoPersonAct:
    """What is done once confirmed, and the roles whose confirmation counts.

    `run(session, arguments, actor, now)` is called in the transaction of the confirmation.
    """

    run: Callable[[Session, Mapping[str, Any], Actor, datetime], None]
    settled_by: frozenset[Role]


class OwnOrder(DonflowError):
    code = "own_order"
    message = N_("Order {number} needs a second person: who asked for it cannot confirm it.")
    remedy = N_(
        "Let another user confirm it; a desk alone records who consented outside, with evidence."
    )
    http_status = 403


class OrderExpired(DonflowError):
    code = "order_expired"
    message = N_("Order {number} could be confirmed until {until}.")
    remedy = N_("Ask for it again.")
    http_status = 409


class OrderSettled(DonflowError):
    code = "order_settled"
    message = N_("Order {number} is settled already.")
    remedy = N_("See donflow order list.")
    http_status = 409


class OrderChanged(DonflowError):
    code = "order_changed"
    message = N_("Order {number} is not what was asked for: it was changed outside donflow.")
    remedy = N_("Refuse it, run donflow verify, and ask for the act again.")
    http_status = 409


def propose(
    session: Session,
    act: str,
    arguments: Mapping[str, object],
    *,
    actor: Actor,
    desk: Desk,
    now: datetime,
    until: datetime,
) -> ProposedAct:
    """Ask for an act; the arguments are codes and ids, never personal values."""
    order = ProposedAct(
        act=act,
        arguments=dict(arguments),
        digest=_digest(act, arguments),
        asked_by=actor.user_id,
        asked_as=person_of(actor, desk),
        asked_at=now,
        until=until,
    )
    session.add(order)
    session.flush()
    _note(session, order, "order_proposed", actor=actor, now=now)
    return order


def confirm(
    session: Session,
    number: int,
    acts: Mapping[str, TwoPersonAct],
    *,
    actor: Actor,
    desk: Desk,
    now: datetime,
) -> ProposedAct:
    """Confirm an order as a second person and do the act, both or neither.

    Raises NotFound, OrderSettled, OrderExpired, OrderChanged, OwnOrder, NotPermitted.
    """
    order = _open_order(session, number)
    if now > order.until:
        raise OrderExpired(number=number, until=order.until)
    if order.digest != _digest(order.act, order.arguments):
        raise OrderChanged(number=number)
    if person_of(actor, desk) == order.asked_as:
        raise OwnOrder(number=number)
    act = acts[order.act]
    if not act.settled_by & roles_of(actor, desk):
        raise NotPermitted(command=order.act, roles=names_of(act.settled_by))
    _settle(session, order, Outcome.CONFIRMED, actor=actor, desk=desk, now=now)
    act.run(session, order.arguments, actor, now)
    return order


def refuse(
    session: Session, number: int, *, actor: Actor, desk: Desk, now: datetime
) -> ProposedAct:
    """Refuse an order, or take the own one back; the act is not done."""
    order = _open_order(session, number)
    _settle(session, order, Outcome.REFUSED, actor=actor, desk=desk, now=now)
    return order


def expire(session: Session, now: datetime) -> list[ProposedAct]:
    """Close the orders that nobody confirmed in time; done by the clock."""
    query = select(ProposedAct).where(ProposedAct.outcome.is_(None), ProposedAct.until < now)
    late = list(session.scalars(query))
    for order in late:
        order.outcome, order.settled_at = Outcome.EXPIRED, now
        _note(session, order, "order_expired", actor=None, now=now)
    return late


def waiting(session: Session, now: datetime) -> list[ProposedAct]:
    """The orders that can still be confirmed, the one that expires first in front."""
    query = (
        select(ProposedAct)
        .where(ProposedAct.outcome.is_(None), ProposedAct.until >= now)
        .order_by(ProposedAct.until, ProposedAct.id)
    )
    return list(session.scalars(query))


def waiting_order(session: Session, number: int, now: datetime) -> ProposedAct:
    """One that can still be confirmed, to read. Raises NotFound."""
    found = next((order for order in waiting(session, now) if order.id == number), None)
    if found is None:
        raise NotFound(
            what=say(N_("order")), given=number, mend=N_("See what waits: donflow order list")
        )
    return found


def _open_order(session: Session, number: int) -> ProposedAct:
    order = session.get(ProposedAct, number, with_for_update=True, populate_existing=True)
    if order is None:
        raise NotFound(
            what=say(N_("order")), given=number, mend=N_("See what waits: donflow order list")
        )
    if order.outcome is not None:
        raise OrderSettled(number=number)
    return order


def _settle(
    session: Session,
    order: ProposedAct,
    outcome: Outcome,
    *,
    actor: Actor,
    desk: Desk,
    now: datetime,
) -> None:
    order.outcome, order.settled_at = outcome, now
    order.settled_by, order.settled_as = actor.user_id, person_of(actor, desk)
    _note(session, order, f"order_{outcome}", actor=actor, now=now)


def _note(
    session: Session, order: ProposedAct, action: str, *, actor: Actor | None, now: datetime
) -> None:
    detail = {"act": order.act, "digest": order.digest}
    record(session, Subject("order", order.id), action, actor=actor, now=now, detail=detail)


def _digest(act: str, arguments: Mapping[str, object]) -> str:
    said = canonical(["donflow-order/1", act, dict(arguments)])
    return hashlib.sha256(said.encode()).hexdigest()
