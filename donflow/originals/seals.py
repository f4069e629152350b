"""The seal register: every use of the foundation's seal has its own number in the year."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.originals.copies import NoCopies, copies_of
from donflow.originals.models import SealCounter, SealUse
from donflow.store.columns import recorded
from donflow.store.counting import next_number
from donflow.store.journal import record


def seal_copies(
    session: Session,
    gift: Gift,
    *,
    seal: str,
    no_blanks: bool,
    text_compared: bool,
    on: date,
    actor: Actor,
    now: datetime,
) -> SealUse:
    """Write the sealing of all copies into the register, with what the keeper had checked."""
    copies = copies_of(session, gift.id)
    if not copies:
        raise NoCopies(number=gift.number)
    use = use_seal(
        session,
        gift,
        seal=seal,
        purpose="agreement",
        copies=len(copies),
        no_blanks=no_blanks,
        text_compared=text_compared,
        on=on,
        actor=actor,
        now=now,
    )
    for copy in copies:
        copy.sealed_on, copy.seal_use_id = on, use.id
    return use


def use_seal(
    session: Session,
    gift: Gift,
    *,
    seal: str,
    purpose: str,
    copies: int,
    no_blanks: bool,
    text_compared: bool,
    on: date,
    actor: Actor,
    now: datetime,
) -> SealUse:
    """Write one line of the register."""
    use = SealUse(
        gift_id=gift.id,
        year=on.year,
        no=next_number(session, SealCounter, on.year),
        seal=seal,
        purpose=purpose,
        copies=copies,
        no_blanks=no_blanks,
        text_compared=text_compared,
        on=on,
        **recorded(actor, now),
    )
    session.add(use)
    session.flush()
    touch(gift, now)
    detail = {"register": f"{use.year}-{use.no}", "purpose": purpose, "copies": copies}
    record(session, gift.subject, "seal_used", actor=actor, now=now, detail=detail)
    return use
