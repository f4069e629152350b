"""What every act takes: for whom it is recorded (代录), the proof, the day, a request's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import click

from donflow.cli.arguments import FILE, NUMBER, PAST_DAY, NamedChoice
from donflow.cli.naming import EVIDENCE_NAMES, ROLE_NAMES
from donflow.domain.actor import EvidenceKind, Role
from donflow.errors import N_, DonflowError


class EvidenceMissing(DonflowError):
    code = "evidence_missing"
    message = N_("What somebody outside did is recorded with its evidence.")
    remedy = N_("Add --for ROLE and --evidence FILE together (the returned file, slip, or photo).")


@dataclass(frozen=True)
class Evidence:
    """What every act takes: for whom it is recorded, the proof, the day, and a request's key."""

    role: str | None = None
    file: Path | None = None
    kind: str | None = None
    on: date | None = None
    acting: str | None = None
    request_key: str | None = None
    seen: int | None = None

    @classmethod
    def take(cls, given: dict[str, Any]) -> Evidence:
        """Take these options out of a command's arguments."""
        taken = {item.name: given.pop(f"act_{item.name}") for item in fields(cls)}
        if (taken["role"] is None) != (taken["file"] is None):
            raise EvidenceMissing
        return cls(**taken)

    def plain(self) -> dict[str, object]:
        """What tells one request from another."""
        return {
            "for": self.role,
            "evidence": str(self.file) if self.file else None,
            "on": self.on.isoformat() if self.on else None,
        }


def evidence_kind(evidence: Evidence, name: str) -> EvidenceKind:
    """The kind that was named, else the one that this role's evidence usually is."""
    if evidence.kind:
        return EvidenceKind(evidence.kind)
    is_word = name.lower().endswith((".docx", ".doc", ".wps"))
    usual = {
        Role.REVIEWER: EvidenceKind.RETURNED_WORD if is_word else EvidenceKind.NOTICE,
        Role.FINANCE: EvidenceKind.BANK_SLIP,
        Role.SEAL_KEEPER: EvidenceKind.PHOTO,
        Role.LEADER: EvidenceKind.MINUTES,
    }
    return usual.get(Role(str(evidence.role)), EvidenceKind.MESSAGE)


OUTSIDE = {
    str(role): ROLE_NAMES[role]
    for role in (Role.DONOR, Role.REVIEWER, Role.FINANCE, Role.SEAL_KEEPER, Role.LEADER)
}

EVIDENCE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--for", "act_role", type=NamedChoice(OUTSIDE), help=N_("Recorded for somebody outside (代录).")),
    click.option("--evidence", "act_file", type=FILE, metavar=N_("FILE"), help=N_("The document that proves what somebody outside did.")),
    click.option("--evidence-kind", "act_kind", type=NamedChoice(EVIDENCE_NAMES), help=N_("What the evidence is, if it is not the usual one.")),
    click.option("--on", "act_on", type=PAST_DAY, metavar=N_("DAY"), help=N_("The day it was done; today if left out.")),
    click.option("--acting-role", "act_acting", type=click.Choice([str(r) for r in Role]), help=N_("Which of your own roles you act in."), hidden=True),
    click.option("--request-key", "act_request_key", metavar=N_("KEY"), help=N_("A repeat with the same key returns the first outcome."), hidden=True),
    click.option("--seen", "act_seen", type=NUMBER, metavar=N_("VERSION"), help=N_("Refuse if the gift was changed since this version."), hidden=True),
    click.option("--json", "as_json", is_flag=True, expose_value=False, help=N_("Answer as JSON.")),
)  # fmt: skip
