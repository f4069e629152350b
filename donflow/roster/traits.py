"""What is known of a person beside the name: birth, gender, ethnicity, where they live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.part_days import NotAPartDay, read_part_day
from donflow.errors import N_, Refusal, Refused, say
from donflow.roster.models import Constituent, ConstituentKind, Gender
from donflow.roster.people import GENDER_OF_BODY, refuse_unchangeable
from donflow.roster.sources import Origin, forget_origin, note_origin
from donflow.store.journal import Subject, record


class Trait(StrEnum):
    """A field of the constituent's own row that has a source of its own."""

    BIRTH = "birth"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    CITY = "city"
    PROVINCE = "province"


LONGEST = {Trait.ETHNICITY: 20, Trait.CITY: 40, Trait.PROVINCE: 20}
"""In characters; the others have a form."""


def set_traits(
    session: Session,
    constituent: Constituent,
    told: Mapping[Trait, str],
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
    today: date,
) -> tuple[Trait, ...]:
    """Write what was told with where it comes from; an empty text takes a field away.

    What is told again as it stands becomes newer by its source alone. Gives the fields told.
    Raises Refused with everything that is wrong, NotChangeable.
    """
    refuse_unchangeable(constituent)
    read = _read(constituent, told, today)
    for trait, value in read.items():
        setattr(constituent, trait, value)
    note_origin(constituent, [trait for trait, value in read.items() if value], origin)
    forget_origin(constituent, [trait for trait, value in read.items() if not value])
    constituent.changed_at = now
    detail = {"fields": sorted(read), "source": origin.source}
    subject = Subject("person", constituent.id)
    record(session, subject, "traits_set", actor=actor, now=now, detail=detail)
    return tuple(read)


def _read(
    constituent: Constituent, told: Mapping[Trait, str], today: date
) -> dict[Trait, str | None]:
    refusals = [] if told else [NOTHING_TOLD]
    if constituent.kind != ConstituentKind.PERSON:
        refusals += [GENDER_OF_BODY] if Trait.GENDER in told else []
        refusals += [BIRTH_OF_BODY] if Trait.BIRTH in told else []
    read: dict[Trait, str | None] = {}
    for trait, text in told.items():
        value = " ".join(text.split())
        if trait is Trait.BIRTH and value:
            try:
                value = read_part_day(value, today=today)
            except NotAPartDay:
                refusals.append(BIRTH_WRONG)  # without the text: it is printed and logged
        elif trait is Trait.GENDER:
            if value and value not in set(Gender):
                refusals.append(GENDER_WRONG)
        elif len(value) > LONGEST.get(trait, len(value)):
            refusals.append(_too_long(LONGEST[trait]))
        read[trait] = value or None
    if refusals:
        raise Refused(tuple(refusals))
    return read


def _too_long(longest: int) -> Refusal:
    reason = say(N_("A field has at most {longest} characters."), longest=longest)
    return Refusal("field_length", reason, say(N_("Shorten it.")))


NOTHING_TOLD = Refusal(
    "nothing_told", say(N_("Nothing was told.")), say(N_("Name at least one field."))
)
BIRTH_OF_BODY = Refusal(
    "birth_of_body",
    say(N_("Only a person has a day of birth.")),
    say(N_("Leave the day of birth out.")),
)
GENDER_WRONG = Refusal(
    "gender_form",
    say(N_("This does not say man or woman.")),
    say(N_("Leave the field out if it is not known.")),
)
BIRTH_WRONG = Refusal(
    "birth_form",
    say(N_("The birth is neither a year nor a month nor a day up to today.")),
    say(N_("Write as much as is known: 1987, 1987-09 or 1987-09-12.")),
)
