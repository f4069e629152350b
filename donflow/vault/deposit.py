"""Taking a file into the vault: gate, bytes on disk, then the row in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, NotFound, say
from donflow.intake.gate import inspect
from donflow.store.journal import Subject, record
from donflow.vault import files
from donflow.vault.models import Blob


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name (never used as a path) and its bytes."""

    name: str
    data: bytes


def deposit(
    session: Session, vault: Path, upload: Upload, *, actor: Actor | None, now: datetime
) -> Blob:
    """Take an incoming file through the gate and keep it; NotAdmitted says every reason.

    The bytes are durable before the row is: a crash leaves at most an unnamed file.
    """
    admitted = inspect(upload.data, name=upload.name)
    return keep(session, vault, upload, kind=str(admitted.kind), actor=actor, now=now)


def keep(
    session: Session,
    vault: Path,
    upload: Upload,
    *,
    kind: str,
    actor: Actor | None,
    now: datetime,
) -> Blob:
    """Keep a file that donflow itself has made; the same bytes are kept once."""
    fingerprint = files.put(vault, upload.data)
    held = session.get(Blob, fingerprint)
    if held is not None:
        return held
    blob = Blob(
        fingerprint=fingerprint,
        size=len(upload.data),
        kind=kind,
        name=upload.name[-255:],
        deposited_at=now,
        deposited_by=actor.user_id if actor else None,
    )
    session.add(blob)
    session.flush()
    return blob


def find_blob(session: Session, start: str) -> Blob:
    """The file whose fingerprint begins so; at least six characters, and only one may fit."""
    found = (
        list(
            session.scalars(select(Blob).where(Blob.fingerprint.startswith(start.lower())).limit(2))
        )
        if len(start) >= 6
        else []
    )
    if len(found) != 1:
        raise NotFound(what=say(N_("file")), given=start)
    return found[0]


def all_fingerprints(session: Session) -> list[str]:
    """The fingerprints of all files that the vault must hold."""
    return list(session.scalars(select(Blob.fingerprint).order_by(Blob.fingerprint)))


def note_deposit(session: Session, blob: Blob, *, actor: Actor, now: datetime) -> None:
    """Write in the journal that a person took this file in by itself."""
    detail = {"fingerprint": blob.fingerprint, "kind": blob.kind}
    record(session, VAULT, "file_deposited", actor=actor, now=now, detail=detail)


VAULT = Subject("vault", 1)
