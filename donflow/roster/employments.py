"""A person's posts (工作经历): a new current one ends the older; each with its source."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, Refusal, Refused, say
from donflow.roster.alumni_models import Employment
from donflow.roster.models import Constituent, ConstituentKind
from donflow.roster.people import refuse_unchangeable
from donflow.roster.sources import Origin
from donflow.roster.studies import BODY_STUDIES
from donflow.store.journal import Subject, record

LONGEST_EMPLOYER, LONGEST_TITLE = 200, 120


class PostKnown(DonflowError):
    code = "post_known"
    message = N_("Person {number} has this post already.")
    remedy = N_("See donflow person show {number}.")
    http_status = 409


def add_employment(
    session: Session,
    constituent: Constituent,
    employer: str | None,
    job_title: str | None,
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
    numbers: Collection[int] = (),
    current: bool = True,
) -> Employment:
    """Add a post; a current one ends the current ones before it, also under the other `numbers`.

    Raises Refused with everything that is wrong, PostKnown, NotChangeable.
    """
    refuse_unchangeable(constituent)
    said = _read(constituent, employer, job_title)
    before = employments_of(session, {constituent.id, *numbers})
    if any((post.employer, post.job_title, post.current) == (*said, current) for post in before):
        raise PostKnown(number=constituent.id)
    for post in before:
        if current and post.current:
            post.current = False
    added = Employment(
        constituent_id=constituent.id,
        employer=said[0],
        job_title=said[1],
        current=current,
        source=origin.source,
        source_ref=origin.ref,
        since=origin.since,
        confidence=origin.confidence,
        salt=secrets.token_hex(16),
    )
    session.add(added)
    _note(session, added, "employment_added", actor=actor, now=now)
    return added


def change_employment(
    session: Session,
    constituent: Constituent,
    post: Employment,
    employer: str | None,
    job_title: str | None,
    *,
    origin: Origin,
    actor: Actor,
    now: datetime,
) -> None:
    """Replace what a post says. Raises Refused, NotChangeable."""
    refuse_unchangeable(constituent)
    post.employer, post.job_title = _read(constituent, employer, job_title)
    post.source, post.source_ref = origin.source, origin.ref
    post.since, post.confidence = origin.since, origin.confidence
    _note(session, post, "employment_changed", actor=actor, now=now)


def end_employment(
    session: Session, constituent: Constituent, post: Employment, *, actor: Actor, now: datetime
) -> None:
    """Say that a post is a former one. Raises NotChangeable."""
    refuse_unchangeable(constituent)
    post.current = False
    _note(session, post, "employment_ended", actor=actor, now=now)


def remove_employment(
    session: Session, constituent: Constituent, post: Employment, *, actor: Actor, now: datetime
) -> None:
    """Take away a post that was entered by mistake. Raises NotChangeable."""
    refuse_unchangeable(constituent)
    session.delete(post)
    _note(session, post, "employment_removed", actor=actor, now=now)


def employments_of(session: Session, numbers: Collection[int]) -> list[Employment]:
    """The posts under these numbers, the current ones first, then the newest told first."""
    query = (
        select(Employment)
        .where(Employment.constituent_id.in_(numbers))
        .order_by(Employment.current.desc(), Employment.since.desc(), Employment.id.desc())
    )
    return list(session.scalars(query))


def get_employment(session: Session, numbers: Collection[int], place: int) -> Employment:
    """The post of that place in `employments_of`, counted from 1. Raises NotFound."""
    posts = employments_of(session, numbers)
    if not 1 <= place <= len(posts):
        raise NotFound(what=say(N_("such a post of the person")), given=place)
    return posts[place - 1]


def _read(
    constituent: Constituent, employer: str | None, job_title: str | None
) -> tuple[str | None, str | None]:
    read = tuple(" ".join((text or "").split()) or None for text in (employer, job_title))
    wrong = [
        (BODY_STUDIES, constituent.kind != ConstituentKind.PERSON),
        (POST_EMPTY, read == (None, None)),
        (
            POST_LENGTH,
            len(read[0] or "") > LONGEST_EMPLOYER or len(read[1] or "") > LONGEST_TITLE,
        ),
    ]
    refusals = tuple(refusal for refusal, is_wrong in wrong if is_wrong)
    if refusals:
        raise Refused(refusals)
    return read[0], read[1]


def _note(session: Session, post: Employment, action: str, *, actor: Actor, now: datetime) -> None:
    session.flush()
    detail = {"row": f"{post.__tablename__}:{post.id}", "source": post.source}
    subject = Subject("person", post.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)


POST_EMPTY = Refusal(
    "post_empty",
    say(N_("Nothing was told of the post.")),
    say(N_("Name the employer or the title.")),
)
POST_LENGTH = Refusal(
    "post_length",
    say(N_("The employer or the title is too long.")),
    say(N_("Employer 200, title 120 characters.")),
)
