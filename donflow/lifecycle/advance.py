"""Moving a gift: gather the facts, decide, write the stage; nothing else happens here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import GiftFacts
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, Option, options
from donflow.engine.spec import Lifecycle
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.store.journal import events_of
from donflow.store.moving import done_by, move


class StalePage(DonflowError):
    """Somebody changed the gift since the reader last saw it; the words say who and when."""

    code = "stale"
    message = N_("Gift {number} was changed by {who} at {at}: {action}.")
    remedy = N_("Look at it again: donflow gift show {number}")
    http_status = 409


def advance(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move the gift, or raise Refused with every reason; only stage and history are written."""
    machine = gift_machine(session, office, gift)
    touch(gift, now)
    return move(
        session,
        gift,
        machine,
        name,
        attempt_on(session, office, gift, actor=actor, now=now, reason=reason),
        subject=gift.subject,
        gift_id=gift.id,
        actor=actor,
        now=now,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
    )


def attempt_on(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    facts: GiftFacts | None = None,
) -> Attempt:
    """What this actor would try on this gift now."""
    return Attempt(
        stage=gift.stage,
        facts=facts or gather_one(session, office, gift, today=office.today(now)),
        roles=office.roles(actor),
        kind=gift.kind,
        reason=reason,
        person=office.person(actor),
        done_by=done_by(session, gift.subject),
    )


def gift_options(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> tuple[Option, ...]:
    """Every transition that leaves the gift's stage, decided for this actor."""
    attempt = attempt_on(session, office, gift, actor=actor, now=now)
    return options(gift_machine(session, office, gift), attempt)


def step_named(lifecycle: Lifecycle, given: str) -> str:
    """The name of the transition that is called so in either language; else what was given."""
    for found in lifecycle.transitions:
        if given in (found.label.zh, found.label.en):
            return found.name
    return given


def check_fresh(session: Session, gift: Gift, version: int | None, names: dict[int, str]) -> None:
    """Refuse an act on a gift that was changed since its `version`; say who changed what."""
    if version is None or version == gift.row_version:
        return
    last = events_of(session, gift.subject)[-1]
    who = names.get(last.user_id or 0, "donflow")
    raise StalePage(number=gift.number, who=who, at=last.at, action=last.action)


def gift_machine(session: Session, office: Office, gift: Gift) -> LifecycleMachine:
    return office.machine(session, gift.workflow_version, Gift.lifecycle)
