"""Spreadsheets read as rows with their places: .xlsx, .xls, .xlsb, .ods and separated text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from donflow.errors import N_, DonflowError
from donflow.sheets import hidden, hidden_in_xls, separated

Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta
"""A number is a float in most files, as Excel keeps it; what is empty is ""."""


class SpreadsheetUnreadable(DonflowError):
    """The bytes are no spreadsheet, or a damaged one."""

    code = "spreadsheet_unreadable"
    message = N_("{name} cannot be read as a spreadsheet.")
    remedy = N_("Open it in Excel or WPS, save it as .xlsx, and try again.")


class SpreadsheetLocked(DonflowError):
    """The spreadsheet is behind a password."""

    code = "spreadsheet_locked"
    message = N_("{name} is protected by a password.")
    remedy = N_("Open it with the password, save it without one, and try again.")


class SpreadsheetEmpty(DonflowError):
    """No sheet of the spreadsheet holds anything."""

    code = "spreadsheet_empty"
    message = N_("There is nothing in {name}.")
    remedy = N_("Look whether this is the right file.")


class SpreadsheetTooWide(DonflowError):
    """A stray cell far out makes a sheet of more places than can be held."""

    code = "spreadsheet_too_wide"
    message = N_("In {name} a cell stands so far out that the sheet cannot be read.")
    remedy = N_("Delete the empty rows and columns around the list, save it, and try again.")


class Visibility(StrEnum):
    """Whether a sheet is shown; one that is `very_hidden` cannot be shown from the menu."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells merged into one, from the first to the last row (from 1) and column (from 0)."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Hidden rows count from 1 as Excel numbers them, hidden columns from 0.

    `hidden_told` is False where we cannot tell what is hidden (.xlsb, .ods, .xls before Excel 97):
    then both are empty. So is `merged` for .xlsb and .ods.
    """

    title: str
    visibility: Visibility = Visibility.VISIBLE
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden_told: bool = True
    _source: CalamineSheet | tuple[list[str], ...] = field(default=(), repr=False)

    def rows(self) -> Iterator[list[Cell]]:
        """Every row from the first, empty ones too; the first cell is that of column A.

        Each call goes over the sheet anew and gives lists of their own, all of one length.
        """
        if isinstance(self._source, tuple):
            return map(list[Cell], self._source)
        first = self._source.start
        if first is None or first[1] == 0:
            return self._source.iter_rows()
        before: list[Cell] = [""] * first[1]
        return (before + row for row in self._source.iter_rows())


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet with its sheets in their order; charts and macro sheets are left away."""

    name: str
    sheets: tuple[Sheet, ...]


def read_book(data: bytes, name: str) -> Book:
    """The sheets of a file that the gate has admitted; its name tells separated text apart.

    The kind of a workbook is told by its content, so an .xlsx named .xls is read. Text is UTF-8,
    UTF-16 or GB 18030, separated by commas, tabs, semicolons or bars. Raises
    SpreadsheetUnreadable, SpreadsheetLocked, SpreadsheetEmpty or SpreadsheetTooWide.
    """
    if not data.strip():
        raise SpreadsheetEmpty(name=name)
    if separated.is_separated(data, name):
        sheets = _of_text(data, name)
    else:
        sheets = _of_workbook(data, name)
    if not any(map(_holds_something, sheets)):
        raise SpreadsheetEmpty(name=name)
    return Book(name, sheets)


def _of_text(data: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        rows = separated.read(data)
    except (UnicodeDecodeError, separated.NoTable):
        raise SpreadsheetUnreadable(name=name) from None
    return (Sheet(PurePath(name).stem, _source=rows),)


def _of_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        is_old = data.startswith(hidden_in_xls.OLE)
        marks = hidden_in_xls.marks_of(data) if is_old else hidden.marks_of(data)
    except hidden.TooWide:
        raise SpreadsheetTooWide(name=name) from None
    try:
        book = load_workbook(BytesIO(data))
        listed = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        return tuple(_sheet(book, one, marks) for one in listed)
    except PasswordError:
        raise SpreadsheetLocked(name=name) from None
    except CalamineError:
        raise _refused(data, name) from None


def _sheet(book: CalamineWorkbook, one: SheetMetadata, marks: hidden.Marks | None) -> Sheet:
    source = book.get_sheet_by_name(one.name)
    merged = tuple(
        Merged(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in source.merged_cell_ranges or ()
    )
    rows, columns = (marks or {}).get(one.name, (frozenset(), frozenset()))
    return Sheet(one.name, _shown(one), merged, rows, columns, marks is not None, _source=source)


def _shown(one: SheetMetadata) -> Visibility:
    if one.visible == SheetVisibleEnum.Visible:
        return Visibility.VISIBLE
    hidden_from_menu = one.visible == SheetVisibleEnum.VeryHidden
    return Visibility.VERY_HIDDEN if hidden_from_menu else Visibility.HIDDEN


def _refused(data: bytes, name: str) -> DonflowError:
    locked = _LOCKED in data
    return SpreadsheetLocked(name=name) if locked else SpreadsheetUnreadable(name=name)


def _holds_something(sheet: Sheet) -> bool:
    if isinstance(sheet._source, tuple):
        return any(map(any, sheet._source))
    return sheet._source.start is not None


_LOCKED = "EncryptedPackage".encode("utf-16-le")
