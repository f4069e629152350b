"""Opening a database and the unit of work: one transaction, journalled, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from donflow.errors import N_, DonflowError
from donflow.platform_files import exclusive
from donflow.store.journal import JournalEvent, seal_journal, watch_writes

SAFE_WAL = (3, 51, 3)
"""SQLite below this corrupts a WAL database when two connections checkpoint and write at once."""

BUSY_SECONDS = 30


class DatabaseUnreadable(DonflowError):
    code = "database_unreadable"
    message = N_("The database cannot be read: {fault}.")
    remedy = N_("Keep the damaged file, and restore the newest backup.")


class SomebodyWasQuicker(DonflowError):
    """Two acts met on one row or one number; this one was not done."""

    code = "quicker"
    message = N_("Somebody else wrote here at the same moment; nothing was changed.")
    remedy = N_("Look at it again, then try again.")
    http_status = 409


class CommitFailed(Exception):
    """The commit itself failed: only the database knows whether the unit is stored.

    `mark` is what `was_stored` looks for.
    """

    def __init__(self, mark: str | None) -> None:
        super().__init__("the commit failed")
        self.mark = mark


@dataclass(frozen=True)
class Store:
    """An open database: one engine for the writer, one for readers, and the writers' queue."""

    writer: Engine
    reader: Engine
    queue: Callable[[], AbstractContextManager[None]]


def open_store(url: str) -> Store:
    """Open SQLite (`sqlite:////path`) or PostgreSQL (`postgresql://…`); nothing is created."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url)
        return Store(engine, engine, nullcontext)
    path = make_url(url).database or ""
    if path in ("", ":memory:"):
        queue: Callable[[], AbstractContextManager[None]] = nullcontext
    else:
        queue = partial(exclusive, Path(f"{path}.lock"), seconds=BUSY_SECONDS)
    return Store(_sqlite(url, "BEGIN IMMEDIATE"), _sqlite(url, "BEGIN"), queue)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The durable pair (journal_mode, synchronous) that this SQLite keeps safely."""
    return ("WAL", "FULL") if version >= SAFE_WAL else ("DELETE", "EXTRA")


@contextmanager
def unit_of_work(store: Store) -> Iterator[Session]:
    """A session whose changes are committed together with their journal events, or not at all.

    Raises AssertionError if rows were written and no event was recorded: that is our fault.
    Raises InUse if other writers did not end within BUSY_SECONDS, SomebodyWasQuicker if another
    unit wrote the same row or took the same number, CommitFailed if the commit itself failed.
    """
    with store.queue(), Session(store.writer, expire_on_commit=False) as session:
        watch_writes(session)
        with _collisions():
            yield session
            mark = seal_journal(session)
        try:
            session.commit()
        except Exception as fault:
            raise CommitFailed(mark) from fault


def was_stored(store: Store, failed: CommitFailed) -> bool:
    """Whether the unit whose commit failed is stored all the same; asks the database anew."""
    store.reader.dispose()  # a connection that broke with the commit answers nothing
    with reading(store) as session:
        query = select(JournalEvent.id).where(JournalEvent.hash == failed.mark)
        return session.scalar(query) is not None


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """A session that only reads; what is changed in it is thrown away."""
    with Session(store.reader) as session:
        yield session
        session.rollback()


def close_store(store: Store) -> None:
    """Give all connections back, so that the file may be moved or deleted (Windows insists)."""
    store.writer.dispose()
    store.reader.dispose()


def database_path(url: str) -> Path | None:
    """The SQLite file behind a URL, None for a server."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" else None  # type: ignore[arg-type]


@contextmanager
def _collisions() -> Iterator[None]:
    try:
        yield
    except StaleDataError as fault:
        raise SomebodyWasQuicker from fault
    except IntegrityError as fault:
        if not _is_duplicate(fault):
            raise
        raise SomebodyWasQuicker from fault


def _is_duplicate(fault: IntegrityError) -> bool:
    """A key or number that is taken; what else a table refuses is our own mistake."""
    driver = fault.orig
    name = getattr(driver, "sqlite_errorname", None)
    return name in DUPLICATES or getattr(driver, "sqlstate", None) == UNIQUE_VIOLATION


DUPLICATES = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
UNIQUE_VIOLATION = "23505"
"""PostgreSQL's code for the same."""


def _sqlite(url: str, begin: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False})
    mode, synchronous = journal_mode()

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        # The driver's own BEGIN is deferred: two writers would both read, then one must fail.
        connection.isolation_level = None
        # busy_timeout first: changing the journal mode itself may have to wait for a lock.
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"journal_mode={mode}",
            f"synchronous={synchronous}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
