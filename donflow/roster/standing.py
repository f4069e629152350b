"""Whether a person lives and how far the data may be used: deceased, restricted, and back.

Each is said of the person, and so of all numbers that were merged: it holds whatever is un-merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.part_days import read_part_day
from donflow.errors import N_, DonflowError
from donflow.roster.merging import people_of
from donflow.roster.models import Constituent, ConstituentKind, Status
from donflow.roster.people import NotChangeable, refuse_unchangeable
from donflow.roster.sources import Origin, forget_origin, note_origin, origin_of
from donflow.store.journal import Subject, record

STATUS = "status"
"""The field whose origin says who told of a death, or asked for the restriction."""


USABLE = (Status.ACTIVE, Status.DECEASED)


class NotAPerson(DonflowError):
    code = "not_a_person"
    message = N_("{number} is no person and cannot have died.")


class NotDeceased(DonflowError):
    code = "not_deceased"
    message = N_("Person {number} is not recorded as deceased.")
    http_status = 409


class NotRestricted(DonflowError):
    code = "not_restricted"
    message = N_("Person {number} is not restricted.")
    http_status = 409


class LockedForGood(DonflowError):
    code = "locked_for_good"
    message = N_("Person {number} asked to be erased; only a duty to keep holds the data.")
    remedy = N_("If the person wishes to be known again, add them anew with their consent.")
    http_status = 409


def mark_deceased(
    session: Session,
    constituent: Constituent,
    *,
    actor: Actor,
    now: datetime,
    origin: Origin | None = None,
    died_on: str | None = None,
    today: date | None = None,
) -> None:
    """Record a death; greetings stop at once (PIPL 49 leaves rights to near relatives).

    `died_on` has as many places as were told. Raises NotAPerson, NotAPartDay, NotChangeable.
    """
    people = people_of(session, constituent.id)
    for each in people:
        refuse_unchangeable(each)
    if constituent.kind != ConstituentKind.PERSON:
        raise NotAPerson(number=constituent.id)
    day = read_part_day(died_on, today=today or now.date()) if died_on else None
    source = {"source": origin.source} if origin else {}
    for each in people:
        each.died_on = day or each.died_on
        if origin:
            note_origin(each, [STATUS], origin)
        each.status, each.changed_at = Status.DECEASED, now
        _note(session, each, "person_deceased", actor=actor, now=now, detail=source)


def mark_living(session: Session, constituent: Constituent, *, actor: Actor, now: datetime) -> None:
    """Take a death back that was recorded by mistake. Raises NotDeceased."""
    dead = _standing(session, constituent, Status.DECEASED)
    if not dead:
        raise NotDeceased(number=constituent.id)
    for each in dead:
        forget_origin(each, [STATUS])
        each.died_on = None
        each.status, each.changed_at = Status.ACTIVE, now
        _note(session, each, "person_living", actor=actor, now=now)


def restrict(
    session: Session, constituent: Constituent, *, origin: Origin, actor: Actor, now: datetime
) -> None:
    """Stop every use of the data but keeping them, because the person asks (PIPL 44).

    Raises NotChangeable for one that is restricted or erased already.
    """
    people = [each for each in people_of(session, constituent.id) if each.status in USABLE]
    if not people:
        raise NotChangeable(number=constituent.id)
    detail = {"source": origin.source}
    for each in people:
        note_origin(each, [STATUS], origin)
        each.status, each.changed_at = Status.RESTRICTED, now
        _note(session, each, "use_restricted", actor=actor, now=now, detail=detail)


def lift_restriction(
    session: Session, constituent: Constituent, *, actor: Actor, now: datetime
) -> None:
    """Let the data be used again, because the person allows it.

    Raises NotRestricted; LockedForGood where the person asked for erasure and a gift keeps them.
    """
    if constituent.status == Status.ERASED:
        raise NotChangeable(number=constituent.id)
    restricted = _standing(session, constituent, Status.RESTRICTED)
    if not restricted:
        raise NotRestricted(number=constituent.id)
    if any(origin_of(each, STATUS) is None for each in restricted):
        raise LockedForGood(number=constituent.id)
    for each in restricted:
        forget_origin(each, [STATUS])
        each.status = Status.DECEASED if each.died_on else Status.ACTIVE
        each.changed_at = now
        _note(session, each, "use_allowed", actor=actor, now=now)


def _standing(session: Session, constituent: Constituent, status: Status) -> list[Constituent]:
    """The person's numbers that stand so."""
    return [each for each in people_of(session, constituent.id) if each.status == status]


def _note(
    session: Session,
    constituent: Constituent,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    subject = Subject("person", constituent.id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
