"""Commands on acts that wait for a second person."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from donflow.accounts.models import ProposedAct
from donflow.accounts.orders import confirm, refuse, waiting, waiting_order
from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, json_option, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, looking, reads
from donflow.cli.naming import ACT_NAMES, word_for
from donflow.cli.order_words import agreed_to, data_of
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.cli.shell import Shell
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
        Column("what", N_("What is agreed to")),
    )
    names = {user.id: user.username for user in all_users(look.session)}
    rows: list[dict[str, object]] = [
        {
            "order": item.id,
            "act": item.act if as_json else word_for(ACT_NAMES, item.act),
            "asked_by": names.get(item.asked_by),
            "until": item.until,
            "what": data_of(look, item) if as_json else " ".join(_lines(look, item)),
        }
        for item in waiting(look.session, look.now)
    ]
    tell_list(look.shell, N_("Orders"), columns, rows, as_json=as_json, xlsx=xlsx)


@order.command(
    "show",
    help=N_("What an order that waits is about: all that is done once it is confirmed."),
    example="donflow order show 4",
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@json_option
@reads
def show(look: Look, number: int, as_json: bool) -> None:
    item = waiting_order(look.session, number, look.now)
    asker = next(user.username for user in all_users(look.session) if user.id == item.asked_by)
    if as_json:
        record = {"order": item.id, "act": item.act, "asked_by": asker, "until": item.until}
        tell_record(look.shell, {**record, "what": data_of(look, item)})
        return
    tell(
        look.shell,
        N_("Order {no}: {act}, asked for by {user}; until {until}."),
        no=item.id,
        act=word_for(ACT_NAMES, item.act),
        user=asker,
        until=item.until,
    )
    _tell_what(look, item)


def _tell_what(look: Look, item: ProposedAct) -> None:
    for line in _lines(look, item):
        click.echo(f"  {line}")


def _lines(look: Look, item: ProposedAct) -> list[str]:
    return [look.shell.words(sentence) for sentence in agreed_to(look, item)]


def _shown_first(command: Callable[..., None]) -> Callable[..., None]:
    """Before the second person's word counts, what it is about is shown; at a terminal asked."""

    @functools.wraps(command)
    def shown(number: int, **given: Any) -> None:
        shell: Shell = click.get_current_context().find_root().obj
        if not shell.asked.as_json:
            with looking(shell, "order show") as look:
                item = next(
                    (each for each in waiting(look.session, look.now) if each.id == number), None
                )
                if item is not None:
                    _tell_what(look, item)
            if item is not None and sys.stdin.isatty():
                click.confirm(shell.words(say(N_("Confirm this?"))), abort=True)
        command(number=number, **given)

    return shown


@order.command(
    "confirm",
    help=N_("Confirm an act as the second person; what it is about is shown, then it is done."),
    example="donflow order confirm 4\ndonflow order confirm 4 --for leader --evidence 会议纪要.pdf",
)
@click.argument("number", type=NUMBER, metavar=N_("NO"))
@_shown_first
@writes
def confirm_(act: Act, number: int) -> Done:
    acts = acts_of(act.office)
    order = confirm(act.session, number, acts, actor=act.actor, desk=act.office.desk, now=act.now)
    sentence = say(N_("Order {no} is done."), no=number)
    return Done(sentence, None, {"order": number}, shown={"what": data_of(act, order)})


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
