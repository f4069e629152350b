"""Class liaisons (班级联络员): appointed for a class, renewed, ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.roster.alumni_models import LiaisonPost
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, ConstituentKind, Status
from donflow.roster.people import refuse_unchangeable
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

LONGEST_CLASS = 120


class LiaisonOf(DonflowError):
    code = "liaison_of"
    message = N_("Person {number} is liaison of {class_label} already, until {until}.")
    remedy = N_("Renew the appointment instead: donflow roster liaison renew")
    http_status = 409


class NoLiaison(NotFound):
    remedy = N_("See who is one: donflow roster liaison list")


class TermTurned(DonflowError):
    code = "term_turned"
    message = N_("The term ends on {until}, before it begins on {since}.")
    remedy = N_("Compare both days.")


class ClassUnsaid(DonflowError):
    code = "class_unsaid"
    message = N_("Say which class, in 1 to {longest} characters.")


class LiaisonHasDied(DonflowError):
    code = "liaison_has_died"
    message = N_("{name} has died and cannot be a liaison.")
    http_status = 409


class NoLiaisonForBodies(DonflowError):
    code = "no_liaison_for_bodies"
    message = N_("{number} is no person and cannot be a liaison.")


def appoint(
    session: Session,
    person: Constituent,
    class_label: str,
    *,
    since: date,
    until: date | None,
    actor: Actor,
    now: datetime,
) -> LiaisonPost:
    """Let a person be liaison of a class from a day on; a class may have several.

    Raises LiaisonOf, TermTurned, ClassUnsaid, NoLiaisonForBodies, NotChangeable,
    LiaisonHasDied.
    """
    refuse_unchangeable(person)
    label = class_label.strip()
    if person.kind != ConstituentKind.PERSON:
        raise NoLiaisonForBodies(number=person.id)
    if person.status == Status.DECEASED:
        raise LiaisonHasDied(name=person.name)
    if not 0 < len(label) <= LONGEST_CLASS:
        raise ClassUnsaid(longest=LONGEST_CLASS)
    if until is not None and until < since:
        raise TermTurned(since=since, until=until)
    for post in posts_of(session, numbers_of(session, person.id)):
        if post.class_label == label and not_over(post, since):
            raise LiaisonOf(number=person.id, class_label=label, until=post.until_on)
    return _add(session, person.id, label, since, until, "liaison_appointed", actor, now)


def renew(
    session: Session,
    post: LiaisonPost,
    *,
    until: date | None,
    actor: Actor,
    now: datetime,
    since: date | None = None,
) -> LiaisonPost:
    """Appoint the same person for the same class again; the new term follows on the old one.

    The old post stands as it was: its letter says what it said. Raises TermTurned.
    """
    begins = since or (post.until_on + timedelta(days=1) if post.until_on else now.date())
    if until is not None and until < begins:
        raise TermTurned(since=begins, until=until)
    if post.ended_on is None and (post.until_on is None or post.until_on >= begins):
        post.ended_on = begins - timedelta(days=1)
    action = "liaison_renewed"
    return _add(session, post.constituent_id, post.class_label, begins, until, action, actor, now)


def end(
    session: Session, post: LiaisonPost, *, on: date, actor: Actor, now: datetime
) -> LiaisonPost:
    """End an appointment before its time. Raises TermTurned."""
    if on < post.from_on:
        raise TermTurned(since=post.from_on, until=on)
    post.ended_on = on
    _note(session, post, "liaison_ended", actor, now)
    return post


def serves(post: LiaisonPost, on: date) -> bool:
    """Whether the appointment holds on a day."""
    last = min(day for day in (post.until_on, post.ended_on, date.max) if day)
    return post.from_on <= on <= last


def not_over(post: LiaisonPost, on: date) -> bool:
    """Whether it holds on a day or will: not ended, the term not run out."""
    return all(day is None or day >= on for day in (post.until_on, post.ended_on))


def ends_within(post: LiaisonPost, on: date, days: int) -> bool:
    """Whether it holds today and its term runs out within so many days."""
    return serves(post, on) and post.until_on is not None and (post.until_on - on).days <= days


def all_posts(session: Session) -> list[LiaisonPost]:
    """Every appointment there was, in the order in which they were made."""
    return list(session.scalars(select(LiaisonPost).order_by(LiaisonPost.id)))


def posts_of(session: Session, numbers: Collection[int]) -> list[LiaisonPost]:
    """The appointments under these numbers."""
    query = select(LiaisonPost).where(LiaisonPost.constituent_id.in_(numbers))
    return list(session.scalars(query.order_by(LiaisonPost.id)))


def find_post(session: Session, numbers: Collection[int], class_label: str | None) -> LiaisonPost:
    """The last appointment of a person, for a class where one is named. Raises NoLiaison."""
    found = [
        post
        for post in posts_of(session, numbers)
        if post.ended_on is None and (class_label is None or class_label in post.class_label)
    ]
    if not found:
        raise NoLiaison(what=say(N_("an appointment of person")), given=min(numbers))
    return found[-1]


def get_post(session: Session, number: int) -> LiaisonPost:
    """The appointment with this number."""
    return session.get_one(LiaisonPost, number)


def _add(
    session: Session,
    number: int,
    label: str,
    since: date,
    until: date | None,
    action: str,
    actor: Actor,
    now: datetime,
) -> LiaisonPost:
    post = LiaisonPost(
        constituent_id=number,
        class_label=label,
        from_on=since,
        until_on=until,
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(post)
    _note(session, post, action, actor, now)
    return post


def _note(session: Session, post: LiaisonPost, action: str, actor: Actor, now: datetime) -> None:
    session.flush()
    detail = {"row": f"{post.__tablename__}:{post.id}"}
    subject = Subject("person", post.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
