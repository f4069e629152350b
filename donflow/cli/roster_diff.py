"""The command that compares a sheet of the university's own system with the roster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from donflow.cli.arguments import FILE, json_option
from donflow.cli.commands import Command
from donflow.cli.files import read_file
from donflow.cli.looking import Look, reads
from donflow.cli.naming import word_for
from donflow.cli.naming_people import COLUMN_NAMES
from donflow.cli.output import Column as Heading
from donflow.cli.output import tell, tell_list, tell_record
from donflow.errors import N_, Sentence, say
from donflow.intake.gate import inspect
from donflow.roster.differing import Difference, Differences, Todo, differences, sheet_of
from donflow.roster.importing import blinder
from donflow.roster.known_headers import answers
from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.reading import read_roster
from donflow.sheets.reading import Cell, read_book
from donflow.sheets.writing import Cell as Written
from donflow.sheets.writing import write_list
from donflow.shipping import header_list

WHAT_TO_DO = {
    Todo.ADD: N_("add"),
    Todo.CHANGE: N_("change"),
    Todo.UNSURE: N_("may be person {person}: decide first"),
    Todo.ONLY_THERE: N_("only there: not in the roster"),
}


@click.command(
    "diff",
    cls=Command,
    help=N_("Compare a sheet from the university's own system: what to add or change there."),
    example="donflow roster diff 学校系统导出.xlsx --out 需更新.xlsx",
)
@click.argument("file", type=FILE, metavar=N_("FILE"))
@click.option("--sheet", metavar=N_("TITLE"), help=N_("Which sheet, where several list people."))
@click.option("--out", type=FILE, metavar=N_("FILE"), help=N_("Write the list in their columns."))
@json_option
@reads
def diff(look: Look, file: Path, sheet: str | None, out: Path | None, as_json: bool) -> None:
    data = read_file(file)
    inspect(data, name=file.name)
    book = read_book(data, file.name)
    synonyms = read_header_words(header_list(look.shell.home))
    sheets = read_roster(book, synonyms=synonyms, known=answers(look.session))
    chosen = sheet_of(sheets, file.name, sheet)
    raw = next(each for each in book.sheets if each.title == chosen.title)
    cells: dict[int, Sequence[Cell]] = dict(enumerate(raw.rows(), start=1))
    found = differences(look.session, chosen, cells, blinder(look.office.keys))
    if out is not None:
        _write(look, found, out)
    if as_json:
        tell_record(look.shell, _as_json(found))
        return
    _tell(look, found)
    if out is not None:
        tell(
            look.shell, N_("{count} rows written to {file}."), count=len(found.found), file=str(out)
        )


def _tell(look: Look, found: Differences) -> None:
    columns = [
        Heading("row", N_("Row")),
        Heading("person", N_("Person")),
        Heading("name", N_("Name")),
        Heading("todo", N_("To do there")),
    ]
    rows = [
        {
            "row": each.row_ref,
            "person": each.person,
            "name": each.name,
            "todo": look.shell.words(_todo(look, each)),
        }
        for each in found.found
    ]
    tell_list(look.shell, N_("Differences"), columns, rows, as_json=False)
    tell(look.shell, N_("{count} rows are alike."), count=found.alike)


def _todo(look: Look, each: Difference) -> Sentence:
    """What to do with the row, each field with what they have and what the roster has."""
    what = say(WHAT_TO_DO[each.todo], person=each.person)
    if not each.fields:
        return what
    fields = tuple(
        say(
            N_("{field}: {theirs} → {ours}"),
            field=word_for(COLUMN_NAMES, field.column),
            theirs=field.theirs or "—",
            ours=field.ours,
        )
        for field in each.fields
    )
    return say(N_("{what}: {fields}"), what=what, fields=fields)


def _write(look: Look, found: Differences, out: Path) -> None:
    words = look.shell.words
    headers = [*found.headers, words(say(N_("To do there")))]
    rows = [[*map(_cell, each.cells), words(_todo(look, each))] for each in found.found]
    width = len(headers)
    padded = [[*row[:-1], *[None] * (width - len(row)), row[-1]] for row in rows]
    data = write_list(found.sheet, headers, padded, created=look.now)
    try:
        out.write_bytes(data)
    except OSError as fault:
        message = words(say(N_("Cannot write {file}."), file=str(out)))
        raise click.ClickException(message) from fault


def _cell(cell: Cell | None) -> Written:
    """As it stands there; a number that is whole without its noughts."""
    match cell:
        case None | "":
            return None
        case float() if cell.is_integer():
            return int(cell)
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date()
        case bool() | float() | datetime():
            return str(cell)
        case int() | str() | date() | Decimal():
            return cell
        case _:
            return str(cell)


def _as_json(found: Differences) -> dict[str, object]:
    return {
        "sheet": found.sheet,
        "alike": found.alike,
        "differences": [
            {
                "todo": each.todo,
                "row_ref": each.row_ref,
                "person": each.person,
                "name": each.name,
                "fields": [
                    {"field": field.column, "theirs": field.theirs, "ours": field.ours}
                    for field in each.fields
                ],
            }
            for each in found.found
        ],
    }
