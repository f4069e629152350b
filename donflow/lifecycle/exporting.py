"""Putting a copy of a stored paper where a person can open it."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.vault import files
from donflow.vault.models import Blob


class CannotWrite(DonflowError):
    code = "cannot_write"
    message = N_("The file {file} cannot be written.")
    remedy = N_("Name another place, or close the file if it is open in Word or WPS.")


def export_blob(
    session: Session, office: Office, gift: Gift, document: str, out: Path | None = None
) -> str:
    """Write a verified copy to `out`, else to the gift's folder in the home; returns the path."""
    blob = session.get_one(Blob, document)
    path = out or office.home / "papers" / gift.number / _safe(blob.name)
    data = files.read(office.vault, blob.fingerprint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as fault:
        raise CannotWrite(file=str(path)) from fault
    return str(path)


def _safe(name: str) -> str:
    """A name that every system takes: a stored name is data and never a path."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(". ")[:120] or "file"
