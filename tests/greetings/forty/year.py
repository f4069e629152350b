"""The year of the forty lived moment by moment: events, the clock, mail, a person's hands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.facts import RecordKind
from donflow.gifts.models import Gift, Payment
from donflow.gifts.payments import PaymentRepeated
from donflow.gifts.register import add_record
from donflow.greetings.batches import approve, open_batches
from donflow.greetings.condolences import condole
from donflow.greetings.planning import occasions_of
from donflow.greetings.weighing import weigh
from donflow.lifecycle.by_hand import letters_to_hand, mark_sent, write
from donflow.lifecycle.delivering import hands_of, run_outbox
from donflow.lifecycle.erasing import erase_person
from donflow.lifecycle.letters import said_in
from donflow.lifecycle.paying import confirm_money
from donflow.lifecycle.striking import strike_money
from donflow.lifecycle.writing import finish_thanks
from donflow.outbox.delivering import deliver_due
from donflow.outbox.models import WAITING, Addressee, Letter, LetterState, Way
from donflow.post.reply import Frozen, Outcome, Reply
from donflow.roster.consent import give, withdraw
from donflow.roster.merging import merge
from donflow.roster.models import ContactKind, Purpose
from donflow.roster.standing import mark_deceased
from donflow.store.journal import Subject, record
from donflow.store.session import reading
from donflow.vault.deposit import Upload, keep
from tests.greetings.forty.forty_office import (
    CHANNELS,
    FIRST,
    SHANGHAI,
    Forty,
    make_gift,
    person_of,
    receive,
)
from tests.greetings.forty.truth import Key, Row, by_hand, code_of

EVENT, BY_HAND, EVENING = time(0, 30), time(10), time(23)
A_QUARTER, A_DAY = timedelta(minutes=15), timedelta(days=1)


@dataclass
class Year:
    """Goes from moment to moment; of each letter that leaves it keeps whom it speaks to."""

    forty: Forty
    told: dict[str, Any]
    said: dict[int, str] = field(default_factory=dict)
    would: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Of what waits, by which channel it would go and in which words."""
    mailed: list[str] = field(default_factory=list)

    def live(self, until: date) -> None:
        """From the first moment to the end of the last day, by the moments that matter."""
        known = self._known()
        now, end = FIRST, datetime.combine(until, time(23, 59), SHANGHAI)
        while now <= end:
            acts = known.pop(now, None)
            for act in acts or ():
                act(now)
            hands = now.astimezone(SHANGHAI).time() == BY_HAND
            wakes = self._is_waiting(now) if acts is not None else not hands
            if wakes and self._wake(now):
                known[now + A_QUARTER] = []
            if hands:
                self._hand_over(now)
            now = min(moment for moment in (*known, *self._coming(now)) if moment > now)

    def rows(self, until: date) -> dict[Key, Row]:
        """What came of each letter of the year."""
        own = {number: each for each, number in self.forty.groups.items()}
        with reading(self.forty.opened.store) as session:
            query = select(Letter).where(Letter.on_day <= until, Letter.n == 0)
            letters = list(session.scalars(query.order_by(Letter.id)))
            found: dict[Key, Row] = {}
            for letter in letters:
                group = letter.addressee_kind == Addressee.GROUP
                number = own[letter.addressee_id] if group else letter.addressee_id
                found[number, letter.occasion, letter.on_day] = self._row(letter)
        assert len(found) == len(letters)
        return found

    def _row(self, letter: Letter) -> Row:
        reason = letter.reason or ""
        if letter.state == LetterState.SUPPRESSED:
            return Row(letter.due_at, letter.state, reason, "", "", "")
        channel, salutation = letter.channel or "", self.said.get(letter.id, "")
        if letter.state == LetterState.EXPIRED:
            channel, salutation = self.would[letter.id]
        return Row(letter.due_at, letter.state, reason, channel, salutation, by_hand(channel))

    def _known(self) -> dict[datetime, list[Callable[[datetime], None]]]:
        """The moments that the table itself names, with what happens at them."""
        known: dict[datetime, list[Callable[[datetime], None]]] = {}
        for told in self.told["events"]:
            at = time.fromisoformat(told["at"]) if "at" in told else EVENT
            moment = datetime.combine(date.fromisoformat(told["on"]), at, SHANGHAI)
            known.setdefault(moment, []).append(self._event(told))
        for told in self.told["approvals"]:
            moment = datetime.fromisoformat(told["approved_at"]).astimezone(SHANGHAI)
            known.setdefault(moment, []).append(self._approval(told))
        return known

    def _event(self, told: dict[str, Any]) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            with self.forty.unit() as session:
                happen(self.forty, session, told, now)

        return act

    def _approval(self, told: dict[str, Any]) -> Callable[[datetime], None]:
        key = code_of(told["occasion"]), date.fromisoformat(told["on_day"])

        def act(now: datetime) -> None:
            self._approve(now, only={key})

        return act

    def _wake(self, now: datetime) -> bool:
        """The clock, the mail, a person's approvals and hands; whether the clock is asked again."""
        opened = self.forty.opened
        done = run_outbox(
            opened.office, opened.store, clock_of=lambda: now, actor=None, environment={}
        )
        assert (done.why_held, done.brake, done.failed) == (None, None, [])
        self._mail(now)
        self._note_waiting(now)
        approved = self._approve(now, late=self._late())
        return approved and self._is_waiting(now)

    def _is_waiting(self, now: datetime) -> bool:
        with reading(self.forty.opened.store) as session:
            query = select(Letter.id).where(Letter.state.in_(WAITING), Letter.due_at <= now)
            return session.scalar(query.limit(1)) is not None

    def _late(self) -> Collection[tuple[str, date]]:
        return {
            (code_of(told["occasion"]), date.fromisoformat(told["on_day"]))
            for told in self.told["approvals"]
        }

    def _approve(
        self,
        now: datetime,
        *,
        only: Collection[tuple[str, date]] | None = None,
        late: Collection[tuple[str, date]] = (),
    ) -> bool:
        with self.forty.unit() as session:
            numbers = [
                batch.id
                for batch in open_batches(session)
                if (batch.occasion, batch.on) not in late
                and (only is None or (batch.occasion, batch.on) in only)
            ]
            approve(session, numbers, actor=self.forty.secretary, now=now)
        return bool(numbers)

    def _mail(self, now: datetime) -> None:
        """What is ready to be mailed, handed over at the border; its words instead of a card."""
        office, store = self.forty.opened.office, self.forty.opened.store

        def render(session: Session, letter: Letter, message_id: str) -> Frozen:
            salutation = said_in(session, office, letter, now=now).words.salutation
            self.said[letter.id] = salutation
            return Frozen(salutation.encode(), message_id, "")

        def hand_over(way: Way, frozen: Frozen, fence: Callable[[], bool]) -> Reply:
            if not fence():
                return Reply(Outcome.NOT_OWNER)
            self.mailed.append(frozen.message_id)
            return Reply(Outcome.ACCEPTED, 250)

        usual = hands_of(office, lambda: now, {})
        hands = replace(usual, render=render, hand_over=hand_over, ways=(Way.MAIL,))
        deliver_due(store, office.home, hands=hands, clock=lambda: now, actor=None)

    def _hand_over(self, now: datetime) -> None:
        """A person goes through what waits for a hand and marks it 已发."""
        office = self.forty.opened.office
        with self.forty.unit() as session:
            items = [
                item
                for way in (Way.WECHAT, Way.PAPER)
                for item in letters_to_hand(session, office, way, now=now)
                if item.reason is None
            ]
            for item in items:
                said = write(session, office, item, now=now).said
                self.said[item.letter.id] = said.words.salutation
            numbers = [item.letter.id for item in items]
            _, faults = mark_sent(session, office, numbers, actor=self.forty.secretary, now=now)
            assert faults == []

    def _note_waiting(self, now: datetime) -> None:
        office = self.forty.opened.office
        query = select(Letter).where(Letter.state == LetterState.PLANNED, Letter.due_at <= now)
        with reading(self.forty.opened.store) as session:
            letters = [each for each in session.scalars(query) if each.id not in self.would]
            verdicts = weigh(session, office, letters, occasions_of(office), now)
            for letter in letters:
                verdict = verdicts[letter.id]
                said = said_in(session, office, letter, now=now, verdict=verdict)
                self.would[letter.id] = f"{verdict.channel}", said.words.salutation

    def _coming(self, now: datetime) -> Iterator[datetime]:
        """When the next letter falls due, waits for a hand, or is past its last day anywhere."""
        waiting = select(Letter).where(Letter.state.in_(WAITING))
        with reading(self.forty.opened.store) as session:
            for letter in session.scalars(waiting):
                yield letter.due_at
                if letter.due_at > now:
                    continue
                yield datetime.combine(letter.expires_on + A_DAY, EVENING, SHANGHAI)
                if letter.state == LetterState.READY:
                    today = now.astimezone(SHANGHAI).date()
                    yield datetime.combine(today, BY_HAND, SHANGHAI)
                    yield datetime.combine(today + A_DAY, BY_HAND, SHANGHAI)
        yield now + 10 * A_DAY


def happen(forty: Forty, session: Session, told: dict[str, Any], now: datetime) -> None:
    """One event of the year, by the act of donflow that it is."""
    office, actor = forty.opened.office, forty.secretary
    day = now.astimezone(SHANGHAI).date()
    person = person_of(session, told["person"]) if "person" in told else None
    number = forty.gifts.get(told.get("gift", ""))
    gift = session.get_one(Gift, number) if number is not None else None
    match told["kind"]:
        case "merge":
            merge(session, told["into"], told["number"], actor=actor, now=now)
        case "contact_ends":
            kind = ContactKind(told["contact"])
            for point in [each for each in person.contact_points if each.kind == kind]:
                session.delete(point)
                subject = Subject("person", person.id)
                detail = {"row": f"contact_point:{point.id}"}
                record(session, subject, "removed", actor=actor, now=now, detail=detail)
        case "consent":
            say = give if told["given"] else withdraw
            say(
                session, person, Purpose(told["purpose"]), stated_on=day,
                channel=CHANNELS[told["channel"]], actor=actor, now=now,
            )  # fmt: skip
        case "erased":
            erase_person(session, office, person.id, actor=actor, now=now)
        case "deceased":
            mark_deceased(session, person, actor=actor, now=now, died_on=told["day"], today=day)
        case "condolence":
            bereaved = person_of(session, told["to"])
            condole(
                session, bereaved, deceased=None, on=day, zone=office.zone, actor=actor, now=now
            )
        case "gift_made":
            make_gift(forty, session, person.id, told, day)
        case "payment_confirmed":
            payment = receive(forty, session, told["gift"], told["received_on"], now)
            confirm_money(session, office, gift, payment.id, actor=forty.finance, now=now)
        case "statement_repeated":
            number = forty.payments[told["gift"]][told["payment"] - 1]
            received = _received_on(session, number)
            try:
                receive(forty, session, told["gift"], received, now)
            except PaymentRepeated:
                return
            raise AssertionError("a repeated statement was taken for another payment")
        case "payment_struck":
            number = forty.payments[told["gift"]][told["payment"] - 1]
            strike_money(session, office, gift, number, reason="误录", actor=forty.finance, now=now)
        case "thanked_by_phone":
            assert finish_thanks(session, gift, outcome="called", actor=actor, now=now) == 1
        case "dispute_opened" | "dispute_settled":
            kind = "dispute" if told["kind"] == "dispute_opened" else "settlement"
            paper = Upload("争议说明.txt", told["kind"].encode())
            blob = keep(session, office.vault, paper, kind="txt", actor=actor, now=now)
            add_record(
                session, gift, RecordKind(kind), on=day, document=blob.fingerprint, note=None,
                actor=actor, now=now,
            )  # fmt: skip
        case other:
            raise AssertionError(other)


def _received_on(session: Session, number: int) -> str:
    return session.get_one(Payment, number).received_on.isoformat()
