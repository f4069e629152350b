"""The one ledger of contacts: what was sent, posted or received, who was called or visited."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Contact, Gift
from donflow.gifts.register import touch
from donflow.roster.models import Constituent
from donflow.roster.people import refuse_unchangeable
from donflow.roster.words import Words
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record


class ContactKind(StrEnum):
    """What happened between the office and somebody."""

    SENT = "sent"
    POSTED = "posted"
    CALLED = "called"
    VISITED = "visited"
    MET = "met"
    RECEIVED = "received"


KINDS = MappingProxyType(
    {
        "visit": ContactKind.VISITED,
        "phone": ContactKind.CALLED,
        "wechat": ContactKind.SENT,
        "mail": ContactKind.SENT,
        "letter": ContactKind.POSTED,
        "event": ContactKind.MET,
        "teacher": ContactKind.MET,
        "other": ContactKind.MET,
    }
)
"""Of which kind a contact by a channel is, where nothing else was told."""

CONTACT_WORDS: Words = {Contact: (Contact.note,)}
"""Where a note may name anybody; each row has a salt."""
LONGEST = 2000


class NoteTooLong(DonflowError):
    code = "note_too_long"
    message = N_("A note has {longest} characters at most.")


class NobodyContacted(DonflowError):
    code = "nobody_contacted"
    message = N_("A contact is with a person or about a gift.")


class GiftOfAnother(DonflowError):
    code = "gift_of_another"
    message = N_("{number} is not a gift of person {person}.")
    remedy = N_("Leave out --gift, or name the donor: donflow gift show {number}")


def add_contact(
    session: Session,
    kind: ContactKind,
    *,
    constituent: Constituent | None,
    gift: Gift | None = None,
    channel: str | None = None,
    on: date,
    note: str | None,
    reached: bool = True,
    actor: Actor,
    now: datetime,
) -> Contact:
    """Record one contact; about a gift it is in the gift's chain too, else in the person's.

    `reached` is false where nobody was there: such a contact counts for no rate and no guard.
    Raises NotChangeable for somebody restricted or erased, unless it is about a gift, and
    NoteTooLong, NobodyContacted.
    """
    if constituent is None and gift is None:
        raise NobodyContacted
    if constituent is not None and gift is None:
        refuse_unchangeable(constituent)
    if note is not None and len(note) > LONGEST:
        raise NoteTooLong(longest=LONGEST)
    contact = Contact(
        constituent_id=constituent.id if constituent else None,
        gift_id=gift.id if gift else None,
        kind=kind,
        channel=channel,
        on=on,
        reached=reached,
        note=note,
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(contact)
    session.flush()
    detail = {"contact": contact.id, "kind": kind, "on": on.isoformat()}
    if gift is not None:
        touch(gift, now)
    subject = gift.subject if gift else Subject("person", contact.constituent_id or 0)
    record(session, subject, "contact_recorded", actor=actor, now=now, detail=detail)
    return contact


def contacts_with(session: Session, numbers: Collection[int]) -> list[Contact]:
    """What is on record of a person under these numbers, the first first.

    A contact about a gift from before its donor was written down is with that donor.
    """
    query = (
        select(Contact)
        .outerjoin(Gift, Gift.id == Contact.gift_id)
        .where(
            or_(
                Contact.constituent_id.in_(numbers),
                and_(Contact.constituent_id.is_(None), Gift.donor_id.in_(numbers)),
            )
        )
    )
    return list(session.scalars(query.order_by(Contact.on, Contact.id)))


def forget_in_contacts(session: Session, number: int) -> None:
    """Part contacts from an erased number; call it in the erasure's own unit of work.

    What was with that person alone goes. About another's gift the day stays, which the gift's
    guards count, without note and number; a new salt makes the old digests mute.
    """
    for contact in session.scalars(select(Contact).where(Contact.constituent_id == number)):
        if contact.gift_id is None:
            session.delete(contact)
        else:
            contact.constituent_id, contact.note = None, None
            contact.salt = secrets.token_hex(16)
