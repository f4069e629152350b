"""Commands on the scan library and the file keeper."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NamedChoice, listed
from donflow.cli.commands import Group
from donflow.cli.glance import shown_title
from donflow.cli.looking import Look, reads
from donflow.cli.naming import GROUND_NAMES, PAPER_NAMES, word_for
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.domain.facts import FILED_PAPERS, PaperKind
from donflow.errors import N_, say
from donflow.gifts.filing import file_paper, papers_of
from donflow.lifecycle.absence import record_no_paper
from donflow.lifecycle.handing_over import hand_over_papers
from donflow.papers.custody import acknowledge

paper = Group("paper", help=N_("Scans, and the file keeper"), no_args_is_help=True)


@paper.command(
    "file",
    help=N_("File a scan under a gift."),
    example="donflow paper file 17 agreement_scan 协议扫描.pdf",
)
@gift_argument
@click.argument("kind", type=NamedChoice(PAPER_NAMES), metavar=N_("PAPER"))
@click.argument("file", type=FILE, metavar=N_("FILE"))
@writes
def file_(act: Act, gift: str, kind: str, file: Path) -> Done:
    row = act.gift(gift)
    blob = act.deposit(file)
    file_paper(
        act.session,
        row,
        PaperKind(kind),
        blob,
        title=file.name,
        on=act.on,
        actor=act.actor,
        now=act.now,
    )
    sentence = say(N_("Filed under {gift}: {name}."), gift=row.number, name=file.name)
    return Done(sentence, row, {"fingerprint": blob.fingerprint})


@paper.command(
    "absent",
    help=N_("Record that one of the three papers is not to be, on which ground, and who said so."),
    example="donflow paper absent 17 receipt --because waived --reason 不需要票据 --for donor --evidence 微信截图.png",
)
@gift_argument
@click.argument(
    "kind",
    type=NamedChoice({str(kind): PAPER_NAMES[kind] for kind in FILED_PAPERS}),
    metavar=N_("PAPER"),
)
@click.option(
    "--because", "ground", required=True, type=NamedChoice(GROUND_NAMES), help=N_("The ground.")
)
@click.option("--reason", metavar=N_("TEXT"), help=N_("The ground in a few words."))
@writes
def absent(act: Act, gift: str, kind: str, ground: str, reason: str | None) -> Done:
    row = act.gift(gift)
    record_no_paper(
        act.session,
        act.office,
        row,
        PaperKind(kind),
        ground=ground,
        reason=reason,
        actor=act.actor,
        now=act.now,
    )
    return Done(
        say(
            N_("Recorded for {gift}: no {kind} ({ground})."),
            gift=row.number,
            kind=word_for(PAPER_NAMES, kind),
            ground=word_for(GROUND_NAMES, ground),
        ),
        row,
    )


@paper.command(
    "list",
    help=N_("The papers of a gift."),
    example="donflow paper list 17",
)
@gift_argument
@listed
@reads
def list_(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("on", N_("Day")),
        Column("kind", N_("Kind")),
        Column("name", N_("Name")),
        Column("fingerprint", N_("Fingerprint")),
        Column("absent_because", N_("Absent because")),
    )
    row = look.gift(gift)
    rows: list[dict[str, object]] = [
        {
            "on": item.on,
            "kind": item.kind if as_json else word_for(PAPER_NAMES, item.kind),
            "name": shown_title(look, row, item, outward=xlsx is not None),
            "fingerprint": item.document if as_json else (item.document or "")[:12],
            "absent_because": item.absent_because
            if as_json or not item.absent_because
            else word_for(GROUND_NAMES, item.absent_because),
        }
        for item in papers_of(look.session, row.id)
    ]
    tell_list(look.shell, N_("Papers"), columns, rows, as_json=as_json, xlsx=xlsx)


@paper.command(
    "handover",
    help=N_("Pack the three scans with a cover list and hand them to the file keeper."),
    example="donflow paper handover 17 --to 档案室郑老师",
)
@gift_argument
@click.option("--to", "custodian", metavar=N_("NAME"), help=N_("The file keeper; else as set."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put a copy."))
@writes
def handover(act: Act, gift: str, custodian: str | None, out: Path | None) -> Done:
    row = act.gift(gift)
    custody = hand_over_papers(
        act.session, act.office, row, custodian=custodian, actor=act.actor, now=act.now
    )
    copy = act.paper(row, custody.package, out)
    sentence = say(N_("Package for {name}: {file}"), name=custody.custodian, file=str(copy.path))
    return Done(sentence, row, paper=copy)


@paper.command(
    "acknowledge",
    help=N_("Record that the file keeper acknowledged the package."),
    example="donflow paper acknowledge 17 --file 签收照片.jpg",
)
@gift_argument
@click.option("--file", type=FILE, metavar=N_("FILE"), help=N_("The signed list, or the message."))
@writes
def acknowledge_(act: Act, gift: str, file: Path | None) -> Done:
    row = act.gift(gift)
    evidence = act.deposit(file).fingerprint if file else None
    acknowledge(act.session, row, evidence=evidence, on=act.on, actor=act.actor, now=act.now)
    return Done(say(N_("The package of {gift} was acknowledged."), gift=row.number), row)
