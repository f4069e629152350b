"""The tables of receipts, certificates and of what was handed to the custodian."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Json
from donflow.store.columns import Amount, Recorded
from donflow.store.journal import Subject
from donflow.store.moving import Moving


class Receipt(Amount, Recorded, Moving, Base):
    """The record of one official receipt (公益事业捐赠统一票据); donflow never draws one."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("code", "number"),)
    lifecycle = "receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    form: Mapped[str] = mapped_column(String(20))
    payer: Mapped[str]
    requested_on: Mapped[date]
    code: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(40))
    check_code: Mapped[str | None] = mapped_column(String(40))
    issued_on: Mapped[date | None]
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    document_name: Mapped[str | None] = mapped_column(String(255))
    site_checked_on: Mapped[date | None]
    back_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))

    @property
    def subject(self) -> Subject:
        return Subject("receipt", self.id)


class Certificate(Recorded, Moving, Base):
    """The honour paper: collected from the foundation, or printed here from frozen words."""

    __tablename__ = "certificate"
    lifecycle = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    words: Mapped[dict[str, Any] | None] = mapped_column(Json)
    verification_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    issued_on: Mapped[date | None]
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    sealed_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    collected_by: Mapped[str | None]

    @property
    def subject(self) -> Subject:
        return Subject("certificate", self.id)


class Custody(Recorded, Base):
    """A package of scans handed to the file keeper, who acknowledges it."""

    __tablename__ = "custody"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    custodian: Mapped[str]
    package: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    handed_on: Mapped[date]
    acknowledged_on: Mapped[date | None]
    acknowledgement: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
