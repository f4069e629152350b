"""An office for planning: people, gifts and wishes put into its tables without ceremony."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from donflow.accounts.users import add_user
from donflow.domain.actor import Actor, Role
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.greetings.models import GreetingWish, Rhythm, WechatGroup
from donflow.greetings.planning import Planned, plan
from donflow.greetings.rhythms import RhythmRules, set_rhythm, stop_rhythm
from donflow.lifecycle.office import Office
from donflow.outbox.models import Letter
from donflow.roster.alumni_models import Education, SegmentMember
from donflow.roster.import_models import Merge
from donflow.roster.models import Constituent
from donflow.settings import Settings
from donflow.store.session import Store, reading, unit_of_work

TODAY = date(2026, 9, 21)
SOME = datetime(2026, 1, 1, tzinfo=UTC)
SCHOOL_DAY = "10-18"


@dataclass
class Planning:
    """Acts on the office as of `today`; rows go past the journal, which planning never asks."""

    store: Store
    office: Office
    actor: Actor
    today: date = TODAY
    serial: Any = field(default_factory=lambda: count(1))

    @property
    def now(self) -> datetime:
        """Noon in the office."""
        return datetime.combine(self.today, time(12), self.office.zone)

    def write(self, statement: Any, rows: Any = None) -> None:
        with self.store.writer.begin() as connection:
            connection.execute(statement, rows) if rows else connection.execute(statement)

    def person(self, number: int, birth: str | None = None, *segments: str, **more: Any) -> int:
        row = {
            "id": number,
            "kind": "person",
            "name": f"梁启舟{number}",
            "other_names": [],
            "birth": birth,
            "field_sources": {},
            "former_values": {},
            "status": "active",
            "key_id": f"{number:032}",
            "salt": f"{number:032}",
            "created_at": SOME,
            "changed_at": SOME,
            "row_version": 1,
        }
        self.write(insert(Constituent.__table__), [row | more])
        for segment in segments:
            self.join(number, segment)
        return number

    def born(self, number: int, birth: str | None) -> None:
        table = Constituent.__table__
        self.write(update(table).where(table.c.id == number).values(birth=birth))

    def join(self, number: int, segment: str) -> None:
        row = {"constituent_id": number, "segment": segment, **self._recorded}
        self.write(insert(SegmentMember.__table__), [row])

    def leave(self, number: int, segment: str) -> None:
        table = SegmentMember.__table__
        left = (table.c.constituent_id == number) & (table.c.segment == segment)
        self.write(delete(table).where(left))

    def merge(self, absorbed: int, survivor: int) -> None:
        row = {"absorbed_id": absorbed, "survivor_id": survivor, "evidence": [], **self._recorded}
        self.write(insert(Merge.__table__), [row])

    def wish(self, number: int, **told: Any) -> None:
        table = GreetingWish.__table__
        self.write(delete(table).where(table.c.constituent_id == number))
        usual = {"lunar_birthday": False, "leap_day": "february", "joint": False}
        row = {"constituent_id": number, **usual, **told, **self._recorded}
        self.write(insert(table), [row])

    def gave(self, number: int, on: date, *, confirmed: bool = True) -> int:
        """A gift with one payment of that day; its number."""
        gift = next(self.serial)
        moving = {"workflow_version": "1", "entered_on": on, "due_provisional": False}
        row = {"row_version": 1, **moving}
        self.write(
            insert(Gift.__table__),
            [
                {
                    "id": gift,
                    "year": on.year,
                    "serial": gift,
                    "number": f"G{on.year}-{gift:04}",
                    "kind": "money",
                    "donor_id": number,
                    "anonymous": False,
                    "currency": "CNY",
                    "channel": "visit",
                    "heard_on": on,
                    "created_at": SOME,
                    "changed_at": SOME,
                    "stage": "closed",
                    **row,
                }
            ],
        )
        sum_ = {"amount_minor": 100, "currency": "CNY"}
        part = {"id": gift, "gift_id": gift, "no": 1, "pay_by": on, "stage": "paid", **sum_, **row}
        self.write(insert(Instalment.__table__), [part])
        payment = {
            "gift_id": gift,
            "instalment_id": gift,
            "received_on": on,
            "payer": "梁启舟",
            "recorded_person": "林秘书",
            "confirmed_at": SOME if confirmed else None,
            **sum_,
            **self._recorded,
        }
        self.write(insert(Payment.__table__), [payment])
        return gift

    def graduated(self, number: int, year: int) -> None:
        row = {
            "constituent_id": number,
            "grad_year": year,
            "source": "roster",
            "since": TODAY,
            "confidence": "sure",
            "salt": "0" * 32,
        }
        self.write(insert(Education.__table__), [row])

    def group(self, name: str, segment: str | None = None) -> None:
        self.write(
            insert(WechatGroup.__table__), [{"name": name, "segment": segment, **self._recorded}]
        )

    def rhythm(self, segment: str, occasion: str, **rules: Any) -> None:
        with unit_of_work(self.store) as session:
            told = RhythmRules(**rules)
            set_rhythm(
                session, self.office, segment, occasion, told, actor=self.actor, now=self.now
            )

    def stop(self, segment: str, occasion: str) -> None:
        with unit_of_work(self.store) as session:
            stop_rhythm(session, segment, occasion, actor=self.actor, now=self.now)

    def plan(self, through: date) -> Planned:
        with unit_of_work(self.store) as session:
            return plan(session, self.office, through=through, now=self.now, actor=self.actor)

    def stands(self, number: int, state: str) -> None:
        """Have the letters to somebody stand in a state, as the outbox would leave them."""
        table = Letter.__table__
        self.write(update(table).where(table.c.addressee_id == number).values(state=state))

    def letters(self) -> list[Letter]:
        with reading(self.store) as session:
            query = select(Letter).order_by(Letter.on_day, Letter.addressee_id, Letter.occasion)
            found = list(session.scalars(query))
            session.expunge_all()
        return found

    def days(self) -> list[tuple[int, str, str]]:
        """To whom, for what, on which day."""
        return [(each.addressee_id, each.occasion, f"{each.on_day}") for each in self.letters()]

    def rhythms(self) -> list[Rhythm]:
        with reading(self.store) as session:
            found = list(session.scalars(select(Rhythm).order_by(Rhythm.id)))
            session.expunge_all()
        return found

    @property
    def _recorded(self) -> dict[str, Any]:
        return {"recorded_at": SOME, "recorded_by": self.actor.user_id}


def planning_office(store: Store, home: Path) -> Planning:
    """An office of one secretary, whose school has its day on 18 October."""
    with unit_of_work(store) as session:
        user = add_user(session, "lin", "林秘书", actor=None, now=SOME)
        session.flush()
        actor = Actor(user.id, frozenset({Role.SECRETARY}), Role.SECRETARY)
    return Planning(
        store, Office(home, Settings(school_anniversary=SCHOOL_DAY), home / "keys"), actor
    )
