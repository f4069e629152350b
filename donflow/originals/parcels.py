"""Parcels to the donor: by post with a tracking number, or by hand with a signed slip."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.originals.models import Parcel
from donflow.store.columns import recorded
from donflow.store.journal import record

METHODS = ("post", "hand", "message")
CONTENTS = (
    "agreement",
    "receipt",
    "certificate",
    "acknowledgement",
    "souvenir",
    "card",
)


class UntraceablePost(DonflowError):
    code = "tracking_missing"
    message = N_("A parcel by post needs its tracking number.")
    remedy = N_("Add: --tracking NUMBER")


def send_parcel(
    session: Session,
    gift: Gift,
    *,
    method: str,
    contents: tuple[str, ...],
    courier: str | None,
    tracking_number: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down what was sent or taken to the donor, and how."""
    if method == "post" and not tracking_number:
        raise UntraceablePost()
    parcel = Parcel(
        gift_id=gift.id,
        method=method,
        contents=list(contents),
        courier=courier,
        tracking_number=tracking_number,
        sent_on=on,
        **recorded(actor, now),
    )
    session.add(parcel)
    session.flush()
    touch(gift, now)
    detail = {"parcel": parcel.id, "method": method, "contents": list(contents)}
    record(session, gift.subject, "parcel_sent", actor=actor, now=now, detail=detail)
    return parcel


def deliver_parcel(
    session: Session,
    gift: Gift,
    *,
    slip: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down that the parcel on its way came to the donor; by hand with the signed slip."""
    waiting = [parcel for parcel in parcels_of(session, gift.id) if parcel.delivered_on is None]
    if not waiting:
        raise NotFound(
            what=say(N_("parcel on its way for gift")),
            given=gift.number,
            mend=N_("Record it first: donflow parcel send --help"),
        )
    parcel = waiting[0]
    parcel.delivered_on, parcel.slip = on, slip
    touch(gift, now)
    detail = {"parcel": parcel.id, "slip": slip}
    record(session, gift.subject, "parcel_delivered", actor=actor, now=now, detail=detail)
    return parcel


def parcels_of(session: Session, gift_id: int) -> list[Parcel]:
    query = select(Parcel).where(Parcel.gift_id == gift_id).order_by(Parcel.id)
    return list(session.scalars(query))
