"""A filled form comes back: what it says anew becomes proposals, its ticks become consents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, Refusal, Refused, say
from donflow.roster.consent import give, said_by
from donflow.roster.consent import may as may_now
from donflow.roster.employments import employments_of
from donflow.roster.evidence import plain_name
from donflow.roster.fields import read_field
from donflow.roster.form import GENDERS, NOTICE_VERSION, STUDY_COLUMNS, study_fields
from donflow.roster.form_number import person_of_form
from donflow.roster.form_reading import FilledForm
from donflow.roster.merging import head_of, people_of
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    Decision,
    Purpose,
    Source,
)
from donflow.roster.people import Particulars, add_constituent, refuse_unchangeable
from donflow.roster.proposals import propose_update
from donflow.roster.reading.rows import Column
from donflow.roster.sources import Origin
from donflow.roster.studies import course_of, studies_of
from donflow.roster.taking_over import take_over
from donflow.store.journal import JournalEvent, Subject, record
from donflow.store.keys import KeyRing


class NoForm(DonflowError):
    code = "no_form"
    message = N_("{file} is no personal information form of donflow.")
    remedy = N_("Make one with donflow roster form; a list of alumni comes in by roster import.")


class FormOfAnother(DonflowError):
    code = "form_of_another"
    message = N_("The form bears the number of person {person}, and another name.")
    remedy = N_("Type the number right; if it is that person, add --yes.")
    http_status = 409


class FormUnknown(DonflowError):
    code = "form_unknown"
    message = N_("The form bears no number of this office, so it is not known whose it is.")
    remedy = N_("Type the number right; if the person is a new one, add --add.")


@dataclass(frozen=True)
class Returned:
    """What came of one form: the person, new proposals, consents recorded; all may be none."""

    person: int
    proposals: tuple[int, ...]
    consents: tuple[Purpose, ...]
    added: bool = False
    withdrawn: tuple[Purpose, ...] = ()
    """Ticked, yet withdrawn before: the withdrawal stands."""
    taken_on: date | None = None
    """When the same paper was taken already; then nothing comes of it."""


def owner_of(session: Session, keys: KeyRing, filled: FilledForm) -> int | None:
    """The head of the person whose form this is; None where its number is none of this office's."""
    person = person_of_form(keys, filled.number)
    if person is None or session.get(Constituent, person) is None:
        return None
    return head_of(session, person)


def take_back(
    session: Session,
    keys: KeyRing,
    person: int,
    filled: FilledForm,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    fingerprint: str,
    evidence: str | None = None,
    although: bool = False,
) -> Returned:
    """Propose what the form says otherwise than the roster, a proposal for each further study.

    What stands on the form as before, hidden or emptied, proposes nothing, nor does what is
    proposed already. A tick is the person's own word and is recorded at once, with `evidence` (the
    paper's fingerprint) as its proof; a missing tick withdraws nothing.

    The same file gives nothing a second time. `although` is the word of whoever takes it in that
    it is this person's although another name stands on it, and newer than what was withdrawn: else
    the one is stopped, and the withdrawal stands (PIPL 14, 15). Raises NotChangeable and
    FormOfAnother.
    """
    records = people_of(session, person)
    for each in records:
        refuse_unchangeable(each)
    if not although and bears_another_name(records, filled):
        raise FormOfAnother(person=person)
    mark = {"form": keys.blind("roster_form", f"{fingerprint}!{filled.row or ''}")}
    if taken_on := _taken_on(session, records, mark):
        return Returned(person, (), (), taken_on=taken_on)
    origin = Origin(Source.FORM, today, ref=_reference(filled))
    proposals = [
        proposal.id
        for told in _new_in(session, keys, records, filled)
        if (
            proposal := propose_update(
                session, keys, person, told, origin=origin, actor=actor, now=now
            )
        )
    ]
    withdrawn = () if although else _withdrawn(session, records, filled)
    consents = _record_ticks(
        session, records[0], filled, evidence, actor=actor, now=now, day=today, but=withdrawn
    )
    subject = Subject("person", person)
    record(session, subject, FORM_TAKEN, actor=actor, now=now, detail=mark)
    return Returned(person, tuple(proposals), consents, withdrawn=withdrawn)


def bears_another_name(records: Sequence[Constituent], filled: FilledForm) -> bool:
    """Whether a name stands on the form by which none of the person's records is known."""
    told = filled.values.get(Column.NAME)
    known = {plain_name(name) for each in records for name in (each.name, *each.other_names)}
    return told is not None and plain_name(told) not in known


def add_from_form(
    session: Session,
    keys: KeyRing,
    filled: FilledForm,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    evidence: str | None = None,
) -> Returned:
    """Add the person whom a form without a number of ours tells of; somebody has agreed to that.

    Raises Refused where it says no name.
    """
    if not filled.values.get(Column.NAME):
        raise Refused((NAME_MISSING,))
    particulars = Particulars(ConstituentKind.PERSON, filled.values[Column.NAME])
    added = add_constituent(session, keys, particulars, actor=actor, now=now)
    origin = Origin(Source.FORM, today, ref=_reference(filled))
    studies = filled.studies or ({},)
    for told in ({**filled.values, **studies[0]}, *studies[1:]):
        rest: Mapping[Column, str] = {c: told[c] for c in told if c != Column.NAME}
        if rest:
            take_over(session, keys, added, rest, origin=origin, actor=actor, now=now, today=today)
    consents = _record_ticks(session, added, filled, evidence, actor=actor, now=now, day=today)
    return Returned(added.id, (), consents, added=True)


def _taken_on(
    session: Session, records: Sequence[Constituent], mark: Mapping[str, str]
) -> date | None:
    """The day on which this very form of the person was taken, by the journal."""
    query = (
        select(JournalEvent.at, JournalEvent.detail)
        .where(
            JournalEvent.subject_type == "person",
            JournalEvent.subject_id.in_([each.id for each in records]),
            JournalEvent.action == FORM_TAKEN,
        )
        .order_by(JournalEvent.id)
    )
    return next((at.date() for at, detail in session.execute(query) if detail == mark), None)


def _withdrawn(
    session: Session, records: Sequence[Constituent], filled: FilledForm
) -> tuple[Purpose, ...]:
    """The ticked purposes of which the last that was said is that they are withdrawn."""
    last = {each.purpose: each.decision for each in said_by(session, records)}
    return tuple(
        purpose
        for purpose in Purpose
        if purpose in filled.consents and last.get(purpose) == Decision.WITHDRAWN
    )


def _reference(filled: FilledForm) -> str | None:
    """Where a value stands: the row of the sheet; a paper is its own place."""
    return f"{SHEET}!{filled.row}" if filled.row else None


def _new_in(
    session: Session, keys: KeyRing, records: Sequence[Constituent], filled: FilledForm
) -> list[dict[Column, str]]:
    """What is told otherwise than known; the first new study goes with the person's fields."""
    fields = {
        column: value
        for column, value in filled.values.items()
        if column not in _WAYS and column not in _POST and not _is_known(records, column, value)
    }
    fields |= _new_ways(keys, records, filled.values)
    fields |= _new_post(session, records, filled.values)
    known = [study_fields(course_of(s)) for s in studies_of(session, [r.id for r in records])]
    studies = [dict(study) for study in filled.studies if not _is_known_study(known, study)]
    first = studies[0] if studies else {}
    return [told for told in ({**fields, **first}, *studies[1:]) if told]


def _is_known(records: Sequence[Constituent], column: Column, value: str) -> bool:
    if column is Column.NAME:
        return any(value in (record.name, *record.other_names) for record in records)
    attribute = "gender" if column is Column.GENDER else column.value
    held = [getattr(record, attribute) for record in records]
    known = next((each for each in held if each), None)
    return value == (GENDERS.get(known) if column is Column.GENDER and known else known)


def _new_ways(
    keys: KeyRing, records: Sequence[Constituent], told: Mapping[Column, str]
) -> dict[Column, str]:
    """The phones, mails and WeChat names that are not held yet, compared by their blind indexes."""
    held = {(point.kind, point.blind) for record in records for point in record.contact_points}
    new = {}
    for column, kind in _WAYS.items():
        parts = [part for part in told.get(column, "").split("|") if part]
        unknown = [
            part
            for part in parts
            if (kind, keys.blind(kind, read_field(kind, part).value)) not in held
        ]
        if unknown:
            new[column] = "|".join(unknown)
    return new


def _new_post(
    session: Session, records: Sequence[Constituent], told: Mapping[Column, str]
) -> dict[Column, str]:
    """Employer and title together, if one of them differs from the current post."""
    post = {column: told[column] for column in _POST if column in told}
    held = employments_of(session, [record.id for record in records])
    current = next((each for each in held if each.current), None)
    same = current is not None and all(
        getattr(current, column) == value for column, value in post.items()
    )
    return {} if same else post


def _is_known_study(known: Sequence[Mapping[Column, str]], study: Mapping[Column, str]) -> bool:
    """Whether a study we hold says all that this one says; hidden or empty places say nothing."""
    return any(
        all(held[column] == study[column] for column in STUDY_COLUMNS if column in study)
        for held in known
    )


def _record_ticks(
    session: Session,
    person: Constituent,
    filled: FilledForm,
    evidence: str | None,
    *,
    actor: Actor,
    now: datetime,
    day: date,
    but: Sequence[Purpose] = (),
) -> tuple[Purpose, ...]:
    new = [
        purpose
        for purpose in Purpose
        if purpose in filled.consents
        and purpose not in but
        and not may_now(session, person, purpose).granted
    ]
    for purpose in new:
        give(
            session,
            person,
            purpose,
            stated_on=day,
            actor=actor,
            now=now,
            evidence=evidence,
            notice_version=NOTICE_VERSION,
        )
    return tuple(new)


FORM_TAKEN = "form_taken"
SHEET = "校友信息表"
_WAYS = {
    Column.PHONE: ContactKind.PHONE,
    Column.EMAIL: ContactKind.MAIL,
    Column.WECHAT: ContactKind.WECHAT,
}
_POST = (Column.EMPLOYER, Column.JOB_TITLE)
NAME_MISSING = Refusal(
    "name_missing",
    say(N_("The form says no name.")),
    say(N_("Ask who sent it, and write the name on it.")),
)
