"""Gathers what is known of many addressees at once, in a number of queries that never grows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from donflow.gifts.models import Gift
from donflow.greetings.disputes import Machines, disputed
from donflow.greetings.facts import CHANNELS, GroupFacts, PersonFacts, Said, Wish
from donflow.greetings.models import Condolence, GreetingWish, MourningDay, WechatGroup
from donflow.greetings.thanking import STRUCK, THANK
from donflow.outbox.models import Way
from donflow.roster.alumni_models import SegmentMember
from donflow.roster.merging import QUERY_SIZE, numbers_of_each
from donflow.roster.models import (
    Channel,
    Consent,
    Constituent,
    ContactKind,
    ContactPoint,
    Decision,
    Purpose,
    Relation,
    RelationKind,
    Status,
)
from donflow.tasks.models import Task

__all__ = ["GroupFacts", "PersonFacts", "gather_groups", "gather_people", "mourning_days"]

AnyRow = Row[*tuple[Any, ...]]

THANKS_OF_PAYMENT = re.compile(f"{THANK}:payment:([0-9]+)")
"""The key of the task to thank for a payment."""


def gather_people(
    session: Session, office: Machines, numbers: Collection[int], today: date
) -> dict[int, PersonFacts]:
    """The facts of these constituents by number, and of their spouses by the head of theirs.

    What is known under any of a person's merged numbers counts for each of them; a number that
    is not the head says into which it was merged. Unknown numbers are left out. Consents count
    that were stated up to `today`.
    """
    asked = sorted(set(numbers))
    facts: dict[int, PersonFacts] = {}
    for start in range(0, len(asked), QUERY_SIZE):
        facts |= _gather(session, office, asked[start : start + QUERY_SIZE], today)
    return facts


def gather_groups(session: Session, numbers: Collection[int]) -> dict[int, GroupFacts]:
    """The facts of these WeChat groups, by number."""
    groups = session.scalars(select(WechatGroup).where(WechatGroup.id.in_(numbers)))
    return {
        group.id: GroupFacts(group.id, group.name, group.people, group.ended_on) for group in groups
    }


def mourning_days(session: Session) -> frozenset[date]:
    """All days of mourning that were ever entered: a few in ten years."""
    return frozenset(session.scalars(select(MourningDay.day)))


def _gather(
    session: Session, office: Machines, asked: Sequence[int], today: date
) -> dict[int, PersonFacts]:
    numbers = numbers_of_each(session, asked)
    spouses = _spouses(session, numbers)
    numbers |= numbers_of_each(session, {each for each, _other in spouses} - numbers.keys())
    head = {each: group[0] for group in numbers.values() for each in group}
    rows = _rows(session, office, head, today)
    known = (_facts(number, rows, today) for number in set(head.values()))
    people = {facts.number: facts for facts in known if facts is not None}
    married = _married(spouses, head, people)
    found = {
        number: replace(people[head[number]], spouse=married.get(head[number]))
        for number in (*asked, *married.values())
        if head.get(number) in people
    }
    return {
        number: facts
        if facts.number == number
        else replace(facts, number=number, merged_into=facts.number)
        for number, facts in found.items()
    }


@dataclass(frozen=True)
class _Rows:
    """The rows of each table, by the head of the person whom they are about."""

    constituents: Mapping[int, list[AnyRow]]
    points: Mapping[int, list[AnyRow]]
    consents: Mapping[int, list[AnyRow]]
    wishes: Mapping[int, list[AnyRow]]
    segments: Mapping[int, list[AnyRow]]
    condolences: Mapping[int, list[AnyRow]]
    thanks: Mapping[int, list[AnyRow]]
    disputed: frozenset[int]


def _rows(session: Session, office: Machines, head: Mapping[int, int], today: date) -> _Rows:
    numbers = sorted(head)

    def of(query: Select[*tuple[Any, ...]]) -> Mapping[int, list[AnyRow]]:
        found: dict[int, list[AnyRow]] = defaultdict(list)
        for row in session.execute(query):
            found[head[row[0]]].append(row)
        return found

    person, point, said = Constituent, ContactPoint, Consent
    return _Rows(
        constituents=of(
            select(
                person.id, person.kind, person.name, person.status, person.gender,
                person.salutation, person.representative, person.birth,
            ).where(person.id.in_(numbers)).order_by(person.id)
        ),
        points=of(
            select(point.constituent_id, point.kind, point.masked, point.blind)
            .where(point.constituent_id.in_(numbers))
            .order_by(point.preferred.desc(), point.id)
        ),
        consents=of(
            select(said.constituent_id, said.channel, said.decision)
            .where(said.constituent_id.in_(numbers), said.purpose == Purpose.GREETINGS)
            .where(said.stated_on <= today)
            .order_by(said.stated_on, said.id)
        ),
        wishes=of(
            select(GreetingWish.constituent_id, *WISHES).where(
                GreetingWish.constituent_id.in_(numbers)
            )
        ),
        segments=of(
            select(SegmentMember.constituent_id, SegmentMember.segment).where(
                SegmentMember.constituent_id.in_(numbers)
            )
        ),
        condolences=of(
            select(Condolence.constituent_id, Condolence.on).where(
                Condolence.constituent_id.in_(numbers)
            )
        ),
        thanks=of(
            select(Gift.donor_id, Task.key, Task.outcome)
            .join(Task, (Task.subject_id == Gift.id) & (Task.subject_type == Gift.lifecycle))
            .where(Gift.donor_id.in_(numbers), Task.done_at.is_not(None))
        ),
        disputed=frozenset(head[number] for number in disputed(session, office, numbers)),
    )  # fmt: skip


WISHES = (
    GreetingWish.lunar_birthday,
    GreetingWish.leap_day,
    GreetingWish.timezone,
    GreetingWish.channel,
    GreetingWish.quiet_until,
    GreetingWish.joint,
)
"""In the order of the fields of `Wish`."""


def _facts(number: int, rows: _Rows, today: date) -> PersonFacts | None:
    """The person whose head is `number`; None where there is no such row."""
    records = {row.id: row for row in rows.constituents.get(number, ())}
    own = records.get(number)
    if own is None:
        return None
    points = rows.points.get(number, [])
    consents = [(row.channel, row.decision) for row in rows.consents.get(number, ())]
    wishes = sorted(rows.wishes.get(number, ()), key=lambda row: row[0] != number)
    addresses = (row.blind for row in points if row.kind == ContactKind.ADDRESS)
    thanks = {
        int(key[1]): row.outcome
        for row in rows.thanks.get(number, ())
        if (key := THANKS_OF_PAYMENT.fullmatch(row.key))
    }
    return PersonFacts(
        number=number,
        name=own.name,
        kind=own.kind,
        status=_status({row.status for row in records.values()}),
        gender=_first(own.gender, (row.gender for row in records.values())),
        salutation=_first(own.salutation, (row.salutation for row in records.values())),
        representative=own.representative,
        born=max((row.birth or "" for row in (own, *records.values())), key=len) or None,
        segments=frozenset(row.segment for row in rows.segments.get(number, ())),
        reachable=_reachable(points),
        said=_last_words(consents),
        asked=bool(consents),
        wish=Wish(*wishes[0][1:]) if wishes else Wish(),
        address=next(addresses, None),
        disputed=number in rows.disputed,
        condoled_on=tuple(sorted(row.on for row in rows.condolences.get(number, ()))),
        thanked=frozenset(each for each, outcome in thanks.items() if outcome != STRUCK),
        struck=frozenset(each for each, outcome in thanks.items() if outcome == STRUCK),
    )


def _first(own: str | None, others: Iterable[str | None]) -> str | None:
    """What the head says; else what another of the numbers says."""
    return own or next((each for each in others if each), None)


def _status(standings: Collection[str]) -> str:
    """What holds for one of the numbers holds for the person (`roster.standing`)."""
    graver = (Status.ERASED, Status.RESTRICTED, Status.DECEASED)
    return next((each for each in graver if each in standings), Status.ACTIVE)


def _reachable(points: Iterable[AnyRow]) -> frozenset[Way]:
    """WeChat takes a WeChat number or a mobile phone, paper an address."""
    return frozenset(way for row in points for way in _ways(row.kind, row.masked))


def _ways(kind: str, masked: str) -> tuple[Way, ...]:
    match kind:
        case ContactKind.MAIL:
            return (Way.MAIL,)
        case ContactKind.ADDRESS:
            return (Way.PAPER,)
        case ContactKind.WECHAT:
            return (Way.WECHAT,)
        case _:
            return (Way.WECHAT, Way.WEBHOOK) if MOBILE.fullmatch(masked) else ()


MOBILE = re.compile(r"1[0-9]{2}\*{4}[0-9]{4}")
"""How a mobile phone looks where it is masked (`domain.masking`)."""


def _last_words(consents: Sequence[tuple[str, str]]) -> dict[Way, Said]:
    """The last word by each way, of all channels or of its own, as they were said in time."""
    said: dict[Way, Said] = {}
    for channel, decision in consents:
        word = Said.GIVEN if decision == Decision.GIVEN else Said.WITHDRAWN
        ways = (way for way, its in CHANNELS.items() if channel in (Channel.ANY, its))
        said |= dict.fromkeys(ways, word)
    return said


def _spouses(session: Session, numbers: Mapping[int, tuple[int, ...]]) -> list[tuple[int, int]]:
    """Each of these people with whom they are or were married to, both ways, the latest last."""
    ours = {each for group in numbers.values() for each in group}
    query = (
        select(Relation.from_id, Relation.to_id)
        .where(Relation.kind.in_((RelationKind.SPOUSE, RelationKind.WIDOW)))
        .where(Relation.from_id.in_(ours) | Relation.to_id.in_(ours))
        .order_by(Relation.id)
    )
    pairs = [(one, other) for one, other in session.execute(query)]
    return [pair for one, other in pairs for pair in ((one, other), (other, one))]


def _married(
    spouses: Iterable[tuple[int, int]],
    head: Mapping[int, int],
    people: Mapping[int, PersonFacts],
) -> dict[int, int]:
    """The spouse of each, both by their heads: one who lives rather than one who has died."""
    married: dict[int, int] = {}
    for one, other in spouses:
        before = people.get(married.get(head[one], 0))
        now = people.get(head[other])
        if now is not None and (before is None or now.lives or not before.lives):
            married[head[one]] = now.number
    return married
