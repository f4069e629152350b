"""Digests of rows, so that a value changed behind donflow's back is found and named.

A row's digest is SHA-256 over its table, columns and stored values, without the empty columns: so a
migration may add a column that old rows leave empty. Beside it stands a short digest of each
column, only to name what changed. A table with a `salt` column (people) mixes the
row's salt in: once the row is erased its digests tell nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import inspect

from donflow.store.base import Base, canonical

SALT = "salt"


def row_key(instance: Base) -> str:
    """`table:primary key`, the name of a row in the journal."""
    mapper = inspect(type(instance))
    key = mapper.primary_key_from_instance(instance)
    return f"{mapper.local_table.name}:{'/'.join(str(part) for part in key)}"  # type: ignore[attr-defined]


def row_values(instance: Base) -> dict[str, object]:
    """The column values of an instance after a flush."""
    mapper = inspect(type(instance))
    return {
        column.name: getattr(instance, mapper.get_property_by_column(column).key)
        for column in mapper.columns
    }


def digest(table: str, values: Mapping[str, object]) -> list[str]:
    """`[digest of the row, "column=short digest …"]` of the values, by column name."""
    plain = dict(sorted(_plain_values(values).items()))
    salt = _salt(plain)
    parts = (f"{name}={_short(salt, name, value)}" for name, value in plain.items())
    return [row_digest(table, values), " ".join(parts)]


def row_digest(table: str, values: Mapping[str, object]) -> str:
    """The digest of the row alone, in half the time."""
    plain = _plain_values(values)
    said = canonical(["donflow-row/1", table, _salt(plain), plain])
    return hashlib.sha256(said.encode()).hexdigest()


def changed_columns(recorded: str, current: str) -> tuple[str, ...]:
    """The columns whose short digests differ; all of them where the salt differs."""
    before, after = (
        dict(part.partition("=")[::2] for part in text.split()) for text in (recorded, current)
    )
    return tuple(sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n)))


def _salt(plain: Mapping[str, object]) -> str:
    return str(plain.get(SALT) or "")


def _short(salt: str, name: str, value: object) -> str:
    return hashlib.sha256(canonical([salt, name, value]).encode()).hexdigest()[:12]


def _plain_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: object) -> object:
    match value:
        case bytes():
            return {"bytes": value.hex()}  # else a text of the same digits would pass for it
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case _:
            return value
