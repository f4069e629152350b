"""Digests of rows, so that a value changed behind donflow's back is found and named.

A row's digest is SHA-256 over its table, columns and stored values, without the empty columns: so a
migration may add a column that old rows leave empty. Beside it stands a short digest of each
column, only to name what changed. A table with a `salt` column (people) mixes the
row's salt in: once the row is erased its digests tell nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from json.encoder import encode_basestring

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


def row_digests(
    table: str, columns: Mapping[str, Sequence[object]], ready: Mapping[str, Sequence[str]]
) -> list[str]:
    """`row_digest` of many rows of one table, given by columns; `ready` are JSON texts already.

    Column by column is several times quicker than row by row: what many rows share is told once.
    """
    count = len(next(iter((*columns.values(), *ready.values())), ()))
    told = {name: _texts(values) for name, values in columns.items()} | dict(ready)
    if SALT in columns:
        salts = [_encoded(str(salt or "")) for salt in columns[SALT]]
    else:
        salts = ['""'] * count
    head = f'["donflow-row/1",{_encoded(table)},'
    named = [_named(name, texts) for name, texts in sorted(told.items())]
    normal, sha256 = unicodedata.normalize, hashlib.sha256
    return [
        sha256(
            normal("NFC", f"{head}{salt},{{{','.join(filter(None, parts))}}}]").encode()
        ).hexdigest()
        for salt, parts in zip(salts, zip(*named, strict=True), strict=True)
    ]


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


def _texts(values: Sequence[object]) -> list[str]:
    """The JSON of each value of a column as `canonical` writes it; "" where there is none."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)} or kinds <= {date, type(None)} or kinds <= {datetime, type(None)}:
        distinct = set(values)
        if len(distinct) * 2 < len(values):
            texts = {value: _encoded(value) for value in distinct}
            return list(map(texts.__getitem__, values))
    return list(map(_encoded, values))


def _named(name: str, texts: Sequence[str]) -> list[str]:
    key = f"{_encoded(name)}:"
    return [key + text if text else "" for text in texts]


def _encoded(value: object) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)  # type: ignore[arg-type]
    if kind is int:
        return repr(value)
    if kind is bytes:
        return f'{{"bytes":"{value.hex()}"}}'  # type: ignore[attr-defined]
    return "" if value is None else canonical(_plain(value))


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
