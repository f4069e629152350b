"""Notes of commands under way: what a process that died leaves to be said at the next start.

A note lies in `running/` as long as its command is at work, under a lock that the system takes
back when the process dies. It says which command, whose and since when, and from just before the
commit on the mark by which the database tells whether the act is stored. Never an argument.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from donflow.platform_files import PRIVATE_FILE, fsync_directory, hold, private_folder
from donflow.store.outcome import OutcomeUnknown

RUNNING: Final = "running"
"""The folder of the notes, in the home."""


class Ending(StrEnum):
    """What became of an act whose process died."""

    STORED = "stored"
    NOT_STORED = "not_stored"
    IN_PART = "in_part"
    """A command of many steps: those it had come to are stored."""
    UNCLEAR = "unclear"
    """The note itself was cut by a power failure: only a look tells."""


@dataclass(frozen=True)
class Interrupted:
    """A command that did not come to its end; of an unreadable note only `ending` is known."""

    ending: Ending
    command: str | None = None
    user: str | None = None
    at: datetime | None = None
    request_key: str | None = None


@contextmanager
def noted(
    home: Path,
    *,
    command: str,
    user: str,
    at: datetime,
    request_key: str | None = None,
    steps: bool = False,
) -> Iterator[Callable[[str], None]]:
    """Keep a note while a command is at work; yields what `unit_of_work` announces its mark to.

    `steps` says that the command makes many units and may be run again for the rest.
    The note goes however the command ends, but for OutcomeUnknown: then the next command tells.
    """
    note, handle = _new_note(home / RUNNING)
    said = {
        "command": command,
        "user": user,
        "at": at.isoformat(),
        "request_key": request_key,
        "steps": steps,
    }
    kept = False
    try:
        _write(handle, json.dumps(said))
        yield lambda mark: _announce(note, handle, mark)
    except OutcomeUnknown:
        kept = True
        raise
    finally:
        _close(note, handle, remove=not kept)


def notes_in(home: Path) -> list[Path]:
    """The notes that lie there, of the living and the dead."""
    with suppress(FileNotFoundError):
        return sorted(path for path in (home / RUNNING).iterdir() if path.suffix == ".json")
    return []


def settle(
    note: Path, was_stored: Callable[[str], bool], tell: Callable[[Interrupted], None]
) -> bool:
    """Tell what became of the command of this note, then remove it; False while it is at work.

    Where the database cannot be asked the note stays, and nothing is told.
    """
    try:
        handle = os.open(note, os.O_RDWR | BINARY)
    except FileNotFoundError:
        return True
    except OSError:  # no note of ours, or nobody's who works here: it stops no command
        return False
    if not hold(handle):
        os.close(handle)
        return False
    settled = False
    try:
        # Without a name it was removed by its own command; empty, that command will see it go.
        if os.fstat(handle).st_nlink and os.fstat(handle).st_size:
            tell(_read(note, was_stored))
        settled = True
    except SQLAlchemyError:
        pass
    finally:
        _close(note, handle, remove=settled)
    return True


def _new_note(folder: Path) -> tuple[Path, int]:
    private_folder(folder)
    while True:
        note = folder / f"{secrets.token_hex(8)}.json"
        handle = os.open(note, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
        # Before it was held somebody may have taken it for a dead one's.
        if hold(handle) and os.fstat(handle).st_nlink:
            return note, handle
        os.close(handle)


def _write(handle: int, line: str) -> None:
    os.write(handle, f"{line}\n".encode())


def _announce(note: Path, handle: int, mark: str) -> None:
    """On disk before the commit: no power cut leaves an act stored whose note lacks its mark."""
    _write(handle, mark)
    os.fsync(handle)
    fsync_directory(note.parent)


def _close(note: Path, handle: int, *, remove: bool) -> None:
    """Remove while it is held, so that nobody takes it for a dead one's; Windows closes first."""
    with suppress(OSError):  # a virus scanner may hold it: then the next start settles it
        if remove and sys.platform != "win32":
            note.unlink()
    os.close(handle)
    with suppress(OSError):
        if remove and sys.platform == "win32":
            note.unlink()


def _read(note: Path, was_stored: Callable[[str], bool]) -> Interrupted:
    try:
        first, *marks = note.read_text(encoding="utf-8").splitlines()
        said: dict[str, Any] = json.loads(first)
        at = datetime.fromisoformat(said["at"])
        command, user, key = (_text(said[name]) for name in ("command", "user", "request_key"))
        steps = bool(said["steps"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return Interrupted(Ending.UNCLEAR)
    if steps:
        ending = Ending.IN_PART
    elif not all(map(MARK.fullmatch, marks)):
        ending = Ending.UNCLEAR
    elif marks and was_stored(marks[-1]):
        ending = Ending.STORED
    else:
        ending = Ending.NOT_STORED
    return Interrupted(ending, command, user, at, key)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)


BINARY: Final = getattr(os, "O_BINARY", 0)
MARK: Final = re.compile("[0-9a-f]{64}")
