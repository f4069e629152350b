"""Commands on wet-ink originals: print, sign, countersign, seal, give out."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.gift import channel_option, moved
from donflow.cli.looking import Look, reads
from donflow.cli.naming import HOLDER_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.desk import Desk
from donflow.errors import N_, Refusal, Refused, say
from donflow.lifecycle import signing
from donflow.lifecycle.writing import write_slip
from donflow.originals.copies import (
    cancel_copies,
    copies_of,
    countersign_copies,
    place_copy,
)

original = Group("original", help=N_("Signed and sealed originals"), no_args_is_help=True)


@original.command(
    "print",
    help=N_("Number the copies to be signed; only the approved and agreed text is printed."),
    example="donflow original print 17 --out 正本.docx",
)
@gift_argument
@click.option(
    "--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy of the Word file.")
)
@writes
def print_(act: Act, gift: str, out: Path | None) -> Done:
    row = act.gift(gift)
    copies = signing.print_originals(act.session, act.office, row, actor=act.actor, now=act.now)
    copy = act.paper(row, copies[0].document, out)
    sentence = say(N_("Print {count} copies of {file}"), count=len(copies), file=str(copy.path))
    return Done(sentence, row, {"copies": len(copies)}, paper=copy)


@original.command(
    "slip",
    help=N_("Make the routing slip that goes with the originals."),
    example="donflow original slip 17",
)
@gift_argument
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy."))
@writes
def slip(act: Act, gift: str, out: Path | None) -> Done:
    row = act.gift(gift)
    blob = write_slip(act.session, act.office, row, actor=act.actor, now=act.now)
    copy = act.paper(row, blob.fingerprint, out)
    return Done(say(N_("Routing slip: {file}"), file=str(copy.path)), row, paper=copy)


@original.command(
    "sign",
    help=N_("Record how the donor executed all copies."),
    example="donflow original sign 17 --by-seal --signer 梁启舟 --for donor --evidence 签署页.jpg",
)
@gift_argument
@click.option(
    "--by-seal/--by-hand", "by_seal", default=True, help=N_("A body seals, a person signs by hand.")
)
@click.option("--signer", required=True, metavar=N_("NAME"), help=N_("Who signed."))
@click.option(
    "--authorised/--not-authorised",
    default=True,
    help=N_("The signer is the representative, or showed the authorisation."),
)
@click.option(
    "--every-page/--last-page-only",
    default=True,
    help=N_("Every page bears it, or a cross-page seal."),
)
@click.option(
    "--dated/--undated", "date_filled", default=True, help=N_("The date of signing is filled in.")
)
@writes
def sign(
    act: Act,
    gift: str,
    by_seal: bool,
    signer: str,
    authorised: bool,
    every_page: bool,
    date_filled: bool,
) -> Done:
    row = act.gift(gift)
    signing.sign(
        act.session,
        act.office,
        row,
        form="seal" if by_seal else "hand",
        signer=signer,
        authorised=authorised,
        every_page=every_page,
        date_filled=date_filled,
        actor=act.actor,
        now=act.now,
    )
    return moved(act, row)


@original.command(
    "countersign",
    help=N_("Record that the foundation's representative signed all copies."),
    example="donflow original countersign 17 --for reviewer --evidence 签署页.jpg",
)
@gift_argument
@writes
def countersign(act: Act, gift: str) -> Done:
    row = act.gift(gift)
    _for_the_foundation(act)
    person = act.office.person(act.actor)
    countersign_copies(act.session, row, person=person, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("All copies of {gift} are countersigned."), gift=row.number), row)


@original.command(
    "seal",
    help=N_("Record the sealing of all copies in the seal register."),
    example="donflow original seal 17 --no-blanks --text-compared --for seal_keeper --evidence 用印照片.jpg",
)
@gift_argument
@click.option(
    "--seal", "seal_name", default="基金会公章", metavar=N_("SEAL"), help=N_("Which seal.")
)
@click.option("--no-blanks", is_flag=True, help=N_("The keeper saw that no blank is left."))
@click.option(
    "--text-compared",
    is_flag=True,
    help=N_("The keeper compared the copies with the approved text."),
)
@writes
def seal(act: Act, gift: str, seal_name: str, no_blanks: bool, text_compared: bool) -> Done:
    row = act.gift(gift)
    number = signing.seal(
        act.session,
        act.office,
        row,
        seal_name=seal_name,
        no_blanks=no_blanks,
        text_compared=text_compared,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(N_("Seal register {number}."), number=number)
    return Done(sentence, row, {"register": number})


@original.command(
    "refuse",
    help=N_("The seal keeper sends the copies back: approval lapses, copies are cancelled."),
    example="donflow original refuse 17 --reason 第五条与审定稿不一致 --for seal_keeper --evidence 退回说明.jpg",
)
@gift_argument
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why."))
@channel_option
@writes
def refuse(act: Act, gift: str, reason: str, channel: str) -> Done:
    row = act.gift(gift)
    signing.refuse_seal(
        act.session,
        act.office,
        row,
        reason=reason,
        channel=channel,
        actor=act.actor,
        now=act.now,
    )
    return moved(act, row)


@original.command(
    "cancel",
    help=N_("Take the printed copies out of use, to print anew."),
    example="donflow original cancel 17",
)
@gift_argument
@writes
def cancel(act: Act, gift: str) -> Done:
    row = act.gift(gift)
    count = cancel_copies(act.session, row, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("{count} copies of {gift} cancelled."), count=count, gift=row.number), row)


@original.command(
    "place",
    help=N_("Record who holds a copy now."),
    example="donflow original place 17 1 --with donor",
)
@gift_argument
@click.argument("no", type=NUMBER, metavar=N_("COPY"))
@click.option(
    "--with", "holder", required=True, type=NamedChoice(HOLDER_NAMES), help=N_("Who holds it.")
)
@writes
def place(act: Act, gift: str, no: int, holder: str) -> Done:
    row = act.gift(gift)
    place_copy(act.session, row, no, holder=holder, on=act.on, actor=act.actor, now=act.now)
    name = act.shell.words(say(HOLDER_NAMES[holder]))
    return Done(
        say(N_("Copy {no} of {gift} is with: {holder}."), no=no, gift=row.number, holder=name), row
    )


@original.command(
    "show",
    help=N_("Where the originals are, and how far each is executed."),
    example="donflow original show 17",
)
@gift_argument
@listed
@reads
def show(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("no", N_("Copy")),
        Column("meant_for", N_("Meant for")),
        Column("holder", N_("Held by")),
        Column("signed_on", N_("Signed")),
        Column("countersigned_on", N_("Countersigned")),
        Column("sealed_on", N_("Sealed")),
    )
    rows: list[dict[str, object]] = [
        {
            "no": copy.no,
            "meant_for": copy.meant_for if as_json else say(HOLDER_NAMES[copy.meant_for]),
            "holder": copy.holder if as_json else say(HOLDER_NAMES[copy.holder]),
            "signed_on": copy.signed_on,
            "countersigned_on": copy.countersigned_on,
            "sealed_on": copy.sealed_on,
        }
        for copy in copies_of(look.session, look.gift(gift).id)
    ]
    tell_list(look.shell, N_("Originals"), columns, rows, as_json=as_json, xlsx=xlsx)


def _for_the_foundation(act: Act) -> None:
    """Countersigning is the foundation's act: its own user's, or recorded with evidence."""
    if "reviewer" not in act.office.roles(act.actor):
        reason = say(N_("The foundation's representative signs; you cannot sign for it."))
        command = "--for reviewer --evidence FILE"
        remedy = (
            say(N_("Record it with its evidence: {command}"), command=command)
            if act.office.desk is Desk.SINGLE
            else say(N_("Let a user of the foundation record it."))
        )
        raise Refused((Refusal("role_not_permitted", reason, remedy),))
