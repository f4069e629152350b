"""Whether this is the office its database belongs to, or a copy that must not act by itself.

The identity stands in the database and, with host and folder, in the file `instance` of the home.
A home that was copied, moved or restored no longer agrees: nothing goes out or moves by the clock
until a person says that this is the office. What a person does at the desk is not held.
"""

from __future__ import annotations

import hashlib
import json
import platform
import uuid
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, Sentence, say
from donflow.lifecycle.office import Office
from donflow.platform_files import replace_durably, write_private
from donflow.store.instance import RESTORED, draw_identity, instance_of

INSTANCE_FILE: Final = "instance"


def is_held(session: Session, office: Office) -> Sentence | None:
    """Why nothing may go out or move by itself here; None where it may."""
    row = instance_of(session)
    if row is None:
        return say(N_("no identity was ever drawn for the database"))
    if row.held is not None:
        return say(REASONS.get(row.held, row.held))
    written, here = _read(office.home), instance_lines(row.identity, office.home)
    for key, reason in DIFFERENCES.items():
        if written.get(key) != here[key]:
            return say(reason)
    return None


def release(session: Session, office: Office, *, actor: Actor, now: datetime) -> str:
    """Say that this is the office: a new identity is drawn, so that any other copy is held.

    The file is written first: killed before the commit, the two differ and the office stays held.
    """
    identity = draw_identity(session, actor=actor, now=now)
    write_instance(office.home, identity)
    return identity


def write_instance(folder: Path, identity: str, *, home: Path | None = None) -> None:
    """Write the file that binds the identity to this host and to `home` (the folder itself)."""
    text = json.dumps(instance_lines(identity, home or folder), indent=1)
    temporary = folder / f".{INSTANCE_FILE}.{uuid.uuid4().hex}"
    write_private(temporary, text.encode())
    replace_durably(temporary, folder / INSTANCE_FILE)


def instance_lines(identity: str, home: Path) -> dict[str, str]:
    """Identity, host, and a digest of the folder's path (a path may name a person)."""
    place = hashlib.sha256(str(home.resolve()).encode(errors="surrogateescape")).hexdigest()
    return {"identity": identity, "host": platform.node(), "home": place}


def _read(home: Path) -> dict[str, object]:
    try:
        said = json.loads((home / INSTANCE_FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


REASONS: Final = {RESTORED: N_("it was restored from a backup")}

DIFFERENCES: Final = {
    "identity": N_("the database belongs to another copy of the office"),
    "host": N_("it stands on another computer than before"),
    "home": N_("its folder was copied or moved"),
}
"""What may differ between the file and what is here, the gravest first."""
