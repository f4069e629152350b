"""Sending a parcel together with the receipts and certificates that it carries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.engine.spec import Lifecycle
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.originals.models import Parcel
from donflow.originals.parcels import send_parcel
from donflow.papers.certificates import certificates_of
from donflow.papers.models import Certificate, Receipt
from donflow.papers.receipts import receipts_of


class NotInHand(DonflowError):
    code = "not_in_hand"
    message = N_("On {on} nothing of this was in hand for {number}: {papers}.")
    remedy = N_("Record first that it was obtained: donflow receipt collect, donflow certificate")
    http_status = 409


DELIVER = "deliver"
"""The step that a receipt or certificate in hand makes next."""


def send_papers(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    method: str,
    contents: tuple[str, ...],
    courier: str | None,
    tracking_number: str | None,
    actor: Actor,
    now: datetime,
) -> Parcel:
    """Write down a parcel with the very papers in it; NotInHand where there are none to carry."""
    on = office.acted_on(actor, now)
    carried: dict[str, list[int]] = {"receipt": [], "certificate": []}
    rows: dict[str, Sequence[Receipt | Certificate]] = {
        "receipt": receipts_of(session, gift.id),
        "certificate": certificates_of(session, gift.id),
    }
    for kind in carried.keys() & set(contents):
        machine = office.machine(session, gift.workflow_version, kind)
        carried[kind] = _to_carry(machine.lifecycle, rows[kind], on)
    missing = [kind for kind in carried if kind in contents and not carried[kind]]
    if missing:
        papers: tuple[Sentence, ...] = tuple(say(NAMES[kind]) for kind in missing)
        raise NotInHand(on=on, number=gift.number, papers=papers)
    return send_parcel(
        session,
        gift,
        method=method,
        contents=contents,
        courier=courier,
        tracking_number=tracking_number,
        receipts=carried["receipt"],
        certificates=carried["certificate"],
        on=on,
        actor=actor,
        now=now,
    )


def _to_carry(lifecycle: Lifecycle, rows: Sequence[Receipt | Certificate], on: date) -> list[int]:
    """The ids of the rows in hand on that day; where there are none, of those delivered before."""
    sources = {
        stage for step in lifecycle.transitions if step.name == DELIVER for stage in step.sources
    }
    targets = {step.target for step in lifecycle.transitions if step.name == DELIVER}
    in_hand = [row.id for row in rows if row.stage in sources and row.entered_on <= on]
    return in_hand or [row.id for row in rows if row.stage in targets]


NAMES = {"receipt": N_("receipt"), "certificate": N_("certificate")}
