"""Whether the clock of this machine is believed, and since when it stands still.

A time is judged by what the database knows, whatever the machine is called: it is not much before
the last tick of any host or the last event of the journal, and not long after the last tick. Only
where no clock ever ticked it is not long after the last event: an event may have been written by
this same wrong clock, a tick is written only once it is believed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.outbox.models import ClockReading
from donflow.store.journal import JournalEvent, Subject, record
from donflow.store.session import Store, unit_of_work

BACK, AHEAD = "back", "ahead"
"""Why a clock is not believed: it went back, or further ahead than an office stands still."""

FAR_BACK: Final = timedelta(minutes=5)
FAR_AHEAD: Final = timedelta(days=40)
STILL: Final = timedelta(hours=1)
"""Without a tick for so long the clock stands still; it ticks every quarter of an hour."""

CLOCK: Final = Subject("clock", 1)


def judge_clock(ticked: datetime | None, written: datetime | None, now: datetime) -> str | None:
    """Why this time is not believed after the last tick and the last event; None if it is."""
    known = [each for each in (ticked, written) if each is not None]
    if known and now < max(known) - FAR_BACK:
        return BACK
    sure = ticked or written
    return AHEAD if sure is not None and now > sure + FAR_AHEAD else None


def tick_clock(store: Store, host: str, *, now: datetime) -> str | None:
    """Note that the clock of this host ticks; or why it is braked, until a person releases it.

    What is believed is written unseen by the journal: it says the time and nothing else.
    """
    with unit_of_work(store) as session:
        row = session.get(ClockReading, host, with_for_update=True)
        if row is not None and row.brake is not None:
            return row.brake
        brake = why_braked(session, host, now)
        if brake is not None:
            if row is None:
                ticked, written = _sure(session)
                row = ClockReading(host=host, ticked_at=ticked or written)
                session.add(row)
            row.brake = brake
            record(session, CLOCK, "clock_braked", actor=None, now=now, detail={"brake": brake})
            return brake
        table = ClockReading.__table__
        session.connection().execute(
            insert(ClockReading).values(host=host, ticked_at=now)
            if row is None
            else update(ClockReading).where(table.c.host == host).values(ticked_at=now)
        )
    return None


def why_braked(session: Session, host: str, now: datetime) -> str | None:
    """Why the time of this host is not believed; nothing is noted of it."""
    row = session.get(ClockReading, host)
    if row is not None and row.brake is not None:
        return row.brake
    return judge_clock(*_sure(session), now)


def _sure(session: Session) -> tuple[datetime | None, datetime | None]:
    """When a clock ticked last on any host, and the last event of the journal."""
    ticked = session.scalar(select(func.max(ClockReading.ticked_at)))
    last = select(JournalEvent.at).order_by(JournalEvent.id.desc()).limit(1)
    return ticked, session.scalar(last)


def brakes(session: Session) -> dict[str, str]:
    """By host why its clock is not believed."""
    query = select(ClockReading.host, ClockReading.brake).where(ClockReading.brake.is_not(None))
    return {host: brake or "" for host, brake in session.execute(query)}


def release_clock(session: Session, *, actor: Actor, now: datetime) -> int:
    """Confirm that the time is right now, on every host; how many were braked."""
    rows = session.scalars(select(ClockReading)).all()
    braked = [row for row in rows if row.brake is not None]
    if braked:
        detail = {"hosts": len(braked)}
        record(session, CLOCK, "clock_released", actor=actor, now=now, detail=detail)
        # By any other time that was believed before, this one would be braked again.
        for row in rows:
            row.brake, row.ticked_at = None, now
    return len(braked)


def stands_still_since(session: Session, now: datetime) -> datetime | None:
    """When the clock ticked last on any host, if that is too long ago; None while it ticks.

    Also None where it never ticked: then there is no since.
    """
    last = session.scalar(select(func.max(ClockReading.ticked_at)))
    return last if last is not None and now - last > STILL else None
