"""What letters said is deleted a quarter of a year after their end; that they went stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from donflow.domain.actor import Actor
from donflow.outbox.acts import subject_of
from donflow.outbox.models import HAS_BODY, Letter
from donflow.store.journal import record
from donflow.store.session import Store, unit_of_work

KEPT: Final = timedelta(days=90)
"""PIPL art. 19: the shortest time necessary. Key, digest and time of the letter stay."""

BODY_DELETED: Final = "letter_body_deleted"


def delete_old_bodies(
    store: Store, *, now: datetime, at_most: int = 200, actor: Actor | None
) -> int:
    """Delete the bytes of letters that ended long ago, some at once; how many."""
    query = (
        select(Letter)
        .where(HAS_BODY, Letter.ended_at < now - KEPT)
        .order_by(Letter.ended_at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    with unit_of_work(store) as session:
        letters = session.scalars(query).all()
        for letter in letters:
            letter.body = None
            detail = {"letter": letter.id, "body": letter.body_digest}
            record(
                session,
                subject_of(letter),
                BODY_DELETED,
                actor=actor,
                now=now,
                detail=detail,
            )
    return len(letters)
