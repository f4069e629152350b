"""Which gifts a user may see, by the scope that the policy grants and the facts of the gift."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import Session

from donflow.accounts.models import User
from donflow.accounts.policy import POLICY, may_reveal
from donflow.accounts.scopes import Scope
from donflow.agreements.models import ReviewRound
from donflow.domain.actor import Role
from donflow.gifts.models import Gift, Payment
from donflow.gifts.register import NoSuchGift, get_gift
from donflow.originals.models import OriginalCopy
from donflow.roster.merging import heads_of
from donflow.roster.models import Constituent
from donflow.roster.search.by_number import Reach
from donflow.roster.search.finding import EVERYBODY, Among


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


def gifts_given(
    session: Session, numbers: Collection[int], *, user: User, roles: Collection[Role]
) -> list[Gift]:
    """The gifts of a person, under all its numbers, that this user may list and know the donor of.

    Whom the policy lists no gifts to sees none here.
    """
    granted = [scope for role, scope in POLICY["gift list"].items() if role in roles]
    reached = or_(false(), *(within(scope, user) for scope in granted))
    query = (
        select(Gift)
        .where(Gift.donor_id.in_(numbers), reached)
        .order_by(Gift.year.desc(), Gift.serial.desc())
    )
    gifts = session.scalars(query)
    return [gift for gift in gifts if not gift.anonymous or knows_donor(gift, user, roles)]


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
    own name, is there for those alone who know it, and masked. A gift under any of the numbers
    that were merged counts for the person.
    """
    among = seen_numbers(session, scope=scope, user=user, roles=roles)
    return [person for person in people if person.id in among]


def seen_numbers(session: Session, *, scope: Scope, user: User, roles: Collection[Role]) -> Among:
    """The same as numbers, for a search that never reads whom it does not find.

    Few people have given: they are named, to be looked among or to be left out.
    """
    if scope is not Scope.OWN and (scope is Scope.MASKED or KNOW_EVERY_DONOR & set(roles)):
        return EVERYBODY
    own = _donors(session, within(Scope.OWN, user))
    if scope is Scope.OWN:
        return Among(only=frozenset(own))
    named = _donors(session, Gift.anonymous.is_(False))
    hidden = _donors(session, Gift.anonymous.is_(True)) - named
    return Among(but=frozenset(hidden - own if Role.LIAISON in roles else hidden))


def reach_of(scope: Scope, roles: Collection[Role]) -> Reach:
    """How far this user's searches reach: nobody finds by what would be hidden from them."""
    if scope is Scope.MASKED:
        return Reach.OPEN
    return Reach.FULL if any(may_reveal("phone", role) for role in roles) else Reach.USUAL


def _donors(session: Session, condition: ColumnElement[bool]) -> set[int]:
    """The donors of such gifts by their own numbers, and by the heads of these."""
    found = session.scalars(select(Gift.donor_id).where(condition).distinct())
    numbers = {number for number in found if number is not None}
    return numbers | set(heads_of(session, numbers).values())
