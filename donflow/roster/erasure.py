"""Erasing a person, or restricting where a duty keeps the data (PIPL 47; trust.md 7.4).

The journal holds no personal value, so it verifies as before. What identifies becomes unreadable
in every copy of the database, because the person's key is destroyed.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from donflow.domain.actor import Actor
from donflow.errors import Sentence
from donflow.roster.alumni_models import Education, Employment, LiaisonPost, SegmentMember
from donflow.roster.import_models import Merge, Proposal
from donflow.roster.models import Constituent, Relation, Reveal, Status
from donflow.roster.sources import forget_origin
from donflow.roster.standing import STATUS
from donflow.store.base import Base
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.store.session import once_stored


def erase(
    session: Session,
    keys: KeyRing,
    constituent: Constituent,
    *,
    kept_because: tuple[Sentence, ...],
    actor: Actor,
    now: datetime,
) -> Status:
    """Erase one number; with duties to keep the data, restrict it instead. Says which.

    Whoever was merged has several numbers (`roster.merging.numbers_of`): each is erased.
    The key is destroyed once this unit of work is stored: earlier, a rollback would
    leave a person who can be neither read nor seen as erased.
    """
    subject = Subject("person", constituent.id)
    constituent.changed_at = now
    if kept_because:
        constituent.status = Status.RESTRICTED
        forget_origin(constituent, [STATUS])
        detail = {"duties": len(kept_because)}
        record(session, subject, "person_restricted", actor=actor, now=now, detail=detail)
        return Status.RESTRICTED
    _blank(constituent)
    for row in _belongings(session, constituent.id):
        session.delete(row)
    key_id = constituent.key_id
    once_stored(session, lambda _store: keys.forget(key_id))
    record(session, subject, "person_erased", actor=actor, now=now)
    return Status.ERASED


def erased_keys(session: Session) -> frozenset[str]:
    """The ids of the keys of all erased constituents: none of them may still be held."""
    query = select(Constituent.key_id).where(Constituent.status == Status.ERASED)
    return frozenset(session.scalars(query))


def forget_erased(session: Session, keys: KeyRing) -> None:
    """Destroy the keys of all erased constituents, should a crash have left one. Repeatable."""
    for key_id in sorted(erased_keys(session) & keys.person_keys()):
        keys.forget(key_id)


def _belongings(session: Session, number: int) -> list[Base]:
    """The rows of other tables that say something of this number, in the order of the tables."""
    found: list[Base] = []
    for table, columns in BELONGINGS.items():
        query = select(table).where(or_(*(column == number for column in columns)))
        found += session.scalars(query)
    return found


def _blank(constituent: Constituent) -> None:
    """Leave the row, its number and its key's id; a new salt makes the old digests mute."""
    constituent.status = Status.ERASED
    constituent.name = ""
    constituent.other_names = []
    constituent.gender = constituent.salutation = None
    constituent.representative = constituent.note_code = None
    constituent.birth = constituent.ethnicity = constituent.city = constituent.province = None
    constituent.died_on = None
    constituent.field_sources, constituent.former_values = {}, {}
    constituent.salt = secrets.token_hex(16)
    constituent.contact_points.clear()
    constituent.identifiers.clear()


BELONGINGS: dict[
    type[Base], tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...]
] = {
    Reveal: (Reveal.constituent_id,),
    Relation: (Relation.from_id, Relation.to_id),
    Education: (Education.constituent_id,),
    Employment: (Employment.constituent_id,),
    SegmentMember: (SegmentMember.constituent_id,),
    LiaisonPost: (LiaisonPost.constituent_id,),
    Proposal: (Proposal.constituent_id, Proposal.other_id),
    Merge: (Merge.absorbed_id, Merge.survivor_id),
}
"""What goes with an erased number: each table with the columns that name the number."""
