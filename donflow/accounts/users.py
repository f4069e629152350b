"""Users and their roles: adding, assigning, ending; and the actor that a user is for one act."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from donflow.accounts.models import Assignment, User
from donflow.domain.actor import OUTSIDE_ALWAYS, Actor, OnBehalf, Role
from donflow.domain.net_addresses import is_mail_address
from donflow.errors import N_, DonflowError, NotFound, Refusal, Refused, say
from donflow.store.journal import Subject, record

USERNAME = re.compile(r"[a-z0-9._-]{2,40}")
UNASSIGNABLE = OUTSIDE_ALWAYS | {Role.TIME}


class UserInactive(DonflowError):
    code = "user_inactive"
    message = N_("The user {username} has been deactivated.")
    remedy = N_("Work as another user.")
    http_status = 403


class RoleNotHeld(DonflowError):
    code = "role_not_held"
    message = N_("The user {username} does not hold this role today.")
    remedy = N_("See the roles with donflow user list; an administrator can assign them.")
    http_status = 403


class RoleNotAssignable(DonflowError):
    code = "role_not_assignable"
    message = N_("No user can hold this role: what its holder does is recorded by the secretary.")
    remedy = N_("Record the act with its evidence.")


class AdminApart(DonflowError):
    code = "admin_apart"
    message = N_("An administrator holds no other role at the same time; {username} would.")
    remedy = N_("Use two users, one for administration and one for the work.")
    http_status = 409


class OwnAccount(DonflowError):
    code = "own_account"
    message = N_("Nobody changes roles or standing of the own account.")
    remedy = N_("Ask another administrator.")
    http_status = 403


class OwnMailOnly(DonflowError):
    code = "own_mail_only"
    message = N_("Everybody names an own mail address only.")
    http_status = 403


class NoMailAddress(DonflowError):
    code = "no_mail_address"
    message = N_("“{given}” is no mail address.")
    remedy = N_("Write it such as lin@example.edu.")


class PeriodBackwards(DonflowError):
    code = "period_backwards"
    message = N_("The role would end on {until}, before it began on {since}.")
    remedy = N_("Give a day on or after {since}.")


def add_user(
    session: Session, username: str, display_name: str, *, actor: Actor | None, now: datetime
) -> User:
    """Add a user without a role. `actor` is None at set-up only. Raises Refused."""
    check_new_user(session, username, display_name)
    user = User(username=username, display_name=display_name.strip(), active=True, created_at=now)
    session.add(user)
    session.flush()
    record(session, Subject("user", user.id), "user_added", actor=actor, now=now)
    return user


def set_mail(
    session: Session, user: User, mail: str | None, *, actor: Actor, now: datetime
) -> None:
    """Say where the user gets the digest of the day; None: nowhere by mail.

    Only for the own account: whoever could name another's address would read along.
    Raises OwnMailOnly, NoMailAddress.
    """
    if actor.user_id != user.id:
        raise OwnMailOnly
    if mail is not None and not is_mail_address(mail):
        raise NoMailAddress(given=mail)
    user.mail = mail
    record(session, Subject("user", user.id), "user_mail_set", actor=actor, now=now)


def check_new_user(session: Session, username: str, display_name: str) -> None:
    """Raise Refused where these names cannot be a new user's."""
    refusals = tuple(_username_refusals(session, username)) + tuple(_name_refusals(display_name))
    if refusals:
        raise Refused(refusals)


def assign_role(
    session: Session,
    user: User,
    role: Role,
    *,
    since: date,
    actor: Actor | None,
    now: datetime,
    until: date | None = None,
    capacity: str | None = None,
) -> Assignment:
    """Give a role from `since` until the day before `until`; `capacity` is as what it is held.

    An administrator holds no business role on any of these days (trust.md P17), and nobody
    assigns to himself.
    """
    refuse_own(user, actor)
    if role in UNASSIGNABLE:
        raise RoleNotAssignable
    if until is not None and until < since:
        raise PeriodBackwards(since=since, until=until)
    overlapping = [held for held in user.assignments if _overlaps(held, since, until)]
    if any((held.role == Role.ADMIN) != (role is Role.ADMIN) for held in overlapping):
        raise AdminApart(username=user.username)
    assignment = Assignment(user=user, role=role, capacity=capacity, since=since, until=until)
    session.add(assignment)
    session.flush()
    detail = {"role": role, "capacity": capacity, "since": since.isoformat()}
    record(session, Subject("user", user.id), "role_assigned", actor=actor, now=now, detail=detail)
    return assignment


def end_role(
    session: Session, user: User, role: Role, *, until: date, actor: Actor | None, now: datetime
) -> None:
    """End a role: it is not held on `until` any more. Raises RoleNotHeld."""
    refuse_own(user, actor)
    ending = [held for held in user.assignments if held.role == role and _holds(held, until)]
    if not ending:
        raise RoleNotHeld(username=user.username)
    for held in ending:
        held.until = until
    detail = {"role": role, "until": until.isoformat()}
    record(session, Subject("user", user.id), "role_ended", actor=actor, now=now, detail=detail)


def deactivate(session: Session, user: User, *, actor: Actor, now: datetime) -> None:
    """Let the user act no more; the row stays, since the journal names it."""
    refuse_own(user, actor)
    user.active = False
    record(session, Subject("user", user.id), "user_deactivated", actor=actor, now=now)


def refuse_own(user: User, actor: Actor | None) -> None:
    """Nobody changes roles or standing of the own account: raise OwnAccount."""
    if actor is not None and actor.user_id == user.id:
        raise OwnAccount


def find_user(session: Session, username: str) -> User | None:
    """The user of that name, if there is one."""
    return session.scalar(select(User).where(User.username == username))


def get_user(session: Session, username: str) -> User:
    """The user of that name. Raises NotFound."""
    user = find_user(session, username)
    if user is None:
        raise NotFound(
            what=say(N_("user")), given=username, mend=N_("See the users: donflow user list")
        )
    return user


def all_users(session: Session) -> list[User]:
    """Everybody by username, with the assignments loaded."""
    query = select(User).options(selectinload(User.assignments)).order_by(User.username)
    return list(session.scalars(query))


def roles_on(user: User, today: date) -> tuple[Role, ...]:
    """The roles held on a day, the one assigned first in front, each once."""
    held = [Role(each.role) for each in user.assignments if _holds(each, today)]
    return tuple(dict.fromkeys(held))


def capacities_on(user: User, role: Role, today: date) -> frozenset[str]:
    """As what the role is held on a day: the rungs of the approval ladder it may stand on."""
    return frozenset(
        held.capacity
        for held in user.assignments
        if held.role == role and held.capacity and _holds(held, today)
    )


def actor_of(
    user: User,
    acting_role: Role | None = None,
    on_behalf_of: OnBehalf | None = None,
    *,
    today: date,
) -> Actor:
    """Who acts: the user in the one role asked for, or in all held, the one assigned first.

    Raises UserInactive, or RoleNotHeld when the role is not held today.
    """
    if not user.active:
        raise UserInactive(username=user.username)
    held = roles_on(user, today)
    role = acting_role or next(iter(held), None)
    if role is None or role not in held:
        raise RoleNotHeld(username=user.username)
    roles = frozenset({acting_role} if acting_role else held)
    return Actor(user.id, roles, role, on_behalf_of)


def _holds(held: Assignment, day: date) -> bool:
    return held.since <= day and (held.until is None or day < held.until)


def _overlaps(held: Assignment, since: date, until: date | None) -> bool:
    starts_before_end = until is None or held.since < until
    return starts_before_end and (held.until is None or since < held.until)


def _username_refusals(session: Session, username: str) -> list[Refusal]:
    if not USERNAME.fullmatch(username):
        return [
            Refusal(
                "username_form",
                say(N_("“{username}” cannot be a username."), username=username),
                say(N_("Use 2 to 40 of a-z, 0-9, full stop, hyphen and underscore.")),
            )
        ]
    if find_user(session, username) is not None:
        return [
            Refusal(
                "username_taken",
                say(N_("There is already a user {username}."), username=username),
                say(N_("Choose another username.")),
            )
        ]
    return []


def _name_refusals(display_name: str) -> list[Refusal]:
    if display_name.strip():
        return []
    return [
        Refusal(
            "display_name_empty",
            say(N_("The user's name is empty.")),
            say(N_("Give the name that is shown on pages and papers.")),
        )
    ]
