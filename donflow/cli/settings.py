"""Commands on the office's settings; all but whose desk it is are changed in the file itself."""

from __future__ import annotations

from dataclasses import asdict

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NamedChoice, json_option
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import DESK_NAMES
from donflow.cli.output import tell, tell_record
from donflow.cli.two_persons import ask
from donflow.errors import N_
from donflow.settings import FILE_NAME

settings = Group("settings", help=N_("The office's settings"), no_args_is_help=True)


@settings.command(
    "show",
    help=N_("The settings in force; change them in donflow.toml with any editor."),
    example="donflow settings show",
)
@json_option
@reads
def show(look: Look, as_json: bool) -> None:
    values = asdict(look.office.settings)
    if as_json:
        tell_record(look.shell, values)
        return
    tell(look.shell, N_("Settings in {file}:"), file=str(look.office.home / FILE_NAME))
    for name, value in values.items():
        if isinstance(value, dict):
            for inner, text in value.items():
                click.echo(f"  {name}.{inner} = {text}")
        else:
            click.echo(f"  {name} = {value}")


@settings.command(
    "desk",
    help=N_("Change whose desk it is; a second person confirms it, then write it in the file."),
    example="donflow settings desk shared --for leader --evidence 会议纪要.pdf",
)
@click.argument("desk", type=NamedChoice(DESK_NAMES), metavar=N_("DESK"))
@writes
def desk_(act: Act, desk: str) -> Done:
    return ask(act, "settings desk", {"desk": desk})
