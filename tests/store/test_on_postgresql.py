"""On PostgreSQL units run side by side: they wait where they share a subject, never in a ring."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.gifts.models import GiftCounter
from donflow.originals.models import SealCounter
from donflow.platform_files import InUse
from donflow.store.counting import Counter, next_number
from donflow.store.journal import Subject, events_of, record, seal_journal
from donflow.store.outcome import ServerGone
from donflow.store.session import SomebodyWasQuicker, Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.databases import only_postgresql
from tests.store.one_of_each import GIFT, NOW, PERSON, add_one_of_each

SHARED = Subject("vault", 1)
THREADS, TURNS = 8, 12

pytestmark = only_postgresql("SQLite has one writer at a time")


def look_at(store: Store, *subjects: Subject, patience: str = "5s") -> None:
    with unit_of_work(store) as session:
        session.execute(text(f"SET LOCAL lock_timeout = '{patience}'"))
        for subject in subjects:
            record(session, subject, "looked_at", actor=None, now=NOW)


def sequence(store: Store, subject: Subject) -> list[int]:
    with reading(store) as session:
        assert verify_store(session) == ()
        return [event.seq for event in events_of(session, subject)]


@pytest.mark.parametrize("known", [True, False])
def test_two_gifts_never_wait_for_each_other(store: Store, known: bool) -> None:
    if known:
        look_at(store, GIFT, PERSON)
    with unit_of_work(store) as session:
        record(session, GIFT, "looked_at", actor=None, now=NOW)
        seal_journal(session)

        look_at(store, PERSON)

    assert sequence(store, GIFT) == sequence(store, PERSON) == list(range(1, 2 + known))


@pytest.mark.parametrize("known", [True, False])
def test_two_units_of_one_gift_do_wait(store: Store, known: bool) -> None:
    if known:
        look_at(store, GIFT)
    with unit_of_work(store) as session:
        record(session, GIFT, "looked_at", actor=None, now=NOW)
        seal_journal(session)

        with pytest.raises(InUse):
            look_at(store, GIFT, patience="1s")

    assert sequence(store, GIFT) == list(range(1, 2 + known))


def test_the_first_events_of_a_shared_subject_may_come_at_once(store: Store) -> None:
    for number in range(TURNS):
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(lambda _, n=number: look_at(store, Subject("vault", n)), range(8)))

    for number in range(TURNS):
        assert sequence(store, Subject("vault", number)) == list(range(1, 9))


def test_units_that_share_two_subjects_never_wait_in_a_ring(store: Store) -> None:
    def write(thread: int) -> None:
        for turn in range(TURNS):
            pair = (GIFT, SHARED) if (thread + turn) % 2 else (SHARED, GIFT)
            look_at(store, *pair)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(write, range(THREADS)))

    assert sequence(store, GIFT) == sequence(store, SHARED) == list(range(1, 1 + THREADS * TURNS))


def test_the_highest_id_is_of_the_last_unit_that_wrote_a_row(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(User(username="lin", display_name="0", active=True, created_at=NOW))
        record(session, Subject("user", 1), "user_added", actor=None, now=NOW)

    def write(thread: int) -> None:
        for turn in range(TURNS):
            with unit_of_work(store) as session:
                session.get_one(User, 1).display_name = f"{thread}.{turn}"
                record(session, Subject("gift", thread), "renamed", actor=None, now=NOW)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(write, range(THREADS)))

    for thread in range(THREADS):
        assert sequence(store, Subject("gift", thread)) == list(range(1, 1 + TURNS))


def test_a_row_in_every_table_is_verified(store: Store) -> None:
    with unit_of_work(store) as session:
        add_one_of_each(session)

    assert sequence(store, GIFT) == [1]


def a_user(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(User(username="lin", display_name="林秘书", active=True, created_at=NOW))
        record(session, Subject("user", 1), "user_added", actor=None, now=NOW)


def test_the_digest_is_of_the_row_as_stored_when_two_units_change_its_columns(store: Store) -> None:
    """Neither is refused: they said different things of one row, which has no version."""
    a_user(store)
    with unit_of_work(store) as late:
        user = late.get_one(User, 1)
        with unit_of_work(store) as session:
            session.get_one(User, 1).display_name = "林芝"
            record(session, Subject("user", 1), "renamed", actor=None, now=NOW)
        user.active = False
        record(late, Subject("user", 1), "left", actor=None, now=NOW)

    assert sequence(store, Subject("user", 1)) == [1, 2, 3]
    with reading(store) as session:
        user = session.get_one(User, 1)
        assert (user.display_name, user.active) == ("林芝", False)


def test_a_reader_sees_one_moment_throughout(store: Store) -> None:
    """Else `verify` would find the events of one moment beside the rows of another."""
    a_user(store)
    with reading(store) as session:
        assert session.scalar(text("SELECT count(*) FROM journal_event")) == 1
        look_at(store, GIFT)

        assert session.scalar(text("SELECT count(*) FROM journal_event")) == 1
        assert verify_store(session) == ()


def test_of_two_units_in_a_ring_one_is_told_that_somebody_was_quicker(store: Store) -> None:
    with unit_of_work(store) as session:
        add_one_of_each(session)
    meeting = Barrier(2, timeout=20)

    def lock(first: str, second: str) -> str:
        try:
            with unit_of_work(store) as session:
                session.execute(text(f"SELECT 1 FROM {first} FOR UPDATE"))
                meeting.wait()
                session.execute(text(f"SELECT 1 FROM {second} FOR UPDATE"))
        except SomebodyWasQuicker:
            return "quicker"
        return "done"

    with ThreadPoolExecutor(2) as threads:
        told = threads.map(lock, ("gift", "constituent"), ("constituent", "gift"))
        assert sorted(told) == ["done", "quicker"]


@pytest.mark.parametrize("table", [GiftCounter, SealCounter])
def test_numbers_given_out_at_once_are_each_somebodys_own(
    store: Store, table: type[Counter]
) -> None:
    def take(turn: int) -> int:
        with unit_of_work(store) as session:
            record(session, Subject("gift", turn + 1), "looked_at", actor=None, now=NOW)
            return next_number(session, table, 2026)

    with ThreadPoolExecutor(THREADS) as threads:
        assert sorted(threads.map(take, range(40))) == list(range(1, 41))
    assert sequence(store, GIFT) == [1]


def test_a_connection_that_is_cut_before_the_commit_is_told_and_the_next_unit_is_done(
    store: Store,
) -> None:
    with pytest.raises(ServerGone), unit_of_work(store) as session:  # noqa: PT012
        record(session, GIFT, "looked_at", actor=None, now=NOW)
        cut(store, session)

    look_at(store, GIFT)
    assert sequence(store, GIFT) == [1]


def cut(store: Store, session: Session) -> None:
    """End the session's connection from the server's side."""
    (pid,) = session.execute(text("SELECT pg_backend_pid()")).one()
    with store.reader.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
