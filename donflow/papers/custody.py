"""Handing the scans to the file keeper as one named package, and the keeper's word for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import FILED_PAPERS, PaperKind
from donflow.errors import N_, NotFound, say
from donflow.gifts.models import Gift, GiftPaper
from donflow.gifts.register import touch
from donflow.papers.models import Custody
from donflow.store.columns import recorded
from donflow.store.journal import record

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same scans make the same bytes: a package carries no time of packing."""


def pack(members: Sequence[tuple[str, bytes]]) -> bytes:
    """One zip of named files, the same bytes for the same members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members:
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.external_attr = 0o600 << 16
            package.writestr(entry, data)
    return buffer.getvalue()


def hand_over(
    session: Session,
    gift: Gift,
    *,
    custodian: str,
    package: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> Custody:
    """Write down that this package went to the file keeper."""
    custody = Custody(
        gift_id=gift.id,
        custodian=custodian,
        package=package,
        handed_on=on,
        **recorded(actor, now),
    )
    session.add(custody)
    session.flush()
    touch(gift, now)
    detail = {"custody": custody.id, "package": package}
    record(session, gift.subject, "custody_handed", actor=actor, now=now, detail=detail)
    return custody


def acknowledge(
    session: Session,
    gift: Gift,
    *,
    evidence: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Custody:
    """Write down that the file keeper acknowledged the last package."""
    custody = last_custody(session, gift.id)
    if custody is None:
        raise NotFound(
            what=say(N_("package handed over for gift")),
            given=gift.number,
            mend=N_("Hand it over first: donflow paper handover {given}"),
        )
    custody.acknowledged_on, custody.acknowledgement = on, evidence
    touch(gift, now)
    detail = {"custody": custody.id, "evidence": evidence}
    record(session, gift.subject, "custody_acknowledged", actor=actor, now=now, detail=detail)
    return custody


def package_is_whole(papers: Sequence[GiftPaper]) -> bool:
    """Whether none of the three papers was filed anew since the last package was made.

    `papers` are all papers of one gift, the first first.
    """
    packages = [place for place, paper in enumerate(papers) if _is_package(paper)]
    if not packages:
        return True
    return _three(papers[: packages[-1]]) == _three(papers)


def _is_package(paper: GiftPaper) -> bool:
    return paper.kind == PaperKind.CUSTODY_PACKAGE


def _three(papers: Sequence[GiftPaper]) -> dict[str, str | None]:
    """The newest document of each of the three papers; None for one that is absent."""
    return {paper.kind: paper.document for paper in papers if paper.kind in FILED_PAPERS}


def last_custody(session: Session, gift_id: int) -> Custody | None:
    query = select(Custody).where(Custody.gift_id == gift_id).order_by(Custody.id.desc())
    return session.scalars(query.limit(1)).one_or_none()
