"""How many originals: that it is said, and that the shares add up."""

from __future__ import annotations

from collections.abc import Iterator

from donflow.errors import N_, say
from donflow.precheck.clauses import absent, found
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding, Severity


def rule(draft: Draft) -> Iterator[Finding]:
    """A split that says nothing of some party is held to the sum alone."""
    copies = draft.facts.copies
    if copies is None:
        yield absent(
            "copies_missing",
            Severity.ERROR,
            say(N_("How many originals there are, and who keeps them, is not said.")),
        )
        return
    kept = sum(count for _, count in copies.split)
    if copies.split and kept != copies.total:
        yield found(
            "copies_split_mismatch",
            Severity.ERROR,
            draft.paper.by_number[copies.at.line],
            (copies.at.start, copies.at.end),
            say(
                N_("Of {total} originals {kept} are given out."),
                total=copies.total,
                kept=kept,
            ),
        )
