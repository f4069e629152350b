"""One unit of work is one transaction with its journal, one writer at a time, or nothing."""

from __future__ import annotations

import errno
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.gifts.models import Gift
from donflow.store.journal import JournalEvent, Subject, events_of, record
from donflow.store.outcome import DiskFull, NotApplied
from donflow.store.session import (
    SomebodyWasQuicker,
    Store,
    answered_late,
    before_commit,
    close_store,
    database_path,
    journal_mode,
    left_undone,
    once_stored,
    open_store,
    reading,
    unit_of_work,
    was_stored,
)
from donflow.store.verify import verify_store
from tests import databases
from tests.databases import only_sqlite
from tests.store.one_of_each import NOW, PERSON

USER = Subject("user", 1)


def a_user(username: str = "lin", created_at: datetime = NOW) -> User:
    return User(username=username, display_name="林秘书", active=True, created_at=created_at)


def add(session: Session, user: User) -> None:
    session.add(user)
    session.flush()
    record(session, Subject("user", user.id), "user_added", actor=None, now=NOW)


def counts(store: Store) -> tuple[int, int]:
    with reading(store) as session:
        users = session.scalar(select(func.count()).select_from(User))
        events = session.scalar(select(func.count()).select_from(JournalEvent))
        return users or 0, events or 0


def test_a_unit_stores_its_rows_and_its_event(store: Store) -> None:
    with unit_of_work(store) as session:
        add(session, a_user())

    assert counts(store) == (1, 1)


def test_rows_without_an_event_are_our_fault_and_nothing_is_stored(store: Store) -> None:
    with (
        pytest.raises(AssertionError, match=r"without a journal event: \['user_account:1'\]"),
        unit_of_work(store) as session,
    ):
        session.add(a_user())

    assert counts(store) == (0, 0)


def test_an_exception_after_the_event_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), unit_of_work(store) as session:  # noqa: PT012
        add(session, a_user())
        raise KeyError

    assert counts(store) == (0, 0)


def test_a_change_without_an_event_leaves_the_old_value(store: Store) -> None:
    with unit_of_work(store) as session:
        add(session, a_user())

    with pytest.raises(AssertionError, match="user_account:1"), unit_of_work(store) as session:
        session.get_one(User, 1).display_name = "外人"

    with reading(store) as session:
        assert session.get_one(User, 1).display_name == "林秘书"


def test_setting_a_value_to_what_it_is_needs_no_event(store: Store) -> None:
    with unit_of_work(store) as session:
        add(session, a_user())
    with unit_of_work(store) as session:
        user = session.get_one(User, 1)
        user.display_name = str(user.display_name)

    assert counts(store) == (1, 1)


@pytest.mark.parametrize(
    "statement",
    [
        insert(User).values(username="x", display_name="x", active=True, created_at=NOW),
        update(User).values(display_name="外人"),
        delete(User),
    ],
    ids=["insert", "update", "delete"],
)
def test_a_bare_statement_is_refused_since_it_leaves_no_digest(
    store: Store, statement: object
) -> None:
    with unit_of_work(store) as session:
        add(session, a_user())

    with pytest.raises(AssertionError, match="bare statement"), unit_of_work(store) as session:
        session.execute(statement)  # type: ignore[call-overload]

    assert counts(store) == (1, 1)


def test_what_a_reader_changes_is_thrown_away(store: Store) -> None:
    with reading(store) as session:
        session.add(a_user())
        session.flush()

    assert counts(store) == (0, 0)


def test_a_naive_moment_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="time zone"), unit_of_work(store) as session:
        add(session, a_user(created_at=naive))

    assert counts(store) == (0, 0)


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    shanghai = datetime.fromisoformat("2026-11-21T10:00:00+08:00")
    with unit_of_work(store) as session:
        add(session, a_user(created_at=shanghai))

    with reading(store) as session:
        assert session.get_one(User, 1).created_at.isoformat() == "2026-11-21T02:00:00+00:00"


def test_writers_at_the_same_time_never_break_a_chain(database: str, store: Store) -> None:
    """Each thread opens the database anew, as another process would."""

    def write(thread: int) -> None:
        own = open_store(database)
        for turn in range(12):
            with unit_of_work(own) as session:
                add(session, a_user(f"user{thread}_{turn}"))
                record(session, PERSON, "looked_at", actor=None, now=NOW)
        close_store(own)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))

    with reading(store) as session:
        assert [event.seq for event in events_of(session, PERSON)] == list(range(1, 49))
        assert verify_store(session) == ()
    assert counts(store) == (48, 96)


def test_units_of_one_store_in_two_threads_wait_for_each_other(store: Store) -> None:
    def write(turn: int) -> None:
        with unit_of_work(store) as session:
            add(session, a_user(f"user{turn}"))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(write, range(20)))

    assert counts(store) == (20, 20)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 52, 0), ("WAL", "FULL")),
        ((4, 0, 0), ("WAL", "FULL")),
    ],
)
def test_wal_is_kept_from_the_sqlite_versions_that_corrupt_it(
    version: tuple[int, ...], expected: tuple[str, str]
) -> None:
    assert journal_mode(version) == expected


@only_sqlite("a server has its own settings")
def test_every_connection_is_durable_and_holds_to_foreign_keys(store: Store) -> None:
    mode, synchronous = journal_mode()
    for engine in (store.writer, store.reader):
        with engine.connect() as connection:
            said = {
                name: connection.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
        assert said == {
            "journal_mode": mode.lower(),
            "synchronous": {"FULL": 2, "EXTRA": 3}[synchronous],
            "foreign_keys": 1,
            "secure_delete": 1,
        }


@only_sqlite("a server's database is no file")
def test_a_closed_store_lets_go_of_its_file(database: str) -> None:
    store = open_store(database)
    counts(store)
    close_store(store)
    path = database_path(database)
    assert path is not None

    moved = path.rename(path.with_name("moved.db"))

    with closing(sqlite3.connect(moved)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("url", "expected"),
    [("sqlite:////tmp/donflow.db", Path("/tmp/donflow.db")), ("postgresql://host/db", None)],
)
def test_only_sqlite_has_a_file(url: str, expected: Path | None) -> None:
    assert database_path(url) == expected


def test_a_gift_changed_meanwhile_is_not_overwritten(full_database: str, tmp_path: Path) -> None:
    """The row version refuses what was decided on an older state."""
    url = databases.copy_database(full_database, tmp_path)
    store = open_store(url)
    with reading(store) as session:
        old = session.get_one(Gift, 1)
        session.expunge(old)
    with unit_of_work(store) as session:
        gift = session.get_one(Gift, 1)
        gift.purpose = "奖学金"
        record(session, gift.subject, "gift_changed", actor=None, now=NOW)

    with pytest.raises(SomebodyWasQuicker), unit_of_work(store) as session:  # noqa: PT012
        session.add(old)
        old.purpose = "助学金"
        record(session, old.subject, "gift_changed", actor=None, now=NOW)

    with reading(store) as session:
        assert session.get_one(Gift, 1).purpose == "奖学金"
        assert verify_store(session) == ()
    close_store(store)
    databases.drop_database(url)


def test_a_name_that_another_unit_took_meanwhile_is_a_refusal(store: Store) -> None:
    with unit_of_work(store) as session:
        add(session, a_user())

    with pytest.raises(SomebodyWasQuicker), unit_of_work(store) as session:
        add(session, a_user())

    assert counts(store) == (1, 1)


def test_what_a_table_refuses_for_another_reason_is_our_fault(store: Store) -> None:
    nameless = a_user()
    nameless.display_name = None  # type: ignore[assignment]
    with pytest.raises(IntegrityError), unit_of_work(store) as session:
        add(session, nameless)


@pytest.mark.parametrize("stored", [True, False])
def test_after_a_failed_commit_the_database_says_what_is_stored(
    store: Store, *, stored: bool
) -> None:
    """The commit is done and its answer lost; or it is not done."""

    def fail(connection: Connection) -> None:
        if stored:
            connection.exec_driver_sql("COMMIT")
        raise OSError("the connection broke")

    event.listen(store.writer, "commit", fail)
    told = nullcontext() if stored else pytest.raises(NotApplied)
    marks: list[str] = []
    with told, unit_of_work(store, marks.append) as session:
        add(session, a_user())
    event.remove(store.writer, "commit", fail)

    assert answered_late(session) is stored
    assert [was_stored(store, mark) for mark in marks] == [stored]
    assert counts(store) == ((1, 1) if stored else (0, 0))


@pytest.mark.parametrize("stored", [True, False])
def test_what_cannot_be_undone_is_done_only_once_the_unit_is_stored(
    store: Store, *, stored: bool
) -> None:
    """Its first event opens a savepoint, whose end is no commit; the answer may also come late."""

    def fail(connection: Connection) -> None:
        if stored:
            connection.exec_driver_sql("COMMIT")
        raise OSError("the connection broke")

    found: list[tuple[int, int]] = []
    event.listen(store.writer, "commit", fail)
    told = nullcontext() if stored else pytest.raises(NotApplied)
    with told, unit_of_work(store) as session:
        add(session, a_user())
        once_stored(session, lambda asked: found.append(counts(asked)))
    event.remove(store.writer, "commit", fail)

    assert found == ([(1, 1)] if stored else [])


def test_a_unit_that_was_stored_has_not_failed_whatever_follows(store: Store) -> None:
    done: list[str] = []

    def fail(_store: Store) -> None:
        raise OSError("the key file is on a stick")

    with unit_of_work(store) as session:
        add(session, a_user())
        once_stored(session, fail)
        once_stored(session, lambda _store: done.append("the next"))

    assert counts(store) == (1, 1)
    assert [str(failure) for failure in left_undone(session)] == ["the key file is on a stick"]
    assert done == ["the next"]


def test_what_must_come_before_the_commit_stops_it_by_failing(store: Store) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "full")

    marks: list[str] = []
    with pytest.raises(DiskFull), unit_of_work(store, marks.append) as session:  # noqa: PT012
        add(session, a_user())
        before_commit(session, fail)

    assert marks == []
    assert counts(store) == (0, 0)
