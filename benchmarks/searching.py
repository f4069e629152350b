"""Searching a hundred thousand people and a million: beside LIKE, and beside the bare index."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.measuring import Figure
from donflow.bootstrap import import_tables
from donflow.roster.search.asking import index_only
from donflow.roster.search.finding import count_people, find_people
from donflow.roster.search.keeping import write_lines
from donflow.roster.search.line import Field, Line, Studied, known_of, line_of
from donflow.store.keys import KeyRing, create_keys
from donflow.store.session import Store, close_store, open_store, reading
from donflow.store.upgrade import upgrade
from tests import postgresql

DRAWN = 100_000
"""People who are drawn by lot; a million is these ten times over, under other numbers."""
SIZES = (DRAWN, 10 * DRAWN)
QUERIES, TRIES = 100, 3
"""Queries of each length, each tried in turn with the bare index; the best try counts, so that a
percentile tells of the queries and not of what else the machine does."""
COMPARED, ROUNDS = 4, 7
"""Some are asked of LIKE as well, which takes its time, in rounds."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余单解"
GIVEN = "".join(chr(0x4E00 + step * 17) for step in range(400))
MAJORS = ("会计学", "金融学", "国际经济与贸易", "工商管理", "统计学", "法学", "市场营销")
CITIES = ("深圳", "云州", "广州", "北京", "上海", "成都", "南京", "长沙")
TITLES = ("财务总监", "会计", "经理", "教师", "工程师", "总经理")


def measure(folder: Path) -> list[Figure]:
    import_tables()
    return [figure for size in SIZES for figure in _both(folder, size)]


def _both(folder: Path, size: int) -> Iterator[Figure]:
    yield from _measured(f"sqlite:///{folder / f'{size}.db'}", "SQLite", folder, size)
    url = postgresql.new_database()
    try:
        yield from _measured(url, "PostgreSQL", folder, size)
    finally:
        postgresql.drop_database(url)


def _measured(url: str, name: str, folder: Path, size: int) -> Iterator[Figure]:
    store, keys = open_store(url), create_keys(folder / f"{name}{size}.keys")
    upgrade(store)
    seconds = _fill(store, size)
    what = f"{name}, {size:,} people"
    yield Figure(f"{what}: lines and index", "–", f"{seconds:.0f} s, {_size(store)}", None)
    yield from asked_of(store, keys, what)
    close_store(store)


def asked_of(store: Store, keys: KeyRing, what: str) -> Iterator[Figure]:
    """The figures of a database that is filled."""
    with reading(store) as session:
        for length in (1, 2, 3):
            words = _words(length)
            asks: dict[str, Callable[[str], object]] = {
                "page": lambda word: find_people(session, keys, word, limit=20),
                "count": lambda word: count_people(session, keys, word),
                "newest": lambda word: find_people(
                    session, keys, word, limit=20, newest_first=True
                ),
            }
            for kind, ask in asks.items():
                yield _figure(session, f"{what}: {kind}, {length}", words, kind, ask)


def _figure(
    session: Session, what: str, words: list[str], kind: str, ask: Callable[[str], object]
) -> Figure:
    """All words, ours and the bare index in turn; then some in rounds with LIKE as well."""
    own, bare = [], []
    for word in words:
        mine, peer = [], []
        for _ in range(TRIES):
            mine.append(_timed(lambda word=word: ask(word))[0])
            peer.append(_timed(lambda word=word: _bare(session, word, kind))[0])
        own.append(min(mine))
        bare.append(min(peer))
    ahead = (
        [] if kind == "page" else [_ahead(session, word, kind, ask) for word in words[:COMPARED]]
    )
    (p50, p99), (bare50, bare99) = _spread(own), _spread(bare)
    ratio = p99 / bare99
    found = f"p50 {p50:.3f}, p99 {p99:.3f} ms; bare index {bare50:.3f}, {bare99:.3f} ms"
    if kind == "page":
        return Figure(what, "p99 ≤ 3 × the bare index", f"{found}: {ratio:.1f} ×", ratio <= 3)
    least = 3.0 if kind == "newest" else 20.0 if what.endswith("1") else 100.0
    goal, is_met = f"LIKE takes ≥ {least:g} ×", min(ahead) >= least
    if kind == "count":
        goal, is_met = f"p99 ≤ 3 × the bare index; {goal}", is_met and ratio <= 3
    found = f"{found}: {ratio:.1f} ×; LIKE {min(ahead):.0f} to {max(ahead):.0f} ×"
    return Figure(what, goal, found, is_met)


def _ahead(session: Session, word: str, kind: str, ask: Callable[[str], object]) -> float:
    """How many times as long LIKE takes for this word, with the same answer."""
    ratios = []
    for _ in range(ROUNDS):
        own, answer = _timed(lambda: ask(word))
        like, right = _timed(lambda: _like(session, word, kind))
        assert answer == right, (word, answer, right)
        ratios.append(like / own)
    return median(ratios)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def _spread(seconds: list[float]) -> tuple[float, float]:
    cuts = quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


def _bare(session: Session, word: str, kind: str) -> object:
    """The index asked by the driver, for the pieces alone."""
    connection = session.connection()
    pairs = [word] if len(word) < 3 else [word[:2], word[1:]]
    if connection.dialect.name == "sqlite":
        key, where = "rowid", "derived_search_gram WHERE derived_search_gram MATCH ?"
        values: tuple[object, ...] = (" AND ".join(f'"{pair}"' for pair in pairs),)
    else:
        key, where, values = "id", "derived_search_gram WHERE grams @> %s", (pairs,)
    with index_only(connection):
        if kind == "count":
            return connection.exec_driver_sql(f"SELECT count(*) FROM {where}", values).scalar()
        query = f"SELECT {key} FROM {where} ORDER BY {key} LIMIT 20"
        return connection.exec_driver_sql(query, values).all()


def _like(session: Session, word: str, kind: str) -> object:
    """The same lines read through, by the same driver; the planner is free."""
    connection = session.connection()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    where, values = f"FROM derived_search WHERE line LIKE {mark}", (f"%{word}%",)
    if kind == "count":
        return connection.exec_driver_sql(f"SELECT count(*) {where}", values).scalar()
    query = f"SELECT id {where} ORDER BY year DESC NULLS LAST, id LIMIT 20"
    return [number for (number,) in connection.exec_driver_sql(query, values)]


def _words(length: int) -> list[str]:
    """Parts of names, a tenth of them of nobody."""
    draw = random.Random(length)
    words = []
    for place in range(QUERIES):
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        words.append("龘" * length if place % 10 == 9 else name[:length])
    return words


def _fill(store: Store, size: int) -> float:
    started = time.perf_counter()
    people = _people(DRAWN)
    with store.writer.begin() as connection:
        while some := list(islice(people, 5_000)):
            write_lines(connection, {}, dict(some))
    if store.writer.dialect.name == "sqlite":
        _copy_on_sqlite(store, size)
    else:
        _copy_on_postgresql(store, size)
    return time.perf_counter() - started


def _copy_on_sqlite(store: Store, size: int) -> None:
    """The index has no content to be copied: the pieces are reckoned once more."""
    with store.writer.begin() as connection:
        for more in range(DRAWN, size, DRAWN):
            connection.exec_driver_sql(
                "INSERT INTO derived_search SELECT id + ?, line, spelled, year"
                " FROM derived_search WHERE id <= ?",
                (more, DRAWN),
            )
            pieces = [(number + more, line.grams) for number, line in _people(DRAWN)]
            command = "INSERT INTO derived_search_gram (rowid, grams) VALUES (?, ?)"
            connection.exec_driver_sql(command, pieces)
        command = "INSERT INTO derived_search_gram (derived_search_gram) VALUES ('optimize')"
        connection.exec_driver_sql(command)


def _copy_on_postgresql(store: Store, size: int) -> None:
    with store.writer.begin() as connection:
        for more in range(DRAWN, size, DRAWN):
            for table, columns in (
                ("derived_search", "line, spelled, year"),
                ("derived_search_gram", "year, grams"),
            ):
                connection.exec_driver_sql(
                    f"INSERT INTO {table} (id, {columns})"
                    f" SELECT id + {more}, {columns} FROM {table} WHERE id <= {DRAWN}"
                )
    with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE derived_search, derived_search_gram")


def _people(size: int) -> Iterator[tuple[int, Line]]:
    draw = random.Random(20261121)
    for number in range(1, size + 1):
        name = draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)
        year = draw.randint(1985, 2024)
        study = Studied(
            "本科",
            draw.choice(MAJORS),
            str(draw.randint(1, 6)),
            year,
            year + 4,
            f"{year}{draw.randint(0, 999_999):06}",
        )
        employer = f"{draw.choice(CITIES)}市{draw.choice(GIVEN)}{draw.choice(GIVEN)}科技有限公司"
        others = [
            (Field.EMPLOYER, employer),
            (Field.JOB_TITLE, draw.choice(TITLES)),
            (Field.CITY, draw.choice(CITIES)),
        ]
        yield number, line_of(known_of([(Field.NAME, name)], [study], others))


def _size(store: Store) -> str:
    with store.reader.connect() as connection:
        if connection.dialect.name == "sqlite":
            sizes = (
                "SELECT sum(pgsize), sum(pgsize * (name LIKE 'derived_search_gram%')) FROM dbstat"
            )
            whole, grams = connection.exec_driver_sql(sizes).one()
            return f"{whole / 1e6:.0f} MB, of them {grams / 1e6:.0f} MB the index"
        table, index = connection.execute(
            text(
                "SELECT pg_total_relation_size('derived_search')"
                " + pg_total_relation_size('derived_search_gram'),"
                " pg_relation_size('ix_derived_search_grams')"
            )
        ).one()
    return f"{table / 1e6:.0f} MB, of them {index / 1e6:.0f} MB the index"
