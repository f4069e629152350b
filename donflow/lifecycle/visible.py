"""Which gifts a user may see, by the scope that the policy grants and the facts of the gift."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.policy import Scope
from donflow.agreements.models import ReviewRound
from donflow.domain.actor import Role
from donflow.gifts.models import Gift, Payment
from donflow.gifts.register import NoSuchGift, get_gift
from donflow.originals.models import OriginalCopy
from donflow.roster.models import Constituent


def within(scope: Scope, user: User) -> ColumnElement[bool]:
    """The condition on Gift that a scope means for this user.

    What a reviewer, finance or the seal keeper may see follows from records (a round was opened,
    a copy was signed, money was recorded), not from the name of a stage.
    """
    match scope:
        case Scope.ALL:
            return true()
        case Scope.OWN:
            return or_(Gift.liaison == user.username, Gift.liaison == user.display_name)
        case Scope.FROM_REVIEW:
            return exists().where(ReviewRound.gift_id == Gift.id)
        case Scope.FROM_SEAL:
            paid = exists().where(Payment.gift_id == Gift.id)
            signed = OriginalCopy.signed_on.is_not(None)
            return paid | exists().where(OriginalCopy.gift_id == Gift.id, signed)
        case _:
            return false()


def visible_gifts(scope: Scope, user: User) -> Select[Any]:
    """All gifts within the scope, in the order of their numbers."""
    return select(Gift).where(within(scope, user)).order_by(Gift.year, Gift.serial)


def visible_gift(session: Session, text: str, *, year: int, scope: Scope, user: User) -> Gift:
    """The gift named, if it is within the scope; else NotFound, as if it were not there."""
    gift = get_gift(session, text, year=year)
    query: Select[Any] = select(Gift.id).where(Gift.id == gift.id, within(scope, user))
    if session.scalars(query).one_or_none() is None:
        raise NoSuchGift(text)
    return gift


KNOW_EVERY_DONOR = frozenset({Role.SECRETARY, Role.LEADER})
"""Who at the school knows every donor that does not want to be named to others."""


def knows_donor(gift: Gift, user: User, roles: Collection[Role]) -> bool:
    """Whether a donor that is not to be named (慈善法 78) is known to this user.

    The teacher who brought the gift knows whom; nobody else by being a liaison teacher. Finance
    reads who paid on its own bank statement, not here.
    """
    own = gift.liaison in (user.username, user.display_name)
    return bool(KNOW_EVERY_DONOR & set(roles)) or (Role.LIAISON in roles and own)


def seen_people(
    session: Session,
    people: Sequence[Constituent],
    *,
    scope: Scope,
    user: User,
    roles: Collection[Role],
) -> list[Constituent]:
    """Those of these people that this user may see.

    Within OWN the donors of one's own gifts. Whoever gave without a name, and nothing in their
    own name, is there for those alone who know it, and masked.
    """
    own = exists().where(Gift.donor_id == Constituent.id, within(Scope.OWN, user))
    unnamed = exists().where(Gift.donor_id == Constituent.id, Gift.anonymous)
    named = exists().where(Gift.donor_id == Constituent.id, ~Gift.anonymous)
    if scope is Scope.OWN:
        condition: ColumnElement[bool] = own
    elif scope is Scope.MASKED or KNOW_EVERY_DONOR & set(roles):
        condition = true()
    else:
        condition = ~unnamed | named | own if Role.LIAISON in roles else ~unnamed | named
    seen = set(session.scalars(select(Constituent.id).where(condition)))
    return [person for person in people if person.id in seen]
