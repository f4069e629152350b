"""Erasure: unreadable in every copy, the journal whole; restriction where a duty keeps the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from donflow.domain.actor import Actor
from donflow.errors import NotFound, say
from donflow.roster.consent import give, may
from donflow.roster.erasure import erase, forget_erased
from donflow.roster.holdings import plain_value, reveal, reveals_of
from donflow.roster.models import Constituent, Purpose, Status
from donflow.roster.people import (
    NotChangeable,
    get_constituent,
    set_salutation,
)
from donflow.roster.search.finding import find_constituents
from donflow.roster.views import masked_view
from donflow.store.digests import digest, row_values
from donflow.store.journal import FIRST, JournalHead, Subject, event_hash, events_of
from donflow.store.keys import KeyRing, PersonKeyGone
from donflow.store.session import (
    Store,
    close_store,
    database_path,
    open_store,
    reading,
    unit_of_work,
)
from tests import databases
from tests.databases import only_sqlite


@pytest.fixture
def old_copy(
    store: Store, database: str, tmp_path_factory: pytest.TempPathFactory, liang: int
) -> Iterator[str]:
    """The database as a backup had it before the erasure."""
    close_store(store)  # PostgreSQL copies a database to which nobody is connected
    url = databases.copy_database(database, tmp_path_factory.mktemp("old"))
    yield url
    databases.drop_database(url)


def do_erase(
    store: Store, keys: KeyRing, number: int, actor: Actor, now: datetime, duties: int = 0
) -> Status:
    because = tuple(say("There is a gift.") for _ in range(duties))
    with unit_of_work(store) as session:
        constituent = get_constituent(session, number)
        return erase(session, keys, constituent, kept_because=because, actor=actor, now=now)


def chain_holds(store: Store, subject: Subject) -> bool:
    with reading(store) as session:
        events = events_of(session, subject)
        head = session.get_one(JournalHead, (subject.type, subject.id))
        before = [FIRST, *(event.hash for event in events)]
        return (
            [event.prev for event in events] == before[:-1]
            and [event_hash(event) for event in events] == before[1:]
            and (head.event_count, head.last_hash) == (len(events), before[-1])
        )


def test_an_erased_person_is_unreadable_in_an_old_copy_with_todays_keys(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime, old_copy: str
) -> None:
    copy = open_store(old_copy)
    with reading(copy) as session:
        constituent = session.get_one(Constituent, liang)
        holdings = [*constituent.contact_points, *constituent.identifiers]
        assert all(plain_value(keys, constituent, each) for each in holdings)

    assert do_erase(store, keys, liang, lin, now) is Status.ERASED

    with reading(copy) as session:
        constituent = session.get_one(Constituent, liang)
        holdings = [*constituent.contact_points, *constituent.identifiers]
        assert len(holdings) == 7
        for each in holdings:
            with pytest.raises(PersonKeyGone):
                plain_value(keys, constituent, each)
    close_store(copy)


@only_sqlite("a server keeps its files, with older states of a row, from us")
def test_nothing_personal_is_left_in_the_database(
    store: Store,
    keys: KeyRing,
    database: str,
    lin: Actor,
    liang: int,
    now: datetime,
    canaries: tuple[str, ...],
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        set_salutation(session, constituent, "梁学长", actor=lin, now=now)
        phone = constituent.contact_points[0]
        reveal(session, keys, constituent, holding=phone, reason="致电梁老", actor=lin, now=now)
    traces = ["梁", "Leung", "138****7758", "q***@yunlu", "云州市", "致电", *canaries]
    with reading(store) as session:
        constituent = get_constituent(session, liang)
        traces += [constituent.salt, *(each.salt for each in constituent.contact_points)]
        traces += [each.blind for each in constituent.identifiers]
    path = database_path(database)
    assert path is not None
    before = path.read_bytes()
    assert {"梁", "138****7758", traces[-1]} <= {each for each in traces if each.encode() in before}

    do_erase(store, keys, liang, lin, now)

    close_store(store)  # the last connection folds a write-ahead log in
    stored = b"".join(each.read_bytes() for each in path.parent.glob("donflow.db*"))
    assert [trace for trace in traces if trace.encode() in stored] == []


def test_the_journal_verifies_after_an_erasure(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    do_erase(store, keys, liang, lin, now)

    assert chain_holds(store, Subject("person", liang))
    with reading(store) as session:
        constituent = session.get_one(Constituent, liang)
        last = events_of(session, Subject("person", liang))[-1]
        assert last.action == "person_erased"
        key = f"constituent:{liang}"
        assert last.written[key] == digest("constituent", row_values(constituent))
        assert last.written["contact_point:1"] is None
        assert last.written["identifier:1"] is None


def test_the_check_of_the_journal_sees_a_changed_event(store: Store, liang: int) -> None:
    with store.writer.begin() as connection:
        databases.unguard_journal(connection)
        connection.exec_driver_sql(
            "UPDATE journal_event SET action = 'x' WHERE subject_type = 'person' AND seq = 2"
        )

    assert not chain_holds(store, Subject("person", liang))


def test_the_old_digests_say_nothing_without_the_old_salt(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with reading(store) as session:
        values = row_values(get_constituent(session, liang))
        recorded = events_of(session, Subject("person", liang))[0].written[f"constituent:{liang}"]
    assert recorded == digest("constituent", values)  # who knows all, salt included, can tell

    do_erase(store, keys, liang, lin, now)

    with reading(store) as session:
        salt = session.get_one(Constituent, liang).salt
    assert recorded != digest("constituent", {**values, "salt": salt})


def test_an_erased_person_is_neither_found_nor_shown(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    do_erase(store, keys, liang, lin, now)

    with reading(store) as session:
        for text in ("梁", str(liang), "7758", "13800007758"):
            assert find_constituents(session, keys, text) == []
        with pytest.raises(NotFound):
            get_constituent(session, liang)


def test_a_duty_to_keep_restricts_instead(
    store: Store, keys: KeyRing, lin: Actor, liang: int, today: date, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        give(session, constituent, Purpose.GREETINGS, stated_on=today, actor=lin, now=now)

    assert do_erase(store, keys, liang, lin, now, duties=2) is Status.RESTRICTED

    with reading(store) as session:
        constituent = get_constituent(session, liang)
        assert not may(session, constituent, Purpose.GREETINGS).granted
        assert plain_value(keys, constituent, constituent.contact_points[0]) == "+8613800007758"
        assert masked_view(constituent).status == "restricted"
        with pytest.raises(NotChangeable):
            set_salutation(session, constituent, "梁学长", actor=lin, now=now)
        assert events_of(session, Subject("person", liang))[-1].detail == {"duties": 2}


def test_a_restricted_person_is_erased_once_no_duty_is_left(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    do_erase(store, keys, liang, lin, now, duties=1)

    assert do_erase(store, keys, liang, lin, now) is Status.ERASED


def test_an_erasure_that_is_rolled_back_leaves_the_person_readable(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    def erase_and_fail() -> None:
        with unit_of_work(store) as session:
            constituent = get_constituent(session, liang)
            erase(session, keys, constituent, kept_because=(), actor=lin, now=now)
            session.flush()
            raise RuntimeError("something later in the same act")

    with pytest.raises(RuntimeError):
        erase_and_fail()

    with reading(store) as session:
        constituent = get_constituent(session, liang)
        assert plain_value(keys, constituent, constituent.contact_points[0]) == "+8613800007758"


def test_a_key_that_a_crash_left_behind_is_forgotten_later(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with reading(store) as session:
        key_id = get_constituent(session, liang).key_id
    with store.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE constituent SET status = 'erased'")
    assert keys.encrypt(key_id, "phone", "row", "x")

    with reading(store) as session:
        forget_erased(session, keys)
        forget_erased(session, keys)

    with pytest.raises(PersonKeyGone):
        keys.encrypt(key_id, "phone", "row", "x")


def test_the_reasons_of_reveals_go_with_the_person(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        constituent = get_constituent(session, liang)
        phone = constituent.contact_points[0]
        reveal(session, keys, constituent, holding=phone, reason="致电", actor=lin, now=now)

    do_erase(store, keys, liang, lin, now)

    with reading(store) as session:
        assert reveals_of(session, session.get_one(Constituent, liang)) == []
