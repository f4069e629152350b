"""Adding and changing constituents, and getting them by number (searched: roster.search)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, Refusal, Refused, say
from donflow.roster.import_models import Merge
from donflow.roster.models import Constituent, ConstituentKind, Gender, Status
from donflow.roster.salutation import is_bare
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing

LONGEST_NAME = 120
LAST_FOUR = "phone_last4"


@dataclass(frozen=True)
class Particulars:
    """What a constituent is called; `representative` is who speaks for a body."""

    kind: ConstituentKind
    name: str
    other_names: tuple[str, ...] = ()
    gender: Gender | None = None
    representative: str | None = None
    note_code: str | None = None


class StaleConstituent(DonflowError):
    code = "stale_constituent"
    message = N_("Person {number} was changed by somebody else in between.")
    remedy = N_("Look at the person again, then repeat the change.")
    http_status = 409


class NotChangeable(DonflowError):
    code = "not_changeable"
    message = N_("Person {number} is restricted or erased; nothing is changed or added.")
    remedy = N_("Add the person anew, if they ask for it.")
    http_status = 409


class BareSalutation(DonflowError):
    code = "bare_salutation"
    message = N_("A salutation is never empty nor a bare name.")
    remedy = N_("Add a title or an office to the name.")


def add_constituent(
    session: Session,
    keys: KeyRing,
    particulars: Particulars,
    *,
    actor: Actor | None,
    now: datetime,
) -> Constituent:
    """Add a constituent with a data key of its own. Raises Refused with every mistake."""
    _refuse_wrong(particulars)
    constituent = Constituent(
        kind=particulars.kind,
        status=Status.ACTIVE,
        key_id=keys.new_person_key(),
        salt=secrets.token_hex(16),
        created_at=now,
    )
    _write(constituent, particulars, now)
    session.add(constituent)
    session.flush()
    _note(session, constituent, "person_added", actor=actor, now=now)
    return constituent


def particulars_of(constituent: Constituent) -> Particulars:
    """The particulars as they stand; `dataclasses.replace` them to edit."""
    return Particulars(
        kind=ConstituentKind(constituent.kind),
        name=constituent.name,
        other_names=tuple(constituent.other_names),
        gender=Gender(constituent.gender) if constituent.gender else None,
        representative=constituent.representative,
        note_code=constituent.note_code,
    )


def edit(
    session: Session,
    constituent: Constituent,
    particulars: Particulars,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Replace the particulars of the version that was looked at; the kind stays as it is.

    Raises StaleConstituent, NotChangeable, Refused.
    """
    refuse_unchangeable(constituent)
    if constituent.row_version != version:
        raise StaleConstituent(number=constituent.id)
    _refuse_wrong(particulars)
    _write(constituent, particulars, now)
    _note(session, constituent, "person_edited", actor=actor, now=now)


def set_salutation(
    session: Session, constituent: Constituent, salutation: str, *, actor: Actor, now: datetime
) -> None:
    """Record how the constituent prefers to be addressed. Raises BareSalutation."""
    refuse_unchangeable(constituent)
    if is_bare(salutation, constituent.name):
        raise BareSalutation
    constituent.salutation, constituent.changed_at = salutation.strip(), now
    _note(session, constituent, "salutation_set", actor=actor, now=now)


def get_constituent(session: Session, number: int) -> Constituent:
    """The constituent of that number. Raises NotFound, also for one that was erased."""
    constituent = session.get(Constituent, number)
    if constituent is None or constituent.status == Status.ERASED:
        raise NotFound(what=say(N_("person")), given=number)
    return constituent


def all_constituents(session: Session) -> list[Constituent]:
    """Everybody who has not been erased, once, by the head of their numbers, in its order."""
    query = (
        select(Constituent)
        .where(Constituent.status != Status.ERASED)
        .where(Constituent.id.not_in(select(Merge.absorbed_id)))
        .order_by(Constituent.id)
    )
    return list(session.scalars(query))


def refuse_unchangeable(constituent: Constituent) -> None:
    """Raise NotChangeable for a constituent that is restricted or erased."""
    if constituent.status in (Status.RESTRICTED, Status.ERASED):
        raise NotChangeable(number=constituent.id)


def _write(constituent: Constituent, particulars: Particulars, now: datetime) -> None:
    constituent.name = particulars.name.strip()
    constituent.other_names = list(particulars.other_names)
    constituent.gender = particulars.gender
    constituent.representative = particulars.representative
    constituent.note_code = particulars.note_code
    constituent.changed_at = now


def _refuse_wrong(particulars: Particulars) -> None:
    is_person = particulars.kind is ConstituentKind.PERSON
    wrong = [
        (NAME_WRONG, not 0 < len(particulars.name.strip()) <= LONGEST_NAME),
        (GENDER_OF_BODY, not is_person and particulars.gender is not None),
        (PERSON_REPRESENTED, is_person and particulars.representative is not None),
    ]
    refusals = tuple(refusal for refusal, is_wrong in wrong if is_wrong)
    if refusals:
        raise Refused(refusals)


def _note(
    session: Session, constituent: Constituent, action: str, *, actor: Actor | None, now: datetime
) -> None:
    record(session, Subject("person", constituent.id), action, actor=actor, now=now)


NAME_WRONG = Refusal(
    "name_length",
    say(N_("A name has 1 to {longest} characters."), longest=LONGEST_NAME),
    say(N_("Give the name as it stands on papers.")),
)
GENDER_OF_BODY = Refusal(
    "gender_of_body",
    say(N_("Only a person has a gender.")),
    say(N_("Leave the gender out.")),
)
PERSON_REPRESENTED = Refusal(
    "person_represented",
    say(N_("Only a company, class or chapter has a representative.")),
    say(N_("Leave the representative out, or record a relation between two persons.")),
)
