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
from donflow.roster.studies import Course, course_of, studies_of
from donflow.store.journal import Subject, record

CHECKED = "identity_checked"
LONGEST_DEPARTMENT, LONGEST_PURPOSE = 120, 200


class Verdict(StrEnum):
    """What is answered: nothing more than this leaves the office."""

    YES = "yes"
    NO = "no"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a department asks about; what it does not tell is not compared.

    `year` is the year of enrolment or of graduation; `class_text` a part of the class.
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
        return Verdict.NO
    return Verdict.YES if len(answering) == 1 else Verdict.SEVERAL


def _answers(course: Course, question: Question) -> bool:
    years = (course.enrol_year, course.grad_year)
    told = _bare(
        "".join(
            str(each or "")
            for each in (
                course.enrol_year and f"{course.enrol_year}级",
                course.major,
                course.class_no,
            )
        )
    )
    wanted = _bare(question.class_text or "").removesuffix("班")
    return (
        (question.year is None or question.year in years)
        and (not wanted or _class_of(wanted, told, course))
        and (not question.major or question.major in (course.major or ""))
    )


def _class_of(wanted: str, told: str, course: Course) -> bool:
    """Whether the class asked for is this one: 2班 is not 12班, 会计2 is 2009级会计2."""
    own = _bare(course.class_no or "").removesuffix("班")
    if wanted.isdigit():
        return wanted == own
    return bool(own) and told.removesuffix("班").endswith(wanted)


def _bare(text: str) -> str:
    return "".join(halfwidth(text).split())
