"""The fence: the last moment at which a letter can be stopped, the only one at which it goes."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.outbox import handoff
from donflow.outbox.acts import change, happen
from donflow.outbox.claiming import HANDING_OFF_LEASE
from donflow.outbox.hands import LATE, Hands, Verdict
from donflow.outbox.models import Letter, LetterState
from donflow.outbox.states import Event
from donflow.post.reply import Outcome
from donflow.store.session import Store, unit_of_work

LOG = logging.getLogger("donflow")


@dataclass(frozen=True)
class Fence:
    """One letter of one worker before its fence."""

    store: Store
    home: Path
    number: int
    token: str
    message_id: str
    hands: Hands
    actor: Actor | None

    def passed(self, now: datetime) -> int | None:
        """The number of the attempt if the body may be sent, now and by this worker alone.

        That is when the letter was judged once more, the database has it in the hands of this
        worker, and the hand-off journal has its line on disk. Whatever this raises, no body may
        follow, and the letter surely did not leave.
        """
        attempt = self._taken(now)
        if attempt is not None:
            try:
                handoff.begun(self.home, self.message_id, self.token, attempt, now)
            except OSError:
                self._take_back(attempt)
                raise
        return attempt

    def _take_back(self, attempt: int) -> None:
        """The line may be on disk although writing it failed: it is answered, if that is possible.

        If it is not, a line that stands there whole makes the letter doubtful, never ready.
        """
        with suppress(OSError):
            outcome = Outcome.BODY_NOT_TAKEN
            handoff.answered(self.home, self.message_id, self.token, attempt, outcome, None)

    def _taken(self, now: datetime) -> int | None:
        """The number of the attempt, committed as begun; None where it must not begin."""
        with unit_of_work(self.store) as session:
            letter = self._mine(session)
            if letter is None:
                return None
            verdict = self.hands.judge(session, [letter])[letter.id]
            if not self._may_go(session, letter, verdict, now):
                return None
            passed = change(
                session,
                Event.FENCE,
                [self.number],
                states=[LetterState.CLAIMED],
                token=self.token,
                columns={"leased_until": now + HANDING_OFF_LEASE},
            )
            return letter.attempts if passed == 1 else None

    def _mine(self, session: Session) -> Letter | None:
        query = select(Letter).where(
            Letter.id == self.number,
            Letter.state == LetterState.CLAIMED,
            Letter.token == self.token,
        )
        return session.scalars(query.with_for_update()).one_or_none()

    def _may_go(self, session: Session, letter: Letter, verdict: Verdict, now: datetime) -> bool:
        if verdict.reason is not None:
            stop(session, letter, verdict.reason, actor=self.actor, now=now)
            return False
        if verdict.waits_for is not None:
            change(
                session,
                Event.WAIT,
                [letter.id],
                states=[LetterState.CLAIMED],
                token=self.token,
                columns={"leased_until": None, "due_at": verdict.again_at or letter.due_at},
            )
            return False
        if verdict.channel is not None and verdict.channel != letter.channel:
            LOG.info("letter=%d channel=%s", letter.id, verdict.channel)
            change(
                session,
                Event.ANOTHER_WAY,
                [letter.id],
                states=[LetterState.CLAIMED],
                token=self.token,
                columns={
                    "channel": verdict.channel.value,
                    "body": None,
                    "body_digest": None,
                    "leased_until": None,
                },
            )
            return False
        return True


def stop(
    session: Session, letter: Letter, reason: str, *, actor: Actor | None, now: datetime
) -> None:
    """End a letter that may not go: too late, or for the reason told."""
    event = Event.EXPIRE if reason == LATE else Event.SUPPRESS
    happen(session, letter, event, reason=reason, actor=actor, now=now)
