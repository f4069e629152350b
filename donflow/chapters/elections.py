"""Re-elections: notice, candidates, the meeting that elects, the hand-over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.meetings import Met, hold_electing
from donflow.chapters.models import Candidate, Chapter, Election
from donflow.chapters.register import touch
from donflow.domain.actor import Actor
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError
from donflow.roster.merging import heads_of
from donflow.store.columns import recorded
from donflow.store.journal import record
from donflow.store.moving import enter


class ElectionOpen(DonflowError):
    code = "election_open"
    message = N_("The election of council {no} is under way already.")
    remedy = N_("See what it waits for: donflow chapter show {number}")
    http_status = 409


class NoElection(DonflowError):
    code = "no_election"
    message = N_("No election of this chapter is under way.")
    remedy = N_("Begin one: donflow election new {number}")
    http_status = 409


class AlreadyElected(DonflowError):
    code = "already_elected"
    message = N_("Council {no} is elected; what led to it stays as it is.")
    remedy = N_("See what is left to do: donflow chapter show {number}")
    http_status = 409


class AlreadyStanding(DonflowError):
    code = "already_standing"
    message = N_("{name} stands for this office already.")
    http_status = 409


class NotStanding(DonflowError):
    code = "not_standing"
    message = N_("{name} does not stand in this election.")
    remedy = N_("See the candidates: donflow chapter show {number}")


class OfficeUnnamed(DonflowError):
    code = "office_unnamed"
    message = N_("{name} stands for several offices; say to which the election was.")
    remedy = N_("Write --elected {name}:OFFICE, once for each office.")


def open_election(
    session: Session,
    machine: LifecycleMachine,
    version: str,
    chapter: Chapter,
    council_no: int,
    *,
    on: date,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Election:
    """Begin the election of a chapter's next council."""
    election = Election(chapter_id=chapter.id, council_no=council_no, **recorded(actor, now))
    enter(election, machine, version, on=on, calendar=calendar)
    session.add(election)
    session.flush()
    touch(chapter, now)
    detail = {"chapter": chapter.id, "council": council_no}
    record(session, election.subject, "election_begun", actor=actor, now=now, detail=detail)
    return election


def give_notice(
    session: Session,
    election: Election,
    *,
    on: date,
    late_because: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record when the core members were told, and why so late; the first day stays."""
    election.noticed_on = election.noticed_on or on
    if late_because:
        election.late_because = late_because.strip()
    detail = {"on": election.noticed_on.isoformat(), "late": bool(election.late_because)}
    record(session, election.subject, "election_noticed", actor=actor, now=now, detail=detail)


def nominate(
    session: Session,
    election: Election,
    person: int,
    office: str,
    *,
    name: str,
    actor: Actor,
    now: datetime,
) -> Candidate:
    """Put up a candidate for an office. Raises AlreadyStanding."""
    if _standing(session, election, person, office):
        raise AlreadyStanding(name=name)
    candidate = Candidate(
        election_id=election.id, constituent_id=person, office=office, **recorded(actor, now)
    )
    session.add(candidate)
    session.flush()
    detail = {"candidate": candidate.id, "person": person, "office": office}
    record(session, election.subject, "candidate_named", actor=actor, now=now, detail=detail)
    return candidate


def withdraw(
    session: Session,
    election: Election,
    person: int,
    office: str,
    *,
    name: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a candidate back. Raises NotStanding."""
    candidate = _standing(session, election, person, office)
    if candidate is None:
        raise NotStanding(name=name, number=election.chapter_id)
    candidate.withdrawn_on = on
    detail = {"candidate": candidate.id}
    record(session, election.subject, "candidate_withdrawn", actor=actor, now=now, detail=detail)


def hold_meeting(
    session: Session,
    election: Election,
    *,
    on: date,
    place: str | None,
    minutes: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the meeting that elects, with its minutes; it is one of the chapter's meetings."""
    election.held_on, election.place, election.minutes = on, place, minutes
    chapter = session.get_one(Chapter, election.chapter_id)
    hold_electing(session, chapter, election, Met(on, place), minutes=minutes, actor=actor, now=now)
    detail = {"on": on.isoformat(), "document": minutes}
    record(session, election.subject, "election_met", actor=actor, now=now, detail=detail)


def mark_elected(
    session: Session,
    election: Election,
    elected: Collection[tuple[int, str | None]] | None,
    names: Mapping[int, str],
) -> list[Candidate]:
    """Mark who was elected to what, or every candidate where None; says who was.

    The office may be left out for who stands for one only. `names` by person are for the answer.
    Raises NotStanding, OfficeUnnamed.
    """
    standing = candidates_of(session, election.id)
    heads = heads_of(session, [each.constituent_id for each in standing])
    for person, office in elected or ():
        fits = [each for each in standing if heads[each.constituent_id] == person]
        if not any(office in (None, each.office) for each in fits):
            raise NotStanding(name=names[person], number=election.chapter_id)
        if office is None and len(fits) > 1:
            raise OfficeUnnamed(name=names[person])
    for candidate in standing:
        person, office = heads[candidate.constituent_id], candidate.office
        candidate.elected = elected is None or any(
            each in elected for each in ((person, office), (person, None))
        )
    return [candidate for candidate in standing if candidate.elected]


def hand_over(
    session: Session, election: Election, *, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """Record that seal, accounts and papers went over to the new council."""
    election.handed_over_on, election.handover_document = on, document
    detail = {"on": on.isoformat(), "document": document}
    record(session, election.subject, "office_handed_over", actor=actor, now=now, detail=detail)


def candidates_of(session: Session, election_id: int) -> list[Candidate]:
    """Who stands, without whoever withdrew."""
    query = (
        select(Candidate)
        .where(Candidate.election_id == election_id, Candidate.withdrawn_on.is_(None))
        .order_by(Candidate.id)
    )
    return list(session.scalars(query))


def elections_of(session: Session, chapter_id: int) -> list[Election]:
    """Every election of a chapter, the first first."""
    query = select(Election).where(Election.chapter_id == chapter_id).order_by(Election.id)
    return list(session.scalars(query))


def _standing(session: Session, election: Election, person: int, office: str) -> Candidate | None:
    return next(
        (
            each
            for each in candidates_of(session, election.id)
            if (each.constituent_id, each.office) == (person, office)
        ),
        None,
    )
