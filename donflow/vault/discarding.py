"""Taking files out of the vault that no row names any more; nothing but an erasure asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Text, cast, event, select
from sqlalchemy.orm import Session

from donflow.store.base import Base
from donflow.store.journal import JOURNAL_TABLES
from donflow.vault import files
from donflow.vault.models import Blob


def discard_unnamed(session: Session, vault: Path, fingerprints: Iterable[str]) -> None:
    """Let go of each of these files that no row names: its own row now, its bytes at the commit.

    A crash between the two leaves bytes that no row names, which `vault check` lists.
    """
    gone = [one for one in set(fingerprints) if not is_named(session, one)]
    for fingerprint in gone:
        session.delete(session.get_one(Blob, fingerprint))

    def remove(_session: Session) -> None:
        for fingerprint in gone:
            files.remove(vault, fingerprint)

    event.listen(session, "after_commit", remove, once=True)


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
