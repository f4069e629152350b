"""Taking files out of the vault that no row names any more; nothing but an erasure asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.store.base import Base
from donflow.store.journal import JOURNAL_TABLES, events_of, record
from donflow.store.session import Store, once_stored, unit_of_work
from donflow.vault import files
from donflow.vault.deposit import VAULT, hold_fingerprint
from donflow.vault.models import Blob


def discard_unnamed(
    session: Session,
    vault: Path,
    fingerprints: Iterable[str],
    *,
    actor: Actor | None,
    now: datetime,
) -> None:
    """Let go of each of these files that no row names: its row now, its bytes once that is stored.

    A crash between the two leaves the bytes, which `discarded` lists and `remove_bytes` removes.
    """
    for fingerprint in sorted(set(fingerprints)):
        hold_fingerprint(session, fingerprint)
        if is_named(session, fingerprint):
            continue
        session.delete(session.get_one(Blob, fingerprint))
        detail = {"fingerprint": fingerprint}
        record(session, VAULT, DISCARDED, actor=actor, now=now, detail=detail)
        once_stored(session, partial(remove_bytes, vault=vault, fingerprint=fingerprint))


def discarded(session: Session) -> list[str]:
    """The fingerprints of all files that were ever let go, the first first."""
    events = events_of(session, VAULT)
    return [event.detail["fingerprint"] for event in events if event.action == DISCARDED]


def remove_bytes(store: Store, vault: Path, fingerprint: str) -> None:
    """Remove the bytes of a file that was let go, unless it was taken in again. Repeatable."""
    with unit_of_work(store) as session:
        hold_fingerprint(session, fingerprint)
        if session.get(Blob, fingerprint) is None:
            files.remove(vault, fingerprint)


def is_named(session: Session, fingerprint: str) -> bool:
    """Whether a row names the file as its paper, or as the evidence of a 代录.

    The journal's events do not count: they keep the fingerprint, which says nothing by itself.
    """
    session.flush()
    for table in Base.metadata.sorted_tables:
        if table.name in JOURNAL_TABLES:
            continue
        naming = [
            key.parent == fingerprint
            for key in table.foreign_keys
            if key.column.table.name == Blob.__tablename__
        ]
        if "on_behalf" in table.columns:
            naming.append(cast(table.c.on_behalf, Text).contains(fingerprint))
        for named in naming:
            if session.execute(select(1).select_from(table).where(named).limit(1)).first():
                return True
    return False


DISCARDED = "file_discarded"
