"""Whatever is changed behind donflow's back is found and named: each column of each table."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Table, text
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.gifts.models import Gift
from donflow.store.base import Base
from donflow.store.journal import JOURNAL_TABLES, Subject, record
from donflow.store.moving import StageChange
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import Finding, verify_store
from tests import databases
from tests.databases import only_sqlite
from tests.store.one_of_each import GIFT, NOW, PERSON, another_value

TABLES = [table for table in Base.metadata.sorted_tables if table.name not in JOURNAL_TABLES]
COLUMNS = [[column for column in table.columns if not column.primary_key] for table in TABLES]
ROUNDS = range(max(len(columns) for columns in COLUMNS))
"""One column of every table is changed at a time: each column has its round."""
EVENT_COLUMNS = list(Base.metadata.tables["journal_event"].columns)
HEAD_COLUMNS = list(Base.metadata.tables["journal_head"].columns)
OF_GIFT = "subject_type = 'gift' AND subject_id = 1"
CHECKS = (
    "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
)


@pytest.fixture
def raw(full_store: Store) -> Iterator[Session]:
    """Past donflow: no triggers, no foreign keys until the end, and the end is a rollback."""
    with reading(full_store) as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            # Switches off the journal's triggers and those that keep references.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table, check in connection.exec_driver_sql(CHECKS).all():
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {check}")
            yield session
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        databases.unguard_journal(connection)
        yield session
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")


def told(finding: Finding) -> tuple[str, object, object, object]:
    values = finding.sentence.values
    return (finding.code, values["table"], values["row"], values.get("columns"))


def events_told(findings: tuple[Finding, ...]) -> set[tuple[Subject | None, object]]:
    return {(finding.subject, finding.sentence.values.get("seq")) for finding in findings}


def key_of(session: Session, table: Table) -> str:
    (key,) = session.execute(text(f"SELECT {table.primary_key.columns[0].name} FROM {table.name}"))
    return str(key[0])


def test_an_untouched_database_has_no_finding(raw: Session) -> None:
    counts = [raw.scalar(text(f"SELECT count(*) FROM {table.name}")) for table in TABLES]
    assert set(counts) == {1}

    assert verify_store(raw) == ()


@pytest.mark.parametrize("place", ROUNDS)
def test_each_changed_column_is_named(raw: Session, place: int) -> None:
    changed = [columns[place] for columns in COLUMNS if place < len(columns)]
    for column in changed:
        update = text(f'UPDATE {column.table.name} SET "{column.name}" = :value')
        raw.execute(update, {"value": another_value(column)})

    findings = verify_store(raw)

    assert sorted(map(told, findings)) == sorted(
        ("row_changed", column.table.name, key_of(raw, column.table), columns_told(column))
        for column in changed
    )
    assert {finding.subject for finding in findings} == {GIFT}
    assert all(str(finding.sentence) for finding in findings)


def columns_told(column: Column[object]) -> str:
    """Under another salt no digest is as it was."""
    names = column.table.columns.keys() if column.name == "salt" else [column.name]
    return ", ".join(sorted(names))


def test_each_changed_key_is_a_row_taken_and_a_row_added(raw: Session) -> None:
    expected = set()
    for table in TABLES:
        key, column = key_of(raw, table), table.primary_key.columns[0]
        other = another_value(column)
        raw.execute(text(f'UPDATE {table.name} SET "{column.name}" = :other'), {"other": other})
        expected.add(("row_added", table.name, str(other), None))
        expected.add(("row_removed", table.name, key, None))

    assert {told(finding) for finding in verify_store(raw)} == expected


def test_each_removed_row_is_named(raw: Session) -> None:
    keys = {table.name: key_of(raw, table) for table in TABLES}
    for table in TABLES:
        raw.execute(text(f"DELETE FROM {table.name}"))

    findings = verify_store(raw)

    assert {told(finding) for finding in findings} == {
        ("row_removed", name, key, None) for name, key in keys.items()
    }
    assert {finding.subject for finding in findings} == {GIFT}


def test_an_added_row_is_named_with_its_gift(raw: Session) -> None:
    raw.execute(
        text(
            "INSERT INTO contact "
            '(id, gift_id, kind, channel, "on", reached, salt, recorded_at, recorded_by) '
            "VALUES (2, 7, 'called', 'phone', '2026-11-21', true, 's', '2026-11-21 02:00:00', 1)"
        )
    )

    (finding,) = verify_store(raw)

    assert told(finding) == ("row_added", "contact", "2", None)
    assert finding.subject == Subject("gift", 7)


def test_a_deleted_row_put_back_is_named(store: Store) -> None:
    with unit_of_work(store) as session:
        user = User(username="lin", display_name="林秘书", active=True, created_at=NOW)
        session.add(user)
        session.flush()
        session.delete(user)
        record(session, Subject("user", 1), "made", actor=None, now=NOW)
    with reading(store) as session:
        assert verify_store(session) == ()
        session.execute(
            text(
                "INSERT INTO user_account (id, username, display_name, active, created_at) "
                "VALUES (1, 'lin', '林秘书', true, '2026-11-21 02:00:00')"
            )
        )

        (finding,) = verify_store(session)

    assert told(finding) == ("row_added", "user_account", "1", None)


@only_sqlite("PostgreSQL's columns hold nothing but values of their type")
@pytest.mark.parametrize(
    "value", ["1e3", "CAST(x'ff' AS TEXT)", "'not a day'", "x'00'", "1.5", "NULL"]
)
@pytest.mark.parametrize("column", ["due_on", "purpose", "amount_minor", "naming"])
def test_a_value_that_cannot_be_understood_is_named(raw: Session, column: str, value: str) -> None:
    raw.execute(text(f"UPDATE gift SET {column} = {value}"))

    (finding,) = verify_store(raw)

    assert told(finding) == ("row_changed", "gift", "1", column)


@pytest.mark.parametrize("value", ["'{'", "'[1.5]'", "'null'", "''"])
def test_json_that_cannot_be_understood_is_named(raw: Session, value: str) -> None:
    raw.execute(text(f"UPDATE parcel SET contents = {value}"))

    (finding,) = verify_store(raw)

    assert told(finding) == ("row_changed", "parcel", "1", "contents")


@pytest.mark.parametrize("column", EVENT_COLUMNS, ids=lambda column: column.name)
def test_an_event_with_any_column_changed_is_named(raw: Session, column: Column[object]) -> None:
    name = column.name
    value = {"id": 0, "seq": 9, "subject_id": 9}.get(name, another_value(column))
    raw.execute(
        text(f"UPDATE journal_event SET {name} = :value WHERE {OF_GIFT} AND seq = 2"),
        {"value": value},
    )

    assert (GIFT, 2) in events_told(verify_store(raw))


@only_sqlite("PostgreSQL's columns hold nothing but values of their type")
@pytest.mark.parametrize("column", ["written", "detail", "at"])
@pytest.mark.parametrize("value", ["'{'", "1.5", "x'ff'", "'{\"gift:1\": [1, 2]}'"])
def test_an_event_that_cannot_be_understood_is_named(raw: Session, column: str, value: str) -> None:
    raw.execute(text(f"UPDATE journal_event SET {column} = {value} WHERE {OF_GIFT} AND seq = 1"))

    assert (GIFT, 1) in events_told(verify_store(raw))


@pytest.mark.parametrize("column", HEAD_COLUMNS, ids=lambda column: column.name)
def test_a_head_with_any_column_changed_is_named(raw: Session, column: Column[object]) -> None:
    name = column.name
    raw.execute(
        text(f"UPDATE journal_head SET {name} = :value WHERE {OF_GIFT}"),
        {"value": 9 if name != "last_hash" else "0" * 64},
    )

    assert GIFT in {finding.subject for finding in verify_store(raw)}


JOURNAL_CASES = {
    "the first taken away": (f"DELETE FROM journal_event WHERE {OF_GIFT} AND seq = 1", (GIFT, 1)),
    "one taken away": (f"DELETE FROM journal_event WHERE {OF_GIFT} AND seq = 2", (GIFT, 2)),
    "the tail cut": (f"DELETE FROM journal_event WHERE {OF_GIFT} AND seq > 1", (GIFT, 1)),
    "all cut": (f"DELETE FROM journal_event WHERE {OF_GIFT}", (GIFT, 0)),
    "a head taken away": (f"DELETE FROM journal_head WHERE {OF_GIFT}", (GIFT, 3)),
    "two renumbered": (
        f"UPDATE journal_event SET id = 108 - id WHERE {OF_GIFT} AND seq > 1",
        (GIFT, 3),
    ),
    "two in another order": (
        f"UPDATE journal_event SET seq = seq + 10 WHERE {OF_GIFT} AND seq > 1;"
        f"UPDATE journal_event SET seq = 15 - seq WHERE {OF_GIFT} AND seq > 10",
        (GIFT, 2),
    ),
    "swapped between subjects": (
        f"UPDATE journal_event SET subject_type = 'x' WHERE {OF_GIFT} AND seq = 2;"
        "UPDATE journal_event SET subject_type = 'gift' WHERE subject_type = 'person' AND seq = 2;"
        "UPDATE journal_event SET subject_type = 'person' WHERE subject_type = 'x'",
        (GIFT, 2),
    ),
    "moved to the end of another": (
        f"UPDATE journal_event SET subject_type = 'person' WHERE {OF_GIFT} AND seq = 3",
        (PERSON, 3),
    ),
    "one inserted": (
        "INSERT INTO journal_event SELECT 99, subject_type, subject_id, 4, at, user_id, "
        "acting_role, on_behalf, action, detail, written, hash, hash FROM journal_event "
        f"WHERE {OF_GIFT} AND seq = 3",
        (GIFT, 4),
    ),
}


@pytest.mark.parametrize(("script", "named"), JOURNAL_CASES.values(), ids=JOURNAL_CASES.keys())
def test_a_journal_worked_over_is_found_at_its_first_wrong_event(
    raw: Session, script: str, named: tuple[Subject, int]
) -> None:
    for statement in script.split(";"):
        raw.execute(text(statement))

    found = verify_store(raw)

    faults = [finding for finding in found if "seq" in finding.sentence.values]
    assert named in events_told(found)
    assert [finding.subject for finding in faults].count(named[0]) == 1


def test_a_chain_taken_away_with_its_head_is_found_by_the_rows_it_wrote(raw: Session) -> None:
    for table in ("journal_event", "journal_head"):
        raw.execute(text(f"DELETE FROM {table} WHERE {OF_GIFT}"))

    found = verify_store(raw)

    assert {(finding.code, finding.sentence.values["table"]) for finding in found} == {
        ("row_added", table.name) for table in TABLES
    }


def test_a_chain_taken_away_that_only_changed_a_row_is_found_by_that_row(store: Store) -> None:
    """The row is then otherwise than the event before, in another chain, left it."""
    with unit_of_work(store) as session:
        session.add(User(username="lin", display_name="林秘书", active=True, created_at=NOW))
        record(session, Subject("user", 1), "made", actor=None, now=NOW)
    with unit_of_work(store) as session:
        session.get_one(User, 1).display_name = "周审核"
        record(session, PERSON, "renamed", actor=None, now=NOW)
    with reading(store) as session:
        assert verify_store(session) == ()
        databases.unguard_journal(session.connection())
        for table in ("journal_event", "journal_head"):
            session.execute(text(f"DELETE FROM {table} WHERE subject_type = 'person'"))

        (finding,) = verify_store(session)

    assert told(finding) == ("row_changed", "user_account", "1", "display_name")


def test_a_stage_that_is_not_where_its_last_move_led_is_found(full_store: Store) -> None:
    """Even if the journal agrees: this is how a fault of our own would show."""
    with reading(full_store) as session:
        gift, change = session.get_one(Gift, 1), session.get_one(StageChange, 1)
        assert verify_store(session) == ()
        session.execute(
            text("UPDATE stage_change SET subject_type = 'gift', to_stage = 'elsewhere'")
        )
        codes = [finding.code for finding in verify_store(session)]
        assert codes == ["row_changed", "stage_differs"]
        session.execute(text("UPDATE stage_change SET to_stage = :s"), {"s": gift.stage})

        assert [finding.code for finding in verify_store(session)] == ["row_changed"]
        assert change.id == 1


def test_five_thousand_rows_are_verified_in_seconds(store: Store) -> None:
    for start in range(0, 5_000, 1_000):
        with unit_of_work(store) as session:
            session.add_all(
                User(username=f"u{no}", display_name="林秘书", active=True, created_at=NOW)
                for no in range(start, start + 1_000)
            )
            record(session, Subject("user", start + 1), "made", actor=None, now=NOW)

    with reading(store) as session:
        begun = time.perf_counter()
        assert verify_store(session) == ()
        assert time.perf_counter() - begun < 5
