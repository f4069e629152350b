"""Events are chained, carry the digests of what was written, and are only ever added."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from donflow.accounts.models import User
from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.roster.models import Constituent, ContactPoint, Relation
from donflow.store.digests import digest, row_values
from donflow.store.journal import (
    FIRST,
    JournalHead,
    Subject,
    event_hash,
    events_of,
    record,
)
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.databases import only_sqlite
from tests.store.one_of_each import GIFT, NOW, PERSON


def a_user() -> User:
    return User(username="lin", display_name="林秘书", active=True, created_at=NOW)


def a_person(key: str = "k1") -> Constituent:
    point = ContactPoint(
        kind="phone",
        ciphertext=b"sealed",
        masked="138****0000",
        blind=key,
        source="self",
        since=date(2026, 1, 1),
        confidence="sure",
        preferred=True,
        salt="s2",
    )
    return Constituent(
        kind="person",
        name="梁启舟",
        other_names=[],
        status="active",
        key_id=key,
        salt="s1",
        created_at=NOW,
        changed_at=NOW,
        contact_points=[point],
    )


def written(store: Store, subject: Subject) -> list[dict[str, Any]]:
    with reading(store) as session:
        assert verify_store(session) == ()
        return [event.written for event in events_of(session, subject)]


def test_the_events_of_a_subject_are_chained_and_the_head_counts_them(store: Store) -> None:
    for action in ("one", "two", "three"):
        with unit_of_work(store) as session:
            record(session, GIFT, action, actor=None, now=NOW)

    with reading(store) as session:
        events = events_of(session, GIFT)
        head = session.get_one(JournalHead, ("gift", 1))
        assert [event.action for event in events] == ["one", "two", "three"]
        assert [event.seq for event in events] == [1, 2, 3]
        assert [event.prev for event in events] == [FIRST, events[0].hash, events[1].hash]
        assert [event.hash for event in events] == [event_hash(event) for event in events]
        assert (head.event_count, head.last_hash) == (3, events[2].hash)


def test_each_subject_has_its_own_head_and_there_is_no_head_of_all(store: Store) -> None:
    with unit_of_work(store) as session:
        for subject in (GIFT, PERSON, GIFT):
            record(session, subject, "looked_at", actor=None, now=NOW)
    with unit_of_work(store) as session:
        record(session, PERSON, "looked_at", actor=None, now=NOW)

    with reading(store) as session:
        heads = session.scalars(select(JournalHead)).all()
        assert {(head.subject_type, head.event_count) for head in heads} == {
            ("gift", 2),
            ("person", 2),
        }
        assert [event.seq for event in events_of(session, PERSON)] == [1, 2]
        assert verify_store(session) == ()


@pytest.mark.parametrize("subjects", [(GIFT, PERSON), (PERSON, GIFT)])
def test_heads_are_asked_for_in_one_order_whichever_event_came_first(
    store: Store, subjects: tuple[Subject, ...]
) -> None:
    """Else two units that share two subjects could each hold one and wait for the other."""
    asked: list[str] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: Any, *_rest: object
    ) -> None:
        if statement.startswith("SELECT") and "journal_head" in statement:
            given = values.values() if isinstance(values, dict) else values
            asked.extend(value for value in given if isinstance(value, str))

    for _turn in ("made", "found"):
        asked.clear()
        event.listen(store.writer, "before_cursor_execute", note)
        with unit_of_work(store) as session:
            for subject in subjects:
                record(session, subject, "looked_at", actor=None, now=NOW)
        event.remove(store.writer, "before_cursor_execute", note)
        assert list(dict.fromkeys(asked)) == ["gift", "person"]


def test_an_event_hashes_the_same_whatever_its_id(store: Store) -> None:
    with unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=NOW)

    with reading(store) as session:
        (first,) = events_of(session, GIFT)
        first.id = 99
        assert event_hash(first) == first.hash


def test_an_event_says_who_acted_in_which_role_and_for_whom(store: Store) -> None:
    on_behalf = OnBehalf(Role.DONOR, EvidenceKind.SIGNED_PAPER, "ab" * 32, date(2026, 11, 20))
    with unit_of_work(store) as session:
        session.add(user := a_user())
        session.flush()
        actor = Actor(user.id, frozenset({Role.SECRETARY}), Role.SECRETARY, on_behalf)
        record(session, GIFT, "signed", actor=actor, now=NOW, detail={"copies": 4})

    with reading(store) as session:
        (event,) = events_of(session, GIFT)
        assert (event.user_id, event.acting_role, event.action) == (1, "secretary", "signed")
        assert event.on_behalf == on_behalf.as_codes()
        assert event.detail == {"copies": 4}
        assert event.at == NOW


def test_the_first_event_of_a_unit_carries_the_digests_of_all_its_rows(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(user := a_user())
        record(session, GIFT, "one", actor=None, now=NOW)
        record(session, PERSON, "two", actor=None, now=NOW)

    assert written(store, GIFT) == [{"user_account:1": digest("user_account", row_values(user))}]
    assert written(store, PERSON) == [{}]


def test_a_row_that_its_parent_let_go_is_written_as_deleted(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(a_person())
        record(session, PERSON, "added", actor=None, now=NOW)
    with unit_of_work(store) as session:
        person = session.get_one(Constituent, 1)
        person.contact_points.clear()
        record(session, PERSON, "emptied", actor=None, now=NOW)

    assert written(store, PERSON)[1] == {"contact_point:1": None}


def test_rows_deleted_with_their_parent_are_written_as_deleted(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(a_person())
        record(session, PERSON, "added", actor=None, now=NOW)
    with unit_of_work(store) as session:
        session.delete(session.get_one(Constituent, 1))
        record(session, PERSON, "removed", actor=None, now=NOW)

    assert written(store, PERSON)[1] == {"constituent:1": None, "contact_point:1": None}


@only_sqlite("PostgreSQL gives no number twice")
def test_a_row_that_takes_the_number_of_a_deleted_one_is_written_as_it_stands(
    store: Store,
) -> None:
    with unit_of_work(store) as session:
        session.add_all([a_person("k1"), a_person("k2")])
        session.flush()
        session.add(Relation(from_id=1, kind="spouse", to_id=2))
        record(session, PERSON, "added", actor=None, now=NOW)
    with unit_of_work(store) as session:
        session.delete(session.get_one(Relation, 1))
        session.flush()
        session.add(other := Relation(from_id=2, kind="spouse", to_id=1))
        record(session, PERSON, "turned", actor=None, now=NOW)

    assert written(store, PERSON)[1] == {"relation:1": digest("relation", row_values(other))}


def test_a_row_of_a_savepoint_rolled_back_is_not_there(store: Store) -> None:
    with unit_of_work(store) as session:
        session.add(a_person("k1"))
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(a_person("k1"))
        record(session, PERSON, "added", actor=None, now=NOW)

    assert written(store, PERSON)[0]["constituent:1"] is not None


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE journal_event SET action = 'other'", "journal_event"),
        ("UPDATE journal_event SET seq = seq WHERE seq = 1", "journal_event"),
        ("DELETE FROM journal_event", "journal_event"),
        ("DELETE FROM journal_head", "journal_head"),
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(
    store: Store, statement: str, table: str
) -> None:
    with unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=NOW)

    with (
        pytest.raises(IntegrityError, match="the journal only grows"),
        store.writer.begin() as connection,
    ):
        connection.execute(text(statement))

    with reading(store) as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}"))
        assert verify_store(session) == ()


def test_a_float_in_an_event_is_refused(store: Store) -> None:
    with pytest.raises(TypeError, match="no float"), unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=NOW, detail={"amount": 0.1})


def test_a_naive_moment_in_an_event_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 21, 2, 0)  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=naive)


def test_an_event_hashes_the_same_when_it_is_read_back(store: Store) -> None:
    detail = {"z": [1, (2, 3)], "a": {"é": "梁", "b": None}, "role": Role.DONOR}
    moment = datetime(2026, 11, 21, 2, 0, 0, 7, tzinfo=UTC)
    with unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=moment, detail=detail)

    with reading(store) as session:
        (event,) = events_of(session, GIFT)
        assert event_hash(event) == event.hash
