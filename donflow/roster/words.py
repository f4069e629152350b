"""Somebody's words that name an erased person, in rows that are not about that person."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from donflow.domain.actor import Actor
from donflow.roster.alumni_models import Education, Employment, IdentityCheck, RosterExport
from donflow.roster.exports import forget_in_exports
from donflow.roster.import_models import ImportedSheet, Proposal, RosterImport
from donflow.roster.models import Constituent, Reveal
from donflow.store.base import Base
from donflow.store.journal import Subject, record

MASK = "*"
"""One character: what is masked still fits where it stood."""
SHORTEST_NAME = 2
"""A name of one character stands in too many words that mean nobody."""

Column = InstrumentedAttribute[Any]
Words = dict[type[Base], tuple[Column, ...]]

WORDS: Words = {
    RosterExport: (RosterExport.reason, RosterExport.selection),
    RosterImport: (RosterImport.file_name,),
    ImportedSheet: (ImportedSheet.title,),
    IdentityCheck: (IdentityCheck.department, IdentityCheck.purpose),
    Reveal: (Reveal.reason,),
    Education: (Education.source_ref,),
    Employment: (Employment.source_ref,),
    Proposal: (Proposal.source_ref,),
    Constituent: (Constituent.field_sources, Constituent.former_values),
}
"""Where words of the office stand that may name anybody; each table has a salt."""


def names_in_words(people: Sequence[Constituent]) -> frozenset[str]:
    """What these people are called, as far as it can be looked for in words."""
    told = (name for person in people for name in (person.name, *person.other_names))
    return frozenset(name for name in told if len(name) >= SHORTEST_NAME)


def forget_words(
    session: Session,
    words: Words,
    names: Collection[str],
    numbers: Sequence[int],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Mask the names wherever they stand in words; an export asked for by number loses all.

    Call it in the erasure's own unit of work. A new salt makes the old digests mute.
    """
    forget_in_exports(session, numbers, actor=actor, now=now)
    longest_first = sorted(names, key=len, reverse=True)
    count = 0
    for table, columns in words.items() if names else ():
        conditions = [cast(each, Text).contains(name, autoescape=True)
                      for each in columns for name in names]  # fmt: skip
        for row in session.scalars(select(table).where(or_(*conditions))):
            for column in columns:
                masked = _masked(getattr(row, column.key), longest_first)
                if isinstance(row, ImportedSheet):  # a title is unique within a file
                    masked = masked.replace(MASK, f"{MASK}{row.id}")[:LONGEST_TITLE]
                setattr(row, column.key, masked)
            row.salt = secrets.token_hex(16)  # type: ignore[attr-defined]
            count += 1
    if count:
        subject = Subject("person", numbers[0])
        record(session, subject, "words_erased", actor=actor, now=now, detail={"rows": count})


def _masked(value: Any, names: Sequence[str]) -> Any:
    """A text, or a list or mapping of texts, without the names."""
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, MASK)
        return value
    if isinstance(value, list):
        return [_masked(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _masked(each, names) for key, each in value.items()}
    return value


LONGEST_TITLE = 120
