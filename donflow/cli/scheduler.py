"""The command that lets the clock bring what it brings."""

from __future__ import annotations

import click

from donflow.accounts.policy import allowed
from donflow.cli.arguments import json_option
from donflow.cli.commands import Command
from donflow.cli.looking import looking
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.errors import N_, say


@click.command(
    "scheduler",
    cls=Command,
    help=N_("Ask what time brings: gifts that are fulfilled or have expired, orders run out."),
    example="donflow scheduler --once",
)
@click.option("--once", is_flag=True, help=N_("Ask once and end, for Windows' task scheduler."))
@json_option
@click.pass_obj
def scheduler(shell: Shell, once: bool, as_json: bool) -> None:
    from donflow.scheduler import run_forever, tick  # the stated exception of the layers

    with looking(shell, "scheduler") as look:
        allowed("scheduler", look.actor.roles)

    def wake() -> None:
        opened = shell.office
        done = tick(opened.office, opened.store, username=shell.username, now=shell.now())
        shell.exit_code = 1 if done.failed else 0
        if as_json:
            moved = [{"gift": number, "transition": step} for number, step in done.moved]
            record = {"moved": moved, "failed": done.failed, "orders_expired": done.orders_expired}
            tell_record(shell, record)
            return
        tell(
            shell,
            N_("Time moved {count} gifts; {orders} orders ran out."),
            count=len(done.moved),
            orders=done.orders_expired,
        )
        if done.failed:
            failed = say(N_("Not moved, since donflow failed: {gifts}."), gifts=done.failed)
            click.echo(shell.words(failed), err=True)

    if once:
        wake()
    else:
        run_forever(wake)
