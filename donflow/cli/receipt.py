"""Commands on official receipts: asked for, issued, collected, delivered, void."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, MONEY, NUMBER, PAST_DAY, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.glance import shown_name
from donflow.cli.looking import Look, reads
from donflow.cli.naming import FORM_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.money import Money
from donflow.errors import N_, say
from donflow.gifts.models import Gift
from donflow.lifecycle import receipting
from donflow.lifecycle.receipting import ReceiptWords, Scan
from donflow.papers.models import Receipt
from donflow.papers.receipts import receipts_of

receipt_option = click.option(
    "--receipt",
    "receipt_id",
    type=NUMBER,
    metavar=N_("NO"),
    help=N_("Which receipt, if several can be meant."),
)

receipt = Group("receipt", help=N_("Official receipts"), no_args_is_help=True)


@receipt.command(
    "request",
    help=N_("Ask finance for the receipt of a confirmed payment; never in advance."),
    example="donflow receipt request 17 --form electronic\ndonflow receipt request 17 --payment 3",
)
@gift_argument
@click.option(
    "--form", type=NamedChoice(FORM_NAMES), default="electronic", help=N_("Electronic or paper.")
)
@click.option(
    "--payment",
    "payment_id",
    type=NUMBER,
    metavar=N_("NO"),
    help=N_("For which payment; the first without a receipt if left out."),
)
@writes
def request(act: Act, gift: str, form: str, payment_id: int | None) -> Done:
    row = act.gift(gift)
    asked = receipting.ask_for_receipt(
        act.session,
        act.office,
        row,
        form=form,
        payment_id=payment_id,
        actor=act.actor,
        now=act.now,
    )
    amount = act.shell.words.value(asked.amount)
    return Done(
        say(N_("Receipt over {amount} asked for."), amount=amount), row, {"receipt": asked.id}
    )


@receipt.command(
    "record",
    help=N_("Record the receipt that finance issued, and keep its file as it came."),
    example="donflow receipt record 17 --code 62030126 --number 0012345678 --issued-on 2026-06-12 --file 票据.pdf --for finance --evidence 票据.pdf",
)
@gift_argument
@click.option("--code", metavar=N_("CODE"), help=N_("The receipt's code."))
@click.option("--number", metavar=N_("NUMBER"), help=N_("The receipt's number."))
@click.option("--check-code", metavar=N_("CODE"), help=N_("The receipt's check code."))
@click.option("--issued-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("The day on the receipt."))
@click.option("--amount", type=MONEY, metavar=N_("AMOUNT"), help=N_("The amount on the receipt."))
@click.option("--payer", metavar=N_("NAME"), help=N_("The payer on the receipt."))
@click.option(
    "--site-checked-on",
    type=PAST_DAY,
    metavar=N_("DAY"),
    help=N_("When a person checked it on the finance ministry's site."),
)
@click.option(
    "--file",
    type=FILE,
    metavar=N_("FILE"),
    help=N_("The electronic receipt as it came, or the scan."),
)
@receipt_option
@writes
def record(
    act: Act,
    gift: str,
    code: str | None,
    number: str | None,
    check_code: str | None,
    issued_on: date | None,
    amount: Money | None,
    payer: str | None,
    site_checked_on: date | None,
    file: Path | None,
    receipt_id: int | None,
) -> Done:
    row = act.gift(gift)
    words = ReceiptWords(code, number, check_code, issued_on, amount, payer, site_checked_on)
    issued = receipting.issue_receipt(
        act.session,
        act.office,
        row,
        words,
        _scan(act, file),
        receipt_id=receipt_id,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, issued)


@receipt.command(
    "collect",
    help=N_("Record that the receipt is in the school's hands, with its file or scan."),
    example="donflow receipt collect 17",
)
@gift_argument
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The scan, if it is not kept yet."))
@receipt_option
@writes
def collect(act: Act, gift: str, file: Path | None, receipt_id: int | None) -> Done:
    row = act.gift(gift)
    held = receipting.collect_receipt(
        act.session,
        act.office,
        row,
        _scan(act, file),
        receipt_id=receipt_id,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, held)


@receipt.command(
    "void",
    help=N_("Record that finance voided a receipt; all copies must be back first."),
    example="donflow receipt void 17 --back-on 2026-06-20 --reason 抬头有误 --for finance --evidence 红冲通知.pdf",
)
@gift_argument
@click.option("--back-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("When all copies were back."))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why."))
@receipt_option
@writes
def void(
    act: Act, gift: str, back_on: date | None, reason: str | None, receipt_id: int | None
) -> Done:
    row = act.gift(gift)
    voided = receipting.void_receipt(
        act.session,
        act.office,
        row,
        back_on=back_on,
        reason=reason,
        receipt_id=receipt_id,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, voided)


@receipt.command(
    "move",
    help=N_("Make another step with the receipt: deliver, lose, replace, waive, refuse."),
    example="donflow receipt move 17 deliver\ndonflow receipt move 17 waive --reason 不需要票据 --for donor --evidence 微信截图.png",
)
@gift_argument
@click.argument("step", metavar=N_("STEP"))
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why, where a step asks for it."))
@receipt_option
@writes
def move(act: Act, gift: str, step: str, reason: str | None, receipt_id: int | None) -> Done:
    row = act.gift(gift)
    held = receipting.move_receipt(
        act.session,
        act.office,
        row,
        step,
        reason=reason,
        receipt_id=receipt_id,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, held)


@receipt.command(
    "list",
    help=N_("The receipts of a gift: every number is accounted for."),
    example="donflow receipt list 17",
)
@gift_argument
@listed
@reads
def list_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("receipt", N_("No.")),
        Column("stage", N_("Stage")),
        Column("code", N_("Code")),
        Column("number", N_("Number")),
        Column("issued_on", N_("Issued")),
        Column("amount", N_("Amount")),
        Column("payer", N_("Payer")),
    )
    row = look.gift(gift)
    rows: list[dict[str, object]] = [
        {
            "receipt": item.id,
            "stage": item.stage if as_json else _label(look, item),
            "form": item.form,
            "code": item.code,
            "number": item.number,
            "check_code": item.check_code,
            "issued_on": item.issued_on,
            "amount": item.amount,
            "payer": shown_name(look, row, item.payer, outward=xlsx is not None),
        }
        for item in receipts_of(look.session, row.id)
    ]
    tell_list(look.shell, N_("Receipts"), columns, rows, as_json=as_json, xlsx=xlsx)


def _scan(act: Act, file: Path | None) -> Scan | None:
    return Scan(act.deposit(file), file.name) if file else None


def _label(look: Look, item: Receipt) -> object:
    machine = look.office.machine(look.session, item.workflow_version, Receipt.lifecycle)
    return machine.lifecycle.stages[item.stage].label


def _told(act: Act, row: Gift, item: Receipt) -> Done:
    label = act.shell.words.value(_label(act, item))
    return Done(
        say(N_("Receipt {number}: {stage}."), number=item.number or "—", stage=label),
        row,
        {"receipt": item.id, "receipt_stage": item.stage},
    )
