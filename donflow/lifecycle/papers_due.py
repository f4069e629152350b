"""Which of the three papers a gift's route asks for, and how far one is on its way to the donor."""

from __future__ import annotations

from collections.abc import Sequence

from donflow.domain.facts import FILED_PAPERS, PaperKind, Way
from donflow.engine.spec import Lifecycle
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.originals.models import Parcel
from donflow.papers.models import Certificate, Receipt


def papers_due(office: Office, gift: Gift) -> tuple[PaperKind, ...]:
    """The three, or two where the kind of gift has no agreement: no template is kept for it."""
    if (office.templates / gift.kind).is_dir():
        return FILED_PAPERS
    return tuple(kind for kind in FILED_PAPERS if kind is not PaperKind.AGREEMENT_SCAN)


def way_of(
    lifecycle: Lifecycle, rows: Sequence[Receipt | Certificate], parcels: Sequence[Parcel]
) -> Way | None:
    """How far the first of these rows is; None where no step is open that leads to the donor."""
    if not rows:
        return None
    row = rows[0]
    steps = {step.name for step in lifecycle.transitions if row.stage in step.sources}
    if DELIVER in steps:
        carrying = [parcel for parcel in parcels if row.id in _carried(parcel, row)]
        if not carrying:
            return Way.IN_HAND
        return Way.ARRIVED if any(parcel.delivered_on for parcel in carrying) else Way.SENT
    if steps & OBTAIN:
        return Way.ISSUED
    return Way.ASKED if ISSUE in steps else None


DELIVER, ISSUE = "deliver", "issue"
OBTAIN = frozenset({"collect", "seal"})
"""The steps by which a receipt or certificate is issued, comes into hand, comes to the donor."""


def _carried(parcel: Parcel, row: Receipt | Certificate) -> Sequence[int]:
    return parcel.receipts if isinstance(row, Receipt) else parcel.certificates
