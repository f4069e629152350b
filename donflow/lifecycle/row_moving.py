"""Moving a row by facts that are gathered: the same for a receipt, a chapter and an election."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Election
from donflow.domain.actor import Actor
from donflow.engine.machine import Advance, Attempt
from donflow.lifecycle.office import Office
from donflow.papers.models import Certificate, Receipt
from donflow.store.moving import done_by, move


def move_row(
    session: Session,
    office: Office,
    row: Chapter | Election | Receipt | Certificate,
    name: str,
    facts: object,
    *,
    kind: str | None,
    gift_id: int | None,
    actor: Actor,
    now: datetime,
    reason: str | None,
) -> Advance:
    """Move the row in the version that it follows. Raises Refused with every reason."""
    attempt = Attempt(
        stage=row.stage,
        facts=facts,
        roles=office.roles(actor),
        kind=kind,
        reason=reason,
        person=office.person(actor),
        done_by=done_by(session, row.subject),
    )
    return move(
        session,
        row,
        office.machine(session, row.workflow_version, row.lifecycle),
        name,
        attempt,
        subject=row.subject,
        gift_id=gift_id,
        actor=actor,
        now=now,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
    )
