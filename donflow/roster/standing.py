"""Whether a person lives and how far the data may be used: deceased, restricted, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.part_days import read_part_day
from donflow.errors import N_, DonflowError
from donflow.roster.models import Constituent, ConstituentKind, Status
from donflow.roster.people import NotChangeable, refuse_unchangeable
from donflow.roster.sources import Origin, forget_origin, note_origin, origin_of
from donflow.store.journal import Subject, record

STATUS = "status"
"""The field whose origin says who told of a death, or asked for the restriction."""


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
    refuse_unchangeable(constituent)
    if constituent.kind != ConstituentKind.PERSON:
        raise NotAPerson(number=constituent.id)
    if died_on:
        constituent.died_on = read_part_day(died_on, today=today or now.date())
    if origin:
        note_origin(constituent, [STATUS], origin)
    constituent.status, constituent.changed_at = Status.DECEASED, now
    source = {"source": origin.source} if origin else {}
    _note(session, constituent, "person_deceased", actor=actor, now=now, detail=source)


def mark_living(session: Session, constituent: Constituent, *, actor: Actor, now: datetime) -> None:
    """Take a death back that was recorded by mistake. Raises NotDeceased."""
    if constituent.status != Status.DECEASED:
        raise NotDeceased(number=constituent.id)
    forget_origin(constituent, [STATUS])
    constituent.died_on = None
    constituent.status, constituent.changed_at = Status.ACTIVE, now
    _note(session, constituent, "person_living", actor=actor, now=now)


def restrict(
    session: Session, constituent: Constituent, *, origin: Origin, actor: Actor, now: datetime
) -> None:
    """Stop every use of the data but keeping them, because the person asks (PIPL 44).

    Raises NotChangeable for one that is restricted or erased already.
    """
    refuse_unchangeable(constituent)
    note_origin(constituent, [STATUS], origin)
    constituent.status, constituent.changed_at = Status.RESTRICTED, now
    detail = {"source": origin.source}
    _note(session, constituent, "use_restricted", actor=actor, now=now, detail=detail)


def lift_restriction(
    session: Session, constituent: Constituent, *, actor: Actor, now: datetime
) -> None:
    """Let the data be used again, because the person allows it.

    Raises NotRestricted; LockedForGood where the person asked for erasure and a gift keeps them.
    """
    if constituent.status == Status.ERASED:
        raise NotChangeable(number=constituent.id)
    if constituent.status != Status.RESTRICTED:
        raise NotRestricted(number=constituent.id)
    if origin_of(constituent, STATUS) is None:
        raise LockedForGood(number=constituent.id)
    forget_origin(constituent, [STATUS])
    constituent.status = Status.DECEASED if constituent.died_on else Status.ACTIVE
    constituent.changed_at = now
    _note(session, constituent, "use_allowed", actor=actor, now=now)


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
