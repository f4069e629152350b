"""What layout hands to the readers of values: whose row it is, and which cell says what, raw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from donflow.errors import Sentence
from donflow.roster.reading.rows import Column, ColumnGuess, LeftRow
from donflow.sheets.reading import Cell


class Field(StrEnum):
    """What the cells of one column hold: a single value, or several things at once.

    The first part has the names of `Column`, so `Field(column.value)` always stands.
    """

    NAME = "name"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    BIRTH = "birth"
    STUDENT_NO = "student_no"
    ENROL_YEAR = "enrol_year"
    GRAD_YEAR = "grad_year"
    DEGREE = "degree"
    MAJOR = "major"
    CLASS_NO = "class_no"
    EMPLOYER = "employer"
    JOB_TITLE = "job_title"
    CITY = "city"
    PROVINCE = "province"
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    STATUS = "status"

    MALE = "male"
    """A tick (√, 1, ✓) says that the person is a man; the header stands above it."""
    FEMALE = "female"
    TICKED_DEGREE = "ticked_degree"
    """A tick under 本科, 硕士, 博士, which stand side by side under 学历."""
    SURNAME = "surname"
    """Half a name; `joining` puts both halves into one cell."""
    GIVEN_NAME = "given_name"
    NAME_AND_GENDER = "name_and_gender"
    """姓名（性别）."""
    STUDY = "study"
    """Any of year, major, class and degree in one cell: 专业班级, 年级专业, 院系年级班级."""
    STUDY_PERIOD = "study_period"
    """From entry to graduation: 在校时间, 就读起止年月."""
    YEAR = "year"
    """A year that only its cell tells to be entry or graduation: 年级/届别, 级（届）."""
    WORK = "work"
    """Employer and post in one cell: 单位及职务, 任职情况."""
    CONTACT = "contact"
    """Phone, mail or WeChat in one cell: 联系方式, 电话/微信."""
    PLACE = "place"
    """Province, city or an address: 省市, 现居, 通讯地址."""
    HOMETOWN = "hometown"
    """Where a person comes from, which is no place of living: 家乡, 籍贯, 生源地."""
    REMARK = "remark"
    """A note, handed over for what it may say of the status (已故) only."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column that is read: the place of its cell in `Line.cells` (from 0), and what it holds.

    `header` is the text as it stands, a group over it first: 联系方式 电话.
    """

    position: int
    header: str
    field: Field
    course: str = ""
    """The degree of which it tells, where a row tells of several courses: 本科入学年份."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person's row as Excel numbers it: raw cells, "" where empty.

    Ditto marks and cells merged downwards are filled in already; `groups` are the texts of the
    group rows that hold for it, the widest first (财务管理专业, 2005级1班).
    """

    number: int
    cells: Sequence[Cell]
    groups: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one header: its read columns, its lines, and the title rows that stand above.

    `block` counts tables side by side on the same rows, the leftmost being 1.
    """

    columns: tuple[TableColumn, ...]
    lines: tuple[Line, ...]
    headings: tuple[str, ...] = ()
    block: int = 1

    def said(self, line: Line) -> dict[Field, list[tuple[str, Cell]]]:
        """What a line says, by field: header and cell; fields whose cells are empty are absent."""
        found: dict[Field, list[tuple[str, Cell]]] = {}
        for column in self.columns:
            cell = line.cells[column.position]
            if cell != "":
                found.setdefault(column.field, []).append((column.header, cell))
        return found


@dataclass(frozen=True, slots=True)
class SheetTables:
    """One sheet, taken apart: its tables from top to bottom, and all that was left, with why.

    `columns` tells every column of every table, the left ones too. `left_out` leaves the whole
    sheet, and then there are no tables.
    """

    title: str
    hidden: bool
    tables: tuple[Table, ...]
    columns: tuple[ColumnGuess, ...]
    left: tuple[LeftRow, ...]
    left_out: Sentence | None = None


STUDIES: Final = frozenset(
    {Field.STUDENT_NO, Field.ENROL_YEAR, Field.GRAD_YEAR, Field.MAJOR, Field.CLASS_NO}
    | {Field.STUDY, Field.STUDY_PERIOD, Field.YEAR}
)
"""What belongs to one course of study."""

Known = Mapping[str, Column | None]
"""Headers that a person has answered for, by their text; None leaves the column."""


def columns_of(field: Field) -> tuple[Column, ...]:
    """Which columns the cells of a field may fill, the chief one first."""
    return _COLUMNS.get(field) or (Column(field.value),)


_COLUMNS = {
    Field.MALE: (Column.GENDER,),
    Field.FEMALE: (Column.GENDER,),
    Field.TICKED_DEGREE: (Column.DEGREE,),
    Field.SURNAME: (Column.NAME,),
    Field.GIVEN_NAME: (Column.NAME,),
    Field.NAME_AND_GENDER: (Column.NAME, Column.GENDER),
    Field.STUDY: (
        Column.MAJOR,
        Column.CLASS_NO,
        Column.ENROL_YEAR,
        Column.GRAD_YEAR,
        Column.DEGREE,
    ),
    Field.STUDY_PERIOD: (Column.ENROL_YEAR, Column.GRAD_YEAR),
    Field.YEAR: (Column.ENROL_YEAR, Column.GRAD_YEAR),
    Field.WORK: (Column.EMPLOYER, Column.JOB_TITLE),
    Field.CONTACT: (Column.PHONE, Column.EMAIL, Column.WECHAT),
    Field.PLACE: (Column.CITY, Column.PROVINCE),
    Field.HOMETOWN: (Column.PROVINCE,),
    Field.REMARK: (Column.STATUS,),
}
