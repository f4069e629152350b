"""Letters that a person hands over: left out by a person's word, and where a parcel travels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.outbox.acts import get_letter, happen, subject_of
from donflow.outbox.models import IS_WAITING, WAITING, Letter, LetterState, Way
from donflow.outbox.states import Event
from donflow.store.journal import record

TRACKED: Final = "letter_tracked"
"""What the journal says when a letter's tracking number is noted; it does not hold the number."""


class Skip(StrEnum):
    """Why a person leaves a letter out. Codes, since reasons in one's own words name people."""

    SPOKEN = "spoken_to"
    UNFIT = "not_now"
    UNKNOWN = "not_found"
    WISHED = "not_wished"
    OTHER = "left_out"


class WaitsNoMore(DonflowError):
    code = "waits_no_more"
    message = N_("Letter {letter} waits no more; it cannot be left out.")
    remedy = N_("See where it stands: donflow greeting queue")
    http_status = 409


class NotATrackingNumber(DonflowError):
    code = "not_a_tracking_number"
    message = N_("“{given}” is no tracking number: 6 to 32 letters and figures.")


class NotOnPaper(DonflowError):
    code = "not_on_paper"
    message = N_("Letter {letter} does not go on paper; it has no tracking number.")
    remedy = N_("See what does: donflow greeting queue")
    http_status = 409


@dataclass(frozen=True)
class Waiting:
    """How many letters of an occasion wait for a person's hand, and until which day they may go."""

    occasion: str
    on: date
    count: int
    last: date


def waiting_by_hand(session: Session, way: Way) -> list[Waiting]:
    """What waits to be handed over this way, each occasion's day apart, what ends first first."""
    query = (
        select(Letter.occasion, Letter.on_day, func.count(), func.min(Letter.expires_on))
        .where(Letter.state == LetterState.READY, Letter.channel == way, IS_WAITING)
        .group_by(Letter.occasion, Letter.on_day)
        .order_by(func.min(Letter.expires_on), Letter.on_day, Letter.occasion)
    )
    return [Waiting(*row) for row in session.execute(query)]


def skip(session: Session, number: int, *, why: Skip, actor: Actor, now: datetime) -> Letter:
    """Leave out a letter that waits: it ends as not sent, for the person's reason.

    Raises NotFound, WaitsNoMore.
    """
    letter = get_letter(session, number)
    if letter.state not in WAITING:
        raise WaitsNoMore(letter=number)
    letter.settled_by = actor.user_id
    happen(session, letter, Event.SUPPRESS, reason=why, actor=actor, now=now, detail={"by": "hand"})
    return letter


def note_tracking(
    session: Session, number: int, given: str, *, actor: Actor, now: datetime
) -> Letter:
    """Write down under which number a letter on paper travels; also once it was sent.

    Raises NotFound, NotOnPaper, NotATrackingNumber.
    """
    letter = get_letter(session, number)
    if letter.channel != Way.PAPER or letter.state != LetterState.SENT:
        raise NotOnPaper(letter=number)
    tracking = tracking_number(given)
    if letter.tracking_number != tracking:
        letter.tracking_number = tracking
        detail = {"letter": letter.id}
        record(session, subject_of(letter), TRACKED, actor=actor, now=now, detail=detail)
    return letter


def tracking_number(given: str) -> str:
    """As it is kept: without blanks, in capitals. Raises NotATrackingNumber."""
    text = re.sub(r"\s+", "", given).upper()
    if not re.fullmatch(r"[0-9A-Z-]{6,32}", text):
        raise NotATrackingNumber(given=given[:40])
    return text
