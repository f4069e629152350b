"""People who came with a sheet, written in one unit of work: the new in bulk, the known changed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.roster.alumni_models import Education, Employment
from donflow.roster.fields import last_four, masked
from donflow.roster.folding import FIXED, Held, HeldPost, HeldStudy, HeldWay
from donflow.roster.merging import QUERY_SIZE, numbers_of_each
from donflow.roster.models import (
    Confidence,
    Constituent,
    ConstituentKind,
    ContactKind,
    ContactPoint,
    Source,
    Status,
)
from donflow.roster.people import LAST_FOUR
from donflow.roster.sources import Origin
from donflow.roster.studies import Course, course_of
from donflow.store.base import Base
from donflow.store.bulk import Said, new_ids, write_rows
from donflow.store.keys import KeyRing, Sealer

OWN_FIELDS = (*FIXED, "city", "province")
UNCHANGEABLE = (Status.RESTRICTED, Status.ERASED)
COURSE_FIELDS = tuple(each.name for each in fields(Course))

Part = TypeVar("Part")
Numbered = tuple[int, str, Part]


def held_people(session: Session, heads: Collection[int]) -> dict[int, Held]:
    """The people of these heads with all that is known under any of their numbers.

    Who is restricted or erased is left out: nothing is added to them.
    """
    together = numbers_of_each(session, heads)
    every = sorted(number for numbers in together.values() for number in numbers)
    people = {row.id: row for row in _rows(session, Constituent, "id", every)}
    held = {
        head: _held([people[number] for number in numbers])
        for head, numbers in together.items()
        if not any(people[number].status in UNCHANGEABLE for number in numbers)
    }
    owner = {number: held.get(head) for head, numbers in together.items() for number in numbers}
    for row in _rows(session, Education, "constituent_id", every):
        if person := owner[row.constituent_id]:
            person.studies.append(HeldStudy(course_of(row), _origin(row), row.id))
    for row in _rows(session, Employment, "constituent_id", every):
        if person := owner[row.constituent_id]:
            person.posts.append(
                HeldPost(row.employer, row.job_title, _origin(row), row.current, row.id)
            )
    for row in _rows(session, ContactPoint, "constituent_id", every):
        if person := owner[row.constituent_id]:
            way = HeldWay(ContactKind(row.kind), row.blind, _origin(row), None, row.preferred)
            way.row = row.id
            person.ways.append(way)
    return held


def add_people(session: Session, keys: KeyRing, people: Sequence[Held], said: Said) -> None:
    """Write people who are new, each with a data key of its own, and give them their numbers."""
    sealer = keys.sealer(new=len(people))
    numbers = new_ids(session, Constituent, len(people))
    key_ids = dict(zip(numbers, sealer.new, strict=True))
    rows = []
    for held, number, salt in zip(people, numbers, _salts(len(people)), strict=True):
        held.number = number
        rows.append(_person_row(held, number, key_ids[number], salt, said.now))
    write_rows(session, Constituent, rows, said)
    _add_parts(session, keys, people, key_ids, said, sealer)


def change_people(session: Session, keys: KeyRing, people: Sequence[Held], said: Said) -> None:
    """Write what rows added to known people; the rows that stand are changed as objects."""
    heads = [held.number for held in people if held.number is not None]
    stored = {row.id: row for row in _objects(session, Constituent, heads)}
    for held in people:
        assert held.number is not None
        row = stored[held.number]
        if held.changed:
            for name in OWN_FIELDS:
                setattr(row, name, held.fields.get(name) if name in held.own else None)
            row.other_names = held.other_names
            row.field_sources, row.former_values = _told_of_own(held), held.former
        row.changed_at = said.now
    _change_parts(session, people)
    session.flush()
    key_ids = {number: row.key_id for number, row in stored.items()}
    sealer = keys.sealer(known=key_ids.values())
    _add_parts(session, keys, people, key_ids, said, sealer)


def _held(people: Sequence[Any]) -> Held:
    """The head's own word first, gaps filled from the other numbers; only its own are written."""
    head = people[0]
    held = Held(head.name, head.id, list(head.other_names), status=head.status)
    held.own = {name for name in OWN_FIELDS if getattr(head, name)}
    for row in people:
        for name in OWN_FIELDS:
            value = getattr(row, name)
            if value and name not in held.fields:
                held.fields[name] = value
                if told := (row.field_sources or {}).get(name):
                    held.told[name] = told
    for name, told in (head.field_sources or {}).items():
        if name not in OWN_FIELDS:
            held.told[name] = told
    held.former = dict(head.former_values or {})
    return held


def _told_of_own(held: Held) -> dict[str, list[str]]:
    """Where the head's own fields come from; what fills its gaps stays where it was told."""
    return {
        name: told for name, told in held.told.items() if name in held.own or name not in OWN_FIELDS
    }


def _person_row(
    held: Held, number: int, key_id: str, salt: str, now: datetime
) -> dict[str, object]:
    return {
        "id": number,
        "kind": str(ConstituentKind.PERSON),
        "name": held.name,
        "other_names": held.other_names,
        **{name: _text(held.fields.get(name)) for name in OWN_FIELDS},
        "field_sources": held.told,
        "former_values": held.former,
        "status": str(held.status),
        "key_id": key_id,
        "salt": salt,
        "created_at": now,
        "changed_at": now,
        "row_version": 1,
    }


def _add_parts(
    session: Session,
    keys: KeyRing,
    people: Sequence[Held],
    key_ids: dict[int, str],
    said: Said,
    sealer: Sealer,
) -> None:
    """The studies, posts and ways that are not stored yet, in bulk."""
    studies = [(held, each) for held in people for each in held.studies if each.row is None]
    posts = [(held, post) for held in people for post in held.posts if post.row is None]
    ways = [(held, way) for held in people for way in held.ways if way.row is None]
    write_rows(
        session,
        Education,
        [
            _part(number, salt, held, each.origin) | _course(each.course)
            for number, salt, (held, each) in _numbered(session, Education, studies)
        ],
        said,
    )
    write_rows(
        session,
        Employment,
        [
            {
                **_part(number, salt, held, post.origin),
                "employer": post.employer,
                "job_title": post.job_title,
                "current": post.current,
            }
            for number, salt, (held, post) in _numbered(session, Employment, posts)
        ],
        said,
    )
    last_four_of = keys.blinder(LAST_FOUR)
    rows = []
    for number, salt, (held, way) in _numbered(session, ContactPoint, ways):
        assert way.value is not None
        assert held.number is not None
        row = _part(number, salt, held, way.origin)
        del row["source_ref"]
        last = last_four(way.kind, way.value)
        key_id = key_ids[held.number]
        row |= {
            "kind": str(way.kind),
            "ciphertext": sealer.encrypt(key_id, way.kind, salt, way.value),
            "masked": str(masked(way.kind, way.value)),
            "blind": way.token,
            "blind_last4": last_four_of(last) if last else None,
            "preferred": way.preferred,
        }
        rows.append(row)
    write_rows(session, ContactPoint, rows, said)


def _numbered(
    session: Session, model: type[Base], parts: Sequence[Part]
) -> Iterator[Numbered[Part]]:
    """Each part with a number and a salt of its own."""
    count = len(parts)
    return zip(new_ids(session, model, count), _salts(count), parts, strict=True)


def _salts(count: int) -> list[str]:
    """As `secrets.token_hex(16)`, drawn at once."""
    drawn = secrets.token_hex(16 * count)
    return [drawn[start : start + 32] for start in range(0, 32 * count, 32)]


def _course(course: Course) -> dict[str, object]:
    return {name: getattr(course, name) for name in COURSE_FIELDS}


def _part(number: int, salt: str, held: Held, origin: Origin) -> dict[str, object]:
    """What a row of a study, a post or a way has beside what it says."""
    return {
        "id": number,
        "constituent_id": held.number,
        "source": str(origin.source),
        "source_ref": origin.ref,
        "since": origin.since,
        "confidence": str(origin.confidence),
        "salt": salt,
    }


def _change_parts(session: Session, people: Sequence[Held]) -> None:
    studies = {each.row: each for held in people for each in held.studies if each.changed}
    posts = {post.row: post for held in people for post in held.posts if post.changed}
    ways = {way.row: way for held in people for way in held.ways if way.changed}
    for study in _objects(session, Education, _stored(studies)):
        for name, value in _course(studies[study.id].course).items():
            setattr(study, name, value)
    for post in _objects(session, Employment, _stored(posts)):
        held = posts[post.id]
        post.employer, post.job_title, post.current = held.employer, held.job_title, held.current
    for point in _objects(session, ContactPoint, _stored(ways)):
        point.preferred = ways[point.id].preferred


def _stored(parts: dict[int | None, Any]) -> list[int]:
    return [number for number in parts if number is not None]


def _objects(session: Session, model: Any, numbers: Collection[int]) -> Iterator[Any]:
    for part in _parts(numbers):
        yield from session.scalars(select(model).where(model.id.in_(part)))


def _rows(session: Session, model: Any, owner: str, numbers: Collection[int]) -> Iterator[Any]:
    """Rows as they stand, without making objects of them."""
    column = model.__table__.c[owner]
    for part in _parts(numbers):
        query = select(model.__table__).where(column.in_(part)).order_by(model.__table__.c.id)
        yield from session.execute(query)


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(numbers)
    for start in range(0, len(listed), QUERY_SIZE):
        yield listed[start : start + QUERY_SIZE]


def _origin(row: Any) -> Origin:
    reference = getattr(row, "source_ref", None)
    return Origin(Source(row.source), row.since, Confidence(row.confidence), reference)


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)
