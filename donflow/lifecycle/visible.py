"""Which gifts a user may see, by the scope that the policy grants and the facts of the gift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.policy import Scope
from donflow.agreements.models import ReviewRound
from donflow.gifts.models import Gift, Payment
from donflow.gifts.register import NoSuchGift, get_gift
from donflow.originals.models import OriginalCopy


def within(scope: Scope, user: User) -> ColumnElement[bool]:
    """The condition on Gift that a scope means for this user.

    What a reviewer, finance or the seal keeper may see follows from records (a round was opened,
    a copy was signed, money was recorded), not from the name of a stage.
    """
    reviewed = exists().where(ReviewRound.gift_id == Gift.id)
    signed = exists().where(
        OriginalCopy.gift_id == Gift.id, OriginalCopy.signed_on.is_not(None)
    ) | exists().where(Payment.gift_id == Gift.id)
    own = or_(Gift.liaison == user.username, Gift.liaison == user.display_name)
    conditions: Mapping[Scope, ColumnElement[bool]] = {
        Scope.ALL: true(),
        Scope.OWN: own,
        Scope.FROM_REVIEW: reviewed,
        Scope.FROM_SEAL: signed,
    }
    return conditions.get(scope, false())


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
