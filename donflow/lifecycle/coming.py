"""What the next days bring to a person's hands: planned, and not to be handed over by a machine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from donflow.greetings.audiences import heads
from donflow.greetings.planning import occasions_of
from donflow.greetings.weighing import weigh
from donflow.lifecycle.by_hand import PAPER_AHEAD
from donflow.lifecycle.office import Office
from donflow.outbox.models import IS_WAITING, Addressee, Letter, LetterState, Way
from donflow.roster.models import ContactKind, ContactPoint

AHEAD: Final = {Way.WECHAT: timedelta(days=3), Way.PAPER: PAPER_AHEAD}
REACHED_BY: Final = {
    Way.WECHAT: (ContactKind.WECHAT, ContactKind.PHONE),
    Way.PAPER: (ContactKind.ADDRESS,),
}
MOST: Final = 500
"""So many letters are looked at: the first screen must be brief."""


@dataclass(frozen=True)
class Coming:
    """How many letters come to be handed over this way, and for what the first is.

    `more`: there are others, at which nobody looked.
    """

    count: int
    occasion: str
    on: date
    more: bool


def coming_by_hand(session: Session, office: Office, way: Way, *, now: datetime) -> Coming | None:
    """What is planned for the next days and will, as things stand, be handed over by a person."""
    last = office.today(now) + AHEAD[way]
    merged = heads()
    reachable = (
        select(func.coalesce(merged.c.head, ContactPoint.constituent_id))
        .select_from(ContactPoint)
        .join(merged, merged.c.number == ContactPoint.constituent_id, isouter=True)
        .where(ContactPoint.kind.in_(REACHED_BY[way]))
    )
    query = (
        select(Letter)
        .where(IS_WAITING, Letter.state == LetterState.PLANNED, Letter.on_day <= last)
        .where(Letter.addressee_kind != Addressee.USER)
        .where(or_(Letter.channel == way, Letter.addressee_id.in_(reachable)))
        .order_by(Letter.on_day, Letter.id)
        .limit(MOST + 1)
    )
    letters = list(session.scalars(query))
    by_moment: dict[datetime, list[Letter]] = defaultdict(list)
    for letter in letters[:MOST]:
        by_moment[max(now, letter.due_at)].append(letter)
    going: list[Letter] = []
    for moment, some in by_moment.items():
        verdicts = weigh(session, office, some, occasions_of(office), moment)
        going += [letter for letter in some if verdicts[letter.id].channel is way]
    if not going:
        return None
    first = min(going, key=lambda letter: (letter.on_day, letter.id))
    return Coming(len(going), first.occasion, first.on_day, len(letters) > MOST)
