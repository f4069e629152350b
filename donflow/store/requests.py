"""Requests and their first outcomes: the same key sent again gives the same answer, once done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from donflow.errors import N_, DonflowError
from donflow.store.base import Base, Instant, Json, canonical


class Request(Base):
    """An act that was asked for under a key, and what was answered."""

    __tablename__ = "request"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Instant)


class RequestReused(DonflowError):
    code = "request_reused"
    message = N_("The request key {key} was already used for something else.")
    remedy = N_("Send this request with a new key.")
    http_status = 409


def first_outcome(
    session: Session, key: str, act: str, arguments: Mapping[str, object]
) -> dict[str, Any] | None:
    """What the first request under this key was answered; None if this is the first.

    Raises RequestReused when the key served another act or other arguments.
    """
    earlier = session.get(Request, key)
    if earlier is None:
        return None
    if (earlier.act, earlier.arguments) != (act, _digest(arguments)):
        raise RequestReused(key=key)
    return dict(earlier.outcome)


def keep_outcome(
    session: Session,
    key: str,
    act: str,
    arguments: Mapping[str, object],
    outcome: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    """Store the outcome in the transaction of the act itself."""
    session.add(
        Request(key=key, act=act, arguments=_digest(arguments), outcome=dict(outcome), at=now)
    )


def _digest(arguments: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(dict(arguments)).encode()).hexdigest()
