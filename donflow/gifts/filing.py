"""The papers of a gift in the vault, and grounds on which one is absent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import PaperKind
from donflow.gifts.models import Gift, GiftPaper
from donflow.gifts.register import touch
from donflow.store.columns import recorded
from donflow.store.journal import record
from donflow.vault.models import Blob

ABSENCE_GROUNDS = ("anonymous", "waived", "not_eligible", "small_gift")

GROUND_STEPS = {"waived": "waive", "not_eligible": "refuse"}
"""By ground, the step of a receipt's or certificate's own record that it rests on."""


def file_paper(
    session: Session,
    gift: Gift,
    kind: PaperKind,
    blob: Blob,
    *,
    title: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> GiftPaper:
    """File a paper that is already in the vault under this gift."""
    return _file(session, gift, kind, blob.fingerprint, title, None, on=on, actor=actor, now=now)


def record_absence(
    session: Session,
    gift: Gift,
    kind: PaperKind,
    *,
    ground: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> GiftPaper:
    """Record that this paper does not exist, and on which ground (慈善法 38)."""
    return _file(session, gift, kind, None, "", ground, on=on, actor=actor, now=now)


def papers_of(session: Session, gift_id: int) -> list[GiftPaper]:
    query = select(GiftPaper).where(GiftPaper.gift_id == gift_id).order_by(GiftPaper.id)
    return list(session.scalars(query))


def _file(
    session: Session,
    gift: Gift,
    kind: PaperKind,
    document: str | None,
    title: str,
    ground: str | None,
    *,
    on: date,
    actor: Actor,
    now: datetime,
) -> GiftPaper:
    paper = GiftPaper(
        gift_id=gift.id,
        kind=kind,
        document=document,
        title=title,
        absent_because=ground,
        on=on,
        **recorded(actor, now),
    )
    session.add(paper)
    session.flush()
    touch(gift, now)
    detail = {"kind": kind, "document": document, "ground": ground}
    record(session, gift.subject, "paper_filed", actor=actor, now=now, detail=detail)
    return paper
