"""Merges, un-merges, imports, consents, gifts, restrictions and erasures in any order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from donflow.bootstrap import OpenOffice
from donflow.errors import DonflowError
from donflow.gifts.models import Gift
from donflow.gifts.register import change_gift
from donflow.lifecycle.erasing import erase_person
from donflow.roster import consent
from donflow.roster.course import Origins
from donflow.roster.holdings import add_contact_point
from donflow.roster.import_models import Merge
from donflow.roster.importing import open_import, take_in
from donflow.roster.merging import head_of, merge, numbers_of, unmerge
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    Purpose,
    RelationKind,
    Source,
    Status,
)
from donflow.roster.people import Particulars, add_constituent, get_constituent
from donflow.roster.reading.rows import Column, Row, SheetReading
from donflow.roster.relations import relate
from donflow.roster.sources import Origin
from donflow.roster.standing import lift_restriction, mark_deceased, restrict
from donflow.roster.traits import Trait, set_traits
from donflow.store.base import Base
from donflow.store.journal import JOURNAL_TABLES
from donflow.store.session import reading, unit_of_work
from donflow.store.verify import verify_store
from tests.databases import only_sqlite
from tests.experiments.taking_up import NOW, open_desk
from tests.experiments.under_way import SECRETARY
from tests.journeys.desk import Desk

PEOPLE, STEPS = 8, 60
TODAY = NOW.date()
TOLD = Origin(Source.SELF, TODAY)
MERGING = {Merge.__tablename__, "search_line", *JOURNAL_TABLES}
"""What taking a merge back writes: its row, the journal, and what is derived from both."""

Rows = dict[str, list[str]]


def rows_of(session: Session) -> Rows:
    """Every row of every table, as text."""
    there = set(inspect(session.connection()).get_table_names())
    return {
        table.name: sorted(map(repr, session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name in there
    }


@dataclass
class Walk:
    """An office whose people are told of by words that nobody else has."""

    desk: OpenOffice
    random: Random
    city_of: dict[int, str] = field(default_factory=dict)
    told: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    done: Counter[str] = field(default_factory=Counter)
    imports: int = 0

    def any_number(self) -> int:
        return self.random.choice(sorted(self.told))

    def begin(self) -> None:
        with unit_of_work(self.desk.store) as session:
            for place in range(PEOPLE):
                name, city = f"沈听澜{chr(0x4E00 + place)}", f"乡{place}乡"
                person = add_constituent(
                    session,
                    self.desk.office.keys,
                    Particulars(ConstituentKind.PERSON, name),
                    actor=SECRETARY,
                    now=NOW,
                )
                for kind, raw in self.ways(person.id).items():
                    add_contact_point(
                        session,
                        self.desk.office.keys,
                        person,
                        kind=kind,
                        raw=raw,
                        source=Source.SELF,
                        since=TODAY,
                        actor=SECRETARY,
                        now=NOW,
                    )
                self.told[person.id] = {name}
                if place % 2:
                    traits = {Trait.CITY: city}
                    set_traits(
                        session,
                        person,
                        traits,
                        origin=TOLD,
                        actor=SECRETARY,
                        now=NOW,
                        today=TODAY,
                    )
                    self.told[person.id].add(city)
                    self.city_of[person.id] = city

    @staticmethod
    def ways(number: int) -> dict[ContactKind, str]:
        mail = f"shen{number}@yunlu.example"
        return {ContactKind.PHONE: f"1380000{number:04}", ContactKind.MAIL: mail}

    def merge(self, session: Session) -> None:
        one, other = self.any_number(), self.any_number()
        merge(session, one, other, actor=SECRETARY, now=NOW)

    def unmerge(self, session: Session) -> None:
        absorbed = self.random.choice(sorted(session.scalars(select(Merge.absorbed_id))) or [1])
        before = rows_of(session)
        unmerge(session, absorbed, actor=SECRETARY, now=NOW)
        session.flush()
        after = rows_of(session)
        assert {name: rows for name, rows in after.items() if name not in MERGING} == {
            name: rows for name, rows in before.items() if name not in MERGING
        }
        assert head_of(session, absorbed) == absorbed

    def restrict(self, session: Session) -> None:
        person = get_constituent(session, self.any_number())
        restrict(session, person, origin=TOLD, actor=SECRETARY, now=NOW)
        people = [session.get_one(Constituent, each) for each in numbers_of(session, person.id)]
        assert {each.status for each in people} == {Status.RESTRICTED}

    def lift(self, session: Session) -> None:
        person = get_constituent(session, self.any_number())
        lift_restriction(session, person, actor=SECRETARY, now=NOW)

    def die(self, session: Session) -> None:
        mark_deceased(
            session, get_constituent(session, self.any_number()), actor=SECRETARY, now=NOW
        )

    def consent(self, session: Session) -> None:
        act = self.random.choice((consent.give, consent.withdraw))
        person = get_constituent(session, self.any_number())
        act(session, person, Purpose.GREETINGS, stated_on=TODAY, actor=SECRETARY, now=NOW)

    def relate(self, session: Session) -> None:
        one, other = (get_constituent(session, self.any_number()) for _ in range(2))
        relate(session, one, RelationKind.SPOUSE, to=other, actor=SECRETARY, now=NOW)

    def donate(self, session: Session) -> None:
        gift = session.get_one(Gift, 1)
        change_gift(session, gift, {"donor_id": self.any_number()}, actor=SECRETARY, now=NOW)

    def erase(self, session: Session) -> None:
        number = self.any_number()
        erase_person(session, self.desk.office, number, actor=SECRETARY, now=NOW)

    def bring(self) -> None:
        """A list tells news of somebody, found by name, phone and mail; or it brings another."""
        self.imports += 1
        number, place = self.any_number(), self.imports
        with reading(self.desk.store) as session:
            name = session.get_one(Constituent, head_of(session, number)).name
        words = {Column.EMPLOYER: f"厂{place}厂"}
        if self.random.random() < 0.5:
            words[Column.CITY] = f"市{place}市"
        ways = self.ways(number)
        phone, mail = ways[ContactKind.PHONE], ways[ContactKind.MAIL]
        words[Column.NAME] = name or f"无名氏{place}"
        said = {Column.PHONE: phone, Column.EMAIL: mail, Column.ETHNICITY: "汉族", **words}
        title = f"表{place}"
        sheet = SheetReading(title, False, (), (Row(title, 2, said),), ())
        day = date(2026, 1, 1 + place % 28)
        origins = Origins(f"{place:064}", "名册.xlsx", Source.ROSTER, day)
        with unit_of_work(self.desk.store) as session:
            open_import(session, origins, actor=SECRETARY, now=NOW)
        keys = self.desk.office.keys
        take_in(self.desk.store, keys, [sheet], origins, actor=SECRETARY, now=NOW, taken=[])
        self.note(set(words.values()))

    def note(self, words: set[str]) -> None:
        """Whose rows hold the words now; also of people who came with a list."""
        with reading(self.desk.store) as session:
            for table in Base.metadata.sorted_tables:
                owner = "id" if table.name == "constituent" else "constituent_id"
                if owner not in table.c or table.name == "search_line":
                    continue
                for row in session.execute(select(table)).mappings():
                    found = {word for word in words if word in str(dict(row))}
                    if found or table.name == "constituent":
                        self.told[row[owner]] |= found

    def compare(self) -> None:
        """Nobody has the first city of somebody else, nor has ever had it."""
        with reading(self.desk.store) as session:
            for row in session.scalars(select(Constituent)):
                told = f"{row.city} {row.former_values}"
                own = self.city_of.get(row.id)
                assert not [city for city in self.city_of.values() if city != own and city in told]

    def step(self) -> None:
        acts = (
            *(self.merge,) * 8,
            *(self.unmerge,) * 4,
            *(self.restrict, self.lift, self.lift, self.die, self.consent, self.relate),
            *(self.donate, self.erase),
        )
        if self.random.random() < 0.3:
            self.bring()
            self.done["bring"] += 1
            return
        act = self.random.choice(acts)
        try:
            with unit_of_work(self.desk.store) as session:
                act(session)
        except DonflowError:
            return
        self.done[act.__name__] += 1


@only_sqlite("rows and rules are the same on every database")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_copied_lost_or_left_whatever_the_order(
    office_at: Callable[..., Desk], seed: int
) -> None:
    desk = office_at("intent")
    opened = open_desk(desk)
    walk = Walk(opened, Random(seed))
    walk.begin()
    for _step in range(STEPS):
        walk.step()
        walk.compare()
    with unit_of_work(opened.store) as session:
        assert verify_store(session) == ()
    with reading(opened.store) as session:
        stored = rows_of(session)
        erased = set(
            session.scalars(select(Constituent.id).where(Constituent.status == Status.ERASED))
        )
        kept = {
            word for number, words in walk.told.items() if number not in erased for word in words
        }
        for number, words in walk.told.items():
            for word in words - kept if number in erased else ():
                assert not [name for name, each in stored.items() if word in str(each)], word
    opened.close()
    assert walk.done.keys() >= {"merge", "unmerge", "bring"}, walk.done
