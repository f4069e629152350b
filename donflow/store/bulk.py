"""Writes many rows of a table at once, within a unit of work, so that they verify as any others.

The rows pass the session by and go to the driver together; their digests stand in events of their
own, some thousands in each. The short digests that tell a row's columns apart are left out there:
of such a row, changed behind donflow's back, `verify` says that it was and not in which column,
until an act writes the row again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.store.base import Base
from donflow.store.derived import note_rows
from donflow.store.digests import row_digester
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


def write_rows(session: Session, model: type[Base], rows: Sequence[Values], said: Said) -> None:
    """Insert the rows in this unit of work, with their digests. Their ids are given.

    Like every write it needs an event of the unit that says what was done. Defaults of the mapped
    class are not applied: a row says all its values, and the database refuses what is lacking.
    """
    session.flush()
    table = _table(model)
    names = [column.name for column in table.columns]
    digest = row_digester(table.name, names)
    at = names.index("id")
    insert = _inserter(session.connection(), table)
    for chunk in _chunks(rows, ROWS_AN_EVENT):
        values = [[row.get(name) for name in names] for row in chunk]
        insert(values)
        written = {f"{table.name}:{row[at]}": [digest(row), ""] for row in values}
        record_rows(
            session, said.subject, "rows_written", actor=said.actor, now=said.now, written=written
        )
    note_rows(session, model, rows)


def _inserter(connection: Connection, table: Table) -> Callable[[Sequence[list[Any]]], None]:
    """What hands rows to the driver: together on SQLite, by COPY on PostgreSQL."""
    dialect = connection.dialect
    processors = [
        (at, process)
        for at, column in enumerate(table.columns)
        if (process := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.columns)

    def stored(values: list[Any]) -> tuple[Any, ...]:
        bound = list(values)
        for at, process in processors:
            bound[at] = process(bound[at])
        return tuple(bound)

    def together(rows: Sequence[list[Any]]) -> None:
        marks = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - our own table
        connection.exec_driver_sql(statement, [stored(row) for row in rows])

    def copied(rows: Sequence[list[Any]]) -> None:
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(stored(row))

    return together if dialect.name == "sqlite" else copied


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _chunks(rows: Sequence[Values], size: int) -> Iterator[list[Values]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk
