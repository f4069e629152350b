"""The statements that ask the index of pieces, in the words of either database.

Written as text and handed to the driver as they are: a search takes a fraction of a millisecond,
and building a statement of objects would take longer. Numbers stand in the text, words never do.
"""
# ruff: noqa: S608  (what is put into the statements is written here, or a number)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from donflow.roster.search.grams import PARTED, Word

LOOKED_AT, FOR_LONGER = 2_000, 250
"""Lines that PostgreSQL looks at first for a page: one character stands in many of them."""


@dataclass(frozen=True)
class Asked:
    """A part of a statement and its values in their order; a query also says what it gives."""

    sql: str
    values: tuple[Any, ...] = ()
    gives: str = "id"


def by_index(words: Sequence[tuple[Word, bool]], *, server: bool, with_year: bool = False) -> Asked:
    """The ids of those whose pieces hold all words; compared with the lines where need be.

    With each word stands whether it is asked as text, or as a spelling alone. The year is that
    of the newest class.
    """
    compared = [
        stands(word, as_text=as_text, server=server)
        for word, as_text in words
        if (as_text and not word.text_is_exact) or (word.spelled and not word.spelling_is_exact)
    ]
    pieces = [
        [list(word.pieces)] * as_text + ([[word.beginning]] if word.spelled else [])
        for word, as_text in words
    ]
    if server:
        conditions = [Asked(_either("g.grams @> %s" for _ in each), tuple(each)) for each in pieces]
        key = "g.id"
    else:
        conditions = [Asked("derived_search_gram MATCH ?", (_expression(pieces),))]
        key = "g.rowid"
    source = "derived_search_gram AS g"
    if compared or (with_year and not server):
        source += f" JOIN derived_search AS s ON s.id = {key}"
    year = f", {'g' if server else 's'}.year AS year" if with_year else ""
    where = _all([*conditions, *compared])
    return Asked(
        f"SELECT {key} AS id{year} FROM {source} WHERE {where.sql}",
        where.values,
        "id, year" if with_year else "id",
    )


def by_line(words: Iterable[Word], *, first: int) -> Asked:
    """On PostgreSQL, the ids of those of the first so many lines in which all words stand."""
    stand = _all([stands(word, as_text=True, server=True) for word in words])
    lines = f"(SELECT id, line, spelled FROM derived_search ORDER BY id LIMIT {first}) AS s"
    return Asked(f"SELECT id FROM {lines} WHERE {stand.sql}", stand.values)


def stands(word: Word, *, as_text: bool, server: bool) -> Asked:
    """The comparison itself; LIKE would take % and _ for more than they are."""
    column = "strpos({}, %s) > 0" if server else "instr({}, ?) > 0"
    conditions = []
    if as_text:
        conditions.append((column.format("s.line"), word.text))
    if word.spelled:
        conditions.append((column.format("s.spelled"), PARTED + word.spelled))
    return Asked(
        _either(condition for condition, _ in conditions), tuple(value for _, value in conditions)
    )


def united(found: Asked, others: Iterable[int]) -> Asked:
    """Those and the others, as far as they have a line."""
    more = f"SELECT {found.gives} FROM derived_search WHERE id IN ({_numbers(others)})"
    sql = f"SELECT {found.gives} FROM ({found.sql}) AS a UNION {more}"
    return replace(found, sql=sql)


def narrowed(found: Asked, numbers: Iterable[int], *, without: bool) -> Asked:
    """Only those of these numbers, or those without them."""
    within = f"id {'NOT IN' if without else 'IN'} ({_numbers(numbers)})"
    return replace(found, sql=f"SELECT {found.gives} FROM ({found.sql}) AS b WHERE {within}")


def counted(found: Asked) -> Asked:
    return Asked(f"SELECT count(*) FROM ({found.sql}) AS c", found.values)


def page(found: Asked, limit: int | None) -> Asked:
    """The ids by number, or the newest class first where the year is known; the first so many."""
    order = "year DESC NULLS LAST, id" if "year" in found.gives else "id"
    end = f" LIMIT {limit}" if limit else ""
    return Asked(f"SELECT id FROM ({found.sql}) AS c ORDER BY {order}{end}", found.values)


def rows(connection: Connection, asked: Asked) -> Sequence[Any]:
    """What the driver gives for it."""
    return connection.exec_driver_sql(asked.sql, asked.values).all()


def index_only(connection: Connection) -> AbstractContextManager[None]:
    """Have PostgreSQL ask the index of pieces: left alone it reads every row, or walks the key.

    It knows not what it costs to fetch the pieces of a row, which stand apart.
    """
    return _index_only(connection) if is_server(connection) else nullcontext()


def is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


@contextmanager
def _index_only(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql(_SWITCH, ("off", "off"))
    yield
    connection.exec_driver_sql(_SWITCH, ("on", "on"))


_SWITCH: Final = (
    "SELECT set_config('enable_seqscan', %s, true), set_config('enable_indexscan', %s, true)"
)


def _expression(pieces: list[list[list[str]]]) -> str:
    """In the language of SQLite's full-text index; a quotation mark never stands in a piece."""

    def all_of(some: list[str]) -> str:
        return "(" + " AND ".join(f'"{piece}"' for piece in some) + ")"

    return " AND ".join("(" + " OR ".join(map(all_of, either)) + ")" for either in pieces)


def _all(conditions: Sequence[Asked]) -> Asked:
    return Asked(
        " AND ".join(each.sql for each in conditions),
        tuple(value for each in conditions for value in each.values),
    )


def _either(conditions: Iterable[str]) -> str:
    return "(" + " OR ".join(conditions) + ")"


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "NULL"
