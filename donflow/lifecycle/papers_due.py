"""Which of the three papers a gift's route asks for, and how far one is on its way to the donor."""

from __future__ import annotations

from collections.abc import Sequence

from donflow.domain.facts import FILED_PAPERS, PaperKind, Way
from donflow.engine.spec import Lifecycle
from donflow.gifts.models import Gift, Instalment
from donflow.originals.models import Parcel
from donflow.papers.models import Certificate, Receipt


def papers_due(
    lifecycle: Lifecycle, gift: Gift, parts: Sequence[Instalment]
) -> tuple[PaperKind, ...]:
    """Of the three those that there can be: no agreement where the lifecycle says so of the kind.

    There is no receipt where all that was promised was waived: it would prove no money.
    """
    spared = {
        PaperKind.AGREEMENT_SCAN: gift.kind in lifecycle.without_agreement,
        PaperKind.RECEIPT: nothing_due(parts),
    }
    return tuple(kind for kind in FILED_PAPERS if not spared.get(kind))


def nothing_due(parts: Sequence[Instalment]) -> bool:
    """Whether a plan of payment was waived as a whole, so that no money is to come."""
    return bool(parts) and all(part.waived_minor == part.amount_minor for part in parts)


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
