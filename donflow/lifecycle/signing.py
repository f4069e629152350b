"""Originals together with the stage: printed from the approved bytes, signed, sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.agreements.drafting import current_revision
from donflow.agreements.remarks import NewRemark
from donflow.agreements.rounds import lapse_approval
from donflow.agreements.values import copies_of_donor
from donflow.domain.actor import Actor
from donflow.errors import N_, Refusal, Refused, say
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import advance
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.lifecycle.reviewing import remark
from donflow.originals.copies import (
    DONOR,
    FOUNDATION,
    cancel_copies,
    copies_of,
    print_copies,
    sign_copies,
)
from donflow.originals.models import OriginalCopy
from donflow.originals.seals import seal_copies


def print_originals(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> list[OriginalCopy]:
    """Number the copies that the agreement asks for; only agreed, approved text is printed."""
    facts = gather_one(session, office, gift, today=office.today(now))
    agreed = facts.agreed_revision is not None and facts.agreed_revision == facts.approved_revision
    if not agreed or facts.approved_document != facts.document:
        reason = say(N_("Only the text that was approved and agreed to is printed."))
        remedy = say(N_("See what is missing: donflow gift show {number}"), number=gift.number)
        raise Refused((Refusal("text_not_agreed", reason, remedy),))
    revision = current_revision(session, gift)
    return print_copies(
        session,
        gift,
        revision.document,
        meant_for=_parties(revision.copies),
        on=office.acted_on(actor, now),
        actor=actor,
        now=now,
    )


def sign(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    form: str,
    signer: str,
    authorised: bool,
    every_page: bool,
    date_filled: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """The donor executed all copies, in this form; the stage moves if the form is right."""
    sign_copies(
        session,
        gift,
        form=form,
        signer=signer,
        authorised=authorised,
        every_page=every_page,
        date_filled=date_filled,
        on=office.acted_on(actor, now),
        actor=actor,
        now=now,
    )
    advance(session, office, gift, "sign", actor=actor, now=now)


def seal(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    seal_name: str,
    no_blanks: bool,
    text_compared: bool,
    actor: Actor,
    now: datetime,
) -> str:
    """The seal keeper sealed all copies; returns the number in the seal register."""
    use = seal_copies(
        session,
        gift,
        seal=seal_name,
        no_blanks=no_blanks,
        text_compared=text_compared,
        on=office.acted_on(actor, now),
        actor=actor,
        now=now,
    )
    advance(session, office, gift, "seal", actor=actor, now=now)
    return f"{use.year}-{use.no}"


def refuse_seal(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    reason: str,
    channel: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The seal keeper sends the copies back: a remark says why, and the approval lapses."""
    remark(session, office, gift, NewRemark(reason), channel=channel, actor=actor, now=now)
    advance(session, office, gift, "refuse_seal", actor=actor, now=now, reason=reason)
    on = office.acted_on(actor, now)
    lapse_approval(session, gift, on=on, actor=actor, now=now)
    if copies_of(session, gift.id):
        cancel_copies(session, gift, on=on, actor=actor, now=now, sealed_too=True)


def _parties(copies: int) -> tuple[str, ...]:
    """Who each copy is for, as the agreement's text divides them between its two parties."""
    of_donor = copies_of_donor(copies)
    return (DONOR,) * of_donor + (FOUNDATION,) * (copies - of_donor)
