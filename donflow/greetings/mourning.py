"""Days of mourning: announced by the state or by the office itself, nobody is greeted on them."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.greetings.models import MourningDay
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

OFFICE = Subject("settings", 1)
LONGEST_REASON = 80


class MourningKnown(DonflowError):
    code = "mourning_known"
    message = N_("{day} is a day of mourning already.")
    remedy = N_("See all: donflow greeting mourning list")
    http_status = 409


class MourningReason(DonflowError):
    code = "mourning_reason"
    message = N_("The reason has 1 to {longest} characters.")


def add_mourning(
    session: Session, day: date, reason: str, *, actor: Actor, now: datetime
) -> MourningDay:
    """Let nobody be greeted on a day but with condolences. Raises MourningKnown, MourningReason."""
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise MourningReason(longest=LONGEST_REASON)
    if session.get(MourningDay, day) is not None:
        raise MourningKnown(day=day)
    salt = secrets.token_hex(16)
    mourning = MourningDay(day=day, reason=reason, salt=salt, **recorded(actor, now))
    session.add(mourning)
    _note(session, day, "mourning_added", actor=actor, now=now)
    return mourning


def remove_mourning(session: Session, day: date, *, actor: Actor, now: datetime) -> None:
    """Greet on that day as on any other; what was silenced stays so. Raises NotFound."""
    mourning = session.get(MourningDay, day)
    if mourning is None:
        mend = N_("See all: donflow greeting mourning list")
        raise NotFound(what=say(N_("day of mourning")), given=day.isoformat(), mend=mend)
    session.delete(mourning)
    _note(session, day, "mourning_removed", actor=actor, now=now)


def all_mourning(session: Session) -> list[MourningDay]:
    """All days of mourning, the latest first."""
    return list(session.scalars(select(MourningDay).order_by(MourningDay.day.desc())))


def _note(session: Session, day: date, action: str, *, actor: Actor, now: datetime) -> None:
    session.flush()
    record(session, OFFICE, action, actor=actor, now=now, detail={"day": day.isoformat()})
