"""Reads rows as they stand in the database, even where a value can no longer be understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from donflow.store.base import canonical

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row by column name, as the mapped class would have it; not understood: not in `values`."""

    table: Table
    key: str
    values: dict[str, Any]

    @property
    def understood(self) -> bool:
        return len(self.values) == len(self.table.columns)


def stored_rows(
    session: Session, table: FromClause, *order: str, where: ColumnElement[bool] | None = None
) -> Iterator[StoredRow]:
    """The rows of a table, a few at a time, by the columns `order` or else by the primary key.

    `key` is `table:primary key`, as the journal names the row.
    """
    assert isinstance(table, Table)
    dialect = session.get_bind().dialect
    readers = {
        column.name: column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in table.columns
    }
    primary_key = [column.name for column in table.primary_key]
    query = _query(table, order or tuple(primary_key))
    if where is not None:
        query = query.where(where)
    for row in session.execute(query):
        raw = dict(zip(readers, row, strict=True))
        key = "/".join(printable(raw[name]) for name in primary_key)
        yield StoredRow(table, f"{table.name}:{key}", _understand(readers, raw))


def printable(stored: object) -> str:
    """A stored value in words, with ? for broken bytes."""
    return str(stored).encode(errors="replace").decode()


@contextmanager
def any_text(session: Session) -> Iterator[None]:
    """Let SQLite hand over text of broken bytes, which otherwise ends the whole reading."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.text_factory = lambda stored: stored.decode(errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str


@cache
def _query(table: Table, order: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """All columns, untouched by their types."""
    columns = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    query: Select[*tuple[Any, ...]] = select(*columns)
    query = query.order_by(*(table.columns[name] for name in order))
    return query.execution_options(yield_per=ROWS_AT_ONCE)


def _understand(
    readers: dict[str, Callable[[Any], Any] | None], raw: dict[str, object]
) -> dict[str, object]:
    values = {}
    for name, read in readers.items():
        try:
            value = read(raw[name]) if read else raw[name]
            if isinstance(value, str | float | list | dict):
                canonical(value).encode()
        except (ValueError, TypeError):
            continue
        values[name] = value
    return values
