"""Recording that one of the three papers is not to be, on a ground that the facts bear out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.domain.guards.closing import PAPER_NAMES
from donflow.errors import N_, DonflowError, say
from donflow.gifts.filing import absence_of, record_absence
from donflow.gifts.models import Gift, GiftPaper
from donflow.lifecycle.advance import gift_machine
from donflow.lifecycle.certifying import waive_certificate
from donflow.lifecycle.office import Office
from donflow.lifecycle.receipting import forgo_receipts

GROUNDS = {
    PaperKind.AGREEMENT_SCAN: ("small_gift",),
    PaperKind.RECEIPT: ("anonymous", "waived", "not_eligible"),
    PaperKind.CERTIFICATE: ("anonymous", "waived", "small_gift"),
}
"""On which grounds each paper may be absent: a receipt only as the law has it (慈善法 38)."""


class GroundUnfit(DonflowError):
    code = "ground_unfit"
    message = N_("This is no ground for there being no {paper}; these are: {grounds}.")
    remedy = N_("Name one of them with --because.")


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
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> GiftPaper:
    """Record the absence with its ground, and end the receipts or the certificate with it.

    A donor's waiver is the donor's act and ineligibility is finance's word, each with evidence;
    a gift with an agreement has its scan, whatever the ground.
    """
    if ground not in GROUNDS[kind]:
        raise GroundUnfit(paper=say(PAPER_NAMES[kind]), grounds=GROUNDS[kind])
    if not _borne_out(session, office, gift, ground):
        raise GroundNotBorneOut(number=gift.number)
    match kind:
        case PaperKind.RECEIPT:
            forgo_receipts(
                session, office, gift, ground=ground, reason=reason, actor=actor, now=now
            )
        case PaperKind.CERTIFICATE:
            waive_certificate(
                session, office, gift, ground=ground, reason=reason, actor=actor, now=now
            )
        case _:
            on = office.acted_on(actor, now)
            record_absence(session, gift, kind, ground=ground, on=on, actor=actor, now=now)
    recorded = absence_of(session, gift.id, kind)
    assert recorded is not None
    return recorded


def _borne_out(session: Session, office: Office, gift: Gift, ground: str) -> bool:
    match ground:
        case "anonymous":
            return gift.anonymous
        case "small_gift":
            return gift.kind in gift_machine(session, office, gift).lifecycle.without_agreement
        case _:
            return True
