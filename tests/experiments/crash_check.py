"""What must be true of an office after a crash or a failed write, looked at past donflow.

An office is summed up by its `imprint`: how many rows each table has, every act in the journal,
where each gift stands and which requests were answered. An operation of some lines, tried without
any mishap, leaves a course of imprints: before the first line, after it, after the second, and so
on. Whatever happened, the office must then show one of these, and not an earlier one than it told.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from donflow.bootstrap import import_tables
from donflow.store.base import Base
from tests import databases
from tests.journeys.desk import Desk

Imprint = list[str]
"""As JSON carries it: sorted lines."""

Answer = Sequence[Any]
"""Exit code, stdout and stderr of a line."""


def imprint(desk: Desk) -> Imprint:
    """What the office's database says, read without donflow."""
    import_tables()
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}', count(*) FROM {table.name}"
        for table in Base.metadata.sorted_tables
    )
    lines = []
    for query in (
        counts,
        # No ids: a server's sequences skip what was rolled back.
        "SELECT 'event', subject_type, seq, action FROM journal_event",
        "SELECT 'gift', year, serial, stage, row_version FROM gift",
        "SELECT 'request', key, act FROM request",
    ):
        lines += [" ".join(map(str, row)) for row in databases.execute(desk.url, query)]
    return sorted(lines)


def faults(desk: Desk) -> list[str]:
    """What is torn: rows without their file or key, a state that no event made, damage."""
    found: list[str] = []
    if desk.database.exists():
        checked = databases.execute(desk.url, "PRAGMA integrity_check")
        found += [f"SQLite: {line}" for (line,) in checked if line != "ok"]
    for fingerprint, size in databases.execute(desk.url, "SELECT fingerprint, size FROM blob"):
        found += _blob_faults(desk.home / "vault", fingerprint, size)
    keys = {key for (key,) in databases.execute(desk.url, "SELECT key_id FROM constituent")}
    stages = databases.execute(desk.url, LAST_STAGES)
    with closing(sqlite3.connect(desk.home.with_name(f"{desk.home.name}.keys"))) as ring:
        held = {key for (key,) in ring.execute("SELECT id FROM person_key")}
    found += [f"person without a key: {key}" for key in sorted(keys - held)]
    found += [
        f"gift {gift} stands at {stage}, its last event says {said}"
        for gift, stage, said in stages
        if stage != said
    ]
    return found


LAST_STAGES = """
SELECT id, stage, said FROM (
  SELECT gift.id, gift.stage, (
    SELECT moved.to_stage FROM stage_change AS moved
    WHERE moved.subject_type = 'gift' AND moved.subject_id = gift.id ORDER BY moved.id DESC LIMIT 1
  ) AS said FROM gift
) AS stands WHERE said IS NOT NULL
"""


def after_crash(
    desk: Desk,
    lines: Sequence[str],
    course: Sequence[Imprint],
    told: Sequence[Answer],
) -> list[str]:
    """Start again as a person would, and say what is wrong.

    `told` are the answers that came before the end; `course` has the imprint before the first
    line and after each. First the next plain command: it works with no hand's help, and what it
    says of an interrupted command is true and not missing. Then everything is whole, and stored
    is what was told: a line without any answer may be done or not, as may one whose answer was
    that nobody knows. Then the same requests come again, under their keys: each ends up done once.
    """
    done, sure = _promised(told, len(lines))
    verified = desk("verify --json", code=None)
    if verified.code != 0:
        return [f"the next command: {verified}"]
    found = faults(desk)
    stands = imprint(desk)
    if stands not in course:
        found.append(f"neither done nor undone: {sorted(set(stands) ^ set(course[done]))}")
        return found
    stored = course.index(stands)
    if not done <= stored <= done + (not sure):
        found.append(f"{done} lines told{' for sure' if sure else ''}, {stored} stored")
    found += _untrue(verified.err, unanswered=not sure, done=done, stored=stored)
    for line in lines:
        again = desk(line, code=None)
        if again.code != 0:
            return [*found, f"the same request again: {again}"]
    repeated = imprint(desk)
    if repeated != course[-1]:
        found.append(f"repeated, not once: {sorted(set(repeated) ^ set(course[-1]))}")
    verified = desk("verify", code=None)
    if verified.code != 0:
        found.append(f"verify after repeating: {verified}")
    return found


def _promised(told: Sequence[Answer], lines: int) -> tuple[int, bool]:
    """How many lines were said to be stored, and whether the answer after them is sure."""
    done = sum(code == 0 or STORED in err for code, _out, err in told)
    if done < len(told):
        return done, told[-1][0] != UNKNOWN
    return done, done == lines


def _untrue(said: str, *, unanswered: bool, done: int, stored: int) -> list[str]:
    """What the report of the next start says wrongly, or leaves out.

    A power cut may bring back the note of a line that had been answered: that one is stored, too.
    """
    codes = Counter(
        warning["code"]
        for line in said.splitlines()
        for warning in json.loads(line).get("warnings", [])
    )
    found = []
    if codes["interrupted_stored"] > stored:
        found.append("the report says “stored”; it is not")
    if codes["interrupted_not_stored"] > (stored == done):
        found.append("the report says “not done”; it is stored")
    if unanswered and stored > done and not codes["interrupted_stored"]:
        found.append(f"the report does not say that it is stored: {dict(codes)}")
    return found


STORED = "This is done and stored"
"""How an answer begins that could not be shown whole."""
UNKNOWN = 3
"""The exit code that says: nobody knows."""


def _blob_faults(vault: Path, fingerprint: str, size: int) -> list[str]:
    path = vault / fingerprint[:2] / fingerprint
    if not path.is_file():
        return [f"row without its file: {fingerprint}"]
    data = path.read_bytes()
    if len(data) != size or hashlib.sha256(data).hexdigest() != fingerprint:
        return [f"file not as its row says: {fingerprint}"]
    return []


def unfit_answers(told: Sequence[Answer]) -> list[str]:
    """Answers to a failed write that are no clear word: a trace, silence, or a wrong exit code."""
    return [
        f"{code}: {err}"
        for code, _out, err in told
        if "Traceback" in err
        or "donflow itself failed" in err
        or (code != 0 and not err.strip())
        or code not in (0, 1, UNKNOWN)
    ]
