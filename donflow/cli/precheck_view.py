"""How a pre-check is told to a person: the facts in a few lines, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import click

from donflow.cli.cells import wrapped
from donflow.cli.findings_view import WIDTH, tell_findings
from donflow.cli.naming import with_words
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.domain import masking
from donflow.domain.money import Money
from donflow.errors import N_, Sentence, say
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.findings import Finding
from donflow.precheck.paper import Paper

if TYPE_CHECKING:
    from donflow.precheck.check import Report

KIND_NAMES: Final[Mapping[Kind, str]] = {
    Kind.ONE_OFF_CASH: N_("money, paid once"),
    Kind.MULTI_INSTALMENT: N_("money in instalments"),
    Kind.ENDOWED: N_("endowment"),
    Kind.IN_KIND: N_("things"),
    Kind.GROUP: N_("gift of a group"),
    Kind.OVERSEAS: N_("from abroad or in foreign currency"),
    Kind.SMALL: N_("small gift"),
    Kind.SUPPLEMENTARY: N_("supplementary agreement"),
    Kind.TERMINATION: N_("termination agreement"),
}
ROLE_NAMES: Final = {
    "donor": N_("donor"),
    "recipient": N_("recipient"),
    "beneficiary": N_("beneficiary"),
    "manager": N_("manager"),
    "target": N_("company whose shares are given"),
}


def tell_report(shell: Shell, paper: Paper, report: Report) -> None:
    """The facts, then the findings by weight."""
    for line in _facts(paper, report.facts):
        first, *others = wrapped(masking.numbers_within(shell.words(line)), WIDTH - 6)
        click.echo("\n      ".join((first, *others)))
    tell_findings(shell, paper, report.findings)


def tell_mendable(shell: Shell, findings: Sequence[Finding]) -> None:
    """How many can be mended safely, and how."""
    mendable = sum(1 for finding in findings if finding.mend and finding.sure)
    if mendable:
        click.echo()
        message = N_("{count} of them can be mended safely: add --mend OUT.docx.")
        tell(shell, message, count=mendable)


def tell_checklist(shell: Shell, facts: Facts) -> None:
    from donflow.precheck.rules.checklist import checklist

    click.echo()
    tell(shell, N_("For a person to judge"))
    for question in checklist(facts):
        click.echo(f"  □ {shell.words(with_words(question.sentence))}")


def _facts(paper: Paper, facts: Facts) -> Iterator[Sentence]:
    kind = say(KIND_NAMES[facts.kind])
    yield say(N_("{title} · {kind}"), title=facts.title or "—", kind=kind)
    for party in facts.parties:
        yield say(
            N_("  {label} ({role}): {name}"),
            label=party.label,
            role=say(ROLE_NAMES.get(party.role, party.role)),
            name=party.name or "—",
        )
    yield from _money(paper, facts)
    if facts.account is not None:
        account = facts.account
        yield say(
            N_("  Account: {name}, {bank}, {number}"),
            name=account.name or "—",
            bank=account.bank or "—",
            number=str(masking.bank_account(account.number)) or "—",
        )
    if facts.purpose:
        yield say(N_("  Purpose: {purpose}"), purpose=facts.purpose)
    if facts.copies is not None:
        split = tuple(
            say(N_("{label} {count}"), label=label, count=count)
            for label, count in facts.copies.split
        )
        yield say(N_("  Copies: {total} ({split})"), total=facts.copies.total, split=split or "—")


def _money(paper: Paper, facts: Facts) -> Iterator[Sentence]:
    amount = facts.amount
    if amount is not None:
        yield say(
            N_("  Amount: {figures}, in words {words}"),
            figures=_sum(amount.figures, amount.currency),
            words=paper.text(amount.words_at) if amount.words_at else "—",
        )
    for instalment in facts.instalments:
        due = instalment.raw or instalment.due or "—"
        if instalment.amount is None:
            yield say(N_("  No. {no}: {due}"), no=instalment.no, due=due)
            continue
        paid = _sum(instalment.amount, amount.currency if amount else "CNY")
        yield say(N_("  No. {no}: {amount}, {due}"), no=instalment.no, amount=paid, due=due)


def _sum(value: Decimal | None, currency: str) -> Money | Sentence | str:
    if value is None:
        return "—"
    if currency == "JPY" and value == int(value):
        return say(N_("{sum} yen"), sum=f"{value:,.0f}")
    minor = value * 100
    # A price may be finer than what is paid.
    return Money(int(minor), currency) if minor == int(minor) else f"{value:,} {currency}"
