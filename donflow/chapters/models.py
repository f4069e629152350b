"""The tables of chapters: founding, charters, councils, elections, meetings, members.

A person stands in them as a constituent of the roster, by number alone.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Instant, Json
from donflow.store.columns import Recorded
from donflow.store.journal import Subject
from donflow.store.moving import Moving


class Chapter(Moving, Base):
    """A body of alumni in a place, a trade, a programme or a class; moves from intention on.

    `user_id` is the account of the chapter's own officer, who sees this chapter and no other.
    `common` is what its people have in common, a word of their post, degree, class or segment;
    `joining` says on its page how to join.
    """

    __tablename__ = "chapter"
    lifecycle = "chapter"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    city: Mapped[str | None] = mapped_column(String(40))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    common: Mapped[str | None] = mapped_column(String(40))
    profile: Mapped[str | None]
    joining: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def subject(self) -> Subject:
        return Subject("chapter", self.id)


class ChapterRecord(Recorded, Base):
    """A single fact of a chapter with its day, and the document that proves it."""

    __tablename__ = "chapter_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))


class Charter(Recorded, Base):
    """One version of a charter: a chapter's, else of a kind of chapters, else the association's."""

    __tablename__ = "charter"
    __table_args__ = (UniqueConstraint("chapter_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"), index=True)
    kind: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int]
    adopted_on: Mapped[date]
    in_force_on: Mapped[date]
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))


class TermArticle(Recorded, Base):
    """The article of a charter that carries the rule of terms, from its own day on."""

    __tablename__ = "term_article"

    id: Mapped[int] = mapped_column(primary_key=True)
    charter_id: Mapped[int] = mapped_column(ForeignKey("charter.id"), index=True)
    from_on: Mapped[date]
    years: Mapped[int]
    most_terms: Mapped[int]
    notice_months: Mapped[int]
    counts_over: Mapped[int]
    offices: Mapped[list[str]] = mapped_column(Json)
    needed: Mapped[list[str]] = mapped_column(Json)
    source: Mapped[str] = mapped_column(String(120))


class Proposal(Recorded, Base):
    """Somebody on the list of officers before the chapter is founded, until struck from it."""

    __tablename__ = "officer_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    office: Mapped[str] = mapped_column(String(40))
    struck_at: Mapped[datetime | None] = mapped_column(Instant)


class Opinion(Recorded, Base):
    """What one of the two bodies said of the list, by which minutes, on which day."""

    __tablename__ = "chapter_opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    body: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))
    minutes_number: Mapped[str] = mapped_column(String(80))
    on: Mapped[date]
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    note: Mapped[str | None]


class Council(Recorded, Base):
    """The n-th council (第N届理事会) of a chapter."""

    __tablename__ = "council"
    __table_args__ = (UniqueConstraint("chapter_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    no: Mapped[int]
    elected_on: Mapped[date]


class Officer(Recorded, Base):
    """That a constituent holds an office in a council, elected or filled in (增补) for another."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    council_no: Mapped[int]
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    office: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    until: Mapped[date | None]
    left_because: Mapped[str | None] = mapped_column(String(20))


class Election(Recorded, Moving, Base):
    """The making of a chapter's next council, from the notice to the hand-over (换届)."""

    __tablename__ = "election"
    lifecycle = "election"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    council_no: Mapped[int]
    noticed_on: Mapped[date | None]
    late_because: Mapped[str | None]
    held_on: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(String(120))
    minutes: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    handed_over_on: Mapped[date | None]
    handover_document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))

    @property
    def subject(self) -> Subject:
        return Subject("election", self.id)


class Candidate(Recorded, Base):
    """Somebody who stands for an office in an election, until withdrawn."""

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    office: Mapped[str] = mapped_column(String(40))
    withdrawn_on: Mapped[date | None]
    elected: Mapped[bool] = mapped_column(default=False)


class ChapterMeeting(Recorded, Base):
    """A meeting in the time of a council, numbered by its kind (第N届理事会第M次会议).

    Of the association's own without a chapter. `election_id` is that of the meeting that elects.
    """

    __tablename__ = "chapter_meeting"
    __table_args__ = (UniqueConstraint("chapter_id", "kind", "council_no", "session_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"))
    kind: Mapped[str] = mapped_column(String(20))
    council_no: Mapped[int]
    session_no: Mapped[int]
    on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(120))
    attended: Mapped[int | None]
    decided: Mapped[str | None]
    election_id: Mapped[int | None] = mapped_column(ForeignKey("election.id"), unique=True)
    salt: Mapped[str] = mapped_column(String(32))


class Attendance(Recorded, Base):
    """That a constituent was at a meeting."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "constituent_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("chapter_meeting.id"))
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)


class MeetingPaper(Recorded, Base):
    """A paper of a meeting, in the vault."""

    __tablename__ = "meeting_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("chapter_meeting.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))


class Membership(Recorded, Base):
    """That a constituent belongs to a chapter, from one day until another, and how that came.

    `told_by` is the kind of source that told so (`roster.models.Source`).
    """

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    how: Mapped[str] = mapped_column(String(20))
    told_by: Mapped[str | None] = mapped_column(String(20))
    left_because: Mapped[str | None] = mapped_column(String(20))


class Suggestion(Recorded, Base):
    """What a member suggests to a chapter or on a charter, and the answer."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"), index=True)
    charter_id: Mapped[int | None] = mapped_column(ForeignKey("charter.id"), index=True)
    constituent_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    salt: Mapped[str] = mapped_column(String(32))
