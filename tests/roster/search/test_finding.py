"""Searching gives exactly the rows that LIKE gives over the line, on both databases."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, or_, select, text
from sqlalchemy.orm import Session

from donflow.roster.search.finding import Among, count_people, find_people
from donflow.roster.search.folding import words_of
from donflow.roster.search.grams import grams, word
from donflow.roster.search.tables import SEARCH
from donflow.store.keys import KeyRing, create_keys
from donflow.store.session import Store, close_store, open_store, reading
from tests import databases
from tests.roster.search.crowd import fill

ALWAYS = (
    *("%", "_", "\\", "'", '"', "*", "王", "会", "🌟", "𠀀", "𠮷𠂇", "á", "1", "05", "l"),
    *("05级会计", "会计 深圳 王", "2005级会计学2班", "100%", "a_b", "云%", "d\\云", "C&D", "云麓'"),
    *("šimk", "nguyen", "Thi Lan", "买买提•阿不都", "mmtabd", "zhang", "danwanqing", "an", "yc"),
    *("lv", "lu", "OUYANG", "ibm", "yunlu", "yun-lu ltd", "20051", "𠀀𠀀𠀀", "会计学会计", "OR 王"),
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return create_keys(tmp_path_factory.mktemp("keys") / "donflow.keys")


@pytest.fixture(scope="module")
def crowd(
    backend: str,
    empty_databases: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("crowd")
    url = databases.copy_database(empty_databases(backend), folder)
    store = open_store(url)
    fill(store, 20_000 if request.config.getoption("--long") else 800)
    yield store
    close_store(store)
    databases.drop_database(url)


def by_like(session: Session, query: str) -> list[int]:
    """A plain LIKE over the line, and over the spellings from a beginning on."""
    found = select(SEARCH.c.id).order_by(SEARCH.c.id)
    for each in map(word, words_of(query)):
        either = [SEARCH.c.line.contains(each.text, autoescape=True)]
        if each.spelled:
            either.append(SEARCH.c.spelled.contains(f"\n{each.spelled}", autoescape=True))
        found = found.where(or_(*either))
    return list(session.scalars(found))


def queries(session: Session, count: int) -> list[str]:
    """Parts of lines and of spellings, some spoiled, one to three words."""
    draw = random.Random(7)
    lines = session.execute(select(SEARCH.c.line, SEARCH.c.spelled)).all()
    asked = []
    for _ in range(count):
        parts = []
        for _ in range(draw.choice((1, 1, 2, 3))):
            value = draw.choice(draw.choice(draw.choice(lines)).strip("\n").split("\n"))
            start = draw.randrange(len(value))
            parts.append(value[start : start + draw.choice((1, 1, 2, 2, 3, 5, 12))])
        asked.append(" ".join(parts) + draw.choice(("", "", "", "%", "x")))
    return asked


def test_the_rows_are_those_of_like(crowd: Store, keys: KeyRing) -> None:
    some = 0
    with reading(crowd) as session:
        for query in [*ALWAYS, *queries(session, 100)]:
            right = by_like(session, query)
            found = find_people(session, keys, query)
            # A number is also somebody's own number.
            own = {int(each) for each in query.split() if each.isascii() and each.isdigit()}
            assert [n for n in found if n in right or n not in own] == right, query
            assert count_people(session, keys, query) == len(found)
            some += bool(right)
    assert some > 70


def test_an_index_that_lost_a_row_would_be_seen(crowd: Store, keys: KeyRing) -> None:
    with reading(crowd) as session:
        right = by_like(session, "会计")
        assert find_people(session, keys, "会计") == right
        _lose_pieces(session, right[0])

        assert find_people(session, keys, "会计") == right[1:]
        assert count_people(session, keys, "会计") == len(right) - 1
        assert by_like(session, "会计") == right


def _lose_pieces(session: Session, number: int) -> None:
    """Behind donflow's back: the line stays, the index forgets it."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"DELETE FROM derived_search_gram WHERE id = {number}"))
        return
    row = session.execute(select(SEARCH).where(SEARCH.c.id == number)).one()
    pieces = grams(row.line.split("\n"), row.spelled.strip("\n").split("\n"))
    command = (
        "INSERT INTO derived_search_gram (derived_search_gram, rowid, grams)"
        " VALUES ('delete', :id, :grams)"
    )
    session.execute(text(command), {"id": number, "grams": pieces})


def test_a_page_is_the_beginning_of_all(crowd: Store, keys: KeyRing) -> None:
    with reading(crowd) as session:
        everybody = find_people(session, keys, "会计 王")
        years = dict(map(tuple, session.execute(select(SEARCH.c.id, SEARCH.c.year))))

        for query in ("会计 王", "会计", "王", "2005", "龘", "wang", "1"):
            whole = find_people(session, keys, query)
            for limit in (1, 5, 400, len(whole) + 1):
                page = find_people(session, keys, query, limit=limit)
                assert page == whole[:limit], (query, limit)
        assert len(find_people(session, keys, "王")) > 50
        newest = find_people(session, keys, "会计 王", newest_first=True)
        assert newest == sorted(everybody, key=lambda number: (-(years[number] or 0), number))
        few = Among(only=frozenset(everybody[:3]))
        assert find_people(session, keys, "会计 王", among=few) == everybody[:3]
        most = Among(but=frozenset(everybody[:3]))
        assert count_people(session, keys, "会计 王", among=most) == len(everybody) - 3
        assert find_people(session, keys, "会计 王", among=few, limit=2) == everybody[:2]
        assert find_people(session, keys, "会计 王", among=most, limit=2) == everybody[3:5]
        nobody = Among(only=frozenset())
        assert find_people(session, keys, "王", among=nobody, limit=2) == []
        assert count_people(session, keys, "王", among=nobody) == 0


def test_the_index_is_asked_and_no_table_is_read_through(crowd: Store, keys: KeyRing) -> None:
    """In the plan of what is really sent."""
    sent: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        if "derived_search" in statement:
            sent.append((statement, values))

    event.listen(crowd.reader, "before_cursor_execute", note)
    with reading(crowd) as session:
        for query in ("王", "会计", "云州会计"):
            find_people(session, keys, query)
            event.remove(crowd.reader, "before_cursor_execute", note)
            plan = _plan(session, *sent[-1])
            event.listen(crowd.reader, "before_cursor_execute", note)
            assert "ix_derived_search_grams" in plan or "VIRTUAL TABLE INDEX" in plan
            assert "Seq Scan" not in plan
            assert "SCAN derived_search " not in plan
    event.remove(crowd.reader, "before_cursor_execute", note)


def _plan(session: Session, statement: str, values: object) -> str:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return "\n".join(row[3] for row in rows)
    for switch in ("enable_seqscan", "enable_indexscan"):
        session.execute(text(f"SET LOCAL {switch} = off"))
    rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
    return "\n".join(row[0] for row in rows)
