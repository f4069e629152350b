"""Commands on what the pre-check found in a gift's draft: to see it, and to let a fault stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from donflow.accounts.users import all_users
from donflow.cli.acting import Act, Done, writes
from donflow.cli.arguments import NUMBER, listed
from donflow.cli.commands import Command, Group
from donflow.cli.findings_view import (
    FINDING_COLUMNS,
    SEVERITY_NAMES,
    Told,
    finding_row,
    tell_group,
)
from donflow.cli.glance import veiled
from donflow.cli.looking import Look, reads
from donflow.cli.options import gift_argument
from donflow.cli.output import Column, tell, tell_list
from donflow.domain.masking import numbers_within
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.drafting import waive as waive_finding
from donflow.lifecycle.prechecking import Shown, questions_of, shown_findings
from donflow.precheck.findings import Severity


def add_finding_commands(agreement: Group) -> None:
    """Put these commands into the group of agreements."""
    for command in (findings, checklist, waive):
        agreement.add_command(command)


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
    shown = shown_findings(look.session, look.office, row, today=look.today)
    users = {user.id: user.display_name for user in all_users(look.session)}
    if not as_json and xlsx is None:
        _tell(look, row, shown, users)
        return
    rows: list[dict[str, object]] = []
    for one in shown:
        waiver = one.waiver
        told = {
            "no": one.no,
            **finding_row(look.shell, one.finding, as_json=as_json),
            "waived_by": users.get(waiver.recorded_by) if waiver else None,
            "waived_on": waiver.on if waiver else None,
            "reason": waiver.reason if waiver else None,
        }
        for words in ("quote", "expect", "ground", "reason"):
            told[words] = _veiled(look, row, told[words], outward=xlsx is not None)
        rows.append(told)
    columns = (
        Column("no", N_("No.")),
        *FINDING_COLUMNS,
        Column("waived_by", N_("Waived by")),
        Column("reason", N_("Reason")),
    )
    tell_list(look.shell, N_("Findings"), columns, rows, as_json=as_json, xlsx=xlsx)


def _tell(look: Look, gift: Gift, shown: Sequence[Shown], users: Mapping[int, str]) -> None:
    """What is open by weight, then what was let stand, by whom and why."""
    shell = look.shell
    told = [Told(one.finding, one.no, waived=_waived(one, users)) for one in shown]

    def veil(text: str) -> str:
        return _veiled(look, gift, text) or ""

    for severity in Severity:
        group = [one for one in told if one.finding.severity is severity and one.waived is None]
        tell_group(shell, SEVERITY_NAMES[severity], group, veil)
    tell_group(shell, N_("waived"), [one for one in told if one.waived is not None], veil)
    if not told:
        tell(shell, N_("Nothing found."))
    if any(one.finding.severity is Severity.ERROR and one.waived is None for one in told):
        click.echo()
        message = N_("One that is to stay: donflow agreement waive {number} NO --reason TEXT")
        tell(shell, message, number=gift.number)


def _waived(shown: Shown, users: Mapping[int, str]) -> Sentence | None:
    waiver = shown.waiver
    if waiver is None:
        return None
    name = users.get(waiver.recorded_by, "—")
    message = N_("waived by {name} on {day}: {reason}")
    return say(message, name=name, day=waiver.on, reason=waiver.reason)


def _veiled(look: Look, gift: Gift, text: object, *, outward: bool = False) -> str | None:
    """Without a name that is kept back, and of long numbers four places."""
    if not text:
        return None
    return numbers_within(veiled(look, gift, str(text), outward=outward) or "")


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
