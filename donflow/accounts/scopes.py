"""How far a command reaches, and the rows of the policy that many commands share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from donflow.domain.actor import Role


class Scope(StrEnum):
    """Over how much a command reaches, the narrowest first."""

    COUNTS = "counts"
    """Numbers of gifts only, no row."""
    MASKED = "masked"
    """All rows, names masked as well."""
    OWN = "own"
    """What is assigned to the user or to the user's chapter."""
    FROM_SEAL = "from_seal"
    """What has reached the sealing, or needs no agreement and waits for money."""
    FROM_REVIEW = "from_review"
    """What has been submitted for review at least once."""
    ALL = "all"


def row(**scopes: Scope) -> Mapping[Role, Scope]:
    """One row of the policy: how far each role that may do it reaches."""
    return MappingProxyType({Role(name): scope for name, scope in scopes.items()})


ALL, OWN, MASKED, COUNTS = Scope.ALL, Scope.OWN, Scope.MASKED, Scope.COUNTS
FROM_REVIEW, FROM_SEAL = Scope.FROM_REVIEW, Scope.FROM_SEAL

EVERYBODY = MappingProxyType(dict.fromkeys(Role, ALL))
STAFF: Mapping[Role, Scope] = MappingProxyType(
    {role: ALL for role in Role if role not in (Role.DONOR, Role.TIME)}
)
SECRETARY = row(secretary=ALL)
DONOR = row(donor=ALL)  # recorded by the secretary with evidence
DESK = row(secretary=ALL, liaison=OWN)
OFFICE = row(secretary=ALL, liaison=OWN, leader=ALL)
READ_GIFTS = row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=FROM_REVIEW,
    finance=FROM_SEAL,
    seal_keeper=FROM_SEAL,
    chapter_officer=OWN,
)
READ_PAPERS = row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=FROM_REVIEW,
    finance=FROM_SEAL,
    seal_keeper=FROM_SEAL,
)
READ_MONEY = row(secretary=ALL, liaison=OWN, leader=ALL, finance=ALL)
COUNTED = MappingProxyType({**READ_GIFTS, Role.ADMIN: COUNTS})
READ_PEOPLE = row(
    secretary=ALL,
    liaison=OWN,
    leader=ALL,
    reviewer=ALL,
    finance=ALL,
    seal_keeper=ALL,
    admin=MASKED,
    chapter_officer=OWN,
)
READ_CHAPTERS = row(secretary=ALL, liaison=ALL, leader=ALL, chapter_officer=OWN)
MOVE_CHAPTERS = row(secretary=ALL, leader=ALL)
INSIDE: list[Role] = [role for role in Role if role not in (Role.DONOR, Role.TIME)]
TASKS: Mapping[Role, Scope] = MappingProxyType({**dict.fromkeys(INSIDE, OWN), Role.SECRETARY: ALL})
ORDERS = row(secretary=ALL, leader=ALL, reviewer=ALL, finance=ALL, seal_keeper=ALL, admin=ALL)
