"""Headers of spreadsheets that a person has answered for: asked once, remembered, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, NotFound, say
from donflow.roster.import_models import KnownHeader
from donflow.roster.reading.header_words import normal
from donflow.roster.reading.rows import Column
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record


def known_headers(session: Session) -> list[KnownHeader]:
    """What was said of headers, in the order of their texts."""
    return list(session.scalars(select(KnownHeader).order_by(KnownHeader.header)))


def answers(session: Session) -> dict[str, Column | None]:
    """Each header with the column it means; None where such a column is left."""
    return {
        each.header: Column(each.column) if each.column else None for each in known_headers(session)
    }


def remember(
    session: Session, said: Mapping[str, Column | None], *, actor: Actor, now: datetime
) -> None:
    """Keep what a person said of headers; what was said of one before gives way."""
    known = {normal(each.header): each for each in known_headers(session)}
    for header, column in said.items():
        kept = known.get(normal(header))
        if kept is not None and kept.column == column:
            continue
        if kept is None:
            kept = KnownHeader(header=header, column=column, **recorded(actor, now))
            session.add(kept)
        else:
            kept.column = column
            for name, value in recorded(actor, now).items():
                setattr(kept, name, value)
        session.flush()
        _note(session, kept, "header_told", actor, now)


def forget(session: Session, header: str, *, actor: Actor, now: datetime) -> None:
    """Forget what was said of a header: the next import asks again. Raises NotFound."""
    named = (each for each in known_headers(session) if normal(each.header) == normal(header))
    kept = next(named, None)
    if kept is None:
        raise NotFound(
            what=say(N_("header")),
            given=header,
            mend=N_("See which are known: donflow roster headers"),
        )
    _note(session, kept, "header_forgotten", actor, now)
    session.delete(kept)


def _note(session: Session, header: KnownHeader, action: str, actor: Actor, now: datetime) -> None:
    detail = {"column": header.column}
    record(session, Subject("header", header.id), action, actor=actor, now=now, detail=detail)
