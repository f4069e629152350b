"""What every act takes: for whom it is recorded (代录), the proof, the day, a request's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from donflow.accounts.policy import POLICY, names_of
from donflow.cli.arguments import FILE, NUMBER, PAST_DAY, NamedChoice
from donflow.cli.naming import EVIDENCE_NAMES, ROLE_NAMES
from donflow.domain.actor import ADMISSIBLE, Actor, EvidenceKind, OnBehalf, Role, acting_in
from donflow.errors import N_, DonflowError, say
from donflow.vault.files import fingerprint_of

if TYPE_CHECKING:
    from donflow.vault.models import Blob


class EvidenceMissing(DonflowError):
    code = "evidence_missing"
    message = N_("What somebody outside did is recorded with its evidence.")
    remedy = N_("Add --for ROLE and --evidence FILE together (the returned file, slip, or photo).")


class EvidenceUnfit(DonflowError):
    code = "evidence_unfit"
    message = N_("What this evidence is does not prove an act of: {role}.")
    remedy = N_("Name with --evidence-kind what it is, one of: {kinds}.")


class EvidenceMadeHere(DonflowError):
    code = "evidence_made_here"
    message = N_("{file} was made by donflow or is a template; it proves nothing of anybody else.")
    remedy = N_("Take what came from outside: the notice, the returned file, the slip, the photo.")


class NotRecordable(DonflowError):
    code = "not_permitted"
    message = N_("“{command}” is not recorded for: {role}; it is done by: {roles}.")
    remedy = N_("If it is your own act, leave out --for and --evidence.")
    http_status = 403


class NotRecordedHere(DonflowError):
    code = "not_permitted"
    message = N_("In a shared desk nothing is recorded for: {role}.")
    remedy = N_("Let them do it as users of their own; only the donor's acts are recorded.")
    http_status = 403


class SecretaryRecords(DonflowError):
    code = "not_permitted"
    message = N_("Only the secretary records what somebody outside did.")
    remedy = N_("Let the secretary record it; for your own act leave out --for and --evidence.")
    http_status = 403


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
        taken = {item.name: given.pop(f"act_{item.name}", None) for item in fields(cls)}
        if (taken["role"] is None) != (taken["file"] is None):
            raise EvidenceMissing
        return cls(**taken)

    def plain(self) -> dict[str, object]:
        """What tells one request from another: all but the key itself."""
        given = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in given.items() if name != "request_key"}


OF_COMMAND = {
    "original sign": EvidenceKind.SIGNED_PAPER,
    "original countersign": EvidenceKind.SIGNED_PAPER,
    "receipt record": EvidenceKind.NOTICE,
}
"""What the evidence usually is where the command says more than the role."""


def evidence_kind(evidence: Evidence, name: str, path: str) -> EvidenceKind:
    """The kind that was named, else what it usually is for this command, or for this role."""
    if evidence.kind:
        return EvidenceKind(evidence.kind)
    if path in OF_COMMAND:
        return OF_COMMAND[path]
    is_word = name.lower().endswith((".docx", ".doc", ".wps"))
    usual = {
        Role.REVIEWER: EvidenceKind.RETURNED_WORD if is_word else EvidenceKind.NOTICE,
        Role.FINANCE: EvidenceKind.BANK_SLIP,
        Role.SEAL_KEEPER: EvidenceKind.PHOTO,
        Role.LEADER: EvidenceKind.MINUTES,
    }
    return usual.get(Role(str(evidence.role)), EvidenceKind.MESSAGE)


def check_evidence(outside: OnBehalf, held: Blob | None, name: str, templates: Path) -> None:
    """Refuse what cannot prove this act; a Word file may come back unchanged.

    `held` is the same file, if the vault has it already.
    """
    admissible = ADMISSIBLE[outside.role]
    if outside.evidence not in admissible:
        kinds = tuple(say(EVIDENCE_NAMES[kind]) for kind in EvidenceKind if kind in admissible)
        raise EvidenceUnfit(role=say(ROLE_NAMES[outside.role]), kinds=kinds)
    if outside.evidence is EvidenceKind.RETURNED_WORD:
        return
    shipped = (fingerprint_of(path.read_bytes()) for path in templates.rglob("*.docx"))
    if (held and held.made_here) or outside.document in shipped:
        raise EvidenceMadeHere(file=name)


def permitted(path: str, actor: Actor, roles: frozenset[str]) -> Actor:
    """The actor in the role to which the command is permitted, or a sentence that says why not."""
    outside = actor.on_behalf_of
    if outside is not None:
        role = say(ROLE_NAMES[outside.role])
        if actor.acting_role is not Role.SECRETARY:
            raise SecretaryRecords
        if not roles:
            raise NotRecordedHere(role=role)
        if roles.isdisjoint(POLICY[path]):
            raise NotRecordable(command=path, role=role, roles=names_of(POLICY[path]))
    return acting_in(actor, POLICY[path])


OUTSIDE = {
    str(role): ROLE_NAMES[role]
    for role in (Role.DONOR, Role.REVIEWER, Role.FINANCE, Role.SEAL_KEEPER, Role.LEADER)
}

OUTSIDE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--for", "act_role", type=NamedChoice(OUTSIDE), help=N_("Recorded for somebody outside (代录).")),
    click.option("--evidence", "act_file", type=FILE, metavar=N_("FILE"), help=N_("The document that proves what somebody outside did.")),
    click.option("--evidence-kind", "act_kind", type=NamedChoice(EVIDENCE_NAMES), help=N_("What the evidence is, if it is not the usual one.")),
)  # fmt: skip
OWN_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--on", "act_on", type=PAST_DAY, metavar=N_("DAY"), help=N_("The day it was done; today if left out.")),
    click.option("--acting-role", "act_acting", type=click.Choice([str(r) for r in Role]), help=N_("Which of your own roles you act in."), hidden=True),
    click.option("--request-key", "act_request_key", metavar=N_("KEY"), help=N_("A repeat with the same key returns the first outcome."), hidden=True),
    click.option("--seen", "act_seen", type=NUMBER, metavar=N_("VERSION"), help=N_("Refuse if the gift was changed since this version."), hidden=True),
    click.option("--json", "as_json", is_flag=True, expose_value=False, help=N_("Answer as JSON.")),
)  # fmt: skip

NOW_OPTIONS = OWN_OPTIONS[1:]
"""Without the day."""
EVIDENCE_OPTIONS = (*OUTSIDE_OPTIONS, *OWN_OPTIONS)
