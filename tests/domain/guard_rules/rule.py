"""One row of the table of rules, and the shapes that rows come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from donflow.domain.facts import RecordKind
from donflow.domain.money import Money

OTHER_TEXT = "b2" * 32
FEN = Money(1)
RECORD_PAYMENT = "payment record # --amount AMOUNT --payer NAME"
SEAL_KEEPER = "--for seal_keeper --evidence FILE"


@dataclass(frozen=True)
class Rule:
    """One row: the guard, the changes to the facts, and the whole answer (None: it is met)."""

    guard: str
    changes: dict[str, Any]
    reason: str | None = None
    command: str = ""
    otherwise: str = ""
    """What is typed where the thing asked for is not to be."""
    also: str = ""
    """What mends it as well."""

    def __str__(self) -> str:
        answer = "accepts" if self.reason is None else "refuses"
        return f"{self.guard} {answer} {', '.join(self.changes) or 'the satisfied'}"


def met(guard: str, **changes: Any) -> Rule:
    return Rule(guard, changes)


def unmet(
    guard: str, reason: str, command: str, otherwise: str = "", also: str = "", **changes: Any
) -> Rule:
    return Rule(guard, changes, reason, command, otherwise, also)


def recorded(
    guard: str,
    kind: str,
    reason: str,
    words: str = "--file FILE",
    field: str = "records",
) -> tuple[Rule, ...]:
    """A guard that asks for one kind of record, and for no other."""
    others = frozenset(RecordKind) - {kind}
    command = f"gift record # {kind} {words}".strip()
    return (
        met(guard, **{field: frozenset({kind})}),
        unmet(guard, reason, command, **{field: frozenset()}),
        unmet(guard, reason, command, **{field: others}),
    )
