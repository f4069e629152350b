"""Commands of thanks: what is due, the letter, and that it was said."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import THANKS_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, NotFound, say
from donflow.gifts.models import Gift
from donflow.greetings.thanking import THANK
from donflow.lifecycle.visible import visible_gifts
from donflow.lifecycle.writing import finish_thanks, write_thanks
from donflow.tasks.planning import open_tasks

thanks = Group("thanks", help=N_("Letters of thanks"), no_args_is_help=True)


@thanks.command(
    "write",
    help=N_("Write the letter of thanks as a Word file."),
    example="donflow thanks write 17 --signatory 院长 --out 鸣谢函.docx",
)
@gift_argument
@click.option("--signatory", default="", metavar=N_("NAME"), help=N_("Who signs."))
@click.option("--wish", default="", metavar=N_("TEXT"), help=N_("The closing wish."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy."))
@writes
def write(act: Act, gift: str, signatory: str, wish: str, out: Path | None) -> Done:
    row = act.gift(gift)
    blob = write_thanks(
        act.session,
        act.office,
        row,
        signatory=signatory,
        wish=wish,
        actor=act.actor,
        now=act.now,
    )
    copy = act.paper(row, blob.fingerprint, out)
    return Done(say(N_("Letter of thanks: {file}"), file=str(copy.path)), row, paper=copy)


@thanks.command(
    "done",
    help=N_("Record that the donor was thanked, and how."),
    example="donflow thanks done 17 --how sent",
)
@gift_argument
@click.option(
    "--how",
    type=NamedChoice(THANKS_NAMES),
    default="sent",
    help=N_("By letter, by a call, or in person."),
)
@writes
def done(act: Act, gift: str, how: str) -> Done:
    row = act.gift(gift)
    count = finish_thanks(act.session, row, outcome=how, actor=act.actor, now=act.now)
    if not count:
        raise NotFound(
            what=say(N_("thanks due for gift")),
            given=row.number,
            mend=N_("See whom to thank: donflow thanks list"),
        )
    return Done(
        say(N_("Thanks for {count} payments of {gift} recorded."), count=count, gift=row.number),
        row,
    )


@thanks.command("list", help=N_("Whom to thank, and by when."), example="donflow thanks list")
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (Column("due_on", N_("Due")), Column("gift", N_("Gift")))
    gifts: dict[int, Gift] = {
        gift.id: gift for gift in look.session.scalars(visible_gifts(look.scope, look.user))
    }
    rows: list[dict[str, object]] = [
        {"due_on": task.due_on, "gift": gifts[task.subject_id].number}
        for task in open_tasks(look.session)
        if task.kind == THANK and task.subject_id in gifts
    ]
    tell_list(look.shell, N_("Thanks"), columns, rows, as_json=as_json, xlsx=xlsx)
