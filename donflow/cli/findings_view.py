"""How findings are told to a person: by weight, each with its place, its mend and its ground."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import click

from donflow.cli.cells import shortened, wrapped
from donflow.cli.naming import with_words
from donflow.cli.output import Column, tell
from donflow.cli.shell import Shell
from donflow.domain.masking import numbers_within
from donflow.errors import N_, Sentence, say
from donflow.precheck.findings import PRECEDENT, Finding, Severity
from donflow.precheck.paper import Paper, Span

WIDTH: Final = 100
SEVERITY_NAMES: Final[Mapping[Severity, str]] = {
    Severity.ERROR: N_("to be mended"),
    Severity.WARNING: N_("to be looked at"),
    Severity.INFO: N_("to be known"),
}
FINDING_COLUMNS: Final = (
    Column("severity", N_("Weight")),
    Column("line", N_("Line")),
    Column("quote", N_("Words")),
    Column("expect", N_("What should stand there")),
    Column("ground", N_("Ground")),
)


@dataclass(frozen=True)
class Told:
    """A finding with its number, how its words read when mended, and who let it stand."""

    finding: Finding
    no: int | None = None
    mended: str | None = None
    waived: Sentence | None = None


def tell_findings(shell: Shell, paper: Paper, findings: Sequence[Finding]) -> None:
    """The findings on a paper, numbered within their weight."""
    for severity in Severity:
        chosen = [finding for finding in findings if finding.severity is severity]
        told = [
            Told(finding, no, mended_quote(paper, finding))
            for no, finding in enumerate(chosen, start=1)
        ]
        tell_group(shell, SEVERITY_NAMES[severity], told)
    if not findings:
        click.echo()
        tell(shell, N_("Nothing found."))


def tell_group(
    shell: Shell,
    heading: str,
    group: Sequence[Told],
    veil: Callable[[str], str] = numbers_within,
) -> None:
    """Findings under one heading; `veil` is what hides in a text what is not for the screen."""
    if not group:
        return
    click.echo()
    tell(shell, N_("{weight} ({count})"), weight=say(heading), count=len(group))
    for told in group:
        number = "  ·" if told.no is None else f"{told.no:3}."
        lines = [veil(shell.words(line)) for line in _lines(shell, told)]
        _echo(f"{number} ", lines[0])
        if told.finding.line is not None:
            _echo("     → ", lines.pop(1))
        for line in lines[1:]:
            _echo(" " * 7, line)


def finding_row(shell: Shell, finding: Finding, *, as_json: bool) -> dict[str, object]:
    """A finding as a list has it; for people in words, and long numbers masked."""
    severity = finding.severity
    veil = str if as_json else numbers_within
    ground = grounded(shell, finding)
    return {
        "code": finding.code,
        "severity": severity.value if as_json else say(SEVERITY_NAMES[severity]),
        "line": finding.line,
        "quote": veil(finding.quote),
        "expect": veil(shell.words(with_words(finding.expect))),
        "ground": veil(ground) if ground else None,
        "sure": finding.sure,
    }


def grounded(shell: Shell, finding: Finding) -> str | None:
    """What a finding rests on, in one piece; None where nothing is cited."""
    ground = finding.ground
    if ground is None:
        return None
    between = "" if not ground.article or ground.article.startswith("第") else "："
    cited = f"{ground.source}{between}{ground.article}"
    if ground.on is None:
        return cited
    if ground.key == PRECEDENT:
        return shell.words(say(N_("{cited} (signed on {day})"), cited=cited, day=ground.on))
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


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By their lines; what is missing stands last."""
    return tuple(sorted(findings, key=lambda one: (one.line is None, one.line or 0)))


def _lines(shell: Shell, told: Told) -> Iterator[Sentence]:
    """The place, what should stand there, then what is to know beside."""
    finding, expect = told.finding, with_words(told.finding.expect)
    if finding.line is not None:
        quote = shortened(finding.quote)
        yield say(N_("line {line}: “{quote}”"), line=finding.line, quote=quote)
    yield expect
    if told.mended is not None:
        yield say(N_("mended: “{quote}”"), quote=shortened(told.mended))
    ground = grounded(shell, finding)
    if ground is not None:
        yield say(N_("ground: {ground}"), ground=ground)
    if not finding.sure:
        yield say(N_("a person confirms"))
    if told.waived is not None:
        yield told.waived


def _echo(head: str, text: str) -> None:
    first, *others = wrapped(text, WIDTH - len(head))
    click.echo(f"{head}{first}")
    for line in others:
        click.echo(" " * len(head) + line)


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
