"""The migrations make exactly the tables that the models describe, a step wholly or not at all."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

import donflow
from donflow.store.base import Base
from donflow.store.derived import PREFIX
from donflow.store.journal import record
from donflow.store.session import Store, close_store, open_store, reading, unit_of_work
from donflow.store.upgrade import (
    HEAD,
    MIGRATIONS,
    REVISIONS,
    NewerSchema,
    OldSchema,
    check_schema,
    schema_revision,
    upgrade,
)
from donflow.store.verify import verify_store
from tests import databases
from tests.databases import only_sqlite
from tests.store.one_of_each import GIFT, NOW, add_one_of_each
from tools.new_migration import include_name


class StopAt:
    """Stops the program before a statement: the one that begins so, or the one of this number."""

    def __init__(self, beginning: str = "", number: int = 1) -> None:
        self.beginning = beginning
        self.number = number

    def __call__(
        self, _connection: object, _cursor: object, statement: str, *_rest: object
    ) -> None:
        self.number -= statement.strip().startswith(self.beginning)
        if self.number == 0:
            raise KeyboardInterrupt


@pytest.fixture
def nothing(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = databases.new_database(backend, tmp_path_factory.mktemp("new"))
    store = open_store(url)
    yield store
    close_store(store)
    databases.drop_database(url)


def set_revision(store: Store, revision: str) -> None:
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


def revision_of(store: Store) -> str | None:
    with reading(store) as session:
        return schema_revision(session)


def tables(store: Store) -> dict[str, list[str]]:
    """The statements that make each table and index, their lines in order of the alphabet."""
    with reading(store) as session:
        if session.get_bind().dialect.name == "sqlite":
            query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
        else:
            query = IN_POSTGRESQL
        return {
            name: sorted(line.strip(" ,\t") for line in sql.splitlines())
            for name, sql in session.execute(text(query))
            if sql and not name.startswith("alembic_version")
        }


IN_POSTGRESQL = """
    SELECT table_name, string_agg(concat_ws(' ', column_name, data_type,
        character_maximum_length, is_nullable, column_default), E'\n')
        FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name
    UNION SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
    UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


def test_the_migrations_are_those_written_down() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert [step.revision for step in script.walk_revisions()] == [*reversed(REVISIONS)]
    assert script.get_heads() == [HEAD]


def test_there_is_no_way_back() -> None:
    script = ScriptDirectory(str(MIGRATIONS))

    assert not [s.revision for s in script.walk_revisions() if hasattr(s.module, "downgrade")]


def test_the_migrated_schema_is_the_models(store: Store) -> None:
    with store.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": include_name})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_tables_are_those_of_the_models_to_the_letter(
    store: Store, nothing: Store
) -> None:
    """Also what alembic does not compare: checks, keys and the order of columns in them."""
    Base.metadata.create_all(nothing.writer)

    made = {name: said for name, said in tables(store).items() if PREFIX not in name}
    assert made == tables(nothing)


def test_a_table_that_differs_would_be_seen(store: Store) -> None:
    with store.writer.begin() as connection:
        connection.execute(text("ALTER TABLE gift RENAME COLUMN purpose TO aim"))
    with store.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": include_name})
        differences = compare_metadata(context, Base.metadata)

    assert {difference[0] for difference in differences} == {"add_column", "remove_column"}


def test_every_table_declared_in_the_package_is_loaded() -> None:
    files = Path(donflow.__file__).parent.rglob("*.py")
    declared = re.compile(r"^    __tablename__ = \"(\w+)\"", re.MULTILINE)
    names = {name for file in files for name in declared.findall(file.read_text("utf-8"))}

    assert names == set(Base.metadata.tables)


def test_an_empty_database_gets_the_newest_schema(nothing: Store) -> None:
    assert revision_of(nothing) is None

    assert upgrade(nothing) == (None, HEAD)

    assert revision_of(nothing) == HEAD
    with unit_of_work(nothing) as session:
        add_one_of_each(session)
    with reading(nothing) as session:
        check_schema(session)
        assert verify_store(session) == ()


def test_a_second_upgrade_does_nothing(store: Store) -> None:
    before = tables(store)

    assert upgrade(store) == (HEAD, HEAD)
    assert tables(store) == before


@only_sqlite("PostgreSQL never leaves them out")
def test_foreign_keys_hold_again_after_an_upgrade(nothing: Store) -> None:
    upgrade(nothing)

    with nothing.writer.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


@only_sqlite("PostgreSQL never leaves them out")
def test_a_step_that_leaves_a_broken_reference_is_not_committed(nothing: Store) -> None:
    stop_after_first = StopAt("CREATE TABLE gift ")
    event.listen(nothing.writer, "before_cursor_execute", stop_after_first)
    with pytest.raises(KeyboardInterrupt):
        upgrade(nothing)
    event.remove(nothing.writer, "before_cursor_execute", stop_after_first)
    with nothing.writer.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO assignment VALUES (1, 9, 'finance', NULL, '2026-01-01', NULL)")
        connection.invalidate()

    with pytest.raises(AssertionError, match="breaks references"):
        upgrade(nothing)

    assert revision_of(nothing) == REVISIONS[0]


@pytest.mark.parametrize("number", range(1, 100, 9))
def test_an_upgrade_stopped_anywhere_leaves_one_of_the_schemas(
    nothing: Store, store: Store, number: int
) -> None:
    stop = StopAt(number=number)
    event.listen(nothing.writer, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        upgrade(nothing)
    event.remove(nothing.writer, "before_cursor_execute", stop)

    revision, made = revision_of(nothing), tables(nothing)
    assert revision in (None, *REVISIONS[:-1])
    assert bool(made) == (revision is not None)
    assert made.items() <= tables(store).items()
    assert upgrade(nothing) == (revision, HEAD)
    assert tables(nothing) == tables(store)


@pytest.mark.parametrize("revision", [None, *REVISIONS[:-1]])
def test_an_older_schema_is_refused(nothing: Store, store: Store, revision: str | None) -> None:
    if revision:
        set_revision(store, revision)

    with pytest.raises(OldSchema), reading(store if revision else nothing) as session:
        check_schema(session)


def test_a_newer_schema_is_refused_and_not_touched(store: Store) -> None:
    set_revision(store, "9999")

    with pytest.raises(NewerSchema) as refused, reading(store) as session:
        check_schema(session)
    with pytest.raises(NewerSchema):
        upgrade(store)

    assert refused.value.values == {"revision": "9999"}
    assert revision_of(store) == "9999"


def test_asking_for_the_schema_does_not_load_alembic() -> None:
    code = "import sys, donflow.store.upgrade; sys.exit('alembic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_journal_of_a_migrated_database_only_grows(store: Store) -> None:
    with unit_of_work(store) as session:
        record(session, GIFT, "one", actor=None, now=NOW)

    for act in (
        "UPDATE journal_event SET seq = 2",
        "DELETE FROM journal_event",
        "DELETE FROM journal_head",
    ):
        with pytest.raises(IntegrityError, match="only grows"), reading(store) as session:
            session.execute(text(act))
