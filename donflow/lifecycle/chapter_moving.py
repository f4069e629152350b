"""Moving chapters and elections along their lifecycles, and the acts that go with a step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.chapters import councils, elections, founding, register
from donflow.chapters.elections import AlreadyElected, ElectionOpen, NoElection
from donflow.chapters.models import Chapter, Election
from donflow.domain.actor import Actor
from donflow.domain.chapter_facts import ChapterRecordKind
from donflow.engine.machine import Advance, Attempt, LifecycleMachine
from donflow.errors import N_, DonflowError, Refusal, Refused, say
from donflow.lifecycle.chapter_dossier import Dossier, open_dossier
from donflow.lifecycle.chapter_gather import chapter_facts, election_facts
from donflow.lifecycle.office import Office
from donflow.roster.models import Constituent
from donflow.roster.people import get_constituent
from donflow.store.moving import done_by, move
from donflow.store.workflows import current_version

FOUND, ELECT = "found", "elect"


class UnknownChapterKind(DonflowError):
    code = "unknown_kind"
    message = N_("There is no type of chapter {kind}.")
    remedy = N_("Known types: {known}.")


class ChapterEnded(DonflowError):
    """Nothing more is done on a chapter that has ended."""

    code = "chapter_ended"
    message = N_("{name} has ended ({stage}); nothing more is recorded on it.")
    http_status = 409


def machine_for(session: Session, office: Office, row: Chapter | Election) -> LifecycleMachine:
    """The machine of the version that the row follows."""
    return office.machine(session, row.workflow_version, row.lifecycle)


def refuse_if_over(session: Session, office: Office, chapter: Chapter) -> None:
    """Raise ChapterEnded where the chapter stands at an end."""
    stage = machine_for(session, office, chapter).lifecycle.stages[chapter.stage]
    if stage.end:
        raise ChapterEnded(name=chapter.name, stage=stage.label)


def is_over(session: Session, office: Office, chapter: Chapter) -> bool:
    """Whether the chapter stands at an end."""
    return machine_for(session, office, chapter).lifecycle.stages[chapter.stage].end


def chapter_kind(session: Session, office: Office, given: str) -> str:
    """The type of chapter that is called so in either language. Raises UnknownChapterKind."""
    kinds = office.machine(session, current_version(session), Chapter.lifecycle).lifecycle.kinds
    for code, label in kinds.items():
        if given in (code, label.zh, label.en):
            return code
    known = tuple(
        say(N_("{word} ({code})"), word=label, code=code) for code, label in kinds.items()
    )
    raise UnknownChapterKind(kind=given, known=known)


def intend(
    session: Session,
    office: Office,
    name: str,
    *,
    kind: str,
    city: str | None,
    contact_id: int | None,
    actor: Actor,
    now: datetime,
) -> Chapter:
    """Enter the intention to found a chapter, at the start of the current lifecycle."""
    version = current_version(session)
    machine = office.machine(session, version, Chapter.lifecycle)
    return register.new_chapter(
        session,
        machine,
        version,
        name,
        kind=kind,
        city=city,
        contact_id=contact_id,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
        actor=actor,
        now=now,
    )


def advance_chapter(
    session: Session,
    office: Office,
    chapter: Chapter,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move a chapter, or raise Refused with every reason; only stage and history are written."""
    facts = chapter_facts(open_dossier(session, office, chapter))
    register.touch(chapter, now)
    return _advance(session, office, chapter, name, facts, chapter.kind, actor, now, reason)


def advance_election(
    session: Session,
    office: Office,
    chapter: Chapter,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move the chapter's election under way, or raise Refused with every reason, or NoElection."""
    dossier = open_dossier(session, office, chapter)
    election = election_under_way(dossier)
    facts = election_facts(dossier, election, today=office.today(now))
    register.touch(chapter, now)
    return _advance(session, office, election, name, facts, None, actor, now, reason)


def found_chapter(
    session: Session,
    office: Office,
    chapter: Chapter,
    *,
    minutes: str,
    actor: Actor,
    now: datetime,
) -> Advance:
    """Record the founding meeting, seat the final list as the first council, and move on."""
    on = office.acted_on(actor, now)
    kind = ChapterRecordKind.FOUNDING_MEETING
    register.record_fact(session, chapter, kind, on=on, document=minutes, actor=actor, now=now)
    if not councils.councils_of(session, chapter.id):
        council = councils.enter_council(session, chapter, 1, on, actor=actor, now=now)
        for each in founding.proposals_of(session, chapter.id):
            councils.seat(
                session,
                chapter,
                council,
                each.constituent_id,
                each.office,
                name=str(each.constituent_id),
                since=on,
                actor=actor,
                now=now,
            )
    return advance_chapter(session, office, chapter, FOUND, actor=actor, now=now)


def begin_election(
    session: Session, office: Office, chapter: Chapter, *, actor: Actor, now: datetime
) -> Election:
    """Begin the election of the next council. Raises ElectionOpen, NoCouncil."""
    dossier = open_dossier(session, office, chapter)
    if dossier.under_way is not None:
        raise ElectionOpen(no=dossier.under_way.council_no, number=chapter.id)
    council = councils.get_council(session, chapter, None)
    version = current_version(session)
    return elections.open_election(
        session,
        office.machine(session, version, Election.lifecycle),
        version,
        chapter,
        council.no + 1,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
        actor=actor,
        now=now,
    )


def conclude_election(
    session: Session,
    office: Office,
    chapter: Chapter,
    people: Collection[tuple[int, str | None]] | None,
    *,
    actor: Actor,
    now: datetime,
) -> Advance:
    """Record who was elected, seat the next council from the meeting's day on, and move on.

    `people` with the office to which each was elected, None for the only one; None as a whole:
    every candidate was elected. Raises NotStanding, OfficeUnnamed, Refused with every reason.
    """
    dossier = open_dossier(session, office, chapter)
    election = election_under_way(dossier)
    names = {person: get_constituent(session, person).name for person, _ in people or ()}
    elected = elections.mark_elected(session, election, people, names)
    advance = advance_election(session, office, chapter, ELECT, actor=actor, now=now)
    assert election.held_on is not None  # a guard of the step asks for the meeting
    council = councils.enter_council(
        session, chapter, election.council_no, election.held_on, actor=actor, now=now
    )
    for each in elected:
        councils.seat(
            session,
            chapter,
            council,
            each.constituent_id,
            each.office,
            name=dossier.name(each.constituent_id),
            since=council.elected_on,
            actor=actor,
            now=now,
        )
    return advance


def election_under_way(dossier: Dossier) -> Election:
    """The election that is not over. Raises NoElection."""
    if dossier.under_way is None:
        raise NoElection(number=dossier.chapter.id)
    return dossier.under_way


def election_before_result(dossier: Dossier) -> Election:
    """The election under way whose result is still open. Raises NoElection, AlreadyElected."""
    election = election_under_way(dossier)
    if any(council.no == election.council_no for council in dossier.councils):
        raise AlreadyElected(no=election.council_no, number=dossier.chapter.id)
    return election


def refuse_third_term(dossier: Dossier, person: Constituent, office: str, *, on: date) -> None:
    """Raise Refused where the charter bars the person from filling the office (增补)."""
    council = dossier.council
    judged = dossier.standing(person, office, on=on, before=council.no if council else None)
    if not judged.may:
        reason = say(N_("{name}: {reason}"), name=person.name, reason=judged.reason)
        mend = say(N_("Fill the office with somebody else."))
        raise Refused((Refusal("may_not_stand", reason, mend),))


def _advance(
    session: Session,
    office: Office,
    row: Chapter | Election,
    name: str,
    facts: object,
    kind: str | None,
    actor: Actor,
    now: datetime,
    reason: str | None,
) -> Advance:
    attempt = Attempt(
        stage=row.stage,
        facts=facts,
        roles=office.roles(actor),
        kind=kind,
        reason=reason,
        person=office.person(actor),
        done_by=done_by(session, row.subject),
    )
    return move(
        session,
        row,
        machine_for(session, office, row),
        name,
        attempt,
        subject=row.subject,
        gift_id=None,
        actor=actor,
        now=now,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
    )
