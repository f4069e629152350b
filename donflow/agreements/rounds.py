"""Review rounds: a revision goes out, remarks and consents come back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import Approval, ReviewRound, Revision
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.store.columns import recorded
from donflow.store.journal import record


class NoOpenRound(DonflowError):
    code = "no_open_round"
    message = N_("Gift {number} is not under review.")
    remedy = N_("Submit it first: donflow gift advance {number} submit")


class AlreadyAgreed(DonflowError):
    code = "already_agreed"
    message = N_("The consent of {capacity} to this text is already on record.")


def open_round(
    session: Session, gift: Gift, revision: Revision, *, on: date, actor: Actor, now: datetime
) -> ReviewRound:
    """Write down that this revision went to the foundation."""
    rounds = rounds_of(session, gift.id)
    review = ReviewRound(
        gift_id=gift.id,
        no=len(rounds) + 1,
        revision_id=revision.id,
        sent_on=on,
        **recorded(actor, now),
    )
    session.add(review)
    session.flush()
    touch(gift, now)
    detail = {"round": review.no, "revision": revision.no, "document": revision.document}
    record(session, gift.subject, "round_opened", actor=actor, now=now, detail=detail)
    return review


def add_approval(
    session: Session,
    gift: Gift,
    review: ReviewRound,
    revision: Revision,
    *,
    capacity: str,
    minutes_number: str | None,
    person: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> Approval:
    """Write down one rung's consent to the very bytes of this revision."""
    if capacity in {approval.capacity for approval in approvals_of(session, review.id)}:
        raise AlreadyAgreed(capacity=capacity)
    approval = Approval(
        gift_id=gift.id,
        round_id=review.id,
        capacity=capacity,
        document=revision.document,
        minutes_number=minutes_number,
        person=person,
        on=on,
        **recorded(actor, now),
    )
    session.add(approval)
    session.flush()
    touch(gift, now)
    detail = {"round": review.no, "capacity": capacity, "document": revision.document}
    record(session, gift.subject, "consent_recorded", actor=actor, now=now, detail=detail)
    return approval


def end_round(
    session: Session,
    gift: Gift,
    review: ReviewRound,
    *,
    outcome: str,
    on: date,
    actor: Actor,
    now: datetime,
    although: str | None = None,
) -> None:
    """Write down how the round ended: returned or approved; `although` see ReviewRound."""
    review.outcome, review.ended_on, review.although = outcome, on, although
    touch(gift, now)
    detail = {"round": review.no, "outcome": outcome}
    if although:
        detail["although"] = True
    record(session, gift.subject, "round_ended", actor=actor, now=now, detail=detail)


def lapse_approval(
    session: Session, gift: Gift, *, on: date, actor: Actor, now: datetime
) -> ReviewRound | None:
    """Let the last round's approval lapse, since the text is to change after it."""
    review = last_round(session, gift.id)
    if review is None or review.outcome != "approved" or review.lapsed_on is not None:
        return None
    review.lapsed_on = on
    touch(gift, now)
    detail = {"round": review.no}
    record(session, gift.subject, "approval_lapsed", actor=actor, now=now, detail=detail)
    return review


def last_round(session: Session, gift_id: int) -> ReviewRound | None:
    rounds = rounds_of(session, gift_id)
    return rounds[-1] if rounds else None


def open_round_of(session: Session, gift: Gift) -> ReviewRound:
    """The round that waits for the foundation; NoOpenRound if none does."""
    review = last_round(session, gift.id)
    if review is None or review.outcome is not None:
        raise NoOpenRound(number=gift.number)
    return review


def rounds_of(session: Session, gift_id: int) -> list[ReviewRound]:
    query = select(ReviewRound).where(ReviewRound.gift_id == gift_id).order_by(ReviewRound.no)
    return list(session.scalars(query))


def approvals_of(session: Session, round_id: int) -> list[Approval]:
    query = select(Approval).where(Approval.round_id == round_id).order_by(Approval.id)
    return list(session.scalars(query))
