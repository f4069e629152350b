"""Meetings in the time of a council: numbered, with who came, what was decided, and the papers."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from donflow.chapters.councils import NoCouncil, councils_of
from donflow.chapters.models import Attendance, Chapter, ChapterMeeting, Election, MeetingPaper
from donflow.chapters.register import ASSOCIATION, touch
from donflow.domain.actor import Actor
from donflow.domain.meetings import MeetingKind, meeting_title
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.roster.merging import heads_of
from donflow.store.columns import recorded
from donflow.store.journal import record

LONGEST_DECISION = 500
MINUTES = "会议纪要"
"""The title of the minutes among a meeting's papers."""


class MeetingThere(DonflowError):
    code = "meeting_there"
    message = N_("There is this meeting already, on {day}: {title}.")
    remedy = N_("See it: donflow chapter meeting show {number}; or leave out --session.")
    http_status = 409


class WhichCouncil(DonflowError):
    code = "which_council"
    message = N_("In the time of which council the association itself met must be said.")
    remedy = N_("Add it with --council NO.")


class AttendanceImpossible(DonflowError):
    code = "attendance_impossible"
    message = N_("{people} people are named, and {attended} are said to have come.")
    remedy = N_("Give at least as many with --attended, or leave it out.")


class DecisionTooLong(DonflowError):
    code = "decision_too_long"
    message = N_("What was decided is said in at most {longest} characters.")
    remedy = N_("File the minutes as a paper: --file FILE")


class NoSuchMeeting(NotFound):
    """No meeting of that number is there, or none that this reader may see."""

    remedy = N_("See all meetings: donflow chapter meeting list")

    def __init__(self, number: int) -> None:
        super().__init__(what=say(N_("meeting")), given=number)


@dataclass(frozen=True)
class Met:
    """What is told of a meeting beside its number: day, place, how many came, the decision."""

    on: date
    place: str | None = None
    attended: int | None = None
    decided: str | None = None


def hold(
    session: Session,
    chapter: Chapter | None,
    kind: MeetingKind,
    met: Met,
    *,
    council_no: int | None,
    session_no: int | None,
    people: Collection[int] = (),
    actor: Actor,
    now: datetime,
) -> ChapterMeeting:
    """Record a meeting; its numbers are the council then in office and the next of its kind.

    Raises NoCouncil, WhichCouncil, MeetingThere, AttendanceImpossible, DecisionTooLong.
    """
    came = sorted(set(heads_of(session, people).values()))
    if met.attended is not None and met.attended < len(came):
        raise AttendanceImpossible(people=len(came), attended=met.attended)
    if met.decided and len(met.decided) > LONGEST_DECISION:
        raise DecisionTooLong(longest=LONGEST_DECISION)
    council = council_no or _council_on(session, chapter, met.on)
    number = session_no or _next(session, chapter, kind, council)
    meeting = _add(session, chapter, kind, council, number, met, actor=actor, now=now)
    for person in came:
        session.add(
            Attendance(meeting_id=meeting.id, constituent_id=person, **recorded(actor, now))
        )
    return meeting


def hold_electing(
    session: Session,
    chapter: Chapter,
    election: Election,
    met: Met,
    *,
    minutes: str,
    actor: Actor,
    now: datetime,
) -> ChapterMeeting:
    """Record the congress that elects a council, or mend its day and place; file its minutes."""
    query = select(ChapterMeeting).where(ChapterMeeting.election_id == election.id)
    meeting = session.scalars(query).one_or_none()
    if meeting is None:
        kind, council = MeetingKind.CONGRESS, election.council_no
        number = _next(session, chapter, kind, council)
        meeting = _add(session, chapter, kind, council, number, met, actor=actor, now=now)
        meeting.election_id = election.id
    else:
        meeting.on, meeting.place = met.on, met.place
    if all(paper.document != minutes for paper in papers_of(session, [meeting.id])):
        file_paper(session, meeting, MINUTES, minutes, actor=actor, now=now)
    return meeting


def file_paper(
    session: Session,
    meeting: ChapterMeeting,
    title: str,
    document: str,
    *,
    actor: Actor,
    now: datetime,
) -> MeetingPaper:
    """File a paper that is in the vault to a meeting."""
    paper = MeetingPaper(
        meeting_id=meeting.id, title=title[:200], document=document, **recorded(actor, now)
    )
    session.add(paper)
    session.flush()
    chapter = session.get(Chapter, meeting.chapter_id) if meeting.chapter_id else None
    detail = {"meeting": meeting.id, "paper": paper.id, "document": document}
    subject = chapter.subject if chapter else ASSOCIATION
    record(session, subject, "meeting_paper_filed", actor=actor, now=now, detail=detail)
    return paper


def meetings_of(
    session: Session, chapters: Iterable[Chapter], *, association: bool
) -> list[ChapterMeeting]:
    """The meetings of these chapters, and the association's own if asked for; the latest first."""
    own = ChapterMeeting.chapter_id.in_([chapter.id for chapter in chapters])
    wanted = or_(own, ChapterMeeting.chapter_id.is_(None)) if association else own
    query = select(ChapterMeeting).where(wanted)
    return list(session.scalars(query.order_by(ChapterMeeting.on.desc(), ChapterMeeting.id.desc())))


def papers_of(session: Session, meetings: Iterable[int]) -> list[MeetingPaper]:
    """The papers of these meetings, the first first."""
    query = select(MeetingPaper).where(MeetingPaper.meeting_id.in_(list(meetings)))
    return list(session.scalars(query.order_by(MeetingPaper.id)))


def attendance_of(session: Session, meetings: Iterable[int]) -> list[Attendance]:
    """Who is named as having come to these meetings."""
    query = select(Attendance).where(Attendance.meeting_id.in_(list(meetings)))
    return list(session.scalars(query.order_by(Attendance.id)))


def titled(meeting: ChapterMeeting) -> str:
    """第四届理事会第三次会议, as papers name it."""
    return meeting_title(meeting.kind, meeting.council_no, meeting.session_no)


def _council_on(session: Session, chapter: Chapter | None, day: date) -> int:
    """The number of the council in office on a day."""
    if chapter is None:
        raise WhichCouncil
    found = [each.no for each in councils_of(session, chapter.id) if each.elected_on <= day]
    if not found:
        raise NoCouncil(number=chapter.id)
    return found[-1]


def _next(session: Session, chapter: Chapter | None, kind: MeetingKind, council: int) -> int:
    query = select(func.max(ChapterMeeting.session_no)).where(
        ChapterMeeting.chapter_id.is_not_distinct_from(chapter.id if chapter else None),
        ChapterMeeting.kind == kind,
        ChapterMeeting.council_no == council,
    )
    return (session.scalar(query) or 0) + 1


def _add(
    session: Session,
    chapter: Chapter | None,
    kind: MeetingKind,
    council: int,
    number: int,
    met: Met,
    *,
    actor: Actor,
    now: datetime,
) -> ChapterMeeting:
    query = select(ChapterMeeting).where(
        ChapterMeeting.chapter_id.is_not_distinct_from(chapter.id if chapter else None),
        ChapterMeeting.kind == kind,
        ChapterMeeting.council_no == council,
        ChapterMeeting.session_no == number,
    )
    there = session.scalars(query).one_or_none()
    if there is not None:
        raise MeetingThere(title=titled(there), day=there.on, number=there.id)
    meeting = ChapterMeeting(
        chapter_id=chapter.id if chapter else None,
        kind=kind,
        council_no=council,
        session_no=number,
        on=met.on,
        place=met.place,
        attended=met.attended,
        decided=met.decided,
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(meeting)
    session.flush()
    if chapter is not None:
        touch(chapter, now)
    detail = {"meeting": meeting.id, "kind": kind, "council": council, "session": number}
    subject = chapter.subject if chapter else ASSOCIATION
    record(session, subject, "meeting_held", actor=actor, now=now, detail=detail)
    return meeting
