"""A person's studies (教育经历): added, changed, taken away; each with its source."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, Refusal, Refused, say
from donflow.roster.alumni_models import Education
from donflow.roster.models import Constituent, ConstituentKind
from donflow.roster.people import refuse_unchangeable
from donflow.roster.sources import Origin
from donflow.store.journal import Subject, record

LONGEST = {"degree": 20, "major": 80, "class_no": 40, "student_no": 40}
FIRST_YEAR = 1850
YEARS_AHEAD = 10
"""Who enrols this year may have a year of graduation that is still to come."""


@dataclass(frozen=True)
class Course:
    """One course of study; None where nobody told."""

    degree: str | None = None
    major: str | None = None
    class_no: str | None = None
    enrol_year: int | None = None
    grad_year: int | None = None
    student_no: str | None = None


class StudyKnown(DonflowError):
    code = "study_known"
    message = N_("Person {number} has this study already.")
    remedy = N_("See donflow person show {number}.")
    http_status = 409


def add_study(
    session: Session,
    constituent: Constituent,
    course: Course,
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> Education:
    """Add a course of study; a second degree is a second one.

    Raises Refused with everything that is wrong, StudyKnown, NotChangeable.
    """
    refuse_unchangeable(constituent)
    _refuse_wrong(constituent, course, now)
    if any(course_of(study) == course for study in studies_of(session, [constituent.id])):
        raise StudyKnown(number=constituent.id)
    study = Education(constituent_id=constituent.id, salt=secrets.token_hex(16))
    _write(study, course, origin)
    session.add(study)
    _note(session, study, "study_added", actor=actor, now=now)
    return study


def change_study(
    session: Session,
    constituent: Constituent,
    study: Education,
    course: Course,
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    """Replace what a study says; `dataclasses.replace(course_of(study), …)` changes some of it.

    Raises Refused with everything that is wrong, NotChangeable.
    """
    refuse_unchangeable(constituent)
    _refuse_wrong(constituent, course, now)
    _write(study, course, origin)
    _note(session, study, "study_changed", actor=actor, now=now)


def remove_study(
    session: Session,
    constituent: Constituent,
    study: Education,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take away a study that was entered by mistake. Raises NotChangeable."""
    refuse_unchangeable(constituent)
    session.delete(study)
    _note(session, study, "study_removed", actor=actor, now=now)


def course_of(study: Education) -> Course:
    """What a stored study says, without its source."""
    return Course(**{name: getattr(study, name) for name in Course.__dataclass_fields__})


def studies_of(session: Session, numbers: Collection[int]) -> list[Education]:
    """The studies under these numbers (`roster.merging.numbers_of`), the earliest first."""
    query = select(Education).where(Education.constituent_id.in_(numbers)).order_by(Education.id)
    return sorted(session.scalars(query), key=_begun)


def get_study(session: Session, numbers: Collection[int], place: int) -> Education:
    """The study of that place in `studies_of`, counted from 1. Raises NotFound."""
    studies = studies_of(session, numbers)
    if not 1 <= place <= len(studies):
        raise NotFound(what=say(N_("such a study of the person")), given=place)
    return studies[place - 1]


def _begun(study: Education) -> int:
    return study.enrol_year or study.grad_year or 9999


def _write(study: Education, course: Course, origin: Origin) -> None:
    for name, value in asdict(course).items():
        setattr(study, name, value)
    study.source, study.source_ref = origin.source, origin.ref
    study.since, study.confidence = origin.since, origin.confidence


def _refuse_wrong(constituent: Constituent, course: Course, now: datetime) -> None:
    told = {name: value for name, value in asdict(course).items() if value is not None}
    years = [told[name] for name in ("enrol_year", "grad_year") if name in told]
    last = now.year + YEARS_AHEAD
    wrong = [
        (BODY_STUDIES, constituent.kind != ConstituentKind.PERSON),
        (STUDY_EMPTY, not told),
        (STUDY_LENGTH, any(len(str(told.get(name, ""))) > LONGEST[name] for name in LONGEST)),
        (YEAR_WRONG, any(not FIRST_YEAR <= year <= last for year in years)),
        (YEARS_TURNED, years != sorted(years)),
    ]
    refusals = tuple(refusal for refusal, is_wrong in wrong if is_wrong)
    if refusals:
        raise Refused(refusals)


def _note(session: Session, study: Education, action: str, *, actor: Actor, now: datetime) -> None:
    session.flush()
    detail = {"row": f"{study.__tablename__}:{study.id}", "source": study.source}
    subject = Subject("person", study.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)


BODY_STUDIES = Refusal(
    "body_studies",
    say(N_("Only a person has studied or works somewhere.")),
    say(N_("Name a person.")),
)
STUDY_EMPTY = Refusal(
    "study_empty",
    say(N_("Nothing was told of the study.")),
    say(N_("Name at least the degree, the major, the class or a year.")),
)
STUDY_LENGTH = Refusal(
    "study_length",
    say(N_("A field of the study is too long.")),
    say(N_("Degree 20, class and student number 40, major 80 characters.")),
)
YEAR_WRONG = Refusal(
    "study_year",
    say(N_("A year of the study cannot be right.")),
    say(N_("Write the year with four digits.")),
)
YEARS_TURNED = Refusal(
    "study_years_turned",
    say(N_("The study ends before it begins.")),
    say(N_("Compare both years with the source.")),
)
