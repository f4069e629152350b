"""Reads from a workflow file who must consent, by amount."""

from __future__ import annotations

from collections.abc import Collection

from donflow.engine import fields
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry
from donflow.engine.spec import Approval, Mode, Rung
from donflow.errors import N_


def ladder(entry: Entry, roles: Collection[str], mistakes: Mistakes) -> tuple[Approval, ...]:
    """The rules under `approval:`; no two may begin at the same amount."""
    rules = (_rule(item, roles, mistakes) for item in fields.items(entry, mistakes))
    found: dict[int, Approval] = {}
    for rule in rules:
        if rule is None:
            continue
        if rule.amount_from in found:
            mistakes.tell(
                rule.line,
                N_("amount_from {amount} is declared twice; it stands already in line {first}."),
                amount=rule.amount_from,
                first=found[rule.amount_from].line,
            )
        else:
            found[rule.amount_from] = rule
    return tuple(found.values())


def _rule(item: Entry, roles: Collection[str], mistakes: Mistakes) -> Approval | None:
    parts = fields.record(item, mistakes, required=("when", "rungs"), optional=("mode",))
    steps = _rungs(parts["rungs"], roles, mistakes) if "rungs" in parts else ()
    mode = (
        fields.known(parts["mode"], [choice.value for choice in Mode], _UNKNOWN_MODE, mistakes)
        if "mode" in parts
        else None
    )
    when = (
        fields.record(parts["when"], mistakes, required=("amount_from",)) if "when" in parts else {}
    )
    if "amount_from" not in when:
        return None
    amount = fields.number(when["amount_from"], mistakes)
    if amount is None:
        return None
    return Approval(amount, steps, Mode(mode or Mode.ALL), when["amount_from"].line)


def _rungs(entry: Entry, roles: Collection[str], mistakes: Mistakes) -> tuple[Rung, ...]:
    found: list[Rung] = []
    for item in fields.items(entry, mistakes):
        rung = _rung(item, roles, mistakes)
        if rung is not None and rung in found:
            mistakes.tell(
                item.line,
                N_("The rung {role} as {capacity} stands twice in one rule."),
                role=rung.role,
                capacity=rung.capacity,
            )
        elif rung is not None:
            found.append(rung)
    return tuple(found)


def _rung(item: Entry, roles: Collection[str], mistakes: Mistakes) -> Rung | None:
    parts = fields.record(item, mistakes, required=("role", "as"))
    role = (
        fields.known(parts["role"], roles, N_("There is no role {name}"), mistakes)
        if "role" in parts
        else None
    )
    capacity = fields.name(parts["as"], mistakes) if "as" in parts else None
    return Rung(role, capacity) if role and capacity else None


_UNKNOWN_MODE = N_("mode cannot be {name}")
