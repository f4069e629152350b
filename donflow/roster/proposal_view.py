"""A proposal as shown to whoever decides it: both sides, the evidence, what accepting does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain import masking
from donflow.errors import N_, Sentence, say
from donflow.roster.fields import masked
from donflow.roster.import_models import Proposal, ProposalKind
from donflow.roster.known import normal_form
from donflow.roster.merging import head_of, people_of
from donflow.roster.proposals import told_by
from donflow.roster.reading.rows import Column
from donflow.roster.taking_over import CONTACTS
from donflow.roster.whole import WholePerson, whole_person
from donflow.store.keys import KeyRing

Hidden = Mapping[Column, AbstractSet[str]]
"""What identifies, by column, in a form that compares and is never shown."""


@dataclass(frozen=True)
class Side:
    """One field, as the person has it and as the other has it or as it was told; None: unknown.

    `differs` where the values are not the same, though masked they may look so.
    """

    field: Column
    ours: str | None
    theirs: str | None
    differs: bool = False


@dataclass(frozen=True)
class ShownProposal:
    """A proposal in full; what identifies is masked on both sides."""

    id: int
    kind: str
    person: int
    name: str
    other: int | None
    score: int | None
    evidence: tuple[str, ...]
    sides: tuple[Side, ...]
    does: Sentence
    source: str
    source_ref: str | None
    import_id: int | None
    made_at: datetime


def shown_proposal(session: Session, keys: KeyRing, proposal: Proposal) -> ShownProposal:
    """The proposal with both people's values side by side, or the person's and what was told."""
    person = head_of(session, proposal.constituent_id)
    whole = whole_person(session, person)
    other = head_of(session, proposal.other_id) if proposal.other_id else None
    ours, exact = _values(whole), _hidden(session, person)
    if other is not None:
        theirs, told = _values(whole_person(session, other)), _hidden(session, other)
        fields = [column for column in Column if column in ours or column in theirs]
    else:
        values = told_by(session, keys, proposal)
        theirs = {column: _masked(column, value) for column, value in values.items()}
        told = {column: _told(keys, column, value) for column, value in values.items()}
        fields = [column for column in Column if column in theirs]
    _tell_years(ours, theirs, exact, told)
    sides = tuple(
        Side(column, ours.get(column), theirs.get(column), _differ(exact, told, column))
        for column in fields
    )
    return ShownProposal(
        id=proposal.id,
        kind=proposal.kind,
        person=person,
        name=whole.view.name,
        other=other,
        score=proposal.score,
        evidence=tuple(proposal.evidence),
        sides=sides,
        does=_does(proposal, person, other),
        source=proposal.source,
        source_ref=proposal.source_ref,
        import_id=proposal.import_id,
        made_at=proposal.made_at,
    )


def _does(proposal: Proposal, person: int, other: int | None) -> Sentence:
    if proposal.kind == ProposalKind.MERGE:
        message = N_("Number {other} is read together with {person}; unmerge takes it back.")
        return say(message, person=person, other=other)
    message = N_(
        "What was told becomes the value of person {person}, with its source; "
        "a place or a post told of later stays."
    )
    return say(message, person=person)


def _hidden(session: Session, person: int) -> Hidden:
    """What is masked, to be compared: births as they are, ways to reach the person as stored."""
    ways = {str(kind): column for column, kind in CONTACTS.items()}
    found: dict[Column, set[str]] = {}
    for each in people_of(session, person):
        if each.birth:
            found.setdefault(Column.BIRTH, set()).add(each.birth)
        for point in each.contact_points:
            if point.kind in ways:
                found.setdefault(ways[point.kind], set()).add(point.blind)
    return found


def _told(keys: KeyRing, column: Column, value: str) -> set[str]:
    """What was told, as `_hidden` has it."""
    if column not in CONTACTS:
        return {value}
    kind = CONTACTS[column]
    return {keys.blind(kind, normal_form(kind, part) or part) for part in value.split("|")}


def _differ(ours: Hidden, theirs: Hidden, column: Column) -> bool:
    """Whether both tell what is masked, and nothing of it agrees; a birth may be less exact."""
    here, there = ours.get(column), theirs.get(column)
    if not here or not there:
        return False
    if column is Column.BIRTH:
        pairs = [(one, two) for one in here for two in there]
        return not any(one.startswith(two) or two.startswith(one) for one, two in pairs)
    return here.isdisjoint(there)


def _tell_years(
    ours: dict[Column, str], theirs: dict[Column, str], exact: Hidden, told: Hidden
) -> None:
    """Births that differ by the year are shown by it alone: else nobody could decide."""
    years = [{each[:4] for each in side.get(Column.BIRTH, ())} for side in (exact, told)]
    if all(years) and years[0].isdisjoint(years[1]):
        for shown, of_side in zip((ours, theirs), years, strict=True):
            shown[Column.BIRTH] = "|".join(f"{year}-**-**" for year in sorted(of_side))


def _values(whole: WholePerson) -> dict[Column, str]:
    """Several values of a field are parted by `|`."""
    ways = {kind: column for column, kind in CONTACTS.items()}
    found: dict[Column, list[str]] = {Column.NAME: [whole.view.name, *whole.view.other_names]}
    for trait in whole.traits:
        found[Column(trait.trait)] = [trait.shown]
    for study in whole.studies:
        for column in _STUDY:
            _put(found, column, getattr(study.course, column))
    for post in whole.posts:
        if post.current:
            _put(found, Column.EMPLOYER, post.employer)
            _put(found, Column.JOB_TITLE, post.job_title)
    for way in whole.view.contact_points:
        if way.kind in ways:
            _put(found, ways[_KINDS[way.kind]], way.shown)
    return {column: "|".join(values) for column, values in found.items() if values}


def _put(found: dict[Column, list[str]], column: Column, value: str | int | None) -> None:
    if value is not None and str(value) not in found.setdefault(column, []):
        found[column].append(str(value))


def _masked(column: Column, value: str) -> str:
    if column is Column.BIRTH:
        return str(masking.birth(value))
    if column in CONTACTS:
        parts: Sequence[str] = value.split("|")
        return "|".join(str(masked(CONTACTS[column], part)) for part in parts)
    return value


_STUDY = (
    Column.DEGREE,
    Column.MAJOR,
    Column.CLASS_NO,
    Column.ENROL_YEAR,
    Column.GRAD_YEAR,
    Column.STUDENT_NO,
)
_KINDS = {str(kind): kind for kind in CONTACTS.values()}
