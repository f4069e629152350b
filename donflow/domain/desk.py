"""Whose act it counts as when duties are separated: the desk alone, or a desk that all share.

A school office alone (single) records what the foundation did outside, with its evidence; that
evidence stands for the second person. In a shared desk the second person is a second user.

| desk   | the act is                                 | person compared    | roles it may use |
|--------|--------------------------------------------|--------------------|------------------|
| either | one's own                                  | user:7             | one's own        |
| single | recorded by the secretary for a reviewer   | outside:reviewer   | reviewer         |
| shared | recorded by the secretary for a reviewer   | user:7             | none             |
| single | recorded by the secretary for the donor    | outside:donor      | donor            |
| shared | recorded by the secretary for the donor    | user:7             | donor            |
| either | recorded by anybody else, or unproved      | user:7             | none             |

What is recorded for somebody is never the recorder's own act as well: a paper cannot lend its
person to what only the secretary may do.
"""

from __future__ import annotations

from enum import StrEnum

from donflow.domain.actor import OUTSIDE_ALWAYS, Actor, Role


class Desk(StrEnum):
    """Who sits before donflow: the school's office alone, or the foundation's people as well."""

    SINGLE = "single"
    SHARED = "shared"


NEVER_OUTSIDE = frozenset({Role.ADMIN, Role.TIME})
"""Nobody outside rules over users, and nobody stands in for the clock."""


def person_of(actor: Actor, desk: Desk) -> str:
    """The identity that "another person than" compares: `user:7` or `outside:reviewer`."""
    if desk is Desk.SINGLE and (outside := _recorded_for(actor)):
        return f"outside:{outside}"
    return f"user:{actor.user_id}"


def roles_of(actor: Actor, desk: Desk) -> frozenset[Role]:
    """The roles the act may count as: those held, or only the one outside that is recorded for."""
    if actor.on_behalf_of is None:
        return actor.roles
    outside = _recorded_for(actor)
    if outside and (desk is Desk.SINGLE or outside in OUTSIDE_ALWAYS):
        return frozenset({outside})
    return frozenset()


def _recorded_for(actor: Actor) -> Role | None:
    """The role outside, if the secretary records it (代录) with a document as evidence."""
    outside = actor.on_behalf_of
    if outside is None or not outside.document or outside.role in NEVER_OUTSIDE:
        return None
    return outside.role if actor.acting_role is Role.SECRETARY else None
