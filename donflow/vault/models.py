"""The table of stored files; a file's name is data, its place is its fingerprint."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Instant


class Blob(Base):
    """One stored file: SHA-256 of its bytes, size, kind by content, the name it came with.

    `made_here`: donflow itself made these bytes, so they prove nothing of anybody else.
    """

    __tablename__ = "blob"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(255))
    made_here: Mapped[bool] = mapped_column(default=False)
    deposited_at: Mapped[datetime] = mapped_column(Instant)
    deposited_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
