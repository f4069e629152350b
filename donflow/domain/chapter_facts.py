"""What the guards of chapters and of their elections see: frozen facts, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donflow.domain.terms import STANDARD
from donflow.errors import Sentence


class ChapterRecordKind(StrEnum):
    """The kinds of single facts that are recorded on a chapter with a day and a document."""

    NAME_PERMITTED = "name_permitted"
    PREPARATORY_GROUP = "preparatory_group"
    FOUNDING_MEETING = "founding_meeting"
    PUBLICATION = "publication"
    DISSOLUTION = "dissolution"


class Body(StrEnum):
    """The two bodies that give guidance before the list of officers is final."""

    LEADERS = "leaders"
    COUNCIL = "council"


class Verdict(StrEnum):
    """What a body says of the proposed list."""

    AGREED = "agreed"
    WITH_CHANGES = "with_changes"
    AGAINST = "against"


@dataclass(frozen=True)
class ChapterFacts:
    """One chapter: `leaders` and `council` are what each body said since the list lay before it.

    `needed` are the offices without which its council cannot act, by its charter.
    """

    number: str
    needed: tuple[str, ...] = STANDARD.needed
    profile_written: bool = False
    contact_named: bool = False
    records: frozenset[str] = frozenset()
    charter_filed: bool = False
    proposed: frozenset[str] = frozenset()
    leaders: str | None = None
    council: str | None = None
    council_no: int | None = None
    seated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ElectionFacts:
    """One re-election: `ends_on` is the end of the term of the council in office."""

    number: str
    notice_months: int
    needed: tuple[str, ...] = STANDARD.needed
    ends_on: date | None = None
    notice_due_on: date | None = None
    noticed_on: date | None = None
    late_explained: bool = False
    candidates: frozenset[str] = frozenset()
    barred: tuple[Sentence, ...] = ()
    held_on: date | None = None
    minutes_filed: bool = False
    elected: frozenset[str] = frozenset()
    handed_over_on: date | None = None
    published: bool = False
