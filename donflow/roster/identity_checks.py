"""Whether somebody is an alumnus, asked by another department: yes, no or several, and counted."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.halfwidth import halfwidth
from donflow.errors import N_, DonflowError
from donflow.roster.alumni_models import IdentityCheck
from donflow.roster.evidence import plain_name
from donflow.roster.merging import numbers_of_each
from donflow.roster.models import Constituent, ConstituentKind, Status
from donflow.roster.reading.majors import full_major
from donflow.roster.reading.rows import Column
from donflow.roster.reading.study import read_class_cell
from donflow.roster.studies import Course, course_of, studies_of
from donflow.store.journal import Subject, record

CHECKED = "identity_checked"
LONGEST_DEPARTMENT, LONGEST_PURPOSE = 120, 200


class Verdict(StrEnum):
    """What is answered: nothing more than this leaves the office."""

    YES = "yes"
    NO = "no"
    OTHER_CLASS = "other_class"
    """The name is an alumnus's, what else was told is not: a person looks again."""
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a department asks about; what it does not tell is not compared.

    `year` is the year of enrolment or of graduation; `class_text` the class as they write it, in
    any of the ways that an import reads.
    """

    name: str
    class_text: str | None = None
    year: int | None = None
    major: str | None = None


class NothingAsked(DonflowError):
    code = "nothing_asked"
    message = N_("No name is asked about.")
    remedy = N_("Give a name, or a sheet with a column of names.")


class NotSaidForWhom(DonflowError):
    code = "not_said_for_whom"
    message = N_("Say in a few words which department asks, and for what.")
    remedy = N_("Add --department and --purpose, at most 120 and 200 characters.")


def answer(session: Session, questions: Sequence[Question]) -> list[Verdict]:
    """One answer for each question; one person under several numbers is one.

    Studies must have been told: a donor who never studied here is no alumnus. Restricted people
    are not used, so that they look as if they were not there (PIPL 47).
    """
    called = _called(session, {plain_name(question.name) for question in questions})
    families = numbers_of_each(session, sorted(set().union(*called.values())))
    courses = {numbers: _courses(session, numbers) for numbers in set(families.values())}
    return [
        _verdict(
            question,
            {families[number][0]: courses[families[number]]
             for number in called.get(plain_name(question.name), ())},
        )
        for question in questions
    ]  # fmt: skip


def note_check(
    session: Session,
    verdicts: Sequence[Verdict],
    *,
    department: str,
    purpose: str,
    actor: Actor,
    now: datetime,
) -> IdentityCheck:
    """Count what was asked and answered, for whom and for what; the names are kept nowhere.

    Raises NothingAsked, NotSaidForWhom.
    """
    department, purpose = department.strip(), purpose.strip()
    if not verdicts:
        raise NothingAsked
    if not (0 < len(department) <= LONGEST_DEPARTMENT and 0 < len(purpose) <= LONGEST_PURPOSE):
        raise NotSaidForWhom
    row = IdentityCheck(
        department=department,
        purpose=purpose,
        asked=len(verdicts),
        confirmed=sum(verdict is Verdict.YES for verdict in verdicts),
        user_id=actor.user_id,
        at=now,
        salt=secrets.token_hex(16),
    )
    session.add(row)
    session.flush()
    detail = {"asked": row.asked, "confirmed": row.confirmed}
    record(session, Subject("identity_check", row.id), CHECKED, actor=actor, now=now, detail=detail)
    return row


def is_class(text: str, course: Course) -> bool:
    """Whether this is the class asked for, both read as an import reads them.

    05级会计1班 is 2005级会计学1班, 会计2班 is 2009级会计学2班, and 2班 is not 12班. Of a year or a
    degree that the roster does not know nothing is held against anybody.
    """
    wanted, own = _read(text), _read(course.class_no or "")
    if not wanted:
        return _bare(text) in _bare(f"{course.major or ''}{course.class_no or ''}")
    year = str(course.enrol_year or "") or own.get(Column.ENROL_YEAR)
    known = {
        Column.ENROL_YEAR: year,
        Column.GRAD_YEAR: str(course.grad_year or "") or own.get(Column.GRAD_YEAR),
        Column.DEGREE: course.degree,
    }
    asked = wanted.get(Column.CLASS_NO)
    return (
        all(not there or wanted.get(column, there) == there for column, there in known.items())
        and (asked is None or _of_year(asked, year) == _of_year(own.get(Column.CLASS_NO), year))
        and _agree(wanted.get(Column.MAJOR), course.major or own.get(Column.MAJOR))
    )


def _called(session: Session, names: Collection[str]) -> Mapping[str, set[int]]:
    """The people of these plain names, or who once had them; all names are read and compared.

    Spaces, interpuncts and letter case tell nobody apart, and no index leaves them out.
    """
    query = select(Constituent.id, Constituent.name, Constituent.other_names).where(
        Constituent.kind == ConstituentKind.PERSON
    )
    found: dict[str, set[int]] = defaultdict(set)
    for number, name, others in session.execute(query):
        for each in map(plain_name, (name, *others)):
            if each and each in names:
                found[each].add(number)
    return found


def _courses(session: Session, numbers: Sequence[int]) -> list[Course]:
    usable = all(
        session.get_one(Constituent, number).status not in (Status.RESTRICTED, Status.ERASED)
        for number in numbers
    )
    return [course_of(study) for study in studies_of(session, numbers)] if usable else []


def _verdict(question: Question, people: dict[int, list[Course]]) -> Verdict:
    answering = [
        number
        for number, courses in people.items()
        if any(_answers(course, question) for course in courses)
    ]
    if not answering:
        return Verdict.OTHER_CLASS if any(people.values()) else Verdict.NO
    return Verdict.YES if len(answering) == 1 else Verdict.SEVERAL


def _answers(course: Course, question: Question) -> bool:
    return (
        (question.year is None or question.year in (course.enrol_year, course.grad_year))
        and (not question.class_text or is_class(question.class_text, course))
        and (not question.major or _agree(question.major, course.major))
    )


def _read(class_text: str) -> Mapping[Column, str]:
    return read_class_cell(class_text).values


def _of_year(class_no: str | None, year: str | None) -> str | None:
    """The class without its year: 0501 of 2005 is 1."""
    if class_no and year and len(class_no) == 4 and class_no.isdigit() and class_no[:2] == year[2:]:
        return str(int(class_no[2:]))
    return class_no


def _agree(asked: str | None, known: str | None) -> bool:
    """Whether the major asked for is this one, or a part of its name: 会计 of 会计学."""
    return not asked or full_major(_bare(asked)) in full_major(_bare(known or ""))


def _bare(text: str) -> str:
    return "".join(halfwidth(text).split())
