"""Commands on precedents: the office's signed agreements, against which drafts are measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from donflow.agreements.precedents import get_precedent, name_of, precedents_of, take_out, text_of
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import FILE, NUMBER, json_option, listed
from donflow.cli.commands import Group
from donflow.cli.files import read_file
from donflow.cli.findings import FINDING_COLUMNS, finding_row
from donflow.cli.looking import Look, read_upload, reads
from donflow.cli.output import Column, table, tell, tell_list, tell_record
from donflow.cli.precheck_view import KIND_NAMES
from donflow.cli.shell import Shell
from donflow.domain.masking import bank_account
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.lifecycle.prechecking import compared
from donflow.lifecycle.taking_precedents import Outcome, Taken, take_precedents
from donflow.precheck.compare import CLAUSE_NAMES
from donflow.precheck.facts import Kind
from donflow.vault.deposit import Upload

precedent = Group(
    "precedent",
    help=N_("Signed agreements as the measure of drafts"),
    no_args_is_help=True,
)

SUFFIXES = frozenset({".docx", ".doc", ".wps", ".rtf", ".pdf", ".txt"})
"""The kinds of files in which agreements are kept; other files in the folder are passed over."""


class NotAFolder(DonflowError):
    code = "not_a_folder"
    message = N_("There is no folder {folder}.")
    remedy = N_("Name the folder in which the signed agreements lie.")


class NoAgreements(DonflowError):
    code = "no_agreements"
    message = N_("In {folder} there is no Word file, PDF or plain text.")
    remedy = N_("Name the folder in which the signed agreements lie.")


@precedent.command(
    "import",
    help=N_(
        "Take the signed agreements of a folder in as precedents; the same file twice is once."
    ),
    example="donflow precedent import 已签协议 --dry-run\ndonflow precedent import 已签协议",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar=N_("FOLDER"))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would be done; nothing is kept."))
@writes
def import_(act: Act, folder: Path, dry_run: bool) -> Done:
    taken = take_precedents(
        act.session,
        act.office,
        list(_agreements_in(folder)),
        dry_run=dry_run,
        actor=act.actor,
        now=act.now,
    )
    counts = {outcome: sum(item.outcome is outcome for item in taken) for outcome in Outcome}
    message = (
        N_("Would be taken in: {taken}; there already: {there}; not taken: {refused}.")
        if dry_run
        else N_("Taken in: {taken}; there already: {there}; not taken: {refused}.")
    )
    sentence = say(message, **{outcome.value: count for outcome, count in counts.items()})
    files = [_told(act.shell, item, as_json=True) for item in taken]
    shown = None if act.shell.asked.as_json else _as_table(act.shell, taken)
    told = {"files": files, "dry_run": dry_run}
    return Done(sentence, shown_once=shown, shown=told)


@precedent.command(
    "list",
    help=N_("The signed agreements that drafts are measured by."),
    example="donflow precedent list",
)
@listed
@reads
def list_(look: Look, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("id", N_("No.")),
        Column("name", N_("Name")),
        Column("kind", N_("Kind")),
        Column("signed_on", N_("Signed on")),
        Column("recipients", N_("Recipient")),
        Column("account", N_("Account")),
        Column("clauses", N_("Clauses")),
    )
    rows: list[dict[str, object]] = [
        {
            "id": row.id,
            "name": name_of(look.session, row),
            "kind": row.kind if as_json else say(KIND_NAMES[Kind(row.kind)]),
            "signed_on": row.signed_on,
            "recipients": tuple(row.recipients),
            "account": str(bank_account(row.account_number)) if row.account_number else None,
            "clauses": list(row.clauses) if as_json else len(row.clauses),
        }
        for row in precedents_of(look.session)
    ]
    tell_list(look.shell, N_("Precedents"), columns, rows, as_json=as_json, xlsx=xlsx)


@precedent.command(
    "show",
    help=N_("One signed agreement: what it is measured by, and its text."),
    example="donflow precedent show 3",
)
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@json_option
@reads
def show(look: Look, no: int, as_json: bool) -> None:
    row = get_precedent(look.session, no)
    paper = text_of(look.office.vault, row)
    text = "\n".join(line.text for line in paper.lines) if paper else None
    if as_json:
        record = {
            "id": row.id,
            "name": name_of(look.session, row),
            "kind": row.kind,
            "signed_on": row.signed_on,
            "recipients": list(row.recipients),
            "account": str(bank_account(row.account_number)) if row.account_number else None,
            "clauses": list(row.clauses),
            "document": row.document,
            "recorded_at": row.recorded_at,
            "text": text,
        }
        tell_record(look.shell, record)
        return
    tell(
        look.shell,
        N_("{name} · {kind} · signed on {day}"),
        name=name_of(look.session, row),
        kind=say(KIND_NAMES[Kind(row.kind)]),
        day=row.signed_on,
    )
    clauses = tuple(say(CLAUSE_NAMES.get(kind, kind)) for kind in row.clauses)
    tell(look.shell, N_("Clauses: {clauses}"), clauses=clauses)
    click.echo()
    if text is None:
        tell(look.shell, N_("Its text is missing from the vault: donflow vault check"))
    else:
        click.echo(text)


@precedent.command(
    "remove",
    help=N_("Measure by a precedent no more, with the reason; its files go."),
    example="donflow precedent remove 3 --reason 未签署",
)
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why it is no measure."))
@writes
def remove(act: Act, no: int, reason: str) -> Done:
    row = get_precedent(act.session, no)
    take_out(
        act.session,
        act.office.vault,
        row,
        reason=reason,
        on=act.on,
        actor=act.actor,
        now=act.now,
    )
    return Done(say(N_("Precedent {no} was taken out."), no=no))


@precedent.command(
    "compare",
    help=N_("Say where an agreement is unlike the signed ones of its kind."),
    example="donflow precedent compare 对方来稿.docx",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@listed
@reads
def compare(look: Look, file: Path, as_json: bool, xlsx: Path | None) -> None:
    from donflow.agreements.incoming import read_paper

    paper = read_paper(read_file(file), name=file.name).paper
    found = compared(look.session, look.office, paper, on=look.today)
    rows = [finding_row(look.shell, finding, as_json=as_json) for finding in found]
    tell_list(look.shell, N_("Findings"), FINDING_COLUMNS, rows, as_json=as_json, xlsx=xlsx)


def _agreements_in(folder: Path) -> Iterator[Upload]:
    """The files of the folder and its own folders, by name; Word's lock files passed over."""
    if not folder.is_dir():
        raise NotAFolder(folder=str(folder))
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.is_file() and path.name[:2] not in ("~$", ".~")
    ]
    if not found:
        raise NoAgreements(folder=str(folder))
    for path in found:
        yield read_upload(path)


def _told(shell: Shell, item: Taken, *, as_json: bool) -> dict[str, object]:
    found = item.studied.measure if item.studied else None
    return {
        "file": item.file,
        "outcome": item.outcome.value if as_json else say(OUTCOME_NAMES[item.outcome]),
        "id": item.number,
        "kind": _kind(found.kind, as_json=as_json) if found else None,
        "signed_on": found.on if found else None,
        "errors": item.studied.errors if item.studied else None,
        "reason": _reason(shell, item.refusal) if item.refusal else None,
    }


def _as_table(shell: Shell, taken: tuple[Taken, ...]) -> str:
    headings = (
        N_("File"),
        N_("State"),
        N_("No."),
        N_("Kind"),
        N_("Signed on"),
        N_("Faults"),
        N_("Reason"),
    )
    rows = [
        [shell.words.value(value) for value in _told(shell, item, as_json=False).values()]
        for item in taken
    ]
    return table([shell.words(say(heading)) for heading in headings], rows)


def _kind(kind: Kind, *, as_json: bool) -> str | Sentence:
    return kind.value if as_json else say(KIND_NAMES[kind])


def _reason(shell: Shell, refusal: DonflowError) -> str:
    return " ".join(map(shell.words, (refusal.sentence, *refusal.details)))


OUTCOME_NAMES = {
    Outcome.TAKEN: N_("taken in"),
    Outcome.THERE: N_("there already"),
    Outcome.REFUSED: N_("not taken"),
}
