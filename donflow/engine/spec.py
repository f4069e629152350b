"""What a lifecycle is: stages, transitions, approval rungs, as frozen data with their lines.

Two are equal when they mean the same; the line where something stands in the file does not count
(0: it did not come from a file).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from donflow.errors import Label, Sentence


class Unit(StrEnum):
    """What a deadline counts: Chinese working days, or days of the calendar."""

    WORKDAYS = "workdays"
    DAYS = "days"


class Mode(StrEnum):
    """Whether all rungs of an approval must agree, or any one of them."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Span:
    """A length of time, such as `5 workdays`; count is at least 1."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Stage:
    """Where a row can stand; `within` and `remind` are counted from the day it got there."""

    name: str
    label: Label
    owner: str | None = None
    within: Span | None = None
    remind: Span | None = None
    end: bool = False
    was: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Transition:
    """A named change of stage.

    `by`: the roles that may do it. `needs`: guards, by name. `kinds`: the kinds it serves, empty
    for all. `other_than`: earlier transitions whose actor may not do this one (separation of
    duties). `reason_required`: it is refused without a reason. `was`: its earlier names; whoever
    did it under one of them has done it.
    """

    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    reason_required: bool = False
    was: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    def serves(self, kind: str | None) -> bool:
        """Whether a row of this kind may use it; a row of no kind only what is there for all."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True)
class Rung:
    """One consent of an approval ladder: the role that gives it, and in which capacity (`as`)."""

    role: str
    capacity: str


@dataclass(frozen=True)
class Approval:
    """The rungs asked for from an amount (in yuan, inclusive) up to the next rule's amount."""

    amount_from: int
    rungs: tuple[Rung, ...]
    mode: Mode = Mode.ALL
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Lifecycle:
    """All stages and transitions of one kind of row; `kinds` maps a kind's code to its label.

    `without_agreement`: the kinds that no agreement is made for (`agreement: false`).
    """

    name: str
    initial: str
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    kinds: Mapping[str, Label] = field(default_factory=dict)
    approval: tuple[Approval, ...] = ()
    without_agreement: frozenset[str] = frozenset()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Workflow:
    """A whole states.yaml; `version` is the SHA-256 of its parsed content, in hex."""

    lifecycles: Mapping[str, Lifecycle]
    version: str
    content: str


@dataclass(frozen=True)
class Unmet:
    """A guard's answer no: why, and what mends it."""

    reason: Sentence
    remedy: Sentence


# Facts are opaque to the engine: it hands them from the caller to his guards unopened.
Guard = Callable[[Any], Unmet | None]
