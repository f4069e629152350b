"""Refused files, set aside for thirty days so that nobody has to ask for them twice.

A file lies as `2026-09-21_<fingerprint>.refused` beside a note of the same name ending in
`.json`, which alone holds the name it came under. Nothing here is ever opened or run.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from donflow.platform_files import private_folder, write_private
from donflow.vault.files import fingerprint_of

DAYS: Final = 30


@dataclass(frozen=True)
class Note:
    """What is known of a refused file; `codes` are the codes of its refusals."""

    fingerprint: str
    refused_on: str
    codes: tuple[str, ...]
    user_id: int | None
    name: str
    extension: str
    size: int

    @property
    def stem(self) -> str:
        return f"{self.refused_on}_{self.fingerprint}"

    @property
    def leaves_on(self) -> date:
        """The last day on which it lies there."""
        return date.fromisoformat(self.refused_on) + timedelta(days=DAYS)


def set_aside(
    folder: Path, data: bytes, *, name: str, codes: tuple[str, ...], user_id: int | None, on: date
) -> Path:
    """Put refused bytes into the quarantine and say where; the same bytes lie there once."""
    fingerprint = fingerprint_of(data)
    held = next((one for one in listing(folder) if one.fingerprint == fingerprint), None)
    if held is not None and (folder / f"{held.stem}{FILE}").is_file():
        return folder / f"{held.stem}{FILE}"
    extension = Path(name).suffix[:16]
    note = Note(fingerprint, on.isoformat(), codes, user_id, name, extension, len(data))
    private_folder(folder)
    place = folder / f"{note.stem}{FILE}"
    # A crash may have left the file without its note, or half of it.
    place.unlink(missing_ok=True)
    write_private(place, data)
    told = folder / f"{note.stem}{NOTE}"
    told.unlink(missing_ok=True)
    write_private(told, json.dumps(asdict(note), ensure_ascii=False, indent=1).encode())
    return place


def listing(folder: Path) -> list[Note]:
    """The notes of all files that are set aside, oldest first; a broken note is passed over."""
    return [note for path in sorted(folder.glob(f"*{NOTE}")) if (note := _read(path))]


def delete_old(folder: Path, *, today: date) -> int:
    """Delete what has lain there for more than thirty days; returns how many files went."""
    gone = 0
    for path in list(outstayed(folder, today)):
        # Windows keeps what somebody has open; the next day asks again.
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            gone += path.suffix == FILE
    return gone


def outstayed(folder: Path, today: date) -> Iterator[Path]:
    """The files, and their notes, that have lain there for more than thirty days."""
    for path in _dated(folder):
        if today - date.fromisoformat(path.name[:10]) > timedelta(days=DAYS):
            yield path


def _dated(folder: Path) -> Iterator[Path]:
    """Files of ours alone, also one whose note is missing."""
    for path in folder.glob("????-??-??_*"):
        try:
            date.fromisoformat(path.name[:10])
        except ValueError:
            continue
        if path.suffix in (FILE, NOTE) and path.is_file():
            yield path


def _read(path: Path) -> Note | None:
    try:
        plain = json.loads(path.read_bytes())
        note = Note(**{**plain, "codes": tuple(plain["codes"])})
        datetime.fromisoformat(note.refused_on)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return note if note.stem == path.stem else None


FILE: Final = ".refused"
NOTE: Final = ".json"
