"""Whether there is anything to do at all: what the clock asks each time it wakes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, exists, literal, select

from donflow.outbox.models import IS_OPEN, IS_WAITING, Letter
from donflow.store.base import Instant
from donflow.store.session import Store

_TABLE = Letter.__table__
_DUE = exists(
    select(literal(1))
    .select_from(_TABLE)
    .where(IS_WAITING, _TABLE.c.due_at <= bindparam("now", type_=Instant))
)
_OPEN = exists(select(literal(1)).select_from(_TABLE).where(IS_OPEN))
_POLL = select(_DUE, _OPEN)


def poll(store: Store, now: datetime) -> tuple[bool, bool]:
    """Whether a letter is due, and whether one is in somebody's hands, held or in doubt.

    By two partial indexes that hold nothing else: as quick among millions of letters that went.
    No session is opened for it.
    """
    with store.reader.connect() as connection:
        due, is_open = connection.execute(_POLL, {"now": now}).one()
    return bool(due), bool(is_open)
