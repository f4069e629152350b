"""Requests and their first outcomes: the same key sent again gives the same answer, once done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from donflow.errors import N_, DonflowError
from donflow.store.base import Base, Instant, Json, canonical
from donflow.store.keys import KeyRing

LONGEST_KEY: Final = 80


class Request(Base):
    """An act that was asked for under a caller's key, and what was answered.

    `arguments` is a digest under a key of the key ring, so that nobody tries names against it;
    `outcome` holds codes, numbers and ids only.
    """

    __tablename__ = "request"

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Instant)


class RequestReused(DonflowError):
    code = "request_reused"
    message = N_("The request key {key} was already used for something else.")
    remedy = N_("Send this request with a new key.")
    http_status = 409


class WrongRequestKey(DonflowError):
    code = "wrong_request_key"
    message = N_("A request key has 1 to {most} characters; this one has {count}.")
    remedy = N_("Send this request with a new key.")


def blinded(keys: KeyRing, arguments: Mapping[str, object]) -> str:
    """What tells one request's arguments from another's, and nothing to those without the keys."""
    return keys.blind("request", canonical(dict(arguments)))


def first_outcome(session: Session, key: str, act: str, arguments: str) -> dict[str, Any] | None:
    """What the first request under this key was answered; None if this is the first.

    `arguments` as `blinded` gives them. Raises RequestReused when the key served another act or
    other arguments, WrongRequestKey for one that cannot be kept. The same request that is under
    way at this moment is waited for.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise WrongRequestKey(most=LONGEST_KEY, count=len(key))
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writers queue in any case
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    earlier = session.get(Request, key)
    if earlier is None:
        return None
    if (earlier.act, earlier.arguments) != (act, arguments):
        raise RequestReused(key=key)
    return dict(earlier.outcome)


def keep_outcome(
    session: Session,
    key: str,
    act: str,
    arguments: str,
    outcome: Mapping[str, object],
    *,
    now: datetime,
) -> None:
    """Store the outcome in the transaction of the act itself."""
    session.add(Request(key=key, act=act, arguments=arguments, outcome=dict(outcome), at=now))
