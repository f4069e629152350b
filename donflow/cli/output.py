"""How answers look: sentences, tables that know wide characters, JSON, Excel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import click

from donflow.cli.cells import cell_len
from donflow.cli.shell import Shell
from donflow.domain.money import Money, plain
from donflow.errors import N_, Label, say


@dataclass(frozen=True)
class Column:
    """One column of a list: its key in JSON, and its heading for people."""

    key: str
    heading: str


def tell(shell: Shell, message: str, **values: object) -> None:
    """Say one sentence."""
    click.echo(shell.words(say(message, **values)))


def tell_list(
    shell: Shell,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, object]],
    *,
    as_json: bool,
    xlsx: Path | None = None,
) -> None:
    """A list as JSON, as an Excel file, or as a table; rows hold raw values by column key."""
    if as_json:
        click.echo(dump([dict(row) for row in rows]))
        return
    headings = [shell.words(say(column.heading)) for column in columns]
    if xlsx is not None:
        _write_sheet(shell, title, headings, columns, rows, xlsx)
        tell(shell, N_("{count} rows written to {file}."), count=len(rows), file=str(xlsx))
        return
    if not rows:
        tell(shell, N_("Nothing to show."))
        return
    cells = [[shell.words.value(row.get(column.key)) for column in columns] for row in rows]
    click.echo(table(headings, cells))


def without_empty(
    columns: Sequence[Column], rows: Sequence[Mapping[str, object]]
) -> Sequence[Column]:
    """The columns in which at least one row says something; all of them where there is no row."""
    said = [column for column in columns if any(row.get(column.key) for row in rows)]
    return said if rows else columns


def tell_record(shell: Shell, record: Mapping[str, object]) -> None:
    """One thing as JSON."""
    click.echo(dump(dict(record)))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines whose columns stand straight, also where characters are two cells wide."""
    widths = [
        max(cell_len(row[index]) for row in [headings, *rows]) for index in range(len(headings))
    ]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)
        )
        return "  ".join(padded).rstrip()

    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([line(headings), rule, *(line(row) for row in rows)])


def jsonable(value: object) -> object:
    """A value as `--json` writes it: codes, ISO dates, money with its currency, explicit null."""
    match value:
        case Money():
            return {"amount": plain(value), "currency": value.currency}
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case Label():
            return {"zh": value.zh, "en": value.en}
        case Mapping():
            return {str(key): jsonable(item) for key, item in value.items()}
        case str() | int() | bool() | None:
            return value
        case Sequence() | frozenset():
            return [jsonable(item) for item in value]
        case _:
            return str(value)


def _write_sheet(
    shell: Shell,
    title: str,
    headings: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, object]],
    path: Path,
) -> None:
    from donflow.sheets.writing import write_list

    cells = [[_cell(shell, row.get(column.key)) for column in columns] for row in rows]
    data = write_list(shell.words(say(title)), headings, cells, created=shell.now())
    try:
        path.write_bytes(data)
    except OSError as fault:
        raise click.ClickException(
            shell.words(say(N_("Cannot write {file}."), file=str(path)))
        ) from fault


def _cell(shell: Shell, value: object) -> Any:
    if isinstance(value, Money):
        return Decimal(plain(value))
    if isinstance(value, bool):
        return shell.words.value(value)
    if value is None or (isinstance(value, int | str | date) and not isinstance(value, datetime)):
        return value
    return shell.words.value(value)


def dump(value: object) -> str:
    return json.dumps(jsonable(value), ensure_ascii=False, indent=2)
