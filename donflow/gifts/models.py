"""The tables of gifts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.domain.money import Money
from donflow.store.base import Base, Instant
from donflow.store.columns import Amount, Recorded
from donflow.store.counting import Counter
from donflow.store.journal import Subject
from donflow.store.moving import Moving


class GiftCounter(Counter, Base):
    """The last serial given out in a year."""

    __tablename__ = "gift_counter"


class Gift(Moving, Base):
    """One act of giving, from first word to stewardship; what moves through the stages."""

    __tablename__ = "gift"
    __table_args__ = (UniqueConstraint("year", "serial"),)
    lifecycle = "gift"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    donor_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")
    purpose: Mapped[str | None]
    restricted: Mapped[bool | None]
    beneficiary: Mapped[str | None]
    naming: Mapped[str | None]
    channel: Mapped[str] = mapped_column(String(40))
    department: Mapped[str | None]
    liaison: Mapped[str | None]
    steward: Mapped[str | None]
    heard_on: Mapped[date]
    notice_given_on: Mapped[date | None]
    naming_until: Mapped[date | None]
    """The last day of the naming, where its term is known."""
    agreement_number: Mapped[str | None]
    project_number: Mapped[str | None]
    earlier_gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    @property
    def subject(self) -> Subject:
        return Subject("gift", self.id)


class Contact(Recorded, Base):
    """One contact with a constituent, perhaps about a gift: of which kind, on which day.

    Without a constituent it is one with whoever gives, while nobody has written down who that is.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str | None] = mapped_column(String(40))
    on: Mapped[date]
    reached: Mapped[bool] = mapped_column(default=True)
    """False: it was tried, and nobody was there."""
    note: Mapped[str | None]
    salt: Mapped[str] = mapped_column(String(32))


class Screening(Recorded, Base):
    """The first judgement: source of funds, conditions attached, reputation."""

    __tablename__ = "screening"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    passed: Mapped[bool]
    source_of_funds: Mapped[str]
    conditions: Mapped[str]
    note: Mapped[str | None]
    on: Mapped[date]


class GiftRecord(Recorded, Base):
    """A fact that a guard asks for, of a kind of its own, with its day and perhaps its document."""

    __tablename__ = "gift_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    note: Mapped[str | None]


class Instalment(Amount, Moving, Base):
    """One part of the gift with the day by which it is to be paid."""

    __tablename__ = "instalment"
    __table_args__ = (UniqueConstraint("gift_id", "no"),)
    lifecycle = "instalment"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    no: Mapped[int]
    pay_by: Mapped[date]
    waived_minor: Mapped[int | None] = mapped_column(BigInteger)


class Payment(Amount, Recorded, Base):
    """Money received: recorded from a slip, then confirmed by somebody else."""

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    instalment_id: Mapped[int] = mapped_column(ForeignKey("instalment.id"))
    received_on: Mapped[date]
    payer: Mapped[str]
    remark: Mapped[str | None]
    again_because: Mapped[str | None]
    """Why it is another payment although it looks like one that was recorded before."""
    slip: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    recorded_person: Mapped[str] = mapped_column(String(60))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_person: Mapped[str | None] = mapped_column(String(60))
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    struck_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    struck_reason: Mapped[str | None]

    @property
    def counts(self) -> bool:
        """Whether this money stands as received: confirmed, and not struck as a mistake."""
        return self.confirmed_at is not None and self.struck_at is None


class GiftPaper(Recorded, Base):
    """A paper of this gift in the vault, or the ground on which it is absent."""

    __tablename__ = "gift_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    title: Mapped[str]
    absent_because: Mapped[str | None] = mapped_column(String(40))
    on: Mapped[date]
