"""Whether the letters in the database agree with the hand-off journal, for `verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.errors import N_, Sentence, say
from donflow.outbox import handoff
from donflow.outbox.evidence import event_of
from donflow.outbox.keys import message_id_of, told_apart
from donflow.outbox.models import Letter, LetterState
from donflow.outbox.states import Event

CONTRADICTED: Final = N_(
    "Letter {letter} was handed over by the hand-off journal, but waits to go."
)

AT_ONCE: Final = 1000
WAITS: Final = frozenset(
    {LetterState.PLANNED, LetterState.READY, LetterState.CLAIMED, LetterState.RETRY_WAIT}
)


def disagreements(session: Session, home: Path) -> Iterator[Sentence]:
    """Each letter that the hand-off journal proves to have left and that would leave again.

    They are known by their key: a row that was put back has no Message-ID.
    """
    query = select(Letter).where(Letter.state.in_(WAITS)).order_by(Letter.id)
    rows = session.scalars(query.execution_options(yield_per=AT_ONCE))
    waiting = {told_apart(message_id_of(letter, "")): letter.id for letter in rows}
    known = handoff.read_handoffs(home / handoff.FILE, only=waiting)
    for letter, number in waiting.items():
        handed = known.last_of(letter)
        if handed is not None and event_of(handed) is Event.ACCEPT:
            yield say(CONTRADICTED, letter=number)
