"""Before a chapter is founded: the proposed list of officers, and the guidance of two bodies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Opinion, Proposal
from donflow.chapters.register import touch
from donflow.domain.actor import Actor
from donflow.domain.chapter_facts import Body, Verdict
from donflow.errors import N_, DonflowError
from donflow.store.columns import recorded
from donflow.store.journal import record


class AlreadyProposed(DonflowError):
    code = "already_proposed"
    message = N_("{name} is on the list for this office already.")
    http_status = 409


class NotProposed(DonflowError):
    code = "not_proposed"
    message = N_("{name} is not on the list for this office.")
    remedy = N_("See the list: donflow chapter show {number}")


def propose(
    session: Session,
    chapter: Chapter,
    person: int,
    office: str,
    *,
    name: str,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Put a person on the list for an office. Raises AlreadyProposed."""
    if _on_list(session, chapter, person, office):
        raise AlreadyProposed(name=name)
    proposal = Proposal(
        chapter_id=chapter.id, constituent_id=person, office=office, **recorded(actor, now)
    )
    session.add(proposal)
    session.flush()
    touch(chapter, now)
    detail = {"proposal": proposal.id, "person": person, "office": office}
    record(session, chapter.subject, "officer_proposed", actor=actor, now=now, detail=detail)
    return proposal


def strike(
    session: Session,
    chapter: Chapter,
    person: int,
    office: str,
    *,
    name: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a person off the list for an office. Raises NotProposed."""
    proposal = _on_list(session, chapter, person, office)
    if proposal is None:
        raise NotProposed(name=name, number=chapter.id)
    proposal.struck_at = now
    touch(chapter, now)
    detail = {"proposal": proposal.id}
    record(session, chapter.subject, "officer_struck", actor=actor, now=now, detail=detail)


def record_opinion(
    session: Session,
    chapter: Chapter,
    body: Body,
    verdict: Verdict,
    *,
    minutes_number: str,
    on: date,
    document: str | None,
    note: str | None,
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Record what one of the two bodies said of the list; its last word counts."""
    opinion = Opinion(
        chapter_id=chapter.id,
        body=body,
        verdict=verdict,
        minutes_number=minutes_number.strip(),
        on=on,
        document=document,
        note=note,
        **recorded(actor, now),
    )
    session.add(opinion)
    session.flush()
    touch(chapter, now)
    detail = {"opinion": opinion.id, "body": body, "verdict": verdict, "document": document}
    record(session, chapter.subject, "opinion_recorded", actor=actor, now=now, detail=detail)
    return opinion


def proposals_of(session: Session, chapter_id: int) -> list[Proposal]:
    """The list as it stands, without whoever was struck from it."""
    query = (
        select(Proposal)
        .where(Proposal.chapter_id == chapter_id, Proposal.struck_at.is_(None))
        .order_by(Proposal.id)
    )
    return list(session.scalars(query))


def opinions_of(session: Session, chapter_id: int) -> list[Opinion]:
    """Every word of guidance, the first first."""
    query = select(Opinion).where(Opinion.chapter_id == chapter_id).order_by(Opinion.id)
    return list(session.scalars(query))


def _on_list(session: Session, chapter: Chapter, person: int, office: str) -> Proposal | None:
    return next(
        (
            each
            for each in proposals_of(session, chapter.id)
            if (each.constituent_id, each.office) == (person, office)
        ),
        None,
    )
