"""Councils and who holds which office in them: elected, filled in, left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Council, Officer
from donflow.chapters.register import touch
from donflow.domain import terms
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.people import get_constituent
from donflow.store.columns import recorded
from donflow.store.journal import record

LEFT = ("resigned", "deceased", "removed")
"""Why somebody leaves an office before the term is over."""

TERM_OVER = "term_over"


class CouncilOutOfTurn(DonflowError):
    code = "council_out_of_turn"
    message = N_("Council {no} cannot have been elected on {on}: council {other} was on {day}.")
    remedy = N_("See the councils: donflow chapter show {number}")
    http_status = 409


class NoCouncil(DonflowError):
    code = "no_council"
    message = N_("There is no such council of this chapter yet.")
    remedy = N_("Enter it: donflow chapter council {number} --no NO --elected-on DAY")


class CouncilGap(DonflowError):
    code = "council_gap"
    message = N_(
        "Council {no} does not follow those on record, {first} to {last}; none may"
        " be missing between them."
    )
    remedy = N_(
        "Enter the one before first: donflow chapter council {number} --no NO --elected-on DAY"
    )
    http_status = 409


class OfficeTaken(DonflowError):
    code = "office_taken"
    message = N_("{other} holds this office, since {since}; one person holds it at a time.")
    remedy = N_(
        "End that first: donflow chapter unseat {number} {office} {person}"
        " --because REASON --on DAY"
    )
    http_status = 409


class SecondOffice(DonflowError):
    code = "second_office"
    message = N_("{name} holds another office of this council already.")
    remedy = N_("Add --also if it is meant that one person holds both.")
    http_status = 409


class AlreadySeated(DonflowError):
    code = "already_seated"
    message = N_("{name} holds this office already, since {since}.")
    http_status = 409


class NotSeated(DonflowError):
    code = "not_seated"
    message = N_("{name} does not hold this office.")
    remedy = N_("See the officers: donflow chapter officers {number}")


class NotItsTime(DonflowError):
    code = "not_its_time"
    message = N_("{on} is not in the time of council {no}, from {first} to {last}.")
    remedy = N_("Give another day, or the council with --council NO.")


def enter_council(
    session: Session, chapter: Chapter, no: int, elected_on: date, *, actor: Actor, now: datetime
) -> Council:
    """Enter a council, the newest or one of the past; councils before it ended on that day.

    Raises CouncilOutOfTurn where the days of the councils are not in the order of their numbers,
    CouncilGap where one between it and those on record is missing.
    """
    there = councils_of(session, chapter.id)
    for other in there:
        if other.no == no or (other.no < no) != (other.elected_on < elected_on):
            raise CouncilOutOfTurn(
                no=no, on=elected_on, other=other.no, day=other.elected_on, number=chapter.id
            )
    if there and not there[0].no - 1 <= no <= there[-1].no + 1:
        raise CouncilGap(no=no, first=there[0].no, last=there[-1].no, number=chapter.id)
    council = Council(chapter_id=chapter.id, no=no, elected_on=elected_on, **recorded(actor, now))
    session.add(council)
    session.flush()
    for officer in officers_of(session, chapter.id):
        if officer.until is None and officer.council_no < no:
            officer.until, officer.left_because = elected_on, TERM_OVER
    touch(chapter, now)
    detail = {"council": no, "elected_on": elected_on.isoformat()}
    record(session, chapter.subject, "council_elected", actor=actor, now=now, detail=detail)
    return council


def seat(
    session: Session,
    chapter: Chapter,
    council: Council,
    person: int,
    office: str,
    *,
    name: str,
    since: date,
    actor: Actor,
    now: datetime,
    also: bool = False,
    despite: str | None = None,
) -> Officer:
    """Put a person into an office of a council, from its first day or later (增补).

    `also`: besides another office of that council; `despite`: why, where the charter barred it.
    Of a council that is no longer in office it ends with it. Raises AlreadySeated, OfficeTaken,
    SecondOffice, NotItsTime.
    """
    ends = _end_of(session, chapter, council)
    if since < council.elected_on or (ends and since >= ends):
        raise NotItsTime(on=since, no=council.no, first=council.elected_on, last=ends)
    for other in officers_of(session, chapter.id):
        same = (other.council_no, other.constituent_id, other.office) == (
            council.no,
            person,
            office,
        )
        over = other.until is not None and other.until <= since
        if same and not over:
            raise AlreadySeated(name=name, since=other.since)
        if other.council_no != council.no or over:
            continue
        if other.office == office and office in terms.SINGLE:
            holder = get_constituent(session, other.constituent_id)
            raise OfficeTaken(
                other=holder.name,
                since=other.since,
                number=chapter.id,
                office=office,
                person=holder.id,
            )
        if other.constituent_id == person and not also:
            raise SecondOffice(name=name)
    officer = Officer(
        chapter_id=chapter.id,
        council_no=council.no,
        constituent_id=person,
        office=office,
        since=since,
        until=ends,
        left_because=TERM_OVER if ends else None,
        **recorded(actor, now),
    )
    session.add(officer)
    session.flush()
    touch(chapter, now)
    detail = {
        "officer": officer.id,
        "person": person,
        "office": office,
        "council": council.no,
        **({"despite": despite} if despite else {}),
    }
    record(session, chapter.subject, "officer_seated", actor=actor, now=now, detail=detail)
    return officer


def unseat(
    session: Session,
    chapter: Chapter,
    council: Council,
    person: int,
    office: str,
    *,
    name: str,
    until: date,
    because: str,
    actor: Actor,
    now: datetime,
) -> Officer:
    """End an office before its term. Raises NotSeated, NotItsTime."""
    held = [
        each
        for each in officers_of(session, chapter.id)
        if (each.council_no, each.constituent_id, each.office) == (council.no, person, office)
        and each.left_because in (None, TERM_OVER)
    ]
    if not held:
        raise NotSeated(name=name, number=chapter.id)
    officer = held[-1]
    last = officer.until
    if until < officer.since or (last and until > last):
        raise NotItsTime(on=until, no=council.no, first=officer.since, last=last)
    officer.until, officer.left_because = until, because
    touch(chapter, now)
    detail = {"officer": officer.id, "because": because, "until": until.isoformat()}
    record(session, chapter.subject, "officer_left", actor=actor, now=now, detail=detail)
    return officer


def councils_of(session: Session, chapter_id: int) -> list[Council]:
    """The councils of a chapter in the order of their numbers."""
    query = select(Council).where(Council.chapter_id == chapter_id).order_by(Council.no)
    return list(session.scalars(query))


def get_council(session: Session, chapter: Chapter, no: int | None) -> Council:
    """The council of that number, or the newest. Raises NoCouncil."""
    found = councils_of(session, chapter.id)
    meant = found[-1:] if no is None else [council for council in found if council.no == no]
    if not meant:
        raise NoCouncil(number=chapter.id)
    return meant[0]


def officers_of(session: Session, chapter_id: int) -> list[Officer]:
    """Everybody who ever held an office, by council and office, the highest first."""
    query = select(Officer).where(Officer.chapter_id == chapter_id).order_by(Officer.id)
    rank = {office: place for place, office in enumerate(terms.OFFICES)}
    return sorted(session.scalars(query), key=lambda each: (each.council_no, rank[each.office]))


def as_councils(rows: Sequence[Council]) -> list[terms.Council]:
    """As the rules of terms see them."""
    return [terms.Council(row.no, row.elected_on) for row in rows]


def as_services(rows: Sequence[Officer]) -> list[terms.Service]:
    """As the rules of terms see them; persons by the numbers under which they were seated."""
    return [
        terms.Service(row.constituent_id, row.office, row.council_no, row.since, row.until)
        for row in rows
    ]


def _end_of(session: Session, chapter: Chapter, council: Council) -> date | None:
    following = (each for each in councils_of(session, chapter.id) if each.no > council.no)
    return next((each.elected_on for each in following), None)
