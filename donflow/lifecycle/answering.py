"""The donor's answer to the approved text, together with the stage: sent, agreed, objected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from donflow.agreements.donor_checks import add_objection, send_text, settle_check
from donflow.agreements.drafting import current_revision
from donflow.agreements.rounds import lapse_approval
from donflow.domain.actor import Actor
from donflow.gifts.models import Gift
from donflow.lifecycle.advance import advance, check_open
from donflow.lifecycle.office import Office
from donflow.originals.copies import cancel_copies, copies_of


def send(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    channel: str,
    name: str = "send",
    actor: Actor,
    now: datetime,
) -> None:
    """Give the approved text to the donor; `explain` gives it again after an objection."""
    on = office.acted_on(actor, now)
    revision = current_revision(session, gift)
    if name == "send":
        send_text(session, gift, revision, channel=channel, on=on, actor=actor, now=now)
        advance(session, office, gift, name, actor=actor, now=now)
    else:
        # The objections of the earlier text must be answered before it goes out again.
        advance(session, office, gift, name, actor=actor, now=now)
        send_text(session, gift, revision, channel=channel, on=on, actor=actor, now=now)


def agree(session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime) -> None:
    """The donor agrees to the approved text."""
    check_open(session, office, gift, "agree")
    on = office.acted_on(actor, now)
    settle_check(session, gift, outcome="agreed", on=on, actor=actor, now=now)
    advance(session, office, gift, "agree", actor=actor, now=now)


def object_(
    session: Session,
    office: Office,
    gift: Gift,
    objections: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """The donor objects, item by item."""
    check_open(session, office, gift, "object")
    on = office.acted_on(actor, now)
    for text in objections:
        add_objection(session, gift, text=text, actor=actor, now=now)
    settle_check(session, gift, outcome="objected", on=on, actor=actor, now=now)
    advance(session, office, gift, "object", actor=actor, now=now)


def rework(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """The text is to change after an objection: the approval lapses, the gift is drafted anew."""
    advance(session, office, gift, "rework", actor=actor, now=now, reason=reason)
    on = office.acted_on(actor, now)
    lapse_approval(session, gift, on=on, actor=actor, now=now)
    if copies_of(session, gift.id):
        cancel_copies(session, gift, on=on, actor=actor, now=now)
