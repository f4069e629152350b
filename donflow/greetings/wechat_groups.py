"""WeChat groups that are greeted as one addressee."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.greetings.models import WechatGroup
from donflow.roster.segments import SegmentUnknown, known_segments
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record

LONGEST_NAME = 80


class GroupNamed(DonflowError):
    code = "group_named"
    message = N_("A group of this name is on record already, or the name is empty or too long.")
    remedy = N_("See all: donflow greeting group list")
    http_status = 409


def add_group(
    session: Session,
    name: str,
    *,
    segment: str | None = None,
    people: int | None = None,
    actor: Actor,
    now: datetime,
) -> WechatGroup:
    """Record a group; with a segment it is greeted by that segment's rhythms as well.

    Raises GroupNamed, SegmentUnknown.
    """
    name = " ".join(name.split())
    known = known_segments(session)
    if segment is not None and segment not in known:
        raise SegmentUnknown(segment=segment, known=known)
    taken = session.scalar(select(WechatGroup.id).where(WechatGroup.name == name))
    if taken is not None or not 0 < len(name) <= LONGEST_NAME:
        raise GroupNamed
    group = WechatGroup(name=name, segment=segment, people=people, **recorded(actor, now))
    session.add(group)
    session.flush()
    _note(session, group, "group_added", actor=actor, now=now)
    return group


def end_group(
    session: Session, number: int, *, on: date, actor: Actor, now: datetime
) -> WechatGroup:
    """Greet a group no more from this day on. Raises NotFound, also for one that has ended."""
    group = session.get(WechatGroup, number)
    if group is None or group.ended_on is not None:
        mend = N_("See all: donflow greeting group list")
        raise NotFound(what=say(N_("group")), given=number, mend=mend)
    group.ended_on = on
    _note(session, group, "group_ended", actor=actor, now=now)
    return group


def all_groups(session: Session) -> list[WechatGroup]:
    """All groups, those that have ended last."""
    query = select(WechatGroup).order_by(WechatGroup.ended_on.is_not(None), WechatGroup.id)
    return list(session.scalars(query))


def _note(
    session: Session, group: WechatGroup, action: str, *, actor: Actor, now: datetime
) -> None:
    record(session, Subject("group", group.id), action, actor=actor, now=now)
