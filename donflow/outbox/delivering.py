"""One run of delivery: claim, write, fence, hand over, and write down what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from donflow.domain.actor import Actor
from donflow.outbox import handoff
from donflow.outbox.acts import get_letter
from donflow.outbox.claiming import LEASE, claim, give_back
from donflow.outbox.evidence import apply
from donflow.outbox.fencing import Fence
from donflow.outbox.freezing import frozen_letter
from donflow.outbox.handoff_index import handoffs_of
from donflow.outbox.hands import Hands
from donflow.outbox.keys import message_id_of
from donflow.outbox.models import Letter, LetterState, Way
from donflow.outbox.replies import commit_outcome
from donflow.outbox.workers import at_work, forget
from donflow.post.reply import Frozen, Outcome, Reply
from donflow.store.outcome import Stopped, StoppedMeanwhile
from donflow.store.session import Store, reading, unit_of_work

LOG = logging.getLogger("donflow")
PATIENCE = 3
"""After so many letters in a row that were not even begun, the way is closed for this run."""
WORK = LEASE - timedelta(minutes=2)
"""How long a worker works on what it claimed at once."""


@dataclass
class Delivered:
    """The numbers of the letters by what this run came to."""

    by_outcome: dict[str, list[int]] = field(default_factory=dict)

    def note(self, outcome: str, number: int) -> None:
        self.by_outcome.setdefault(outcome, []).append(number)

    def of(self, outcome: str) -> list[int]:
        return self.by_outcome.get(outcome, [])


FAILED, PROVEN = "failed", "proven"
"""Beside the outcomes: donflow itself failed; the hand-off journal knew the letter already."""


def deliver_due(
    store: Store,
    home: Path,
    *,
    hands: Hands,
    clock: Callable[[], datetime],
    actor: Actor | None = None,
) -> Delivered:
    """Hand over every letter that is ready and leaves without a person.

    Safe to run many times at once. Each letter that fails is kept apart, logged by its number and
    tried again later; only a stop by the person at the keys ends the run, and leaves what it was
    at to the next recovery.
    """
    done = Delivered()
    closed: set[Way] = set()
    with at_work(home) as token:
        run = _Run(store, home, token, hands, clock, actor, done)
        while ids := claim(store, token, ways=set(hands.ways) - closed, now=clock()):
            handoff.begin_file(home)
            closed |= run.deliver(ids)
        if not done.of(FAILED):
            forget(home, token)
    return done


@dataclass
class _Run:
    store: Store
    home: Path
    token: str
    hands: Hands
    clock: Callable[[], datetime]
    actor: Actor | None
    done: Delivered
    known: handoff.Handoffs = field(default_factory=handoff.Handoffs)
    """What the hand-off journal says of the letters at hand."""
    missed: dict[Way, int] = field(default_factory=dict)

    def deliver(self, ids: list[int]) -> set[Way]:
        """Each in its turn; the ways that turned out closed."""
        self.known = handoffs_of(self.home, self._message_ids(ids))
        until, closed = self.clock() + WORK, set[Way]()
        left = list(ids)
        while left:
            number = left[0]
            way = self._way(number)
            if way in closed or self.clock() >= until:
                give_back(self.store, [left.pop(0)], self.token)
                continue
            outcome = self._one(number, way)
            left.pop(0)
            self.done.note(outcome, number)
            self.missed[way] = self.missed.get(way, 0) + 1 if outcome == Outcome.NOT_BEGUN else 0
            if self.missed[way] >= PATIENCE:
                closed.add(way)
        return closed

    def _message_ids(self, ids: list[int]) -> list[str]:
        with reading(self.store) as session:
            letters = session.scalars(select(Letter).where(Letter.id.in_(ids)))
            return [message_id_of(letter, self.hands.domain) for letter in letters]

    def _way(self, number: int) -> Way:
        with reading(self.store) as session:
            return Way(session.get_one(Letter, number).channel or Way.FOLDER)

    def _one(self, number: int, way: Way) -> str:
        try:
            return self._attempt(number, way)
        except (Stopped, StoppedMeanwhile):
            raise
        except Exception as failure:  # whatever it is, the other letters have their turn
            LOG.error("letter=%d failure=%s", number, type(failure).__name__)
            return FAILED

    def _attempt(self, number: int, way: Way) -> str:
        if self._is_proven(number):
            return PROVEN
        try:
            frozen = frozen_letter(self.store, number, self.token, self.hands)
        except (Stopped, StoppedMeanwhile):
            raise
        except Exception as failure:
            LOG.error("letter=%d not_written=%s", number, type(failure).__name__)
            self._commit(number, Outcome.NOT_BEGUN, None)
            return "not_written"
        if frozen is None:
            return Outcome.NOT_OWNER
        fence = Fence(
            self.store, self.home, number, self.token, frozen.message_id, self.hands, self.actor
        )
        reply, attempt = self._hand_over(number, way, frozen, fence)
        return self._settle(number, frozen.message_id, reply, attempt)

    def _hand_over(
        self, number: int, way: Way, frozen: Frozen, fence: Fence
    ) -> tuple[Reply, int | None]:
        """The answer, and the number of the attempt if the fence was passed.

        A fence that fails says no: there is no body, so the letter goes another time.
        """
        attempt, failed = None, False

        def before_body() -> bool:
            nonlocal attempt, failed
            try:
                attempt = fence.passed(self.clock())
            except (Stopped, StoppedMeanwhile):
                raise
            except Exception as failure:
                LOG.error("letter=%d fence=%s", number, type(failure).__name__)
                failed = True
            return attempt is not None

        try:
            reply = self.hands.hand_over(way, frozen, before_body)
        except (Stopped, StoppedMeanwhile):
            raise
        except Exception as failure:
            LOG.error("letter=%d hand_over=%s", number, type(failure).__name__)
            reply = Reply(Outcome.NOT_BEGUN if attempt is None else Outcome.IN_DOUBT)
        return (Reply(Outcome.NOT_BEGUN) if failed else reply), attempt

    def _settle(self, number: int, message_id: str, reply: Reply, attempt: int | None) -> str:
        if reply.outcome is Outcome.NOT_OWNER:
            return reply.outcome
        if attempt is not None and reply.outcome is not Outcome.IN_DOUBT:
            try:
                handoff.answered(
                    self.home, message_id, self.token, attempt, reply.outcome, reply.code
                )
            except OSError as fault:  # the database may still take it
                LOG.error("letter=%d journal=%s", number, type(fault).__name__)
        self._commit(number, reply.outcome, reply.code)
        LOG.info("letter=%d outcome=%s code=%s", number, reply.outcome, reply.code)
        return reply.outcome

    def _commit(self, number: int, outcome: Outcome, code: int | None) -> None:
        commit_outcome(
            self.store,
            number,
            self.token,
            outcome,
            code,
            actor=self.actor,
            now=self.clock(),
        )

    def _is_proven(self, number: int) -> bool:
        """Whether the hand-off journal knows of this letter what the database does not."""
        with reading(self.store) as session:
            letter = session.get_one(Letter, number)
            message_id = message_id_of(letter, self.hands.domain)
            last = self.known.later_than(message_id, letter.attempts - 1)
        if last is None:
            return False
        LOG.warning("letter=%d proven=%s", number, last.outcome)
        with unit_of_work(self.store) as session:
            letter = get_letter(session, number)
            if letter.token == self.token and letter.state == LetterState.CLAIMED:
                apply(session, letter, message_id, last, actor=self.actor, now=self.clock())
        return True
