"""Everything that is known of a person, under all the numbers that were merged, as it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.accounts.scopes import Scope
from donflow.domain import masking
from donflow.roster.consent import Leave, may, said_by
from donflow.roster.employments import employments_of
from donflow.roster.import_models import Proposal, ProposalStatus
from donflow.roster.merging import people_of
from donflow.roster.models import Consent, Constituent, Purpose, Status
from donflow.roster.relations import relations_of
from donflow.roster.segments import segments_of
from donflow.roster.sources import Origin, origin_of, origin_of_row
from donflow.roster.standing import STATUS
from donflow.roster.studies import Course, course_of, studies_of
from donflow.roster.traits import Trait
from donflow.roster.views import ConstituentView, HoldingView, masked_view


@dataclass(frozen=True)
class TraitView:
    """A field of the person as shown: a birth without its year, the others as they are."""

    trait: Trait
    shown: str
    origin: Origin | None
    number: int
    former: tuple[str, ...]
    """What it was before, as shown."""


@dataclass(frozen=True)
class StudyView:
    """A study; `place` is what commands call it by."""

    place: int
    course: Course
    origin: Origin
    number: int


@dataclass(frozen=True)
class PostView:
    """A post; `place` is what commands call it by."""

    place: int
    employer: str | None
    job_title: str | None
    current: bool
    origin: Origin
    number: int


@dataclass(frozen=True)
class RelationView:
    """How the person stands to another: the first is the `kind` of the second."""

    kind: str
    first: int
    second: int
    name: str
    """Of the other one."""


@dataclass(frozen=True)
class ProposalView:
    """An open proposal about the person; its values are read by whoever decides it."""

    id: int
    kind: str
    other: int | None
    source: str
    made_at: datetime


@dataclass(frozen=True)
class WholePerson:
    """A person with everything: the head's own word first, gaps filled from the other numbers."""

    view: ConstituentView
    numbers: tuple[int, ...]
    died_on: str | None
    status_origin: Origin | None
    traits: tuple[TraitView, ...]
    studies: tuple[StudyView, ...]
    posts: tuple[PostView, ...]
    segments: tuple[str, ...]
    relations: tuple[RelationView, ...]
    proposals: tuple[ProposalView, ...]
    consents: tuple[Consent, ...]
    leaves: Mapping[Purpose, Leave]
    """For each purpose whether it is allowed, and why: what nobody asked for is not."""


def whole_person(session: Session, number: int, scope: Scope = Scope.ALL) -> WholePerson:
    """Everything known of the person with this number, whichever of the merged ones it is.

    Nothing is decrypted: what identifies is masked for everybody. Under Scope.MASKED the names,
    fields, studies and posts are hidden too, and of relations only the numbers are told.
    """
    people = people_of(session, number)
    numbers = tuple(each.id for each in people)
    head, hides = people[0], scope is Scope.MASKED
    return WholePerson(
        view=_view(people, scope),
        numbers=numbers,
        died_on=next((each.died_on for each in people if each.died_on), None),
        status_origin=next((told for each in people if (told := origin_of(each, STATUS))), None),
        traits=tuple(_traits(people, hides)),
        studies=tuple(
            StudyView(place, _course(study_course, hides), origin, own)
            for place, (study_course, origin, own) in enumerate(_studies(session, numbers), start=1)
        ),
        posts=tuple(_posts(session, numbers, hides)),
        segments=segments_of(session, numbers),
        relations=tuple(_relations(session, people, hides)),
        proposals=tuple(_open_proposals(session, numbers)),
        consents=tuple(said_by(session, people)),
        leaves={purpose: may(session, head, purpose) for purpose in Purpose},
    )


def _view(people: list[Constituent], scope: Scope) -> ConstituentView:
    """The head's view, with the other numbers' ways to reach them and other names."""
    views = [masked_view(each, scope) for each in people]
    names = [name for view in views for name in (view.name, *view.other_names)]
    own = views[0].name
    standings = {view.status for view in views}
    return replace(
        views[0],
        status=next(each for each in STANDINGS if each in standings),
        other_names=tuple(dict.fromkeys(name for name in names if name != own)),
        contact_points=_once([way for view in views for way in view.contact_points], people),
        identifiers=tuple(
            {
                (way.kind, way.shown): way for view in views[::-1] for way in view.identifiers
            }.values()
        ),
    )


def _once(ways: list[HoldingView], people: list[Constituent]) -> tuple[HoldingView, ...]:
    """Each way once, though several numbers have it; told apart by what is stored, not shown."""
    blinds = {point.id: point.blind for each in people for point in each.contact_points}
    first = {(way.kind, blinds[way.id]): way for way in reversed(ways)}
    kept = {way.id for way in first.values()}
    return tuple(way for way in ways if way.id in kept)


def _traits(people: list[Constituent], hides: bool) -> list[TraitView]:
    found = []
    for trait in Trait:
        holder = next((each for each in people if getattr(each, trait)), None)
        if holder is None:
            continue
        before = (holder.former_values or {}).get(trait, [])
        value, *former = (
            _shown(trait, each, hides)
            for each in (str(getattr(holder, trait)), *(told[0] for told in before))
        )
        origin = origin_of(holder, trait)
        found.append(TraitView(trait, value, origin, holder.id, tuple(former)))
    return found


def _shown(trait: Trait, value: str, hides: bool) -> str:
    if hides and trait is not Trait.GENDER:
        return "***"
    return str(masking.birth(value)) if trait is Trait.BIRTH else value


def _studies(session: Session, numbers: Collection[int]) -> list[tuple[Course, Origin, int]]:
    return [
        (course_of(study), origin_of_row(study), study.constituent_id)
        for study in studies_of(session, numbers)
    ]


def _course(course: Course, hides: bool) -> Course:
    if not hides:
        return course
    return Course(enrol_year=course.enrol_year, grad_year=course.grad_year)


def _posts(session: Session, numbers: Collection[int], hides: bool) -> list[PostView]:
    def shown(text: str | None) -> str | None:
        return "***" if text and hides else text

    return [
        PostView(
            place,
            shown(post.employer),
            shown(post.job_title),
            post.current,
            origin_of_row(post),
            post.constituent_id,
        )
        for place, post in enumerate(employments_of(session, numbers), start=1)
    ]


def _relations(session: Session, people: list[Constituent], hides: bool) -> list[RelationView]:
    numbers = {each.id for each in people}
    found = {row.id: row for each in people for row in relations_of(session, each)}
    views = []
    for row in found.values():
        other = row.to_id if row.from_id in numbers else row.from_id
        name = session.get_one(Constituent, other).name
        shown = str(masking.name(name)) if hides else name
        views.append(RelationView(row.kind, row.from_id, row.to_id, shown))
    return views


def _open_proposals(session: Session, numbers: Collection[int]) -> list[ProposalView]:
    query = (
        select(Proposal)
        .where(
            Proposal.status == ProposalStatus.OPEN,
            or_(Proposal.constituent_id.in_(numbers), Proposal.other_id.in_(numbers)),
        )
        .order_by(Proposal.id)
    )
    return [
        ProposalView(
            row.id,
            row.kind,
            row.constituent_id if row.other_id in numbers else row.other_id,
            row.source,
            row.made_at,
        )
        for row in session.scalars(query)
    ]


STANDINGS = (Status.ERASED, Status.RESTRICTED, Status.DECEASED, Status.ACTIVE)
"""Of several, the one that holds for the person."""
