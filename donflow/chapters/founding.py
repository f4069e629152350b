"""Before a chapter is founded: the proposed list of officers, and the guidance of two bodies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Opinion, Proposal
from donflow.chapters.register import touch
from donflow.domain.actor import Actor
from donflow.domain.chapter_facts import Body, Verdict
from donflow.domain.terms import SINGLE
from donflow.errors import N_, DonflowError
from donflow.store.columns import recorded
from donflow.store.journal import record


class AlreadyProposed(DonflowError):
    code = "already_proposed"
    message = N_("{name} is on the list for this office already.")
    http_status = 409


class OfficeOnList(DonflowError):
    code = "office_on_list"
    message = N_("The list names somebody for this office already; one person holds it at a time.")
    remedy = N_("Take them off first: donflow chapter propose {number} {office} {person} --strike")
    http_status = 409


class SecondOnList(DonflowError):
    code = "second_office"
    message = N_("{name} is on the list for another office already.")
    remedy = N_("Add --also if it is meant that one person holds both.")
    http_status = 409


class NoPaperOfGuidance(DonflowError):
    code = "document_missing"
    message = N_("A word of guidance counts only with the minutes that prove it.")
    remedy = N_("Add them with --file FILE.")


class GuidanceTooEarly(DonflowError):
    code = "guidance_too_early"
    message = N_(
        "Guidance given on {on} is older than the list, which lies before the bodies since {since}."
    )
    remedy = N_(
        "Ask for their word on the list as it stands, and give the day on which it was said."
    )


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
    also: bool = False,
) -> Proposal:
    """Put a person on the list for an office; `also`: besides another office.

    Raises AlreadyProposed, OfficeOnList, SecondOnList.
    """
    if _on_list(session, chapter, person, office):
        raise AlreadyProposed(name=name)
    for other in proposals_of(session, chapter.id):
        if other.office == office and office in SINGLE:
            raise OfficeOnList(number=chapter.id, office=office, person=other.constituent_id)
        if other.constituent_id == person and not also:
            raise SecondOnList(name=name)
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
    listed_on: date,
    document: str | None,
    note: str | None,
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Record what one of the two bodies said of the list; its last word counts.

    `listed_on`: since when the list lies before them as it is. Without minutes it counts only
    where the act itself rests on a paper of theirs. Raises NoPaperOfGuidance, GuidanceTooEarly.
    """
    if document is None and actor.on_behalf_of is None:
        raise NoPaperOfGuidance
    if on < listed_on:
        raise GuidanceTooEarly(on=on, since=listed_on)
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
