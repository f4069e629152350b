"""Finding the lines of a few letters in the hand-off journal without reading all of it.

The index beside the journal holds nothing of its own: where it is missing, or was made from
another journal, it is made anew; where it cannot be kept the journal is read from its beginning.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from donflow.outbox import handoff
from donflow.outbox.handoff import Handoffs
from donflow.outbox.keys import told_apart
from donflow.platform_files import PRIVATE_FILE

LOG = logging.getLogger("donflow")
FILE: Final = "handoff.index"
AT_ONCE: Final = 20_000
"""Lines written at once while much is new."""
MARK: Final = 4096
"""By so many bytes before its end an index knows the journal that it was made from."""
WAIT_SECONDS: Final = 30
CACHE_KIB: Final = 16 * 1024

_TABLES: Final = (
    # Ordered by letter: its few lines stand together. What was read stands in one row.
    "CREATE TABLE IF NOT EXISTS line (letter INTEGER, at INTEGER, PRIMARY KEY (letter, at))"
    " WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS read (id INTEGER PRIMARY KEY, size INTEGER, mark BLOB)",
)


def handoffs_of(home: Path, message_ids: Collection[str]) -> Handoffs:
    """What the journal says of these letters up to now, and of no others."""
    only = {told_apart(each) for each in message_ids}
    log = home / handoff.FILE
    if not only:
        return Handoffs()
    try:
        with _opened(home) as index, log.open("rb") as file:
            _bring_up(index, file)
            return _read(file, _places(index, only), only)
    except FileNotFoundError:
        return Handoffs()
    except (sqlite3.Error, OSError) as failure:
        LOG.error("handoff_index=%s", type(failure).__name__)
        return handoff.read_handoffs(log, only=only)


def bring_up(home: Path) -> None:
    """Read what is new in the journal; asked before a transaction that must be short."""
    try:
        with _opened(home) as index, (home / handoff.FILE).open("rb") as file:
            _bring_up(index, file)
    except FileNotFoundError:
        return
    except (sqlite3.Error, OSError) as failure:
        LOG.error("handoff_index=%s", type(failure).__name__)


@contextmanager
def _opened(home: Path) -> Iterator[sqlite3.Connection]:
    """One at a time; what is not a database any more is thrown away."""
    path = home / FILE
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    os.close(os.open(path, flags, PRIVATE_FILE))
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as index:
        try:
            index.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            index.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                index.execute(table)
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                path.unlink()
            raise
        yield index
        index.execute("COMMIT")


def _bring_up(index: sqlite3.Connection, file: BinaryIO) -> None:
    """Read on from where the last reading ended, to the last whole line."""
    size, mark = index.execute("SELECT size, mark FROM read").fetchone() or (0, _mark(file, 0))
    if file.seek(0, os.SEEK_END) < size or _mark(file, size) != mark:
        index.execute("DELETE FROM line")
        size = 0
    at = file.seek(size)
    found: list[tuple[int, int]] = []
    for line in file:
        if not line.endswith(b"\n"):
            break  # somebody is just writing it, or never will
        words = handoff.words_of(line)
        if words and words[0] in ("H", "R"):
            found.append((_number(told_apart(words[1])), at))
        at += len(line)
        if len(found) >= AT_ONCE:
            _keep(index, found)
    _keep(index, found)
    if at != size:
        index.execute("INSERT OR REPLACE INTO read VALUES (1, ?, ?)", (at, _mark(file, at)))


def _keep(index: sqlite3.Connection, found: list[tuple[int, int]]) -> None:
    index.executemany("INSERT OR IGNORE INTO line VALUES (?, ?)", sorted(found))
    found.clear()


def _places(index: sqlite3.Connection, only: Collection[str]) -> list[int]:
    """Where lines of these letters begin, and perhaps of a few others, in their order."""
    query = "SELECT at FROM line WHERE letter IN (SELECT value FROM json_each(?)) ORDER BY at"
    numbers = json.dumps([_number(each) for each in only])
    return [at for (at,) in index.execute(query, (numbers,))]


def _read(file: BinaryIO, places: list[int], only: Collection[str]) -> Handoffs:
    found = Handoffs()
    for at in places:
        file.seek(at)
        words = handoff.words_of(file.readline())
        if words and handoff.is_of(words, only):
            handoff.note(found, words)
    return found


def _number(letter: str) -> int:
    """Key and n as a number; two letters may share one, the line itself tells them apart."""
    return int.from_bytes(hashlib.blake2b(letter.encode(), digest_size=7).digest(), "big")


def _mark(file: BinaryIO, size: int) -> bytes:
    start = max(0, size - MARK)
    file.seek(start)
    return hashlib.sha256(file.read(size - start)).digest()
