"""What a person can put right: a sentence, a remedy, and the exit code and HTTP status that fit.

A sentence is kept as an English message id with named values; the words, in the reader's
language, are made at the edge (`donflow.language`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Label:
    """The name of a thing in both languages, as `states.yaml` declares it."""

    zh: str
    en: str


class CommandLine(str):
    """A command as a person types it; words in capitals stand for what that person fills in."""

    __slots__ = ()


@dataclass(frozen=True)
class Sentence:
    """A message id with its values; a value may itself be a Sentence, a Label, Money or a date."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence, for programmers and tracebacks only."""
        return self.message.format_map(dict(self.values))


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message id for the catalogue; it is translated later, at the edge."""
    return message


def say(message: str, **values: object) -> Sentence:
    """Put a marked message id and its values together."""
    return Sentence(message, values)


class DonflowError(Exception):
    """A person's mistake: subclasses carry the message id; the instance carries the values.

    `remedy` says how to mend it. Exit code 2 and HTTP 400 unless a subclass says otherwise.
    """

    code: ClassVar[str] = "wrong_input"
    message: ClassVar[str] = N_("This cannot be done.")
    remedy: ClassVar[str] = ""
    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 400

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.message, self.values)

    @property
    def remedy_sentence(self) -> Sentence | None:
        return Sentence(self.remedy, self.values) if self.remedy else None

    @property
    def details(self) -> tuple[Sentence, ...]:
        """What is wrong one by one, each told on a line of its own."""
        return ()

    def __str__(self) -> str:
        return " ".join(map(str, (self.sentence, *self.details)))


class SeveralWrong(DonflowError):
    """Several things are wrong, each told on a line of its own; the message may say the `count`."""

    def __init__(self, told: Iterable[Sentence], **values: object) -> None:
        self.told = tuple(told)
        super().__init__(count=len(self.told), **values)

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.told


@dataclass(frozen=True)
class Refusal:
    """One thing that stands in the way: its code, why, and what mends it."""

    code: str
    reason: Sentence
    remedy: Sentence


class Refused(DonflowError):
    """Raised at the edge of a unit of work so that nothing is written; carries every refusal."""

    code = "refused"
    message = N_("Refused: {count} conditions are not met.")
    http_status = 409

    def __init__(self, refusals: tuple[Refusal, ...], *, act: Sentence | None = None) -> None:
        super().__init__(count=len(refusals))
        self.refusals = refusals
        self.act = act


class NotFound(DonflowError):
    """What was asked for is not there, or is not for this reader: the two look the same."""

    code = "not_found"
    message = N_("There is no {what} {given}.")
    http_status = 404

    def __init__(self, *, mend: str = "", **values: object) -> None:
        super().__init__(**values)
        self.mend = mend

    @property
    def remedy_sentence(self) -> Sentence | None:
        """What brings it about, where the caller knew; else what this kind of thing needs."""
        return Sentence(self.mend, self.values) if self.mend else super().remedy_sentence
