"""Commands on users and their roles; a change waits for a second person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.accounts.policy import ROLE_NAMES
from donflow.accounts.users import all_users, check_new_user, get_user, roles_on, set_mail
from donflow.cli.acting import Act, Done, writes, writes_oneself
from donflow.cli.arguments import DAY, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.output import Column, tell_list
from donflow.cli.two_persons import ask
from donflow.domain.actor import Role
from donflow.errors import N_, DonflowError, say

user = Group("user", help=N_("Users and their roles"), no_args_is_help=True)


class AddressOrNone(DonflowError):
    code = "address_or_none"
    message = N_("Give an address, or --remove.")


ROLES = {str(role): ROLE_NAMES[role] for role in Role if role not in (Role.DONOR, Role.TIME)}


@user.command(
    "add",
    help=N_("Add a user with a role; a second person confirms it."),
    example="donflow user add zhou 周审核 --role reviewer --as-capacity legal",
)
@click.argument("username", metavar=N_("USER"))
@click.argument("display_name", metavar=N_("NAME"))
@click.option("--role", required=True, type=NamedChoice(ROLES), help=N_("The role."))
@click.option(
    "--as-capacity",
    "capacity",
    metavar=N_("WORD"),
    help=N_("As what: a rung of the approval ladder."),
)
@writes
def add(act: Act, username: str, display_name: str, role: str, capacity: str | None) -> Done:
    arguments = {
        "username": username,
        "display_name": display_name,
        "role": role,
        "capacity": capacity,
        "since": act.on.isoformat(),
    }
    check_new_user(act.session, username, display_name)
    return ask(act, "user add", arguments)


@user.command(
    "role",
    help=N_("Give a user a role, or end it on a day; a second person confirms it."),
    example="donflow user role qian finance\ndonflow user role qian finance --until 2026-12-31",
)
@click.argument("username", metavar=N_("USER"))
@click.argument("role", type=NamedChoice(ROLES), metavar=N_("ROLE"))
@click.option(
    "--as-capacity",
    "capacity",
    metavar=N_("WORD"),
    help=N_("As what: a rung of the approval ladder."),
)
@click.option("--until", type=DAY, metavar=N_("DAY"), help=N_("End the role on this day."))
@writes
def role(act: Act, username: str, role: str, capacity: str | None, until: date | None) -> Done:
    get_user(act.session, username)
    arguments = {
        "username": username,
        "role": role,
        "capacity": capacity,
        "since": act.on.isoformat(),
        "until": until.isoformat() if until else None,
    }
    return ask(act, "user role", arguments)


@user.command(
    "deactivate",
    help=N_("Let a user act no more; a second person confirms it."),
    example="donflow user deactivate qian",
)
@click.argument("username", metavar=N_("USER"))
@writes
def deactivate(act: Act, username: str) -> Done:
    get_user(act.session, username)
    return ask(act, "user deactivate", {"username": username})


@user.command(
    "mail",
    help=N_(
        "Say where you get the digest of the day: by mail, or with --remove as a file in the folder"
        " letters of the home. Everybody names an own address."
    ),
    example="donflow user mail lin@example.edu\ndonflow user mail --remove",
)
@click.argument("address", required=False, metavar=N_("[ADDRESS]"))
@click.option("--remove", is_flag=True, help=N_("No mail any more."))
@writes_oneself
def mail(act: Act, address: str | None, remove: bool) -> Done:
    if remove == (address is not None):
        raise AddressOrNone
    set_mail(act.session, act.user, address, actor=act.actor, now=act.now)
    if remove:
        return Done(say(N_("The digest of the day is a file in the folder letters from now on.")))
    return Done(say(N_("The digest of the day goes to the address given from now on.")))


@user.command("list", help=N_("Users and the roles they hold."), example="donflow user list")
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("username", N_("User")),
        Column("display_name", N_("Name")),
        Column("roles", N_("Roles")),
        Column("active", N_("Active")),
    )
    rows: list[dict[str, object]] = [
        {
            "username": item.username,
            "display_name": item.display_name,
            "roles": tuple(
                str(held) if as_json else say(ROLE_NAMES[held])
                for held in roles_on(item, look.today)
            ),
            "active": item.active,
        }
        for item in all_users(look.session)
    ]
    tell_list(look.shell, N_("Users"), columns, rows, as_json=as_json, xlsx=xlsx)
