"""What was proposed of a person before, and waits or was refused: the same is not asked again.

Refused values are not kept; a keyed digest of each field says nothing without the key file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.roster.import_models import Proposal, ProposalKind, ProposalStatus
from donflow.roster.merging import numbers_of
from donflow.roster.reading.rows import Column
from donflow.roster.taking_over import STUDY
from donflow.store.keys import KeyRing

BELONG_TOGETHER: Final = ((Column.EMPLOYER, Column.JOB_TITLE), STUDY)
"""A title is one at its employer, a class one of its major: such fields are told together."""


def digests_of(keys: KeyRing, person: int, told: Mapping[Column, str]) -> list[str]:
    """What tells, field by field, that the same is told again of the same number."""
    blind = keys.blinder("proposal")
    return [blind(f"{person} {column} {value}") for column, value in told.items()]


def not_asked(
    session: Session, keys: KeyRing, person: int, told: Mapping[Column, str]
) -> dict[Column, str]:
    """What is told of a person and was neither refused before nor waits for an answer."""
    query = select(Proposal.constituent_id, Proposal.told_digests).where(
        Proposal.kind == ProposalKind.UPDATE,
        Proposal.constituent_id.in_(numbers_of(session, person)),
        Proposal.status.in_((ProposalStatus.OPEN, ProposalStatus.REFUSED)),
    )
    known: set[Column] = set()
    for number, digests in session.execute(query):
        pairs = zip(told, digests_of(keys, number, told), strict=True)
        known |= {column for column, digest in pairs if digest in digests}
    new = {column for column in told if column not in known}
    for together in BELONG_TOGETHER:
        if not new.isdisjoint(together):
            new |= told.keys() & set(together)
    return {column: value for column, value in told.items() if column in new}
