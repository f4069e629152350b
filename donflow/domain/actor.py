"""Who acts: a user of the desk in a role, perhaps recording (代录) what somebody outside did."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """The roles of the office and of those it deals with; `time` is what the clock brings."""

    SECRETARY = "secretary"
    LIAISON = "liaison"
    LEADER = "leader"
    REVIEWER = "reviewer"
    FINANCE = "finance"
    SEAL_KEEPER = "seal_keeper"
    CHAPTER_OFFICER = "chapter_officer"
    ADMIN = "admin"
    DONOR = "donor"
    TIME = "time"


OUTSIDE_ALWAYS = frozenset({Role.DONOR})
"""Roles that no user can hold: their acts are always recorded by the desk."""


class EvidenceKind(StrEnum):
    """What proves an act of somebody outside the desk."""

    RETURNED_WORD = "returned_word"
    NOTICE = "notice"
    BANK_SLIP = "bank_slip"
    MINUTES = "minutes"
    PHOTO = "photo"
    SIGNED_PAPER = "signed_paper"
    MESSAGE = "message"
    LETTER = "letter"


ADMISSIBLE: Mapping[Role, frozenset[EvidenceKind]] = MappingProxyType(
    {
        Role.REVIEWER: frozenset(EvidenceKind) - {EvidenceKind.BANK_SLIP},
        Role.FINANCE: frozenset(
            {EvidenceKind.BANK_SLIP, EvidenceKind.NOTICE, EvidenceKind.MESSAGE}
        ),
        Role.SEAL_KEEPER: frozenset(
            {EvidenceKind.PHOTO, EvidenceKind.NOTICE, EvidenceKind.SIGNED_PAPER}
        ),
        Role.LEADER: frozenset(
            {
                EvidenceKind.MINUTES,
                EvidenceKind.NOTICE,
                EvidenceKind.MESSAGE,
                EvidenceKind.LETTER,
            }
        ),
        Role.DONOR: frozenset(EvidenceKind)
        - {EvidenceKind.NOTICE, EvidenceKind.BANK_SLIP, EvidenceKind.MINUTES},
    }
)
"""Which kinds of evidence can prove an act of each role outside."""


@dataclass(frozen=True)
class OnBehalf:
    """An act of somebody outside, recorded with its evidence: the document's fingerprint."""

    role: Role
    evidence: EvidenceKind
    document: str
    acted_on: date

    def as_codes(self) -> dict[str, str]:
        """The form that rows and journal events keep: codes, a fingerprint, a date."""
        return {
            "role": self.role,
            "evidence": self.evidence,
            "document": self.document,
            "acted_on": self.acted_on.isoformat(),
        }


@dataclass(frozen=True)
class Actor:
    """A user (by id), the roles held, the role acted in, and for whom it is recorded.

    `acted_on` is the day of the act, where it is entered later than it was done.
    """

    user_id: int
    roles: frozenset[Role]
    acting_role: Role
    on_behalf_of: OnBehalf | None = None
    acted_on: date | None = None

    @property
    def role(self) -> Role:
        """The role whose act this is: the one outside, if it is recorded for somebody."""
        return self.on_behalf_of.role if self.on_behalf_of else self.acting_role


def acting_in(actor: Actor, permitted: Container[str]) -> Actor:
    """The actor in a role to which the act is permitted: the one acted in, or another one held.

    What is recorded for somebody outside stays the secretary's to record.
    """
    if actor.on_behalf_of is not None or actor.acting_role in permitted:
        return actor
    held = (role for role in Role if role in actor.roles and role in permitted)
    return replace(actor, acting_role=next(held, actor.acting_role))
