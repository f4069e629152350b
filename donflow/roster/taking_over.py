"""Values told of a person become theirs, each by the act that a person at the desk would use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import Refused
from donflow.roster.employments import PostKnown, add_employment, employments_of
from donflow.roster.evidence import same_study
from donflow.roster.holdings import AlreadyKnown, add_contact_point
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, ContactKind, Gender, Status
from donflow.roster.people import edit, particulars_of
from donflow.roster.portrait import Study
from donflow.roster.reading.rows import Column
from donflow.roster.reading.status import DECEASED
from donflow.roster.sources import Origin, origin_of
from donflow.roster.standing import mark_deceased
from donflow.roster.studies import (
    YEAR_WRONG,
    Course,
    add_study,
    change_study,
    course_of,
    studies_of,
)
from donflow.roster.traits import Trait, set_traits
from donflow.store.keys import KeyRing

TRAITS = {
    Column.BIRTH: Trait.BIRTH,
    Column.GENDER: Trait.GENDER,
    Column.ETHNICITY: Trait.ETHNICITY,
    Column.CITY: Trait.CITY,
    Column.PROVINCE: Trait.PROVINCE,
}
CHANGING = (Trait.CITY, Trait.PROVINCE)
CONTACTS = {
    Column.PHONE: ContactKind.PHONE,
    Column.EMAIL: ContactKind.MAIL,
    Column.WECHAT: ContactKind.WECHAT,
}
STUDY = (
    Column.DEGREE,
    Column.MAJOR,
    Column.CLASS_NO,
    Column.ENROL_YEAR,
    Column.GRAD_YEAR,
    Column.STUDENT_NO,
)
GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE}


def take_over(
    session: Session,
    keys: KeyRing,
    person: Constituent,
    told: Mapping[Column, str],
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
    today: date,
) -> None:
    """Write what was told with its source; what is known already stays as it is.

    A new name keeps the old one beside it, a new employer ends the post before, a phone is added.
    A place or a post told earlier than the one that is known becomes a former one.
    Raises NotChangeable, and Refused with what is wrong.
    """
    given = {column: value for column, value in told.items() if value}
    name = given.get(Column.NAME)
    if name and name != person.name:
        _rename(session, person, name, actor, now)
    traits = {TRAITS[column]: value for column, value in given.items() if column in TRAITS}
    if Trait.GENDER in traits:
        traits[Trait.GENDER] = GENDERS.get(traits[Trait.GENDER], traits[Trait.GENDER])
    for trait in _outdated(person, traits, origin):
        _keep_former(person, trait, traits.pop(trait), origin)
    if traits:
        set_traits(session, person, traits, origin=origin, actor=actor, now=now, today=today)
    if any(column in given for column in STUDY):
        _study(session, person, given, origin, actor, now)
    if Column.EMPLOYER in given or Column.JOB_TITLE in given:
        _work(session, person, given, origin, actor, now)
    for column, kind in CONTACTS.items():
        for raw in filter(None, given.get(column, "").split("|")):
            _contact(session, keys, person, kind, raw, origin, actor, now)
    if given.get(Column.STATUS) == DECEASED and person.status == Status.ACTIVE:
        mark_deceased(session, person, origin=origin, actor=actor, now=now, today=today)


def _outdated(person: Constituent, told: Mapping[Trait, str], origin: Origin) -> list[Trait]:
    """The places of living of which something else was told later."""
    known = {trait: origin_of(person, trait) for trait in CHANGING if trait in told}
    return [
        trait
        for trait, before in known.items()
        if before is not None and before.since > origin.since
        if getattr(person, trait) not in (None, told[trait])
    ]


def _keep_former(person: Constituent, trait: Trait, value: str, origin: Origin) -> None:
    former = person.former_values or {}
    kept = former.get(trait, [])
    if value not in (each[0] for each in kept):
        person.former_values = {**former, trait: [*kept, [value, *origin.as_codes()]]}


def _rename(session: Session, person: Constituent, name: str, actor: Actor, now: datetime) -> None:
    before = particulars_of(person)
    names = dict.fromkeys((*before.other_names, before.name))
    after = replace(before, name=name, other_names=tuple(each for each in names if each != name))
    edit(session, person, after, version=person.row_version, actor=actor, now=now)


def _study(
    session: Session,
    person: Constituent,
    given: Mapping[Column, str],
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    """Fill the one study that may be the same; a study unlike all known ones is another."""
    new = _course(given)
    alike = [
        study
        for study in studies_of(session, numbers_of(session, person.id))
        if same_study(_seen(course_of(study)), _seen(new))
    ]
    if len(alike) != 1:
        if not any(course_of(study) == new for study in alike):
            add_study(session, person, new, origin=origin, actor=actor, now=now)
        return
    before = course_of(alike[0])
    after = _course({**_told(before), **given})
    if after != before:
        holder = session.get_one(Constituent, alike[0].constituent_id)
        change_study(session, holder, alike[0], after, origin=origin, actor=actor, now=now)


def _work(
    session: Session,
    person: Constituent,
    given: Mapping[Column, str],
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    """A title alone is one at the present employer."""
    numbers = numbers_of(session, person.id)
    employer, title = given.get(Column.EMPLOYER), given.get(Column.JOB_TITLE)
    present = [post for post in employments_of(session, numbers) if post.current]
    if employer is None:
        employer = next((post.employer for post in present), None)
    try:
        add_employment(
            session,
            person,
            employer,
            title,
            numbers=numbers,
            current=all(post.since <= origin.since for post in present),
            origin=origin,
            actor=actor,
            now=now,
        )
    except PostKnown:
        return


def _contact(
    session: Session,
    keys: KeyRing,
    person: Constituent,
    kind: ContactKind,
    raw: str,
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    try:
        add_contact_point(
            session,
            keys,
            person,
            kind=kind,
            raw=raw,
            source=origin.source,
            since=origin.since,
            confidence=origin.confidence,
            actor=actor,
            now=now,
        )
    except AlreadyKnown:
        return


def _course(given: Mapping[Column, str]) -> Course:
    def year(column: Column) -> int | None:
        told = given.get(column)
        if told and not (told.isascii() and told.isdigit()):
            raise Refused((YEAR_WRONG,))
        return int(told) if told else None

    return Course(
        degree=given.get(Column.DEGREE),
        major=given.get(Column.MAJOR),
        class_no=given.get(Column.CLASS_NO),
        enrol_year=year(Column.ENROL_YEAR),
        grad_year=year(Column.GRAD_YEAR),
        student_no=given.get(Column.STUDENT_NO),
    )


def _told(course: Course) -> dict[Column, str]:
    values = {column: getattr(course, column) for column in STUDY}
    return {column: str(value) for column, value in values.items() if value is not None}


def _seen(course: Course) -> Study:
    return Study(course.degree, course.major, course.class_no, course.enrol_year, course.grad_year)
