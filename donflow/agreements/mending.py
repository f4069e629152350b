"""What can be mended safely in a paper, written as tracked changes into a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from donflow.agreements.incoming import Incoming
from donflow.precheck.check import precheck
from donflow.precheck.findings import Finding
from donflow.precheck.mending import Left, mending
from donflow.precheck.rulebook import RuleBook
from donflow.word.plain_paper import paper_of_lines
from donflow.word.tracking import Edit, track_edits

AUTHOR: Final = "donflow"
"""Named as the author of the changes: nobody shall take them for a colleague's."""


@dataclass(frozen=True)
class Mended:
    """The Word file with the changes, None where nothing can be mended; the findings it mends."""

    docx: bytes | None
    mended: tuple[Finding, ...]
    left: tuple[Left, ...]


def mend_paper(
    incoming: Incoming,
    findings: Sequence[Finding],
    book: RuleBook,
    *,
    on: date,
    at: datetime,
) -> Mended:
    """The paper with its safe mends as tracked changes, dated `at` as the office's clock shows it.

    A Word file keeps its look; text and PDF come as a plain Word file of their lines. Accepted,
    the changes leave none of the findings that they mend, and bring none.
    """
    chosen = mending(
        incoming.paper,
        findings,
        lambda paper: precheck(paper, book, on=on).findings,
    )
    if not chosen.edits:
        return Mended(None, (), chosen.left)
    docx = incoming.docx or paper_of_lines([line.text for line in incoming.paper.lines])
    edits = [Edit(one.span.line, one.span.start, one.span.end, one.text) for one in chosen.edits]
    made = track_edits(docx, edits, author=AUTHOR, at=at)
    return Mended(made, chosen.mended, chosen.left)
