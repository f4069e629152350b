"""Which people a list is of, and the order in which an office prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.scopes import Scope
from donflow.chapters.models import Chapter, Membership
from donflow.chapters.register import all_chapters, find_chapter
from donflow.domain.halfwidth import halfwidth
from donflow.reports.people import Listed, listed_people
from donflow.roster.alumni_models import Education
from donflow.roster.search.spelling import reading
from donflow.roster.studies import Course


@dataclass(frozen=True)
class Selection:
    """What is asked for; every condition that is given must hold. The study's hold of one study.

    `class_text` is a part of the class as the office writes it (`class_label`: 2009级会计1班) or of
    the class alone; `year` is the year of enrolment, `grad` of graduation; `unreached` leaves only
    those who live and have no usable way to reach them (`reachable`).
    """

    class_text: str | None = None
    year: int | None = None
    grad: int | None = None
    major: str | None = None
    degree: str | None = None
    city: str | None = None
    segment: str | None = None
    chapter_name: str | None = None
    unreached: bool = False

    def as_codes(self) -> dict[str, str]:
        """What was given, as text."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    @classmethod
    def of_codes(cls, codes: dict[str, str]) -> Selection:
        """What `as_codes` gave."""
        told: dict[str, Any] = dict(codes)
        told |= {name: int(codes[name]) for name in ("year", "grad") if name in codes}
        return cls(**{**told, "unreached": "unreached" in codes})


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list with the study for which it stands there, if it is for one."""

    person: Listed
    course: Course


def lines_of(
    session: Session,
    selection: Selection,
    *,
    scope: Scope = Scope.ALL,
    user: User | None = None,
) -> list[Line]:
    """The lines of a list: by class, in it by student number, without one by name.

    Whoever asks for nothing of a study gets one line a person, with the latest study; whoever does
    gets the first study that answers. Erased people never stand here; a restricted one does, and
    is marked. Within OWN only members of the user's chapters. Raises NoSuchChapter.
    """
    numbers = _candidates(session, selection, scope, user)
    chapter = None
    if selection.chapter_name:
        chapter = find_chapter(all_chapters(session), selection.chapter_name).name
    lines = (_line(one, selection, chapter) for one in listed_people(session, numbers))
    return sorted((line for line in lines if line), key=_order)


def class_label(course: Course) -> str:
    """A class as the office says it: 2009级会计1班; without a class "" (a year alone is none).

    What the class already says is not said twice: 会计0901班 of 会计 in 2009 gets its year only.
    """
    if not course.class_no:
        return ""
    told = course.class_no if not course.class_no.isdigit() else f"{course.class_no}班"
    year = str(course.enrol_year or course.grad_year or "")
    mark = "级" if course.enrol_year else "届"
    major = course.major or ""
    before = f"{year}{mark}" if year and not told.startswith((year, f"{year[2:]}{mark}")) else ""
    return f"{before}{major if major and major not in told else ''}{told}"


def reachable(person: Listed) -> bool:
    """Whether one way to reach the person is not in doubt."""
    return any(way.confidence != "doubtful" for way in person.ways)


def class_order(course: Course) -> tuple[object, ...]:
    """Classes as an office ranks them: by year, degree, major, and 2班 before 10班."""
    degree = course.degree or ""
    rank = _DEGREES.index(degree) if degree in _DEGREES else len(_DEGREES)
    year = course.enrol_year or course.grad_year or 9999
    return (year, rank, degree, reading(course.major or ""), _natural(course.class_no or ""))


@lru_cache(maxsize=20_000)
def name_order(name: str) -> tuple[tuple[str, ...], str]:
    """Names by pinyin, surnames as they are read (曾 under Z), then by their characters."""
    return (reading(name), name)


def _order(line: Line) -> tuple[object, ...]:
    course = line.course
    number = course.student_no
    return (class_order(course), number is None, number or "", name_order(line.person.name))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A text with its numbers compared as numbers."""
    parts = re.findall(r"\d+|\D+", halfwidth(text))
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)


def _candidates(
    session: Session, selection: Selection, scope: Scope, user: User | None
) -> list[int] | None:
    """The numbers among which the answer is, or None for all: what the database leaves out."""
    if scope is Scope.OWN:
        own = [chapter.id for chapter in all_chapters(session, scope=scope, user=user)]
        query = select(Membership.constituent_id).where(
            Membership.chapter_id.in_(own), Membership.until.is_(None)
        )
        return sorted(set(session.scalars(query)))
    if scope is not Scope.ALL:
        return []
    wanted = [
        Education.enrol_year == selection.year if selection.year else None,
        Education.grad_year == selection.grad if selection.grad else None,
    ]
    conditions = [one for one in wanted if one is not None]
    if conditions:
        return sorted(set(session.scalars(select(Education.constituent_id).where(*conditions))))
    if selection.chapter_name:
        chapter = find_chapter(all_chapters(session), selection.chapter_name)
        query = (
            select(Membership.constituent_id)
            .join(Chapter, Chapter.id == Membership.chapter_id)
            .where(Chapter.id == chapter.id, Membership.until.is_(None))
        )
        return sorted(set(session.scalars(query)))
    return None


def _line(person: Listed, selection: Selection, chapter: str | None) -> Line | None:
    answers = [
        selection.city is None or selection.city in person.fields.get("city", ""),
        selection.segment is None or selection.segment in person.segments,
        chapter is None or chapter in person.chapters,
        not selection.unreached or (person.lives and not reachable(person)),
    ]
    if not all(answers):
        return None
    asked = (selection.class_text, selection.year, selection.grad, selection.major)
    if not any((*asked, selection.degree)):
        return Line(person, latest(person.studies))
    course = next((each for each in person.studies if _is_of(each, selection)), None)
    return Line(person, course) if course else None


def _is_of(course: Course, selection: Selection) -> bool:
    return all(
        [
            _is_class(course, _bare(selection.class_text)),
            selection.year is None or course.enrol_year == selection.year,
            selection.grad is None or course.grad_year == selection.grad,
            selection.major is None or selection.major in (course.major or ""),
            selection.degree is None or selection.degree == course.degree,
        ]
    )


def _is_class(course: Course, wanted: str) -> bool:
    """A number is the class's own: 2 is not 12班, nor a part of 2009级."""
    if wanted.removesuffix("班").isdigit():
        return wanted.removesuffix("班") == _bare(course.class_no).removesuffix("班")
    return wanted in _bare(class_label(course))


def _bare(text: str | None) -> str:
    return re.sub(r"\s", "", halfwidth(text or ""))


def latest(studies: Sequence[Course]) -> Course:
    """The study that began last; an empty one of nobody who studied."""

    def begun(course: Course) -> int:
        return course.enrol_year or course.grad_year or 0

    return max(studies, key=begun, default=Course())


_DEGREES = ("专科", "本科", "硕士", "MBA", "EMBA", "MPA", "博士")
