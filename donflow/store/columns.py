"""Columns that several tables share: who recorded a row and when, and an amount of money."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from donflow.domain.actor import Actor
from donflow.domain.money import Money
from donflow.store.base import Instant, Json


class Recorded:
    """A record states who entered it, when, and for whom outside the desk (代录), if anybody."""

    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    on_behalf: Mapped[dict[str, str] | None] = mapped_column(Json)


class Amount:
    """A sum in minor units with its currency."""

    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="CNY")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


def recorded(actor: Actor, now: datetime) -> dict[str, object]:
    """The values of `Recorded` for a row that this actor writes now."""
    outside = actor.on_behalf_of
    return {
        "recorded_at": now,
        "recorded_by": actor.user_id,
        "on_behalf": outside.as_codes() if outside else None,
    }
