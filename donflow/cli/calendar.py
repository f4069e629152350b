"""Commands on the Chinese calendar, which need neither a home nor a database; and the group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import click

from donflow.cli.arguments import DAY, YEAR, json_option, listed
from donflow.cli.commands import Command, LazyGroup
from donflow.cli.naming import word_for
from donflow.cli.output import Column, tell, tell_list, tell_record
from donflow.cli.shell import Shell
from donflow.domain.almanac import (
    Day,
    DayKind,
    festival_days,
    lunar_birthday,
    lunar_of,
    lunar_text,
)
from donflow.errors import N_, Label

calendar = LazyGroup(
    "calendar",
    help=N_("The Chinese calendar: terms, festivals, days off, lunar days"),
    places={
        "year": ("donflow.cli.calendar:year_", N_("Terms, festivals and days off of a year")),
        "lunar": ("donflow.cli.calendar:lunar", N_("The lunar day of a day")),
        "birthday": ("donflow.cli.calendar:birthday", N_("The lunar birthday in a year")),
        "file": ("donflow.cli.calendar_file:file_", N_("The days ahead as a calendar file")),
    },
    example="donflow calendar year 2027\ndonflow calendar lunar 2033-12-25",
    no_args_is_help=True,
)

KINDS: Final[Mapping[str, str]] = {
    DayKind.SOLAR_TERM: N_("solar term"),
    DayKind.FESTIVAL: N_("festival"),
    DayKind.STATUTORY: N_("day off by law"),
}


@click.command(
    "year",
    cls=Command,
    help=N_(
        "The solar terms, festivals and days off by law of a year from 1950 to 2100; a day may have "
        "several lines. Days that are moved to make holidays longer are announced year by year and "
        "are not among them."
    ),
    example="donflow calendar year 2027\ndonflow calendar year 2027 --xlsx 节日.xlsx",
)
@click.argument("year", type=YEAR, metavar=N_("YEAR"))
@listed
@click.pass_obj
def year_(shell: Shell, year: int, as_json: bool, xlsx: Path | None) -> None:
    columns = (
        Column("date", N_("Day")),
        Column("name", N_("Name")),
        Column("kind", N_("Kind")),
        Column("lunar", N_("Lunar day")),
    )
    rows = [_row(day, spoken=not as_json) for day in festival_days(year)]
    title = N_("Calendar")
    tell_list(shell, title, columns, rows, as_json=as_json, xlsx=xlsx)


def _row(day: Day, *, spoken: bool) -> dict[str, object]:
    return {
        "date": day.date,
        "name": Label(day.zh, day.en) if spoken else day.zh,
        "kind": word_for(KINDS, day.kind) if spoken else day.kind,
        "lunar": day.lunar,
    }


@click.command(
    "lunar",
    cls=Command,
    help=N_("The lunar day of a day."),
    example="donflow calendar lunar 2033-12-25",
)
@click.argument("day", type=DAY, metavar=N_("DAY"))
@json_option
@click.pass_obj
def lunar(shell: Shell, day: date, as_json: bool) -> None:
    found = lunar_of(day)
    if as_json:
        tell_record(
            shell,
            {
                "lunar_year": found.year,
                "lunar_month": found.month,
                "lunar_day": found.day,
                "is_leap": found.is_leap,
            },
        )
        return
    tell(
        shell,
        N_("{day} is {lunar} of the lunar year {year}."),
        day=day,
        lunar=lunar_text(found),
        year=found.year,
    )


@click.command(
    "birthday",
    cls=Command,
    help=N_(
        "The day on which who was born on a day keeps the lunar birthday of a lunar year. Born in a "
        "leap month: in the ordinary month; born on a 30th: on the 29th where the month has no 30th."
    ),
    example="donflow calendar birthday 1968-09-06 2027",
)
@click.argument("born", type=DAY, metavar=N_("BIRTHDATE"))
@click.argument("year", type=YEAR, metavar=N_("YEAR"))
@json_option
@click.pass_obj
def birthday(shell: Shell, born: date, year: int, as_json: bool) -> None:
    day = lunar_birthday(born, year)
    if as_json:
        tell_record(shell, {"date": day})
    elif day is None:
        tell(shell, N_("In the lunar year {year} there was no birthday yet."), year=year)
    else:
        click.echo(shell.words.value(day))
