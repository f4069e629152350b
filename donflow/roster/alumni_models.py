"""The tables of an alumnus: studies, work, segments, liaison posts; and what was told of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.roster.models import SEARCH_LINES
from donflow.store.base import Base, Instant, Json
from donflow.store.columns import Recorded
from donflow.store.derived import Derived


class Sourced:
    """Who told us, where it stands there (`sheet!row` of an import), on which day, how sure."""

    source: Mapped[str] = mapped_column(String(20))
    source_ref: Mapped[str | None] = mapped_column(String(120))
    since: Mapped[date]
    confidence: Mapped[str] = mapped_column(String(20))


class Education(Sourced, Base):
    """One course of study; a second degree is a second row of the same person."""

    __tablename__ = "education"
    derived = Derived(SEARCH_LINES, ("constituent_id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    degree: Mapped[str | None] = mapped_column(String(20))
    major: Mapped[str | None] = mapped_column(String(80), index=True)
    class_no: Mapped[str | None] = mapped_column(String(40))
    enrol_year: Mapped[int | None] = mapped_column(index=True)
    grad_year: Mapped[int | None] = mapped_column(index=True)
    student_no: Mapped[str | None] = mapped_column(String(40), index=True)
    salt: Mapped[str] = mapped_column(String(32))


class Employment(Sourced, Base):
    """One post; `current` until another takes its place."""

    __tablename__ = "employment"
    derived = Derived(SEARCH_LINES, ("constituent_id",))

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    employer: Mapped[str | None] = mapped_column(String(200))
    job_title: Mapped[str | None] = mapped_column(String(120))
    current: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(32))


class SegmentMember(Recorded, Base):
    """That a constituent belongs to a segment (百、千、万), which has its own rhythm of contact."""

    __tablename__ = "segment_member"
    __table_args__ = (UniqueConstraint("constituent_id", "segment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"))
    segment: Mapped[str] = mapped_column(String(20), index=True)


class LiaisonPost(Recorded, Base):
    """A class liaison's appointment (聘任), with the number of the letter (聘书)."""

    __tablename__ = "liaison_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    class_label: Mapped[str] = mapped_column(String(120), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    letter_no: Mapped[str | None] = mapped_column(String(40), unique=True)
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What stands on the letter, frozen under the person's key: gone with an erasure."""
    salt: Mapped[str] = mapped_column(String(32))


class IdentityCheck(Base):
    """That another department asked whether people are alumni: how many, for what; no names."""

    __tablename__ = "identity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(200))
    asked: Mapped[int]
    confirmed: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    salt: Mapped[str] = mapped_column(String(32))


class RosterExport(Recorded, Base):
    """A list of people that left the office: which columns of whom, how many rows, why.

    One with full values is first agreed by two (`agreed_at`), then written once. `selection` and
    `reason` are somebody's words: erasable, and in no event.
    """

    __tablename__ = "roster_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(10))
    full: Mapped[bool]
    columns: Mapped[list[str]] = mapped_column(Json)
    selection: Mapped[dict[str, str]] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(String(200))
    numbers: Mapped[list[int] | None] = mapped_column(Json)
    """Of one with full values: all numbers of the people who are agreed to."""
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime | None] = mapped_column(Instant)
    people: Mapped[int | None]
    left_out: Mapped[int | None]
    salt: Mapped[str] = mapped_column(String(32))
