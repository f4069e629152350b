"""The management fee: not above what the office holds to be usual."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from donflow.errors import N_, say
from donflow.precheck.clauses import found
from donflow.precheck.draft import Draft
from donflow.precheck.facts_fees import fee_at
from donflow.precheck.findings import Finding, Severity


def rule(draft: Draft) -> Iterator[Finding]:
    """What the agreement says prevails (慈善法 art. 61), so that a high share is only told."""
    limit, fee = draft.book.limits.get("management_fee"), fee_at(draft.paper)
    if limit is None or fee is None:
        return
    share, at = fee
    if Decimal(share.removesuffix("%")) > limit * 100:
        yield found(
            "management_fee_high",
            Severity.WARNING,
            draft.paper.by_number[at.line],
            (at.start, at.end),
            say(N_("Usual are at most {limit} percent."), limit=f"{(limit * 100).normalize():f}"),
            sure=False,
        )
