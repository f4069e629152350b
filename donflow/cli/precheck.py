"""The command that reads an agreement, finds what reviewers would find, and mends what is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from donflow.cli.arguments import DAY, FILE, listed
from donflow.cli.commands import Command
from donflow.cli.files import read_file, refuse_other_than_word, refuse_taken, write_new
from donflow.cli.findings_view import FINDING_COLUMNS, finding_row, in_order, mended_quote
from donflow.cli.naming import with_words
from donflow.cli.output import Column, dump, tell, tell_list
from donflow.cli.precheck_view import tell_checklist, tell_mendable, tell_report
from donflow.cli.shell import Shell
from donflow.cli.telling import tell_beside, tell_converting
from donflow.domain.masking import numbers_within
from donflow.errors import N_, DonflowError, say

if TYPE_CHECKING:
    from donflow.agreements.incoming import Incoming
    from donflow.precheck.check import Report
    from donflow.precheck.findings import Finding
    from donflow.precheck.paper import Paper
    from donflow.precheck.rulebook import RuleBook


@click.command(
    "precheck",
    cls=Command,
    help=N_(
        "Read an agreement (Word, WPS, PDF or text) and say what a reviewer would find: the facts, then each finding with its line, its words, what should stand there and why. No office is needed."
    ),
    example="donflow precheck 协议.docx\ndonflow precheck 协议.docx --mend 协议-修订.docx\ndonflow precheck 对方来稿.pdf --json",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@listed
@click.option(
    "--mend",
    type=FILE,
    metavar="OUT.docx",
    help=N_("Write what can be mended safely as tracked changes into a new Word file."),
)
@click.option(
    "--on",
    type=DAY,
    metavar=N_("DAY"),
    help=N_("Check by the rules of this day; today if left out."),
)
@click.option("--checklist", is_flag=True, help=N_("Say too what only a person can judge."))
@click.pass_obj
def precheck(
    shell: Shell,
    file: Path,
    as_json: bool,
    xlsx: Path | None,
    mend: Path | None,
    on: date | None,
    checklist: bool,
) -> None:
    from donflow.agreements.incoming import read_paper
    from donflow.precheck.facts_json import facts_json
    from donflow.precheck.rulebook import load
    from donflow.shipping import rule_texts

    refuse_other_than_word(mend)
    refuse_taken(xlsx, mend)
    day = on or shell.today()
    book = load(rule_texts(shell.home), on=day)
    tell_converting(shell, file)
    incoming = read_paper(read_file(file), name=file.name)
    report = _checked(shell, incoming.paper, book, day)
    for warning in incoming.warnings:
        tell_beside(
            shell,
            "reading",
            say("{said}", said=numbers_within(shell.words(with_words(warning)))),
            None,
        )
    if as_json:
        findings = [_as_json(shell, incoming, finding) for finding in report.findings]
        click.echo(dump({"facts": facts_json(report.facts), "findings": findings}))
    elif xlsx is not None:
        _tell_sheet(shell, incoming, report.findings, xlsx)
    else:
        tell_report(shell, incoming.paper, report)
        if checklist:
            tell_checklist(shell, report.facts)
        if mend is None:
            tell_mendable(shell, report.findings)
    if mend is not None:
        _mend(shell, incoming, report, book, day, mend, silent=as_json)


def _checked(shell: Shell, paper: Paper, book: RuleBook, day: date) -> Report:
    """By the rules; in an office also beside its signed agreements, for who may compare them."""
    from donflow.precheck.check import precheck as check
    from donflow.settings import FILE_NAME

    if not (shell.home / FILE_NAME).is_file():
        return check(paper, book, on=day)
    # The database is loaded only where there is an office.
    from donflow.accounts.policy import NotPermitted
    from donflow.cli.looking import looking
    from donflow.lifecycle.prechecking import check_paper, compared
    from donflow.store.outcome import trouble_of

    try:
        with looking(shell, "precedent compare") as look:
            report = check_paper(look.office, paper, on=day)
            said = [finding.code for finding in report.findings]
            beside = compared(look.session, look.office, paper, on=day, said=said)
            return replace(report, findings=in_order((*report.findings, *beside)))
    except NotPermitted:
        return check(paper, book, on=day)
    except Exception as fault:
        # The paper is to be read all the same: what is wrong with the office is told beside.
        trouble = fault if isinstance(fault, DonflowError) else trouble_of(fault)
        if trouble is None:
            raise
        message = N_("The signed agreements were not compared: {reason}")
        told = say(message, reason=trouble.sentence)
        tell_beside(shell, "not_compared", told, trouble.remedy_sentence)
        return check(paper, book, on=day)


def _as_json(shell: Shell, incoming: Incoming, finding: Finding) -> dict[str, object]:
    row = finding_row(shell, finding, as_json=True)
    del row["sure"]
    return row | {"mend": mended_quote(incoming.paper, finding)}


def _tell_sheet(shell: Shell, incoming: Incoming, findings: Sequence[Finding], xlsx: Path) -> None:
    columns = [*FINDING_COLUMNS, Column("mend", N_("Mended")), Column("sure", N_("Sure"))]
    rows = [
        finding_row(shell, finding, as_json=False)
        | {"mend": numbers_within(mended_quote(incoming.paper, finding) or "")}
        for finding in findings
    ]
    tell_list(shell, N_("Findings"), columns, rows, as_json=False, xlsx=xlsx)


def _mend(
    shell: Shell,
    incoming: Incoming,
    report: Report,
    book: RuleBook,
    day: date,
    out: Path,
    *,
    silent: bool,
) -> None:
    from donflow.agreements.mending import mend_paper

    made = mend_paper(incoming, report.findings, book, on=day, at=shell.local_now())
    if made.docx is None:
        unmended = say(N_("Nothing in it can be mended safely; no file was written."))
        tell_beside(shell, "nothing_mended", unmended, None)
        return
    write_new(out, made.docx)
    if silent:
        return
    click.echo()
    tell(
        shell,
        N_("{count} findings mended as tracked changes: {file}."),
        count=len(made.mended),
        file=str(out),
    )
    for left in made.left:
        if left.finding.mend:
            line = left.finding.line
            tell(shell, N_("  line {line}, not mended: {reason}"), line=line, reason=left.reason)
