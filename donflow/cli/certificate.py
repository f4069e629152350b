"""Commands on certificates: collected from the foundation, or printed here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, PAST_DAY, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.looking import Look, reads
from donflow.cli.naming import GROUND_NAMES
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.facts import PaperKind
from donflow.engine.spec import Lifecycle
from donflow.errors import N_, say
from donflow.gifts.models import Gift
from donflow.lifecycle import certifying
from donflow.lifecycle.absence import record_no_paper
from donflow.papers.certificates import certificates_of, current_certificate
from donflow.papers.models import Certificate

certificate = Group("certificate", help=N_("Certificates"), no_args_is_help=True)


@certificate.command(
    "collect",
    help=N_("Record the certificate that the foundation issued and you collected."),
    example="donflow certificate collect 17 --number 云基证〔2026〕031号 --file 证书扫描.pdf",
)
@gift_argument
@click.option("--number", metavar=N_("NUMBER"), help=N_("The certificate's number."))
@click.option(
    "--issued-on", type=PAST_DAY, metavar=N_("DAY"), help=N_("The day on the certificate.")
)
@click.option("--collected-by", metavar=N_("NAME"), help=N_("Who collected it."))
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The scan."))
@writes
def collect(
    act: Act,
    gift: str,
    number: str | None,
    issued_on: date | None,
    collected_by: str | None,
    file: Path | None,
) -> Done:
    row = act.gift(gift)
    held = certifying.collect_certificate(
        act.session,
        act.office,
        row,
        act.deposit(file) if file else None,
        title=file.name if file else None,
        number=number,
        issued_on=issued_on or act.on,
        collected_by=collected_by or act.user.display_name,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, held)


@certificate.command(
    "print",
    help=N_("Print the certificate here, from words that are frozen with it."),
    example="donflow certificate print 17 --number 云基证〔2026〕031号 --out 证书.pdf",
)
@gift_argument
@click.option("--number", required=True, metavar=N_("NUMBER"), help=N_("The certificate's number."))
@click.option("--awarded-to", metavar=N_("TEXT"), help=N_("The name as the donor wishes it."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy."))
@writes
def print_(act: Act, gift: str, number: str, awarded_to: str | None, out: Path | None) -> Done:
    row = act.gift(gift)
    made = certifying.print_certificate(
        act.session,
        act.office,
        row,
        number=number,
        awarded_to=awarded_to,
        actor=act.actor,
        now=act.now,
    )
    copy = act.paper(row, str(made.document), out)
    sentence = say(N_("Certificate {number}: {file}"), number=number, file=str(copy.path))
    return Done(sentence, row, paper=copy)


@certificate.command(
    "seal",
    help=N_("Record the wet seal on a certificate printed here."),
    example="donflow certificate seal 17 --no-blanks --text-compared --for seal_keeper --evidence 用印照片.jpg",
)
@gift_argument
@click.option(
    "--seal", "seal_name", default="基金会公章", metavar=N_("SEAL"), help=N_("Which seal.")
)
@click.option("--no-blanks", is_flag=True, help=N_("The keeper saw that no blank is left."))
@click.option(
    "--text-compared",
    is_flag=True,
    help=N_("The keeper compared the certificate with the record."),
)
@writes
def seal(act: Act, gift: str, seal_name: str, no_blanks: bool, text_compared: bool) -> Done:
    row = act.gift(gift)
    held = certifying.seal_certificate(
        act.session,
        act.office,
        row,
        seal_name=seal_name,
        no_blanks=no_blanks,
        text_compared=text_compared,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, held)


@certificate.command(
    "deliver",
    help=N_("Record that the certificate has come to the donor with a delivered parcel."),
    example="donflow certificate deliver 17",
)
@gift_argument
@writes
def deliver(act: Act, gift: str) -> Done:
    return _move(act, gift, "deliver", None)


@certificate.command(
    "cancel",
    help=N_("Cancel a wrong certificate; another can then be made."),
    example="donflow certificate cancel 17 --reason 姓名有误",
)
@gift_argument
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why."))
@writes
def cancel(act: Act, gift: str, reason: str | None) -> Done:
    return _move(act, gift, "cancel", reason)


@certificate.command(
    "waive",
    help=N_("Record that no certificate is made, and why."),
    example="donflow certificate waive 17 --reason 捐赠人不愿署名",
)
@gift_argument
@click.option(
    "--because", "ground", default="waived", type=NamedChoice(GROUND_NAMES), help=N_("The ground.")
)
@click.option("--reason", metavar=N_("TEXT"), help=N_("Why."))
@writes
def waive(act: Act, gift: str, ground: str, reason: str | None) -> Done:
    row = act.gift(gift)
    record_no_paper(
        act.session,
        act.office,
        row,
        PaperKind.CERTIFICATE,
        ground=ground,
        reason=reason,
        actor=act.actor,
        now=act.now,
    )
    return _told(act, row, current_certificate(act.session, row))


@certificate.command(
    "list",
    help=N_("The certificates of a gift."),
    example="donflow certificate list 17",
)
@gift_argument
@listed
@reads
def list_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("number", N_("Number")),
        Column("kind", N_("Kind")),
        Column("stage", N_("Stage")),
        Column("issued_on", N_("Issued")),
        Column("verification_code", N_("Verification code")),
    )
    row = look.gift(gift)
    rows: list[dict[str, object]] = []
    for item in certificates_of(look.session, row.id):
        lifecycle = _lifecycle(look, item)
        rows.append(
            {
                "number": item.number,
                "kind": item.kind if as_json else lifecycle.kinds[item.kind],
                "stage": item.stage if as_json else lifecycle.stages[item.stage].label,
                "issued_on": item.issued_on,
                "verification_code": item.verification_code,
            }
        )
    tell_list(look.shell, N_("Certificates"), columns, rows, as_json=as_json, xlsx=xlsx)


def _move(act: Act, gift: str, step: str, reason: str | None) -> Done:
    row = act.gift(gift)
    held = certifying.move_certificate(
        act.session, act.office, row, step, reason=reason, actor=act.actor, now=act.now
    )
    return _told(act, row, held)


def _lifecycle(look: Look, item: Certificate) -> Lifecycle:
    machine = look.office.machine(look.session, item.workflow_version, Certificate.lifecycle)
    return machine.lifecycle


def _told(act: Act, row: Gift, item: Certificate) -> Done:
    label = act.shell.words.value(_lifecycle(act, item).stages[item.stage].label)
    return Done(
        say(N_("Certificate {number}: {stage}."), number=item.number or "—", stage=label),
        row,
        {"certificate_stage": item.stage},
    )
