"""Who belongs to a chapter, and who might join one: by where they live and what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from donflow.chapters.members import members_now, memberships_of
from donflow.chapters.models import Chapter, Membership
from donflow.reports.people import Listed, listed_people
from donflow.reports.selection import Line, Selection, class_label, latest, lines_of


@dataclass(frozen=True)
class Member:
    """A membership with its person; None for somebody who was erased since."""

    membership: Membership
    person: Listed | None

    @property
    def class_shown(self) -> str:
        return class_label(latest(self.person.studies)) if self.person else ""


@dataclass(frozen=True)
class MayJoin:
    """Somebody who might join a chapter, and the word of their record that says so."""

    chapter: Chapter
    line: Line
    because: str


def members_of(session: Session, chapter: Chapter, *, past: bool = False) -> list[Member]:
    """The members of a chapter in the order in which they came, merged numbers once.

    With `past` each membership stands for itself, also those that ended.
    """
    rows = memberships_of(session, chapter, past=past)
    people = listed_people(session, {row.constituent_id for row in rows})
    by_number = {number: person for person in people for number in person.numbers}
    found = [Member(row, by_number.get(row.constituent_id)) for row in rows]
    if past:
        return found
    seen: dict[int, Member] = {}
    for member in found:
        seen.setdefault(member.person.number if member.person else -member.membership.id, member)
    return list(seen.values())


def who_may_join(
    session: Session, chapters: Sequence[Chapter], selection: Selection
) -> list[MayJoin]:
    """Of the people selected, the living ones who fit a chapter and belong to none of these.

    Somebody fits by the city of the chapter, or by the word that its people have in common
    (`Chapter.common`) in employer, post, degree, major, class or segment. Nobody whose data are
    only kept is proposed. Who fits several chapters stands under each.
    """
    there = members_now(session, [chapter.id for chapter in chapters])
    members = {number for people in there.values() for number in people}
    lines = [
        line
        for line in lines_of(session, selection)
        if line.person.lives and line.person.may_be_used and line.person.number not in members
    ]
    return [found for chapter in chapters for found in _fitting(chapter, lines)]


def fits(chapter: Chapter, person: Listed) -> str | None:
    """The value of the person's record by which they fit the chapter."""
    city = person.fields.get("city", "")
    if chapter.city and chapter.city in city:
        return city
    if not chapter.common:
        return None
    return next((text for text in _texts(person) if chapter.common in text), None)


def _fitting(chapter: Chapter, lines: Sequence[Line]) -> Iterator[MayJoin]:
    for line in lines:
        because = fits(chapter, line.person)
        if because is not None:
            yield MayJoin(chapter, line, because)


def _texts(person: Listed) -> Iterator[str]:
    for employer, post in person.posts:
        yield from (employer or "", post or "")
    for course in person.studies:
        yield from (course.degree or "", course.major or "", class_label(course))
    yield from sorted(person.segments)
