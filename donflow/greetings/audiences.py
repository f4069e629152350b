"""Whom a rhythm greets: a segment of the roster, the donors, everybody, or WeChat groups.

All in SQL: a selection is never read into memory to plan for it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import CTE, Select, func, or_, select
from sqlalchemy.orm import Session

from donflow.errors import Label
from donflow.gifts.models import Gift, Payment
from donflow.greetings.models import WechatGroup
from donflow.roster.alumni_models import SegmentMember
from donflow.roster.import_models import Merge
from donflow.roster.models import Constituent
from donflow.roster.segments import known_segments

DONORS: Final = "donors"
"""Whoever has a gift with money that finance confirmed."""
ALL: Final = "all"
GROUPS: Final = "groups"
"""Every WeChat group; no person."""
BUILT_IN: Final = (DONORS, ALL, GROUPS)
LABELS: Final = {
    DONORS: Label("捐赠人", "donors"),
    ALL: Label("所有人", "everybody"),
    GROUPS: Label("微信群", "WeChat groups"),
}


def known_audiences(session: Session) -> tuple[str, ...]:
    """Every name that a rhythm may stand for: those that donflow knows, then the roster's."""
    return (*BUILT_IN, *known_segments(session))


def heads() -> CTE:
    """`number`, `head`: every number that was merged, with the number that stands for the person.

    A ring, which only harmed rows make, has no head and is left out.
    """
    above = select(Merge.absorbed_id.label("number"), Merge.survivor_id.label("head")).cte(
        recursive=True
    )
    step = select(above.c.number, Merge.survivor_id).join(Merge, Merge.absorbed_id == above.c.head)
    above = above.union(step)
    absorbed = select(Merge.absorbed_id)
    return select(above.c.number, above.c.head).where(above.c.head.not_in(absorbed)).cte()


def people_in(segment: str, heads: CTE) -> Select[int]:
    """The numbers (`id`) of the people in a segment, each once, under their heads, ascending."""
    if segment == ALL:
        taken_up = select(heads.c.number)
        return select(Constituent.id.label("id")).where(Constituent.id.not_in(taken_up))
    if segment == DONORS:
        confirmed = select(Payment.gift_id).where(
            Payment.confirmed_at.is_not(None), Payment.struck_at.is_(None)
        )
        told = select(Gift.donor_id.label("number")).where(
            Gift.donor_id.is_not(None), Gift.id.in_(confirmed)
        )
    else:
        told = select(SegmentMember.constituent_id.label("number")).where(
            SegmentMember.segment == segment
        )
    numbers = told.subquery()
    head = func.coalesce(heads.c.head, numbers.c.number)
    return (
        select(head.label("id"))
        .select_from(numbers)
        .join(heads, heads.c.number == numbers.c.number, isouter=True)
        .distinct()
        .order_by("id")
    )


def groups_in(segment: str, today: date) -> Select[int]:
    """The numbers (`id`) of the WeChat groups of a segment that have not ended."""
    going = or_(WechatGroup.ended_on.is_(None), WechatGroup.ended_on > today)
    query = select(WechatGroup.id.label("id")).where(going)
    return query if segment == GROUPS else query.where(WechatGroup.segment == segment)


def count_people(session: Session, segment: str) -> int:
    """How many people the segment has now, each once."""
    members = people_in(segment, heads()).subquery()
    return session.scalar(select(func.count()).select_from(members)) or 0
