"""Commands on precedents: the office's signed agreements, against which drafts are measured."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from donflow.agreements.precedents import (
    get_precedent,
    name_of,
    precedents_of,
    take_out,
    veiled_text,
)
from donflow.cli.acting import Act, Done, own_options, writes_oneself
from donflow.cli.arguments import FILE, NUMBER, json_option, listed
from donflow.cli.commands import Group
from donflow.cli.files import read_file
from donflow.cli.findings_view import FINDING_COLUMNS, finding_row, tell_findings
from donflow.cli.looking import Look, looking, read_upload, reads
from donflow.cli.output import Column, dump, table, tell, tell_list, tell_record
from donflow.cli.precheck_view import KIND_NAMES
from donflow.cli.shell import Shell
from donflow.cli.telling import in_lines, tell_beside
from donflow.domain.masking import bank_account, numbers_within
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.lifecycle.prechecking import compared
from donflow.lifecycle.taking_precedents import (
    Outcome,
    Prepared,
    Taken,
    prepare,
    take_precedents,
)
from donflow.precheck.compare import CLAUSE_NAMES
from donflow.precheck.facts import Kind

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
        "Take the signed agreements of a folder in as precedents; the same agreement is taken once."
    ),
    example="donflow precedent import 已签协议 --dry-run\ndonflow precedent import 已签协议\n"
    "donflow precedent import 已签协议 --signed",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar=N_("FOLDER"))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would be done; nothing is kept."))
@click.option(
    "--signed",
    is_flag=True,
    help=N_("I say that these were signed: the day and signatures, written by hand, may be blank."),
)
@own_options
@click.pass_obj
def import_(shell: Shell, /, folder: Path, dry_run: bool, signed: bool, **given: Any) -> None:
    shell.unchanged = True
    with looking(shell, "precedent import") as look:
        office, now = look.office, look.now
    found = _found_in(folder)
    prepared: list[Prepared] = []
    for count, path in enumerate(found.agreements, start=1):
        file = path.relative_to(folder).as_posix()
        if not shell.asked.as_json:
            said = N_("{done} of {total}: {file}")
            line = say(said, done=count, total=len(found.agreements), file=file)
            click.echo(shell.words(line), err=True)
        prepared.append(prepare(file, partial(read_upload, path), office, now=now, signed=signed))
    if not dry_run:
        _keep(found=found, prepared=prepared, **given)
        return
    with looking(shell, "precedent import") as look:
        taken = take_precedents(
            look.session, office, prepared, dry_run=True, actor=look.actor, now=now
        )
    for sentence in found.passed_over():
        tell_beside(shell, "heed", sentence, None)
    said = N_("Would be taken in: {taken}; there already: {there}; not taken: {refused}.")
    message = shell.words(say(said, **_counted(taken)))
    if shell.asked.as_json:
        files = [_told(shell, item, as_json=True) for item in taken]
        click.echo(dump({"message": message, "files": files, "dry_run": True}))
        return
    click.echo(_as_table(shell, taken, OUTCOMES_TO_BE))
    click.echo(message)


def _kept(act: Act, found: Found, prepared: list[Prepared]) -> Done:
    """The only part of an import for which others wait: what was studied is written."""
    taken = take_precedents(
        act.session, act.office, prepared, dry_run=False, actor=act.actor, now=act.now
    )
    said = N_("Taken in: {taken}; there already: {there}; not taken: {refused}.")
    files = [_told(act.shell, item, as_json=True) for item in taken]
    shown = None if act.shell.asked.as_json else _as_table(act.shell, taken, OUTCOME_NAMES)
    told = {"files": files, "dry_run": False}
    return Done(
        say(said, **_counted(taken)), shown_once=shown, shown=told, heed=found.passed_over()
    )


_keep = writes_oneself(_kept)


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
            "name": name_of(row),
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
    help=N_(
        "One signed agreement: what it is measured by, and its text with roles for names and sums."
    ),
    example="donflow precedent show 3",
)
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@json_option
@reads
def show(look: Look, no: int, as_json: bool) -> None:
    row = get_precedent(look.session, no)
    text = veiled_text(look.office.vault, row)
    if as_json:
        record = {
            "id": row.id,
            "name": name_of(row),
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
    said = N_("{name} · {kind} · signed on {day}")
    if row.signed_on is None:
        said = N_("{name} · {kind} · signed on paper, on a day that the file does not say")
    kind = say(KIND_NAMES[Kind(row.kind)])
    tell(look.shell, said, name=name_of(row), kind=kind, day=row.signed_on)
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
@writes_oneself
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
    if not as_json and xlsx is None:
        tell_findings(look.shell, paper, found)
        return
    rows = [finding_row(look.shell, finding, as_json=as_json) for finding in found]
    tell_list(look.shell, N_("Findings"), FINDING_COLUMNS, rows, as_json=as_json, xlsx=xlsx)


@dataclass(frozen=True)
class Found:
    """What a folder holds: the files that may be agreements, and what was passed over."""

    agreements: tuple[Path, ...]
    others: int
    closed: tuple[str, ...]

    def passed_over(self) -> tuple[Sentence, ...]:
        said: list[Sentence] = []
        if self.others:
            message = N_("{count} other files were passed over: they are no Word, PDF or text.")
            said.append(say(message, count=self.others))
        if self.closed:
            said.append(say(N_("These folders were not looked into: {names}."), names=self.closed))
        return tuple(said)


def _found_in(folder: Path) -> Found:
    """The files of the folder and of those in it, by name; Word's lock files left out.

    A link that leads nowhere is among them, to be refused by name.
    """
    if not folder.is_dir():
        raise NotAFolder(folder=str(folder))
    agreements, others, closed = [], 0, []

    def refused(fault: OSError) -> None:
        closed.append(Path(str(fault.filename)).name)

    for place, folders, names in os.walk(folder, onerror=refused):
        closed += [name for name in folders if Path(place, name).is_symlink()]
        for name in names:
            if name.startswith(("~$", ".")):
                continue
            if Path(name).suffix.lower() in SUFFIXES:
                agreements.append(Path(place, name))
            else:
                others += 1
    if not agreements:
        raise NoAgreements(folder=str(folder))
    return Found(tuple(sorted(agreements)), others, tuple(sorted(closed)))


def _counted(taken: Sequence[Taken]) -> dict[str, int]:
    counts = Counter(item.outcome for item in taken)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _told(shell: Shell, item: Taken, *, as_json: bool) -> dict[str, object]:
    found = item.studied.measure if item.studied else None
    reason = numbers_within(" ".join(in_lines(shell, item.refusal))) if item.refusal else None
    return {
        "file": item.file,
        "outcome": item.outcome.value,
        "id": item.number,
        "kind": found.kind.value if found else None,
        "signed_on": found.on if found else None,
        "reason": reason,
    }


def _as_table(shell: Shell, taken: Sequence[Taken], names: Mapping[Outcome, str]) -> str:
    """The files in a table; below, each that was refused with every reason."""
    headings = (N_("File"), N_("State"), N_("No."), N_("Kind"), N_("Signed on"))
    rows = []
    lines = []
    for item in taken:
        found = item.studied.measure if item.studied else None
        told = (
            item.file,
            say(names[item.outcome]),
            item.number,
            say(KIND_NAMES[found.kind]) if found else None,
            found.on if found else None,
        )
        rows.append([shell.words.value(value) for value in told])
        if item.refusal:
            first, *reasons = in_lines(shell, item.refusal)
            lines += [first, *(f"  · {reason}" for reason in reasons)]
    shown = table([shell.words(say(heading)) for heading in headings], rows)
    remedies = [item.refusal.remedy_sentence for item in taken if item.refusal]
    lines += dict.fromkeys(shell.words(remedy) for remedy in remedies if remedy)
    return "\n".join([shown, *map(numbers_within, lines)])


OUTCOME_NAMES = {
    Outcome.TAKEN: N_("taken in"),
    Outcome.THERE: N_("there already"),
    Outcome.REFUSED: N_("not taken"),
}
OUTCOMES_TO_BE = {
    Outcome.TAKEN: N_("would be taken in"),
    Outcome.THERE: N_("there already"),
    Outcome.REFUSED: N_("would not be taken"),
}
