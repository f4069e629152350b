"""Sheets laid out otherwise, brought into one row a person: turned round, or two lines a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from donflow.roster.reading.guessing import is_name
from donflow.roster.reading.header_words import HeaderWords
from donflow.roster.reading.headers import meaning_of
from donflow.roster.reading.table import Field
from donflow.sheets.reading import Cell

Rows = list[list[Cell]]


def upright(rows: Rows, words: HeaderWords) -> Rows | None:
    """A sheet whose headers stand in its first column, one person a column: each as a row.

    The rows then number as the columns did, B being 2. None for any other sheet.
    """
    told = [row for row in rows if len(_said(row)) > 1]
    if len(told) < _LABELS or len(rows[0]) <= _LABELS - 1:
        return None
    labels = [_fields([row[0]], words) for row in told]
    if sum(map(bool, labels)) < max(_LABELS, len(told) - 1) or not any(
        Field.NAME in one for one in labels
    ):
        return None
    names = next(row for row, one in zip(told, labels, strict=True) if Field.NAME in one)
    people = [str(cell) for cell in names[1:] if cell != ""]
    if len(people) < _PEOPLE or 2 * sum(map(is_name, people)) <= len(people):
        return None
    return [list(column) for column in zip(*told, strict=True)]


def in_one_line(rows: Rows, words: HeaderWords) -> Rows | None:
    """A list of two header rows and two lines a person: the second beside the first.

    Every row keeps its number; what was moved is blank. None for any other sheet.
    """
    head = next(
        (at for at in range(min(len(rows) - 3, _SOUGHT)) if _is_double(rows, at, words)), None
    )
    if head is None:
        return None
    width = len(rows[0])
    blank: list[Cell] = [""] * width
    made = [[*row, *blank] for row in rows]
    name_at = next(at for at, cell in enumerate(rows[head]) if Field.NAME in _fields([cell], words))
    at = head
    while at < len(rows) - 1:
        name = str(rows[at][name_at])
        opens = at == head or (is_name(name) and not is_name(str(rows[at + 1][name_at])))
        if opens and _said(rows[at + 1]):
            made[at] = [*rows[at], *rows[at + 1]]
            made[at + 1] = [*blank, *blank]
            at += 1
        at += 1
    return made


def is_form(rows: Sequence[Sequence[Cell]], words: HeaderWords) -> bool:
    """Whether a sheet is one person's form: labels with their values beside, row after row."""
    pairs = [_pairs(row, words) for row in rows]
    return sum(1 for count in pairs if count) > 1 and sum(pairs) >= _FORM


def _pairs(row: Sequence[Cell], words: HeaderWords) -> int:
    """How many labels of a row have something beside them that is no label."""
    said = _said(row)
    known = [bool(_fields([text], words, left=True)) for text in said]
    count = sum(1 for one, other in pairwise(known) if one and not other)
    return count if known and known[0] and count >= sum(known) - 1 else 0


def _is_double(rows: Rows, at: int, words: HeaderWords) -> bool:
    first, second = rows[at], rows[at + 1]
    one, other = (_fields(row, words) for row in (first, second))
    if Field.NAME not in one or Field.NAME in other or len(one) < _LABELS or len(other) < _LABELS:
        return False
    if len(one) + 1 < len(_said(first)) or len(other) < len(_said(second)) or one & other:
        return False
    name_at = next(
        place for place, cell in enumerate(first) if Field.NAME in _fields([cell], words)
    )
    over = sum(1 for up, down in zip(first, second, strict=True) if up != "" and down != "")
    return (
        over >= _LABELS - 1
        and is_name(str(rows[at + 2][name_at]))
        and not is_name(str(rows[at + 3][name_at]))
    )


def _fields(row: Sequence[Cell], words: HeaderWords, *, left: bool = False) -> set[Field | None]:
    texts = [cell for cell in row if isinstance(cell, str) and 0 < len(cell) <= _LONGEST]
    found = [meaning_of([text], words) for text in texts]
    return {one.field for one in found if one is not None and (left or one.field is not None)}


def _said(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell != ""]


_LABELS: Final = 3
_PEOPLE: Final = 2
_FORM: Final = 4
_LONGEST: Final = 16
_SOUGHT: Final = 30
