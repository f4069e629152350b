"""Erasing a person at the end: what must be kept is restricted, all else is gone (PIPL 47)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.roster.consent import forget_evidence
from donflow.roster.erasure import erase
from donflow.roster.models import Constituent, Status
from donflow.roster.people import get_constituent
from donflow.vault.discarding import discard_unnamed


def duties_to_keep(session: Session, constituent: Constituent) -> tuple[Sentence, ...]:
    """Why the data must stay: each gift of theirs, with its agreement, receipts and accounts.

    慈善法 38 and the rules on accounts and archives; PIPL 47 then asks for restriction instead.
    """
    query = select(Gift).where(Gift.donor_id == constituent.id).order_by(Gift.id)
    return tuple(say(N_("gift {number}"), number=gift.number) for gift in session.scalars(query))


def erase_person(
    session: Session, office: Office, number: int, *, actor: Actor, now: datetime
) -> tuple[Status, tuple[Sentence, ...]]:
    """Erase the person, or restrict it; says which, and the duties that keep the data.

    With an erased person go the key, the contact points, identifiers, relations and looks, and
    the papers that prove consents, unless they prove something else as well. Raises NotFound.
    """
    constituent = get_constituent(session, number)
    duties = duties_to_keep(session, constituent)
    keys = office.keys
    status = erase(session, keys, constituent, kept_because=duties, actor=actor, now=now)
    if status is Status.ERASED:
        discard_unnamed(session, office.vault, forget_evidence(session, constituent))
    return status, duties
