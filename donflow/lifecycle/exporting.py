"""Putting a copy of a stored paper where a person can open it."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.vault import files
from donflow.vault.models import Blob


class CannotWrite(DonflowError):
    code = "cannot_write"
    message = N_("The paper is made and kept, but its copy {file} cannot be written.")
    remedy = N_("Close the file if it is open, or run: donflow vault show {document} --out FILE")


def export_path(session: Session, office: Office, gift: Gift, document: str) -> Path:
    """Where the copy of a paper goes if nobody says: the gift's folder in the home."""
    name = session.get_one(Blob, document).name
    return office.home / "papers" / gift.number / _safe(name)


def export_blob(office: Office, document: str, path: Path) -> None:
    """Write a verified copy, whole or not at all; raises CannotWrite."""
    data = files.read(office.vault, document)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(data)  # a device or a link is written to, not replaced
        else:
            _replace(path, data)
    except OSError as fault:
        raise CannotWrite(file=str(path), document=document[:12]) from fault


def _replace(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".{uuid.uuid4().hex}{UNFINISHED}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


UNFINISHED = ".part"


def _safe(name: str) -> str:
    """A name that every system takes: a stored name is data and never a path."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(". ")[:120] or "file"
