"""How an import is told: each sheet with what was understood, what was left, what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from donflow.cli.naming import word_for
from donflow.cli.naming_people import COLUMN_NAMES
from donflow.cli.output import table, tell
from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say
from donflow.roster.course import Taken
from donflow.roster.matching import Found
from donflow.roster.reading.rows import Column, ColumnGuess, Row, SheetReading

FIRST_ROWS = 5
"""So many rows are named as examples."""


def as_record(
    shell: Shell,
    sheets: Sequence[SheetReading],
    groups: Sequence[Found],
    taken: Sequence[Taken],
) -> dict[str, object]:
    """All of it for `--json`; the caller's own rows are echoed as they were read."""
    return {
        "rows": [_row(row) for sheet in sheets for row in sheet.rows],
        "groups": [_group(group) for group in groups],
        "people": sum(each.people for each in taken),
        "sheets": [_sheet(shell, sheet, each) for sheet, each in zip(sheets, taken, strict=True)],
    }


def tell_sheets(shell: Shell, sheets: Sequence[SheetReading], taken: Sequence[Taken]) -> None:
    """What would happen, sheet by sheet."""
    for sheet, each in zip(sheets, taken, strict=True):
        _tell_heading(shell, sheet)
        if sheet.left_out is None:
            _tell_columns(shell, sheet)
        _tell_left(shell, sheet)
        if sheet.left_out is None:
            _tell_fate(shell, each)
    click.echo()
    tell(shell, N_("Nothing was written. Leave out --dry-run to take it in."))


def tell_taken(shell: Shell, sheets: Sequence[SheetReading], taken: Sequence[Taken]) -> None:
    """What was done with each sheet, and what of it did not come in."""
    for sheet, each in zip(sheets, taken, strict=True):
        tell(shell, N_("Sheet {title}:"), title=sheet.title)
        if each.before is None:
            _tell_left(shell, sheet)
        if sheet.left_out is None:
            _tell_fate(shell, each)
    if any(each.proposed for each in taken):
        tell(shell, N_("Decide what is in doubt: donflow roster proposals"))


def _tell_heading(shell: Shell, sheet: SheetReading) -> None:
    click.echo()
    title = N_("Sheet {title} (hidden)") if sheet.hidden else N_("Sheet {title}")
    tell(shell, title, title=sheet.title)


def _tell_left(shell: Shell, sheet: SheetReading) -> None:
    """What of a sheet is no person or was not read, by the reason."""
    if sheet.left_out is not None:
        tell(shell, N_("  left out: {reason}"), reason=sheet.left_out)
        return
    for reason, rows in _by_reason(sheet):
        tell(
            shell,
            N_("  {count} rows left: {reason} Rows: {rows}"),
            count=len(rows),
            reason=shell.words(reason),
            rows=_examples(rows),
        )
    for column, reason, refs in _unread(sheet):
        tell(
            shell,
            N_("  {count} × {column} not read: {reason} Rows: {rows}"),
            count=len(refs),
            column=word_for(COLUMN_NAMES, column),
            reason=shell.words(reason),
            rows=_examples(refs),
        )


def _tell_columns(shell: Shell, sheet: SheetReading) -> None:
    if not sheet.columns:
        return
    headings = [shell.words(say(each)) for each in (N_("Header"), N_("Means"), N_("How sure"))]
    rows = [
        [guess.header or "—", str(shell.words(_meaning(guess))), str(shell.words(_surety(guess)))]
        for guess in sheet.columns
    ]
    for line in table(headings, rows).splitlines():
        click.echo(f"  {line}")


def _tell_fate(shell: Shell, taken: Taken) -> None:
    if taken.before is not None:
        tell(
            shell,
            N_("  The same sheet came in on {day}; it adds nothing."),
            day=taken.before,
        )
        return
    tell(
        shell,
        N_(
            "  {people} rows: {added} new people, {joined} rows joined to a person, {proposed} to be decided."
        ),
        people=taken.people,
        added=taken.added,
        joined=taken.joined,
        proposed=taken.proposed,
    )
    if taken.left:
        tell(
            shell,
            N_("  {count} rows belong to people whose data are only stored; they were left."),
            count=taken.left,
        )


def _meaning(guess: ColumnGuess) -> Sentence:
    if guess.column is None:
        return say(N_("left"))
    return say(COLUMN_NAMES[guess.column])


def _surety(guess: ColumnGuess) -> Sentence:
    if guess.hidden:
        return say(N_("hidden column"))
    return say(N_("sure")) if guess.sure else say(N_("guessed: say what it is"))


def _by_reason(sheet: SheetReading) -> list[tuple[Sentence, list[str]]]:
    """Left rows by why, in the order of first appearance; reasons are one where they read alike."""
    found: dict[str, tuple[Sentence, list[str]]] = {}
    for left in sheet.left:
        found.setdefault(str(left.reason), (left.reason, []))[1].append(str(left.number))
    return list(found.values())


def _unread(sheet: SheetReading) -> list[tuple[Column, Sentence, list[str]]]:
    """Cells that were not read, by column and why."""
    found: dict[tuple[Column, str], tuple[Column, Sentence, list[str]]] = {}
    for row in sheet.rows:
        for each in row.unread:
            new = (each.column, each.reason, list[str]())
            found.setdefault((each.column, str(each.reason)), new)[2].append(str(row.number))
    return list(found.values())


def _examples(rows: Sequence[str]) -> str:
    return ", ".join(rows[:FIRST_ROWS]) + ("…" if len(rows) > FIRST_ROWS else "")


def _row(row: Row) -> dict[str, object]:
    values = {str(column): row.values.get(column, "") for column in Column}
    return {"row_ref": row.ref, **values, "birth_accept": "|".join(row.birth_accept)}


def _group(group: Found) -> dict[str, object]:
    """The rows; `person` is the number they are joined to where the roster knew one before."""
    known = next((key for key in group.keys if "!" not in key), None)
    pairs = [pair for pair in zip(group.keys, group.kinds, strict=True) if "!" in pair[0]]
    return {
        "rows": [{"row_ref": key, "kind": str(kind or "")} for key, kind in pairs],
        "person": int(known) if known else None,
        "state": str(group.state),
        "score": group.judgement.score,
        "evidence": [str(each) for each in group.judgement.evidence],
    }


def _sheet(shell: Shell, sheet: SheetReading, taken: Taken) -> dict[str, object]:
    return {
        "title": sheet.title,
        "hidden": sheet.hidden,
        "left_out": shell.words(sheet.left_out) if sheet.left_out else None,
        "columns": [
            {
                "position": guess.position,
                "header": guess.header,
                "column": str(guess.column) if guess.column else None,
                "sure": guess.sure,
                "hidden": guess.hidden,
            }
            for guess in sheet.columns
        ],
        "left": [{"row": left.number, "reason": shell.words(left.reason)} for left in sheet.left],
        "unread": [
            {
                "column": str(column),
                "reason": shell.words(reason),
                "count": len(rows),
                "rows": [int(row) for row in rows[:FIRST_ROWS]],
            }
            for column, reason, rows in _unread(sheet)
        ],
        "people": taken.people,
        "added": taken.added,
        "joined": taken.joined,
        "changed": taken.changed,
        "proposed": taken.proposed,
        "left_alone": taken.left,
        "before": taken.before,
    }
