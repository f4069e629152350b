"""Writes many rows of a table at once, within a unit of work, so that they verify as any others.

The rows pass the session by and go to the driver together; their digests stand in events of their
own, some thousands in each. The short digests that tell a row's columns apart are left out there:
of such a row, changed behind donflow's back, `verify` says that it was and not in which column,
until an act writes the row again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Table,
    any_,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.store.base import Base, Json, canonical
from donflow.store.derived import note_rows
from donflow.store.digests import row_digests
from donflow.store.journal import Subject, record_rows

ROWS_AN_EVENT = 5_000
"""Beyond it a chunk's digests would make one very long line of the journal."""

Values = Mapping[str, object]
"""A row by column name, as the mapped class would have it; a column left out is NULL."""


@dataclass(frozen=True)
class Said:
    """About what, by whom and when the journal says that the rows were written."""

    subject: Subject
    actor: Actor | None
    now: datetime


def new_ids(session: Session, model: type[Base], count: int) -> list[int]:
    """Numbers for that many new rows, rising; nobody else is given them.

    On SQLite one unit writes at a time; on PostgreSQL the table's own sequence gives them.
    """
    table = _table(model)
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.max(table.c.id))).scalar_one() or 0
        return list(range(last + 1, last + 1 + count))
    query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)")
    return sorted(session.scalars(query, {"name": table.name, "n": count}))


def among(session: Session, column: Any, values: Collection[object]) -> ColumnElement[bool]:
    """That a column has one of these values, of which there may be very many: one parameter."""
    if session.get_bind().dialect.name == "sqlite":
        told = func.json_each(json.dumps(list(values), ensure_ascii=False)).table_valued("value")
        found: ColumnElement[bool] = column.in_(select(told.c.value))
        return found
    return column == any_(literal(list(values), ARRAY(column.type)))  # type: ignore[no-any-return]


def write_rows(session: Session, model: type[Base], rows: Sequence[Values], said: Said) -> None:
    """Insert the rows in this unit of work, with their digests. Their ids are given.

    Like every write it needs an event of the unit that says what was done. Defaults of the mapped
    class are not applied: a row says all its values, and the database refuses what is lacking.
    """
    session.flush()
    table = _table(model)
    given = set[str]().union(*rows)
    columns = [column for column in table.columns if column.name in given]
    insert = _inserter(session.connection(), table, columns)
    for start in range(0, len(rows), ROWS_AN_EVENT):
        chunk = rows[start : start + ROWS_AN_EVENT]
        values = {column.name: [row.get(column.name) for row in chunk] for column in columns}
        said_in_json = {
            column.name: [None if each is None else canonical(each) for each in values[column.name]]
            for column in columns
            if isinstance(column.type, Json)
        }
        insert({**values, **said_in_json})
        ready = {name: [each or "" for each in texts] for name, texts in said_in_json.items()}
        plain = {name: each for name, each in values.items() if name not in ready}
        written = zip(values["id"], row_digests(table.name, plain, ready), strict=True)
        record_rows(
            session,
            said.subject,
            "rows_written",
            actor=said.actor,
            now=said.now,
            written={f"{table.name}:{number}": digest for number, digest in written},
        )
    note_rows(session, model, rows)


def _inserter(
    connection: Connection, table: Table, columns: Sequence[Column[Any]]
) -> Callable[[Mapping[str, Sequence[Any]]], None]:
    """What hands rows to the driver, given by columns: together on SQLite, by COPY on PostgreSQL.

    What is kept as JSON is text already.
    """
    dialect = connection.dialect
    processors = {
        column.name: process
        for column in columns
        if not isinstance(column.type, Json)
        and (process := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    quote = dialect.identifier_preparer.quote
    named = ", ".join(quote(column.name) for column in columns)

    def stored(values: Mapping[str, Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        bound = (
            _each(processors[column.name], values[column.name])
            if column.name in processors
            else values[column.name]
            for column in columns
        )
        return zip(*bound, strict=True)

    def together(values: Mapping[str, Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {quote(table.name)} ({named}) VALUES ({marks})"  # noqa: S608 - our own table
        connection.exec_driver_sql(statement, list(stored(values)))

    def copied(values: Mapping[str, Sequence[Any]]) -> None:
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quote(table.name)} ({named}) FROM STDIN") as copy,
        ):
            for row in stored(values):
                copy.write_row(row)

    return together if dialect.name == "sqlite" else copied


def _each(process: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """The values as the driver takes them; a day or a moment that many rows share is told once."""
    if set(map(type, values)) <= {date, datetime, type(None)}:
        return list(map({value: process(value) for value in set(values)}.__getitem__, values))
    return [process(value) for value in values]


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
