"""What the digest of the day and the calendar file say of letters: what went wrong, what goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from donflow.outbox.models import ENDS, Addressee, Letter, LetterState

WAIT_FOR_A_PERSON = (LetterState.IN_DOUBT, LetterState.HELD)
NOT_SENT = (LetterState.REFUSED, LetterState.SUPPRESSED, LetterState.EXPIRED)


@dataclass(frozen=True)
class Unsent:
    """So many letters of an occasion that stand so, with the code of the reason."""

    state: LetterState
    occasion: str
    reason: str | None
    count: int


@dataclass(frozen=True)
class Going:
    """So many letters of an occasion that go on a day, if nothing speaks against it then."""

    occasion: str
    on: date
    count: int


def unsent_letters(session: Session, *, since: datetime) -> list[Unsent]:
    """What waits for a person, and what ended unsent since then: counted, nobody is named."""
    ended = and_(Letter.state.in_(NOT_SENT), Letter.ended_at >= since)
    query = (
        select(Letter.state, Letter.occasion, Letter.reason, func.count())
        .where(
            or_(Letter.state.in_(WAIT_FOR_A_PERSON), ended),
            Letter.addressee_kind != Addressee.USER,
        )
        .group_by(Letter.state, Letter.occasion, Letter.reason)
    )
    order = [*WAIT_FOR_A_PERSON, *NOT_SENT]
    found = [
        Unsent(LetterState(state), occasion, reason, count)
        for state, occasion, reason, count in session.execute(query)
    ]
    return sorted(found, key=lambda one: (order.index(one.state), one.occasion, one.reason or ""))


def letters_going(session: Session, first: date, last: date) -> Sequence[Going]:
    """The letters that have not ended of these days, both included, by day and occasion."""
    query = (
        select(Letter.occasion, Letter.on_day, func.count())
        .where(
            Letter.on_day.between(first, last),
            Letter.state.not_in(ENDS),
            Letter.addressee_kind != Addressee.USER,
        )
        .group_by(Letter.occasion, Letter.on_day)
        .order_by(Letter.on_day, Letter.occasion)
    )
    return [Going(occasion, on, count) for occasion, on, count in session.execute(query)]


def last_told(session: Session, user_id: int, before: date) -> date | None:
    """The day of the last digest that a user had before a day."""
    query = select(func.max(Letter.on_day)).where(
        Letter.addressee_kind == Addressee.USER,
        Letter.addressee_id == user_id,
        Letter.on_day < before,
    )
    return session.scalar(query)
