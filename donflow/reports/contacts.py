"""The ledger of contacts with one person, who was not contacted for long, and the contact rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from donflow.gifts.contacts import ContactKind, contacts_with
from donflow.gifts.models import Contact, Gift, Payment
from donflow.greetings.reasons import Reason
from donflow.greetings.thanking import THANK, THANKS, letters_of_thanks
from donflow.originals.models import Parcel
from donflow.outbox.models import Addressee, Letter, LetterState, Way
from donflow.roster.alumni_models import SegmentMember
from donflow.roster.merging import QUERY_SIZE, heads_of, numbers_of_each
from donflow.roster.models import (
    Confidence,
    Constituent,
    ContactPoint,
    Relation,
    RelationKind,
    Status,
)
from donflow.roster.models import ContactKind as AtKind
from donflow.roster.segments import known_segments
from donflow.tasks.models import Task

Asked = Select[*tuple[Any, ...]]

EFFECTIVE_DAYS = 365
"""An effective contact is one of the last year."""

BY_METHOD = {"post": ContactKind.POSTED, "hand": ContactKind.MET, "message": ContactKind.SENT}
BY_OUTCOME = {
    "sent": ContactKind.SENT,
    "called": ContactKind.CALLED,
    "visited": ContactKind.VISITED,
}
"""Of which kind a parcel is, and thanks that a person said; a public notice is no contact."""


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: `what` is its source, `about` the occasion or parcel's content."""

    on: date
    kind: str
    what: str
    gift_id: int | None
    about: str | None = None
    channel: str | None = None
    reached: bool = True
    note: str | None = None


@dataclass(frozen=True)
class Silent:
    """Somebody who was not contacted for long: when last, and how; never where there is no day."""

    number: int
    name: str
    segments: tuple[str, ...]
    last_on: date | None


@dataclass(frozen=True)
class SegmentRate:
    """Of the living of a segment: who can be reached, and who was effectively contacted."""

    segment: str
    people: int
    reached: int
    effective: int


def ledger_of(session: Session, numbers: Collection[int], *, zone: ZoneInfo) -> list[Entry]:
    """Every contact with a person under these numbers, the newest first, none of them twice.

    That is what was entered by hand, letters that went, parcels that were sent and not lost, and
    thanks that a person said; thanks that a letter said stand here as that letter.
    """
    gifts = list(session.scalars(select(Gift.id).where(Gift.donor_id.in_(numbers))))
    entries = [
        *_by_hand(session, numbers),
        *_letters(session, numbers, zone),
        *_parcels(session, gifts),
        *_thanks(session, gifts, zone),
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def silent_people(
    session: Session, *, days: int, segment: str | None, today: date, zone: ZoneInfo
) -> list[Silent]:
    """Who of a segment, or of any, lives and was not contacted for so many days; longest first.

    Every line of the ledger counts as a contact but one in which nobody was reached.
    """
    members = _members(session, segment)
    last = last_contacts(session, zone=zone)
    before = today - timedelta(days=days)
    found = [
        Silent(number, name, tuple(sorted(members[number])), last.get(number))
        for number, name in _living(session, members).items()
        if (last.get(number) or date.min) < before
    ]
    return sorted(found, key=lambda one: (one.last_on or date.min, one.number))


def segment_rates(session: Session, *, today: date, zone: ZoneInfo) -> list[SegmentRate]:
    """The effective-contact rate of each segment that has members, in the order of segments.

    Effective: of the living whose data may be used, those with a way to reach them that is not in
    doubt, who were contacted with success within `EFFECTIVE_DAYS`.
    """
    members = _members(session, None)
    living = _living(session, members)
    reached = _reachable(session, living)
    proven = reached & contacted_since(session, today - timedelta(days=EFFECTIVE_DAYS), zone=zone)
    groups: dict[str, set[int]] = defaultdict(set)
    for number in living:
        for segment in members[number]:
            groups[segment].add(number)
    return [
        SegmentRate(
            segment,
            len(groups[segment]),
            len(groups[segment] & reached),
            len(groups[segment] & proven),
        )
        for segment in known_segments(session)
        if groups[segment]
    ]


def contacted_since(session: Session, day: date, *, zone: ZoneInfo) -> set[int]:
    """The heads of all who were contacted with success since that day.

    That is: spoken with, heard from or written to by hand and reached, thanked by a person, or
    handed a parcel that arrived. A greeting that merely went says nothing of who reads it.
    """
    midnight = datetime.combine(day, time(), zone)
    spoken = ["called", "visited"]
    queries: tuple[Asked, ...] = (
        _WITH_WHOM.where(Contact.on >= day, Contact.reached.is_(True)),
        select(Gift.donor_id).join(Parcel).where(Parcel.delivered_on >= day),
        _thanked(Gift.donor_id).where(Task.outcome.in_(spoken), Task.done_at >= midnight),
    )
    found = {number for query in queries for number in session.scalars(query)} - {None}
    return set(heads_of(session, found).values())


def last_contacts(session: Session, *, zone: ZoneInfo) -> dict[int, date]:
    """By the head of each person the day of the last contact; without one there is no entry."""
    queries: tuple[Asked, ...] = (
        _WITH_WHOM.add_columns(func.max(Contact.on))
        .where(Contact.reached.is_(True))
        .group_by(_WHO),
        select(Letter.addressee_id, func.max(Letter.ended_at))
        .where(Letter.addressee_kind == Addressee.CONSTITUENT, Letter.state == LetterState.SENT)
        .group_by(Letter.addressee_id),
        _greeted_along(_OWN.addressee_id, func.max(Letter.ended_at)).group_by(_OWN.addressee_id),
        select(Gift.donor_id, func.max(Parcel.sent_on))
        .join(Parcel)
        .where(Parcel.lost_on.is_(None))
        .group_by(Gift.donor_id),
        _thanked(Gift.donor_id, func.max(Task.done_at))
        .where(Task.outcome.in_(BY_OUTCOME))
        .group_by(Gift.donor_id),
    )
    told = [
        (number, _day(at, zone))
        for query in queries
        for number, at in session.execute(query)
        if number is not None and at is not None
    ]
    heads = heads_of(session, {number for number, _ in told})
    last: dict[int, date] = {}
    for number, on in told:
        last[heads[number]] = max(on, last.get(heads[number], date.min))
    return last


_WHO = func.coalesce(Contact.constituent_id, Gift.donor_id)
_WITH_WHOM: Final[Asked] = select(_WHO).select_from(Contact).outerjoin(Gift)
"""With whom a contact was: the person named, else the donor of the gift that it was about."""


_OWN: Final = aliased(Letter)
"""Of somebody who was greeted with another's letter, the own one, which was silent for it."""


def _greeted_along(*columns: Any) -> Asked:
    """Letters that went and named a spouse or housemate, with the letter silent for their sake."""
    mine, theirs = aliased(ContactPoint), aliased(ContactPoint)
    married = exists().where(
        Relation.kind.in_((RelationKind.SPOUSE, RelationKind.WIDOW)),
        or_(
            and_(Relation.from_id == _OWN.addressee_id, Relation.to_id == Letter.addressee_id),
            and_(Relation.to_id == _OWN.addressee_id, Relation.from_id == Letter.addressee_id),
        ),
    )
    housed = exists().where(
        mine.constituent_id == _OWN.addressee_id,
        theirs.constituent_id == Letter.addressee_id,
        mine.kind == AtKind.ADDRESS,
        mine.kind == theirs.kind,
        mine.blind == theirs.blind,
    )
    same = and_(
        Letter.occasion == _OWN.occasion,
        Letter.on_day == _OWN.on_day,
        Letter.addressee_kind == _OWN.addressee_kind,
    )
    return (
        select(*columns)
        .select_from(_OWN)
        .join(Letter, same)
        .where(_OWN.addressee_kind == Addressee.CONSTITUENT, _OWN.reason == Reason.HOUSEHOLD)
        .where(Letter.state == LetterState.SENT, or_(married, housed))
    )


def _thanked(*columns: Any) -> Asked:
    """Tasks of thanks with their gifts."""
    said = (Task.subject_type == Gift.lifecycle, Task.kind == THANK)
    return select(*columns).select_from(Gift).join(Task, Task.subject_id == Gift.id).where(*said)


def _day(at: date | datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at


def _by_hand(session: Session, numbers: Collection[int]) -> Iterator[Entry]:
    for one in contacts_with(session, numbers):
        yield Entry(
            on=one.on,
            kind=one.kind,
            what="contact",
            gift_id=one.gift_id,
            channel=one.channel,
            reached=one.reached,
            note=one.note,
        )


def _letters(session: Session, numbers: Collection[int], zone: ZoneInfo) -> Iterator[Entry]:
    """Those to this person, and those to others in which this person was named."""
    query = select(Letter).where(
        Letter.addressee_kind == Addressee.CONSTITUENT,
        Letter.addressee_id.in_(numbers),
        Letter.state == LetterState.SENT,
    )
    along = _greeted_along(Letter).where(_OWN.addressee_id.in_(numbers))
    for letter in (*session.scalars(query), *session.scalars(along)):
        payment = session.get(Payment, letter.about) if letter.occasion == THANKS else None
        yield Entry(
            on=_day(letter.ended_at or letter.due_at, zone),
            kind=ContactKind.POSTED if letter.channel == Way.PAPER else ContactKind.SENT,
            what="letter",
            gift_id=payment.gift_id if payment else None,
            about=letter.occasion,
            channel=letter.channel,
        )


def _parcels(session: Session, gifts: Collection[int]) -> Iterator[Entry]:
    query = select(Parcel).where(Parcel.gift_id.in_(gifts), Parcel.lost_on.is_(None))
    for parcel in session.scalars(query):
        yield Entry(
            on=parcel.sent_on,
            kind=BY_METHOD.get(parcel.method, ContactKind.SENT),
            what="parcel",
            gift_id=parcel.gift_id,
            channel=parcel.method,
        )


def _thanks(session: Session, gifts: Collection[int], zone: ZoneInfo) -> Iterator[Entry]:
    """Those a person said; where a letter said them, it stands in the ledger itself."""
    query = _thanked(Task).where(Gift.id.in_(gifts), Task.outcome.in_(BY_OUTCOME))
    tasks = {int(task.key.rpartition(":")[2]): task for task in session.scalars(query)}
    by_letter = {
        letter.about
        for letter in letters_of_thanks(session, tasks)
        if letter.state == LetterState.SENT
    }
    for payment, task in tasks.items():
        if payment not in by_letter and task.done_at is not None:
            yield Entry(
                on=_day(task.done_at, zone),
                kind=BY_OUTCOME[task.outcome or ""],
                what=THANKS,
                gift_id=task.subject_id,
            )


def _members(session: Session, segment: str | None) -> dict[int, set[str]]:
    """By the head of each member the segments: of this one, or of all."""
    query = select(SegmentMember.constituent_id, SegmentMember.segment)
    if segment is not None:
        query = query.where(SegmentMember.segment == segment)
    rows = [(number, name) for number, name in session.execute(query)]
    heads = heads_of(session, {number for number, _ in rows})
    members: dict[int, set[str]] = defaultdict(set)
    for number, name in rows:
        members[heads[number]].add(name)
    return members


def _living(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The names of those who live and whose data may be used."""
    usable = Constituent.status == Status.ACTIVE
    return {
        number: name
        for part in _batched(numbers)
        for number, name in session.execute(
            select(Constituent.id, Constituent.name).where(Constituent.id.in_(part), usable)
        )
    }


def _reachable(session: Session, heads: Collection[int]) -> set[int]:
    """Those with a way to reach them, under any number, that is not in doubt."""
    numbers = numbers_of_each(session, heads)
    owner = {number: head for head, all_of in numbers.items() for number in all_of}
    sure = ContactPoint.confidence != Confidence.DOUBTFUL
    return {
        owner[number]
        for part in _batched(owner)
        for number in session.scalars(
            select(ContactPoint.constituent_id).where(ContactPoint.constituent_id.in_(part), sure)
        )
    }


def _batched(numbers: Iterable[int]) -> Iterator[list[int]]:
    """So many numbers at once as a statement may hold."""
    rest = list(numbers)
    for start in range(0, len(rest), QUERY_SIZE):
        yield rest[start : start + QUERY_SIZE]
