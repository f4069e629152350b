"""Taking a file into the vault: through the gate, onto the disk, then the caller's commit."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, NotFound, Sentence, say
from donflow.intake.gate import NotAdmitted, inspect
from donflow.store.journal import Subject, record
from donflow.store.session import before_commit
from donflow.vault import files, quarantine
from donflow.vault.models import Blob


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name (never used as a path) and its bytes."""

    name: str
    data: bytes


def deposit(
    session: Session,
    vault: Path,
    upload: Upload,
    *,
    actor: Actor | None,
    now: datetime,
    personal: bool = False,
) -> Blob:
    """Take an incoming file through the gate and keep it; NotAdmitted says every reason.

    The bytes are on disk before the row is committed and not before: a refusal leaves nothing
    behind in the office but the file itself in `quarantine`, beside the vault, and not even that
    of a `personal` one, which no erasure would find there; a crash at most a file that no row
    names. What misleads and yet comes in is kept for `remarks`.
    """
    try:
        admitted = inspect(upload.data, name=upload.name)
    except NotAdmitted as refused:
        if not personal:
            _set_aside(vault.with_name(QUARANTINE), upload, refused, actor, now)
        raise
    session.info.setdefault(REMARKS, []).extend(admitted.warnings)
    kind = str(admitted.kind)
    return keep(session, vault, upload, kind=kind, actor=actor, now=now, made_here=False)


def remarks(session: Session) -> tuple[Sentence, ...]:
    """What a person should know of the files that this session took in."""
    return tuple(session.info.get(REMARKS, ()))


def keep(
    session: Session,
    vault: Path,
    upload: Upload,
    *,
    kind: str,
    actor: Actor | None,
    now: datetime,
    made_here: bool = True,
) -> Blob:
    """Keep a file that donflow itself has made; the same bytes are kept once.

    What is held but missing or damaged on disk is mended.
    """
    fingerprint = files.fingerprint_of(upload.data)
    _write_at_commit(session, vault, fingerprint, upload.data)
    hold_fingerprint(session, fingerprint)
    held = session.get(Blob, fingerprint, populate_existing=True)
    if held is not None:
        return held
    blob = Blob(
        fingerprint=fingerprint,
        size=len(upload.data),
        kind=kind,
        name=upload.name[-255:],
        made_here=made_here,
        deposited_at=now,
        deposited_by=actor.user_id if actor else None,
    )
    session.add(blob)
    session.flush()
    return blob


def hold_fingerprint(session: Session, fingerprint: str) -> None:
    """Nobody else takes these bytes in or lets them go before this ends; SQLite's writers queue."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(fingerprint[:15], 16))))


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


def _set_aside(
    folder: Path, upload: Upload, refused: NotAdmitted, actor: Actor | None, now: datetime
) -> None:
    """Into the quarantine; a full disk takes nothing from the refusal that is told."""
    codes = tuple(refusal.code for refusal in refused.refusals)
    if not upload.data or "too_large" in codes:
        return
    user_id = actor.user_id if actor else None
    with contextlib.suppress(OSError):
        place = quarantine.set_aside(
            folder, upload.data, name=upload.name, codes=codes, user_id=user_id, on=now.date()
        )
        refused.kept_at = str(place)


def _write_at_commit(session: Session, vault: Path, fingerprint: str, data: bytes) -> None:
    """Write the bytes just before the commit: a refused act leaves none of what it brought."""
    waiting: dict[str, bytes] = session.info.setdefault(WAITING, {})
    if not waiting:
        before_commit(session, lambda: _write(vault, waiting))
    waiting[fingerprint] = data


def _write(vault: Path, waiting: dict[str, bytes]) -> None:
    for data in waiting.values():
        files.put(vault, data)
    waiting.clear()


QUARANTINE = "quarantine"
REMARKS = "remarks_on_files"
WAITING = "blobs_waiting"
"""Where a session keeps the bytes that are not yet on disk."""


def note_deposit(session: Session, blob: Blob, *, actor: Actor, now: datetime) -> None:
    """Write in the journal that a person took this file in by itself."""
    detail = {"fingerprint": blob.fingerprint, "kind": blob.kind}
    record(session, VAULT, "file_deposited", actor=actor, now=now, detail=detail)


VAULT = Subject("vault", 1)
