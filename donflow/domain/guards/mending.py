"""How a guard says no: the reason, and the command that mends it."""

from __future__ import annotations

from donflow.engine.spec import Unmet
from donflow.errors import N_, Sentence, say


def lacking(reason: Sentence, command: str) -> Unmet:
    """Unmet for this reason; `command` is what a person types (after `donflow`) to mend it."""
    return Unmet(reason, say(N_("Run: {command}"), command=f"donflow {command}"))


def wait(reason: Sentence, remedy: Sentence) -> Unmet:
    """Unmet for a reason that no single command mends."""
    return Unmet(reason, remedy)
