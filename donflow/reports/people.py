"""The people of the roster as lists and counts see them: one line a person, merged numbers once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from donflow.chapters.models import Chapter, Membership
from donflow.roster.alumni_models import Education, Employment, SegmentMember
from donflow.roster.import_models import Merge
from donflow.roster.merging import QUERY_SIZE, numbers_of_each
from donflow.roster.models import Constituent, ConstituentKind, ContactPoint, Status
from donflow.roster.reading.place_names import CITIES, COUNTRIES, SPECIAL_REGIONS
from donflow.roster.studies import Course


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a person, as stored: masked, with its source's confidence."""

    id: int
    kind: str
    shown: str
    blind: str
    confidence: str
    preferred: bool
    since: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One person, whichever numbers are merged: the head's own word first, gaps filled."""

    number: int
    numbers: tuple[int, ...]
    name: str
    status: str
    fields: Mapping[str, str]
    """gender, birth, ethnicity, city, province, where known."""
    sources: frozenset[str]
    """Who told anything of the person."""
    studies: tuple[Course, ...]
    posts: tuple[tuple[str | None, str | None], ...]
    """Employer and post of those that are current."""
    ways: tuple[Way, ...]
    segments: frozenset[str]
    chapters: tuple[str, ...]

    @property
    def lives(self) -> bool:
        return self.status != Status.DECEASED

    @property
    def may_be_used(self) -> bool:
        """A restricted one is kept and not used (PIPL 47)."""
        return self.status != Status.RESTRICTED

    @property
    def abroad(self) -> bool:
        """Whether the person is known to live outside the mainland (PIPL 38: 境外)."""
        places = [self.fields.get("city", ""), self.fields.get("province", "")]
        return any(place.startswith(ABROAD) or _LATIN.match(place) for place in places)

    def ways_of(self, kind: str) -> tuple[Way, ...]:
        """Those of a kind: to use first, then the surest, then the newest in front."""
        return tuple(
            sorted(
                (way for way in self.ways if way.kind == kind),
                key=lambda way: (way.preferred, _SURE[way.confidence], way.since),
                reverse=True,
            )
        )


def listed_people(session: Session, numbers: Collection[int] | None = None) -> list[Listed]:
    """Everybody who is not erased, or those with these numbers, by the head's number.

    A person with several numbers stands here once, whichever of them was asked for.
    """
    chosen = None if numbers is None else _with_all_numbers(session, numbers)
    people = _people(session, chosen)
    heads = _heads(session, people)
    belongings = _Belongings.read(session, chosen)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in people:
        groups[heads[number]].append(number)
    found = [
        _listed([head, *sorted(set(group) - {head})], people, belongings)
        for head, group in groups.items()
        if head in people
    ]
    return sorted(found, key=lambda person: person.number)


@dataclass(frozen=True)
class _Belongings:
    studies: Mapping[int, list[tuple[int, str, Course]]]
    posts: Mapping[int, list[tuple[str, str | None, str | None]]]
    ways: Mapping[int, list[tuple[str, Way]]]
    segments: Mapping[int, list[str]]
    chapters: Mapping[int, list[str]]

    @classmethod
    def read(cls, session: Session, numbers: list[int] | None) -> _Belongings:
        studies: dict[int, list[tuple[int, str, Course]]] = defaultdict(list)
        posts: dict[int, list[tuple[str, str | None, str | None]]] = defaultdict(list)
        ways: dict[int, list[tuple[str, Way]]] = defaultdict(list)
        segments: dict[int, list[str]] = defaultdict(list)
        chapters: dict[int, list[str]] = defaultdict(list)
        e, w, c = Education, Employment, ContactPoint
        columns: Sequence[Any] = (
            e.constituent_id, e.id, e.source, e.degree, e.major, e.class_no, e.enrol_year,
            e.grad_year, e.student_no,
        )  # fmt: skip
        for own, no, source, *course in _rows(session, columns, e.constituent_id, numbers):
            studies[own].append((no, source, Course(*course)))
        columns = (w.constituent_id, w.source, w.employer, w.job_title, w.current)
        for own, source, employer, title, current in _rows(
            session, columns, w.constituent_id, numbers
        ):
            if current:
                posts[own].append((source, employer, title))
        columns = (
            c.constituent_id, c.source, c.id, c.kind, c.masked, c.blind, c.confidence,
            c.preferred, c.since,
        )  # fmt: skip
        for own, source, no, kind, shown, blind, sure, first, since in _rows(
            session, columns, c.constituent_id, numbers
        ):
            way = Way(no, kind, shown, blind, sure, first, since.isoformat())
            ways[own].append((source, way))
        columns = (SegmentMember.constituent_id, SegmentMember.segment)
        for own, segment in _rows(session, columns, SegmentMember.constituent_id, numbers):
            segments[own].append(segment)
        names = dict(session.execute(select(Chapter.id, Chapter.name)).all())
        columns = (Membership.constituent_id, Membership.chapter_id, Membership.until)
        for own, chapter, until in _rows(session, columns, Membership.constituent_id, numbers):
            if until is None:
                chapters[own].append(names[chapter])
        return cls(studies, posts, ways, segments, chapters)


_FIELDS = ("gender", "birth", "ethnicity", "city", "province")


def _people(session: Session, numbers: list[int] | None) -> dict[int, Any]:
    person = Constituent
    columns: Sequence[Any] = (
        person.id, person.kind, person.name, person.status, person.gender, person.birth,
        person.ethnicity, person.city, person.province, person.field_sources,
    )  # fmt: skip
    return {
        row[0]: row
        for row in _rows(session, columns, person.id, numbers)
        if row.kind == ConstituentKind.PERSON and row.status != Status.ERASED
    }


def _rows(
    session: Session,
    columns: Sequence[Any],
    key: InstrumentedAttribute[int],
    numbers: list[int] | None,
) -> Iterator[Any]:
    """The rows of a table, all or those of these numbers, in the order in which they came."""
    query = select(*columns).order_by(key, key.class_.id)
    if numbers is None:
        yield from session.execute(query)
        return
    for start in range(0, len(numbers), QUERY_SIZE):
        yield from session.execute(query.where(key.in_(numbers[start : start + QUERY_SIZE])))


def _with_all_numbers(session: Session, numbers: Collection[int]) -> list[int]:
    every = numbers_of_each(session, numbers).values()
    return sorted({number for group in every for number in group})


def _heads(session: Session, people: Collection[int]) -> dict[int, int]:
    above = dict(session.execute(select(Merge.absorbed_id, Merge.survivor_id)).all())
    heads = {}
    for number in people:
        head = number
        while head in above:
            head = above[head]
        heads[number] = head
    return heads


def _listed(numbers: list[int], people: Mapping[int, Any], has: _Belongings) -> Listed:
    rows = [people[number] for number in numbers]
    fields = {
        name: value
        for name in _FIELDS
        if (value := next((getattr(row, name) for row in rows if getattr(row, name)), None))
    }
    statuses = {row.status for row in rows}
    studies = [study for number in numbers for study in has.studies.get(number, ())]
    posts = [post for number in numbers for post in has.posts.get(number, ())]
    ways = [way for number in numbers for way in has.ways.get(number, ())]
    told = {told[0] for row in rows for told in (row.field_sources or {}).values()}
    return Listed(
        number=numbers[0],
        numbers=tuple(numbers),
        name=rows[0].name,
        status=next(each for each in _STANDINGS if each in statuses),
        fields=fields,
        sources=frozenset(
            told
            | {source for _, source, _ in studies}
            | {source for source, _, _ in posts}
            | {source for source, _ in ways}
        ),
        studies=tuple(dict.fromkeys(course for _, _, course in studies)),
        posts=tuple(dict.fromkeys((employer, title) for _, employer, title in posts)),
        ways=tuple({(way.kind, way.blind): way for _, way in reversed(ways)}.values())[::-1],
        segments=frozenset(one for number in numbers for one in has.segments.get(number, ())),
        chapters=tuple(
            dict.fromkeys(one for number in numbers for one in has.chapters.get(number, ()))
        ),
    )


_STANDINGS = (Status.RESTRICTED, Status.DECEASED, Status.ACTIVE)
"""Of several, the one that holds for the person."""
_SURE = {"sure": 2, "likely": 1, "doubtful": 0}
ABROAD = (*COUNTRIES, *SPECIAL_REGIONS, "台湾", *CITIES["台湾"], "海外", "国外", "境外")
_LATIN = re.compile("[A-Za-z]")
