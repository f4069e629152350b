"""Commands on amounts; they need neither a home nor a database."""

from __future__ import annotations

import click

from donflow.cli.arguments import MONEY, json_option
from donflow.cli.commands import Group
from donflow.cli.naming import FAULT_NAMES, word_for
from donflow.cli.output import tell, tell_record
from donflow.cli.shell import Shell
from donflow.domain.money import Money, plain
from donflow.domain.rmb_words import parse_words
from donflow.domain.rmb_words import words as in_words
from donflow.errors import N_

money = Group("money", help=N_("Amounts in figures and words"), no_args_is_help=True)


@money.command(
    "words",
    help=N_("Write an amount in words, as agreements carry it."),
    example="donflow money words 500000",
)
@click.argument("amount", type=MONEY, metavar=N_("AMOUNT"))
def words(amount: Money) -> None:
    click.echo(in_words(amount))


@money.command(
    "parse",
    help=N_("Read an amount in words, and name what is wrong with the way it is written."),
    example="donflow money parse 人民币伍拾万元整 --json",
)
@click.argument("text", metavar=N_("TEXT"))
@json_option
@click.pass_obj
def parse(shell: Shell, text: str, as_json: bool) -> None:
    read = parse_words(text)
    amount = plain(read.amount) if read.amount is not None else None
    if as_json:
        tell_record(shell, {"amount": amount, "faults": [str(fault) for fault in read.faults]})
        return
    click.echo(amount or "—")
    for fault in read.faults:
        tell(shell, N_("  fault: {fault}"), fault=word_for(FAULT_NAMES, fault))
