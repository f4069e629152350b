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

GROUND_STEPS = {"anonymous": "omit", "waived": "waive", "not_eligible": "refuse"}
"""By ground, the step with which a receipt's own record ends for want of a receipt."""


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


def absence_of(session: Session, gift_id: int, kind: PaperKind) -> GiftPaper | None:
    """The recorded absence of this paper, if nothing of the kind was filed since."""
    filed = [paper for paper in papers_of(session, gift_id) if paper.kind == kind]
    return filed[-1] if filed and filed[-1].document is None else None


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
