"""What a look into a file found: what keeps it out, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass

from donflow.errors import N_, Refusal, Sentence, say


@dataclass(frozen=True)
class Findings:
    """Reasons against a file, and warnings that do not keep it out."""

    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Sentence, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.refusals + other.refusals, self.warnings + other.warnings)


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


SAVE_AGAIN = say(N_("Open it in Word or WPS, save it again under its own kind, and take that."))
SEND_AGAIN = say(N_("Ask for the file again; it may have been cut short on its way."))
"""Remedies that several findings share."""
