"""People found by what stands in no line: a number, a whole phone or identifier, a phone's end.

Phones and what else identifies are encrypted. A whole value is found by its blind index, four last
digits by theirs; of a longer ending the few candidates are opened and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.halfwidth import halfwidth
from donflow.roster.fields import read_field
from donflow.roster.merging import heads_of
from donflow.roster.models import (
    Constituent,
    ContactKind,
    ContactPoint,
    Identifier,
    IdentifierKind,
    Status,
)
from donflow.roster.people import LAST_FOUR
from donflow.store.keys import KeyRing, PersonKeyGone

SHORTEST: Final = 4
"""Characters: no way of being reached and no identifier has fewer."""


class Reach(StrEnum):
    """How far a search reaches, the narrowest first; who asks decides it (lifecycle.visible)."""

    OPEN = "open"
    """For whom names are hidden: by number, class and city, what such a one is shown."""
    USUAL = "usual"
    """By all that stands in a line, and by whole contacts and four last digits of a phone."""
    FULL = "full"
    """For whom a phone may be revealed: by longer endings too, which tell hidden digits."""


def people_by_value(session: Session, keys: KeyRing, text: str, reach: Reach) -> frozenset[int]:
    """The heads of those who have this number, way of being reached, or identifier."""
    typed = halfwidth(text).strip()
    digits = typed if re.fullmatch("[0-9]+", typed) else ""
    found = set[int]()
    if len(typed) >= SHORTEST and reach is not Reach.OPEN:
        found |= set(_by_blind(session, keys, typed))
    if 4 <= len(digits) <= LONGEST_ENDING[reach]:
        found |= _by_end_of_phone(session, keys, digits)
    if digits and len(digits) <= 9:
        found |= set(session.scalars(select(Constituent.id).where(Constituent.id == int(digits))))
    return frozenset(_heads(session, found))


def _by_blind(session: Session, keys: KeyRing, typed: str) -> Iterable[int]:
    for kinds, table in ((ContactKind, ContactPoint), (IdentifierKind, Identifier)):
        blinds = [
            keys.blind(kind, value)
            for kind in kinds
            if _may_be(kind, typed) and (value := read_field(kind, typed).value)
        ]
        if blinds:
            yield from session.scalars(select(table.constituent_id).where(table.blind.in_(blinds)))


def _may_be(kind: ContactKind | IdentifierKind, typed: str) -> bool:
    """Reading a phone loads a large library: it has six digits at least."""
    return kind is not ContactKind.PHONE or sum(sign.isdigit() for sign in typed) >= 6


def _by_end_of_phone(session: Session, keys: KeyRing, digits: str) -> set[int]:
    query = (
        select(ContactPoint, Constituent.key_id)
        .join(Constituent, Constituent.id == ContactPoint.constituent_id)
        .where(ContactPoint.blind_last4 == keys.blind(LAST_FOUR, digits[-4:]))
    )
    if len(digits) == 4:
        return {point.constituent_id for point, _ in session.execute(query)}
    return {
        point.constituent_id
        for point, key_id in session.execute(query)
        if _opened(keys, key_id, point).endswith(digits)
    }


def _opened(keys: KeyRing, key_id: str, point: ContactPoint) -> str:
    try:
        return keys.decrypt(key_id, point.kind, point.salt, point.ciphertext)
    except PersonKeyGone:
        return ""


def _heads(session: Session, numbers: set[int]) -> Iterable[int]:
    if not numbers:
        return ()
    heads = set(heads_of(session, numbers).values())
    alive = select(Constituent.id).where(
        Constituent.id.in_(heads), Constituent.status != Status.ERASED
    )
    return session.scalars(alive)


LONGEST_ENDING: Final[Mapping[Reach, int]] = MappingProxyType(
    {Reach.OPEN: 0, Reach.USUAL: 4, Reach.FULL: 10}
)
"""Digits of a phone's end that are asked. Four are shown to everybody as they are; each further
one would tell by ten searches what a reveal, with its reason, is noted for."""
