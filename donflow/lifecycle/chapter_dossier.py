"""Everything on record of some chapters at once, one query a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.charters import Articles, articles_for
from donflow.chapters.councils import as_councils, as_services
from donflow.chapters.models import (
    Candidate,
    Chapter,
    ChapterRecord,
    Charter,
    Council,
    Election,
    Officer,
    Opinion,
    Proposal,
)
from donflow.domain import terms
from donflow.domain.terms import Standing, TermRule, TermWarning
from donflow.engine.spec import Stage
from donflow.errors import N_, Label, Sentence, say
from donflow.lifecycle.office import Office
from donflow.roster.merging import heads_of
from donflow.roster.models import Constituent, Status


@dataclass(frozen=True)
class Dossier:
    """One chapter: its rows, whoever stands in them, and what the rules of terms say of it.

    `people` holds each person under every number by which a row names them.
    """

    chapter: Chapter
    stage: Stage
    articles: Articles
    charters: tuple[Charter, ...]
    records: tuple[ChapterRecord, ...]
    proposals: tuple[Proposal, ...]
    opinions: tuple[Opinion, ...]
    councils: tuple[Council, ...]
    officers: tuple[Officer, ...]
    elections: tuple[Election, ...]
    under_way: Election | None
    candidates: tuple[Candidate, ...]
    people: dict[int, Constituent]

    @property
    def list_changed_at(self) -> datetime | None:
        moments = [each.struck_at or each.recorded_at for each in self.proposals]
        return max(moments, default=None)

    @property
    def proposed(self) -> tuple[Proposal, ...]:
        return tuple(each for each in self.proposals if each.struck_at is None)

    @property
    def ended_on(self) -> date | None:
        """The day on which the chapter ceased."""
        return self.chapter.entered_on if self.stage.end else None

    @property
    def council(self) -> Council | None:
        """The newest council."""
        return self.councils[-1] if self.councils else None

    @property
    def term_rule(self) -> TermRule:
        """The rule by which the newest council serves."""
        return terms.rule_on(self.council.elected_on if self.council else date.max, *self.articles)

    @property
    def ends_on(self) -> date | None:
        """The last day of the newest council's term."""
        if self.council is None:
            return None
        return terms.term_end(as_councils([self.council])[0], self.term_rule)

    @property
    def in_office(self) -> tuple[Officer, ...]:
        """Who holds an office in the newest council now."""
        if self.council is None or self.ended_on:
            return ()
        no = self.council.no
        return tuple(o for o in self.officers if o.council_no == no and o.until is None)

    @property
    def vacant(self) -> tuple[Label, ...]:
        """The offices that the council in office must have and nobody holds, the highest first."""
        if self.council is None or self.ended_on:
            return ()
        filled = {officer.office for officer in self.in_office}
        missing = frozenset(self.term_rule.needed) - filled
        return tuple(label for office, label in terms.OFFICES.items() if office in missing)

    def name(self, person: int) -> str | Sentence:
        """The person's name; that it is gone, of one who was erased."""
        return self.people[person].name or say(N_("(erased)"))

    def warning(self, today: date) -> TermWarning | None:
        """The warning that holds today."""
        councils = as_councils(self.councils)
        return terms.warning_now(councils, self.articles, today=today, ended_on=self.ended_on)

    def warnings(self, today: date) -> tuple[TermWarning, ...]:
        """All that were given for the newest council."""
        councils = as_councils(self.councils)
        given = terms.warnings_of(councils, self.articles, through=today, ended_on=self.ended_on)
        newest = self.council.no if self.council else None
        return tuple(warning for warning in given if warning.council == newest)

    def standing(
        self, person: Constituent, office: str, *, on: date, before: int | None = None
    ) -> Standing:
        """Whether the person may be elected on a day; `before`: of the councils before that one."""
        councils = [each for each in self.councils if before is None or each.no < before]
        services = as_services(self.officers)
        return terms.standing(
            person.id,
            office,
            as_councils(councils),
            [replace(each, person=self.people[each.person].id) for each in services],
            terms.rule_on(on, *self.articles),
            on=on,
            deceased=person.status == Status.DECEASED,
            articles=self.articles,
        )


def open_dossiers(session: Session, office: Office, chapters: Sequence[Chapter]) -> list[Dossier]:
    """The dossiers of these chapters, in their order, with what this unit has just written."""
    session.flush()
    ids = [chapter.id for chapter in chapters]
    articles = articles_for(session, list(chapters))
    charters = _by_chapter(session, Charter, ids)
    records = _by_chapter(session, ChapterRecord, ids)
    proposals = _by_chapter(session, Proposal, ids)
    opinions = _by_chapter(session, Opinion, ids)
    councils = _by_chapter(session, Council, ids)
    officers = _by_chapter(session, Officer, ids)
    elections = _by_chapter(session, Election, ids)
    under_way = {id_: _under_way(session, office, elections[id_]) for id_ in ids}
    candidates = _candidates(session, [each.id for each in under_way.values() if each])
    standing = {id_: candidates[each.id] if each else [] for id_, each in under_way.items()}
    contacts = {chapter.contact_id for chapter in chapters if chapter.contact_id}
    named = (
        row.constituent_id
        for table in (proposals, officers, standing)
        for rows in table.values()
        for row in rows
    )
    people = people_under(session, contacts.union(named))
    rank = {office: place for place, office in enumerate(terms.OFFICES)}
    return [
        Dossier(
            chapter=chapter,
            stage=_stage(session, office, chapter),
            articles=articles[chapter.id],
            charters=tuple(charters[chapter.id]),
            records=tuple(records[chapter.id]),
            proposals=tuple(proposals[chapter.id]),
            opinions=tuple(opinions[chapter.id]),
            councils=tuple(sorted(councils[chapter.id], key=lambda row: row.no)),
            officers=tuple(
                sorted(officers[chapter.id], key=lambda row: (row.council_no, rank[row.office]))
            ),
            elections=tuple(elections[chapter.id]),
            under_way=under_way[chapter.id],
            candidates=tuple(standing[chapter.id]),
            people=people,
        )
        for chapter in chapters
    ]


def open_dossier(session: Session, office: Office, chapter: Chapter) -> Dossier:
    """The dossier of one chapter."""
    return open_dossiers(session, office, [chapter])[0]


def people_under(session: Session, numbers: Iterable[int]) -> dict[int, Constituent]:
    """By number whoever bears it today: of joined numbers the first."""
    wanted = sorted(set(numbers))
    heads = heads_of(session, wanted)
    query = select(Constituent).where(Constituent.id.in_(set(heads.values())))
    people = {person.id: person for person in session.scalars(query)}
    return {number: people[head] for number, head in heads.items()}


def _by_chapter(session: Session, table: Any, ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(select(table).where(table.chapter_id.in_(ids)).order_by(table.id)):
        found[row.chapter_id].append(row)
    return found


def _candidates(session: Session, elections: list[int]) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    query = select(Candidate).where(
        Candidate.election_id.in_(elections), Candidate.withdrawn_on.is_(None)
    )
    for row in session.scalars(query.order_by(Candidate.id)):
        found[row.election_id].append(row)
    return found


def _under_way(session: Session, office: Office, elections: list[Election]) -> Election | None:
    return next(
        (each for each in reversed(elections) if not _stage(session, office, each).end), None
    )


def _stage(session: Session, office: Office, row: Chapter | Election) -> Stage:
    machine = office.machine(session, row.workflow_version, row.lifecycle)
    return machine.lifecycle.stages[row.stage]
