"""How constituents stand to one another: 伉俪, a donor's widow, who speaks for a company."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.merging import numbers_of
from donflow.roster.models import Constituent, Relation, RelationKind
from donflow.roster.people import refuse_unchangeable
from donflow.store.journal import Subject, record


class RelationRefused(DonflowError):
    code = "relation_refused"
    message = N_("This relation is known already, or it would be with the same person.")
    remedy = N_("See donflow person show {number}.")
    http_status = 409


def relate(
    session: Session,
    constituent: Constituent,
    kind: RelationKind,
    *,
    to: Constituent,
    actor: Actor,
    now: datetime,
) -> Relation:
    """Record that `constituent` is the `kind` of `to`. Raises RelationRefused."""
    refuse_unchangeable(constituent)
    refuse_unchangeable(to)
    ours, theirs = (numbers_of(session, person.id) for person in (constituent, to))
    known = any(
        (each.kind, each.from_id in ours, each.to_id in theirs) == (kind, True, True)
        for each in relations_of(session, constituent)
    )
    if known or ours == theirs:
        raise RelationRefused(number=constituent.id)
    relation = Relation(from_id=constituent.id, kind=kind, to_id=to.id)
    session.add(relation)
    session.flush()
    detail = {"relation": relation.id, "kind": kind, "to": to.id}
    subject = Subject("person", constituent.id)
    record(session, subject, "relation_added", actor=actor, now=now, detail=detail)
    return relation


def relations_of(session: Session, constituent: Constituent) -> list[Relation]:
    """The relations from and to a person, under all its numbers."""
    numbers = numbers_of(session, constituent.id)
    query = (
        select(Relation)
        .where(or_(Relation.from_id.in_(numbers), Relation.to_id.in_(numbers)))
        .order_by(Relation.id)
    )
    return list(session.scalars(query))
