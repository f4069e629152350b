"""A filled personal information form, as rows of cells, read into fields; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from donflow.errors import N_, say
from donflow.roster.fields import read_field
from donflow.roster.form import CONSENTS, LABELS, NUMBER_LABEL, STUDY_COLUMNS
from donflow.roster.models import ContactKind, Purpose
from donflow.roster.reading.birth import read_birth
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.ethnicity import read_ethnicity
from donflow.roster.reading.found import NOTHING, Found, one
from donflow.roster.reading.gender import read_gender
from donflow.roster.reading.names import read_name
from donflow.roster.reading.rows import Column, Unread
from donflow.roster.reading.years import read_year
from donflow.sheets.reading import Cell

HIDDEN: Final = "*"
"""Stands in what was masked on the form; who left it so has told nothing new."""


@dataclass(frozen=True)
class FilledForm:
    """What one form says: normal forms, absent where nothing or only hidden places stand there."""

    number: str
    values: Mapping[Column, str]
    studies: tuple[Mapping[Column, str], ...] = ()
    consents: frozenset[Purpose] = frozenset()
    unread: tuple[Unread, ...] = ()
    row: int | None = field(default=None, compare=False)
    """Of a sheet."""


def read_paper(lines: Sequence[tuple[str, Sequence[str]]]) -> FilledForm | None:
    """A form from a Word file's lines, each its text with its cells; None where it is none.

    Rows are known by their labels, so that a form still reads when rows were added or its look
    was changed.
    """
    rows = [tuple(cell.strip() for cell in cells) for _, cells in lines]
    told = dict(_pairs(rows))
    if Column.NAME not in told:
        return None
    number = next((text for text, _ in lines if NUMBER_LABEL in text), "")
    values, unread = _read(told)
    studies = [_read(study) for study in _study_rows(rows)]
    return FilledForm(
        number,
        values,
        tuple(study for study, _ in studies if study),
        frozenset(_ticked(rows)),
        unread + tuple(reason for _, reasons in studies for reason in reasons),
    )


def read_sheet(rows: Sequence[Sequence[Cell]]) -> list[FilledForm] | None:
    """The forms of a sheet, one a person, who may have several rows; None where it is none.

    Rows with the same number, or without one the same name and phone, are one person's.
    """
    texts = [[text_of(cell) for cell in row] for row in rows]
    head = next((at for at, row in enumerate(texts) if _is_head(row)), None)
    if head is None:
        return None
    places = {
        column: texts[head].index(label) for column, label in LABELS.items() if label in texts[head]
    }
    number_at = texts[head].index(NUMBER_LABEL)
    people: dict[tuple[str, ...], list[FilledForm]] = {}
    for at, row in enumerate(rows[head + 1 :], start=head + 2):
        values, unread = _read({column: row[place] for column, place in places.items()})
        number = text_of(row[number_at])
        if not (values or unread):
            continue
        key = (
            (number,) if number else ("", values.get(Column.NAME, ""), values.get(Column.PHONE, ""))
        )
        people.setdefault(key, []).append(_of_row(number, values, unread, at))
    return [_joined(forms) for forms in people.values()]


def _of_row(
    number: str, values: Mapping[Column, str], unread: tuple[Unread, ...], row: int
) -> FilledForm:
    study = {column: values[column] for column in STUDY_COLUMNS if column in values}
    own = {column: value for column, value in values.items() if column not in study}
    return FilledForm(number, own, (study,) if study else (), unread=unread, row=row)


def _joined(forms: Sequence[FilledForm]) -> FilledForm:
    """One person's rows: the first that says a field tells it, each study is one."""
    values: dict[Column, str] = {}
    for form in reversed(forms):
        values.update(form.values)
    return FilledForm(
        forms[0].number,
        values,
        tuple(study for form in forms for study in form.studies),
        unread=tuple(reason for form in forms for reason in form.unread),
        row=forms[0].row,
    )


def _is_head(row: Sequence[str]) -> bool:
    return NUMBER_LABEL in row and LABELS[Column.NAME] in row


def _pairs(rows: Sequence[Sequence[str]]) -> Iterator[tuple[Column, str]]:
    """Each label with what stands in the cell beside it."""
    by_label = {label: column for column, label in LABELS.items() if column not in STUDY_COLUMNS}
    for row in rows:
        for label, value in pairwise(row):
            if label in by_label and value not in by_label:
                yield by_label[label], value


def _study_rows(rows: Sequence[Sequence[str]]) -> Iterator[Mapping[Column, Cell]]:
    """The rows below the labels of the studies, as long as they have as many cells."""
    labels = tuple(LABELS[column] for column in STUDY_COLUMNS)
    below = False
    for row in rows:
        if tuple(row) == labels:
            below = True
        elif below and len(row) == len(labels):
            yield dict(zip(STUDY_COLUMNS, row, strict=True))
        else:
            below = False


def _ticked(rows: Sequence[Sequence[str]]) -> Iterator[Purpose]:
    """The purposes with a tick; what was agreed to before and printed so is nothing new."""
    names = {name: purpose for purpose, (name, _) in CONSENTS.items()}
    for row in rows:
        if len(row) > 1 and row[0] in names and _is_tick(row[-1]):
            yield names[row[0]]


def _is_tick(text: str) -> bool:
    if re.search("[不否×✗✘☒]|已同意", text):
        return False
    return re.search("[√✓✔☑■🗹]|^[vV]|[□ ][vV]$|^是$", text.strip()) is not None


def _read(told: Mapping[Column, Cell]) -> tuple[dict[Column, str], tuple[Unread, ...]]:
    values: dict[Column, str] = {}
    unread: list[Unread] = []
    for column, cell in told.items():
        text = text_of(cell)
        if column in _SEVERAL:
            found = _read_several(column, text)
        elif not text or HIDDEN in text:
            continue
        else:
            found = _READERS.get(column, _plain(column))(cell)
        unread += found.unread
        if found.births and Column.BIRTH not in found.values:
            unread.append(Unread(Column.BIRTH, say(TWO_DAYS)))
        values.update(found.values)
    return values, tuple(unread)


def _read_several(column: Column, text: str) -> Found:
    """Phones, addresses of mail or WeChat names, those with hidden places left out, parted by |."""
    kind = _SEVERAL[column]
    read, unread = [], []
    for part in re.split(r"[、,;|\n]|(?<=[0-9]{6})[/ ]+(?=[0-9+])", text):
        if not part.strip() or HIDDEN in part:
            continue
        field_read = read_field(kind, part)
        if field_read.value:
            read.append(field_read.value)
        unread += [Unread(column, refusal.reason) for refusal in field_read.refusals]
    values = {column: "|".join(dict.fromkeys(read))} if read else {}
    return Found(values, tuple(unread))


def _plain(column: Column) -> Callable[[Cell], Found]:
    def read(cell: Cell) -> Found:
        text = " ".join(text_of(cell).split())
        return one(column, text) if text else NOTHING

    return read


def _year(column: Column) -> Callable[[Cell], Found]:
    def read(cell: Cell) -> Found:
        return read_year(cell, column)

    return read


TWO_DAYS: Final = N_("This can mean two days; write it as 1987-09-12.")
_SEVERAL: Final = MappingProxyType(
    {
        Column.PHONE: ContactKind.PHONE,
        Column.EMAIL: ContactKind.MAIL,
        Column.WECHAT: ContactKind.WECHAT,
    }
)
_READERS: Final[Mapping[Column, Callable[[Cell], Found]]] = MappingProxyType(
    {
        Column.NAME: read_name,
        Column.GENDER: read_gender,
        Column.BIRTH: read_birth,
        Column.ETHNICITY: read_ethnicity,
        Column.ENROL_YEAR: _year(Column.ENROL_YEAR),
        Column.GRAD_YEAR: _year(Column.GRAD_YEAR),
    }
)
