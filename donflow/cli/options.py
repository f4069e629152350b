"""Options and argument types that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from donflow.domain.actor import EvidenceKind, Role
from donflow.domain.money import Money, money
from donflow.errors import N_, DonflowError


class NotADay(DonflowError):
    code = "not_a_day"
    message = N_("“{text}” is not a day.")
    remedy = N_("Write it as 2026-03-09.")


class EvidenceMissing(DonflowError):
    code = "evidence_missing"
    message = N_("What somebody outside did is recorded with its evidence.")
    remedy = N_("Add --for ROLE and --evidence FILE together (the returned file, slip, or photo).")


class DayType(click.ParamType[date]):
    """A day as 2026-03-09, 2026/3/9 or 2026年3月9日."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value).strip().replace("年", "-").replace("月", "-").replace("日", "")
        try:
            return datetime.strptime(text.replace("/", "-"), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError as fault:
            raise NotADay(text=str(value)) from fault


class MoneyType(click.ParamType[Money]):
    """An amount as people write it: 500000, 500,000.00, 50万."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Money:
        return value if isinstance(value, Money) else money(str(value))


class GiftType(click.ParamType[str]):
    """A gift's number; completed with numbers and donors."""

    name = "gift"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from donflow.cli.completing import gifts_like

        return gifts_like(ctx.find_root().obj, incomplete)


DAY, MONEY, GIFT = DayType(), MoneyType(), GiftType()
FILE = click.Path(exists=False, dir_okay=False, path_type=Path)

gift_argument = click.argument("gift", type=GIFT, metavar=N_("GIFT"))


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


OUTSIDE = [
    str(role) for role in (Role.DONOR, Role.REVIEWER, Role.FINANCE, Role.SEAL_KEEPER, Role.LEADER)
]

EVIDENCE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--for", "act_role", type=click.Choice(OUTSIDE), help=N_("Recorded for somebody outside (代录).")),
    click.option("--evidence", "act_file", type=FILE, metavar=N_("FILE"), help=N_("The document that proves what somebody outside did.")),
    click.option("--evidence-kind", "act_kind", type=click.Choice([str(k) for k in EvidenceKind]), help=N_("What the evidence is, if it is not the usual one.")),
    click.option("--on", "act_on", type=DAY, metavar=N_("DAY"), help=N_("The day it was done; today if left out.")),
    click.option("--role", "act_acting", type=click.Choice([str(r) for r in Role]), help=N_("Which of your own roles you act in."), hidden=True),
    click.option("--request-key", "act_request_key", metavar=N_("KEY"), help=N_("A repeat with the same key returns the first outcome."), hidden=True),
    click.option("--seen", "act_seen", type=int, metavar=N_("VERSION"), help=N_("Refuse if the gift was changed since this version."), hidden=True),
    click.option("--json", "as_json", is_flag=True, expose_value=False, help=N_("Answer as JSON.")),
)  # fmt: skip

json_option = click.option("--json", "as_json", is_flag=True, help=N_("Answer as JSON."))
xlsx_option = click.option(
    "--xlsx", type=FILE, metavar=N_("FILE"), help=N_("Write the list to an Excel file.")
)


def listed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options that every list takes."""
    wrapped: Callable[..., Any] = json_option(xlsx_option(command))
    return wrapped
