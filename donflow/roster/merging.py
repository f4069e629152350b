"""Two numbers that are one person: a row says so, nothing moves, and taking it back is exact.

Whoever reads "a person" reads all its numbers; an act on a person goes to the head.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.import_models import Merge
from donflow.roster.models import Constituent
from donflow.roster.people import get_constituent, refuse_unchangeable
from donflow.store.columns import recorded
from donflow.store.journal import JournalEvent, Subject, record

PERSON = "person"
MERGED, ABSORBED = "person_merged", "person_absorbed"
UNMERGED, RELEASED = "person_unmerged", "person_released"

QUERY_SIZE = 500
"""So many numbers are asked for at once; databases limit what a statement may hold."""


class AlreadyOne(DonflowError):
    code = "already_one"
    message = N_("{one} and {other} are one person already.")
    remedy = N_("See donflow person show {one}.")
    http_status = 409


class UnlikeKinds(DonflowError):
    code = "unlike_kinds"
    message = N_("A person and a body, or two kinds of bodies, are never one: {one} and {other}.")
    remedy = N_("Record how they stand to one another: donflow person relate")


class NotMerged(DonflowError):
    code = "not_merged"
    message = N_("Number {number} was not merged into another.")
    remedy = N_("Give the number that was taken up; donflow person show names them.")


def head_of(session: Session, number: int) -> int:
    """The number that stands for the person; the number itself where nothing was merged."""
    return heads_of(session, [number])[number]


def heads_of(session: Session, numbers: Collection[int]) -> dict[int, int]:
    """As `head_of`, for many at once; a ring, which only harmed rows make, is gone round once."""
    survivors: dict[int, int] = {}
    asked = set(numbers)
    while asked:
        above = _rows(session, asked, upwards=True)
        survivors |= {merge.absorbed_id: merge.survivor_id for merge in above}
        asked = {merge.survivor_id for merge in above} - survivors.keys()
    return {number: _top(number, survivors) for number in numbers}


def numbers_of(session: Session, number: int) -> tuple[int, ...]:
    """All numbers of a person, the head first, the others ascending."""
    return numbers_of_each(session, [number])[number]


def numbers_of_each(session: Session, numbers: Collection[int]) -> dict[int, tuple[int, ...]]:
    """As `numbers_of`, for many at once."""
    heads = heads_of(session, numbers)
    below = _below(session, set(heads.values()))
    return {number: (head, *below[head]) for number, head in heads.items()}


def people_of(session: Session, number: int) -> list[Constituent]:
    """The records of one person, the head first."""
    return [session.get_one(Constituent, each) for each in numbers_of(session, number)]


def heads_only(session: Session, people: Iterable[Constituent]) -> list[Constituent]:
    """The people with each under one record: its head, in the order of first appearance."""
    found = list(people)
    heads = heads_of(session, [person.id for person in found])
    known = {person.id: person for person in found}
    unique = dict.fromkeys(heads[person.id] for person in found)
    return [known.get(number) or session.get_one(Constituent, number) for number in unique]


def merge(
    session: Session,
    survivor: int,
    absorbed: int,
    *,
    actor: Actor,
    now: datetime,
    evidence: Sequence[str] = (),
    by_rule: str | None = None,
) -> Merge:
    """Let two numbers be one person, whose head is that of `survivor`.

    `by_rule` names the rule that the office switched on; else a person decided. Raises NotFound,
    NotChangeable for a restricted or erased one, AlreadyOne, UnlikeKinds.
    """
    one, other = _lock(session, survivor, absorbed)
    if one.id == other.id:
        raise AlreadyOne(one=survivor, other=absorbed)
    if one.kind != other.kind:
        raise UnlikeKinds(one=survivor, other=absorbed)
    for person in (*people_of(session, one.id), *people_of(session, other.id)):
        refuse_unchangeable(person)
    joined = Merge(
        absorbed_id=other.id,
        survivor_id=one.id,
        by_rule=by_rule,
        evidence=list(evidence),
        **recorded(actor, now),
    )
    session.add(joined)
    session.flush()
    detail = {"absorbed": other.id, "rule": by_rule, "evidence": list(evidence)}
    record(session, Subject(PERSON, one.id), MERGED, actor=actor, now=now, detail=detail)
    beside = Subject(PERSON, other.id)
    record(session, beside, ABSORBED, actor=actor, now=now, detail={"survivor": one.id})
    return joined


def unmerge(session: Session, number: int, *, actor: Actor, now: datetime) -> int:
    """Take back that `number` stands under another; gives the number it stood under.

    Whatever was merged into it before stays with it. Raises NotFound, NotMerged, and NotChangeable
    while any number of the person is restricted: un-merged it would be used again (PIPL 44, 47).
    """
    get_constituent(session, number)
    joined = session.scalar(select(Merge).where(Merge.absorbed_id == number).with_for_update())
    if joined is None:
        raise NotMerged(number=number)
    for person in people_of(session, number):
        refuse_unchangeable(person)
    survivor = joined.survivor_id
    session.delete(joined)
    session.flush()
    detail: dict[str, object] = {"absorbed": number}
    record(session, Subject(PERSON, survivor), UNMERGED, actor=actor, now=now, detail=detail)
    detail = {"survivor": survivor}
    record(session, Subject(PERSON, number), RELEASED, actor=actor, now=now, detail=detail)
    return survivor


def taken_apart(session: Session, numbers: Collection[int]) -> set[frozenset[int]]:
    """The pairs among these numbers that a person un-merged; their journal knows it."""
    query = select(JournalEvent.subject_id, JournalEvent.detail).where(
        JournalEvent.subject_type == PERSON,
        JournalEvent.subject_id.in_(numbers),
        JournalEvent.action == UNMERGED,
    )
    found = {
        frozenset((survivor, int(detail["absorbed"])))
        for survivor, detail in session.execute(query)
    }
    return {pair for pair in found if pair <= set(numbers)}


def merges_under(session: Session, number: int) -> list[Merge]:
    """The merges that make up a person, the earliest first."""
    numbers = numbers_of(session, number)
    query = select(Merge).where(or_(Merge.absorbed_id.in_(numbers), Merge.survivor_id.in_(numbers)))
    return list(session.scalars(query.order_by(Merge.id)))


def _lock(session: Session, one: int, other: int) -> tuple[Constituent, Constituent]:
    """The two heads, which nobody else merges or erases until this unit ends."""
    for number in (one, other):
        get_constituent(session, number)
    while True:
        heads = head_of(session, one), head_of(session, other)
        for number in sorted(set(heads)):
            session.get_one(Constituent, number, with_for_update=True, populate_existing=True)
        if heads == (head_of(session, one), head_of(session, other)):
            return session.get_one(Constituent, heads[0]), session.get_one(Constituent, heads[1])


def _top(number: int, survivors: Mapping[int, int]) -> int:
    passed: set[int] = set()
    while number in survivors and number not in passed:
        passed.add(number)
        number = survivors[number]
    return number


def _below(session: Session, heads: Collection[int]) -> dict[int, tuple[int, ...]]:
    head = {number: number for number in heads}
    asked = set(heads)
    while asked:
        found = _rows(session, asked, upwards=False)
        below = {merge.absorbed_id: head[merge.survivor_id] for merge in found}
        asked = below.keys() - head.keys()
        head.update({number: below[number] for number in asked})
    under: dict[int, list[int]] = {number: [] for number in heads}
    for number in sorted(head):
        if number not in under:
            under[head[number]].append(number)
    return {number: tuple(others) for number, others in under.items()}


def _rows(session: Session, numbers: Collection[int], *, upwards: bool) -> list[Merge]:
    column = Merge.absorbed_id if upwards else Merge.survivor_id
    asked = sorted(numbers)
    parts = (asked[start : start + QUERY_SIZE] for start in range(0, len(asked), QUERY_SIZE))
    return [row for part in parts for row in session.scalars(select(Merge).where(column.in_(part)))]
