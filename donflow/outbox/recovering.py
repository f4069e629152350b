"""At the start of a run: what dead or paused workers left open is settled by what is proven."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from donflow.domain.actor import Actor
from donflow.outbox import handoff
from donflow.outbox.acts import change, get_letter, happen
from donflow.outbox.evidence import apply
from donflow.outbox.handoff_index import handoffs_of
from donflow.outbox.models import IS_OPEN, Letter, LetterState
from donflow.outbox.states import Event
from donflow.outbox.workers import forget, proven_dead, tokens
from donflow.store.session import Store, reading, unit_of_work

LOG = logging.getLogger("donflow")
OPEN = (LetterState.CLAIMED, LetterState.HANDING_OFF, LetterState.IN_DOUBT)
NO_ANSWER = "no_answer"
"""Why a letter is in doubt: its worker died or stood still between hand-off and answer."""


@dataclass(frozen=True)
class Left:
    """A letter as its worker left it."""

    number: int
    state: LetterState
    token: str
    message_id: str | None
    attempt: int
    leased_until: datetime | None


@dataclass
class Recovered:
    """The numbers of letters by what was found: `given_back`, or an event that was proven."""

    found: dict[str, list[int]] = field(default_factory=dict)

    def note(self, event: Event, number: int) -> None:
        LOG.warning("letter=%d recovered=%s", number, event)
        self.found.setdefault(event.value, []).append(number)


def recover(store: Store, home: Path, *, now: datetime, actor: Actor | None) -> Recovered:
    """Settle what other workers left open.

    Of a worker that is proven dead the hand-off journal tells: no line, so nothing left; an
    answer, so it counts; a beginning alone, so nobody knows. Of one that may live a claim ends
    with its lease, and a hand-off that is too old is in doubt, never ready again.
    """
    done = Recovered()
    by_token: dict[str, list[Left]] = defaultdict(list)
    for left in _left(store):
        by_token[left.token].append(left)
    for token in sorted(by_token.keys() | set(tokens(home))):
        with proven_dead(home, token) as dead:
            if dead:
                # Asked anew: nobody else changes them from here on.
                _of_dead(
                    store,
                    home,
                    [each for each in _left(store) if each.token == token],
                    done,
                    now=now,
                    actor=actor,
                )
                forget(home, token)
            else:
                _of_slow(store, by_token[token], done, now=now, actor=actor)
    return done


def _left(store: Store) -> list[Left]:
    query = select(
        Letter.id,
        Letter.state,
        Letter.token,
        Letter.message_id,
        Letter.attempts,
        Letter.leased_until,
    ).where(
        Letter.state.in_(OPEN),
        IS_OPEN,
        Letter.token.is_not(None),
    )
    with reading(store) as session:
        return [
            Left(
                row.id,
                LetterState(row.state),
                row.token,
                row.message_id,
                row.attempts,
                row.leased_until,
            )
            for row in session.execute(query)
        ]


def _of_dead(
    store: Store,
    home: Path,
    letters: list[Left],
    done: Recovered,
    *,
    now: datetime,
    actor: Actor | None,
) -> None:
    known = handoffs_of(home, [each.message_id for each in letters if each.message_id])
    has_journal = (home / handoff.FILE).exists()
    for left in letters:
        handed = known.of(left.message_id, left.token, left.attempt) if left.message_id else None
        if left.state is LetterState.CLAIMED or (handed is None and has_journal):
            _give_back(store, left, done, now=now, actor=actor)
        elif handed is None:
            _doubt(store, left, done, now=now, actor=actor)
        else:
            with unit_of_work(store) as session:
                letter = get_letter(session, left.number)
                if letter.state == left.state and letter.token == left.token:
                    assert left.message_id is not None
                    event = apply(session, letter, left.message_id, handed, actor=actor, now=now)
                    done.note(event, left.number)


def _of_slow(
    store: Store, letters: list[Left], done: Recovered, *, now: datetime, actor: Actor | None
) -> None:
    for left in letters:
        if left.leased_until is not None and left.leased_until > now:
            continue
        if left.state is LetterState.CLAIMED:
            _give_back(store, left, done, now=now, actor=actor)
        elif left.state is LetterState.HANDING_OFF:
            _doubt(store, left, done, now=now, actor=actor)


def _give_back(
    store: Store, left: Left, done: Recovered, *, now: datetime, actor: Actor | None
) -> None:
    with unit_of_work(store) as session:
        if left.state is LetterState.IN_DOUBT:
            letter = get_letter(session, left.number)
            if letter.state != left.state or letter.token != left.token:
                return
            happen(session, letter, Event.WAIT, reason=None, actor=actor, now=now)
            done.note(Event.WAIT, left.number)
            return
        if change(
            session,
            Event.GIVE_BACK,
            [left.number],
            states=[left.state],
            token=left.token,
            columns={"leased_until": None},
        ):
            done.note(Event.GIVE_BACK, left.number)


def _doubt(
    store: Store, left: Left, done: Recovered, *, now: datetime, actor: Actor | None
) -> None:
    with unit_of_work(store) as session:
        letter = get_letter(session, left.number)
        if letter.state == left.state == LetterState.HANDING_OFF and letter.token == left.token:
            happen(session, letter, Event.DOUBT, reason=NO_ANSWER, actor=actor, now=now)
            done.note(Event.DOUBT, left.number)
