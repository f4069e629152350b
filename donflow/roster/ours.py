"""People of the roster as another system would list them: present values, contact points masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.known import stored_portraits
from donflow.roster.merging import QUERY_SIZE, heads_of, numbers_of_each
from donflow.roster.models import Constituent, ContactKind, ContactPoint, Status
from donflow.roster.portrait import Portrait, Study
from donflow.roster.reading.rows import Column
from donflow.roster.taking_over import CONTACTS, GENDERS

Blind = Callable[[ContactKind, str], str]
"""What a contact point's normal form is stored as."""


@dataclass(frozen=True)
class OurPerson:
    """Present values by column; of the ways to reach them the tokens, and how they are shown."""

    number: int
    values: dict[Column, str]
    ways: Mapping[Column, tuple[frozenset[str], str]]
    studies: tuple[Study, ...]


def our_people(session: Session, heads: Collection[int]) -> dict[int, OurPerson]:
    """The people of these heads; who is restricted or erased is left out."""
    portraits = stored_portraits(session, heads)
    people = numbers_of_each(session, sorted(portraits))
    owner = {number: head for head, numbers in people.items() for number in numbers}
    query = select(Constituent.id, Constituent.status)
    standing = _rows(session, query, Constituent.id, owner)
    hidden = {owner[number] for number, status in standing if status in HIDDEN}
    posts = _present_posts(session, owner)
    masks = _masks(session, owner)
    return {
        head: OurPerson(
            head,
            _values(portrait, posts.get(head)),
            {
                column: (tokens, "|".join(masks[head, kind]))
                for column, kind in CONTACTS.items()
                if (tokens := _TOKENS[column](portrait))
            },
            portrait.studies,
        )
        for head, portrait in sorted(portraits.items())
        if head not in hidden
    }


def those_of_years(session: Session, studies: Iterable[Study]) -> set[int]:
    """The heads of those who studied in one of these years, majors and degrees, if any are told.

    Nobody where the studies name no year: then nothing tells who belongs into such a list.
    """
    told = list(studies)
    enrolled = {study.enrol_year for study in told if study.enrol_year}
    graduated = {study.grad_year for study in told if study.grad_year}
    majors = {study.major for study in told if study.major}
    degrees = {study.degree for study in told if study.degree}
    query = select(Education.constituent_id).where(
        or_(Education.enrol_year.in_(enrolled), Education.grad_year.in_(graduated))
    )
    if majors:
        query = query.where(Education.major.in_(majors))
    if degrees:
        query = query.where(Education.degree.in_(degrees))
    return set(heads_of(session, set(session.scalars(query))).values())


def _values(portrait: Portrait, post: tuple[str | None, str | None] | None) -> dict[Column, str]:
    employer, title = post or (None, None)
    genders = {str(code): word for word, code in GENDERS.items()}
    only = next(iter(portrait.student_nos)) if len(portrait.student_nos) == 1 else None
    values = {
        Column.NAME: portrait.name,
        Column.GENDER: genders.get(portrait.gender or ""),
        Column.ETHNICITY: portrait.ethnicity,
        Column.BIRTH: next(iter(portrait.births)) if len(portrait.births) == 1 else None,
        Column.STUDENT_NO: only,
        Column.EMPLOYER: employer,
        Column.JOB_TITLE: title,
        Column.CITY: portrait.city,
        Column.PROVINCE: portrait.province,
        Column.STATUS: "已故" if portrait.deceased else None,
    }
    return {column: value for column, value in values.items() if value}


def _present_posts(
    session: Session, owner: Mapping[int, int]
) -> dict[int, tuple[str | None, str | None]]:
    """The newest of the present posts of each."""
    query = (
        select(Employment.constituent_id, Employment.employer, Employment.job_title)
        .where(Employment.current)
        .order_by(Employment.since, Employment.id)
    )
    rows = _rows(session, query, Employment.constituent_id, owner)
    return {owner[number]: (employer, title) for number, employer, title in rows}


def _masks(session: Session, owner: Mapping[int, int]) -> dict[tuple[int, str], list[str]]:
    query = select(ContactPoint.constituent_id, ContactPoint.kind, ContactPoint.masked)
    rows = _rows(session, query.order_by(ContactPoint.id), ContactPoint.constituent_id, owner)
    masks: dict[tuple[int, str], list[str]] = defaultdict(list)
    for number, kind, masked in rows:
        if masked not in masks[owner[number], kind]:
            masks[owner[number], kind].append(masked)
    return masks


def _rows(session: Session, query: Any, column: Any, numbers: Collection[int]) -> list[Any]:
    asked = sorted(numbers)
    parts = (asked[start : start + QUERY_SIZE] for start in range(0, len(asked), QUERY_SIZE))
    return [row for part in parts for row in session.execute(query.where(column.in_(part)))]


HIDDEN = frozenset({Status.RESTRICTED, Status.ERASED})
_TOKENS: Mapping[Column, Callable[[Portrait], frozenset[str]]] = {
    Column.PHONE: lambda portrait: portrait.phones,
    Column.EMAIL: lambda portrait: portrait.mails,
    Column.WECHAT: lambda portrait: portrait.wechats,
}
