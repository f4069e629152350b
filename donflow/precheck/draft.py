"""What every rule is given: the paper, its anatomy, its facts, the rule book and the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.facts import Facts
from donflow.precheck.paper import Paper
from donflow.precheck.pieces import Pieces
from donflow.precheck.rulebook import RuleBook


@dataclass(frozen=True)
class Registered:
    """What the office's signed agreements hold: its names, and its accounts by name and number."""

    names: frozenset[str] = frozenset()
    accounts: frozenset[tuple[str, str]] = frozenset()


NOBODY: Final = Registered()
"""Of an office that has no signed agreements yet."""


@dataclass(frozen=True)
class Draft:
    """A paper that has been read; `on` is the day of the check.

    Lines and spans are those of `paper`; `pieces` puts them back where a long line was cut.
    """

    paper: Paper
    anatomy: Anatomy
    facts: Facts
    book: RuleBook
    on: date
    pieces: Pieces = field(default_factory=Pieces)
