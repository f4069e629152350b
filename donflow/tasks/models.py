"""The table of tasks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Instant


class Task(Base):
    """What somebody must do by a day; `key` is unique, so planning twice plans once."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(index=True)
    owner: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date] = mapped_column(index=True)
    planned_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None]
    """Why it is not to be done any more, where a person waived it."""
    evidence: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
