"""Taking due letters, so that one worker at a time has each, for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from donflow.outbox.acts import change
from donflow.outbox.models import IS_WAITING, Letter, LetterState, Way
from donflow.outbox.states import Event, after
from donflow.store.session import Store, unit_of_work

LEASE: Final = timedelta(minutes=15)
"""Longer than all time-outs before the body together."""
HANDING_OFF_LEASE: Final = timedelta(minutes=20)
"""Longer than the time-outs of the body and its reply: whoever is past it is dead or paused."""
AT_ONCE: Final = 20
BACK_OFF: Final = (1, 5, 15, 60)
"""Minutes to the next attempt; after these every hour, to the last day of the letter."""


def claim(
    store: Store,
    token: str,
    *,
    ways: Iterable[Way],
    now: datetime,
    at_most: int = AT_ONCE,
) -> list[int]:
    """Take letters that are ready, the longest due first; nobody else takes them meanwhile.

    On PostgreSQL those that another is just taking are passed over; on SQLite one writes at a time.
    """
    wanted = (
        select(Letter.id)
        .where(
            Letter.state == LetterState.READY,
            Letter.due_at <= now,
            Letter.channel.in_(list(ways)),
            IS_WAITING,
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(Letter)
        .where(Letter.id.in_(wanted.scalar_subquery()))
        .values(
            state=after(LetterState.READY, Event.CLAIM),
            token=token,
            leased_until=now + LEASE,
            attempts=Letter.attempts + 1,
        )
        .returning(Letter.id)
    )
    with unit_of_work(store) as session:
        return sorted(session.connection().scalars(taken))


def give_back(store: Store, ids: Iterable[int], token: str) -> int:
    """Let others take what this worker has claimed and not begun."""
    with unit_of_work(store) as session:
        return change(
            session,
            Event.GIVE_BACK,
            ids,
            states=[LetterState.CLAIMED],
            token=token,
            columns={"leased_until": None},
        )


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When a letter that was tried so often is tried again."""
    minutes = BACK_OFF[min(attempts, len(BACK_OFF)) - 1] if attempts else BACK_OFF[0]
    return now + timedelta(minutes=minutes)
