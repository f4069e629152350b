"""How the findings on an agreement are told to a person: the facts in a few lines, then each one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import click

from donflow.cli.naming import with_words
from donflow.cli.output import tell
from donflow.cli.shell import Shell
from donflow.domain import masking
from donflow.domain.money import Money
from donflow.errors import N_, Sentence, say
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Paper, Span

if TYPE_CHECKING:
    from donflow.precheck.check import Report

SEVERITY_NAMES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: N_("to be mended"),
    Severity.WARNING: N_("to be looked at"),
    Severity.INFO: N_("to be known"),
}
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
        click.echo(_spoken(shell, line))
    for severity in Severity:
        _tell_weight(shell, paper, severity, report.findings)
    if not report.findings:
        click.echo()
        tell(shell, N_("Nothing found."))


def tell_mendable(shell: Shell, findings: Sequence[Finding]) -> None:
    """How many can be mended safely, and how."""
    mendable = sum(1 for finding in findings if finding.mend and finding.sure)
    if mendable:
        click.echo()
        message = N_("{count} of them can be mended safely: add --mend OUT.docx.")
        tell(shell, message, count=mendable)


def grounded(shell: Shell, finding: Finding) -> str | None:
    """What a finding rests on, in one piece; None where nothing is cited."""
    ground = finding.ground
    if ground is None:
        return None
    between = "" if not ground.article or ground.article.startswith("第") else "："
    cited = f"{ground.source}{between}{ground.article}"
    if ground.on is None:
        return cited
    return shell.words(say(N_("{cited} (in force from {day})"), cited=cited, day=ground.on))


def mended_quote(paper: Paper, finding: Finding) -> str | None:
    """The quoted words as they read when mended; None where no mend is safe.

    Where all mends lie elsewhere, as in references to a number, it is the words put there.
    """
    if not finding.mend:
        return None
    quoted = _quoted(paper, finding)
    inside = [edit for edit in finding.mend if quoted and _within(edit.span, quoted)]
    if quoted is None or not inside:
        return "、".join(dict.fromkeys(edit.text for edit in finding.mend))
    text = paper.text(quoted)
    for edit in sorted(inside, key=lambda one: one.span.start, reverse=True):
        start, end = edit.span.start - quoted.start, edit.span.end - quoted.start
        text = text[:start] + edit.text + text[end:]
    return text


def _quoted(paper: Paper, finding: Finding) -> Span | None:
    """Where the quoted words stand: of several places one that a mend reaches."""
    line = paper.by_number.get(finding.line) if finding.line is not None else None
    if line is None or not finding.quote:
        return None
    places = (found.start() for found in re.finditer(f"(?={re.escape(finding.quote)})", line.text))
    spans = [Span(line.number, place, place + len(finding.quote)) for place in places]
    reached = (span for span in spans if any(_within(one.span, span) for one in finding.mend))
    return next(reached, None)


def _within(inner: Span, outer: Span) -> bool:
    return inner.line == outer.line and outer.start <= inner.start and inner.end <= outer.end


def _tell_weight(
    shell: Shell, paper: Paper, severity: Severity, findings: Sequence[Finding]
) -> None:
    chosen = [finding for finding in findings if finding.severity == severity]
    if not chosen:
        return
    click.echo()
    name = shell.words(say(SEVERITY_NAMES[severity]))
    tell(shell, N_("{weight} ({count})"), weight=name, count=len(chosen))
    for number, finding in enumerate(chosen, start=1):
        click.echo(f"{number:3}. {_spoken(shell, _place(finding))}")
        if finding.line is not None:
            click.echo(f"     → {_spoken(shell, with_words(finding.expect))}")
        for line in _about(shell, paper, finding):
            click.echo(f"       {_spoken(shell, line)}")


def _spoken(shell: Shell, sentence: Sentence) -> str:
    """For people, numbers of accounts and identity cards stay masked; JSON has them."""
    return masking.numbers_within(shell.words(sentence))


def _place(finding: Finding) -> Sentence:
    if finding.line is None:
        return with_words(finding.expect)
    return say(N_("line {line}: “{quote}”"), line=finding.line, quote=_shortened(finding.quote))


def _about(shell: Shell, paper: Paper, finding: Finding) -> Iterator[Sentence]:
    mended = mended_quote(paper, finding)
    if mended is not None:
        yield say(N_("mended: “{quote}”"), quote=_shortened(mended))
    ground = grounded(shell, finding)
    if ground is not None:
        yield say(N_("ground: {ground}"), ground=ground)
    if not finding.sure:
        yield say(N_("a person confirms"))


def tell_checklist(shell: Shell, facts: Facts) -> None:
    from donflow.precheck.rules.checklist import checklist

    click.echo()
    tell(shell, N_("For a person to judge"))
    for question in checklist(facts):
        click.echo(f"  □ {shell.words(with_words(question.sentence))}")


def _shortened(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"


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


def _sum(value: Decimal | None, currency: str) -> Money | str:
    return "—" if value is None else Money(int(value * 100), currency)


_SHOWN: Final = 60
