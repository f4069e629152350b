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


class DeliveredBeforeSent(DonflowError):
    code = "delivered_before_sent"
    message = N_("Parcel {parcel} was sent on {sent}; it cannot have come on {came}.")


class SeveralParcels(DonflowError):
    code = "several_parcels"
    message = N_("Several parcels of {number} are on their way: {parcels}.")
    remedy = N_("Name one: --parcel NO")


def send_parcel(
    session: Session,
    gift: Gift,
    *,
    method: str,
    contents: tuple[str, ...],
    courier: str | None,
    tracking_number: str | None,
    receipts: list[int],
    certificates: list[int],
    on: date,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down what was sent or taken to the donor, and how.

    `receipts` and `certificates` are the ids of those that it carries: only these come with it.
    """
    if method == "post" and not tracking_number:
        raise UntraceablePost()
    parcel = Parcel(
        gift_id=gift.id,
        method=method,
        contents=list(contents),
        courier=courier,
        tracking_number=tracking_number,
        receipts=receipts,
        certificates=certificates,
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
    parcel: Parcel,
    *,
    slip: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down that the parcel came to the donor; by hand with the signed slip."""
    if on < parcel.sent_on:
        raise DeliveredBeforeSent(parcel=parcel.id, sent=parcel.sent_on, came=on)
    parcel.delivered_on, parcel.slip = on, slip
    touch(gift, now)
    detail = {"parcel": parcel.id, "slip": slip}
    record(session, gift.subject, "parcel_delivered", actor=actor, now=now, detail=detail)
    return parcel


def lose_parcel(
    session: Session,
    gift: Gift,
    parcel: Parcel,
    *,
    reason: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down that the parcel will not come; another can then be sent."""
    parcel.lost_on, parcel.lost_reason = on, reason
    touch(gift, now)
    record(session, gift.subject, "parcel_lost", actor=actor, now=now, detail={"parcel": parcel.id})
    return parcel


def parcel_on_its_way(
    session: Session, gift: Gift, parcel_id: int | None, *, turned_up: bool = False
) -> Parcel:
    """The named parcel, neither delivered nor lost; without a name the only one on its way.

    With `turned_up` one that was recorded as lost may be named too.
    """
    waiting = [
        parcel
        for parcel in parcels_of(session, gift.id)
        if parcel.delivered_on is None
        and (parcel.lost_on is None or (turned_up and parcel_id is not None))
        and parcel_id in (None, parcel.id)
    ]
    if not waiting:
        raise NotFound(
            what=say(N_("parcel on its way for gift")),
            given=gift.number,
            mend=N_("Record it first: donflow parcel send --help"),
        )
    if len(waiting) > 1:
        raise SeveralParcels(number=gift.number, parcels=tuple(str(one.id) for one in waiting))
    return waiting[0]


def parcels_of(session: Session, gift_id: int) -> list[Parcel]:
    query = select(Parcel).where(Parcel.gift_id == gift_id).order_by(Parcel.id)
    return list(session.scalars(query))
