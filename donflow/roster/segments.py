"""Segments (百、千、万, and the office's own names): who belongs to one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.alumni_models import SegmentMember
from donflow.roster.models import Constituent
from donflow.roster.people import refuse_unchangeable
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

USUAL = ("百", "千", "万")
"""Those every office knows; each further name is a row as soon as one belongs to it."""
LONGEST_SEGMENT = 20


class SegmentUnknown(DonflowError):
    code = "segment_unknown"
    message = N_("There is no segment “{segment}” yet; there are: {known}.")
    remedy = N_("If it is a new one, add --new.")


class SegmentName(DonflowError):
    code = "segment_name"
    message = N_("The name of a segment has 1 to {longest} characters.")


class SegmentSaid(DonflowError):
    code = "segment_said"
    message = N_("This is so already: person {number}, segment “{segment}”.")
    remedy = N_("See donflow person show {number}.")
    http_status = 409


def known_segments(session: Session) -> tuple[str, ...]:
    """The usual segments, and those of the office's own that somebody belongs to."""
    query = select(SegmentMember.segment).distinct().order_by(SegmentMember.segment)
    own = [name for name in session.scalars(query) if name not in USUAL]
    return (*USUAL, *own)


def join_segment(
    session: Session,
    constituent: Constituent,
    segment: str,
    *,
    actor: Actor,
    now: datetime,
    new: bool = False,
) -> SegmentMember:
    """Put a constituent into a segment; `new` makes one of the office's own.

    Raises SegmentUnknown, so that a slip of the pen makes no segment, SegmentName, SegmentSaid.
    """
    refuse_unchangeable(constituent)
    segment = segment.strip()
    if not 0 < len(segment) <= LONGEST_SEGMENT:
        raise SegmentName(longest=LONGEST_SEGMENT)
    known = known_segments(session)
    if segment not in known and not new:
        raise SegmentUnknown(segment=segment, known=known)
    if segment in segments_of(session, [constituent.id]):
        raise SegmentSaid(number=constituent.id, segment=segment)
    member = SegmentMember(constituent_id=constituent.id, segment=segment, **recorded(actor, now))
    session.add(member)
    _note(session, member, "segment_joined", actor=actor, now=now)
    return member


def leave_segment(
    session: Session,
    constituent: Constituent,
    segment: str,
    *,
    numbers: Collection[int] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Take a constituent out of a segment, under all its numbers. Raises SegmentSaid."""
    refuse_unchangeable(constituent)
    query = select(SegmentMember).where(
        SegmentMember.constituent_id.in_({constituent.id, *numbers}),
        SegmentMember.segment == segment.strip(),
    )
    found = list(session.scalars(query))
    if not found:
        raise SegmentSaid(number=constituent.id, segment=segment)
    for member in found:
        session.delete(member)
        _note(session, member, "segment_left", actor=actor, now=now)


def segments_of(session: Session, numbers: Collection[int]) -> tuple[str, ...]:
    """The segments under these numbers, the usual ones first."""
    query = select(SegmentMember.segment).where(SegmentMember.constituent_id.in_(numbers))
    found = set(session.scalars(query))
    return (*(name for name in USUAL if name in found), *sorted(found.difference(USUAL)))


def _note(
    session: Session, member: SegmentMember, action: str, *, actor: Actor, now: datetime
) -> None:
    session.flush()
    # Without the name: it is the office's own words.
    detail = {"row": f"{member.__tablename__}:{member.id}"}
    subject = Subject("person", member.constituent_id)
    record(session, subject, action, actor=actor, now=now, detail=detail)
