"""Recording that one of the three papers does not exist, on a ground that the facts bear out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.errors import N_, DonflowError
from donflow.gifts.filing import GROUND_STEPS, record_absence
from donflow.gifts.models import Gift, GiftPaper
from donflow.lifecycle.office import Office
from donflow.papers.certificates import certificates_of
from donflow.papers.models import Certificate, Receipt
from donflow.papers.receipts import receipts_of
from donflow.store.moving import changes_of


class GroundNotBorneOut(DonflowError):
    code = "ground_not_borne_out"
    message = N_("Nothing on record of {number} says so: this paper must be there.")
    remedy = N_("See what is on record: donflow gift show {number}")
    http_status = 409


def record_no_paper(
    session: Session,
    office: Office,
    gift: Gift,
    kind: PaperKind,
    *,
    ground: str,
    actor: Actor,
    now: datetime,
) -> GiftPaper:
    """Record the absence with its ground (慈善法 38), or raise GroundNotBorneOut.

    A gift with an agreement has its scan, whatever the ground.
    """
    agreed = (office.templates / gift.kind).is_dir()
    if (kind is PaperKind.AGREEMENT_SCAN and agreed) or not _holds(
        session, gift, kind, ground, agreed=agreed
    ):
        raise GroundNotBorneOut(number=gift.number)
    on = office.acted_on(actor, now)
    return record_absence(session, gift, kind, ground=ground, on=on, actor=actor, now=now)


def _holds(session: Session, gift: Gift, kind: PaperKind, ground: str, *, agreed: bool) -> bool:
    match ground:
        case "anonymous":
            return gift.anonymous
        case "small_gift":
            return not agreed
        case _:
            ends = set(_last_steps(session, _standing(session, gift, kind)))
            return GROUND_STEPS[ground] in ends and ends <= set(GROUND_STEPS.values())


def _standing(session: Session, gift: Gift, kind: PaperKind) -> Sequence[Receipt | Certificate]:
    match kind:
        case PaperKind.RECEIPT:
            return [row for row in receipts_of(session, gift.id) if row.back_on is None]
        case PaperKind.CERTIFICATE:
            return [row for row in certificates_of(session, gift.id) if row.cancelled_on is None]
        case _:
            return []


def _last_steps(session: Session, rows: Sequence[Receipt | Certificate]) -> Iterator[str | None]:
    for row in rows:
        changes = changes_of(session, row.subject)
        yield changes[-1].transition if changes else None
