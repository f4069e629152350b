"""Letters that a person hands over: which they are, what is handed over, and that it was (已发)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.greetings.cards.card import Form
from donflow.greetings.letter_lines import LetterLine, line_of
from donflow.greetings.people import (
    MOBILE,
    GroupFacts,
    PersonFacts,
    gather_groups,
    gather_people,
)
from donflow.greetings.planning import occasions_of
from donflow.greetings.thanking import on_sent
from donflow.greetings.verdicts import Verdict
from donflow.greetings.weighing import weigh
from donflow.greetings.wording import Recipients
from donflow.lifecycle.delivering import hands_of, judge, why_held
from donflow.lifecycle.letters import Said, card_of, said_in
from donflow.lifecycle.office import Office
from donflow.outbox import clock
from donflow.outbox.acts import change, get_letter
from donflow.outbox.by_hand import note_tracking, tracking_number
from donflow.outbox.hands import Verdict as Judged
from donflow.outbox.models import IS_WAITING, Addressee, Letter, LetterState, Way
from donflow.outbox.settling import MayNotGo
from donflow.outbox.settling import mark_sent as mark_one
from donflow.outbox.states import Event
from donflow.roster.merging import numbers_of_each
from donflow.roster.models import ContactKind, ContactPoint


class SentAlready(DonflowError):
    code = "sent_already"
    message = N_("Letter {letter} was sent already: {who}, {at}.")
    remedy = N_("To send it once more: donflow greeting resend {letter} --why asked")
    http_status = 409


class HeldHere(DonflowError):
    code = "held_here"
    message = N_("Letters are held here; nothing is handed over.")
    remedy = N_("See why: donflow greeting deliver")
    http_status = 409


PAPER_AHEAD: Final = timedelta(days=10)
"""Cards on paper are printed and posted so long before their day: the post takes its time."""
FOUND_BY: Final = {Way.WECHAT: (ContactKind.WECHAT, ContactKind.PHONE)}


@dataclass(frozen=True)
class Place:
    """Where an addressee is found: a kind of contact and its masked value, or a group's name."""

    kind: str
    shown: str
    number: int | None = None
    """Under which number of the person it stands; to see it whole, somebody reveals it."""


@dataclass(frozen=True)
class ToHand:
    """A letter that waits for a person's hand; with a `reason` it may not go, or not yet."""

    letter: Letter
    reason: str | None
    verdict: Verdict


@dataclass(frozen=True)
class Written:
    """One letter in words: `said` on the card, `text` to be copied, `names` of those it greets."""

    letter: Letter
    said: Said
    text: str
    names: tuple[str, ...]


def refuse_held(session: Session, office: Office) -> None:
    """Nothing is prepared where a machine would hand over nothing: raises HeldHere."""
    if why_held(session, office) is not None or clock.brakes(session):
        raise HeldHere


def letters_to_hand(
    session: Session,
    office: Office,
    way: Way,
    *,
    now: datetime,
    on: date | None = None,
    occasion: str | None = None,
) -> list[ToHand]:
    """What waits to be handed over this way, judged now, the first due first.

    `on` is the day of the occasion; without it all that is ready. On paper also what is planned
    for the next `PAPER_AHEAD`, judged as of its day; what then goes otherwise is left out.
    """
    ready = and_(Letter.state == LetterState.READY, Letter.channel == way)
    if way is Way.PAPER:
        ready = or_(ready, _planned_ahead(office.today(now)))
    query = select(Letter).where(ready, IS_WAITING)
    if on is not None:
        query = query.where(Letter.on_day == on)
    if occasion is not None:
        query = query.where(Letter.occasion == occasion)
    letters = list(session.scalars(query.order_by(Letter.on_day, Letter.due_at, Letter.id)))
    at_hand = [each for each in letters if each.state == LetterState.READY]
    verdicts = weigh(session, office, at_hand, occasions_of(office), now)
    ahead = [each for each in letters if each.state == LetterState.PLANNED]
    verdicts |= _on_paper_ahead(session, office, ahead, now)
    judged = ((letter, verdicts[letter.id]) for letter in letters if letter.id in verdicts)
    return [ToHand(letter, said.reason or said.waits, said) for letter, said in judged]


def lines_to_hand(
    session: Session, office: Office, items: Sequence[ToHand], *, now: datetime
) -> list[LetterLine]:
    """The same letters as lists show them, whoever is greeted along named in the salutation."""
    persons = [each for each in items if each.letter.addressee_kind == Addressee.CONSTITUENT]
    named = {number for each in persons for number in _greeted(each)}
    people = gather_people(session, office, named, office.today(now))
    chats = {each.letter.addressee_id for each in items if each not in persons}
    groups = gather_groups(session, chats)
    return [_line(item, people, groups) for item in items]


def write(session: Session, office: Office, item: ToHand, *, now: datetime) -> Written:
    """The letter in the words of this moment."""
    said = said_in(session, office, item.letter, now=now, verdict=item.verdict)
    return Written(item.letter, said, text_of(said), _names(said.to))


def card_if_drawn(said: Said, form: Form) -> bytes | None:
    """The card; None for an occasion without one, and for a name that no font of ours has.

    One name must not keep the cards of all others back; its text goes without.
    """
    try:
        return card_of(said, form)
    except DonflowError:
        return None


def text_of(said: Said) -> str:
    """What is copied into a chat: to whom, the words, who greets."""
    words = said.words
    addressed = "\n".join(words.addressed)
    return "\n".join((f"{addressed}：", *words.lines, *words.signature))


def places_of(
    session: Session, letters: Iterable[Letter], way: Way
) -> Mapping[int, tuple[Place, ...]]:
    """Where each addressee is found, by letter: masked, as everywhere in lists."""
    found = list(letters)
    people = {each.addressee_id for each in found if each.addressee_kind == Addressee.CONSTITUENT}
    numbers = numbers_of_each(session, people)
    points = _points(session, {each for group in numbers.values() for each in group}, way)
    return {
        letter.id: tuple(place for each in numbers[letter.addressee_id] for place in points[each])
        for letter in found
        if letter.addressee_kind == Addressee.CONSTITUENT
    }


def mark_sent(
    session: Session,
    office: Office,
    numbers: Sequence[int],
    *,
    tracking: Mapping[int, str] | None = None,
    went_out: bool = False,
    actor: Actor,
    now: datetime,
) -> tuple[list[Letter], list[DonflowError]]:
    """Write down that a person handed these over (已发), each judged as any other and once.

    A letter on paper may have its `tracking` number. Also what stands in the way, of every letter;
    the caller raises if anything does, so that nothing is written. Raises HeldHere.
    """
    if not went_out:
        refuse_held(session, office)
    usual = hands_of(office, lambda: now)
    done: list[Letter] = []
    faults: list[DonflowError] = []
    for number in dict.fromkeys(numbers):
        try:
            given = (tracking or {}).get(number)
            if given is not None:
                tracking_number(given)
            letter = get_letter(session, number)
            if letter.state == LetterState.SENT and given is None:
                raise _sent_already(session, letter)
            if letter.state != LetterState.SENT:
                hands = usual
                if _is_planned_ahead(letter, office.today(now)):
                    moment = max(now, letter.due_at)
                    _make_ready(session, office, letter, now, went_out=went_out)
                    hands = replace(usual, judge=partial(_judged, office, moment))
                letter = mark_one(
                    session, number, home=office.home, hands=hands, went_out=went_out,
                    actor=actor, now=now,
                )  # fmt: skip
                on_sent(session, letter, actor, now)
            if given is not None:
                note_tracking(session, number, given, actor=actor, now=now)
            done.append(letter)
        except DonflowError as fault:
            faults.append(fault)
    return done, faults


def _planned_ahead(today: date) -> ColumnElement[bool]:
    return and_(Letter.state == LetterState.PLANNED, Letter.on_day <= today + PAPER_AHEAD)


def _is_planned_ahead(letter: Letter, today: date) -> bool:
    return letter.state == LetterState.PLANNED and letter.on_day <= today + PAPER_AHEAD


def _on_paper_ahead(
    session: Session, office: Office, letters: Iterable[Letter], now: datetime
) -> dict[int, Verdict]:
    """The verdicts on those of these that will go on paper, each as of when it is due."""
    by_moment: dict[datetime, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_moment[max(now, letter.due_at)].append(letter)
    found: dict[int, Verdict] = {}
    for moment, some in by_moment.items():
        found |= weigh(session, office, some, occasions_of(office), moment)
    return {number: said for number, said in found.items() if said.channel is Way.PAPER}


def _make_ready(
    session: Session, office: Office, letter: Letter, now: datetime, *, went_out: bool
) -> None:
    """A letter on paper becomes ready before its day; another stays.

    Raises MayNotGo, unless it `went_out` already: what somebody posted early is paper.
    """
    moment = max(now, letter.due_at)
    said = weigh(session, office, [letter], occasions_of(office), moment)[letter.id]
    if said.reason is not None and not went_out:
        raise MayNotGo(letter=letter.id, why=said.reason)
    if said.reason is not None or said.channel is Way.PAPER:
        states, columns = [LetterState.PLANNED], {"channel": Way.PAPER.value}
        change(session, Event.DUE, [letter.id], states=states, columns=columns)
        session.refresh(letter)


def _judged(
    office: Office, moment: datetime, session: Session, letters: Sequence[Letter]
) -> dict[int, Judged]:
    return judge(session, office, letters, moment)


def _greeted(item: ToHand) -> list[int]:
    spouse = [item.verdict.spouse] if item.verdict.spouse is not None else []
    return [item.letter.addressee_id, *spouse, *item.verdict.household]


def _line(
    item: ToHand, people: Mapping[int, PersonFacts], groups: Mapping[int, GroupFacts]
) -> LetterLine:
    letter, spouse = item.letter, item.verdict.spouse
    to = None
    if letter.addressee_kind == Addressee.CONSTITUENT:
        beside = people[spouse] if spouse is not None else None
        household = tuple(people[each] for each in item.verdict.household)
        to = Recipients(people[letter.addressee_id], beside, household)
    return line_of(letter, people, groups, recipients=to, reason=item.reason)


def _sent_already(session: Session, letter: Letter) -> SentAlready:
    user = session.get(User, letter.settled_by) if letter.settled_by is not None else None
    who = user.display_name if user is not None else "donflow"
    return SentAlready(letter=letter.id, who=who, at=letter.ended_at)


def _points(session: Session, numbers: Iterable[int], way: Way) -> dict[int, list[Place]]:
    point = ContactPoint
    query = (
        select(point.constituent_id, point.kind, point.masked)
        .where(point.constituent_id.in_(set(numbers)), point.kind.in_(FOUND_BY.get(way, ())))
        .order_by(point.kind.desc(), point.preferred.desc(), point.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for number, kind, masked in session.execute(query):
        if kind != ContactKind.PHONE or MOBILE.fullmatch(masked):
            found[number].append(Place(kind, masked, number))
    return found


def _names(to: Recipients) -> tuple[str, ...]:
    spouse = (to.spouse.name,) if to.spouse is not None else ()
    return (to.first.name, *spouse, *(each.name for each in to.household))
