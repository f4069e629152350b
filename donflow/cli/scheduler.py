"""The command that lets the clock bring what it brings."""

from __future__ import annotations

import click

from donflow.accounts.policy import allowed
from donflow.cli.arguments import json_option
from donflow.cli.commands import Command
from donflow.cli.digest import teller
from donflow.cli.looking import looking
from donflow.cli.outbox_view import counts_of, tell_outbox
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside
from donflow.errors import N_, DonflowError, say


class OfficeHeld(DonflowError):
    code = "office_held"
    message = N_("The clock does nothing here, since {reason}.")
    remedy = N_("If this is the office now: donflow instance release --yes")
    http_status = 409


@click.command(
    "scheduler",
    cls=Command,
    help=N_("Ask what time brings: gifts fulfilled or expired, orders run out, letters due."),
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
        done = tick(
            opened.office,
            opened.store,
            username=shell.username,
            now=shell.now(),
            clock=shell.now,
            tell=teller(shell),
        )
        if done.held is not None:
            held = OfficeHeld(reason=done.held)
            if once:
                raise held
            # A release does not ask for a new start.
            tell_beside(shell, held.code, held.sentence, held.remedy_sentence)
            return
        shell.exit_code = 3 if done.unknown else 1 if done.failed or done.outbox.failed else 0
        if as_json:
            moved = [{"gift": number, "transition": step} for number, step in done.moved]
            record = {
                "moved": moved,
                "failed": done.failed,
                "unknown": done.unknown,
                "orders_expired": done.orders_expired,
                "letters": counts_of(done.outbox),
            }
            tell_record(shell, record)
            return
        tell(
            shell,
            N_("Time moved {count} gifts; {orders} orders ran out."),
            count=len(done.moved),
            orders=done.orders_expired,
        )
        tell_outbox(shell, done.outbox)
        if done.failed:
            failed = say(N_("Not moved, since donflow failed: {gifts}."), gifts=done.failed)
            click.echo(shell.words(failed), err=True)
        if done.unknown:
            unknown = say(
                N_(
                    "Not known whether moved, since the database does not answer: {gifts}."
                    " The next donflow command says what became of them."
                ),
                gifts=done.unknown,
            )
            click.echo(shell.words(unknown), err=True)

    if once:
        wake()
    else:
        run_forever(wake)
