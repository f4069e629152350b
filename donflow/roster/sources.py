"""Who told us each field of a person, on which day, how sure, and where it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donflow.roster.alumni_models import Sourced
from donflow.roster.models import Confidence, Constituent, Source


@dataclass(frozen=True)
class Origin:
    """Where a value comes from; `ref` is `sheet!row` of an import, or the number of a form."""

    source: Source
    since: date
    confidence: Confidence = Confidence.SURE
    ref: str | None = None

    def as_codes(self) -> list[str]:
        """As it stands in `Constituent.field_sources`: source, day, confidence and place."""
        return [self.source, self.since.isoformat(), self.confidence, self.ref or ""]


def note_origin(constituent: Constituent, fields: Iterable[str], origin: Origin) -> None:
    """Say of these fields of the constituent's own row where they come from."""
    told = dict.fromkeys(fields, origin.as_codes())
    constituent.field_sources = {**(constituent.field_sources or {}), **told}


def forget_origin(constituent: Constituent, fields: Iterable[str]) -> None:
    """Leave out where these fields came from: they are empty now."""
    gone = set(fields)
    known = constituent.field_sources or {}
    constituent.field_sources = {name: told for name, told in known.items() if name not in gone}


def origin_of(constituent: Constituent, name: str) -> Origin | None:
    """Where a field of the constituent's own row comes from; None where nobody noted it."""
    told = (constituent.field_sources or {}).get(name)
    if not told:
        return None
    source, day, confidence, ref = told
    return Origin(Source(source), date.fromisoformat(day), Confidence(confidence), ref or None)


def origin_of_row(row: Sourced) -> Origin:
    """Where a study or a post comes from."""
    return Origin(Source(row.source), row.since, Confidence(row.confidence), row.source_ref)
