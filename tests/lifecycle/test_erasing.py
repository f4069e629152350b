"""Every table that names a person is thought of when the person is erased, also a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from donflow.bootstrap import import_tables
from donflow.roster.erasure import BELONGINGS
from donflow.roster.models import Constituent, Status
from donflow.store.base import Base
from tests.databases import only_sqlite
from tests.journeys.desk import Desk

import_tables()

ELSEWHERE = {
    "contact_point": "goes with the row of the person",
    "greeting_wish": "goes (greetings.forgetting)",
    "condolence": "goes, or to somebody else no longer names the deceased",
    "identifier": "goes with the row of the person",
    "consent": "its paper goes; that something was said of a number stays",
    "gift": "a duty to keep",
    "chapter": "lifts the contact",
    "officer": "stays under a bare number; the office ends",
    "officer_proposal": "stays under a bare number",
    "candidate": "stays under a bare number",
    "membership": "stays under a bare number; it ends",
    "meeting_attendance": "stays under a bare number",
    "suggestion": "loses its words and who wrote it",
    "contact": "goes, or about another's gift loses its note and number",
    "card_suggestion": "loses its words and who wrote it",
}
SECOND = "--for leader --evidence 材料/党政联席会纪要.pdf"


def tables_that_name_people() -> set[str]:
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == Constituent.__tablename__
    }


def test_every_table_that_names_a_person_is_thought_of() -> None:
    belongings = {table.__tablename__ for table in BELONGINGS}
    assert tables_that_name_people() == belongings | ELSEWHERE.keys()
    assert not belongings & ELSEWHERE.keys()


@pytest.mark.parametrize("table", BELONGINGS, ids=lambda table: str(table.__tablename__))
def test_every_column_that_names_the_person_is_asked(table: type[Base]) -> None:
    naming = {
        column.name
        for column in table.__table__.columns
        for key in column.foreign_keys
        if key.column.table.name == Constituent.__tablename__
    }
    assert {column.key for column in BELONGINGS[table]} == naming


@only_sqlite("what is written, not where")
def test_a_merged_person_is_erased_under_all_numbers(office: Desk) -> None:
    for phone in ("13900007001", "13900007002"):
        office(f"person add 苏晚晴 --phone {phone}")
    office("roster merge 1 2")
    assert office(f"person erase 2 --because asked {SECOND} --json").data["status"] == "erased"
    for number in (1, 2):
        office(f"person show {number}", code=2)
    assert office("verify --json").data["findings"] == []
    assert office.sql("SELECT count(*) FROM merge") == [(0,)]


@only_sqlite("what is written, not where")
def test_a_gift_under_one_number_keeps_the_person_under_all(office: Desk) -> None:
    for phone in ("13900007001", "13900007002"):
        office(f"person add 苏晚晴 --phone {phone}")
    office("gift new --donor 2 --amount 1万 --purpose 奖学金 --liaison 何老师")
    office("roster merge 1 2")
    answer = office(f"person erase 1 --because asked {SECOND} --json").data
    assert answer["status"] == Status.RESTRICTED
    assert office("person show 2 --json").data["status"] == "restricted"
    assert office.sql("SELECT DISTINCT status FROM constituent") == [("restricted",)]
    assert "locked_for_good" in office("person restrict 1 --lift --json", code=2).codes


@only_sqlite("what is written, not where")
def test_chapters_keep_a_bare_number_and_no_words(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("new")
    desk("person add 苏晚晴 --phone 13900007001")
    desk("chapter new 兰州分会 --type regional")
    day, stamp = date(2026, 3, 2), "2026-03-02 00:00:00.000000"
    desk.sql("UPDATE chapter SET contact_id = 1")
    told = (stamp, 1)
    desk.sql(
        "INSERT INTO officer (chapter_id, council_no, constituent_id, office, since, recorded_at,"
        " recorded_by) VALUES (1, 1, 1, 'chair', '2025-01-01', ?, ?)",
        *told,
    )
    desk.sql(
        "INSERT INTO membership (chapter_id, constituent_id, since, how, recorded_at, recorded_by)"
        " VALUES (1, 1, '2025-01-01', 'joined', ?, ?)",
        *told,
    )
    desk.sql(
        "INSERT INTO suggestion (chapter_id, constituent_id, text, salt, recorded_at, recorded_by)"
        " VALUES (1, 1, '苏晚晴建议', 'salt', ?, ?)",
        *told,
    )

    desk(f"person erase 1 --because asked {SECOND}")

    assert desk.sql("SELECT contact_id FROM chapter") == [(None,)]
    assert desk.sql("SELECT constituent_id, until, left_because FROM officer") == [
        (1, day.isoformat(), "erased")
    ]
    assert desk.sql("SELECT constituent_id, until FROM membership") == [(1, day.isoformat())]
    assert desk.sql("SELECT constituent_id, text FROM suggestion") == [(None, "")]
