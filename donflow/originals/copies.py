"""Numbered wet-ink copies: printed from the approved bytes, signed, countersigned, given out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.originals.models import OriginalCopy, Signature
from donflow.store.columns import recorded
from donflow.store.journal import record

DONOR, FOUNDATION = "donor", "foundation"
"""The parties that a copy may be meant for."""

HOLDERS = ("secretary", DONOR, FOUNDATION, "school", "post", "archive")


class AlreadyPrinted(DonflowError):
    code = "already_printed"
    message = N_("The copies of gift {number} are already printed.")
    remedy = N_("To print anew, cancel them first: donflow original cancel {number}")


class NoCopies(DonflowError):
    code = "no_copies"
    message = N_("No copies of gift {number} are printed.")
    remedy = N_("Print them first: donflow original print {number}")


class AlreadySealed(DonflowError):
    code = "already_sealed"
    message = N_("The copies of gift {number} bear the foundation's seal; they stay in use.")
    remedy = N_(
        "If they are wrong, the seal keeper sends them back: donflow original refuse {number}"
    )
    http_status = 409


def print_copies(
    session: Session,
    gift: Gift,
    document: str,
    *,
    meant_for: tuple[str, ...],
    on: date,
    actor: Actor,
    now: datetime,
) -> list[OriginalCopy]:
    """Number one copy for each party named; all are printed from the same bytes."""
    if copies_of(session, gift.id):
        raise AlreadyPrinted(number=gift.number)
    last = session.scalars(
        select(func.max(OriginalCopy.printing)).where(OriginalCopy.gift_id == gift.id)
    ).one()
    copies = [
        OriginalCopy(
            gift_id=gift.id,
            printing=(last or 0) + 1,
            no=no,
            document=document,
            meant_for=party,
            printed_on=on,
            holder="secretary",
            placed_on=on,
            **recorded(actor, now),
        )
        for no, party in enumerate(meant_for, start=1)
    ]
    session.add_all(copies)
    touch(gift, now)
    detail = {"copies": len(copies), "document": document}
    record(session, gift.subject, "copies_printed", actor=actor, now=now, detail=detail)
    return copies


def cancel_copies(
    session: Session,
    gift: Gift,
    *,
    on: date,
    actor: Actor,
    now: datetime,
    sealed_too: bool = False,
) -> int:
    """Take the current printing out of use, since its text or its order of signing is wrong.

    Raises AlreadySealed for sealed copies, unless the seal keeper takes them back.
    """
    copies = _existing(session, gift) if sealed_too else _unsealed(session, gift)
    for copy in copies:
        copy.cancelled_on = on
    touch(gift, now)
    detail = {"copies": len(copies)}
    record(session, gift.subject, "copies_cancelled", actor=actor, now=now, detail=detail)
    return len(copies)


def sign_copies(
    session: Session,
    gift: Gift,
    *,
    form: str,
    signer: str,
    authorised: bool,
    every_page: bool,
    date_filled: bool,
    on: date,
    actor: Actor,
    now: datetime,
) -> Signature:
    """Write down how the donor executed all copies of the current printing."""
    copies = _unsealed(session, gift)
    for copy in copies:
        copy.signed_on = on
    signature = Signature(
        gift_id=gift.id,
        printing=copies[0].printing,
        form=form,
        signer=signer,
        authorised=authorised,
        every_page=every_page,
        date_filled=date_filled,
        on=on,
        **recorded(actor, now),
    )
    session.add(signature)
    touch(gift, now)
    detail = {"form": form, "copies": len(copies)}
    record(session, gift.subject, "copies_signed", actor=actor, now=now, detail=detail)
    return signature


def countersign_copies(
    session: Session, gift: Gift, *, person: str, on: date, actor: Actor, now: datetime
) -> None:
    """Write down that the foundation's representative signed all copies."""
    copies = _unsealed(session, gift)
    for copy in copies:
        copy.countersigned_on, copy.countersigned_person = on, person
    touch(gift, now)
    detail = {"copies": len(copies)}
    record(session, gift.subject, "copies_countersigned", actor=actor, now=now, detail=detail)


def place_copy(
    session: Session, gift: Gift, no: int, *, holder: str, on: date, actor: Actor, now: datetime
) -> OriginalCopy:
    """Write down who holds this original now."""
    copy = next((copy for copy in copies_of(session, gift.id) if copy.no == no), None)
    if copy is None:
        raise NotFound(
            what=say(N_("copy")),
            given=no,
            gift=gift.number,
            mend=N_("See the copies: donflow original show {gift}"),
        )
    copy.holder, copy.placed_on = holder, on
    touch(gift, now)
    detail = {"copy": no, "holder": holder}
    record(session, gift.subject, "copy_placed", actor=actor, now=now, detail=detail)
    return copy


def copies_of(session: Session, gift_id: int) -> list[OriginalCopy]:
    """The copies in use: those of the last printing that was not cancelled."""
    query = (
        select(OriginalCopy)
        .where(OriginalCopy.gift_id == gift_id, OriginalCopy.cancelled_on.is_(None))
        .order_by(OriginalCopy.no)
    )
    return list(session.scalars(query))


def _existing(session: Session, gift: Gift) -> list[OriginalCopy]:
    copies = copies_of(session, gift.id)
    if not copies:
        raise NoCopies(number=gift.number)
    return copies


def _unsealed(session: Session, gift: Gift) -> list[OriginalCopy]:
    """The copies in use, none of which bears the foundation's seal yet."""
    copies = _existing(session, gift)
    if any(copy.sealed_on for copy in copies):
        raise AlreadySealed(number=gift.number)
    return copies
