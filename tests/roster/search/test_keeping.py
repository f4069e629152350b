"""The search lines follow every act by themselves, can be made anew, and forget the erased."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.roster.alumni_models import Education, Employment
from donflow.roster.erasure import erase
from donflow.roster.import_models import Merge
from donflow.roster.models import ConstituentKind, Source
from donflow.roster.people import (
    Particulars,
    add_constituent,
    edit,
    get_constituent,
    particulars_of,
)
from donflow.roster.search.by_number import Reach
from donflow.roster.search.finding import OPEN_FIELDS, count_people, find_people
from donflow.roster.search.keeping import is_in_step, known_of_each, rebuild
from donflow.roster.search.line import Field
from donflow.store.columns import recorded
from donflow.store.dump import tables_of
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.store.session import Store, database_path, left_undone, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.databases import only_postgresql, only_sqlite

PERSON = Subject("person", 1)


def found(store: Store, keys: KeyRing, query: str, reach: Reach = Reach.FULL) -> list[int]:
    with reading(store) as session:
        numbers = find_people(session, keys, query, reach=reach)
        assert count_people(session, keys, query, reach=reach) == len(numbers)
        return numbers


def add(store: Store, keys: KeyRing, lin: Actor, now: datetime, name: str) -> int:
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.PERSON, name)
        return add_constituent(session, keys, particulars, actor=lin, now=now).id


def reading_one(store: Store, query: str) -> object:
    with reading(store) as session:
        return session.scalar(text(query))


def work(number: int, now: datetime) -> Employment:
    return Employment(
        constituent_id=number,
        employer="恒源数智",
        current=True,
        source=Source.ROSTER,
        since=now.date(),
        confidence="sure",
        salt="0" * 32,
    )


def study(number: int, now: datetime) -> Education:
    return Education(
        constituent_id=number,
        major="会计学",
        class_no="2",
        enrol_year=2005,
        student_no="2005010017",
        source=Source.ROSTER,
        since=now.date(),
        confidence="sure",
        salt="0" * 32,
    )


@pytest.fixture
def two(store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime) -> tuple[int, int]:
    """梁启舟 of a class, and 单晚晴, who is to prove the same person."""
    other = add(store, keys, lin, now, "单晚晴")
    with unit_of_work(store) as session:
        session.add(study(liang, now))
        record(session, PERSON, "studied", actor=lin, now=now)
    return liang, other


def test_what_was_written_is_found_at_once(
    store: Store, keys: KeyRing, lin: Actor, two: tuple[int, int], now: datetime
) -> None:
    liang, other = two
    for query in ("05级会计", "2班 梁", "200501", "0017", "liangqizhou", "lqz", "启舟 会计"):
        assert found(store, keys, query) == [liang], query
    assert found(store, keys, "sww 会计") == []
    with unit_of_work(store) as session:
        person = get_constituent(session, other)
        named = replace(particulars_of(person), name="单晚舟")
        edit(session, person, named, version=person.row_version, actor=lin, now=now)
        assert find_people(session, keys, "单晚舟") == [other]
    assert found(store, keys, "单晚晴") == []
    assert found(store, keys, "shanwanzhou") == [other]


def test_a_merge_makes_one_person_of_two_numbers_and_can_be_taken_back(
    store: Store, keys: KeyRing, lin: Actor, two: tuple[int, int], now: datetime
) -> None:
    liang, other = two
    before = lines(store)
    with unit_of_work(store) as session:
        merge = Merge(absorbed_id=other, survivor_id=liang, evidence=[], **recorded(lin, now))
        session.add(merge)
        record(session, PERSON, "merged", actor=lin, now=now)
    for query in ("梁", "单晚晴", "单 会计", str(other)):
        assert found(store, keys, query) == [liang], query

    with unit_of_work(store) as session:
        session.delete(session.get_one(Merge, merge.id))
        record(session, PERSON, "unmerged", actor=lin, now=now)

    assert lines(store) == before
    assert found(store, keys, "单 会计") == []


def test_the_end_of_a_phone_is_enough(store: Store, keys: KeyRing, two: tuple[int, int]) -> None:
    liang, _ = two
    for query in ("7758", "07758", "0000 7758", "13800007758", "7758 会计", "7758 梁"):
        assert found(store, keys, query) == ([] if query == "0000 7758" else [liang]), query
    for query in ("17758", "7758 金融", "775", "77580"):
        assert found(store, keys, query) == [], query


def test_who_may_not_reveal_a_phone_finds_by_no_more_than_is_shown(
    store: Store, keys: KeyRing, two: tuple[int, int]
) -> None:
    """Else ten searches tell each hidden digit, and no reveal is noted."""
    liang, _ = two
    for query in ("7758", "13800007758", "7758 会计"):
        assert found(store, keys, query, Reach.USUAL) == [liang], query
    for query in ("07758", "007758", "8000077 58", "3800007758"):
        assert found(store, keys, query, Reach.USUAL) == [], query


def test_for_whom_names_are_hidden_only_class_city_and_number_find(
    store: Store, keys: KeyRing, two: tuple[int, int]
) -> None:
    liang, _ = two
    with reading(store) as session:
        known = known_of_each(session, [liang])[liang].values
    hidden = [
        value.split()[0]
        for field, values in known.items()
        if field not in OPEN_FIELDS
        for value in values
        if not any(value in shown for each in OPEN_FIELDS for shown in known.get(each, ()))
    ]
    assert known[Field.NAME][0] in hidden
    for query in (*hidden, "lqz", "liang", "7758", "13800007758"):
        assert found(store, keys, query), query
        assert found(store, keys, query, Reach.OPEN) == [], query
    for query in (str(liang), *known[Field.CLASS], *known.get(Field.CITY, ())):
        assert liang in found(store, keys, query, Reach.OPEN), query


def test_an_erased_person_is_found_no_more(
    store: Store, keys: KeyRing, lin: Actor, two: tuple[int, int], now: datetime
) -> None:
    liang, other = two
    with unit_of_work(store) as session:
        erase(session, keys, get_constituent(session, liang), kept_because=(), actor=lin, now=now)

    for query in ("梁", "lqz", "会计", "7758", str(liang)):
        assert found(store, keys, query) == [], query
    assert found(store, keys, "单") == [other]


@only_sqlite("the pages of its file are at hand")
def test_no_piece_of_an_erased_person_stays_in_the_file(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    strange = add(store, keys, lin, now, "龘𠀀靐龗")
    path = database_path(str(store.writer.url))
    assert path is not None
    pieces = [piece.encode() for piece in ("龘𠀀", "𠀀靐", "靐龗")]
    assert all(piece in path.read_bytes() for piece in pieces)  # so that the test can fail

    with unit_of_work(store) as session:
        erase(session, keys, get_constituent(session, strange), kept_because=(), actor=lin, now=now)

    assert not [piece for piece in pieces if piece in path.read_bytes()]


@only_postgresql("it keeps deleted rows until it is told to clean up")
def test_a_server_cleans_up_after_an_erasure(
    store: Store, keys: KeyRing, lin: Actor, two: tuple[int, int], now: datetime
) -> None:
    def is_clean() -> bool:
        """Whether every page is known to hold nothing that was deleted."""
        query = "SELECT relallvisible > 0 AND relallvisible = relpages FROM pg_class"
        return bool(reading_one(store, f"{query} WHERE relname = 'derived_search_gram'"))

    assert not is_clean()
    with unit_of_work(store) as session:
        erase(session, keys, get_constituent(session, two[0]), kept_because=(), actor=lin, now=now)

    assert left_undone(session) == ()
    assert is_clean()


def test_two_units_that_write_one_person_leave_its_line_right(
    store: Store, keys: KeyRing, lin: Actor, liang: int, now: datetime
) -> None:
    """One holds back its commit while the other begins; the second sees what the first wrote."""
    begun = Barrier(2, timeout=20)

    def studies() -> None:
        with unit_of_work(store) as session:
            session.add(study(liang, now))
            record(session, PERSON, "studied", actor=lin, now=now)
            session.flush()
            meet()
            sleep(0.2)

    def works() -> None:
        meet()
        with unit_of_work(store) as session:
            session.add(work(liang, now))
            record(session, PERSON, "worked", actor=lin, now=now)

    def meet() -> None:
        begun.wait()

    with ThreadPoolExecutor(2) as desks:
        for done in [desks.submit(studies), desks.submit(works)]:
            done.result()

    assert found(store, keys, "05级会计 恒源 梁") == [liang]
    with reading(store) as session:
        assert is_in_step(session, thoroughly=True)


def test_a_few_lines_out_of_step_are_noticed_when_all_are_counted(
    store: Store, two: tuple[int, int]
) -> None:
    with store.writer.begin() as connection:
        connection.execute(text("INSERT INTO derived_search VALUES (99, '无此人', '', NULL)"))
    with reading(store) as session:
        assert is_in_step(session)
        assert not is_in_step(session, thoroughly=True)


def test_lines_made_anew_are_those_that_were_kept(
    store: Store, keys: KeyRing, two: tuple[int, int]
) -> None:
    before = lines(store)

    assert rebuild(store) == 2

    assert lines(store) == before
    assert found(store, keys, "05级会计") == [two[0]]


@pytest.mark.parametrize(
    "harm",
    ["DELETE FROM derived_search", "UPDATE derived_search SET line = '别人' WHERE id = 1"],
)
def test_lines_out_of_step_are_noticed_and_mended(
    store: Store, keys: KeyRing, two: tuple[int, int], harm: str
) -> None:
    with reading(store) as session:
        assert is_in_step(session)
    with store.writer.begin() as connection:
        connection.execute(text(harm))
    with reading(store) as session:
        assert not is_in_step(session)

    rebuild(store)

    with reading(store) as session:
        assert is_in_step(session)


def test_the_lines_are_in_no_dump_and_no_proof(store: Store, two: tuple[int, int]) -> None:
    with store.reader.connect() as connection:
        assert not [table for table in tables_of(connection) if "search" in table.name]
    with reading(store) as session:
        assert verify_store(session) == ()


def lines(store: Store) -> list[tuple[object, ...]]:
    with reading(store) as session:
        return _rows(session)


def _rows(session: Session) -> list[tuple[object, ...]]:
    query = "SELECT id, line, spelled, year FROM derived_search ORDER BY id"
    return [tuple(row) for row in session.execute(text(query))]
