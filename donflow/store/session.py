"""Opening a database and the unit of work: one transaction, journalled, or nothing at all."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from donflow.errors import N_, DonflowError
from donflow.platform_files import InUse, exclusive_in_turn
from donflow.store.derived import bring_up
from donflow.store.journal import JournalEvent, seal_journal, watch_writes
from donflow.store.outcome import (
    DatabaseUnreadable,
    NotApplied,
    OutcomeUnknown,
    ServerGone,
    Stopped,
    StoppedMeanwhile,
    trouble_of,
)

SAFE_WAL = (3, 51, 3)
"""SQLite below this corrupts a WAL database when two connections checkpoint and write at once."""

BUSY_SECONDS = 30
CONNECT_SECONDS = 10


class WrongDatabase(DonflowError):
    """The address itself is not repeated: a password may stand in it."""

    code = "wrong_database"
    message = N_("The setting database is no address of a database.")
    remedy = N_("Write it such as postgresql://donflow@server/donflow, or leave it out.")


class NoDriver(DonflowError):
    code = "no_driver"
    message = N_("For PostgreSQL donflow needs its driver, which is not installed.")
    remedy = N_('Install it: pip install "donflow[pg]"')


class ServerUnreachable(DonflowError):
    """Nobody answers there: it is down, or the address is another's."""

    code = "server_unreachable"
    message = N_("The database server cannot be reached: {fault}.")
    remedy = N_("Look whether it runs, and whether address, database, user, password are right.")
    exit_code = 1
    http_status = 503


class ServerRefuses(DonflowError):
    """It runs and answers, but does not let this user into this database."""

    code = "server_refuses"
    message = N_("The database server does not let donflow in: {fault}.")
    remedy = N_("Look whether database, user, password are right in the setting database.")
    http_status = 503


class SomebodyWasQuicker(DonflowError):
    """Two acts met on one row or one number; this one was not done."""

    code = "quicker"
    message = N_("Somebody else wrote here at the same moment; nothing was changed.")
    remedy = N_("Look at it again, then try again.")
    http_status = 409


class CommitFailed(Exception):
    """The commit itself failed: only the database knows whether the unit is stored.

    `mark` is what `was_stored` looks for. It never leaves this module.
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
    """Open SQLite (`sqlite:////path`) or PostgreSQL (`postgresql://…`); nothing is created.

    Raises WrongDatabase for another address, NoDriver where psycopg is not installed.
    """
    if _backend(url) == "postgresql":
        # A reader sees one moment throughout, as SQLite's readers do; a writer locks what it needs.
        return Store(_server(url), _server(url, isolation_level="REPEATABLE READ"), nullcontext)
    path = make_url(url).database or ""
    if path in ("", ":memory:"):
        queue: Callable[[], AbstractContextManager[None]] = nullcontext
    else:
        queue = partial(exclusive_in_turn, Path(f"{path}.lock"), seconds=BUSY_SECONDS)
    return Store(_sqlite(url, "BEGIN IMMEDIATE"), _sqlite(url, "BEGIN"), queue)


def why_closed(fault: DatabaseError, url: str) -> DonflowError:
    """What a person is told when the database cannot be opened or read; never a password."""
    trouble = trouble_of(fault)
    if database_path(url) is not None:
        return trouble or DatabaseUnreadable(fault=str(fault.orig))
    if trouble is not None and not isinstance(trouble, ServerGone):
        return trouble
    said = (
        str(fault.orig)
        .splitlines()[0]
        .removeprefix("connection failed: ")
        .removeprefix("connection is bad: ")
    )
    password = make_url(url).password
    kind = ServerRefuses if trouble is None or _refuses(fault, url) else ServerUnreachable
    return kind(fault=said.replace(str(password), "***") if password else said)


def _refuses(fault: DatabaseError, url: str) -> bool:
    """Whether no connection came about with a server that is there: it is asked by a ping.

    What it had said to the first try is words in a language of its own, without a code.
    """
    if fault.connection_invalidated or getattr(fault.orig, "sqlstate", None) is not None:
        return False
    from psycopg.pq import PGconn, Ping

    address = make_url(url).set(drivername="postgresql")
    address = address.update_query_dict({"connect_timeout": _patience(address)})
    ping = PGconn.ping(address.render_as_string(hide_password=False).encode())
    return ping in (Ping.OK, Ping.NO_ATTEMPT)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """The durable pair (journal_mode, synchronous) that this SQLite keeps safely."""
    return ("WAL", "FULL") if version >= SAFE_WAL else ("DELETE", "EXTRA")


@contextmanager
def unit_of_work(
    store: Store, announce: Callable[[str], None] = lambda _mark: None
) -> Iterator[Session]:
    """A session whose changes are committed together with their journal events, or not at all.

    `announce` is told before the commit the mark by which `was_stored` finds the unit. Where the
    commit fails the database is asked: if the unit is stored all the same this ends as always
    (`answered_late` knows), else NotApplied, DiskFull or the like is raised, and OutcomeUnknown
    if the database does not answer.

    What the unit asked for by `before_commit` and `once_stored` is done here.

    Raises AssertionError if rows were written and no event was recorded: that is our fault.
    Raises InUse if other writers did not end within BUSY_SECONDS, SomebodyWasQuicker if another
    unit wrote the same row or took the same number, DiskFull and its like for troubles before.
    """
    try:
        with _transaction(store, announce) as session:
            yield session
    except CommitFailed as failed:
        _settle(store, failed)
        session.info[LATE] = True
    except Exception as fault:
        trouble = trouble_of(fault)
        if trouble is None:
            raise
        raise trouble from fault
    _follow(store, session)


def before_commit(session: Session, deed: Callable[[], None]) -> None:
    """Have something done when all else of the unit is: if it fails, nothing is stored."""
    session.info.setdefault(BEFORE, []).append(deed)


def once_stored(session: Session, deed: Callable[[Store], None]) -> None:
    """Have something done that cannot be undone: only when the unit is surely stored.

    SQLAlchemy's own "after_commit" will not do: it comes at the end of a savepoint as well. A crash
    may leave the deed undone, so something must be able to find and repeat it.
    """
    session.info.setdefault(AFTER, []).append(deed)


def left_undone(session: Session) -> tuple[Exception, ...]:
    """What went wrong after this unit was stored; its acts are done all the same."""
    return tuple(session.info.get(UNDONE, ()))


def answered_late(session: Session) -> bool:
    """Whether this unit was found stored although its commit had seemed to fail."""
    return LATE in session.info


LATE, BEFORE, AFTER, UNDONE = "answered_late", "before_commit", "once_stored", "left_undone"
"""Where a session keeps these."""


@contextmanager
def _transaction(store: Store, announce: Callable[[str], None]) -> Iterator[Session]:
    with store.queue(), Session(store.writer, expire_on_commit=False) as session:
        watch_writes(session)
        with _collisions():
            yield session
            mark = seal_journal(session)
            bring_up(session)
        for deed in session.info.pop(BEFORE, ()):
            deed()
        if mark is not None:
            announce(mark)
        try:
            session.commit()
        except BaseException as fault:  # Ctrl-C as well: it may come after the commit
            raise CommitFailed(mark) from fault


def _follow(store: Store, session: Session) -> None:
    """Each deed has its turn; a failure is kept for `left_undone`, for the unit is stored."""
    for deed in session.info.pop(AFTER, ()):
        try:
            deed(store)
        except Exception as failure:
            session.info.setdefault(UNDONE, []).append(failure)


def _settle(store: Store, failed: CommitFailed) -> None:
    """Return if the unit is stored though its commit failed; else raise what is known."""
    fault = failed.__cause__
    try:
        stored = failed.mark is not None and _was_stored_once_it_answers(store, failed.mark)
    except KeyboardInterrupt as stop:
        raise StoppedMeanwhile from stop
    except BaseException as silence:
        raise OutcomeUnknown from silence
    if stored:
        return
    if isinstance(fault, KeyboardInterrupt):
        raise Stopped from failed
    if fault is not None and not isinstance(fault, Exception):
        raise fault
    trouble = trouble_of(failed)
    raise (
        NotApplied() if trouble is None or isinstance(trouble, ServerGone) else trouble
    ) from failed


def _was_stored_once_it_answers(store: Store, mark: str) -> bool:
    """A server that fell needs a moment to stand up again; a file is there or is not."""
    for pause in () if _is_sqlite(store) else SERVER_PAUSES:
        try:
            return was_stored(store, mark)
        except Exception as silence:
            if isinstance(trouble_of(silence), InUse):
                raise  # it has been waited for already, and long
            time.sleep(pause)
    return was_stored(store, mark)


SERVER_PAUSES = (0.2, 0.5, 1.0, 2.0)


def was_stored(store: Store, mark: str) -> bool:
    """Whether the unit with this mark is stored; asks the database anew.

    On a server its commit may still be under way, though nobody waits for it: the lock is had
    when every unit that writes has ended.
    """
    close_store(store)  # a connection that broke with the commit answers nothing
    with reading(store) as session:
        if not _is_sqlite(store):
            session.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
            session.execute(text(f"LOCK TABLE {JournalEvent.__tablename__} IN SHARE MODE"))
        query = select(JournalEvent.id).where(JournalEvent.hash == mark)
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


def _is_sqlite(store: Store) -> bool:
    return store.writer.dialect.name == "sqlite"


@contextmanager
def _collisions() -> Iterator[None]:
    try:
        yield
    except StaleDataError as fault:
        raise SomebodyWasQuicker from fault
    except DBAPIError as fault:
        if not _is_collision(fault):
            raise
        raise SomebodyWasQuicker from fault


def _is_collision(fault: DBAPIError) -> bool:
    """A key or number that is taken, or a ring of locks; what else is refused is our own fault."""
    driver = fault.orig
    name = getattr(driver, "sqlite_errorname", None)
    return name in DUPLICATES or getattr(driver, "sqlstate", None) in COLLISIONS


DUPLICATES = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
COLLISIONS = frozenset({"23503", "23505", "40001", "40P01"})
"""PostgreSQL's codes: a row that is named came or went, a key taken twice, units in a ring."""


def _backend(url: str) -> str:
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError as fault:
        raise WrongDatabase from fault
    if backend not in ("sqlite", "postgresql"):
        raise WrongDatabase
    return backend


def _server(url: str, **options: Any) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(
            address, connect_args={"connect_timeout": _patience(address)}, **options
        )
    except ModuleNotFoundError as fault:
        raise NoDriver from fault

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        connection.execute("SET timezone = 'UTC'")
        connection.autocommit = False

    return engine


def _patience(address: URL) -> str:
    """Seconds, unless the address states its own."""
    return str(address.query.get("connect_timeout", CONNECT_SECONDS))


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
