"""Commands on money: the notice, what the slip shows, finance's confirmation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, MONEY, NUMBER, PAST_DAY, listed
from donflow.cli.commands import Group
from donflow.cli.glance import shown_name, shown_remark
from donflow.cli.looking import Look, reads
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.facts import ANONYMOUS_TITLES
from donflow.domain.money import Money
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift
from donflow.gifts.payments import payments_of
from donflow.gifts.plan import instalments_of, surplus
from donflow.gifts.register import donor_of
from donflow.lifecycle.paying import confirm_money, record_money, waive_rest
from donflow.lifecycle.striking import strike_money
from donflow.lifecycle.writing import write_notice

payment = Group("payment", help=N_("Payment notices and money received"), no_args_is_help=True)


@payment.command(
    "notice",
    help=N_("Make the payment notice with the exact remark for the transfer."),
    example="donflow payment notice 17 --out 付款提示.pdf",
)
@gift_argument
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy."))
@writes
def notice(act: Act, gift: str, out: Path | None) -> Done:
    row = act.gift(gift)
    blob = write_notice(act.session, act.office, row, actor=act.actor, now=act.now)
    copy = act.paper(row, blob.fingerprint, out)
    return Done(say(N_("Payment notice: {file}"), file=str(copy.path)), row, paper=copy)


@payment.command(
    "record",
    help=N_("Record money as the bank slip shows it; finance confirms it afterwards."),
    example="donflow payment record 17 --amount 50万 --payer 深圳市恒源数智科技有限公司 --slip 回单.pdf",
)
@gift_argument
@click.option(
    "--amount", required=True, type=MONEY, metavar=N_("AMOUNT"), help=N_("How much came.")
)
@click.option(
    "--payer", metavar=N_("NAME"), help=N_("The payer on the slip; the donor if left out.")
)
@click.option("--received-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("The day it was booked."))
@click.option("--remark", metavar=N_("TEXT"), help=N_("The remark on the slip."))
@click.option("--slip", type=FILE, metavar=N_("FILE"), help=N_("The bank slip."))
@click.option("--again", metavar=N_("REASON"), help=N_("Why it is another payment, though it looks like one that is recorded."))  # fmt: skip
@writes
def record(
    act: Act,
    gift: str,
    amount: Money,
    payer: str | None,
    received_on: date | None,
    remark: str | None,
    slip: Path | None,
    again: str | None,
) -> Done:
    row = act.gift(gift)
    donor = donor_of(act.session, row)
    nobody = ANONYMOUS_TITLES[-1] if row.anonymous else ""
    name = payer or (donor.name if donor else nobody)
    entered = record_money(
        act.session,
        act.office,
        row,
        amount=amount,
        received_on=received_on or act.on,
        payer=name,
        remark=remark,
        slip=act.deposit(slip).fingerprint if slip else None,
        again=again,
        actor=act.actor,
        now=act.now,
    )
    data = {"payment": entered.id}
    heed = _surplus(act, row)
    unnamed = ANONYMOUS_TITLES if row.anonymous else ()
    if donor is not None and name not in (donor.name, *unnamed):
        sentence = say(
            N_(
                "Payment {no} recorded. The payer {payer} is not the donor {donor}: a written explanation is needed before the receipt."
            ),
            no=entered.id,
            payer=name,
            donor=shown_name(act, row, donor.name),
        )
        return Done(sentence, row, data, heed=heed)
    sentence = say(N_("Payment {no} recorded; finance has yet to confirm it."), no=entered.id)
    return Done(sentence, row, data, heed=heed)


def _surplus(act: Act, gift: Gift) -> tuple[Sentence, ...]:
    """What a person should ask where more came than the plan asks for."""
    money = [one for one in payments_of(act.session, gift.id) if one.struck_at is None]
    over = surplus(instalments_of(act.session, gift.id), money)
    if over is None:
        return ()
    asks = N_(
        "That is {amount} more than the gift asks for. Ask the donor what it means: a larger gift, another gift, or a mistake."
    )
    return (say(asks, amount=over),)


@payment.command(
    "confirm",
    help=N_("Confirm that recorded money is in the foundation's account."),
    example="donflow payment confirm 17 --for finance --evidence 到账通知.pdf",
)
@gift_argument
@click.option(
    "--payment",
    "payment_id",
    type=NUMBER,
    metavar=N_("NO"),
    help=N_("Which payment, if several wait."),
)
@writes
def confirm(act: Act, gift: str, payment_id: int | None) -> Done:
    row = act.gift(gift)
    entered = confirm_money(act.session, act.office, row, payment_id, actor=act.actor, now=act.now)
    amount = act.shell.words.value(entered.amount)
    sentence = say(N_("{amount} of {gift} confirmed."), amount=amount, gift=row.number)
    return Done(sentence, row, {"payment": entered.id})


@payment.command(
    "waive",
    help=N_("Record that what is still owed is waived, on papers that are on record."),
    example="donflow payment waive 17 --reason 捐赠人经济困难 --for leader --evidence 会议纪要.pdf",
)
@gift_argument
@click.option("--part", type=NUMBER, metavar=N_("NO"), help=N_("Only this part of the plan."))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why."))
@writes
def waive(act: Act, gift: str, part: int | None, reason: str | None) -> Done:
    row = act.gift(gift)
    waive_rest(
        act.session, act.office, row, reason=reason, actor=act.actor, now=act.now, part_no=part
    )
    return Done(say(N_("What {gift} still owed is waived."), gift=row.number), row)


@payment.command(
    "strike",
    help=N_("Strike a payment that was recorded by mistake; it stays on record, counting nowhere."),
    example="donflow payment strike 17 --payment 3 --reason 重复登记",
)
@gift_argument
@click.option(
    "--payment",
    "payment_id",
    type=NUMBER,
    required=True,
    metavar=N_("NO"),
    help=N_("Which payment."),
)
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why."))
@writes
def strike(act: Act, gift: str, payment_id: int, reason: str) -> Done:
    row = act.gift(gift)
    struck = strike_money(
        act.session, act.office, row, payment_id, reason=reason, actor=act.actor, now=act.now
    )
    sentence = say(N_("Payment {no} of {gift} is struck."), no=struck.id, gift=row.number)
    return Done(sentence, row, {"payment": struck.id})


@payment.command(
    "list",
    help=N_("The payments of a gift."),
    example="donflow payment list 17",
)
@gift_argument
@listed
@reads
def list_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("payment", N_("No.")),
        Column("received_on", N_("Received")),
        Column("amount", N_("Amount")),
        Column("payer", N_("Payer")),
        Column("remark", N_("Transfer remark")),
        Column("confirmed_at", N_("Confirmed")),
        Column("struck_at", N_("Struck")),
    )
    row = look.gift(gift)
    rows: list[dict[str, object]] = [
        {
            "payment": item.id,
            "received_on": item.received_on,
            "amount": item.amount,
            "payer": shown_name(look, row, item.payer, outward=xlsx is not None),
            "remark": shown_remark(look, row, item.remark, outward=xlsx is not None),
            "confirmed_at": item.confirmed_at,
            "struck_at": item.struck_at,
            "struck_reason": item.struck_reason,
        }
        for item in payments_of(look.session, row.id)
    ]
    tell_list(look.shell, N_("Payments"), columns, rows, as_json=as_json, xlsx=xlsx)
