"""The tables of originals."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Json
from donflow.store.columns import Recorded
from donflow.store.counting import Counter


class OriginalCopy(Recorded, Base):
    """One numbered wet-ink original: what was printed, who signed and sealed, who holds it."""

    __tablename__ = "original_copy"
    __table_args__ = (UniqueConstraint("gift_id", "printing", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    printing: Mapped[int]
    no: Mapped[int]
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    meant_for: Mapped[str] = mapped_column(String(20))
    printed_on: Mapped[date]
    cancelled_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    countersigned_on: Mapped[date | None]
    countersigned_person: Mapped[str | None] = mapped_column(String(60))
    sealed_on: Mapped[date | None]
    seal_use_id: Mapped[int | None] = mapped_column(ForeignKey("seal_use.id"))
    holder: Mapped[str] = mapped_column(String(40))
    placed_on: Mapped[date]


class Signature(Recorded, Base):
    """How the donor executed the copies: by seal or by hand, every page, the date filled in."""

    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    printing: Mapped[int]
    form: Mapped[str] = mapped_column(String(20))
    signer: Mapped[str]
    authorised: Mapped[bool]
    every_page: Mapped[bool]
    date_filled: Mapped[bool]
    on: Mapped[date]


class SealCounter(Counter, Base):
    """The last number in the seal register of a year."""

    __tablename__ = "seal_counter"


class SealUse(Recorded, Base):
    """One line of the seal register: which seal, on how many copies, after which checks."""

    __tablename__ = "seal_use"
    __table_args__ = (UniqueConstraint("year", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    year: Mapped[int]
    no: Mapped[int]
    seal: Mapped[str]
    purpose: Mapped[str] = mapped_column(String(40))
    copies: Mapped[int]
    no_blanks: Mapped[bool]
    text_compared: Mapped[bool]
    on: Mapped[date]


class Parcel(Recorded, Base):
    """What goes to the donor, by post or by hand, and the proof that it came."""

    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    contents: Mapped[list[str]] = mapped_column(Json)
    courier: Mapped[str | None]
    tracking_number: Mapped[str | None]
    sent_on: Mapped[date]
    delivered_on: Mapped[date | None]
    slip: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    receipts: Mapped[list[int]] = mapped_column(Json)
    certificates: Mapped[list[int]] = mapped_column(Json)
    lost_on: Mapped[date | None]
    lost_reason: Mapped[str | None]
