"""The command that finds what was changed behind donflow's back."""

from __future__ import annotations

import click

from donflow.cli.arguments import json_option
from donflow.cli.commands import Command
from donflow.cli.looking import looking
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.errors import N_


@click.command(
    "verify",
    cls=Command,
    help=N_(
        "Compare every row and every stored file with the journal; 0 clean, 1 found, 2 cannot tell."
    ),
    example="donflow verify",
)
@json_option
@click.pass_obj
def verify(shell: Shell, as_json: bool) -> None:
    from donflow.lifecycle.verifying import verify_office

    with looking(shell, "verify") as look:
        report = verify_office(look.session, look.office)
        lines = [shell.words(sentence) for sentence in report.sentences]
        if as_json:
            tell_record(shell, {"findings": lines, "rows": report.rows, "files": report.files})
        else:
            for line in lines:
                click.echo(line)
            if not lines:
                tell(
                    shell,
                    N_("All is as the journal says: {rows} rows, {files} files."),
                    rows=report.rows,
                    files=report.files,
                )
        shell.exit_code = 1 if lines else 0
