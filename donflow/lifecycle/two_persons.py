"""The acts that need two persons, by name: what is done once the second one confirms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from donflow.accounts.models import ProposedAct
from donflow.accounts.orders import TwoPersonAct, propose
from donflow.accounts.users import (
    add_user,
    assign_role,
    deactivate,
    end_role,
    get_user,
    refuse_own,
)
from donflow.domain.actor import Actor, Role
from donflow.domain.desk import Desk
from donflow.engine.loader import restore
from donflow.lifecycle.erasing import ERASE, erase_person
from donflow.lifecycle.greeting_rules import (
    SET_RHYTHM,
    STOP_RHYTHM,
    set_as_agreed,
    stop_as_agreed,
)
from donflow.lifecycle.migrating import agree_migration
from donflow.lifecycle.office import Office, pin_desk
from donflow.roster.course import Origins
from donflow.roster.exports import CARDS, COURIER, EXPORT, agree_export
from donflow.roster.importing import IMPORT, open_import
from donflow.roster.models import Source
from donflow.store.workflows import activate

DAYS_TO_CONFIRM = 7


def ask_for(
    session: Session,
    office: Office,
    act: str,
    arguments: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> ProposedAct:
    """Ask for one of `acts_of(office)`; it is done when another person confirms it within a week.

    Nobody asks for a change of the own account: raises OwnAccount.
    """
    if act in ON_AN_ACCOUNT:
        refuse_own(get_user(session, str(arguments["username"])), actor)
    until = now + timedelta(days=DAYS_TO_CONFIRM)
    return propose(session, act, arguments, actor=actor, desk=office.desk, now=now, until=until)


def _add_user(session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    user = add_user(session, arguments["username"], arguments["display_name"], actor=actor, now=now)
    assign_role(
        session,
        user,
        Role(arguments["role"]),
        since=date.fromisoformat(arguments["since"]),
        capacity=arguments["capacity"],
        actor=actor,
        now=now,
    )


def _change_role(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    user, role = get_user(session, arguments["username"]), Role(arguments["role"])
    if arguments["until"]:
        until = date.fromisoformat(arguments["until"])
        end_role(session, user, role, until=until, actor=actor, now=now)
        return
    assign_role(
        session,
        user,
        role,
        since=date.fromisoformat(arguments["since"]),
        capacity=arguments["capacity"],
        actor=actor,
        now=now,
    )


def _deactivate(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    deactivate(session, get_user(session, arguments["username"]), actor=actor, now=now)


def _activate(session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    workflow = restore(arguments["content"], version=arguments["version"])
    activate(session, workflow, actor=actor, now=now)


def _agree_migration(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    agree_migration(session, arguments["version"], actor=actor, now=now)


def _erase(
    office: Office, session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    erase_person(session, office, arguments["person"], actor=actor, now=now)


def _open_import(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """The file's name, which may name a person, is no argument of an order: it is not kept."""
    origins = Origins(
        arguments["fingerprint"],
        "",
        Source(arguments["source"]),
        date.fromisoformat(arguments["as_of"]),
        tuple(arguments["headers"]),
    )
    open_import(session, origins, actor=actor, now=now)


def _agree_export(
    session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    agree_export(session, arguments["export"], actor=actor, now=now)


def _set_desk(session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    pin_desk(session, Desk(arguments["desk"]), actor=actor, now=now)


AT_THE_DESK = frozenset({Role.ADMIN, Role.SECRETARY, Role.LEADER})
WITH_THE_FOUNDATION = frozenset({Role.SECRETARY, Role.REVIEWER, Role.LEADER})
ON_AN_ACCOUNT = frozenset({"user role", "user deactivate"})


def acts_of(office: Office) -> dict[str, TwoPersonAct]:
    """Every act that needs two persons, by the command that asks for it."""
    return {
        "user add": TwoPersonAct(_add_user, AT_THE_DESK),
        "user role": TwoPersonAct(_change_role, AT_THE_DESK),
        "user deactivate": TwoPersonAct(_deactivate, AT_THE_DESK),
        "states activate": TwoPersonAct(_activate, WITH_THE_FOUNDATION),
        "states migrate": TwoPersonAct(_agree_migration, WITH_THE_FOUNDATION),
        "settings desk": TwoPersonAct(_set_desk, AT_THE_DESK),
        IMPORT: TwoPersonAct(_open_import, AT_THE_DESK),
        ERASE: TwoPersonAct(partial(_erase, office), AT_THE_DESK),
        EXPORT: TwoPersonAct(_agree_export, AT_THE_DESK),
        CARDS: TwoPersonAct(_agree_export, AT_THE_DESK),
        COURIER: TwoPersonAct(_agree_export, AT_THE_DESK),
        SET_RHYTHM: TwoPersonAct(partial(set_as_agreed, office), AT_THE_DESK),
        STOP_RHYTHM: TwoPersonAct(stop_as_agreed, AT_THE_DESK),
    }
