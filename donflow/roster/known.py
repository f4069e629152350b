"""The people of the roster as matching sees them, found by what they share with new records.

Only those who share a phone, mail, WeChat name or student number, or a name and one fact more, are
read: never the whole roster. Contact points are compared by their blind indexes, never decrypted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.evidence import BETWEEN_NAMES, plain_name
from donflow.roster.fields import read_field
from donflow.roster.matching import Lookup, facts_of, facts_of_study
from donflow.roster.merging import heads_of, numbers_of_each
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    ContactPoint,
    Gender,
    Status,
)
from donflow.roster.portrait import Portrait, Study
from donflow.roster.reading.rows import Column, Row
from donflow.store.bulk import among

Query = Select[*tuple[Any, ...]]

Blind = Callable[[ContactKind, str], str]
"""What a contact point's normal form is stored as (`KeyRing.blind`)."""

_NOTHING: frozenset[str] = frozenset()
ASKED_AT_ONCE = 10_000
_LANDLINE = re.compile(r"\+86(?!1[3-9]\d{9}$)\d+")
_MOBILE_SHOWN = re.compile(r"1\d\d\*")
GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE}


def row_portrait(row: Row, blind: Blind | None = None) -> Portrait:
    """A row of a sheet; with `blind` its tokens are those of stored people."""
    told = row.values

    def several(column: Column) -> frozenset[str]:
        text = told.get(column)
        return frozenset(filter(None, text.split("|"))) if text else _NOTHING

    def tokens(column: Column, kind: ContactKind) -> frozenset[str]:
        if column not in told:
            return _NOTHING
        return tokens_of(kind, {normal_form(kind, part) or part for part in several(column)})

    def tokens_of(kind: ContactKind, read: Iterable[str]) -> frozenset[str]:
        return frozenset(blind(kind, value) for value in read) if blind else frozenset(read)

    phones = [normal_form(ContactKind.PHONE, part) for part in several(Column.PHONE)]
    return Portrait(
        key=row.ref,
        name=told.get(Column.NAME, ""),
        gender=GENDERS.get(told.get(Column.GENDER, "")),
        ethnicity=told.get(Column.ETHNICITY),
        births=frozenset(row.birth_accept) or several(Column.BIRTH),
        student_nos=several(Column.STUDENT_NO),
        studies=_studies((_study(told.get),)),
        employers=several(Column.EMPLOYER),
        job_titles=several(Column.JOB_TITLE),
        city=told.get(Column.CITY),
        province=told.get(Column.PROVINCE),
        phones=tokens(Column.PHONE, ContactKind.PHONE),
        landlines=tokens_of(ContactKind.PHONE, filter(_LANDLINE.fullmatch, phones)),
        mails=tokens(Column.EMAIL, ContactKind.MAIL),
        wechats=tokens(Column.WECHAT, ContactKind.WECHAT),
        deceased=bool(told.get(Column.STATUS)),
    )


def normal_form(kind: ContactKind, value: str) -> str:
    """The form that is stored, "" where there is none.

    A phone with its country came out of the reader in it.
    """
    is_normal = kind is ContactKind.PHONE and value[:1] == "+" and value[1:].isdigit()
    return value if is_normal else read_field(kind, value).value


def known_people(session: Session) -> Lookup:
    """What `matching.match` asks: the people of the roster worth comparing with new records."""

    def lookup(records: Sequence[Portrait]) -> Iterable[Portrait]:
        return stored_portraits(session, _candidates(session, records)).values()

    return lookup


def stored_portraits(session: Session, numbers: Collection[int]) -> dict[int, Portrait]:
    """People as stored, by the head of their numbers: all that is known under any of them."""
    heads = sorted(set(heads_of(session, numbers).values()))
    people = numbers_of_each(session, heads)
    asked = sorted({number for each in people.values() for number in each})
    rows = {row.id: row for row in _all(session, _people(), Constituent.id, asked)}
    points = _by_number(_all(session, _points(), ContactPoint.constituent_id, asked))
    studies = _by_number(_all(session, _educations(), Education.constituent_id, asked))
    posts = _by_number(_all(session, _employments(), Employment.constituent_id, asked))
    return {
        head: _portrait(
            [rows[number] for number in people[head]],
            [row for number in people[head] for row in points[number]],
            [row for number in people[head] for row in studies[number]],
            [row for number in people[head] for row in posts[number]],
        )
        for head in heads
    }


def _portrait(
    people: list[Any], points: list[Any], studies: list[Any], posts: list[Any]
) -> Portrait:
    def tokens(kind: ContactKind) -> frozenset[str]:
        return frozenset(point.blind for point in points if point.kind == kind)

    def study(row: Any) -> Study:
        return _study(lambda column: getattr(row, column))

    def first(name: str) -> str | None:
        return next((getattr(row, name) for row in people if getattr(row, name)), None)

    births = {row.birth for row in people if row.birth}
    return Portrait(
        key=str(people[0].id),
        name=people[0].name,
        gender=first("gender"),
        ethnicity=first("ethnicity"),
        births=frozenset(
            birth for birth in births if not any(o != birth and o.startswith(birth) for o in births)
        ),
        student_nos=frozenset(row.student_no for row in studies if row.student_no),
        studies=_studies(map(study, studies)),
        employers=frozenset(row.employer for row in posts if row.employer),
        job_titles=frozenset(row.job_title for row in posts if row.job_title),
        city=first("city"),
        province=first("province"),
        phones=tokens(ContactKind.PHONE),
        landlines=frozenset(
            point.blind
            for point in points
            if point.kind == ContactKind.PHONE and not _MOBILE_SHOWN.match(point.masked)
        ),
        mails=tokens(ContactKind.MAIL),
        wechats=tokens(ContactKind.WECHAT),
        deceased=any(row.status == Status.DECEASED for row in people),
    )


def _candidates(session: Session, records: Sequence[Portrait]) -> set[int]:
    blinds = {token for each in records for token in each.phones | each.mails | each.wechats}
    owners = select(ContactPoint.constituent_id)
    found = {row[0] for row in _all(session, owners, ContactPoint.blind, blinds)}
    numbers = {number for each in records for number in each.student_nos}
    students = select(Education.constituent_id)
    found |= {row[0] for row in _all(session, students, Education.student_no, numbers)}
    facts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    names: set[str] = set()
    for each in records:
        names.add(each.name)
        facts[plain_name(each.name)] |= facts_of(each)
    names |= facts.keys() | _written_otherwise(session, facts.keys())
    for number, name, fact in _namesakes(session, names):
        if fact in facts[plain_name(name)]:
            found.add(number)
    people = select(Constituent.id).where(
        Constituent.kind == ConstituentKind.PERSON, Constituent.status != Status.ERASED
    )
    return {row[0] for row in _all(session, people, Constituent.id, found)}


def _written_otherwise(session: Session, plain: Collection[str]) -> set[str]:
    """Names of the roster with letters or something between, by whose plain form one is asked.

    All that are only Chinese characters are their own plain form.
    """
    name = Constituent.name
    unlike = or_(
        func.lower(name) != func.upper(name), *(name.contains(mark) for mark in BETWEEN_NAMES)
    )
    found = session.scalars(select(name).where(unlike).distinct())
    return {each for each in found if plain_name(each) in plain}


def _namesakes(
    session: Session, names: Collection[str]
) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The facts of everybody of these names, one at a time."""
    births = select(Constituent.id, Constituent.name, Constituent.birth)
    for number, name, birth in _all(session, births, Constituent.name, names):
        yield number, name, ("birth", (birth or "")[:4])
    studies = select(
        Constituent.id,
        Constituent.name,
        Education.major,
        Education.class_no,
        Education.enrol_year,
        Education.grad_year,
    ).join(Education, Education.constituent_id == Constituent.id)
    for number, name, *told in _all(session, studies, Constituent.name, names):
        for fact in facts_of_study(Study(None, *told)):
            yield number, name, fact
    posts = select(Constituent.id, Constituent.name, Employment.employer).join(
        Employment, Employment.constituent_id == Constituent.id
    )
    for number, name, employer in _all(session, posts, Constituent.name, names):
        yield number, name, ("employer", employer or "")


def _all(session: Session, query: Query, column: Any, values: Collection[Any]) -> list[Any]:
    asked = sorted(values)
    parts = (asked[start : start + ASKED_AT_ONCE] for start in range(0, len(asked), ASKED_AT_ONCE))
    return [
        row for part in parts for row in session.execute(query.where(among(session, column, part)))
    ]


def _by_number(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.constituent_id].append(row)
    return found


def _study(told: Callable[[Column], Any]) -> Study:
    def year(column: Column) -> int | None:
        given = told(column)
        return int(given) if given else None

    return Study(
        degree=told(Column.DEGREE) or None,
        major=told(Column.MAJOR) or None,
        class_no=told(Column.CLASS_NO) or None,
        enrol_year=year(Column.ENROL_YEAR),
        grad_year=year(Column.GRAD_YEAR),
    )


def _studies(studies: Iterable[Study]) -> tuple[Study, ...]:
    return tuple(study for study in dict.fromkeys(studies) if study != Study())


def _people() -> Query:
    person = Constituent
    return select(
        person.id,
        person.name,
        person.gender,
        person.ethnicity,
        person.birth,
        person.city,
        person.province,
        person.status,
    )


def _points() -> Query:
    point = ContactPoint
    return select(point.constituent_id, point.kind, point.blind, point.masked)


def _educations() -> Query:
    return select(
        Education.constituent_id,
        Education.degree,
        Education.major,
        Education.class_no,
        Education.enrol_year,
        Education.grad_year,
        Education.student_no,
    ).order_by(Education.id)


def _employments() -> Query:
    return select(Employment.constituent_id, Employment.employer, Employment.job_title)
