"""Condolences: to whom the office condoles; their letter is by hand, and greetings pause."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.greetings.models import Condolence
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.roster.merging import head_of, numbers_of
from donflow.roster.models import Constituent, ConstituentKind, RelationKind, Status
from donflow.roster.people import refuse_unchangeable
from donflow.roster.relations import relations_of
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

OCCASION = "condolence"
HOUR = time(9)
TOLERANCE = timedelta(days=3)


class NotToCondoleWith(DonflowError):
    code = "not_to_condole_with"
    message = N_("{number} is no living person; nobody can condole with them.")
    remedy = N_("Name one of the family.")


class OneselfMourned(DonflowError):
    code = "oneself_mourned"
    message = N_("The bereaved and the deceased are one person.")


class CondolenceKnown(DonflowError):
    code = "condolence_known"
    message = N_("A condolence to {number} of {day} is on record already.")
    http_status = 409


def condole(
    session: Session,
    bereaved: Constituent,
    *,
    deceased: Constituent | None,
    on: date,
    zone: ZoneInfo,
    actor: Actor,
    now: datetime,
) -> Condolence:
    """Record a condolence and plan its letter, which a person hands over by the third day.

    Greetings to the bereaved pause for seven days; thanks do not. Raises NotToCondoleWith,
    OneselfMourned, CondolenceKnown, NotChangeable.
    """
    refuse_unchangeable(bereaved)
    number = head_of(session, bereaved.id)
    if bereaved.kind != ConstituentKind.PERSON or bereaved.status != Status.ACTIVE:
        raise NotToCondoleWith(number=bereaved.id)
    if deceased is not None and head_of(session, deceased.id) == number:
        raise OneselfMourned
    known = select(Condolence.id).where(Condolence.constituent_id == number, Condolence.on == on)
    if session.scalar(known) is not None:
        raise CondolenceKnown(number=number, day=on)
    condolence = Condolence(
        constituent_id=number,
        for_id=deceased.id if deceased else None,
        on=on,
        **recorded(actor, now),
    )
    session.add(condolence)
    session.flush()
    detail = {"condolence": condolence.id, "for": condolence.for_id, "on": on.isoformat()}
    record(session, Subject("person", number), "condoled", actor=actor, now=now, detail=detail)
    _plan(session, condolence, zone=zone, now=now)
    return condolence


def bereaved_by(session: Session, deceased: Constituent) -> list[Constituent]:
    """The living to whom this person is, or was, married: to them the office may condole."""
    own = numbers_of(session, deceased.id)
    others = [
        relation.to_id if relation.from_id in own else relation.from_id
        for relation in relations_of(session, deceased)
        if relation.kind in (RelationKind.SPOUSE, RelationKind.WIDOW)
    ]
    heads = dict.fromkeys(head_of(session, other) for other in others)
    people = [session.get_one(Constituent, head) for head in heads]
    return [person for person in people if person.status == Status.ACTIVE]


def _plan(session: Session, condolence: Condolence, *, zone: ZoneInfo, now: datetime) -> None:
    # Past the session: the journal knows a letter from its first act on (outbox.models.Letter).
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {
        "occasion": OCCASION,
        "addressee_kind": Addressee.CONSTITUENT.value,
        "addressee_id": condolence.constituent_id,
        "on_day": condolence.on,
        "about": condolence.id,
        "n": 0,
        "state": LetterState.PLANNED.value,
        "due_at": datetime.combine(condolence.on, HOUR, zone),
        "expires_on": condolence.on + TOLERANCE,
        "planned_at": now,
        "attempts": 0,
    }
    session.connection().execute(
        insert(Letter.__table__).values(**values).on_conflict_do_nothing()  # type: ignore[arg-type]
    )
