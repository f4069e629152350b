"""The outbox: what waking costs where nothing is due, and claiming and marking beside bare SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measuring import Figure, in_turn
from donflow.accounts.users import add_user
from donflow.bootstrap import import_tables
from donflow.outbox.claiming import claim
from donflow.outbox.models import Way
from donflow.outbox.polling import poll
from donflow.outbox.replies import commit_outcomes
from donflow.post.reply import Outcome
from donflow.store.session import Store, close_store, journal_mode, open_store, unit_of_work
from donflow.store.upgrade import upgrade

NOW = datetime(2026, 9, 25, 2, tzinfo=UTC)
SIZES = (1_000, 3_000_000)
BATCH = 100
ROUNDS = 7
TOKEN = "a" * 32
COLUMNS = (
    "occasion, addressee_kind, addressee_id, on_day, about, n, state, channel, due_at, expires_on,"
    " planned_at, attempts"
)
POLL = (
    "SELECT EXISTS (SELECT 1 FROM letter WHERE state IN ('planned', 'ready', 'retry_wait')"
    " AND due_at <= ?), EXISTS (SELECT 1 FROM letter"
    " WHERE state IN ('claimed', 'handing_off', 'held', 'in_doubt'))"
)


def measure(folder: Path) -> list[Figure]:
    import_tables()
    stores = {size: _filled(folder / f"{size}.db", size) for size in SIZES}
    return [*_idle(folder, stores), _claimed(folder)]


def _idle(folder: Path, stores: dict[int, Store]) -> list[Figure]:
    """Nothing is due among a thousand letters that went, and among three million."""
    few, many = SIZES
    with closing(_bare(folder / f"{many}.db")) as bare:
        rounds = in_turn(
            {
                "few": lambda: poll(stores[few], NOW),
                "many": lambda: poll(stores[many], NOW),
                "bare": lambda: bare.execute(POLL, (str(NOW.replace(tzinfo=None)),)).fetchone(),
            },
            times=500,
        )
    for store in stores.values():
        close_store(store)
    ratio, flat = rounds.ratio("many", "bare"), rounds.ratio("many", "few")
    return [
        Figure(
            f"waking with nothing due among {many:,} letters : the same query by sqlite3",
            "≤ 20",
            f"{ratio:.1f} ({rounds.ms('many')} : {rounds.ms('bare')})",
            ratio <= 20,
        ),
        Figure(f"… : among {few:,}", "≤ 1.2", f"{flat:.2f}", flat <= 1.2),
    ]


def _claimed(folder: Path) -> Figure:
    """A hundred letters claimed together and marked as sent together, each with its event."""
    store = _filled(folder / "ours.db", BATCH * (ROUNDS + 1), "ready")
    close_store(_filled(folder / "bare.db", BATCH * (ROUNDS + 1), "ready"))
    with closing(_bare(folder / "bare.db")) as bare:
        rounds = in_turn(
            {"donflow": lambda: _ours(store), "bare": lambda: _by_sql(bare)}, rounds=ROUNDS
        )
    close_store(store)
    ratio = rounds.ratio("donflow", "bare")
    return Figure(
        f"{BATCH} letters claimed and marked, each with its event : sqlite3, the same rows",
        "≤ 3",
        f"{ratio:.1f} ({rounds.ms('donflow')} : {rounds.ms('bare')})",
        ratio <= 3,
    )


def _ours(store: Store) -> None:
    ids = claim(store, TOKEN, ways=[Way.MAIL], now=NOW, at_most=BATCH)
    assert len(ids) == BATCH
    commit_outcomes(store, ids, TOKEN, Outcome.ACCEPTED, 250, actor=None, now=NOW)


def _by_sql(bare: sqlite3.Connection) -> None:
    """The same rows: the letters, an event of each, and the head of each person's chain."""
    bare.execute("BEGIN IMMEDIATE")
    ids = list(
        bare.execute(
            "UPDATE letter SET state = 'claimed', token = ?, attempts = attempts + 1 WHERE id IN"
            " (SELECT id FROM letter WHERE state IN ('planned', 'ready', 'retry_wait')"
            " AND state = 'ready' AND due_at <= ? ORDER BY due_at, id LIMIT ?)"
            " RETURNING id, addressee_id",
            (TOKEN, str(NOW.replace(tzinfo=None)), BATCH),
        )
    )
    bare.execute("COMMIT")
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany("UPDATE letter SET state = 'sent' WHERE id = ?", [(row[0],) for row in ids])
    bare.executemany(
        "INSERT INTO journal_head VALUES ('person', ?, 1, ?)", [(row[1], "0" * 64) for row in ids]
    )
    bare.executemany(
        "INSERT INTO journal_event (subject_type, subject_id, seq, at, action, detail, written,"
        " prev, hash) VALUES ('person', ?, 1, ?, 'letter_sent', ?, ?, ?, ?)",
        [(row[1], str(NOW), "d" * 200, "w" * 400, "0" * 64, f"{row[0]:064}") for row in ids],
    )
    bare.execute("COMMIT")


def _filled(path: Path, size: int, state: str = "sent") -> Store:
    """A database with so many letters, one to each person; as a rule they all went."""
    store = open_store(f"sqlite:///{path}")
    upgrade(store)
    with unit_of_work(store) as session:
        add_user(session, "lin", "林秘书", actor=None, now=NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        _insert(connection, size, state)
    return store


def _insert(connection: sqlite3.Connection, size: int, state: str) -> None:
    due = str((NOW - timedelta(hours=1)).replace(tzinfo=None))
    connection.execute(
        f"INSERT INTO letter ({COLUMNS}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
        " SELECT i + 1 FROM n WHERE i < ?) SELECT 'mid_autumn', 'constituent', i,"
        " '2026-09-25', 0, 0, ?, 'mail', ?, '2026-09-25', ?, 0 FROM n",
        (size, state, due, due),
    )


def _bare(path: Path) -> sqlite3.Connection:
    connection: Any = sqlite3.connect(path, isolation_level=None)
    mode, synchronous = journal_mode()
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    return connection  # type: ignore[no-any-return]
