"""The faults of a draft that stand open, with their words read again from the stored file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from donflow.agreements.models import Revision, RevisionFinding
from donflow.agreements.prechecked import expectation_of, words_of
from donflow.domain.facts import OpenFinding
from donflow.errors import DonflowError
from donflow.precheck.findings import Severity
from donflow.precheck.paper import Paper
from donflow.vault import files


def open_findings(
    vault: Path,
    revision: Revision,
    rows: Iterable[RevisionFinding],
    waived: frozenset[int],
    *,
    with_words: bool,
) -> tuple[OpenFinding, ...]:
    """The errors of a revision that nobody waived; the file is read only for their words."""
    wrong = [row for row in rows if row.severity == Severity.ERROR and row.id not in waived]
    paper = paper_of(vault, revision.document) if wrong and with_words else None
    return tuple(
        OpenFinding(row.no, row.line, words_of(paper, row), expectation_of(row)) for row in wrong
    )


def paper_of(vault: Path, fingerprint: str) -> Paper | None:
    """The lines of a stored draft; None where the vault has it no more, which `verify` tells."""
    try:
        return stored_paper(vault, fingerprint)
    except DonflowError:
        return None


@lru_cache(maxsize=32)
def stored_paper(vault: Path, fingerprint: str) -> Paper:
    """The lines of a stored draft, read once: the bytes under a fingerprint never change.

    Raises what the vault raises where it has them no more.
    """
    from donflow.word.reading import read  # heavy, and few lists need it

    return read(files.read(vault, fingerprint)).paper
