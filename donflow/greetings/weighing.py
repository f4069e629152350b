"""The verdicts on letters of the outbox on a day: gathers what `verdicts` judges, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from donflow.domain.occasions import Occasion
from donflow.greetings.already import GONE, had_already, heads_of_numbers, until_it_went
from donflow.greetings.couples import counted_for_both
from donflow.greetings.disputes import Machines
from donflow.greetings.facts import GroupFacts, PersonFacts
from donflow.greetings.judging import (
    QUIET_AFTER_LETTER,
    DayContext,
    Greeted,
    LetterFacts,
    order_of,
    way_of,
)
from donflow.greetings.people import gather_groups, gather_people, mourning_days
from donflow.greetings.reasons import Reason, Unknown
from donflow.greetings.verdicts import (
    Verdict,
    expected,
    judge_day,
    judge_groups,
    with_expected,
)
from donflow.outbox.models import WAITING, Addressee, Letter, LetterState, Way
from donflow.roster.merging import QUERY_SIZE, heads_of
from donflow.roster.models import ContactKind, ContactPoint

FARTHEST_ZONE = timedelta(days=1)
"""No two places on Earth are farther apart by the clock."""
LOOKED_AHEAD = 2 * QUIET_AFTER_LETTER
"""A term, a festival after it, and the school's day after that: each may silence the one before."""


class Office(Machines, Protocol):
    """An office, as far as the judgement asks for it."""

    @property
    def zone(self) -> ZoneInfo: ...


def weigh(
    session: Session,
    office: Office,
    letters: Sequence[Letter],
    occasions: Mapping[str, Occasion],
    now: datetime,
) -> dict[int, Verdict]:
    """The verdict on each of these letters, were it to go now, by its number.

    The day is that of the place where the addressee lives. The letters of the day to spouses and
    housemates are judged with them. A letter to a user is only ever late; one for an occasion
    that the list does not know any more, or to nobody who is known, does not go.
    """
    verdicts: dict[int, Verdict] = {}
    for start in range(0, len(letters), QUERY_SIZE):
        some = letters[start : start + QUERY_SIZE]
        verdicts |= _weigh(session, office, some, occasions, now)
    return {letter.id: verdicts[letter.id] for letter in letters}


def letter_facts(letter: Letter, occasions: Mapping[str, Occasion], *, gone: bool) -> LetterFacts:
    """What is judged of a row of the outbox."""
    occasion = occasions[letter.occasion]
    return LetterFacts(
        id=letter.id,
        addressee=letter.addressee_id,
        occasion=letter.occasion,
        kind=occasion.kind,
        personal=occasion.personal,
        order=order_of(occasion, occasions),
        on_day=letter.on_day,
        expires_on=letter.expires_on,
        about=letter.about,
        n=letter.n,
        named=letter.channel,
        gone=gone,
    )


def history_of(
    session: Session,
    office: Office,
    kind: Addressee,
    people: Mapping[int, PersonFacts | GroupFacts],
    occasions: Mapping[str, Occasion],
    today: date,
) -> dict[int, list[Greeted]]:
    """By addressee, what went before today: as far back as the judgement looks.

    What went to a number that was merged into an addressee's went to the addressee, and what
    greeted a couple to both of them.
    """
    history: dict[int, list[Greeted]] = defaultdict(list)
    heads = heads_of_numbers(session, kind, people)
    for letter in _rows(session, office, kind, heads, today):
        number = heads[letter.addressee_id]
        on = _went_on(letter, people.get(number), office)
        if on < today and not _waits(letter) and letter.occasion in occasions:
            order = order_of(occasions[letter.occasion], occasions)
            what = (letter.occasion, letter.on_day, letter.about)
            personal = occasions[letter.occasion].personal
            history[number].append(Greeted(on, order, what, personal))
    known = {number: each for number, each in people.items() if isinstance(each, PersonFacts)}
    return counted_for_both(history, known, today)


def ahead_of(
    session: Session,
    kind: Addressee,
    numbers: Collection[int],
    occasions: Mapping[str, Occasion],
    today: date,
) -> list[LetterFacts]:
    """The letters of the next days that wait and are not personal: one of them may count more.

    Also one that was posted before its day, which it greets on.
    """
    query = select(Letter).where(
        Letter.addressee_kind == kind,
        Letter.addressee_id.in_(numbers),
        Letter.on_day > today,
        Letter.on_day <= today + LOOKED_AHEAD,
        Letter.state.in_((*WAITING, LetterState.SENT)),
    )
    return [
        letter_facts(letter, occasions, gone=letter.state == LetterState.SENT)
        for letter in session.scalars(query)
        if letter.occasion in occasions and not occasions[letter.occasion].personal
    ]


def _weigh(
    session: Session,
    office: Office,
    letters: Sequence[Letter],
    occasions: Mapping[str, Occasion],
    now: datetime,
) -> dict[int, Verdict]:
    today = now.astimezone(office.zone).date()
    mourning = mourning_days(session)
    to_people = _known(letters, Addressee.CONSTITUENT, occasions)
    to_groups = _known(letters, Addressee.GROUP, occasions)
    verdicts = {letter.id: _unjudged(letter, occasions, today) for letter in letters}
    people = gather_people(session, office, {each.addressee_id for each in to_people}, today)
    mates = _housemates(session, to_people, people, occasions) - people.keys()
    people |= gather_people(session, office, mates, today)
    by_day: dict[date, list[Letter]] = defaultdict(list)
    for letter in to_people:
        person = people.get(letter.addressee_id)
        by_day[_today_of(person, office, now) if person else today].append(letter)
    for day, some in by_day.items():
        context = DayContext(day, mourning)
        some = [letter for letter in some if letter.addressee_id in people]
        verdicts |= _people(session, office, some, people, occasions, context)
    return verdicts | _groups(session, office, to_groups, occasions, DayContext(today, mourning))


def _today_of(person: PersonFacts, office: Office, now: datetime) -> date:
    """The date where the person lives."""
    return now.astimezone(_zone_of(person, office)).date()


def _zone_of(person: PersonFacts | GroupFacts | None, office: Office) -> ZoneInfo:
    wished = person.wish.timezone if isinstance(person, PersonFacts) else None
    return ZoneInfo(wished) if wished else office.zone


def _people(
    session: Session,
    office: Office,
    letters: Sequence[Letter],
    people: Mapping[int, PersonFacts],
    occasions: Mapping[str, Occasion],
    day: DayContext,
) -> dict[int, Verdict]:
    kind = Addressee.CONSTITUENT
    had = had_already(session, letters)
    history = history_of(session, office, kind, people, occasions, day.today)
    facts = _of_the_day(session, office, kind, people, letters, occasions, day.today)
    known = (each for each in facts if each.addressee in people and each.id not in had)
    ahead = expected(ahead_of(session, kind, people, occasions, day.today), people, day)
    verdicts = judge_day(known, people, with_expected(history, ahead), day)
    verdicts = until_it_went(session, verdicts)
    asked = {letter.id for letter in letters}
    weighed = {number: verdict for number, verdict in verdicts.items() if number in asked}
    return weighed | dict.fromkeys(had, Verdict(Reason.MERGED))


def _groups(
    session: Session,
    office: Office,
    letters: Sequence[Letter],
    occasions: Mapping[str, Occasion],
    day: DayContext,
) -> dict[int, Verdict]:
    if not letters:
        return {}
    kind = Addressee.GROUP
    groups = gather_groups(session, {letter.addressee_id for letter in letters})
    letters = [letter for letter in letters if letter.addressee_id in groups]
    history = history_of(session, office, kind, groups, occasions, day.today)
    facts = _of_the_day(session, office, kind, groups, letters, occasions, day.today)
    ahead = expected(ahead_of(session, kind, groups, occasions, day.today), groups, day)
    return judge_groups(facts, groups, with_expected(history, ahead), day)


def _of_the_day(
    session: Session,
    office: Office,
    kind: Addressee,
    people: Mapping[int, PersonFacts | GroupFacts],
    letters: Iterable[Letter],
    occasions: Mapping[str, Occasion],
    today: date,
) -> list[LetterFacts]:
    """The asked letters, with all others to these addressees that go, or went, today."""
    heads = heads_of_numbers(session, kind, people)
    asked = {letter.id: letter_facts(letter, occasions, gone=False) for letter in letters}
    same = {(letter.occasion, letter.on_day) for letter in letters}
    others = {
        letter.id: _facts_of_other(letter, occasions, heads)
        for letter in _rows(session, office, kind, heads, today)
        if letter.occasion in occasions
        and (
            # Silent for the household's sake: whom that letter names is found by it once more.
            (letter.occasion, letter.on_day) in same
            if letter.state == LetterState.SUPPRESSED
            else _waits(letter)
            or _went_on(letter, people.get(heads[letter.addressee_id]), office) == today
        )
    }
    return list((others | asked).values())


def _facts_of_other(
    letter: Letter, occasions: Mapping[str, Occasion], heads: Mapping[int, int]
) -> LetterFacts:
    gone = _is_gone(letter)
    facts = letter_facts(letter, occasions, gone=gone)
    return replace(facts, addressee=heads[letter.addressee_id]) if gone else facts


def _rows(
    session: Session, office: Office, kind: Addressee, numbers: Collection[int], today: date
) -> list[Letter]:
    """The letters to these that went or go, from the month's first day, or three days back, on.

    One that was silent for its household's sake counts: the addressee was greeted with another.
    """
    first = min(today.replace(day=1), today - QUIET_AFTER_LETTER)
    since = datetime.combine(first, time(0), office.zone) - FARTHEST_ZONE
    household = and_(Letter.state == LetterState.SUPPRESSED, Letter.reason == Reason.HOUSEHOLD)
    query = (
        select(Letter)
        .where(Letter.addressee_kind == kind)
        .where(Letter.on_day <= today, or_(Letter.on_day >= first, Letter.ended_at >= since))
        .where(or_(Letter.state.in_((*WAITING, LetterState.HELD, *GONE)), household))
    )
    asked = sorted(numbers)
    parts = (asked[start : start + QUERY_SIZE] for start in range(0, len(asked), QUERY_SIZE))
    return [
        letter
        for part in parts
        for letter in session.scalars(query.where(Letter.addressee_id.in_(part)))
    ]


def _is_gone(letter: Letter) -> bool:
    return not _waits(letter) and letter.state != LetterState.SUPPRESSED


def _waits(letter: Letter) -> bool:
    return letter.state in (*WAITING, LetterState.HELD)


def _went_on(letter: Letter, to: PersonFacts | GroupFacts | None, office: Office) -> date:
    """The date when it went where the addressee lives, as `today` is the date there.

    What was posted before its day greets on its day.
    """
    if letter.ended_at is None:
        return letter.on_day
    return max(letter.ended_at.astimezone(_zone_of(to, office)).date(), letter.on_day)


def _known(
    letters: Iterable[Letter], kind: Addressee, occasions: Mapping[str, Occasion]
) -> list[Letter]:
    return [each for each in letters if each.addressee_kind == kind and each.occasion in occasions]


def _unjudged(letter: Letter, occasions: Mapping[str, Occasion], today: date) -> Verdict:
    """What holds of a letter to which no other verdict is found: it is let go to users alone."""
    if letter.addressee_kind == Addressee.USER:
        return Verdict(Reason.LATE if today > letter.expires_on else None)
    known = letter.occasion in occasions
    return Verdict(Unknown.NO_ADDRESSEE if known else Unknown.NO_OCCASION)


def _housemates(
    session: Session,
    letters: Iterable[Letter],
    people: Mapping[int, PersonFacts],
    occasions: Mapping[str, Occasion],
) -> set[int]:
    """Who else lives where one of these letters would go on paper, by their heads."""
    addresses = {
        person.address
        for letter in letters
        if (person := people.get(letter.addressee_id)) is not None
        and way_of(letter_facts(letter, occasions, gone=False), person) is Way.PAPER
    }
    if not addresses - {None}:
        return set()
    query = select(ContactPoint.constituent_id).where(
        ContactPoint.kind == ContactKind.ADDRESS, ContactPoint.blind.in_(addresses)
    )
    return set(heads_of(session, list(session.scalars(query))).values())
