"""Commands on parcels to donors."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import CONTENT_NAMES, METHOD_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.errors import N_, say
from donflow.lifecycle.sending import send_papers
from donflow.originals.parcels import deliver_parcel, lose_parcel, parcel_on_its_way, parcels_of

parcel_option = click.option(
    "--parcel",
    "parcel_id",
    type=NUMBER,
    metavar=N_("NO"),
    help=N_("Which parcel, if several are on their way."),
)

parcel = Group("parcel", help=N_("Parcels to donors"), no_args_is_help=True)


@parcel.command(
    "send",
    help=N_("Record what was sent or taken to the donor, and how."),
    example="donflow parcel send 17 --by post --tracking SF1234567890 --with agreement --with receipt --with certificate",
)
@gift_argument
@click.option(
    "--by",
    "method",
    required=True,
    type=NamedChoice(METHOD_NAMES),
    help=N_("By post, by hand, or as a message (electronic files)."),
)
@click.option(
    "--with",
    "contents",
    multiple=True,
    required=True,
    type=NamedChoice(CONTENT_NAMES),
    help=N_("What is in it; may be given several times."),
)
@click.option("--courier", metavar=N_("NAME"), help=N_("The courier."))
@click.option("--tracking", metavar=N_("NUMBER"), help=N_("The tracking number."))
@writes
def send(
    act: Act,
    gift: str,
    method: str,
    contents: tuple[str, ...],
    courier: str | None,
    tracking: str | None,
) -> Done:
    row = act.gift(gift)
    send_papers(
        act.session,
        act.office,
        row,
        method=method,
        contents=contents,
        courier=courier,
        tracking_number=tracking,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Parcel of {gift} is on its way."), gift=row.number), row)


@parcel.command(
    "deliver",
    help=N_("Record that the parcel came to the donor, also one thought lost."),
    example="donflow parcel deliver 17 --slip 签收单.jpg\ndonflow parcel deliver 17 --parcel 3",
)
@gift_argument
@click.option(
    "--slip", type=FILE, metavar=N_("FILE"), help=N_("The signed slip, or the courier's proof.")
)
@parcel_option
@writes
def deliver(act: Act, gift: str, slip: Path | None, parcel_id: int | None) -> Done:
    row = act.gift(gift)
    sent = parcel_on_its_way(act.session, row, parcel_id, turned_up=True)
    proof = act.deposit(slip).fingerprint if slip else None
    deliver_parcel(act.session, row, sent, slip=proof, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("Parcel of {gift} was delivered."), gift=row.number), row)


@parcel.command(
    "lost",
    help=N_("Record that a parcel was lost on its way; another can then be sent."),
    example="donflow parcel lost 17 --reason 邮局查无此件",
)
@gift_argument
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why."))
@parcel_option
@writes
def lost(act: Act, gift: str, reason: str, parcel_id: int | None) -> Done:
    row = act.gift(gift)
    sent = parcel_on_its_way(act.session, row, parcel_id)
    lose_parcel(act.session, row, sent, reason=reason, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("Parcel of {gift} is recorded as lost."), gift=row.number), row)


@parcel.command("list", help=N_("The parcels of a gift."), example="donflow parcel list 17")
@gift_argument
@listed
@reads
def list_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("parcel", N_("No.")),
        Column("sent_on", N_("Sent")),
        Column("method", N_("By")),
        Column("contents", N_("Contents")),
        Column("tracking_number", N_("Tracking number")),
        Column("delivered_on", N_("Delivered")),
        Column("lost_on", N_("Lost")),
    )
    rows: list[dict[str, object]] = [
        {
            "parcel": item.id,
            "sent_on": item.sent_on,
            "method": item.method if as_json else say(METHOD_NAMES[item.method]),
            "contents": item.contents
            if as_json
            else tuple(say(CONTENT_NAMES[name]) for name in item.contents),
            "tracking_number": item.tracking_number,
            "delivered_on": item.delivered_on,
            "lost_on": item.lost_on,
        }
        for item in parcels_of(look.session, look.gift(gift).id)
    ]
    tell_list(look.shell, N_("Parcels"), columns, rows, as_json=as_json, xlsx=xlsx)
