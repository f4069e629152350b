"""Commands on acts that wait for a second person."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.accounts.orders import confirm, refuse, waiting
from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import ACT_NAMES, word_for
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.lifecycle.two_persons import acts_of

order = Group("order", help=N_("Acts that wait for a second person"), no_args_is_help=True)


@order.command("list", help=N_("What waits for a second person."), example="donflow order list")
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("order", N_("No.")),
        Column("act", N_("Act")),
        Column("asked_by", N_("Asked by")),
        Column("until", N_("Until")),
    )
    names = {user.id: user.username for user in all_users(look.session)}
    rows: list[dict[str, object]] = [
        {
            "order": item.id,
            "act": item.act if as_json else word_for(ACT_NAMES, item.act),
            "asked_by": names.get(item.asked_by),
            "until": item.until,
        }
        for item in waiting(look.session, look.now)
    ]
    tell_list(look.shell, N_("Orders"), columns, rows, as_json=as_json, xlsx=xlsx)


@order.command(
    "confirm",
    help=N_("Confirm an act as the second person; it is then done."),
    example="donflow order confirm 4\ndonflow order confirm 4 --for leader --evidence 会议纪要.pdf",
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@writes
def confirm_(act: Act, number: int) -> Done:
    acts = acts_of(act.office)
    confirm(act.session, number, acts, actor=act.actor, desk=act.office.desk, now=act.now)
    return Done(say(N_("Order {no} is done."), no=number), None, {"order": number})


@order.command(
    "refuse",
    help=N_("Refuse an act, or take your own one back."),
    example="donflow order refuse 4",
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@writes
def refuse_(act: Act, number: int) -> Done:
    refuse(act.session, number, actor=act.actor, desk=act.office.desk, now=act.now)
    return Done(say(N_("Order {no} is refused."), no=number), None, {"order": number})
