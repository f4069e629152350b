"""Acts on a letter that the journal knows: its end, a hold, a doubt, what a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, NotFound, say
from donflow.outbox.models import ENDS, Addressee, Letter, LetterState
from donflow.outbox.states import Event, after
from donflow.store.journal import Subject, record

SUBJECTS: Mapping[str, str] = {
    Addressee.CONSTITUENT: "person",
    Addressee.GROUP: "group",
    Addressee.USER: "user",
}


def subject_of(letter: Letter) -> Subject:
    """In whose chain the journal tells of the letter."""
    return Subject(SUBJECTS[letter.addressee_kind], letter.addressee_id)


def happen(
    session: Session,
    letter: Letter,
    event: Event,
    *,
    reason: str | None = None,
    code: int | None = None,
    actor: Actor | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Move the letter and tell the journal: codes and ids only. Raises NotPossible."""
    letter.state = after(letter.state, event)
    letter.reason = reason
    letter.reply_code = code
    letter.leased_until = None
    if letter.state in ENDS:
        letter.ended_at = now
    said: dict[str, object | None] = {
        "letter": letter.id,
        "occasion": letter.occasion,
        "on": letter.on_day.isoformat(),
        "about": letter.about,
        "n": letter.n,
        "channel": letter.channel,
        "reason": reason,
        "code": code,
        "body": letter.body_digest,
    }
    action = f"letter_{event if event is Event.RELEASE else letter.state}"
    record(
        session,
        subject_of(letter),
        action,
        actor=actor,
        now=now,
        detail={name: value for name, value in said.items() if value is not None}
        | dict(detail or {}),
    )


def change(
    session: Session,
    event: Event,
    ids: Iterable[int],
    *,
    states: Iterable[LetterState],
    token: str | None = None,
    columns: Mapping[str, object] | None = None,
) -> int:
    """Move letters unseen by the journal, each only if it still stands as told; how many were.

    A compare-and-swap: where a token is told, only letters of that worker.
    """
    moved = 0
    table = Letter.__table__
    wanted = list(ids)
    for state in states:
        statement = update(Letter).where(Letter.id.in_(wanted), Letter.state == state)
        if token is not None:
            statement = statement.where(Letter.token == token)
        values = {table.c[name]: value for name, value in (columns or {}).items()}
        statement = statement.values({**values, table.c.state: after(state, event).value})
        done: CursorResult[object] = session.connection().execute(statement)
        moved += done.rowcount
    return moved


def get_letter(session: Session, number: int) -> Letter:
    """A letter by its number, locked. Raises NotFound."""
    query = select(Letter).where(Letter.id == number).with_for_update()
    letter = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if letter is None:
        raise NotFound(
            what=say(N_("letter")), given=number, mend=N_("See what waits: donflow greeting queue")
        )
    return letter
