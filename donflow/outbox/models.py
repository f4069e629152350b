"""The tables of the outbox: letters, the batches that people approve, the clock's readings."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Instant, Unseen


class Addressee(StrEnum):
    """What a letter is addressed to; `addressee_id` is its number in that table."""

    CONSTITUENT = "constituent"
    GROUP = "group"
    USER = "user"


class Way(StrEnum):
    """By which channel a letter leaves."""

    MAIL = "mail"
    WECHAT = "wechat"
    PAPER = "paper"
    FOLDER = "folder"
    WEBHOOK = "webhook"


class LetterState(StrEnum):
    """Where a letter stands; the last row of names are ends, and IN_DOUBT waits for a person."""

    PLANNED = "planned"
    READY = "ready"
    CLAIMED = "claimed"
    HANDING_OFF = "handing_off"
    RETRY_WAIT = "retry_wait"
    HELD = "held"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"


ENDS = frozenset(
    {LetterState.SENT, LetterState.REFUSED, LetterState.SUPPRESSED, LetterState.EXPIRED}
)
WAITING = (LetterState.PLANNED, LetterState.READY, LetterState.RETRY_WAIT)
"""The states in which the clock looks at a letter."""

IS_WAITING = text("state IN ('planned', 'ready', 'retry_wait')")
IS_OPEN = text("state IN ('claimed', 'handing_off', 'held', 'in_doubt')")
HAS_BODY = text("body IS NOT NULL")
"""The words of the indexes, by which alone SQLite finds them: a parameter says nothing to it."""


class Letter(Base):
    """One letter to one addressee for one occasion on one day.

    Unique over what it is for: planning twice plans once. `about` tells apart what has the same
    day (the number of a payment or gift; 0 where there is none); `n` grows by one with each resend
    that a person orders. Rows are planned by the thousand and can be planned anew, so the journal
    knows a letter from its first act on: its end, or what a person decides of it.
    """

    __tablename__ = "letter"
    unseen = Unseen(
        "state",
        frozenset({"planned", "ready", "claimed", "handing_off", "retry_wait"}),
    )
    __table_args__ = (
        UniqueConstraint("addressee_id", "on_day", "occasion", "addressee_kind", "about", "n"),
        Index("ix_letter_due", "due_at", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
        Index("ix_letter_open", "state", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_letter_body", "ended_at", sqlite_where=HAS_BODY, postgresql_where=HAS_BODY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion: Mapped[str] = mapped_column(String(40))
    addressee_kind: Mapped[str] = mapped_column(String(12))
    addressee_id: Mapped[int]
    on_day: Mapped[date]
    """The day of the occasion, a date where the addressee lives."""
    about: Mapped[int] = mapped_column(default=0)
    n: Mapped[int] = mapped_column(default=0)
    rhythm_id: Mapped[int | None]
    """The rhythm that planned it; None for what follows from an act or was ordered by hand."""
    channel: Mapped[str | None] = mapped_column(String(12))
    """Chosen when it falls due; None until then unless the rhythm names one."""
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    """Code: why it was suppressed, held, refused, is in doubt."""
    due_at: Mapped[datetime] = mapped_column(Instant)
    expires_on: Mapped[date]
    """The last day, by the addressee's calendar, on which it may still be handed over."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("letter_batch.id"), index=True)
    planned_at: Mapped[datetime] = mapped_column(Instant)
    token: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The frozen bytes, encrypted under the addressee's key; gone 90 days after the end."""
    body_digest: Mapped[str | None] = mapped_column(String(64))
    message_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reply_code: Mapped[int | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    tracking_number: Mapped[str | None] = mapped_column(String(32))
    """Of a letter on paper, the courier's number."""


class LetterBatch(Base):
    """The letters of one occasion on one day that wait for a person's approval together."""

    __tablename__ = "letter_batch"
    __table_args__ = (UniqueConstraint("occasion", "on_day", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    occasion: Mapped[str] = mapped_column(String(40))
    on_day: Mapped[date]
    no: Mapped[int]
    """1, 2 …: letters that were planned after an approval wait in a batch of their own."""
    letters: Mapped[int]
    forecast: Mapped[int | None]
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ClockReading(Base):
    """When the clock of a host last ticked; `brake` is a code while its time is not believed."""

    __tablename__ = "clock_reading"
    unseen = Unseen("brake", frozenset({None}))

    host: Mapped[str] = mapped_column(String(80), primary_key=True)
    ticked_at: Mapped[datetime] = mapped_column(Instant)
    brake: Mapped[str | None] = mapped_column(String(20))
