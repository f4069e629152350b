"""Who is at work: each run has a token and holds a file by it, so that its death can be proven."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from donflow.platform_files import PRIVATE_FILE, fsync_directory, hold, private_folder

FOLDER: Final = "workers"
"""In the home."""
LONGEST: Final = 64


@contextmanager
def at_work(home: Path) -> Iterator[str]:
    """A token of one's own, for as long as the block runs.

    The file stays, unless `forget` is called because nothing of this worker is left open: whoever
    holds it afterwards knows that its owner runs no more. It is on disk before the token is used,
    so that no power failure loses it.
    """
    private_folder(home / FOLDER)
    token, handle = _new_token(home / FOLDER)
    try:
        os.write(handle, _marked(handle))
        os.fsync(handle)
        fsync_directory(home / FOLDER)
        yield token
    finally:
        os.close(handle)


@contextmanager
def proven_dead(home: Path, token: str) -> Iterator[bool]:
    """Whether the owner of the token surely runs no more; while the block runs nobody else knows.

    A token without a file here may belong to another machine: that proves nothing. Nor does the
    copy of a file, which came here with the home; it is removed, since nobody ever held it.
    """
    try:
        handle = os.open(home / FOLDER / token, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        yield False
        return
    try:
        is_held = not hold(handle)
        is_copy = not is_held and os.read(handle, LONGEST) != _marked(handle)
        if is_copy:
            forget(home, token)
        yield not is_held and not is_copy
    finally:
        os.close(handle)


def forget(home: Path, token: str) -> None:
    """Remove the file of a dead worker of whom nothing is left."""
    with suppress(OSError):
        (home / FOLDER / token).unlink()


def tokens(home: Path) -> list[str]:
    """All whose file lies here, the living and the dead."""
    with suppress(FileNotFoundError):
        return sorted(path.name for path in (home / FOLDER).iterdir())
    return []


def _marked(handle: int) -> bytes:
    """What a worker writes into its file: which file it is. A copy is another one."""
    return b"%d\n" % os.fstat(handle).st_ino


def _new_token(folder: Path) -> tuple[str, int]:
    while True:
        token = secrets.token_hex(16)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(folder / token, flags, PRIVATE_FILE)
        # Before it was held somebody may have taken it for a dead one's.
        if hold(handle) and os.fstat(handle).st_nlink:
            return token, handle
        os.close(handle)
