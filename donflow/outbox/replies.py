"""From the answer to one attempt to the state of the letter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.outbox.acts import change, happen
from donflow.outbox.claiming import next_attempt
from donflow.outbox.models import Letter, LetterState
from donflow.outbox.states import Event
from donflow.post.reply import Outcome
from donflow.store.session import Store, unit_of_work

EVENTS: Mapping[Outcome, Event] = MappingProxyType(
    {
        Outcome.NOT_BEGUN: Event.WAIT,
        Outcome.LATER: Event.WAIT,
        Outcome.BODY_NOT_TAKEN: Event.WAIT,
        Outcome.REFUSED: Event.REFUSE,
        Outcome.ACCEPTED: Event.ACCEPT,
        Outcome.IN_DOUBT: Event.DOUBT,
    }
)
"""What an attempt means for the letter; NOT_OWNER means nothing: somebody else decided."""

OWN = (
    LetterState.CLAIMED,
    LetterState.HANDING_OFF,
    LetterState.IN_DOUBT,
    LetterState.HELD,
)
"""Where a worker may still find its own letter; the last two only by a clear answer."""

SAYS_NOTHING = (
    (LetterState.IN_DOUBT, Event.DOUBT),
    (LetterState.HELD, Event.WAIT),
)
"""What changes nothing; a letter that is held is let go by a person alone."""


def commit_outcome(
    store: Store,
    number: int,
    token: str,
    outcome: Outcome,
    code: int | None,
    *,
    actor: Actor | None,
    now: datetime,
) -> LetterState | None:
    """Write down what an attempt came to; None if the letter is no longer this worker's.

    A slow worker may still turn its own doubt into what it knows: that is evidence.
    """
    done = commit_outcomes(store, [number], token, outcome, code, actor=actor, now=now)
    return done.get(number)


def commit_outcomes(
    store: Store,
    numbers: Collection[int],
    token: str,
    outcome: Outcome,
    code: int | None,
    *,
    actor: Actor | None,
    now: datetime,
) -> dict[int, LetterState]:
    """As `commit_outcome`, of several that came to the same; the states of those still its own."""
    event = EVENTS[outcome]
    with unit_of_work(store) as session:
        query = select(Letter).where(
            Letter.id.in_(numbers), Letter.token == token, Letter.state.in_(OWN)
        )
        letters = session.scalars(query.order_by(Letter.id).with_for_update()).all()
        return {
            letter.id: _commit(session, letter, event, outcome, code, actor, now)
            for letter in letters
            if (letter.state, event) not in SAYS_NOTHING
        }


def _commit(
    session: Session,
    letter: Letter,
    event: Event,
    outcome: Outcome,
    code: int | None,
    actor: Actor | None,
    now: datetime,
) -> LetterState:
    if event is Event.WAIT and letter.state != LetterState.IN_DOUBT:
        columns: dict[str, object] = {
            "reason": outcome.value,
            "reply_code": code,
            "due_at": next_attempt(letter.attempts, now),
            "leased_until": None,
        }
        states = [LetterState(letter.state)]
        change(session, event, [letter.id], states=states, token=letter.token, columns=columns)
        return LetterState.RETRY_WAIT
    if event is Event.WAIT:
        letter.due_at = next_attempt(letter.attempts, now)
    reason = None if event is Event.ACCEPT else outcome
    happen(session, letter, event, reason=reason, code=code, actor=actor, now=now)
    return LetterState(letter.state)
