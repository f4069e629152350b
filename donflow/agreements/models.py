"""The tables of agreements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base
from donflow.store.columns import Recorded


class TemplateConfirmation(Recorded, Base):
    """A person's word that this file is the foundation's newest template of its kind."""

    __tablename__ = "template_confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    template: Mapped[str] = mapped_column(String(64))
    on: Mapped[date]


class Revision(Recorded, Base):
    """One numbered state of the draft: its bytes are in the vault and never change."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("gift_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    no: Mapped[int]
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    template: Mapped[str | None] = mapped_column(String(64))
    values_digest: Mapped[str] = mapped_column(String(64))
    copies: Mapped[int]
    on: Mapped[date]


class SelfCheck(Recorded, Base):
    """A person has read this revision before it leaves the school."""

    __tablename__ = "self_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    note: Mapped[str | None]
    on: Mapped[date]


class ReviewRound(Recorded, Base):
    """One sending-out of a revision and its coming back; an approval may lapse."""

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("gift_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    no: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    sent_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    lapsed_on: Mapped[date | None]


class Remark(Recorded, Base):
    """One remark of the reviewer, by whatever channel it came, and how it was answered."""

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("round_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    no: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(40))
    clause: Mapped[str | None]
    text: Mapped[str]
    answer: Mapped[str | None] = mapped_column(String(20))
    answer_text: Mapped[str | None]
    answered_on: Mapped[date | None]


class Approval(Recorded, Base):
    """One rung's consent to the very bytes of a revision; a body's carries its minutes' number."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("round_id", "capacity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    capacity: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    minutes_number: Mapped[str | None]
    person: Mapped[str] = mapped_column(String(60))
    on: Mapped[date]


class DonorCheck(Recorded, Base):
    """The approved text before the donor, and the answer: agreed or objected."""

    __tablename__ = "donor_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    channel: Mapped[str] = mapped_column(String(40))
    sent_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(20))
    answered_on: Mapped[date | None]
    answer_evidence: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))


class Objection(Recorded, Base):
    """One objection of the donor, and what was answered."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("check_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("donor_check.id"))
    no: Mapped[int]
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
