"""What is read from a spreadsheet of people, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from donflow.errors import Sentence


class Column(StrEnum):
    """What a roster says of a person, one value a column; the names are those of `--json`."""

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


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says something which could not be read: its column, and why; never its text."""

    column: Column
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One person in one row, as read: absent where unknown, several phones parted by `|`.

    `birth_accept` holds what an ambiguous date of birth can mean; then `birth` is absent.
    `block` counts tables side by side, the leftmost being 1.
    `other_names` are former names and names in another script that stood beside the name.
    """

    sheet: str
    number: int
    values: Mapping[Column, str]
    unread: tuple[Unread, ...] = ()
    birth_accept: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    block: int = 1

    @property
    def ref(self) -> str:
        """`sheet!row`, the row as Excel numbers it; `sheet!row#2` in the second table beside it."""
        beside = f"#{self.block}" if self.block > 1 else ""
        return f"{self.sheet}!{self.number}{beside}"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column of a sheet was taken for: None where it is left; not `sure` asks a person.

    `also`: what else its cells may hold (单位及职务). `reason` says why a column is left that
    somebody might miss: an identity number, a hidden column.
    """

    position: int
    header: str
    column: Column | None
    sure: bool
    hidden: bool = False
    also: tuple[Column, ...] = ()
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that is no person: a title, a header again, a group, a sum, a note; and why."""

    number: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet: its people, and all that was left with the reason; `left_out` leaves it whole."""

    title: str
    hidden: bool
    columns: tuple[ColumnGuess, ...]
    rows: tuple[Row, ...]
    left: tuple[LeftRow, ...]
    left_out: Sentence | None = None
