"""The list of differences: what the other system should add or change, in its own columns."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from donflow.domain.actor import Actor
from donflow.roster.differing import NobodyInSheets, Todo, WhichSheet, differences, sheet_of
from donflow.roster.employments import add_employment
from donflow.roster.holdings import add_contact_point
from donflow.roster.importing import blinder
from donflow.roster.models import ConstituentKind, ContactKind, Source
from donflow.roster.people import Particulars, add_constituent, get_constituent
from donflow.roster.reading.rows import Column, ColumnGuess, Row, SheetReading
from donflow.roster.sources import Origin
from donflow.roster.standing import restrict
from donflow.roster.studies import Course, add_study
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from tests import databases

ONE_IS_ENOUGH = databases.only_sqlite("the comparison reads rows, which are the same everywhere")
HEADERS = ("序号", "XM", "YDDH", "GZDW", "RXNF", "ZY", "BZ")
COLUMNS = (None, Column.NAME, Column.PHONE, Column.EMPLOYER, Column.ENROL_YEAR, Column.MAJOR, None)


def sheet(*rows: tuple[str, str, str]) -> tuple[SheetReading, dict[int, list[str]]]:
    """Rows of name, phone and employer, all of one year and major."""
    guesses = tuple(
        ColumnGuess(place, header, column, sure=True)
        for place, (header, column) in enumerate(zip(HEADERS, COLUMNS, strict=True))
    )
    cells = {
        number: [str(number - 1), name, phone, employer, "2001", "会计学", "原样"]
        for number, (name, phone, employer) in enumerate(rows, start=2)
    }
    read = tuple(
        Row(
            "导出",
            number,
            {
                column: cell
                for column, cell in zip(COLUMNS, line, strict=True)
                if column is not None and cell
            },
        )
        for number, line in cells.items()
    )
    return SheetReading("导出", False, guesses, read, ()), cells


@pytest.fixture
def three(store: Store, keys: KeyRing, lin: Actor, now: datetime) -> list[int]:
    """沈云松, 梅若竹 and 竹里馆 of 2001, and 石大川 of another year."""
    origin = Origin(Source.SELF, date(2026, 11, 1))
    numbers = []
    with unit_of_work(store) as session:
        for place, name in enumerate(("沈云松", "梅若竹", "竹里馆", "石大川")):
            person = add_constituent(
                session, keys, Particulars(ConstituentKind.PERSON, name), actor=lin, now=now
            )
            add_contact_point(
                session,
                keys,
                person,
                kind=ContactKind.PHONE,
                raw=f"1380000000{place}",
                source=Source.SELF,
                since=origin.since,
                actor=lin,
                now=now,
            )
            course = Course("本科", "会计学", "2", 2001 if place < 3 else 1999)
            add_study(session, person, course, origin=origin, actor=lin, now=now)
            add_employment(session, person, "甲公司", None, origin=origin, actor=lin, now=now)
            numbers.append(person.id)
    return numbers


@ONE_IS_ENOUGH
def test_each_row_says_what_to_do_there(store: Store, keys: KeyRing, three: list[int]) -> None:
    read, cells = sheet(
        ("沈云松", "13800000000", "甲公司"),
        ("梅若竹", "13800000001", "乙公司"),
        ("古月亭", "13800000009", ""),
    )
    with reading(store) as session:
        found = differences(session, read, cells, blinder(keys))
    assert found.headers == HEADERS
    assert found.alike == 1
    change, strange, add = found.found
    assert (change.todo, change.person, change.row_ref) == (Todo.CHANGE, three[1], "导出!3")
    assert [(f.column, f.theirs, f.ours) for f in change.fields] == [
        (Column.EMPLOYER, "乙公司", "甲公司")
    ]
    assert list(change.cells) == cells[3]
    assert (strange.todo, strange.name) == (Todo.ONLY_THERE, "古月亭")
    assert (add.todo, add.person) == (Todo.ADD, three[2])
    # Nothing that identifies stands in their columns: a mask would be taken over as a number.
    assert add.cells == (None, "竹里馆", None, "甲公司", "2001", "会计学", None)
    assert [(f.column, f.ours) for f in add.fields] == [(Column.PHONE, "138****0002")]


@ONE_IS_ENOUGH
def test_a_changed_phone_is_told_masked_and_a_restricted_person_not_at_all(
    store: Store, keys: KeyRing, three: list[int], lin: Actor, now: datetime
) -> None:
    read, cells = sheet(
        ("沈云松", "13900000007", "甲公司"), ("梅若竹", "", ""), ("竹里馆", "13800000002", "")
    )
    asked = Origin(Source.SELF, date(2026, 11, 1))
    with unit_of_work(store) as session:
        restrict(session, get_constituent(session, three[2]), origin=asked, actor=lin, now=now)
    with reading(store) as session:
        found = differences(session, read, cells, blinder(keys))
    told = {each.name: each for each in found.found}
    assert "竹里馆" not in told
    assert told["沈云松"].todo is Todo.UNSURE or told["沈云松"].fields
    assert "13800000000" not in str(found)


def test_one_sheet_is_chosen() -> None:
    first, _cells = sheet(("沈云松", "", ""))
    empty, _none = sheet()
    second = SheetReading("另一", False, first.columns, first.rows, ())
    assert sheet_of([empty, first], "甲.xlsx") is first
    assert sheet_of([first, second], "甲.xlsx", "另一") is second
    with pytest.raises(WhichSheet):
        sheet_of([first, second], "甲.xlsx")
    with pytest.raises(NobodyInSheets):
        sheet_of([empty], "甲.xlsx")
