"""On PostgreSQL units run side by side: they wait only where they share a subject, never in a ring.

Needs a server: DONFLOW_TEST_POSTGRESQL is its URL; a database of its own is made there and dropped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from donflow.accounts.models import User
from donflow.store.journal import Subject, events_of, record, seal_journal
from donflow.store.session import Store, close_store, open_store, reading, unit_of_work
from donflow.store.upgrade import upgrade
from donflow.store.verify import verify_store
from tests.store.one_of_each import GIFT, NOW, PERSON, add_one_of_each

SERVER = os.environ.get("DONFLOW_TEST_POSTGRESQL", "")
SHARED = Subject("vault", 1)
THREADS, TURNS = 8, 12

pytestmark = pytest.mark.skipif(not SERVER, reason="DONFLOW_TEST_POSTGRESQL names no server")


@pytest.fixture
def store() -> Iterator[Store]:
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE donflow_test"))
    url = make_url(SERVER).set(database="donflow_test")
    store = open_store(url.render_as_string(hide_password=False))
    upgrade(store)
    yield store
    close_store(store)
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE donflow_test"))
    server.dispose()


def look_at(store: Store, *subjects: Subject) -> None:
    with unit_of_work(store) as session:
        session.execute(text("SET LOCAL lock_timeout = '5s'"))
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

        with pytest.raises(OperationalError, match="lock timeout"):
            look_at(store, GIFT)

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
