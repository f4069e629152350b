"""What a migration moves: gifts and chapters, and the rows that each takes along."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Election
from donflow.engine.mapping import Taken
from donflow.gifts.models import Gift, Instalment
from donflow.papers.models import Certificate, Receipt
from donflow.store.moving import StageChange

Row = Gift | Instalment | Receipt | Certificate | Chapter | Election
Root = Gift | Chapter
"""What takes all that is beside it along."""


def roots_on_others(session: Session, version: str) -> list[Root]:
    """What stands on another version than this, gifts first, ended or not."""
    gifts = select(Gift).where(Gift.workflow_version != version).order_by(Gift.id)
    chapters = select(Chapter).where(Chapter.workflow_version != version).order_by(Chapter.id)
    return [*session.scalars(gifts), *session.scalars(chapters)]


def beside_of(session: Session, roots: Sequence[Root]) -> list[Row]:
    """The rows that go along with these; an election that is over goes with its chapter too."""
    gifts, chapters = _ids(roots, Gift), _ids(roots, Chapter)
    found: list[Row] = []
    for table in (Instalment, Receipt, Certificate):
        query = select(table).where(table.gift_id.in_(gifts)).order_by(table.id)
        found += session.scalars(query)
    query = select(Election).where(Election.chapter_id.in_(chapters)).order_by(Election.id)
    return [*found, *session.scalars(query)]


def histories_of(
    session: Session, roots: Sequence[Root], rows: Sequence[Row]
) -> dict[tuple[str, int], list[Taken]]:
    """The steps that these roots and rows beside them took, by lifecycle and row."""
    moved = [
        and_(StageChange.subject_type == table.lifecycle, StageChange.subject_id.in_(ids))
        for table, ids in ((Chapter, _ids(roots, Chapter)), (Election, _ids(rows, Election)))
    ]
    query = (
        select(StageChange)
        .where(or_(StageChange.gift_id.in_(_ids(roots, Gift)), *moved))
        .where(StageChange.transition.is_not(None))
        .order_by(StageChange.id)
    )
    found: dict[tuple[str, int], list[Taken]] = {}
    for change in session.scalars(query):
        taken = Taken(change.transition or "", change.from_stage or "", change.to_stage)
        found.setdefault((change.subject_type, change.subject_id), []).append(taken)
    return found


def root_of(row: Row) -> tuple[str, int]:
    """What takes the row along."""
    if isinstance(row, Election):
        return Chapter.lifecycle, row.chapter_id
    assert not isinstance(row, Gift | Chapter)
    return Gift.lifecycle, row.gift_id


def _ids(rows: Sequence[Row], of: type[Row]) -> list[int]:
    return [row.id for row in rows if isinstance(row, of)]
