"""Merging: two numbers are one person, nothing moves, and taking it back is exact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.roster import consent, standing
from donflow.roster.folding import fold
from donflow.roster.holdings import add_contact_point
from donflow.roster.import_models import Merge
from donflow.roster.merging import (
    AlreadyOne,
    NotMerged,
    UnlikeKinds,
    head_of,
    heads_only,
    merge,
    numbers_of,
    numbers_of_each,
    unmerge,
)
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    Purpose,
    RelationKind,
    Source,
    Status,
)
from donflow.roster.people import NotChangeable, Particulars, add_constituent, get_constituent
from donflow.roster.reading.rows import Column, Row
from donflow.roster.relations import RelationRefused, relate, relations_of
from donflow.roster.sources import Origin
from donflow.roster.storing import change_people, held_people
from donflow.roster.traits import Trait, set_traits
from donflow.store.base import Base
from donflow.store.bulk import Said
from donflow.store.journal import JOURNAL_TABLES, Subject, events_of, record
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work
from tests import databases

ONE_IS_ENOUGH = databases.only_sqlite("numbers and rows are the same on every database")
PEOPLE = 12


@pytest.fixture
def people(store: Store, keys: KeyRing, lin: Actor, now: datetime) -> list[int]:
    """Twelve people, each with a phone, and some with the same name."""
    with unit_of_work(store) as session:
        added = [
            add_constituent(
                session,
                keys,
                Particulars(ConstituentKind.PERSON, f"沈云{'松竹梅'[place % 3]}"),
                actor=lin,
                now=now,
            )
            for place in range(PEOPLE)
        ]
        for place, person in enumerate(added):
            add_contact_point(
                session,
                keys,
                person,
                kind=ContactKind.PHONE,
                raw=f"1380000{place:04}",
                source=Source.SELF,
                since=now.date(),
                actor=lin,
                now=now,
            )
    return [person.id for person in added]


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the journal, as stored."""
    with reading(store) as session:
        there = set(inspect(session.connection()).get_table_names()) - JOURNAL_TABLES
        return {
            table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name in there
        }


def walk(
    store: Store, people: list[int], steps: int, random: Random, lin: Actor, now: datetime
) -> None:
    """Random merges and un-merges; at the end what is left is taken back in random order."""
    merged: list[int] = []
    for _unit in range(20):
        with unit_of_work(store) as session:
            for _step in range(steps // 20):
                if merged and random.random() < 0.45:
                    unmerge(session, merged.pop(random.randrange(len(merged))), actor=lin, now=now)
                    continue
                one, other = random.sample(people, 2)
                if head_of(session, one) == head_of(session, other):
                    continue
                merged.append(merge(session, one, other, actor=lin, now=now).absorbed_id)
    random.shuffle(merged)
    with unit_of_work(store) as session:
        for number in merged:
            unmerge(session, number, actor=lin, now=now)


@ONE_IS_ENOUGH
@pytest.mark.parametrize("seed", [1, 2])
def test_random_merges_taken_back_leave_every_row_as_it_was(
    store: Store, people: list[int], lin: Actor, now: datetime, seed: int
) -> None:
    before = rows_of(store)
    walk(store, people, 500, Random(seed), lin, now)
    assert rows_of(store) == before
    with reading(store) as session:
        subjects = [Subject("person", number) for number in people]
        done = [event.action for subject in subjects for event in events_of(session, subject)]
    assert done.count("person_merged") == done.count("person_unmerged") > 100


@ONE_IS_ENOUGH
def test_the_comparison_sees_a_merge_that_moved_something(
    store: Store, people: list[int], lin: Actor, now: datetime
) -> None:
    before = rows_of(store)
    with unit_of_work(store) as session:
        merge(session, people[0], people[1], actor=lin, now=now)
        session.get_one(Constituent, people[0]).city = "云州"
    with unit_of_work(store) as session:
        unmerge(session, people[1], actor=lin, now=now)
    assert rows_of(store) != before


def test_all_numbers_are_read_the_head_first(
    store: Store, people: list[int], lin: Actor, now: datetime
) -> None:
    first, second, third, fourth, *_ = people
    with unit_of_work(store) as session:
        merge(session, third, second, actor=lin, now=now)
        merge(session, fourth, third, actor=lin, now=now, by_rule="same_student_no")
        merge(session, fourth, first, actor=lin, now=now)
    with reading(store) as session:
        for number in (first, second, third, fourth):
            assert numbers_of(session, number) == (fourth, first, second, third)
        assert numbers_of_each(session, [second, people[5]]) == {
            second: (fourth, first, second, third),
            people[5]: (people[5],),
        }
        found = [get_constituent(session, number) for number in (second, first, people[5])]
        assert [person.id for person in heads_only(session, found)] == [fourth, people[5]]
        rules = [row.by_rule for row in session.scalars(select(Merge).order_by(Merge.id))]
        assert rules == [None, "same_student_no", None]
    with unit_of_work(store) as session:
        assert unmerge(session, third, actor=lin, now=now) == fourth
    with reading(store) as session:
        assert numbers_of(session, second) == (third, second)
        assert numbers_of(session, first) == (fourth, first)


@ONE_IS_ENOUGH
def test_a_circle_and_unlike_kinds_and_what_may_not_be_used_are_refused(
    store: Store, keys: KeyRing, people: list[int], lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        particulars = Particulars(ConstituentKind.COMPANY, "云州市沈云松商贸有限公司")
        company = add_constituent(session, keys, particulars, actor=lin, now=now).id
        merge(session, people[0], people[1], actor=lin, now=now)
        get_constituent(session, people[2]).status = Status.RESTRICTED
        with pytest.raises(AlreadyOne):
            merge(session, people[1], people[0], actor=lin, now=now)
        with pytest.raises(AlreadyOne):
            merge(session, people[3], people[3], actor=lin, now=now)
        with pytest.raises(UnlikeKinds):
            merge(session, people[3], company, actor=lin, now=now)
        for one, other in ((people[2], people[3]), (people[3], people[2])):
            with pytest.raises(NotChangeable):
                merge(session, one, other, actor=lin, now=now)
        with pytest.raises(NotMerged):
            unmerge(session, people[0], actor=lin, now=now)


def _withdrawn(session: Session, number: int, lin: Actor, now: datetime) -> None:
    person = get_constituent(session, number)
    consent.withdraw(
        session, person, Purpose.GREETINGS, stated_on=date(2026, 11, 20), actor=lin, now=now
    )


def _deceased(session: Session, number: int, _lin: Actor, _now: datetime) -> None:
    get_constituent(session, number).status = Status.DECEASED


@ONE_IS_ENOUGH
@pytest.mark.parametrize("happens", [_withdrawn, _deceased])
@pytest.mark.parametrize("turned", [False, True])
def test_a_withdrawal_or_a_death_under_any_number_holds_for_the_person(
    store: Store,
    people: list[int],
    lin: Actor,
    now: datetime,
    happens: Callable[[Session, int, Actor, datetime], None],
    turned: bool,
) -> None:
    head, other = people[:2]
    given, withdrawn = (other, head) if turned else (head, other)
    with unit_of_work(store) as session:
        person = get_constituent(session, given)
        day = date(2026, 11, 19)
        consent.give(session, person, Purpose.GREETINGS, stated_on=day, actor=lin, now=now)
        happens(session, withdrawn, lin, now)
        assert consent.may(session, person, Purpose.GREETINGS).granted
        merge(session, head, other, actor=lin, now=now)
    with reading(store) as session:
        for number in (head, other):
            person = get_constituent(session, number)
            assert not consent.may(session, person, Purpose.GREETINGS).granted
    with unit_of_work(store) as session:
        unmerge(session, other, actor=lin, now=now)
        assert consent.may(session, get_constituent(session, given), Purpose.GREETINGS).granted


@ONE_IS_ENOUGH
@pytest.mark.parametrize("by", [0, 1])
def test_a_restriction_holds_for_all_numbers_and_no_unmerge_undoes_it(
    store: Store, people: list[int], lin: Actor, now: datetime, by: int
) -> None:
    pair = people[:2]
    origin = Origin(Source.SELF, now.date())
    with unit_of_work(store) as session:
        one, other = (get_constituent(session, number) for number in pair)
        merge(session, *pair, actor=lin, now=now)
        standing.restrict(session, (one, other)[by], origin=origin, actor=lin, now=now)
        assert [one.status, other.status] == [Status.RESTRICTED] * 2
        with pytest.raises(NotChangeable):
            unmerge(session, pair[1], actor=lin, now=now)
        standing.lift_restriction(session, (one, other)[1 - by], actor=lin, now=now)
        standing.mark_deceased(session, (one, other)[by], actor=lin, now=now)
        unmerge(session, pair[1], actor=lin, now=now)
        assert [one.status, other.status] == [Status.DECEASED] * 2


@ONE_IS_ENOUGH
def test_a_head_that_was_restricted_alone_holds_what_was_merged_into_it(
    store: Store, people: list[int], lin: Actor, now: datetime
) -> None:
    with unit_of_work(store) as session:
        merge(session, *people[:2], actor=lin, now=now)
        get_constituent(session, people[0]).status = Status.RESTRICTED
        with pytest.raises(NotChangeable):
            unmerge(session, people[1], actor=lin, now=now)


@ONE_IS_ENOUGH
def test_relations_of_all_numbers_are_the_persons(
    store: Store, people: list[int], lin: Actor, now: datetime
) -> None:
    head, other, spouse, *_ = people
    with unit_of_work(store) as session:
        one, two, third = (get_constituent(session, number) for number in (head, other, spouse))
        relate(session, two, RelationKind.SPOUSE, to=third, actor=lin, now=now)
        assert relations_of(session, one) == []
        merge(session, head, other, actor=lin, now=now)
        assert [row.to_id for row in relations_of(session, one)] == [spouse]
        for to in (third, two):
            with pytest.raises(RelationRefused):
                relate(session, one, RelationKind.SPOUSE, to=to, actor=lin, now=now)


@ONE_IS_ENOUGH
def test_what_rows_add_to_a_merged_person_copies_nothing_of_the_other_number(
    store: Store, keys: KeyRing, people: list[int], lin: Actor, now: datetime
) -> None:
    """Only what the rows say is written; un-merged, the head never knew the other's city."""
    first, second = people[:2]
    told = {Trait.CITY: "深圳", Trait.PROVINCE: "广东省"}
    with unit_of_work(store) as session:
        person = get_constituent(session, second)
        origin = Origin(Source.SELF, now.date())
        set_traits(session, person, told, origin=origin, actor=lin, now=now, today=now.date())
        merge(session, first, second, actor=lin, now=now)
    origin = Origin(Source.ROSTER, now.date(), ref="名册!2")
    for said in ({Column.ETHNICITY: "汉族"}, {Column.CITY: "云州"}):
        with unit_of_work(store) as session:
            held = held_people(session, [first])[first]
            assert held.fields["city"] == "深圳"
            fold(held, Row("名册", 2, said), [], origin)
            change_people(session, keys, [held], Said(Subject("person", first), lin, now))
            record(session, Subject("person", first), "changed_by_import", actor=lin, now=now)
        with reading(store) as session:
            head, other = (get_constituent(session, number) for number in (first, second))
            assert (head.city, head.province) == (said.get(Column.CITY), None)
            assert (other.city, other.province) == ("深圳", "广东省")
            assert "深圳" not in str(head.former_values)
            assert (head.field_sources or {}).keys() >= {str(column) for column in said}
            assert "province" not in (head.field_sources or {})
