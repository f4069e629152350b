"""One row in every table, made from the columns' types, journalled in one event of gift 1."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary
from sqlalchemy.orm import Session

from donflow.bootstrap import import_tables
from donflow.store.base import Base, Instant, Json
from donflow.store.journal import JOURNAL_TABLES, Subject, record

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
GIFT, PERSON = Subject("gift", 1), Subject("person", 1)

import_tables()


def add_one_of_each(session: Session) -> dict[str, Base]:
    """Add the rows and their event; by table name."""
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    rows: dict[str, Base] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in JOURNAL_TABLES:
            continue
        values = {column.name: value_of(column, rows) for column in table.columns}
        rows[table.name] = models[table.name](**values)
        session.add(rows[table.name])
        session.flush()
    record(session, GIFT, "all_made", actor=None, now=NOW)
    return rows


def value_of(column: Column[object], rows: dict[str, Base]) -> object:
    """A value that the column takes; a foreign key is the row made before, None for its own."""
    for key in column.foreign_keys:
        target = rows.get(key.column.table.name)
        return getattr(target, key.column.name) if target else None
    match column.type:
        case Instant():
            return NOW
        case Json():
            return {"role": "donor", "list": ["梁启舟", 2]}
        case Boolean():
            return True
        case Date():
            return date(2026, 11, 21)
        case LargeBinary():
            return b"\x00\xff"
        case Integer():
            return 1
        case _:
            return column.name[: getattr(column.type, "length", None) or 40]


def another_value(column: Column[object]) -> object:
    """Another value than `value_of` gave, as it may be sent past donflow to either database."""
    match column.type:
        case Instant():
            return "2026-11-21 02:00:00.000001"
        case Json():
            return '{"role":"reviewer"}'
        case Boolean():
            return False
        case Date():
            return "2026-11-22"
        case LargeBinary():
            return b"\x00\xfe"
        case Integer():
            return 2
        case _:
            return "另一个"
