"""How somebody wishes to be greeted: told once, changed field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, Refusal, Refused, say
from donflow.greetings.facts import Wish
from donflow.greetings.models import GreetingWish
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, ConstituentKind, Relation, RelationKind
from donflow.roster.people import refuse_unchangeable
from donflow.roster.relations import relations_of
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

OF_PEOPLE = ("lunar_birthday", "leap_day", "joint")
"""What only a person can wish."""
MARRIED = (RelationKind.SPOUSE, RelationKind.WIDOW)


class NothingWished(DonflowError):
    code = "nothing_wished"
    message = N_("No wish was named.")
    remedy = N_("See what can be wished: donflow greeting wish set --help")


def wish_of(session: Session, number: int) -> Wish:
    """How the person wishes to be greeted, told under any of their numbers, the head's first."""
    rows = {row.constituent_id: row for row in _rows(session, number)}
    for each in numbers_of(session, number):
        if each in rows:
            return _wish(rows[each])
    return Wish()


def set_wish(
    session: Session,
    constituent: Constituent,
    wished: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> Wish:
    """Write the named fields of the wish; the others stay. Gives the wish as it stands.

    Raises Refused with everything that is wrong, NothingWished, NotChangeable.
    """
    refuse_unchangeable(constituent)
    if not wished:
        raise NothingWished
    _refuse_wrong(constituent, wished)
    row = session.get(GreetingWish, constituent.id)
    if row is None:
        before = vars(wish_of(session, constituent.id))
        row = GreetingWish(constituent_id=constituent.id, **before, **recorded(actor, now))
        session.add(row)
    for name, value in {**wished, **recorded(actor, now)}.items():
        setattr(row, name, value)
    session.flush()
    subject = Subject("person", constituent.id)
    detail = {"fields": sorted(wished)}
    record(session, subject, "greeting_wish_set", actor=actor, now=now, detail=detail)
    return _wish(row)


def zones_wished(session: Session) -> dict[int, str]:
    """The time zone of each constituent of whom one was told."""
    query = select(GreetingWish.constituent_id, GreetingWish.timezone)
    return {number: zone for number, zone in session.execute(query) if zone}


def has_spouse(session: Session, constituent: Constituent) -> bool:
    """Whether the roster knows to whom the person is or was married."""
    relations: list[Relation] = relations_of(session, constituent)
    return any(relation.kind in MARRIED for relation in relations)


def _rows(session: Session, number: int) -> list[GreetingWish]:
    numbers = numbers_of(session, number)
    query = select(GreetingWish).where(GreetingWish.constituent_id.in_(numbers))
    return list(session.scalars(query))


def _wish(row: GreetingWish) -> Wish:
    return Wish(
        row.lunar_birthday, row.leap_day, row.timezone, row.channel, row.quiet_until, row.joint
    )


def _refuse_wrong(constituent: Constituent, wished: Mapping[str, object]) -> None:
    refusals = []
    if constituent.kind != ConstituentKind.PERSON and set(OF_PEOPLE) & wished.keys():
        refusals.append(ONLY_PEOPLE)
    if (zone := wished.get("timezone")) is not None and not _is_zone(str(zone)):
        refusals.append(NO_SUCH_ZONE)
    if refusals:
        raise Refused(tuple(refusals))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


ONLY_PEOPLE = Refusal(
    "wish_of_body",
    say(N_("Only a person has a birthday or a spouse.")),
    say(N_("For a company, class or chapter leave these wishes out.")),
)
NO_SUCH_ZONE = Refusal(
    "no_such_zone",
    say(N_("There is no such time zone.")),
    say(N_("Name it by its continent and city, such as America/New_York.")),
)
