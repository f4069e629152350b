"""All rows of a database as lines of JSON, and back into an empty one, of either kind.

A table is one text: the first line names its columns, each further line is a row. The tables are
read as the database has them, not as the models do: so an older schema is dumped and loaded too.
There is no SQL in a dump, hence nothing in it that could be run.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Table, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from donflow.errors import N_, DonflowError
from donflow.store.derived import is_derived
from donflow.store.outcome import DatabaseUnreadable
from donflow.store.session import Store, close_store, open_store
from donflow.store.upgrade import upgrade, without_foreign_keys

ROWS_AT_ONCE = 500
VERSION_TABLE = "alembic_version"


class DumpRefused(DonflowError):
    code = "dump_refused"
    message = N_("The rows of table {table} do not fit this donflow.")
    remedy = N_("Take another backup: this one was changed, or made by another program.")


@contextmanager
def snapshot(store: Store, folder: Path) -> Iterator[Connection]:
    """A connection that sees the database as it is at this moment, whatever is written meanwhile.

    SQLite is copied into `folder` by its own backup, so that nobody waits while the rows are read;
    PostgreSQL keeps the moment for one transaction.
    """
    if store.reader.dialect.name != "sqlite":
        with store.reader.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")
        return
    path = folder / "snapshot.db"
    with closing(store.reader.raw_connection()) as source, closing(sqlite3.connect(path)) as target:
        driver: Any = source.driver_connection
        driver.backup(target)
    copied = open_store(f"sqlite:///{path}")
    try:
        with copied.reader.connect() as connection:
            yield connection
    finally:
        close_store(copied)


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they stand in the database; one that others refer to comes before them.

    Derived ones are left out: whoever loads the rows makes those anew.
    """
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not is_derived(name))
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """The lines of a table by primary key; DatabaseUnreadable where a value is none of its type."""
    names = [column.name for column in table.columns]
    yield _line(names)
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    try:
        for row in connection.execute(query):
            yield _line([_encode(value) for value in row])
    except (ValueError, TypeError) as fault:
        raise DatabaseUnreadable(fault=f"{table.name}: {fault}") from fault


def load(store: Store, revision: str, texts: Mapping[str, Iterable[bytes]]) -> dict[str, int]:
    """Fill an empty database, at this revision of the schema, with dumped rows; how many by table.

    The rows come in one transaction. Raises DumpRefused where the dump is not of this schema.
    """
    upgrade(store, revision)
    with (
        store.writer.connect() as connection,
        without_foreign_keys(connection),
        connection.begin(),
    ):
        tables = tables_of(connection)
        for name in texts.keys() ^ {table.name for table in tables}:
            raise DumpRefused(table=name, fault="unknown" if name in texts else "missing")
        with _references_at_the_end(connection, tables):
            counts = {table.name: _fill(connection, table, texts[table.name]) for table in tables}
    return counts


def _fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    driver: Any = connection.dialect.loaded_dbapi
    write = _insert if connection.dialect.name == "sqlite" else _copy
    count = 0
    try:
        rows = _rows(table, lines)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            write(connection, table, some)
            count += len(some)
    except (
        ValueError,
        IntegrityError,
        DataError,
        driver.IntegrityError,
        driver.DataError,
    ) as fault:
        raise DumpRefused(table=table.name, fault=type(fault).__name__) from fault
    except StatementError as fault:
        if isinstance(fault, DBAPIError):
            raise  # a full disk is no fault of the rows
        raise DumpRefused(table=table.name, fault=type(fault).__name__) from fault
    return count


def _rows(table: Table, lines: Iterable[bytes]) -> Iterator[list[object]]:
    """The values of each row in the order of the table's columns."""
    texts = iter(lines)
    names = json.loads(next(texts, b"null"))
    if not isinstance(names, list) or sorted(names) != sorted(table.columns.keys()):
        raise ValueError("columns")
    order = [names.index(column.name) for column in table.columns]
    for line in texts:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(names):
            raise ValueError("row")
        yield [_decode(values[at]) for at in order]


def _insert(connection: Connection, table: Table, rows: Sequence[list[object]]) -> None:
    names = table.columns.keys()
    connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])


def _copy(connection: Connection, table: Table, rows: Sequence[list[object]]) -> None:
    """PostgreSQL takes many rows at once by COPY, several times as quickly as by INSERT."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


@contextmanager
def _references_at_the_end(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Let rows refer to rows that come later; whether all are there is asked at the end."""
    if connection.dialect.name == "sqlite":
        yield
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise DumpRefused(table=str(broken[0]), fault="reference")
        return
    quote = connection.dialect.identifier_preparer.quote
    alter = [
        f"ALTER TABLE {quote(table.name)} ALTER CONSTRAINT {quote(str(key.name))}"
        for table in tables
        for key in table.foreign_key_constraints
    ]
    for statement in alter:
        connection.execute(text(f"{statement} DEFERRABLE INITIALLY DEFERRED"))
    yield
    try:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError as fault:
        raise DumpRefused(table="*", fault="reference") from fault
    for statement in alter:
        connection.execute(text(f"{statement} NOT DEFERRABLE"))
    for table in tables:
        _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters know nothing of the ids that were loaded."""
    key = list(table.primary_key)
    if len(key) != 1:
        return
    counter = func.pg_get_serial_sequence(table.name, key[0].name)
    sequence = connection.scalar(select(counter))
    highest = connection.scalar(select(func.max(key[0])))
    if sequence is not None and highest is not None:
        connection.execute(select(func.setval(sequence, highest)))


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _encode(value: object) -> object:
    """What JSON lacks is told apart by name; json.dumps refuses what is neither."""
    match value:
        case bytes() | memoryview():
            return {"bytes": base64.b64encode(value).decode()}
        case datetime():
            moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return {"moment": moment.isoformat(timespec="microseconds")}
        case date():
            return {"day": value.isoformat()}
        case float():
            raise TypeError("no float is stored")
        case _:
            return value


def _decode(value: object) -> object:
    match value:
        case {"bytes": str(given)}:
            return base64.b64decode(given, validate=True)
        case {"moment": str(given)}:
            return datetime.fromisoformat(given)
        case {"day": str(given)}:
            return date.fromisoformat(given)
        case dict() | list() | float():
            raise ValueError("value")
        case _:
            return value
