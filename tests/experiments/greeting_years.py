"""Years of an office that greets, with all that disturbs it: told to donflow and to the oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, insert, select, update

from donflow.greetings.batches import approve, open_batches
from donflow.greetings.rhythms import RhythmRules, set_rhythm, stop_rhythm
from donflow.lifecycle import delivering, instance
from donflow.lifecycle.delivering import run_outbox
from donflow.lifecycle.office import Office
from donflow.outbox.clock import brakes, release_clock
from donflow.outbox.hands import Hands
from donflow.outbox.models import Letter, LetterState, Way
from donflow.roster.models import Consent, Constituent, ContactPoint
from donflow.store.session import reading, unit_of_work
from tests.experiments.disturbances import DAY, HOUR, RULES, TURNS, ZONES, Disturbance
from tests.experiments.greeting_oracle import OFFICE, Key, Oracle, Person, day_at, festivals
from tests.experiments.greeting_post import Post, one_line
from tests.greetings.planned_office import Planning


class Years:
    """One office and its oracle, side by side, from the first day to the last."""

    def __init__(self, desk: Planning, seed: int, people: int, first: date, last: date) -> None:
        self.desk, self.chance, self.last = desk, random.Random(seed), last
        self.oracle, self.post = Oracle(), Post()
        self.true = datetime.combine(first, time(8), ZoneInfo(OFFICE)).astimezone(UTC)
        self.off = timedelta(0)
        self.ticks = self.braked = self.approved = 0
        with unit_of_work(desk.store) as session:
            instance.release(session, desk.office, actor=desk.actor, now=self.true)
        for _ in range(people):
            self.new_person()
        for segment, occasion, rules in RULES:
            self.set_rule(segment, occasion, **rules)

    @property
    def now(self) -> datetime:
        """What the machine's clock shows."""
        return self.true + self.off

    @property
    def true_day(self) -> date:
        return day_at(self.true, OFFICE)

    def live(self, disturbances: tuple[Disturbance, ...], step: timedelta) -> None:
        """To the last day; the disturbances are spread over the time, in any order."""
        order = self.chance.sample(disturbances, len(disturbances))
        end = datetime.combine(self.last, time(0), UTC)
        between = (end - self.true) / (len(order) + 1)
        start = self.true
        for number, each in enumerate(order, 1):
            self.go_on(start + between * number, step)
            self.disturb(each, step)
        self.go_on(end, step)

    def go_on(self, until: datetime, step: timedelta) -> None:
        """The clock ticks when something is due, and now and then when nothing is."""
        while self.true < until:
            due = None if self.oracle.brake else self.oracle.next_due()
            soon = self.now + step * (0.2 + self.chance.random())
            following = soon if due is None else min(soon, max(due, self.now + HOUR / 4))
            following += timedelta(minutes=self.chance.randrange(1, 90))
            self.true = following - self.off
            if self.chance.random() < 0.3:
                self.something_happens()
            self.tick()

    def tick(self, *, at_fence: dict[int, str] | None = None) -> None:
        office, now = self.desk.office, self.now
        done = run_outbox(
            office, self.desk.store, clock_of=lambda: now, actor=self.desk.actor, host="host",
        )  # fmt: skip
        assert done.failed == []
        self.ticks += 1
        self.braked += done.brake is not None
        assert done.brake == self.oracle.tick(now, at_fence), f"the brake at {now}"
        if self.ticks % 25 == 0:
            self.compare()

    def approve(self) -> None:
        """A person stands by, and lets go what the brake of a batch stops, before letters go."""
        with unit_of_work(self.desk.store) as session:
            stopped = open_batches(session)
            for batch in stopped:
                assert batch.forecast is not None
                assert batch.letters >= max(2 * batch.forecast + 1, batch.forecast + 20)
            numbers = [batch.id for batch in stopped]
            approve(session, numbers, actor=self.desk.actor, now=self.now)
        self.approved += len(stopped)

    def compare(self) -> None:
        """Every letter, planned or ended, with its reason, is the oracle's."""
        table = Letter.__table__
        columns = (table.c.addressee_id, table.c.occasion, table.c.on_day)
        with reading(self.desk.store) as session:
            rows = session.execute(select(*columns, table.c.state, table.c.reason)).all()
        ours: dict[Key, tuple[str, str | None]] = {
            (who, what, on): (state, reason) for who, what, on, state, reason in rows
        }
        wanted = self.oracle.facts()
        differ = {key for key in ours.keys() | wanted.keys() if ours.get(key) != wanted.get(key)}
        shown = [(f"{key}", ours.get(key), wanted.get(key)) for key in sorted(differ)[:3]]
        assert not differ, f"at {self.now}, {len(differ)} letters (donflow, oracle): {shown}"
        assert len(rows) == len(ours)
        sent = sum(state == LetterState.SENT for state, _ in ours.values())
        assert len(self.post.sent) == len(set(self.post.sent)) == sent

    def disturb(self, each: Disturbance, step: timedelta) -> None:
        self.tick()
        match each.what:
            case "clock":
                self.off += each.off
                self.tick()
                self.go_on(self.true + each.lasts, min(step, each.lasts / 3))
                self.off -= each.off
                self.true += HOUR / 60
                self.tick()
                self.confirm_clock()
            case "down":
                for _ in range(int(each.lasts / DAY / 3)):
                    self.something_happens()
                self.true += each.lasts
                self.tick()
                self.confirm_clock()
            case "noon" | "stop":
                self.edit_at_noon(each.what, step)
            case "merge_at_dawn":
                self.go_to_a_day_with_letters(step, hour=6)
                self.merge()
                self.true += 4 * HOUR
                self.tick()
                self.merge_into_west()
                self.true += 15 * HOUR
            case "apia":
                for _ in range(5):
                    self.move_zone("Pacific/Apia")
            case what:
                self.go_to_a_day_with_letters(step, hour=10, tick=False)
                self.fence(what.removeprefix("fence_"))
        self.tick()

    def confirm_clock(self) -> None:
        with reading(self.desk.store) as session:
            assert bool(brakes(session)) == (self.oracle.brake is not None)
        if self.oracle.brake is not None:
            self.true += 3 * HOUR
            with unit_of_work(self.desk.store) as session:
                release_clock(session, actor=self.desk.actor, now=self.now)
            self.oracle.release(self.now)

    def go_to_a_day_with_letters(self, step: timedelta, *, hour: int, tick: bool = True) -> None:
        """To this hour of the next day of the calendar on which somebody is greeted."""
        today = self.true_day
        calendar = (
            day
            for year in (today.year, today.year + 1)
            for _segment, occasion, _rules in RULES[1:6]
            for day in festivals(occasion, year)
            if day > today + DAY
        )
        moment = datetime.combine(min(calendar), time(hour), ZoneInfo(OFFICE)).astimezone(UTC)
        before = moment - 4 * HOUR
        self.go_on(before, step)
        self.true = max(moment, self.true + HOUR / 60)
        if tick:
            self.tick()

    def edit_at_noon(self, what: str, step: timedelta) -> None:
        """On a day of letters, when those who live in the west still wait for theirs."""
        self.go_to_a_day_with_letters(step, hour=12)
        edited = [rule for rule in RULES if what == "stop" or "hour" not in rule[2]]
        for segment, occasion, _ in self.chance.sample(edited, 4):
            if what == "stop":
                self.stop_rule(segment, occasion)
            else:
                hour = self.chance.choice((7, 14, 20))
                self.set_rule(segment, occasion, hour=hour, days=self.chance.choice((0, 1, 5)))
        self.tick()
        self.go_on(self.true + 3 * DAY, step)
        for segment, occasion, rules in RULES:
            self.set_rule(segment, occasion, **rules)

    def fence(self, what: str) -> None:
        """Somebody dies or unsubscribes while the mail server waits for the body of the letter."""
        struck: dict[int, str] = {}

        def strike(number: int) -> None:
            if struck or self.on_their_way(number) != 1 or number in self.oracle.below:
                return
            struck[number] = what
            if what == "deceased":
                self.set_status(number, what)
            else:
                self.insert_word(number, what, day_at(self.now, OFFICE))

        self.post.at_fence = strike
        self.tick(at_fence=struck)
        self.post.at_fence = None

    def on_their_way(self, number: int) -> int:
        states = (LetterState.READY, LetterState.CLAIMED)
        query = select(func.count()).where(Letter.addressee_id == number, Letter.state.in_(states))
        with reading(self.desk.store) as session:
            return session.scalar(query) or 0

    def something_happens(self) -> None:
        self.chance.choice((
            self.die, self.word, self.word, self.word, self.mail, self.mail, self.move_zone,
            self.move_zone, self.correct_birth, self.wish, self.give, self.give, self.merge,
            self.move, self.move, self.new_person,
        ))()  # fmt: skip

    def new_person(self) -> None:
        number = len(self.oracle.people) + 1
        person = Person(number, self.a_birth())
        self.oracle.people[number] = person
        self.desk.person(number, person.born)
        if self.chance.random() < 0.5:
            self.move_of(person)
        if self.chance.random() < 0.3:
            self.wish_of(person)
        if self.chance.random() < 0.3:
            self.give_of(person)
        if self.chance.random() < 0.95:
            self.say(person, "given")
        person.mails = False
        if self.chance.random() < 0.95:
            self.mail_of(person)

    def die(self) -> None:
        person = self.anybody()
        person.status = "deceased"
        self.set_status(person.number, "deceased")

    def word(self) -> None:
        self.say(self.anybody(), self.chance.choice(("withdrawn", "given")))

    def mail(self) -> None:
        self.mail_of(self.anybody())

    def move_zone(self, zone: str | None = None) -> None:
        self.wish_of(self.anybody(), zone)

    def wish(self) -> None:
        self.wish_of(self.anybody())

    def give(self) -> None:
        self.give_of(self.anybody())

    def move(self) -> None:
        self.move_of(self.anybody())

    def correct_birth(self) -> None:
        person = self.anybody()
        person.born = self.a_birth()
        self.desk.born(person.number, person.born)

    def merge(self) -> None:
        one, other = (self.oracle.head(self.anybody().number) for _ in range(2))
        if one != other:
            self.desk.merge(one, other)
            self.oracle.merge(one, other)

    def merge_into_west(self) -> None:
        """Somebody who had a letter this morning into somebody who still waits for the same."""
        today, people = self.true_day, self.oracle.people
        had = {
            key[1]: key[0]
            for key, letter in self.oracle.ended.items()
            if key[2] == today and letter.state == "sent" and people[key[0]].head is None
        }
        for number, occasion, on in list(self.oracle.waiting):
            if on == today and occasion in had and people[number].head is None:
                self.desk.merge(had[occasion], number)
                self.oracle.merge(had[occasion], number)
                return

    def set_rule(self, segment: str, occasion: str, **rules: object) -> None:
        names = {"hour": "send_hour", "days": "tolerance_days", "channel": "channel"}
        told = RhythmRules(
            approve=False,
            **{names[name]: value for name, value in rules.items()},  # type: ignore[arg-type]
        )
        with unit_of_work(self.desk.store) as session:
            set_rhythm(
                session, self.desk.office, segment, occasion, told,
                actor=self.desk.actor, now=self.now,
            )  # fmt: skip
        self.oracle.set_rule(segment, occasion, day_at(self.now, OFFICE), **rules)

    def stop_rule(self, segment: str, occasion: str) -> None:
        with unit_of_work(self.desk.store) as session:
            stop_rhythm(session, segment, occasion, actor=self.desk.actor, now=self.now)
        self.oracle.stop_rule(segment, occasion)

    def anybody(self) -> Person:
        return self.chance.choice(list(self.oracle.people.values()))

    def a_birth(self) -> str | None:
        day = date(1900, 2, 1) + timedelta(days=self.chance.randrange(39_000))
        turn = self.chance.choice(TURNS)
        return self.chance.choice((f"{day}", f"{day}", f"{day}", turn, f"{day:%Y-%m}", None))

    def say(self, person: Person, decision: str) -> None:
        self.insert_word(person.number, decision, self.true_day)
        self.oracle.say(person.number, decision, self.true_day)

    def insert_word(self, number: int, decision: str, on: date) -> None:
        row = {
            "constituent_id": number,
            "purpose": "greetings",
            "channel": "any",
            "decision": decision,
            "stated_on": on,
        }
        self.desk.write(insert(Consent.__table__), [row])

    def set_status(self, number: int, status: str) -> None:
        table = Constituent.__table__
        self.desk.write(update(table).where(table.c.id == number).values(status=status))

    def mail_of(self, person: Person) -> None:
        """They have a mail address now, or have none any more."""
        table = ContactPoint.__table__
        person.mails = not person.mails
        if not person.mails:
            self.desk.write(delete(table).where(table.c.constituent_id == person.number))
            return
        row = {
            "constituent_id": person.number, "kind": "mail", "ciphertext": b"", "masked": "a***",
            "blind": f"{person.number}", "source": "roster", "since": self.true_day,
            "confidence": "sure", "preferred": True, "salt": "0" * 32,
        }  # fmt: skip
        self.desk.write(insert(table), [row])

    def wish_of(self, person: Person, zone: str | None = None) -> None:
        person.told_wish = True
        person.zone = zone or self.chance.choice((*ZONES, *ZONES, OFFICE))
        person.lunar, person.march = self.chance.random() < 0.3, self.chance.random() < 0.5
        leap_day = "march" if person.march else "february"
        self.desk.wish(
            person.number, lunar_birthday=person.lunar, leap_day=leap_day, timezone=person.zone
        )

    def give_of(self, person: Person) -> None:
        day = self.true_day - timedelta(days=self.chance.randrange(2000))
        day = self.chance.choice((day, date(2008, 2, 29)))
        self.desk.gave(person.number, day)
        person.gifts.append(day)

    def move_of(self, person: Person) -> None:
        segment = self.chance.choice(("百", "千"))
        if segment in person.segments:
            person.segments.discard(segment)
            self.desk.leave(person.number, segment)
        else:
            person.segments.add(segment)
            self.desk.join(person.number, segment)


@contextmanager
def lent_hands(years: Years) -> Iterator[None]:
    """The office's own judgement, with a post that takes letters of one line.

    Asked for between planning and readying, when a person may approve.
    """
    usual = delivering.hands_of

    def hands_of(office: Office, *given: object) -> Hands:
        years.approve()
        hands = usual(office, *given)  # type: ignore[arg-type]
        return replace(
            hands,
            render=one_line,
            seal=lambda _session, _letter, _id, text: text.encode(),
            unseal=lambda _session, letter: (letter.body or b"").decode(),
            hand_over=years.post.hand_over,
            ways=(Way.MAIL, Way.FOLDER),
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "hands_of", hands_of)
        yield
