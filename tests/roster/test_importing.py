"""Rows of a sheet become people: added, joined, left to be decided; once, and all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from donflow.domain.actor import Actor
from donflow.errors import say
from donflow.roster.alumni_models import Education, Employment
from donflow.roster.course import Origins, Taken
from donflow.roster.erasure import erase
from donflow.roster.foreseeing import foreseen
from donflow.roster.import_models import ImportedSheet, Proposal, RosterImport
from donflow.roster.importing import (
    SheetReadOtherwise,
    blinder,
    matched,
    open_import,
    opened_import,
    take_in,
)
from donflow.roster.models import Constituent, ContactPoint, Gender, Source, Status
from donflow.roster.proposals import open_proposals, refuse, told_by
from donflow.roster.reading.rows import Column, Row, SheetReading
from donflow.store.journal import Subject, events_of, record
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests import databases
from tests.roster.conftest import NOW

ONE_IS_ENOUGH = databases.only_sqlite("the rules are the same, and the writing is tried on both")
LIANG = {
    "name": "梁启舟",
    "gender": "男",
    "birth": "1983-09",
    "degree": "本科",
    "major": "会计学",
    "class_no": "2",
    "enrol_year": "2001",
    "employer": "天河公司",
    "job_title": "会计",
    "city": "兰州",
    "phone": "+8613800000001",
    "email": "liang@mail.example.cn",
}
QIAN = {"name": "钱望川", "gender": "女", "degree": "硕士", "phone": "+8613800000002"}
ORIGINS = Origins("f1" * 32, "名册.xlsx", Source.ROSTER, date(2026, 6, 30))
Import = Callable[..., tuple[Taken, ...]]


def sheet(*rows: dict[str, str], title: str = "名册") -> SheetReading:
    read = [
        Row(title, number, {Column(name): text for name, text in said.items()})
        for number, said in enumerate(rows, start=2)
    ]
    return SheetReading(title, False, (), tuple(read), ())


@pytest.fixture
def take(store: Store, keys: KeyRing, lin: Actor) -> Import:
    """Opens an import of these sheets and takes them in."""

    def taken(*sheets: SheetReading, as_of: date = date(2026, 6, 30)) -> tuple[Taken, ...]:
        another = f"{as_of:%Y%m%d}" * 8  # a list of another day is another file
        fingerprint = ORIGINS.fingerprint if as_of == ORIGINS.as_of else another
        origins = replace(ORIGINS, as_of=as_of, fingerprint=fingerprint)
        with unit_of_work(store) as session:
            open_import(session, origins, actor=lin, now=NOW)
        become: list[Taken] = []
        take_in(store, keys, sheets, origins, actor=lin, now=NOW, taken=become)
        return tuple(become)

    return taken


def everything(store: Store, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    with reading(store) as session:
        rows = session.scalars(select(model).order_by(model.id))
        return [tuple(getattr(row, column) for column in columns) for row in rows]


def findings(store: Store) -> tuple[Any, ...]:
    with reading(store) as session:
        return verify_store(session)


def test_a_person_of_a_sheet_is_added_with_all_that_it_says(
    store: Store, keys: KeyRing, take: Import
) -> None:
    (taken,) = take(sheet(LIANG, QIAN))

    assert (taken.people, taken.added, taken.joined, taken.proposed) == (2, 2, 0, 0)
    with reading(store) as session:
        person = session.scalars(select(Constituent).order_by(Constituent.id)).first()
        assert person is not None
        assert (person.name, person.gender, person.birth) == ("梁启舟", Gender.MALE, "1983-09")
        assert person.field_sources["city"] == ["roster", "2026-06-30", "likely", "名册!2"]
        for point, plain in zip(
            person.contact_points, (LIANG["phone"], LIANG["email"]), strict=True
        ):
            found = keys.decrypt(person.key_id, point.kind, point.salt, point.ciphertext)
            assert found == plain
            assert point.blind == keys.blind(point.kind, plain)
        assert person.contact_points[0].masked == "138****0001"
    assert everything(store, Education, "major", "enrol_year", "source_ref")[0] == (
        "会计学",
        2001,
        "名册!2",
    )
    assert everything(store, Employment, "employer", "current") == [("天河公司", True)]
    assert findings(store) == ()


def test_the_same_sheet_again_adds_nothing_and_says_when_it_came(
    store: Store, take: Import
) -> None:
    take(sheet(LIANG, QIAN))
    before = everything(store, Constituent, "id", "row_version")

    (again,) = take(sheet(LIANG, QIAN), as_of=date(2026, 7, 1))

    assert again == Taken("名册", 2, before=NOW.date())
    assert everything(store, Constituent, "id", "row_version") == before
    assert len(everything(store, ImportedSheet, "id")) == 1


def test_a_later_list_brings_what_is_new_and_keeps_what_was(store: Store, take: Import) -> None:
    take(sheet(LIANG))
    newer = LIANG | {"employer": "云麓公司", "city": "西安", "phone": "+8613800000009"}

    (taken,) = take(sheet(newer), as_of=date(2026, 7, 1))

    assert (taken.added, taken.joined, taken.changed, taken.proposed) == (0, 1, 1, 0)
    assert everything(store, Employment, "employer", "current") == [
        ("天河公司", False),
        ("云麓公司", True),
    ]
    assert everything(store, ContactPoint, "masked", "preferred") == [
        ("138****0001", False),
        ("l***@mail.example.cn", False),
        ("138****0009", True),
    ]
    ((city, former),) = everything(store, Constituent, "city", "former_values")
    assert (city, former["city"][0][0]) == ("西安", "兰州")
    assert findings(store) == ()


@ONE_IS_ENOUGH
def test_rows_of_one_person_become_one_also_across_sheets(store: Store, take: Import) -> None:
    mba = LIANG | {"degree": "MBA", "class_no": "1", "enrol_year": "2010", "major": "工商管理"}

    taken = take(sheet(LIANG, LIANG), sheet(mba, QIAN, title="MBA"))

    assert [(each.added, each.joined) for each in taken] == [(1, 1), (1, 1)]
    studies = everything(store, Education, "constituent_id", "degree")
    assert sorted(studies) == [(1, "MBA"), (1, "本科"), (2, "硕士")]


@ONE_IS_ENOUGH
def test_what_contradicts_a_known_person_is_a_proposal(
    store: Store, keys: KeyRing, take: Import
) -> None:
    take(sheet(LIANG))

    (taken,) = take(sheet(LIANG | {"ethnicity": "汉族"}), as_of=date(2026, 7, 1))
    (again,) = take(sheet(LIANG | {"ethnicity": "回族"}), as_of=date(2026, 7, 2))

    assert (taken.changed, taken.proposed) == (1, 0)
    assert (again.changed, again.proposed) == (0, 1)
    with reading(store) as session:
        proposal = session.scalars(select(Proposal)).one()
        assert told_by(session, keys, proposal) == {Column.ETHNICITY: "回族"}
        assert session.get_one(Constituent, 1).ethnicity == "汉族"


@ONE_IS_ENOUGH
def test_who_may_be_one_is_added_apart_and_proposed_once(store: Store, take: Import) -> None:
    less = {name: LIANG[name] for name in ("name", "job_title", "phone")}

    first, second = take(sheet(LIANG), sheet(less, title="另一张"))
    (third,) = take(sheet(less, title="第三张"), as_of=date(2026, 7, 1))

    assert (first.added, second.added, second.proposed) == (1, 1, 1)
    assert everything(store, Proposal, "constituent_id", "other_id")[0] == (1, 2)
    assert third.added + third.joined == 1
    assert len(set(everything(store, Proposal, "constituent_id", "other_id"))) == len(
        everything(store, Proposal, "id")
    )


@ONE_IS_ENOUGH
def test_nothing_is_added_to_who_may_not_be_used(
    store: Store, keys: KeyRing, take: Import, lin: Actor
) -> None:
    take(sheet(LIANG))
    with unit_of_work(store) as session:
        person = session.get_one(Constituent, 1)
        erase(session, keys, person, kept_because=(say("duty"),), actor=lin, now=NOW)

    (taken,) = take(sheet(LIANG | {"city": "西安"}), as_of=date(2026, 7, 1))

    assert (taken.added, taken.left) == (0, 1)
    assert everything(store, Constituent, "city") == [("兰州",)]


@ONE_IS_ENOUGH
def test_the_journal_tells_who_took_in_which_file_and_how_many_but_no_name(
    store: Store, lin: Actor, take: Import
) -> None:
    take(sheet(LIANG, QIAN))

    with reading(store) as session:
        events = events_of(session, Subject("roster_import", 1))
        opened, *_rows, last = events
        assert opened.detail == {
            "fingerprint": "f1" * 32,
            "source": "roster",
            "as_of": "2026-06-30",
        }
        assert last.detail == {"people": 2, "added": 2, "joined": 0, "changed": 0, "proposed": 0}
        assert {event.user_id for event in events} == {lin.user_id}
        assert not any("梁启舟" in str((event.detail, event.written)) for event in events)


@ONE_IS_ENOUGH
def test_a_sheet_that_fails_leaves_nothing_and_the_others_stay(
    store: Store, keys: KeyRing, take: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet(LIANG), sheet(QIAN, title="第二张")]
    noted = "donflow.roster.importing._note_sheet"
    with monkeypatch.context() as broken:
        calls: list[int] = []

        def fail(*_given: object) -> None:
            calls.append(1)
            raise RuntimeError

        broken.setattr(noted, fail)
        with pytest.raises(RuntimeError):
            take(*sheets)
    assert everything(store, Constituent, "id") == []
    assert len(keys.person_keys()) == 1  # a key without a row is harmless

    taken = take(*sheets)

    assert [each.added for each in taken] == [1, 1]
    assert findings(store) == ()


def shown(groups: Sequence[Any]) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(group.state), group.keys) for group in groups]


def test_what_is_foreseen_without_an_office_is_what_then_happens() -> None:
    mba = LIANG | {"degree": "MBA", "class_no": "1", "enrol_year": "2010", "major": "工商管理"}
    sheets = (sheet(LIANG, LIANG, QIAN), sheet(mba, title="MBA"))

    groups = matched(sheets, None, None)

    assert shown(groups) == [("joined", ("名册!2", "名册!3", "MBA!2"))]
    taken = foreseen(sheets, groups, {}, ORIGINS)
    assert [(each.added, each.joined) for each in taken] == [(2, 1), (0, 1)]


@ONE_IS_ENOUGH
def test_an_import_is_opened_once_and_found_again(store: Store, take: Import) -> None:
    take(sheet(LIANG))

    assert everything(store, RosterImport, "file_name", "source") == [("名册.xlsx", "roster")]


def foresee(store: Store, keys: KeyRing, *sheets: SheetReading) -> tuple[Taken, ...]:
    with reading(store) as session:
        groups = matched(sheets, session, keys)
        blind = blinder(keys)
        return foreseen(sheets, groups, {}, ORIGINS, session=session, keys=keys, blind=blind)


NAMESAKE = LIANG | {"birth": "1983-10", "phone": "+8613800000009", "email": "other@example.cn"}
SUN = {"name": "孙明远", "phone": "+8613800000003", "birth": "1980-01"}


@ONE_IS_ENOUGH
def test_an_office_foresees_to_the_row_what_the_import_then_does(
    store: Store, keys: KeyRing, take: Import, lin: Actor
) -> None:
    take(sheet(LIANG, QIAN, SUN))
    with unit_of_work(store) as session:
        session.get_one(Constituent, 3).status = Status.RESTRICTED
        record(session, Subject("person", 3), "restricted", actor=lin, now=NOW)
    come = (
        sheet(LIANG | {"city": "深圳", "gender": "女"}, QIAN, SUN, NAMESAKE, title="一"),
        sheet(QIAN | {"employer": "云麓公司", "birth": "1990"}, {"name": "周新生"}, title="二"),
        sheet(QIAN | {"birth": "1991"}, LIANG | {"gender": "女"}, title="三"),
    )

    before = foresee(store, keys, *come)
    done = take(*come)

    assert before == done
    assert sum(each.left for each in done) == 1
    assert sum(each.proposed for each in done) > 0
    assert findings(store) == ()


@ONE_IS_ENOUGH
def test_a_pair_that_was_refused_is_not_foreseen_as_a_question(
    store: Store, keys: KeyRing, take: Import, lin: Actor
) -> None:
    take(sheet(LIANG))
    doubtful = LIANG | {"birth": "1984-01", "phone": "", "employer": ""}
    (asked,) = take(sheet(doubtful, title="二"))
    with unit_of_work(store) as session:
        for proposal in open_proposals(session):
            refuse(session, proposal, actor=lin, now=NOW)
    again = sheet(doubtful | {"city": "天水"}, title="三")

    before = foresee(store, keys, again)
    done = take(again)

    assert asked.proposed == 1
    assert before == done
    assert done[0].proposed == 0


@ONE_IS_ENOUGH
def test_what_an_open_question_says_already_is_not_asked_again(store: Store, take: Import) -> None:
    take(sheet(LIANG))
    told = LIANG | {"class_no": "3", "city": "天水"}

    (first,) = take(sheet(told, title="二"))
    (again,) = take(sheet(told, title="三"))
    (other,) = take(sheet(told | {"class_no": "4"}, title="四"))

    assert (first.proposed, again.proposed, other.proposed) == (1, 0, 1)


@ONE_IS_ENOUGH
def test_what_was_refused_is_not_asked_again_but_what_is_new_is(
    store: Store, keys: KeyRing, take: Import, lin: Actor
) -> None:
    take(sheet(LIANG))
    told = LIANG | {"ethnicity": "汉族"}
    take(sheet(told, title="二"))
    (asked,) = take(sheet(told | {"ethnicity": "藏族"}, title="三"))
    with unit_of_work(store) as session:
        for proposal in open_proposals(session):
            refuse(session, proposal, actor=lin, now=NOW)
    again = sheet(told | {"ethnicity": "藏族"}, QIAN, title="四")

    foreseen_again = foresee(store, keys, again)
    done = take(again)
    (other,) = take(sheet(told | {"ethnicity": "藏族", "class_no": "3"}, title="五"))

    assert asked.proposed == 1
    assert [each.proposed for each in (*foreseen_again, *done)] == [0, 0]
    assert other.proposed == 1
    with reading(store) as session:
        (proposal,) = open_proposals(session)
        assert told_by(session, keys, proposal) == {Column.CLASS_NO: "3"}
    assert not any("藏族" in str(row) for row in everything(store, Proposal, "told_digests"))


@ONE_IS_ENOUGH
def test_the_same_file_read_otherwise_is_refused_before_anything_is_written(
    store: Store, keys: KeyRing, take: Import
) -> None:
    take(sheet(LIANG))

    with pytest.raises(SheetReadOtherwise):
        take(sheet(LIANG | {"city": "会计"}), sheet(QIAN, title="另一张"))

    assert everything(store, Constituent, "name") == [("梁启舟",)]


@ONE_IS_ENOUGH
def test_what_headers_mean_is_part_of_what_was_agreed_to(store: Store, lin: Actor) -> None:
    agreed = replace(ORIGINS, headers=("备用号=phone", "职务="))
    with unit_of_work(store) as session:
        begun = open_import(session, agreed, actor=lin, now=NOW)
        assert opened_import(session, agreed) is begun
        assert opened_import(session, replace(agreed, headers=("备用号=phone",))) is begun
        assert (
            opened_import(session, replace(agreed, headers=("备用号=phone", "职务=city"))) is None
        )


@ONE_IS_ENOUGH
def test_a_known_person_tells_which_import_changed_it(store: Store, take: Import) -> None:
    take(sheet(LIANG, QIAN))

    take(sheet(LIANG | {"city": "深圳"}, title="二"), as_of=date(2026, 7, 1))

    with reading(store) as session:
        assert events_of(session, Subject("person", 2)) == []
        (event,) = events_of(session, Subject("person", 1))
        assert (event.action, event.detail) == ("changed_by_import", {"import": 2})
