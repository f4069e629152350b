"""What is dumped from one kind of database loads into either, to the letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from donflow.accounts.users import add_user
from donflow.store.dump import DumpRefused, dump, load, snapshot, tables_of
from donflow.store.journal import record
from donflow.store.outcome import DatabaseUnreadable
from donflow.store.session import (
    Store,
    close_store,
    open_store,
    reading,
    unit_of_work,
)
from donflow.store.upgrade import HEAD
from donflow.store.verify import verify_store
from tests import databases
from tests.store.one_of_each import GIFT

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
Texts = dict[str, list[bytes]]


@pytest.fixture
def filled(full_database: str, tmp_path: Path) -> Iterator[Store]:
    """A database of one's own with a row in every table."""
    url = databases.copy_database(full_database, tmp_path)
    store = open_store(url)
    yield store
    close_store(store)
    databases.drop_database(url)


@pytest.fixture(params=databases.BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database of either kind, whatever the dump comes from."""
    folder = tmp_path / "empty"
    folder.mkdir()
    url = databases.new_database(request.param, folder)
    store = open_store(url)
    yield store
    close_store(store)
    databases.drop_database(url)


def taken(store: Store, folder: Path) -> Texts:
    folder.mkdir()
    with snapshot(store, folder) as connection:
        return {table.name: list(dump(connection, table)) for table in tables_of(connection)}


def test_every_row_comes_back_to_the_letter(filled: Store, empty: Store, tmp_path: Path) -> None:
    texts = taken(filled, tmp_path / "first")

    counts = load(empty, HEAD, texts)

    assert counts == {name: len(lines) - 1 for name, lines in texts.items()}
    assert taken(empty, tmp_path / "second") == texts
    with reading(empty) as session:
        assert verify_store(session) == ()


def test_a_loaded_database_goes_on_counting(filled: Store, empty: Store, tmp_path: Path) -> None:
    load(empty, HEAD, taken(filled, tmp_path / "first"))

    with unit_of_work(empty) as session:
        user = add_user(session, "newly", "新来的", actor=None, now=NOW)
        assert user.id == 2
    with reading(empty) as session:
        assert verify_store(session) == ()


def test_what_is_written_meanwhile_is_not_in_the_snapshot(filled: Store, tmp_path: Path) -> None:
    with snapshot(filled, tmp_path) as connection:
        events = next(table for table in tables_of(connection) if table.name == "journal_event")
        before = connection.execute(events.select()).all()
        with unit_of_work(filled) as session:
            record(session, GIFT, "looked_at", actor=None, now=NOW)

        assert len(list(dump(connection, events))) == len(before) + 1


@databases.only_sqlite("PostgreSQL keeps no text where a moment belongs")
def test_a_value_that_is_none_of_its_type_is_told(filled: Store, tmp_path: Path) -> None:
    with filled.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE user_account SET created_at = 'yesterday'")

    with pytest.raises(DatabaseUnreadable, match="user_account"):
        taken(filled, tmp_path / "first")


def test_rows_that_lack_what_they_refer_to_are_refused(
    filled: Store, empty: Store, tmp_path: Path
) -> None:
    texts = taken(filled, tmp_path / "first")
    del texts["blob"][1:]

    with pytest.raises(DumpRefused):
        load(empty, HEAD, texts)

    assert {len(lines) for lines in taken(empty, tmp_path / "second").values()} == {1}


def test_a_text_too_long_for_its_column_is_refused_or_kept_but_never_cut(
    filled: Store, empty: Store, tmp_path: Path
) -> None:
    texts = taken(filled, tmp_path / "first")
    names, row = (json.loads(line) for line in texts["user_account"])
    row[names.index("username")] = "x" * 500
    texts["user_account"][1] = json.dumps(row).encode()

    if empty.writer.dialect.name == "postgresql":
        with pytest.raises(DumpRefused):
            load(empty, HEAD, texts)
    else:
        load(empty, HEAD, texts)
        assert b"x" * 500 in taken(empty, tmp_path / "second")["user_account"][1]
