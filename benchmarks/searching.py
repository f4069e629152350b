"""Searching a hundred thousand people and a million: beside LIKE, and beside the bare index."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import quantiles

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.measuring import Figure
from donflow.bootstrap import import_tables
from donflow.roster.search.finding import count_people, find_people
from donflow.roster.search.keeping import write_lines
from donflow.roster.search.line import Field, Line, Studied, known_of, line_of
from donflow.store.keys import create_keys
from donflow.store.session import Store, close_store, open_store, reading
from donflow.store.upgrade import upgrade
from tests import postgresql

SIZES = (100_000, 1_000_000)
QUERIES, COUNTED = 200, 12
"""Queries of each length for the index; fewer are asked of LIKE, which takes its time."""

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
    with reading(store) as session:
        for length in (1, 2, 3):
            words = _words(length)
            found = {
                "page": lambda word: find_people(session, keys, word, limit=20),
                "count": lambda word: count_people(session, keys, word),
                "newest": lambda word: find_people(
                    session, keys, word, limit=20, newest_first=True
                ),
            }
            for kind, ask in found.items():
                yield _figure(session, f"{what}: {kind}, {length}", words, kind, ask)
    close_store(store)


def _figure(
    session: Session, what: str, words: list[str], kind: str, ask: Callable[[str], object]
) -> Figure:
    """In turn, word by word: ours, the bare index, and of some words LIKE; the same answers."""
    own, bare, like_own, like = [], [], [], []
    for place, word in enumerate(words):
        taken, answer = _timed(lambda word=word: ask(word))
        own.append(taken)
        bare.append(_timed(lambda word=word: _bare(session, word, kind))[0])
        if place < COUNTED:
            peer, right = _timed(lambda word=word: _like(session, word, kind))
            assert answer == right, (what, word, answer, right)
            like.append(peer)
            like_own.append(taken)
    (p50, p99), (_, bare99) = _spread(own), _spread(bare)
    ratio, ahead = p99 / bare99, sum(like) / sum(like_own)
    least = {"count": 20.0 if what.endswith("1") else 100.0, "newest": 3.0}.get(kind)
    goal = "p99 ≤ 3 × the bare index" + (f"; ≥ {least:g} × LIKE" if least else "")
    is_met = (ratio <= 3 or kind == "newest") and (least is None or ahead >= least)
    found = f"p50 {p50:.2f}, p99 {p99:.2f} ms; {ratio:.1f} × bare; LIKE takes {ahead:.0f} ×"
    return Figure(what, goal, found, is_met)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def _spread(seconds: list[float]) -> tuple[float, float]:
    cuts = quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[98] * 1000


def _bare(session: Session, word: str, kind: str) -> object:
    """The index asked by the driver, for the pieces alone."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    pairs = [word] if len(word) < 3 else [word[:2], word[1:]]
    if sqlite:
        match = " AND ".join(f'"{pair}"' for pair in pairs)
        where, values = "derived_search_gram WHERE derived_search_gram MATCH ?", (match,)
        key = "rowid"
    else:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_indexscan = off"))
        where = "derived_search WHERE string_to_array(grams, ' ') @> %s"
        values, key = (pairs,), "id"
    connection = session.connection()
    if kind == "count":
        return connection.exec_driver_sql(f"SELECT count(*) FROM {where}", values).scalar()
    order = key if sqlite else f"{key} + 0"
    query = f"SELECT {key} FROM {where} ORDER BY {order} LIMIT 20"
    return connection.exec_driver_sql(query, values).all()


def _like(session: Session, word: str, kind: str) -> object:
    like = {"word": f"%{word}%"}
    if session.get_bind().dialect.name != "sqlite":
        for switch in ("enable_seqscan", "enable_indexscan"):
            session.execute(text(f"SET LOCAL {switch} TO DEFAULT"))
    where = "FROM derived_search WHERE line LIKE :word"
    if kind == "count":
        return session.scalar(text(f"SELECT count(*) {where}"), like)
    order = "id" if kind == "page" else "year DESC NULLS LAST, id"
    return list(session.scalars(text(f"SELECT id {where} ORDER BY {order} LIMIT 20"), like))


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
    people = _people(size)
    with store.writer.begin() as connection:
        while some := list(islice(people, 5_000)):
            write_lines(connection, {}, dict(some))
    if store.writer.dialect.name == "sqlite":
        with store.writer.begin() as connection:
            command = "INSERT INTO derived_search_gram (derived_search_gram) VALUES ('optimize')"
            connection.execute(text(command))
    else:
        with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE derived_search"))
    return time.perf_counter() - started


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
                "SELECT pg_total_relation_size('derived_search'),"
                " pg_relation_size('ix_derived_search_grams')"
            )
        ).one()
    return f"{table / 1e6:.0f} MB, of them {index / 1e6:.0f} MB the index"
