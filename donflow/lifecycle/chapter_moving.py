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
from donflow.engine.machine import Advance, LifecycleMachine
from donflow.engine.spec import Lifecycle
from donflow.errors import N_, DonflowError, Refusal, Refused, say
from donflow.lifecycle.chapter_dossier import Dossier, open_dossier
from donflow.lifecycle.chapter_gather import chapter_facts, election_facts
from donflow.lifecycle.office import Office
from donflow.lifecycle.row_moving import move_row
from donflow.roster.models import Constituent, Status
from donflow.roster.people import get_constituent
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


class FoundingSeats(DonflowError):
    """Before a chapter is founded its officers come from the final list alone."""

    code = "founding_seats"
    message = N_("The chapter is being founded: its first council is seated from the final list.")
    remedy = N_("See what it needs next: donflow chapter show {number}")
    http_status = 409


class OnlyByElection(DonflowError):
    """A council younger than the chapter's entry comes from an election on record."""

    code = "only_by_election"
    message = N_(
        "The chapter is on record since {entered}; a council elected later, on"
        " {on}, comes from its election."
    )
    remedy = N_("Begin it: donflow election new {number}")
    http_status = 409


class ListFinal(DonflowError):
    code = "list_final"
    message = N_("The list of {name} is final.")
    remedy = N_(
        "Before the founding take it back: donflow chapter advance {number} relist --reason TEXT"
    )
    http_status = 409


class NotYetConvened(DonflowError):
    code = "not_yet_convened"
    message = N_("The meeting that elects comes after notice and nominations.")
    remedy = N_("See what it needs next: donflow chapter show {number}")
    http_status = 409


class MeetingTooEarly(DonflowError):
    code = "meeting_too_early"
    message = N_("The meeting cannot have been on {on}: the candidates were settled on {since}.")
    remedy = N_("Give the day of the meeting, or enter the steps before it with their days (--on).")


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
    return move_row(
        session,
        office,
        chapter,
        name,
        facts,
        kind=chapter.kind,
        gift_id=None,
        actor=actor,
        now=now,
        reason=reason,
    )


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
    return move_row(
        session,
        office,
        election,
        name,
        facts,
        kind=None,
        gift_id=None,
        actor=actor,
        now=now,
        reason=reason,
    )


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
    people = open_dossier(session, office, chapter).people
    council = councils.enter_council(session, chapter, 1, on, actor=actor, now=now)
    for each in founding.proposals_of(session, chapter.id):
        refuse_dead(people[each.constituent_id])
        councils.seat(
            session,
            chapter,
            council,
            each.constituent_id,
            each.office,
            name=people[each.constituent_id].name,
            since=on,
            actor=actor,
            now=now,
            also=True,
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
            name=dossier.people[each.constituent_id].name,
            since=council.elected_on,
            actor=actor,
            now=now,
            also=True,
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


def refuse_before_founding(session: Session, office: Office, chapter: Chapter) -> None:
    """Raise FoundingSeats where the chapter is being founded: its final list seats the council."""
    machine = machine_for(session, office, chapter)
    if chapter.stage == machine.lifecycle.initial or councils.councils_of(session, chapter.id):
        return
    raise FoundingSeats(number=chapter.id)


def refuse_newer_council(office: Office, chapter: Chapter, elected_on: date) -> None:
    """Raise OnlyByElection for a council elected after the chapter was entered."""
    entered_on = office.today(chapter.created_at)
    if elected_on > entered_on:
        raise OnlyByElection(on=elected_on, entered=entered_on, number=chapter.id)


def refuse_final_list(session: Session, office: Office, chapter: Chapter) -> None:
    """Raise ListFinal from the moment at which the chapter may be founded with its list."""
    lifecycle = machine_for(session, office, chapter).lifecycle
    founded = chapter.stage != lifecycle.initial and councils.councils_of(session, chapter.id)
    if founded or _leaves(lifecycle, FOUND, chapter.stage):
        raise ListFinal(name=chapter.name, number=chapter.id)


def list_lies_since(session: Session, office: Office, chapter: Chapter) -> date:
    """Since when the list lies before the two bodies as it is: its last change, or its sending."""
    dossier = open_dossier(session, office, chapter)
    changed = dossier.list_changed_at
    changed_on = office.today(changed) if changed else date.min
    final = _leaves(machine_for(session, office, chapter).lifecycle, FOUND, chapter.stage)
    return changed_on if final else max(changed_on, chapter.entered_on)


def refuse_meeting_out_of_order(
    session: Session, office: Office, election: Election, *, on: date
) -> None:
    """Raise MeetingTooEarly before the step to which notice and nominations lead, or its day."""
    lifecycle = machine_for(session, office, election).lifecycle
    if not _leaves(lifecycle, ELECT, election.stage):
        raise NotYetConvened(number=election.chapter_id)
    if on < election.entered_on:
        raise MeetingTooEarly(on=on, since=election.entered_on)


def refuse_dead(person: Constituent) -> None:
    """Raise Refused for who has died."""
    if person.status == Status.DECEASED:
        reason = say(N_("{name}: {reason}"), name=person.name, reason=say(N_("Has died.")))
        mend = say(N_("Fill the office with somebody else."))
        raise Refused((Refusal("may_not_stand", reason, mend),))


def refuse_third_term(
    dossier: Dossier, person: Constituent, office: str, *, on: date, despite: str | None = None
) -> None:
    """Raise Refused where the charter bars the person from the office on that day.

    `despite`: why somebody is entered whom it barred, in a council elected before the chapter was
    entered here; history is told as it was.
    """
    refuse_dead(person)
    council = dossier.council
    judged = dossier.standing(person, office, on=on, before=council.no if council else None)
    if not judged.may and not despite:
        reason = say(N_("{name}: {reason}"), name=person.name, reason=judged.reason)
        mend = say(N_("Fill the office with somebody else."))
        raise Refused((Refusal("may_not_stand", reason, mend),))


def _leaves(lifecycle: Lifecycle, step: str, stage: str) -> bool:
    """Whether the step of that name leaves from the stage."""
    return any(each.name == step and stage in each.sources for each in lifecycle.transitions)
