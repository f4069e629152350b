"""How a guard says no: the reason, and the command that mends it."""

from __future__ import annotations

from donflow.engine.spec import Unmet
from donflow.errors import N_, CommandLine, Sentence, say


def lacking(reason: Sentence, command: str) -> Unmet:
    """Unmet for this reason; `command` is what a person types (after `donflow`) to mend it."""
    return Unmet(reason, say(N_("Run: {command}"), command=CommandLine(f"donflow {command}")))


def lacking_or(reason: Sentence, command: str, otherwise: str) -> Unmet:
    """As `lacking`, with what a person types where the thing asked for is not to be."""
    remedy = say(
        N_("Run: {command}; or, where there is to be none: {otherwise}"),
        command=CommandLine(f"donflow {command}"),
        otherwise=CommandLine(f"donflow {otherwise}"),
    )
    return Unmet(reason, remedy)


def lacking_either(reason: Sentence, command: str, otherwise: str) -> Unmet:
    """As `lacking`, with a second way that mends it as well."""
    remedy = say(
        N_("Run: {command}; or: {otherwise}"),
        command=CommandLine(f"donflow {command}"),
        otherwise=CommandLine(f"donflow {otherwise}"),
    )
    return Unmet(reason, remedy)


def wait(reason: Sentence, remedy: Sentence) -> Unmet:
    """Unmet for a reason that no single command mends."""
    return Unmet(reason, remedy)


PLACES = (
    N_("AMOUNT"),
    N_("COPY"),
    N_("DAY"),
    N_("FILE"),
    N_("HOLDER"),
    N_("KIND"),
    N_("LETTER"),
    N_("MINUTES"),
    N_("NAME"),
    N_("NO"),
    N_("NUMBER"),
    N_("OFFICE"),
    N_("PERSON"),
    N_("SCAN"),
    N_("TEXT"),
)
"""The words in capitals that stand in these commands for what a person puts there."""
