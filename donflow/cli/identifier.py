"""Commands that check numbers; they need neither a home nor a database."""

from __future__ import annotations

import click

from donflow.cli.arguments import NamedChoice, json_option
from donflow.cli.commands import Group
from donflow.cli.naming import CONTACT_NAMES, IDENTIFIER_NAMES, VERDICT_NAMES, word_for
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.domain.identifiers import Kind, check
from donflow.errors import N_

identifier = Group(
    "identifier", help=N_("Check credit codes, identity numbers, phones"), no_args_is_help=True
)


@identifier.command(
    "check",
    help=N_("Check a number by the rules of its kind."),
    example="donflow identifier check --kind uscc -- 5362000063QPM17P7B",
)
@click.option(
    "--kind",
    required=True,
    type=NamedChoice({str(kind): (IDENTIFIER_NAMES | CONTACT_NAMES)[kind] for kind in Kind}),
    help=N_("What kind of number it is."),
)
@json_option
@click.argument("number", metavar=N_("NUMBER"))
@click.pass_obj
def check_(shell: Shell, kind: str, as_json: bool, number: str) -> None:
    checked = check(kind, number, on=shell.now().date())
    if as_json:
        tell_record(
            shell,
            {
                "kind": kind,
                "normalized": checked.normalized,
                "verdict": str(checked.verdict),
                "gender": checked.gender,
                "birth": checked.birth,
            },
        )
        return
    tell(
        shell,
        N_("{number}: {verdict}"),
        number=checked.normalized or "—",
        verdict=word_for(VERDICT_NAMES, checked.verdict),
    )
