"""Letters held back after a restore or a copy, and how a person lets them go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.outbox import handoff
from donflow.outbox.acts import happen
from donflow.outbox.evidence import apply, event_of
from donflow.outbox.hands import LATE
from donflow.outbox.keys import message_id_of
from donflow.outbox.models import IS_OPEN, Letter, LetterState
from donflow.outbox.readying import due_letters
from donflow.outbox.recovering import NO_ANSWER
from donflow.outbox.states import Event
from donflow.store.session import Store, reading, unit_of_work

OLDER: Final = "older_than_log"
"""The hand-off journal tells of letters that the database does not know: it was put back."""

COPY: Final = "copy"
"""This became the office after another, which may have handed the letters over."""


AT_ONCE: Final = 500
LAST_PLACE_ON_EARTH: Final = timedelta(hours=12)
"""Where a day ends last, it does so so long after it does in UTC."""


def is_older_than_log(
    session: Session, home: Path, lately: Sequence[handoff.Handed] | None = None
) -> bool:
    """Whether the hand-off journal ends with something that this database has never known.

    A claim is counted before its line is written, so a line of a higher number, or of a letter
    that was never written, is from a database that is no longer here. What a person has
    acknowledged counts no more. `lately` was read before the session began: what others write
    meanwhile, its view of the database cannot know.
    """
    if lately is None:
        lately = handoff.lately_begun(home)
    if not lately:
        return False
    ids = {handed.message_id for handed in lately}
    query = select(Letter.message_id, Letter.attempts).where(Letter.message_id.in_(ids))
    known: dict[str | None, int] = {row.message_id: row.attempts for row in session.execute(query)}
    return any(handed.attempt > known.get(handed.message_id, -1) for handed in lately)


def hold_all(
    store: Store, reason: str, *, before: datetime, actor: Actor | None, now: datetime
) -> tuple[list[int], bool]:
    """Hold all unsent letters that were due by then, some hundreds in each unit.

    Their numbers, and whether none is left: others may just be looking at some.
    """
    held: list[int] = []
    while True:
        with unit_of_work(store) as session:
            some = hold_due(session, reason, before=before, actor=actor, now=now)
        if not some:
            break
        held += some
    with reading(store) as session:
        left = [session.scalar(select(Letter.id).where(each).limit(1)) for each in _unsent(before)]
    return held, not any(left)


def hold_due(
    session: Session,
    reason: str,
    *,
    before: datetime,
    at_most: int = AT_ONCE,
    actor: Actor | None,
    now: datetime,
) -> list[int]:
    """Hold unsent letters that were due by then, some hundreds at once; their numbers.

    Also those that this database says a worker has: whoever that is works on another. Only that a
    hand-over had begun is kept of it, by the token, for then nobody can know without a journal.
    """
    letters: list[Letter] = []
    for wanted in _unsent(before):
        query = select(Letter).where(wanted).order_by(Letter.due_at, Letter.id)
        query = query.limit(at_most - len(letters)).with_for_update(skip_locked=True)
        letters += session.scalars(query)
    for letter in letters:
        if letter.state != LetterState.HANDING_OFF:
            letter.token = None
        happen(session, letter, Event.HOLD, reason=reason, actor=actor, now=now)
    return [letter.id for letter in letters]


def _unsent(before: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What waits, and what is in somebody's hands; each by its own index."""
    in_hands = Letter.state.in_([LetterState.CLAIMED, LetterState.HANDING_OFF])
    return due_letters(before), and_(IS_OPEN, in_hands, Letter.due_at <= before)


@dataclass
class Released:
    """The numbers of letters by what became of them: `sent`, `in_doubt`, `refused`, `expired`,
    `retry_wait` (let go)."""

    by_state: dict[str, list[int]] = field(default_factory=dict)

    def note(self, letter: Letter) -> None:
        self.by_state.setdefault(letter.state, []).append(letter.id)


def held_letters(session: Session, *, batch: int | None = None) -> Sequence[Letter]:
    """What is held, of one batch if it is named."""
    wanted: ColumnElement[bool] = Letter.state == LetterState.HELD
    if batch is not None:
        wanted &= Letter.batch_id == batch
    return session.scalars(select(Letter).where(wanted, IS_OPEN).order_by(Letter.id)).all()


def count_held(session: Session) -> int:
    query = select(func.count()).where(Letter.state == LetterState.HELD, IS_OPEN)
    return session.scalar(query) or 0


def release(
    session: Session,
    known: handoff.Handoffs,
    *,
    domain: str,
    batch: int | None = None,
    actor: Actor,
    now: datetime,
) -> Released:
    """Let held letters go, but for those of which a hand-off journal proves more.

    What was accepted is sent, what has no answer is in doubt, and so is what was being handed over
    when no journal tells what came of it. What is past its last day everywhere expires; the rest
    falls due now, and is judged again. `known` may be read from several journals.
    """
    over = (now - LAST_PLACE_ON_EARTH).astimezone(UTC).date()
    done = Released()
    for letter in held_letters(session, batch=batch):
        message_id = message_id_of(letter, domain)
        handed = known.last_of(message_id)
        if handed is not None and event_of(handed) is not Event.WAIT:
            apply(session, letter, message_id, handed, actor=actor, now=now)
        elif letter.token is not None and (handed is None or handed.attempt < letter.attempts):
            happen(session, letter, Event.DOUBT, reason=NO_ANSWER, actor=actor, now=now)
        elif letter.expires_on < over:
            happen(session, letter, Event.EXPIRE, reason=LATE, actor=actor, now=now)
        else:
            if handed is not None:
                letter.attempts = max(letter.attempts, handed.attempt)
            letter.due_at = now
            happen(session, letter, Event.RELEASE, actor=actor, now=now)
        done.note(letter)
    return done
