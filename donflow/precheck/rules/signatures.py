"""Signature blocks that are missing, and their dates that are still blank."""

from __future__ import annotations

from collections.abc import Iterator

from donflow.errors import N_, say
from donflow.precheck.callings import role_of
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Party
from donflow.precheck.facts_signatures import blocks
from donflow.precheck.findings import Finding, Severity


def signature_block_missing(draft: Draft) -> Iterator[Finding]:
    """Parties that the opening names and that have nowhere to sign."""
    signing = {block.label for block in draft.facts.signature_blocks}
    absent = [party for party in draft.facts.parties if not _signs(party, signing)]
    if not draft.facts.signature_blocks:
        expected = say(N_("The paper has no signature blocks."))
        yield Finding("signature_block_missing", Severity.ERROR, None, "", expected)
        return
    for party in absent:
        expected = say(N_("{label} has no signature block."), label=party.label)
        yield Finding("signature_block_missing", Severity.ERROR, None, "", expected)


def _signs(party: Party, signing: set[str]) -> bool:
    """Whether a party has a block, by label or role; whom a letter addresses needs none."""
    if party.label in signing or party.label.startswith("贵"):
        return True
    return party.role in {role_of(label) for label in signing}


def blank_sign_date(draft: Draft) -> Iterator[Finding]:
    """Dates of signing that are blank, which is right before the signing: one for each line."""
    told: set[int] = set()
    for block in blocks(draft.paper, draft.anatomy, draft.facts.parties):
        for blank in block.blanks:
            if blank.line in told:
                continue
            told.add(blank.line)
            yield Finding(
                "blank_sign_date",
                Severity.INFO,
                blank.line,
                draft.paper.text(blank),
                say(N_("The date of signing is filled in when the paper is signed.")),
            )
