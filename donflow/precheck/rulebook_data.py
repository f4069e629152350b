"""What a rule book holds: grounds, limits, clauses, words, repealed laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from donflow.errors import N_, DonflowError, Sentence
from donflow.precheck.findings import Ground, Severity


@dataclass(frozen=True)
class Repealed:
    """A law that no longer stands: its short name, since when, and what replaced it."""

    name: str
    since: date
    by: str


@dataclass(frozen=True)
class Word:
    """A wrong character or term with the right one, and where it is innocent.

    `unless`: words that hold it rightly; `before`: it counts only before one of these; `mend` is
    False where putting the right one in its place could change the meaning.
    """

    wrong: str
    right: str
    code: str  # wrong_character or wrong_term
    severity: Severity = Severity.WARNING
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    mend: bool = True


@dataclass(frozen=True)
class Format:
    """How papers are set: ranges in millimetres and points, both ends allowed; fonts by name."""

    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fonts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RuleBook:
    """The rules in force on one day.

    `grounds` by key and `by_code` the ground that findings of a code cite; `limits` by name
    (`management_fee` as a fraction of one, `small_gift` in yuan); `clauses` by kind: what is asked
    for and how much its absence weighs; `misnamed` laws with the right name, `years` of laws.
    """

    grounds: Mapping[str, Ground]
    by_code: Mapping[str, Ground] = field(default_factory=dict)
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    clauses: Mapping[str, Mapping[str, Severity]] = field(default_factory=dict)
    format: Format = Format()
    repealed: tuple[Repealed, ...] = ()
    misnamed: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()

    def ground(self, key: str) -> Ground:
        """The ground of that key; a key that no file declares is our fault (KeyError)."""
        return self.grounds[key]

    def ground_of(self, code: str) -> Ground | None:
        """The ground that findings of this code cite, None where the rules name none."""
        return self.by_code.get(code)


class WrongRules(DonflowError):
    """The rules are refused whole; each mistake is told as FILE:LINE: sentence."""

    code = "wrong_rules"
    message = N_("The rules have mistakes ({count}).")
    remedy = N_("Mend the lines named and try again.")

    def __init__(self, mistakes: tuple[Sentence, ...]) -> None:
        super().__init__(count=len(mistakes))
        self.mistakes = mistakes

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.mistakes
