"""Commands on stored files: take in, find, check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NamedChoice, json_option
from donflow.cli.commands import Group
from donflow.cli.glance import veiled
from donflow.cli.looking import Look, reads
from donflow.cli.naming import PAPER_NAMES, REFUSAL_NAMES
from donflow.cli.options import GIFT
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.domain.facts import PaperKind
from donflow.errors import N_, Sentence, say
from donflow.gifts.filing import file_paper
from donflow.gifts.register import all_gifts
from donflow.lifecycle.verifying import check_files
from donflow.vault import files
from donflow.vault.deposit import QUARANTINE, find_blob, note_deposit
from donflow.vault.quarantine import listing

vault = Group("vault", help=N_("Stored files"), no_args_is_help=True)


@vault.command(
    "add",
    help=N_("Take a file in, through the gate; perhaps file it under a gift at once."),
    example="donflow vault add 回单.pdf --gift 17 --paper bank_slip",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.option("--gift", type=GIFT, metavar=N_("GIFT"), help=N_("The gift it belongs to."))
@click.option("--paper", type=NamedChoice(PAPER_NAMES), help=N_("What paper it is."))
@writes
def add(act: Act, file: Path, gift: str | None, paper: str | None) -> Done:
    blob = act.deposit(file)
    note_deposit(act.session, blob, actor=act.actor, now=act.now)
    row = act.gift(gift) if gift else None
    if row is not None:
        kind = PaperKind(paper) if paper else PaperKind.OTHER
        file_paper(
            act.session,
            row,
            kind,
            blob,
            title=file.name,
            on=act.on,
            actor=act.actor,
            now=act.now,
        )
    sentence = say(
        N_("Kept as {fingerprint}: {name}"), fingerprint=blob.fingerprint[:12], name=file.name
    )
    return Done(sentence, row, {"fingerprint": blob.fingerprint, "kind": blob.kind})


@vault.command(
    "show",
    help=N_("Write a verified copy of a stored file."),
    example="donflow vault show 3fa94c1b22 --out 协议.docx",
)
@click.argument("fingerprint", metavar=N_("FINGERPRINT"))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Where to put the copy."))
@json_option
@reads
def show(look: Look, fingerprint: str, out: Path | None, as_json: bool) -> None:
    blob = find_blob(look.session, fingerprint)
    data = files.read(look.office.vault, blob.fingerprint)
    if out is not None:
        out.write_bytes(data)
    name = blob.name
    for gift in all_gifts(look.session):
        name = veiled(look, gift, name) or name
    if as_json:
        tell_record(
            look.shell,
            {
                "fingerprint": blob.fingerprint,
                "name": name,
                "kind": blob.kind,
                "size": blob.size,
                "deposited_at": blob.deposited_at,
            },
        )
        return
    tell(look.shell, N_("{name}, {size} bytes, unharmed."), name=name, size=blob.size)


@vault.command(
    "quarantine",
    help=N_("List the files that were refused, and when each is deleted."),
    example="donflow vault quarantine",
)
@json_option
@reads
def quarantine(look: Look, as_json: bool) -> None:
    columns = (
        Column("refused_on", N_("Refused on")),
        Column("leaves_on", N_("Deleted after")),
        Column("name", N_("Name")),
        Column("codes", N_("Reasons")),
        Column("fingerprint", N_("Fingerprint")),
    )
    rows = [
        {
            "refused_on": note.refused_on if as_json else date.fromisoformat(note.refused_on),
            "leaves_on": note.leaves_on.isoformat() if as_json else note.leaves_on,
            "name": note.name,
            "codes": list(note.codes) if as_json else _reasons(note.codes),
            "fingerprint": note.fingerprint if as_json else note.fingerprint[:12],
            **({"size": note.size, "user": note.user_id} if as_json else {}),
        }
        for note in listing(look.office.home / QUARANTINE)
    ]
    tell_list(look.shell, N_("Quarantine"), columns, rows, as_json=as_json)


@vault.command(
    "check",
    help=N_("Read every stored file and name those that are missing or damaged."),
    example="donflow vault check",
)
@json_option
@reads
def check(look: Look, as_json: bool) -> None:
    checked = check_files(look.session, look.office)
    if as_json:
        tell_record(
            look.shell,
            {
                "faults": [
                    {"code": fault.code, "fingerprint": fault.fingerprint, "gifts": fault.gifts}
                    for fault in checked.faults
                ],
                "extra": checked.extra,
                "files": checked.files,
            },
        )
    else:
        for fault in checked.faults:
            click.echo(look.shell.words(fault.sentence))
        for path in checked.extra:
            tell(look.shell, N_("unknown file: {path}"), path=path)
        if checked.faults:
            tell(
                look.shell,
                N_("They may be whole in an earlier backup: donflow restore FILE --home FOLDER"),
            )
        if not (checked.faults or checked.extra):
            tell(look.shell, N_("All stored files are there and unharmed."))
    look.shell.exit_code = 1 if checked.faults or checked.extra else 0


def _reasons(codes: tuple[str, ...]) -> tuple[Sentence, ...]:
    words = dict.fromkeys(REFUSAL_NAMES.get(code, code) for code in codes)
    return tuple(say(word) for word in words)
