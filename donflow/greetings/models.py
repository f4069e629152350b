"""The tables of greetings: rhythms, what a person wishes, WeChat groups, days of mourning."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base
from donflow.store.columns import Recorded


class Rhythm(Recorded, Base):
    """That a segment is greeted on an occasion: how, in which words, who signs, who approves.

    `segment` is a segment of the roster, or one that donflow knows (`greetings.audiences`).
    `planned_through` only moves forward: every day up to it is planned.
    """

    __tablename__ = "rhythm"
    __table_args__ = (UniqueConstraint("segment", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    segment: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str | None] = mapped_column(String(12))
    """None: the channel each person is best reached by."""
    words: Mapped[str | None] = mapped_column(String(400))
    """The office's own text in place of the occasion's."""
    signer: Mapped[str | None] = mapped_column(String(60))
    approve: Mapped[bool] = mapped_column(default=True)
    tolerance_days: Mapped[int | None]
    send_hour: Mapped[int] = mapped_column(default=9)
    active: Mapped[bool] = mapped_column(default=True)
    planned_through: Mapped[date | None]
    people: Mapped[int | None]
    """How many the segment had when this was set: the first forecast."""


class GreetingWish(Recorded, Base):
    """How a constituent wishes to be greeted; no row: as everybody."""

    __tablename__ = "greeting_wish"

    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), primary_key=True)
    lunar_birthday: Mapped[bool] = mapped_column(default=False)
    leap_day: Mapped[str] = mapped_column(String(10), default="february")
    """Born on 29 February: greeted on 28 February (`february`) or 1 March (`march`) otherwise."""
    timezone: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str | None] = mapped_column(String(12))
    quiet_until: Mapped[date | None]
    """No greetings up to this day (勿扰)."""
    joint: Mapped[bool] = mapped_column(default=False)
    """Greeted together with the spouse as one couple (伉俪)."""


class WechatGroup(Recorded, Base):
    """A WeChat group that is greeted as one addressee."""

    __tablename__ = "wechat_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    segment: Mapped[str | None] = mapped_column(String(20))
    people: Mapped[int | None]
    ended_on: Mapped[date | None]


class MourningDay(Recorded, Base):
    """A day on which nobody is greeted: announced by the state, or by the office itself."""

    __tablename__ = "mourning_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(80))
    salt: Mapped[str] = mapped_column(String(32))


class Condolence(Recorded, Base):
    """That a death was told of, and to whom the office condoles; greetings to them pause."""

    __tablename__ = "condolence"

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    """The bereaved."""
    for_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"))
    """The deceased, where the roster knows them."""
    on: Mapped[date]


class CardSuggestion(Recorded, Base):
    """What somebody suggests for cards and greetings, and the answer: by whom, and when."""

    __tablename__ = "card_suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    constituent_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    occasion: Mapped[str | None] = mapped_column(String(40))
    """The occasion whose card it is about; None for cards in general."""
    on: Mapped[date]
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    salt: Mapped[str] = mapped_column(String(32))
