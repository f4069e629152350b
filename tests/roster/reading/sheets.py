"""Builds spreadsheets as offices keep them, and takes them apart again."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from io import BytesIO

import xlsxwriter

from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.layout import tables_of
from donflow.roster.reading.table import Field, Known, SheetTables
from donflow.sheets.reading import Cell, Sheet, read_book
from donflow.shipping import header_list

WORDS = read_header_words(header_list())


def workbook(
    rows: Sequence[Sequence[Cell | None]],
    *,
    title: str = "名单",
    merged: Collection[str] = (),
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
    visibility: str = "visible",
) -> bytes:
    """One sheet as .xlsx; merged ranges as A1:B2, hidden rows from 1, hidden columns from 0."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, at, cell, day)
                elif cell is not None and cell != "":
                    sheet.write(number, at, cell)
        for span in merged:
            first, last = span.split(":")
            column, number = ord(first[0]) - 65, int(first[1:]) - 1
            sheet.merge_range(number, column, int(last[1:]) - 1, ord(last[0]) - 65, None)
            sheet.write(number, column, rows[number][column] or "")
        for number in hidden_rows:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        for at in hidden_columns:
            sheet.set_column(at, at, None, None, {"hidden": True})
        if visibility != "visible":
            book.add_worksheet("封面").activate()
            sheet.hide() if visibility == "hidden" else sheet.very_hidden()
    return stream.getvalue()


def a_sheet(rows: Sequence[Sequence[Cell | None]], **look: object) -> Sheet:
    """The sheet of that workbook, read."""
    return read_book(workbook(rows, **look), "名单.xlsx").sheets[0]  # type: ignore[arg-type]


def apart(
    rows: Sequence[Sequence[Cell | None]],
    *,
    known: Known | None = None,
    take_hidden: bool = False,
    **look: object,
) -> SheetTables:
    """The tables of a sheet."""
    sheet = a_sheet(rows, **look)
    return tables_of(sheet, WORDS, known or {}, hidden_columns=take_hidden)


def people(taken: SheetTables) -> list[tuple[int, str]]:
    """Row and name of everybody that was found."""
    return [
        (line.number, str(next(iter(table.said(line).values()))[0][1]))
        for table in taken.tables
        for line in table.lines
    ]


Rows = Sequence[Sequence[Cell | None]]
LIANG = ("梁启舟", "男", "13800000001")
SUN = ("孙彤玲", "女", "13800000002")
QIQIGE = ("其其格玛", "女", "13800000003")


def said(taken: SheetTables, field: Field) -> list[object]:
    """What a column says of each person, as cells."""
    return [
        [cell for _, cell in table.said(line).get(field, [])]
        for table in taken.tables
        for line in table.lines
    ]


def left(taken: SheetTables) -> dict[int, str]:
    """The reasons of the rows that are left, by their number."""
    return {row.number: str(row.reason) for row in taken.left}
