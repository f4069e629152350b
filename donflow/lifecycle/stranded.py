"""Letters that are ready and have no way out: those by mail where no mail server is set."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.lifecycle.office import Office
from donflow.outbox.models import IS_WAITING, Letter, LetterState, Way

READY = (LetterState.READY, LetterState.RETRY_WAIT)


def without_server(session: Session, office: Office) -> int:
    """How many letters by mail are ready and cannot go, since no mail server is set."""
    if office.settings.mail.host:
        return 0
    query = select(func.count()).where(
        IS_WAITING, Letter.state.in_(READY), Letter.channel == Way.MAIL
    )
    return session.scalar(query) or 0
