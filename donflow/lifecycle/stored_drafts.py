"""The drafts that the vault holds, as lines, and what the records know of a gift's agreement."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import Revision
from donflow.agreements.returned import Twin
from donflow.agreements.terms import terms_of
from donflow.agreements.values import values_of
from donflow.gifts.models import Gift
from donflow.gifts.plan import instalments_of
from donflow.gifts.register import donor_of
from donflow.lifecycle.office import Office
from donflow.lifecycle.open_findings import paper_of
from donflow.roster.merging import numbers_of

MOST = 20
"""So many drafts of one donor are looked at; nobody mixes up a file with an older one."""


def lines_of(office: Office, revision: Revision) -> tuple[str, ...] | None:
    """The lines of a stored draft; None where the vault has lost it, which `verify` tells."""
    paper = paper_of(office.vault, revision.document)
    return None if paper is None else tuple(line.text for line in paper.lines)


def drafts_beside(
    session: Session, office: Office, gift: Gift, sent: Revision
) -> Iterator[tuple[Twin, tuple[str, ...]]]:
    """The drafts that a file may be made from instead: of this gift first, then of its donor.

    Each is read when it is asked for.
    """
    of_donor = Gift.id == gift.id
    if gift.donor_id is not None:
        of_donor |= Gift.donor_id.in_(numbers_of(session, gift.donor_id))
    query = (
        select(Revision, Gift.number)
        .join(Gift, Gift.id == Revision.gift_id)
        .where(of_donor, Revision.id != sent.id)
        .order_by(Revision.gift_id != gift.id, Revision.id.desc())
        .limit(MOST)
    )
    for revision, number in session.execute(query):
        if (lines := lines_of(office, revision)) is not None:
            yield Twin(number, revision.no), lines


def known_values(session: Session, office: Office, gift: Gift) -> dict[str, str]:
    """What is on record for the agreement, protected values masked."""
    return values_of(
        gift,
        donor_of(session, gift),
        instalments_of(session, gift.id),
        terms_of(session, [gift.id]).get(gift.id, []),
        office.settings.foundation,
        show=lambda _person, holding: holding.masked,
    )
