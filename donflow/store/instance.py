"""Which running office a database belongs to: a random identity, and whether it is held."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from donflow.domain.actor import Actor
from donflow.store.base import Base, Instant
from donflow.store.journal import Subject, record

INSTANCE = Subject("instance", 1)
"""What the journal says of the identity: drawn when set up, restored or released."""

RESTORED = "restored"
"""Why an instance is held from the first: it came out of a backup."""


class Instance(Base):
    """The one row that names this office; `held` is a code, None once a person released it."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(32))
    held: Mapped[str | None] = mapped_column(String(20))
    drawn_at: Mapped[datetime] = mapped_column(Instant)


def instance_of(session: Session) -> Instance | None:
    """The row; None in a database for which no identity was ever drawn."""
    return session.get(Instance, 1)


def draw_identity(
    session: Session, *, held: str | None = None, actor: Actor | None, now: datetime
) -> str:
    """Give this database a new random identity: every other copy of it is then another office."""
    identity = secrets.token_hex(16)
    row = instance_of(session)
    before = row.identity if row else None
    if row is None:
        row = Instance(id=INSTANCE.id)
        session.add(row)
    row.identity, row.held, row.drawn_at = identity, held, now
    detail = {"identity": identity, "before": before, "held": held}
    record(session, INSTANCE, "identity_drawn", actor=actor, now=now, detail=detail)
    return identity
