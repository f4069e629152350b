"""Chapters at a glance: stage, steps and what is missing, terms, and who may stand again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Election, Officer
from donflow.domain.terms import Standing, TermWarning
from donflow.domain.workdays import workdays_between
from donflow.engine.spec import Stage
from donflow.errors import Label
from donflow.lifecycle.chapter_dossier import Dossier, open_dossiers
from donflow.lifecycle.chapter_gather import chapter_facts, election_facts
from donflow.lifecycle.chapter_moving import machine_for
from donflow.lifecycle.office import Office
from donflow.lifecycle.show import Step, steps_from
from donflow.roster.models import Constituent


@dataclass(frozen=True)
class RowView:
    """Where a chapter or its election stands, until when, and each way on."""

    row: Chapter | Election
    stage: Stage
    due_on: date | None
    workdays_left: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ChapterView:
    """What lists and the page of a chapter show."""

    dossier: Dossier
    kind: Label
    founding: RowView
    election: RowView | None
    warning: TermWarning | None

    @property
    def chapter(self) -> Chapter:
        return self.dossier.chapter


@dataclass(frozen=True)
class Term:
    """An officer in office: since when, until when, and whether the person may stand again."""

    officer: Officer
    person: Constituent
    ends_on: date
    standing: Standing


def view_chapters(
    session: Session, office: Office, chapters: Sequence[Chapter], *, today: date
) -> list[ChapterView]:
    """These chapters at a glance, in their order."""
    return [
        _view(session, office, dossier, today=today)
        for dossier in open_dossiers(session, office, chapters)
    ]


def terms_of(dossier: Dossier, *, today: date) -> list[Term]:
    """Who is in office, the highest office first.

    Whether somebody may stand again is judged for the last day of the term, or for today where
    the term is over already.
    """
    ends_on = dossier.ends_on
    if ends_on is None:
        return []
    found = []
    for officer in dossier.in_office:
        person = dossier.people[officer.constituent_id]
        standing = dossier.standing(person, officer.office, on=max(today, ends_on))
        found.append(Term(officer, person, ends_on, standing))
    return found


def _view(session: Session, office: Office, dossier: Dossier, *, today: date) -> ChapterView:
    chapter, election = dossier.chapter, dossier.under_way
    lifecycle = machine_for(session, office, chapter).lifecycle
    facts = chapter_facts(dossier)
    return ChapterView(
        dossier=dossier,
        kind=lifecycle.kinds[chapter.kind],
        founding=_row(session, office, chapter, facts, chapter.kind, today=today),
        election=_row(
            session, office, election, election_facts(dossier, election, today=today), None,
            today=today,
        ) if election else None,
        warning=dossier.warning(today),
    )  # fmt: skip


def _row(
    session: Session,
    office: Office,
    row: Chapter | Election,
    facts: object,
    kind: str | None,
    *,
    today: date,
) -> RowView:
    machine = machine_for(session, office, row)
    return RowView(
        row=row,
        stage=machine.lifecycle.stages[row.stage],
        due_on=row.due_on,
        workdays_left=workdays_between(today, row.due_on, office.calendar) if row.due_on else None,
        steps=steps_from(machine, row.stage, kind, facts),
    )
