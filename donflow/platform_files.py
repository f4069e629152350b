"""Everything about files that differs between operating systems, in one place.

Written for Windows too, where it is untried.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from donflow.errors import N_, DonflowError

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
_ATTEMPTS: Final = 20
_PAUSE: Final = 0.05
"""One second in all: as long as a virus scanner on Windows holds a file it has just seen."""
_NEXT_PAUSE: Final = 0.002
_TURN_PAUSE: Final = 0.0005
"""Short beside the milliseconds of an act: many ask who is next, one alone asks for his turn."""


class InUse(DonflowError):
    """Another run of donflow holds the lock and did not give it back in time."""

    code = "in_use"
    message = N_("Another donflow is at work here.")
    remedy = N_("Wait until it has finished, then try again.")
    http_status = 409


def private_folder(folder: Path) -> None:
    """Make a folder, with those above it, that only its owner enters; the entry is on disk."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    # Another process may make it in this very moment.
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    fsync_directory(folder.parent)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner reads; the bytes are on disk on return.

    FileExistsError where there is one: what stands is replaced by `replace_durably` alone.
    """
    with new_private(path) as file:
        file.write(data)


@contextlib.contextmanager
def new_private(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner reads, to be written; on disk when the block has ended."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE_FILE), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def replace_durably(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`, at once or not at all; on disk on return."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
            break
        except PermissionError:
            # Windows refuses while anybody, such as a virus scanner, has the target open.
            if sys.platform != "win32" or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)
    fsync_directory(target.parent)


def fsync_directory(folder: Path) -> None:
    """Make the names in a folder survive a power cut; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def exclusive(path: Path, *, seconds: float, pause: float = _PAUSE) -> Iterator[None]:
    """Hold the lock file at `path`; waits up to `seconds`, then raises InUse.

    The system takes the lock back when its holder dies; the file itself stays. It is asked for
    every `pause` seconds: a call that waits in the system would know no end of its patience.
    """
    end = time.monotonic() + seconds
    handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        while not hold(handle):
            if time.monotonic() >= end:
                raise InUse
            time.sleep(pause)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def exclusive_in_turn(path: Path, *, seconds: float) -> Iterator[None]:
    """Like `exclusive`, for those who come again and again: nobody is left waiting for long.

    A lock that was given back goes to whoever asks first, nearly always the one who gave it back.
    So a second lock beside it says who is next: whoever comes again stands behind him.
    """
    end = time.monotonic() + seconds
    with contextlib.ExitStack() as held:
        with exclusive(path.with_name(f"next-{path.name}"), seconds=seconds, pause=_NEXT_PAUSE):
            rest = end - time.monotonic()
            held.enter_context(exclusive(path, seconds=rest, pause=_TURN_PAUSE))
        yield


def hold(handle: int) -> bool:
    """Lock an open file until it is closed or its process dies; False where another holds it.

    Nobody waits, and what stands in the file may be read by all.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _BEYOND, os.SEEK_SET)  # what is locked there cannot be read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


_BEYOND: Final = 1 << 30
