"""The approved text before the donor: sent, agreed to, or objected to item by item."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import DonorCheck, Objection, Revision
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.store.columns import recorded
from donflow.store.journal import record


class NotWithDonor(DonflowError):
    code = "not_with_donor"
    message = N_("No text of gift {number} waits for the donor's answer.")
    remedy = N_("Send it first: donflow donor send {number} --channel wechat")


def send_text(
    session: Session,
    gift: Gift,
    revision: Revision,
    *,
    channel: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> DonorCheck:
    """Write down that the donor was given this revision to read."""
    check = DonorCheck(
        gift_id=gift.id,
        revision_id=revision.id,
        channel=channel,
        sent_on=on,
        **recorded(actor, now),
    )
    session.add(check)
    session.flush()
    touch(gift, now)
    detail = {"revision": revision.no, "document": revision.document, "channel": channel}
    record(session, gift.subject, "sent_to_donor", actor=actor, now=now, detail=detail)
    return check


def add_objection(
    session: Session, gift: Gift, *, text: str, actor: Actor, now: datetime
) -> Objection:
    """Write down one objection to the text that is with the donor."""
    check = open_check(session, gift)
    objections = objections_of(session, check.id)
    objection = Objection(
        gift_id=gift.id,
        check_id=check.id,
        no=len(objections) + 1,
        text=text,
        **recorded(actor, now),
    )
    session.add(objection)
    session.flush()
    touch(gift, now)
    detail = {"objection": objection.no}
    record(session, gift.subject, "objection_recorded", actor=actor, now=now, detail=detail)
    return objection


def answer_objection(
    session: Session, gift: Gift, no: int, *, text: str, on: date, actor: Actor, now: datetime
) -> Objection:
    """Write down what was answered to an objection."""
    check = last_check(session, gift.id)
    objections = objections_of(session, check.id) if check else []
    objection = next((item for item in objections if item.no == no), None)
    if objection is None:
        raise NotFound(what=say(N_("objection")), given=no)
    objection.answer, objection.answered_on = text, on
    touch(gift, now)
    record(
        session, gift.subject, "objection_answered", actor=actor, now=now, detail={"objection": no}
    )
    return objection


def settle_check(
    session: Session, gift: Gift, *, outcome: str, on: date, actor: Actor, now: datetime
) -> DonorCheck:
    """Write down the donor's answer: agreed or objected."""
    check = open_check(session, gift)
    check.outcome, check.answered_on = outcome, on
    check.answer_evidence = actor.on_behalf_of.document if actor.on_behalf_of else None
    touch(gift, now)
    detail = {"outcome": outcome}
    record(session, gift.subject, "donor_answered", actor=actor, now=now, detail=detail)
    return check


def open_check(session: Session, gift: Gift) -> DonorCheck:
    """The text that waits for the donor's answer; NotWithDonor if none does."""
    check = last_check(session, gift.id)
    if check is None or check.outcome is not None:
        raise NotWithDonor(number=gift.number)
    return check


def last_check(session: Session, gift_id: int) -> DonorCheck | None:
    query = select(DonorCheck).where(DonorCheck.gift_id == gift_id).order_by(DonorCheck.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def objections_of(session: Session, check_id: int) -> list[Objection]:
    query = select(Objection).where(Objection.check_id == check_id).order_by(Objection.no)
    return list(session.scalars(query))
