"""Lists written as .xlsx: text stays text, dates are dates, money is a number with its format."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from donflow.errors import N_, DonflowError

Cell = str | int | Decimal | datetime.date | None

LONGEST_TEXT = 32_767  # characters in one cell, Excel's own limit
LONGEST_FOOT = 240
MOST_ROWS = 1_048_575  # below the header
_SAFE_DIGITS = 15  # of a number in Excel; the rest becomes noughts
_NARROWEST, _WIDEST = 6, 60
_ROWS_MEASURED = 1_000
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")


class DoesNotFitSheet(DonflowError):
    """A list or a text is longer than a sheet can hold; nothing is cut off."""

    code = "does_not_fit_sheet"
    message = N_("Row {row} of the list does not fit into an Excel sheet.")
    remedy = N_("Choose fewer rows, or shorten the text.")


def write_list(
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    created: datetime.datetime,
    note: str = "",
) -> bytes:
    """One sheet with a frozen, filtered header row; the same arguments give the same bytes.

    Text is always text: a leading = or a number of 18 places stays as it is, also when the cell
    is edited. Decimal is money with two places and commas; int is a plain number; None is an
    empty cell. A number with more than 15 digits is written as text, for Excel would round it.
    `created` is the moment that the file tells of itself; `note` stands at the foot of each
    printed page and in the file's properties. Each row has as many cells as there
    are headers. Raises DoesNotFitSheet.
    """
    table = [tuple(row) for row in rows]
    _check(headers, table)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": created, "comments": note})
        sheet = book.add_worksheet(_sheet_name(title))
        head = book.add_format(_HEAD)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, head)
        formats = {kind: book.add_format(look) for kind, look in _LOOKS.items()}
        for number, row in enumerate(table, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, formats)
        _lay_out(sheet, headers, table)
        if note:
            sheet.set_footer(f"&L{note.replace('&', '&&')[:LONGEST_FOOT]}")
    return stream.getvalue()


def _check(headers: Sequence[str], table: Sequence[Sequence[Cell]]) -> None:
    if len(table) > MOST_ROWS:
        raise DoesNotFitSheet(row=MOST_ROWS + 1)
    for number, row in enumerate(table, start=1):
        if len(row) != len(headers):
            raise ValueError(f"row {number} has {len(row)} cells for {len(headers)} headers")
        if any(isinstance(cell, str) and len(cell) > LONGEST_TEXT for cell in row):
            raise DoesNotFitSheet(row=number)


def _write(
    sheet: Worksheet, row: int, column: int, cell: Cell, formats: dict[type, Format]
) -> None:
    match cell:
        case None:
            sheet.write_blank(row, column, None, formats[str])
        case str():
            sheet.write_string(row, column, cell, formats[str])
        case bool() | datetime.datetime():
            raise TypeError(f"a cell cannot be {type(cell).__name__}: say it in words")
        case datetime.date():
            sheet.write_datetime(row, column, cell, formats[datetime.date])
        case Decimal() | int() if _digits(cell) > _SAFE_DIGITS:
            sheet.write_string(row, column, str(cell), formats[str])
        case Decimal():
            sheet.write_number(row, column, float(cell), formats[Decimal])
        case int():
            sheet.write_number(row, column, cell, formats[int])


def _digits(number: Decimal | int) -> int:
    digits = Decimal(number).as_tuple()
    return max(len(digits.digits), len(digits.digits) + int(digits.exponent))


def _lay_out(sheet: Worksheet, headers: Sequence[str], table: Sequence[Sequence[Cell]]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table), 1), len(headers) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for column, header in enumerate(headers):
        measured = [_width(row[column]) for row in table[:_ROWS_MEASURED]]
        widest = max([_width(header) + 2, *measured])  # 2: the filter's button
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))


def _width(cell: Cell) -> int:
    """In half-width characters; a Chinese character takes two."""
    if cell is None:
        return 0
    text = f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)
    return max(map(_line_width, text.split("\n")))


def _line_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


def _sheet_name(title: str) -> str:
    """At most 31 characters (Excel counts UTF-16 units), none of those it refuses."""
    units = title.translate(_NOT_IN_A_NAME).encode("utf-16-le")[:62]
    return units.decode("utf-16-le", "ignore")


_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_HEAD = _FONT | {"bold": True, "bg_color": "#EDEDED", "bottom": 1, "num_format": "@"}
_LOOKS: dict[type, dict[str, object]] = {
    # quote_prefix: a text that begins with = stays text when somebody edits the cell.
    str: _FONT | {"num_format": "@", "quote_prefix": True},
    int: _FONT | {"num_format": "0"},
    Decimal: _FONT | {"num_format": "#,##0.00"},
    datetime.date: _FONT | {"num_format": "yyyy-mm-dd"},
}
