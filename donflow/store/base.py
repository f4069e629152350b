"""What every table shares: naming of constraints, and the column types that SQLite lacks."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from donflow.store.derived import Derived

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True)
class Unseen:
    """Rows that move too often for the journal: those whose column has one of these values.

    They are written past the session, and `verify` does not compare them. As soon as the column
    has another value an event must know the row just as it stands.
    """

    column: str
    values: frozenset[str | None]


class Base(DeclarativeBase):
    """The root of all tables; every row written through it is digested into the journal."""

    metadata = MetaData(naming_convention=NAMES)

    derived: ClassVar[Derived | None] = None
    """What is made of its rows, and follows them (`store.derived`)."""

    unseen: ClassVar[Unseen | None] = None
    """Which of its rows move without the journal."""


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused, since its day would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Codes, ids and lists of them as canonical JSON text: the same value is the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else json.loads(value)


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no blanks, NFC, no floats."""
    return unicodedata.normalize("NFC", _ENCODER.encode(_without_floats(value)))


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _without_floats(value: object) -> object:
    if type(value) in _AS_THEY_ARE:  # nearly all; every act asks this for each column it wrote
        return value
    if isinstance(value, float):
        raise TypeError("no float is stored: money is whole minor units, rates are decimal text")
    if isinstance(value, dict):
        return {str(key): _without_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [item if type(item) in _AS_THEY_ARE else _without_floats(item) for item in value]
    return value


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
