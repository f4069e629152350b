"""The tables of users, of the roles assigned to them, and of acts that wait for a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from donflow.store.base import Base, Instant, Json


class User(Base):
    """Somebody who works at the desk; never deleted, since the journal names them."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)
    mail: Mapped[str | None] = mapped_column(String(254))
    """Where the user gets the digest of the day; without one it is a file in the home."""

    assignments: Mapped[list[Assignment]] = relationship(
        order_by="Assignment.id", back_populates="user"
    )


class Assignment(Base):
    """A role held from one day until another (not on that day); None is without end.

    The capacity says as what a rung of the approval ladder is held: legal, secretary_general.
    """

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    capacity: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[date]
    until: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="assignments")


class ProposedAct(Base):
    """An act asked for by one person that another must confirm before it is done."""

    __tablename__ = "proposed_act"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    asked_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_as: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    settled_as: Mapped[str | None] = mapped_column(String(60))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(20), index=True)
