"""Whose gifts are in dispute: recorded, and not settled since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.facts import RecordKind
from donflow.engine.machine import LifecycleMachine
from donflow.engine.spec import Lifecycle
from donflow.gifts.models import Gift, GiftRecord
from donflow.store.moving import StageChange

SETTLING = (RecordKind.SETTLEMENT, RecordKind.SUPPLEMENT, RecordKind.TERMINATION_AGREEMENT)
"""What ends a dispute on paper."""
PAUSE = "suspension_grounded"
"""The guard of the step that a dispute leads to; going on after it ends the dispute as well."""


class Machines(Protocol):
    """An office, as far as the lifecycle of a gift is asked for."""

    def machine(self, session: Session, version: str, lifecycle: str) -> LifecycleMachine: ...


def disputed(session: Session, office: Machines, donors: Collection[int]) -> frozenset[int]:
    """Those of these donors who have a gift whose last dispute is not settled.

    It is settled by a later record of a kind in SETTLING, or when the gift was paused for it and
    goes on again.
    """
    kinds = (RecordKind.DISPUTE, *SETTLING)
    query = (
        select(GiftRecord)
        .join(Gift, Gift.id == GiftRecord.gift_id)
        .where(Gift.donor_id.in_(donors), GiftRecord.kind.in_(kinds))
        .order_by(GiftRecord.on, GiftRecord.id)
    )
    last = {record.gift_id: record for record in session.scalars(query)}
    open_ = {id_: record for id_, record in last.items() if record.kind == RecordKind.DISPUTE}
    if not open_:
        return frozenset()
    moves: dict[int, list[StageChange]] = defaultdict(list)
    changes = select(StageChange).where(
        StageChange.subject_type == Gift.lifecycle, StageChange.subject_id.in_(open_)
    )
    for change in session.scalars(changes):
        moves[change.subject_id].append(change)
    gifts = session.scalars(select(Gift).where(Gift.id.in_(open_)))
    return frozenset(
        gift.donor_id
        for gift in gifts
        if gift.donor_id is not None
        and not _goes_on(
            office.machine(session, gift.workflow_version, Gift.lifecycle).lifecycle,
            (each for each in moves[gift.id] if each.at >= open_[gift.id].recorded_at),
        )
    )


def _goes_on(lifecycle: Lifecycle, moves: Iterable[StageChange]) -> bool:
    """Whether one of these moves led from a pause back to where the gift could be paused."""
    pauses = [each for each in lifecycle.transitions if PAUSE in each.needs]
    return any(
        move.from_stage == pause.target and move.to_stage in pause.sources
        for move in moves
        for pause in pauses
    )
