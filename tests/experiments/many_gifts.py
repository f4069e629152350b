"""Gifts by the thousand, each with a row in every table of a gift, and five events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.store.base import Base
from donflow.store.journal import Subject, record
from donflow.store.session import Store, unit_of_work
from tests.store.one_of_each import NOW, value_of

AT_ONCE = 200
ELSEWHERE = ("user_account", "blob", "constituent")
"""Tables of which one row, there before, serves all gifts."""


def add_gifts(store: Store, wanted: int) -> None:
    """Add so many gifts to an office that has a user, a donor and a stored file."""
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    for start in range(0, wanted, AT_ONCE):
        with unit_of_work(store) as session:
            there = {name: session.scalars(select(models[name])).first() for name in ELSEWHERE}
            for serial in range(start + 1, min(start + AT_ONCE, wanted) + 1):
                _add_gift(session, models, dict(there), serial)


def _add_gift(session: Session, models: dict[str, Any], rows: dict[str, Any], serial: int) -> None:
    for table in Base.metadata.sorted_tables:
        if table.name != "gift" and "gift_id" not in table.columns:
            continue
        values = {
            column.name: value_of(column, rows) for column in table.columns if column.name != "id"
        }
        for column in table.columns:
            value = values.get(column.name)
            if isinstance(value, str) and not column.foreign_keys:
                length = getattr(column.type, "length", None) or 40
                values[column.name] = f"{serial} {value}"[:length]  # some must be unique
        if table.name == "gift":
            values |= {"year": 2025, "serial": serial}
        if table.name == "seal_use":
            values |= {"no": serial}
        rows[table.name] = models[table.name](**values)
        session.add(rows[table.name])
        session.flush()
    gift = Subject("gift", rows["gift"].id)
    for action in ("made", "moved", "moved", "filed", "closed"):
        record(session, gift, action, actor=None, now=NOW)
