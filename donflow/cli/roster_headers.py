"""Commands on the headers of spreadsheets that somebody has answered for."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes_oneself
from donflow.cli.arguments import listed
from donflow.cli.commands import Command
from donflow.cli.looking import Look, reads
from donflow.cli.naming import word_for
from donflow.cli.naming_people import COLUMN_NAMES
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.roster.known_headers import forget, known_headers


@click.command(
    "headers",
    cls=Command,
    help=N_("The headers that somebody has answered for: an import no longer asks about them."),
    example="donflow roster headers",
)
@listed
@reads
def headers(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("header", N_("Header")),
        Column("column", N_("Means")),
        Column("said_by", N_("Said by")),
        Column("said_at", N_("Said at")),
    )
    names = {user.id: user.display_name for user in all_users(look.session)}
    rows: list[dict[str, object]] = [
        {
            "header": each.header,
            "column": each.column if as_json else _meaning(each.column),
            "said_by": names.get(each.recorded_by),
            "said_at": each.recorded_at,
        }
        for each in known_headers(look.session)
    ]
    tell_list(look.shell, N_("Headers"), columns, rows, as_json=as_json, xlsx=xlsx)


@click.command(
    "forget-header",
    cls=Command,
    help=N_("Forget what was said of a header; the next import asks again."),
    example="donflow roster forget-header 备用号",
)
@click.argument("header", metavar=N_("HEADER"))
@writes_oneself
def forget_header(act: Act, header: str) -> Done:
    forget(act.session, header, actor=act.actor, now=act.now)
    return Done(say(N_("The header is forgotten; the next import asks again.")))


def _meaning(column: str | None) -> object:
    return word_for(COLUMN_NAMES, column) if column else say(N_("such a column is left"))
