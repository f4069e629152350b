"""What a look into a file found: what keeps it out, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

from donflow.errors import N_, Refusal, Sentence, say

_One = TypeVar("_One")

MOST_TOLD: Final = 40
"""Beyond these, one reason more tells nobody anything."""


@dataclass(frozen=True)
class Findings:
    """Reasons against a file, and warnings that do not keep it out; each stands once."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Sentence, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        if not (other.refusals or other.warnings):
            return self
        return Findings(
            _joined(self.refusals, other.refusals), _joined(self.warnings, other.warnings)
        )


def against(code: str, reason: Sentence, remedy: Sentence) -> Findings:
    """One reason against the file."""
    return Findings(refusals=(Refusal(code, reason, remedy),))


def warning(sentence: Sentence) -> Findings:
    return Findings(warnings=(sentence,))


def damaged(part: str | None = None) -> Findings:
    """The file, or a named part of it, does not hold together."""
    reason = (
        say(N_("Its part {part} is damaged."), part=part) if part else say(N_("It is damaged."))
    )
    return against("damaged", reason, SEND_AGAIN)


def second_file() -> Findings:
    """Two files in one: what one program shows, another does not see."""
    reason = say(N_("A second file hides behind it."))
    return against("second_file", reason, SAVE_AGAIN)


def shortened(text: str) -> str:
    """What a file says of itself, no longer than a person reads."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _joined(first: tuple[_One, ...], second: tuple[_One, ...]) -> tuple[_One, ...]:
    if len(first) >= MOST_TOLD:
        return first
    new = tuple(one for one in second if one not in first)
    return (first + new)[:MOST_TOLD] if new else first


SAVE_AGAIN = say(N_("Open it in Word or WPS, save it again under its own kind, and take that."))
SEND_AGAIN = say(N_("Ask for the file again; it may have been cut short on its way."))
IN_PARTS = say(N_("Ask for it in several smaller files."))
"""Remedies that several findings share."""
_SHOWN: Final = 120
