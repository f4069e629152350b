"""Who belongs to which chapter: joining, leaving, going over to another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Membership
from donflow.chapters.register import touch
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.merging import heads_of, numbers_of
from donflow.store.columns import recorded
from donflow.store.journal import record


class How(StrEnum):
    """How somebody came to belong to a chapter."""

    JOINED = "joined"
    TRANSFERRED = "transferred"


class Leaving(StrEnum):
    """Why somebody does not belong to it any more; of who is erased nothing is said."""

    LEFT = "left"
    TRANSFERRED = "transferred"
    ERASED = "erased"


class AlreadyMember(DonflowError):
    code = "already_member"
    message = N_("{name} belongs to {chapter} already, since {since}.")
    http_status = 409


class NotMember(DonflowError):
    code = "not_member"
    message = N_("{name} does not belong to {chapter}.")
    remedy = N_("See the members: donflow chapter member list {number}")
    http_status = 409


class LeftBeforeJoining(DonflowError):
    code = "left_before_joining"
    message = N_("{name} belongs to {chapter} only since {since}.")
    remedy = N_("Give that day or a later one with --on.")


class SameChapter(DonflowError):
    code = "same_chapter"
    message = N_("Both are {chapter}: nobody goes over to where they are.")


def join(
    session: Session,
    chapter: Chapter,
    people: Collection[int],
    *,
    since: date,
    told_by: str | None,
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """Let these people belong to a chapter from a day on; says who did not before.

    Whoever is a member already, under whichever of the merged numbers, stays as they are.
    """
    there = {*members_now(session, [chapter.id])[chapter.id]}
    coming = sorted(set(heads_of(session, people).values()) - there)
    for person in coming:
        _enter(session, chapter, person, since, How.JOINED, told_by, actor, now)
    if coming:
        touch(chapter, now)
        detail = {"people": coming, "since": since.isoformat()}
        record(session, chapter.subject, "members_joined", actor=actor, now=now, detail=detail)
    return tuple(coming)


def leave(
    session: Session,
    chapter: Chapter,
    person: int,
    *,
    name: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """End a membership; the row stays as history. Raises NotMember, LeftBeforeJoining."""
    _end(session, chapter, person, name, on, Leaving.LEFT, now)
    detail = {"person": person, "on": on.isoformat()}
    record(session, chapter.subject, "member_left", actor=actor, now=now, detail=detail)


def transfer(
    session: Session,
    origin: Chapter,
    target: Chapter,
    person: int,
    *,
    name: str,
    on: date,
    told_by: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Go over from one chapter to another in one act; both rows stay.

    Raises SameChapter, NotMember, AlreadyMember, LeftBeforeJoining.
    """
    if origin.id == target.id:
        raise SameChapter(chapter=origin.name)
    there = running(session, target, person)
    if there:
        raise AlreadyMember(name=name, chapter=target.name, since=there[0].since)
    _end(session, origin, person, name, on, Leaving.TRANSFERRED, now)
    _enter(session, target, person, on, How.TRANSFERRED, told_by, actor, now)
    touch(target, now)
    detail = {"person": person, "from": origin.id, "to": target.id, "on": on.isoformat()}
    record(session, origin.subject, "member_transferred", actor=actor, now=now, detail=detail)
    record(session, target.subject, "member_transferred", actor=actor, now=now, detail=detail)


def memberships_of(session: Session, chapter: Chapter, *, past: bool = False) -> list[Membership]:
    """The memberships of a chapter that run, with `past` also those that ended."""
    query = select(Membership).where(Membership.chapter_id == chapter.id)
    if not past:
        query = query.where(Membership.until.is_(None))
    return list(session.scalars(query.order_by(Membership.since, Membership.id)))


def members_now(session: Session, chapters: Iterable[int]) -> dict[int, frozenset[int]]:
    """By chapter the heads of those who belong to it."""
    wanted = list(chapters)
    query = select(Membership.chapter_id, Membership.constituent_id).where(
        Membership.chapter_id.in_(wanted), Membership.until.is_(None)
    )
    rows = session.execute(query).all()
    heads = heads_of(session, {person for _, person in rows})
    return {
        chapter: frozenset(heads[person] for of, person in rows if of == chapter)
        for chapter in wanted
    }


def member_counts(session: Session, chapters: Iterable[int]) -> Counter[int]:
    """By chapter how many people belong to it, each once."""
    found = members_now(session, chapters)
    return Counter({chapter: len(people) for chapter, people in found.items()})


def running(session: Session, chapter: Chapter, person: int) -> list[Membership]:
    """The memberships of a person that run in a chapter, under any of the merged numbers."""
    query = select(Membership).where(
        Membership.chapter_id == chapter.id,
        Membership.constituent_id.in_(numbers_of(session, person)),
        Membership.until.is_(None),
    )
    return list(session.scalars(query.order_by(Membership.id)))


def _enter(
    session: Session,
    chapter: Chapter,
    person: int,
    since: date,
    how: How,
    told_by: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    row = Membership(
        chapter_id=chapter.id,
        constituent_id=person,
        since=since,
        how=how,
        told_by=told_by,
        **recorded(actor, now),
    )
    session.add(row)
    session.flush()


def _end(
    session: Session,
    chapter: Chapter,
    person: int,
    name: str,
    on: date,
    because: Leaving,
    now: datetime,
) -> None:
    rows = running(session, chapter, person)
    if not rows:
        raise NotMember(name=name, chapter=chapter.name, number=chapter.id)
    if on < max(row.since for row in rows):
        since = max(row.since for row in rows)
        raise LeftBeforeJoining(name=name, chapter=chapter.name, since=since)
    for row in rows:
        row.until, row.left_because = on, because
    touch(chapter, now)
