"""Who acts: a user of the desk in a role, perhaps recording (代录) what somebody outside did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
