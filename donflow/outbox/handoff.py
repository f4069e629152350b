"""The hand-off journal: a file outside the database that proves what left the house.

A line `H message-id token attempt time` is on disk before the first byte of a body is sent; a line
`R message-id token attempt outcome code` before the outcome is committed. No restored or copied
database takes them back. `A time` says that a person has seen all before it. A line that was cut
by a power failure has no end mark: its writer never went on.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from donflow.outbox.keys import told_apart
from donflow.platform_files import PRIVATE_FILE, fsync_directory
from donflow.post.reply import Outcome

FILE: Final = "handoff.log"
END: Final = "."
TAIL: Final = 64 * 1024


TRIED_AGAIN: Final = frozenset({Outcome.NOT_BEGUN, Outcome.LATER, Outcome.BODY_NOT_TAKEN})
"""Answers after which a letter surely is in nobody's hands."""


@dataclass(frozen=True)
class Handed:
    """One hand-off: begun by a worker, and what came of it (None: nobody knows)."""

    message_id: str
    token: str
    attempt: int
    outcome: Outcome | None = None
    code: int | None = None


@dataclass(frozen=True)
class Handoffs:
    """What the journal proves, by key and n of the letters."""

    by_letter: dict[str, list[Handed]] = field(default_factory=dict)

    def last_of(self, message_id: str) -> Handed | None:
        """The last hand-off of a letter, whatever its domain was."""
        found = self.by_letter.get(told_apart(message_id))
        return found[-1] if found else None

    def later_than(self, message_id: str, attempts: int) -> Handed | None:
        """What is proven of a letter that waits, which has been claimed so often.

        A claim counts up before any line is written: a line of a higher number was written later
        than this database. So was one without an answer, or with one that ended the letter.
        """
        last = self.last_of(message_id)
        if last is None or (last.attempt <= attempts and last.outcome in TRIED_AGAIN):
            return None
        return last

    def of(self, message_id: str, token: str, attempt: int) -> Handed | None:
        """The hand-off of this attempt by this worker."""
        for handed in reversed(self.by_letter.get(told_apart(message_id), ())):
            if (handed.token, handed.attempt) == (token, attempt):
                return handed
        return None


def begin_file(home: Path) -> None:
    """Make the journal where there is none: one that is missing later was taken away."""
    if not (home / FILE).exists():
        _append(home / FILE, "")


def begun(home: Path, message_id: str, token: str, attempt: int, now: datetime) -> None:
    """On disk when it returns: from now on the letter may have left."""
    moment = now.astimezone(UTC).isoformat(timespec="seconds")
    _append(home / FILE, f"H {message_id} {token} {attempt} {moment}")


def answered(
    home: Path, message_id: str, token: str, attempt: int, outcome: Outcome, code: int | None
) -> None:
    """On disk when it returns: whatever happens to the database, this is known."""
    _append(home / FILE, f"R {message_id} {token} {attempt} {outcome} {code or 0}")


def acknowledge(home: Path, now: datetime) -> None:
    """Say that a person has seen what the journal holds; it no longer stops anything."""
    _append(home / FILE, f"A {now.astimezone(UTC).isoformat(timespec='seconds')}")


def read_handoffs(*files: Path, only: Container[str] | None = None) -> Handoffs:
    """The hand-offs of these journals, the first first; a missing file holds none.

    `only` names the letters that are asked for, by key and n: of all others nothing is kept.
    """
    found = Handoffs()
    for file in files:
        for words in _lines(file):
            if only is None or is_of(words, only):
                note(found, words)
    return found


def lately_begun(home: Path) -> list[Handed]:
    """The hand-offs at the end of the journal that nobody has acknowledged; at most some hundreds.

    They are enough to see that a database is older than its journal: it lacks the last ones.
    """
    lines = list(_lines(home / FILE, last=TAIL))
    seen = max((at for at, words in enumerate(lines, 1) if words[0] == "A"), default=0)
    found = Handoffs()
    for words in lines[seen:]:
        note(found, words)
    return [handed for each in found.by_letter.values() for handed in each]


def words_of(line: bytes) -> list[str]:
    """The words of a whole line without its end mark; none of one that was cut."""
    words = line.decode("ascii", errors="replace").rstrip("\n").split(" ")
    return words[:-1] if words[-1] == END and len(words) == LENGTHS.get(words[0]) else []


def is_of(words: list[str], only: Container[str]) -> bool:
    """Whether a line tells of one of these letters, by key and n."""
    return words[0] in ("H", "R") and told_apart(words[1]) in only


def note(found: Handoffs, words: list[str]) -> None:
    """Add what a line tells."""
    match words:
        case ["H", message_id, token, attempt, _moment]:
            handed = Handed(message_id, token, int(attempt))
            found.by_letter.setdefault(told_apart(message_id), []).append(handed)
        case ["R", message_id, token, attempt, outcome, code]:
            # An answer without its beginning says as much: in the tail of a long file it happens.
            handed = Handed(message_id, token, int(attempt), Outcome(outcome), int(code) or None)
            each = found.by_letter.setdefault(told_apart(message_id), [])
            same = [at for at, old in enumerate(each) if _is_same(old, handed)]
            if same:
                each[same[-1]] = handed
            else:
                each.append(handed)


def _is_same(one: Handed, other: Handed) -> bool:
    return (one.token, one.attempt) == (other.token, other.attempt)


def _lines(file: Path, *, last: int | None = None) -> Iterator[list[str]]:
    """The whole lines in words, one after the other; only those near the end with `last` bytes."""
    try:
        with file.open("rb") as opened:
            if last is not None:
                size = opened.seek(0, os.SEEK_END)
                opened.seek(max(0, size - last))
                if size > last:
                    opened.readline()
            yield from filter(None, map(words_of, opened))
    except FileNotFoundError:
        return


LENGTHS: Final = {"H": 6, "R": 7, "A": 3}
"""Words of each kind of line, with its end mark."""


def _append(file: Path, line: str) -> None:
    new = not file.exists()
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, PRIVATE_FILE)
    try:
        if new:
            fsync_directory(file.parent)
        # One write, so that no other worker's line comes between; the first line feed ends what a
        # power failure may have left of another. Where a disk is full less is written than was
        # asked for, and nothing is raised: such a line counts as little as one that was cut.
        data = f"\n{line} {END}\n".encode("ascii")
        if os.write(handle, data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)
