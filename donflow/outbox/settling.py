"""What a person decides of a letter: whether it arrived, that it goes again, that it was sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.outbox import handoff
from donflow.outbox.acts import get_letter, happen, subject_of
from donflow.outbox.evidence import MAILBOX_PROVES
from donflow.outbox.hands import Hands
from donflow.outbox.keys import message_id_of
from donflow.outbox.models import ENDS, IS_OPEN, Letter, LetterState, Way
from donflow.outbox.states import Event
from donflow.post.reply import Outcome
from donflow.store.journal import record
from donflow.store.session import once_stored

ORDERED_DAYS: Final = timedelta(days=3)
"""A letter that a person orders anew may go for so many days, whatever its day was."""
BY_HAND: Final = frozenset({Way.WECHAT, Way.PAPER})
BY_A_PERSON: Final = "by_a_person"
"""The token of a hand-off that a person made."""


ORDERED: Final = "letter_ordered"
"""What the journal says of a letter that a person ordered anew, with a code of why."""


class Why(StrEnum):
    """Why somebody orders that a letter goes once more."""

    NOT_ARRIVED = "not_arrived"
    LOST = "lost"
    ADDRESS = "address"
    WORDS = "words"
    ASKED = "asked"


class NotInDoubt(DonflowError):
    code = "not_in_doubt"
    message = N_("Letter {letter} is not in doubt.")
    remedy = N_("See what is: donflow greeting queue")
    http_status = 409


class OnItsWay(DonflowError):
    code = "on_its_way"
    message = N_("Letter {letter} is on its way already; it is not sent twice.")
    remedy = N_("See where it stands: donflow greeting queue")
    http_status = 409


class NotByHand(DonflowError):
    code = "not_by_hand"
    message = N_("Letter {letter} does not wait for a person to hand it over.")
    remedy = N_("See what does: donflow greeting queue")
    http_status = 409


class MayNotGo(DonflowError):
    code = "may_not_go"
    message = N_("Letter {letter} may not go any more.")
    remedy = N_("See where it stands: donflow greeting preview; if it went out already: --went-out")
    http_status = 409


def settle(
    session: Session, number: int, *, arrived: bool, actor: Actor, now: datetime
) -> Letter | None:
    """Decide a doubtful letter; the new one if it did not arrive and goes again.

    "Send again" is an order by a named person: the letter ends as not arrived, and another with
    the next n takes its place. Raises NotFound, NotInDoubt.
    """
    letter = get_letter(session, number)
    if letter.state != LetterState.IN_DOUBT:
        raise NotInDoubt(letter=number)
    letter.settled_by = actor.user_id
    detail = {"settled": "arrived" if arrived else Why.NOT_ARRIVED}
    event = Event.ACCEPT if arrived else Event.REFUSE
    reason = None if arrived else Why.NOT_ARRIVED
    happen(session, letter, event, reason=reason, actor=actor, now=now, detail=detail)
    return None if arrived else again(session, letter, why=Why.NOT_ARRIVED, actor=actor, now=now)


def resend(session: Session, number: int, *, why: Why, actor: Actor, now: datetime) -> Letter:
    """Order that a letter goes once more, whatever became of it; the new one.

    Raises NotFound, and OnItsWay where any letter of the same key has not come to its end.
    """
    letter = get_letter(session, number)
    for each in _same(session, letter):
        if each.state not in ENDS:
            raise OnItsWay(letter=each.id)
    return again(session, letter, why=why, actor=actor, now=now)


def again(session: Session, letter: Letter, *, why: Why, actor: Actor, now: datetime) -> Letter:
    """The same letter with the next n, due now, in no batch: who orders it has approved it."""
    following = Letter(
        occasion=letter.occasion,
        addressee_kind=letter.addressee_kind,
        addressee_id=letter.addressee_id,
        on_day=letter.on_day,
        about=letter.about,
        n=max(each.n for each in _same(session, letter)) + 1,
        rhythm_id=letter.rhythm_id,
        channel=letter.channel,
        state=LetterState.RETRY_WAIT,
        due_at=now,
        expires_on=max(letter.expires_on, _last_day(now)),
        planned_at=now,
        settled_by=actor.user_id,
    )
    session.add(following)
    session.flush()
    detail = {"letter": following.id, "instead_of": letter.id, "n": following.n, "why": why}
    record(session, subject_of(letter), ORDERED, actor=actor, now=now, detail=detail)
    return following


def settle_by_mailbox(
    session: Session, found: Collection[str], *, actor: Actor, now: datetime
) -> list[int]:
    """Doubtful letters whose Message-ID is in an archive mailbox are sent; their numbers."""
    query = select(Letter).where(Letter.state == LetterState.IN_DOUBT, IS_OPEN)
    settled = []
    for letter in session.scalars(query.order_by(Letter.id).with_for_update()):
        if letter.message_id in found:
            detail = {"evidence": MAILBOX_PROVES}
            happen(session, letter, Event.ACCEPT, actor=actor, now=now, detail=detail)
            settled.append(letter.id)
    return settled


def mark_sent(
    session: Session,
    number: int,
    *,
    home: Path,
    hands: Hands,
    went_out: bool = False,
    actor: Actor,
    now: datetime,
) -> Letter:
    """Write down that a person handed over a letter that waited for it (已发).

    Under the same key and judged as any other: raises MayNotGo unless it went out already. The
    hand-off journal gets its lines once all is stored. Raises NotFound, NotByHand.
    """
    letter = get_letter(session, number)
    if letter.state != LetterState.READY or letter.channel not in BY_HAND:
        raise NotByHand(letter=number)
    verdict = hands.judge(session, [letter])[letter.id]
    reason = verdict.reason or verdict.waits_for
    if reason is not None and not went_out:
        raise MayNotGo(letter=number, why=reason)
    letter.attempts += 1
    letter.message_id = message_id = message_id_of(letter, hands.domain)
    letter.token = BY_A_PERSON
    letter.settled_by = actor.user_id
    detail = {"by": "hand"} if reason is None else {"by": "hand", "against": reason}
    happen(session, letter, Event.ACCEPT, actor=actor, now=now, detail=detail)
    attempt = letter.attempts

    def note() -> None:
        handoff.begun(home, message_id, BY_A_PERSON, attempt, now)
        handoff.answered(home, message_id, BY_A_PERSON, attempt, Outcome.ACCEPTED, None)

    once_stored(session, lambda _store: note())
    return letter


def _same(session: Session, letter: Letter) -> list[Letter]:
    """All letters of this key, locked: two orders at once make one new letter."""
    query = select(Letter).where(
        Letter.addressee_id == letter.addressee_id,
        Letter.on_day == letter.on_day,
        Letter.occasion == letter.occasion,
        Letter.addressee_kind == letter.addressee_kind,
        Letter.about == letter.about,
    )
    return list(session.scalars(query.with_for_update()))


def _last_day(now: datetime) -> date:
    return (now + ORDERED_DAYS).date()


def in_doubt(session: Session) -> list[Letter]:
    """What a person must decide, the oldest first."""
    query = select(Letter).where(Letter.state == LetterState.IN_DOUBT, IS_OPEN)
    return list(session.scalars(query.order_by(Letter.due_at, Letter.id)))


def count_in_doubt(session: Session) -> int:
    query = select(func.count()).where(Letter.state == LetterState.IN_DOUBT, IS_OPEN)
    return session.scalar(query) or 0
