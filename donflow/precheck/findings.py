"""What the pre-check says: the finding, its place, its ground and its mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from donflow.errors import Sentence
from donflow.precheck.paper import Span


class Severity(StrEnum):
    """How much a finding weighs: an error stops the submission unless waived with a reason."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Ground:
    """What a finding rests on: a law's article, a house rule or a signed precedent.

    `source` is the title as people cite it (《中华人民共和国民法典》), `article` its number, `on`
    the day from which this text is in force; `key` names its row in `rules/`. Of a precedent
    `on` is the day of its signing, and `key` is PRECEDENT.
    """

    key: str
    source: str
    article: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Mend:
    """Characters to put in place of a span: safe, because the meaning cannot change."""

    span: Span
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing found.

    `quote` are the very words in the paper, empty where something is missing, and then `line`
    is None; `expect` says what should stand there; `sure` is False where a person must confirm
    (`domain.md` H2).
    """

    code: str
    severity: Severity
    line: int | None
    quote: str
    expect: Sentence
    ground: Ground | None = None
    mend: tuple[Mend, ...] = ()
    sure: bool = True


PRECEDENT: Final = "precedent"
"""The key of a ground that is no rule but a signed agreement of the office's own."""
