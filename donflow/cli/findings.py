"""Commands on what the pre-check found in a gift's draft: to see it, and to let a fault stand."""

from __future__ import annotations

from pathlib import Path

import click

from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, listed
from donflow.cli.commands import Command, Group
from donflow.cli.glance import veiled
from donflow.cli.looking import Look, reads
from donflow.cli.naming import with_words
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell_list
from donflow.cli.precheck_view import SEVERITY_NAMES, grounded
from donflow.cli.shell import Shell
from donflow.errors import N_, say
from donflow.lifecycle.drafting import waive as waive_finding
from donflow.lifecycle.prechecking import questions_of, shown_findings
from donflow.precheck.findings import Finding

FINDING_COLUMNS = (
    Column("severity", N_("Weight")),
    Column("line", N_("Line")),
    Column("quote", N_("Words")),
    Column("expect", N_("What should stand there")),
    Column("ground", N_("Ground")),
)


def add_finding_commands(agreement: Group) -> None:
    """Put these commands into the group of agreements."""
    for command in (findings, checklist, waive):
        agreement.add_command(command)


def finding_row(shell: Shell, finding: Finding, *, as_json: bool) -> dict[str, object]:
    """A finding as a list shows it."""
    severity = finding.severity
    return {
        "code": finding.code,
        "severity": severity.value if as_json else say(SEVERITY_NAMES[severity]),
        "line": finding.line,
        "quote": finding.quote,
        "expect": shell.words(with_words(finding.expect)),
        "ground": grounded(shell, finding),
        "sure": finding.sure,
    }


@click.command(
    "findings",
    cls=Command,
    help=N_(
        "What the pre-check found in the current draft, what was waived, and where it is unlike the signed agreements."
    ),
    example="donflow agreement findings 17",
)
@gift_argument
@listed
@reads
def findings(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    users = {user.id: user.display_name for user in all_users(look.session)}
    outward = xlsx is not None
    rows: list[dict[str, object]] = []
    for shown in shown_findings(look.session, look.office, row, today=look.today):
        told = finding_row(look.shell, shown.finding, as_json=as_json)
        for words in ("quote", "expect"):
            told[words] = veiled(look, row, str(told[words]), outward=outward)
        waiver = shown.waiver
        rows.append(
            {
                "no": shown.no,
                **told,
                "waived_by": users.get(waiver.recorded_by) if waiver else None,
                "waived_on": waiver.on if waiver else None,
                "reason": veiled(look, row, waiver.reason, outward=outward) if waiver else None,
            }
        )
    columns = (
        Column("no", N_("No.")),
        *FINDING_COLUMNS,
        Column("waived_by", N_("Waived by")),
        Column("reason", N_("Reason")),
    )
    tell_list(look.shell, N_("Findings"), columns, rows, as_json=as_json, xlsx=xlsx)


@click.command(
    "checklist",
    cls=Command,
    help=N_("What only a person can judge of the current draft, for whoever reviews it."),
    example="donflow agreement checklist 17",
)
@gift_argument
@listed
@reads
def checklist(look: Look, gift: str, as_json: bool, xlsx: Path | None) -> None:
    row = look.gift(gift)
    outward = xlsx is not None
    rows: list[dict[str, object]] = [
        {
            "no": no,
            "key": question.key,
            "question": veiled(look, row, look.shell.words(question.sentence), outward=outward),
        }
        for no, question in enumerate(questions_of(look.session, look.office, row), start=1)
    ]
    columns = (Column("no", N_("No.")), Column("question", N_("Question")))
    tell_list(look.shell, N_("Checklist"), columns, rows, as_json=as_json, xlsx=xlsx)


@click.command(
    "waive",
    cls=Command,
    help=N_("Let a fault of the current draft stand, with the reason and your name."),
    example="donflow agreement waive 17 2 --reason 捐赠方坚持用简称，基金会已电话同意",
)
@gift_argument
@click.argument("no", type=NUMBER, metavar=N_("NO"))
@click.option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why this text may stay."))
@writes
def waive(act: Act, gift: str, no: int, reason: str) -> Done:
    row = act.gift(gift)
    waive_finding(act.session, act.office, row, no, reason=reason, actor=act.actor, now=act.now)
    sentence = say(N_("Finding {no} of {gift} may stand."), no=no, gift=row.number)
    return Done(sentence, row, {"finding": no})
