"""What greetings know of a person, and what becomes of it when the person is erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.greetings.models import Condolence, GreetingWish, MourningDay
from donflow.greetings.reasons import Reason
from donflow.outbox.acts import happen
from donflow.outbox.models import WAITING, Addressee, Letter
from donflow.outbox.states import Event
from donflow.roster.words import Words

GREETING_WORDS: Words = {MourningDay: (MourningDay.reason,)}
"""Where words stand that may name anybody; each row has a salt."""


def forget_in_greetings(session: Session, number: int, *, actor: Actor, now: datetime) -> None:
    """Erase the wish and the condolences of an erased number, and the words of its letters.

    What still waits is silenced; that a letter went on a day stays, under the bare number. A
    condolence to somebody else stays without naming the erased. Call it in the erasure's own unit
    of work.
    """
    wish = session.get(GreetingWish, number)
    if wish is not None:
        session.delete(wish)
    ours = or_(Condolence.constituent_id == number, Condolence.for_id == number)
    for condolence in session.scalars(select(Condolence).where(ours)):
        if condolence.constituent_id == number:
            session.delete(condolence)
        else:
            condolence.for_id = None
    theirs = (Letter.addressee_kind == Addressee.CONSTITUENT, Letter.addressee_id == number)
    for letter in session.scalars(select(Letter).where(*theirs)):
        letter.body = letter.tracking_number = None
        if letter.state in WAITING:
            reason = Reason.RESTRICTED
            happen(session, letter, Event.SUPPRESS, reason=reason, actor=actor, now=now)
