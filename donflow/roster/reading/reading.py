"""A spreadsheet of people read whole: each row's values, and reasons for what nobody could read.

What a row does not say of year, degree, major and class, its group rows, the title rows and the
sheet's name may say, the nearest first. Nothing is derived from another value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.roster.reading import birth, degrees, gender, layout, places, study, work, years
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.contacts import read_contact, read_mail, read_phone, read_wechat
from donflow.roster.reading.ethnicity import read_ethnicity
from donflow.roster.reading.found import NOTHING, Found, one
from donflow.roster.reading.header_words import HeaderWords
from donflow.roster.reading.lengths import LONGEST, TOO_LONG, cut_off_long
from donflow.roster.reading.names import read_name, read_name_and_gender
from donflow.roster.reading.row_kinds import REASONS, RowKind
from donflow.roster.reading.rows import Column, LeftRow, Row, SheetReading, Unread
from donflow.roster.reading.status import read_status
from donflow.roster.reading.student_numbers import read_student_number
from donflow.roster.reading.table import (
    Field,
    Known,
    Line,
    SheetTables,
    Table,
    TableColumn,
    columns_of,
)
from donflow.sheets.reading import Book, Cell

ANOTHER_COURSE: Final = N_("The row tells of another course of study too; one was taken.")
Reader = Callable[[Cell], Found]
Seen = dict[tuple[type, Cell], Found]
"""What cells gave before, by kind and value: 1 and 1.0 and True would be one key otherwise."""
Plan = Sequence[tuple[int, Reader, Seen | None]]


def read_roster(book: Book, *, synonyms: HeaderWords, known: Known) -> tuple[SheetReading, ...]:
    """Every sheet of the book, the ones left out too.

    `synonyms` are the headers of the rules, `known` those that a person has answered for.
    """
    return tuple(read_sheet(layout.tables_of(one, synonyms, known)) for one in book.sheets)


def read_sheet(sheet: SheetTables) -> SheetReading:
    """The people of one sheet, whose tables were found already; who has no name is left."""
    rows = [row for table in sheet.tables for row in _rows(sheet.title, table)]
    people = [row for row in rows if Column.NAME in row.values]
    nameless = [
        LeftRow(row.number, _why_nameless(row)) for row in rows if Column.NAME not in row.values
    ]
    ordered = tuple(sorted(people, key=lambda row: (row.number, row.block)))
    left = tuple(sorted((*sheet.left, *nameless), key=lambda one: one.number))
    return SheetReading(sheet.title, sheet.hidden, sheet.columns, ordered, left, sheet.left_out)


def _why_nameless(row: Row) -> Sentence:
    reasons = (one.reason for one in row.unread if one.column is Column.NAME)
    return next(reasons, REASONS[RowKind.NAMELESS])


def _rows(title: str, table: Table) -> Iterator[Row]:
    plan = _plan(table)
    several = any(one.course or one.field is Field.TICKED_DEGREE for one in table.columns)
    contexts: dict[tuple[str, ...], tuple[list[str], dict[Column, str]]] = {}
    for line in table.lines:
        if line.groups not in contexts:
            titles = [*reversed(line.groups), *reversed(table.headings), title]
            contexts[line.groups] = titles, _said_above(titles)
        titles, above = contexts[line.groups]
        beside: list[Unread] = []
        if several:
            line, said, beside = _one_course(_one_tick(line, table), table)
            above = said | {column: one for column, one in above.items() if column not in said}
        yield replace(_row(title, line, plan, titles, above, beside), block=table.block)


def _one_course(line: Line, table: Table) -> tuple[Line, dict[Column, str], list[Unread]]:
    """A row that tells of several courses, cut down to the first, and what that says.

    A row holds one course: the years of one must never stand beside the major of another.
    """
    told = [one for one in table.columns if one.course and text_of(line.cells[one.position])]
    if not told:
        return line, {}, []
    degree = told[0].course
    cells = list(line.cells)
    unread = []
    for column in told:
        if column.course != degree:
            cells[column.position] = ""
            unread.append(Unread(columns_of(column.field)[0], say(ANOTHER_COURSE)))
    return replace(line, cells=cells), {Column.DEGREE: degree}, unread


def _one_tick(line: Line, table: Table) -> Line:
    """Two degrees that are ticked say neither."""
    places = [one.position for one in table.columns if one.field is Field.TICKED_DEGREE]
    if sum(gender.ticked(line.cells[at]) for at in places) < 2:
        return line
    return replace(line, cells=[c if at not in places else "" for at, c in enumerate(line.cells)])


def _row(
    title: str,
    line: Line,
    plan: Plan,
    titles: list[str],
    above: dict[Column, str],
    beside: Sequence[Unread],
) -> Row:
    values: dict[Column, str] = {}
    unread: list[Unread] = []
    births: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    for position, reader, seen in plan:
        cell = line.cells[position]
        if cell == "":
            continue
        if seen is None:
            found = reader(cell)
        else:
            key = (cell.__class__, cell)
            known = seen.get(key)
            found = seen[key] = reader(cell) if known is None else known
        for column, value in found.values.items():
            if column not in values:
                values[column] = value
            elif column in _SEVERAL:
                values[column] = _joined(values[column], value)
            elif column is Column.GENDER and values[column] != value:
                unread.append(Unread(column, say(gender.BOTH)))
        if found.unread:
            unread.extend(found.unread)
        births = births or found.births
        if found.other_names:
            short = tuple(one for one in found.other_names if len(one) <= LONGEST[Column.NAME])
            if len(short) < len(found.other_names):
                unread.append(Unread(Column.NAME, TOO_LONG))
            others += short
    if any(one.column is Column.GENDER for one in unread):
        values.pop(Column.GENDER, None)
    _fill_from_above(values, above, {one.column for one in unread})
    _settle_degree(values, titles, unread)
    unread += cut_off_long(values)
    if unread:
        unread = [one for one in unread if one.column not in values or one.column in _TOLD_BESIDE]
    if Column.BIRTH in values:
        births = ()
    return Row(title, line.number, values, (*unread, *beside), births, others)


def _joined(values: str, more: str) -> str:
    return "|".join(dict.fromkeys([*values.split("|"), *more.split("|")]))


def _fill_from_above(
    values: dict[Column, str], above: dict[Column, str], unread: set[Column]
) -> None:
    for column, value in above.items():
        if column not in values and column not in unread:
            values[column] = value
    programme = above.get(Column.DEGREE, "")
    if values.get(Column.MAJOR) in degrees.PROGRAMMES.values():
        programme = _PROGRAMME_OF[values[Column.MAJOR]]
    if programme in degrees.PROGRAMMES and values.get(Column.DEGREE) in _WIDER:
        values[Column.DEGREE] = programme
    degree = values.get(Column.DEGREE)
    if degree in degrees.PROGRAMMES and Column.MAJOR not in unread:
        values.setdefault(Column.MAJOR, degrees.PROGRAMMES[degree])


def _settle_degree(values: dict[Column, str], titles: list[str], unread: list[Unread]) -> None:
    if values.get(Column.DEGREE) != degrees.POSTGRADUATE:
        return
    entered, left = values.get(Column.ENROL_YEAR), values.get(Column.GRAD_YEAR)
    settled = degrees.settled(values.pop(Column.DEGREE), titles, entered, left)
    if settled:
        values[Column.DEGREE] = settled
    else:
        unread.append(Unread(Column.DEGREE, say(degrees.MASTER_OR_DOCTOR)))


def _said_above(titles: list[str]) -> dict[Column, str]:
    """What the titles over a row say, the nearest first."""
    said: dict[Column, str] = {}
    for title in titles:
        for column, value in study.read_heading(title).items():
            said.setdefault(column, value)
    return said


def _plan(table: Table) -> Plan:
    """Where each cell stands and who reads it: single values before cells that hold several."""
    ordered = sorted(table.columns, key=_turn)
    shared: dict[Reader, Seen] = {}
    plan: list[tuple[int, Reader, Seen | None]] = []
    for column in ordered:
        cells = [line.cells[column.position] for line in table.lines]
        reader = _reader(column, cells)
        seen = None if column.field in _DISTINCT else shared.setdefault(reader, {})
        plan.append((column.position, reader, seen))
    return plan


def _turn(column: TableColumn) -> tuple[int, bool]:
    """When a column speaks: a post (职务) before a professional title (职称)."""
    return _ORDER[column.field], "职称" in column.header and "职务" not in column.header


def _reader(column: TableColumn, cells: Sequence[Cell]) -> Reader:
    field = column.field
    if field is Field.TICKED_DEGREE:
        said = degrees.degree_said(column.header.split()[-1]) or ""
        return partial(_tick, Column.DEGREE, said)
    if field is Field.GENDER and gender.codes_unclear(cells):
        return gender.read_unclear
    if field is Field.BIRTH and birth.tells_months(cells):
        return birth.read_birth_month
    if field is Field.PLACE and places.names_cities_only(cells):
        return places.read_city
    return READERS[field]


def _tick(column: Column, said: str, cell: Cell) -> Found:
    return one(column, said) if gender.ticked(cell) else NOTHING


READERS: Final[dict[Field, Reader]] = {
    Field.NAME: read_name,
    Field.GENDER: gender.read_gender,
    Field.ETHNICITY: read_ethnicity,
    Field.BIRTH: birth.read_birth,
    Field.STUDENT_NO: read_student_number,
    Field.ENROL_YEAR: partial(study.read_year_cell, column=Column.ENROL_YEAR),
    Field.GRAD_YEAR: partial(study.read_year_cell, column=Column.GRAD_YEAR),
    Field.DEGREE: degrees.read_degree,
    Field.MAJOR: study.read_major_cell,
    Field.CLASS_NO: study.read_class_cell,
    Field.EMPLOYER: work.read_employer,
    Field.JOB_TITLE: work.read_job_title,
    Field.CITY: places.read_city,
    Field.PROVINCE: places.read_province,
    Field.PHONE: read_phone,
    Field.EMAIL: read_mail,
    Field.WECHAT: read_wechat,
    Field.STATUS: read_status,
    Field.MALE: partial(_tick, Column.GENDER, "男"),
    Field.FEMALE: partial(_tick, Column.GENDER, "女"),
    Field.SURNAME: read_name,
    Field.GIVEN_NAME: read_name,
    Field.TICKED_DEGREE: degrees.read_degree,
    Field.NAME_AND_GENDER: read_name_and_gender,
    Field.YEAR: partial(study.read_year_cell, column=None),
    Field.STUDY_PERIOD: years.read_period,
    Field.STUDY: study.read_study,
    Field.WORK: work.read_work,
    Field.CONTACT: read_contact,
    Field.PLACE: places.read_place,
    Field.HOMETOWN: places.read_province,
    Field.REMARK: read_status,
}
# A column of its own speaks before a cell that holds several things, and before a bracket.
_LATER: Final = (Field.NAME, Field.NAME_AND_GENDER, Field.HOMETOWN, Field.REMARK)
_ORDER: Final = {
    field: place + (100 if field in _LATER else 0) for place, field in enumerate(READERS)
}
# Nearly every cell is another one: keeping what each gave costs more than reading it.
_DISTINCT: Final = (
    Field.NAME, Field.NAME_AND_GENDER, Field.STUDENT_NO, Field.PHONE, Field.EMAIL, Field.WECHAT,
    Field.CONTACT,
)  # fmt: skip
_SEVERAL: Final = (Column.PHONE, Column.EMAIL)
_TOLD_BESIDE: Final = (Column.NAME, Column.PHONE, Column.EMAIL)
_WIDER: Final = ("硕士", degrees.POSTGRADUATE)
_PROGRAMME_OF: Final = {major: degree for degree, major in degrees.PROGRAMMES.items()}
