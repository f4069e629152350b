"""A spreadsheet of a hundred thousand people: reading it, storing it, finding who stands twice."""

from __future__ import annotations

import importlib.util
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from python_calamine import load_workbook

from benchmarks.durable_postgresql import durable_postgresql
from benchmarks.generated_people import HEADERS, write_people
from benchmarks.measuring import Figure, in_turn, missing
from donflow.bootstrap import import_tables
from donflow.roster.course import Origins
from donflow.roster.folding import Held, fold, ways_of
from donflow.roster.importing import blinder
from donflow.roster.known import row_portrait
from donflow.roster.matching import match
from donflow.roster.models import Source
from donflow.roster.reading.rows import Column, Row
from donflow.roster.storing import add_people
from donflow.sheets.reading import read_book
from donflow.store import bulk
from donflow.store.base import Base
from donflow.store.bulk import Said
from donflow.store.journal import Subject, record
from donflow.store.keys import create_keys
from donflow.store.session import Store, close_store, open_store, unit_of_work
from donflow.store.upgrade import upgrade
from tests import databases

PEOPLE = 100_000
STORED = 5_000
"""So many are stored in a round: what is compared is in proportion."""
ROUNDS = 3
NOW = datetime(2026, 9, 21, 4, tzinfo=UTC)
COLUMNS = (
    Column.NAME,
    Column.GENDER,
    Column.BIRTH,
    Column.STUDENT_NO,
    Column.ENROL_YEAR,
    Column.GRAD_YEAR,
    Column.DEGREE,
    Column.MAJOR,
    Column.CLASS_NO,
    Column.EMPLOYER,
    Column.JOB_TITLE,
    Column.CITY,
    Column.PHONE,
    Column.EMAIL,
)


def measure(folder: Path) -> list[Figure]:
    import_tables()
    path = folder / "名册.xlsx"
    told = write_people(path, PEOPLE)
    rows = [_row(number, said) for number, said in enumerate(told, start=2)]
    figures = [*_reading(path.read_bytes()), _duplicates(rows)]
    figures += _storing("sqlite", folder, rows[:STORED])
    with durable_postgresql() as there:
        if there:
            figures += _storing("postgresql", folder, rows[:STORED])
    return figures


def _reading(data: bytes) -> Iterator[Figure]:
    def ours() -> None:
        for sheet in read_book(data, "名册.xlsx").sheets:
            for _row in sheet.rows():
                pass

    def calamine() -> None:
        book = load_workbook(BytesIO(data))
        for title in book.sheet_names:
            for _row in book.get_sheet_by_name(title).iter_rows():
                pass

    work: dict[str, Callable[[], object]] = {"ours": ours, "calamine": calamine}
    what = f"reading {PEOPLE:,} rows of {len(HEADERS)} columns"
    if importlib.util.find_spec("openpyxl") is not None:
        work["openpyxl"] = lambda: _openpyxl(data)
    rounds = in_turn(work, rounds=ROUNDS)
    ratio = rounds.ratio("ours", "calamine")
    found = f"{ratio:.2f} ({rounds.ms('ours')} : {rounds.ms('calamine')})"
    yield Figure(f"{what} : calamine's iter_rows", "≤ 1.3", found, ratio <= 1.3)
    if "openpyxl" in work:
        times = rounds.ratio("openpyxl", "ours")
        yield Figure(f"{what}: openpyxl : ours", "≥ 8", f"{times:.1f}", times >= 8)
    else:
        yield missing("openpyxl", f"{what}: openpyxl : ours", "≥ 8")


def _openpyxl(data: bytes) -> None:
    openpyxl = importlib.import_module("openpyxl")
    for sheet in openpyxl.load_workbook(BytesIO(data), read_only=True):
        for _row in sheet.iter_rows(values_only=True):
            pass


def _duplicates(rows: Sequence[Row]) -> Figure:
    portraits = [row_portrait(row) for row in rows]
    tuples = [tuple(row.values.get(column, "") for column in COLUMNS) for row in rows]

    def hashed() -> int:
        """The same row twice, and nothing else: what a spreadsheet's own tool finds."""
        seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, one in enumerate(tuples):
            seen[one].append(place)
        return sum(len(places) > 1 for places in seen.values())

    rounds = in_turn({"ours": lambda: match(portraits), "hash": hashed}, rounds=ROUNDS)
    ratio = rounds.ratio("ours", "hash")
    return Figure(
        f"who stands twice among {PEOPLE:,} rows : a hash of whole rows",
        "≤ 3",
        f"{ratio:.0f} ({rounds.ms('ours')} : {rounds.ms('hash')})",
        ratio <= 3,
    )


@dataclass(frozen=True)
class Written:
    """The rows that one import handed to the database, by table, as the driver is given them."""

    tables: list[tuple[str, list[str], list[tuple[Any, ...]]]]


def _storing(backend: str, folder: Path, rows: Sequence[Row]) -> Iterator[Figure]:
    """The import's own writing beside the driver's, given the very same rows at once."""
    keys = create_keys(folder / f"{backend}.keys")
    blind = blinder(keys)
    origins = Origins("f1" * 32, "", Source.ROSTER, date(2026, 6, 30))
    said = Said(Subject("roster_import", 1), None, NOW)

    def folded() -> list[Held]:
        people = []
        for row in rows:
            held = Held(row.values[Column.NAME])
            fold(held, row, [(*way, blind(*way)) for way in ways_of(row)], origins.of(row))
            people.append(held)
        return people

    plain, bulk_only, whole, raw = [], [], [], []
    for number in range(ROUNDS + 1):
        place = folder / f"{backend}-{number}"
        place.mkdir()
        people = folded()
        with _opened(backend, place) as (store, _url), _watched() as handed:
            started = time.perf_counter()
            with unit_of_work(store) as session:
                add_people(session, keys, people, said)
                record(session, said.subject, "sheet_imported", actor=None, now=NOW)
            all_of_it = time.perf_counter() - started
        in_bulk = _in_bulk(backend, place / "bulk", handed, said)
        with patch.object(bulk, "note_rows", lambda *_given: None):
            unsearched = _in_bulk(backend, place / "plain", handed, said)
        with _opened(backend, place / "raw") as (store, url):
            ready = _as_the_driver_has_them(store, handed)
            close_store(store)
            least = _raw_sqlite(url, ready) if backend == "sqlite" else _raw_psycopg(url, ready)
        if number:
            whole.append(all_of_it / least)
            bulk_only.append(in_bulk / least)
            plain.append(unsearched / least)
            raw.append(least)
    count = sum(len(given) for _model, given in handed)
    title = f"storing {STORED:,} people ({count:,} rows), {backend}"
    ratio, seconds = median(plain), median(raw)
    yield Figure(
        f"{title}, with digests and journal : executemany of the same rows",
        "≤ 1.5",
        f"{ratio:.1f} (the driver alone {seconds:.2f} s)",
        ratio <= 1.5,
    )
    more = {"and the lines for searching": bulk_only, "and keys and encryption": whole}
    for what, found in more.items():
        yield Figure(f"… {what}", "–", f"{median(found):.1f}", None)


def _in_bulk(
    backend: str,
    folder: Path,
    handed: Sequence[tuple[type[Base], Sequence[bulk.Values]]],
    said: Said,
) -> float:
    """Seconds that a unit of work takes which writes these rows."""
    with _opened(backend, folder) as (store, _url):
        started = time.perf_counter()
        with unit_of_work(store) as session:
            for model, given in handed:
                bulk.write_rows(session, model, given, said)
            record(session, said.subject, "sheet_imported", actor=None, now=NOW)
        return time.perf_counter() - started


@contextmanager
def _opened(backend: str, folder: Path) -> Iterator[tuple[Store, str]]:
    """An empty database with donflow's tables."""
    folder.mkdir(exist_ok=True)
    url = databases.new_database(backend, folder)
    store = open_store(url)
    upgrade(store)
    try:
        yield store, url
    finally:
        close_store(store)
        databases.drop_database(url)


@contextmanager
def _watched() -> Iterator[list[tuple[type[Base], list[bulk.Values]]]]:
    """What is handed to `write_rows` meanwhile."""
    from donflow.roster import storing

    handed: list[tuple[type[Base], list[bulk.Values]]] = []
    write = storing.write_rows

    def watched(session: Any, model: type[Base], rows: Sequence[bulk.Values], said: Said) -> None:
        handed.append((model, list(rows)))
        write(session, model, rows, said)

    storing.write_rows = watched
    try:
        yield handed
    finally:
        storing.write_rows = write


def _as_the_driver_has_them(
    store: Store, handed: Sequence[tuple[type[Base], Sequence[bulk.Values]]]
) -> Written:
    dialect = store.writer.dialect
    tables = []
    for model, rows in handed:
        columns = list(model.__table__.columns)
        bind = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
        ready = [
            tuple(
                process(row.get(column.name)) if process else row.get(column.name)
                for column, process in zip(columns, bind, strict=True)
            )
            for row in rows
        ]
        tables.append((model.__tablename__, [column.name for column in columns], ready))
    return Written(tables)


def _raw_sqlite(url: str, written: Written) -> float:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA secure_delete=ON")
        started = time.perf_counter()
        for table, columns, rows in written.tables:
            marks = ", ".join("?" * len(columns))
            connection.executemany(
                f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', rows
            )
        connection.commit()
        return time.perf_counter() - started


def _raw_psycopg(url: str, written: Written) -> float:
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        started = time.perf_counter()
        for table, columns, rows in written.tables:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', rows
            )
        connection.commit()
        return time.perf_counter() - started


def _row(number: int, said: Sequence[str]) -> Row:
    values = {column: text for column, text in zip(COLUMNS, said, strict=True) if text}
    if Column.PHONE in values:
        values[Column.PHONE] = f"+86{values[Column.PHONE]}"
    return Row("名册", number, values)
