"""The command that tells the figures on alumni, each with its definition in the help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from pathlib import Path

import click

from donflow.accounts.scopes import Scope
from donflow.cli.arguments import FILE, YEAR, OneForm, json_option
from donflow.cli.commands import Command
from donflow.cli.files import refuse_taken
from donflow.cli.looking import Look, reads
from donflow.cli.naming import SOURCE_NAMES, word_for
from donflow.cli.naming_people import FIGURE_NAMES, SECTION_NAMES
from donflow.cli.output import Column, table, tell, tell_list, tell_record
from donflow.errors import N_, say
from donflow.reports.figures import Figures, figures

COLUMNS = (
    Column("section", N_("Figure")),
    Column("group", N_("Group")),
    Column("people", N_("People")),
    Column("part", N_("Of these")),
    Column("percent", N_("Percent")),
    Column("effective", N_("Effective")),
    Column("amounts", N_("Amount")),
)


@click.command(
    "stats",
    cls=Command,
    help=N_(
        "Figures on alumni; merged numbers count once, erased people never."
        " Head count: studies that end in a year, by degree and major."
        " Contact rate: of the living whose data may be used, those with a way that is not in doubt;"
        " effective: of these, who were contacted with success within a year."
        " Participation: people who gave by name, with money confirmed, of all of the group."
        " Completeness: people in whom a field is known, of all."
    ),
    example="donflow roster stats\ndonflow roster stats --grad 2026\ndonflow roster stats --excel 校友数据.xlsx",
)
@click.option(
    "--grad",
    type=YEAR,
    metavar=N_("YEAR"),
    help=N_("Head counts of this year only."),
)
@click.option(
    "--excel", type=FILE, metavar=N_("FILE"), help=N_("Write the figures to an Excel file.")
)
@json_option
@reads
def stats(look: Look, grad: int | None, excel: Path | None, as_json: bool) -> None:
    if as_json and excel is not None:
        raise OneForm
    refuse_taken(excel)
    told = figures(
        look.session,
        scope=look.scope,
        today=look.today,
        zone=look.office.zone,
        year_begins=datetime(look.today.year, 1, 1, tzinfo=look.office.zone),
        amounts=look.scope is Scope.ALL,
    )
    if as_json:
        tell_record(look.shell, _record(told, grad))
        return
    rows = list(_rows(look, told, grad))
    if excel is not None:
        tell_list(look.shell, N_("Alumni in figures"), COLUMNS, rows, as_json=False, xlsx=excel)
        return
    tell(
        look.shell,
        N_("{checked} people were asked about by other departments this year."),
        checked=told.totals.checked,
    )
    headings = [look.shell.words(say(column.heading)) for column in COLUMNS]
    click.echo(table(headings, [_cells(look, row) for row in rows]))


def _cells(look: Look, row: dict[str, object]) -> list[str]:
    return [look.shell.words.value(row[column.key]) for column in COLUMNS]


def _record(told: Figures, grad: int | None) -> dict[str, object]:
    record = {one.name: _listed(getattr(told, one.name)) for one in fields(told)}
    record["totals"] = asdict(told.totals)
    record["head_counts"] = [
        asdict(one) for one in told.head_counts if grad is None or one.grad_year == grad
    ]
    record["completeness"] = [{**asdict(one), "percent": one.percent} for one in told.completeness]
    record["sources"] = dict(told.sources)
    return record


def _listed(value: object) -> object:
    """Each line with its money left as it is: the answer writes it with the currency."""
    if not isinstance(value, tuple):
        return value
    return [
        {part.name: getattr(one, part.name) for part in fields(one)}
        for one in value
        if is_dataclass(one)
    ]


def _rows(look: Look, told: Figures, grad: int | None) -> Iterator[dict[str, object]]:
    totals = asdict(told.totals)
    for name, number in totals.items():
        yield _line("totals", word_for(FIGURE_NAMES, name), number)
    for count in told.head_counts:
        if grad in (None, count.grad_year):
            words = [str(count.grad_year), count.degree, count.major]
            yield _line("head_counts", " ".join(word for word in words if word), count.people)
    for section, lines in (
        ("contact_by_class", told.contact_by_class),
        ("contact_by_year", told.contact_by_year),
        ("contact_by_segment", told.contact_by_segment),
    ):
        for reached in lines:
            row = _line(section, reached.group, reached.living, reached.reached)
            yield {**row, "effective": reached.effective}
    for section, giving in (
        ("giving_by_class", told.giving_by_class),
        ("giving_by_chapter", told.giving_by_chapter),
    ):
        for group in giving:
            row = _line(section, group.group, group.people, group.gave)
            yield {**row, "amounts": _money(look, group.amounts)}
    for rate in told.completeness:
        yield _line("completeness", word_for(FIGURE_NAMES, rate.group), rate.people, rate.part)
    for source, number in told.sources:
        yield _line("sources", word_for(SOURCE_NAMES, source), number)


def _line(section: str, group: object, people: int, part: int | None = None) -> dict[str, object]:
    share = f"{100 * part / people:.1f}" if part is not None and people else None
    return {
        "section": word_for(SECTION_NAMES, section),
        "group": group,
        "people": people,
        "part": part,
        "percent": share,
        "effective": None,
        "amounts": None,
    }


def _money(look: Look, amounts: Sequence[object] | None) -> str | None:
    return " ".join(look.shell.words.value(one) for one in amounts) if amounts else None
