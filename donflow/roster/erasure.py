"""Erasing a person, or restricting where a duty keeps the data (PIPL 47; trust.md 7.4).

The journal holds no personal value, so it verifies as before. What identifies becomes unreadable
in every copy of the database, because the person's key is destroyed.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import Sentence
from donflow.roster.holdings import reveals_of
from donflow.roster.models import Constituent, Status
from donflow.roster.relations import relations_of
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.store.session import once_stored


def erase(
    session: Session,
    keys: KeyRing,
    constituent: Constituent,
    *,
    kept_because: tuple[Sentence, ...],
    actor: Actor,
    now: datetime,
) -> Status:
    """Erase the constituent; with duties to keep the data, restrict it instead. Says which.

    The key is destroyed once this unit of work is stored: earlier, a rollback would
    leave a person who can be neither read nor seen as erased.
    """
    subject = Subject("person", constituent.id)
    constituent.changed_at = now
    if kept_because:
        constituent.status = Status.RESTRICTED
        detail = {"duties": len(kept_because)}
        record(session, subject, "person_restricted", actor=actor, now=now, detail=detail)
        return Status.RESTRICTED
    _blank(constituent)
    for row in [*reveals_of(session, constituent), *relations_of(session, constituent)]:
        session.delete(row)
    key_id = constituent.key_id
    once_stored(session, lambda _store: keys.forget(key_id))
    record(session, subject, "person_erased", actor=actor, now=now)
    return Status.ERASED


def erased_keys(session: Session) -> frozenset[str]:
    """The ids of the keys of all erased constituents: none of them may still be held."""
    query = select(Constituent.key_id).where(Constituent.status == Status.ERASED)
    return frozenset(session.scalars(query))


def forget_erased(session: Session, keys: KeyRing) -> None:
    """Destroy the keys of all erased constituents, should a crash have left one. Repeatable."""
    for key_id in sorted(erased_keys(session) & keys.person_keys()):
        keys.forget(key_id)


def _blank(constituent: Constituent) -> None:
    """Leave the row, its number and its key's id; a new salt makes the old digests mute."""
    constituent.status = Status.ERASED
    constituent.name = ""
    constituent.other_names = []
    constituent.gender = constituent.salutation = None
    constituent.representative = constituent.note_code = None
    constituent.salt = secrets.token_hex(16)
    constituent.contact_points.clear()
    constituent.identifiers.clear()
