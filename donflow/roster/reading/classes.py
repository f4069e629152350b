"""The class of a year: （2）班, 二班 and 2班 are class 2; a class with a name keeps it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import joined, number_of, text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

NO_CLASS: Final = N_("This is not one class that can be read.")


def read_class(cell: Cell) -> Found:
    """A class that stands alone; `study.read_study` splits one from year and major."""
    if isinstance(cell, date):
        return unreadable(Column.CLASS_NO, NO_CLASS)
    text = joined(text_of(cell))
    if not text:
        return NOTHING
    said = class_said(text)
    return one(Column.CLASS_NO, said) if said else unreadable(Column.CLASS_NO, NO_CLASS)


def class_said(text: str) -> str | None:
    """The class: a number without leading nought, a letter, or its name as it stands."""
    bare = re.sub(r"[\s()\[\]【】<>#\"']|^第|^(?:NO|No|no)\.?|班级:?|^班(?=.)", "", text)
    number = re.fullmatch(r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})(?:小?班|班级)?", bare)
    if number:
        found = number_of(number[1])
        return str(found) if found else None
    letter = re.fullmatch(r"([A-Za-z甲乙丙丁戊]|[A-Za-z]\d|\d{3,4})(?:班)?", bare)
    if letter:
        return letter[1].upper()
    named = re.fullmatch(r"[\w·一-龥]{1,12}班", bare)
    return (
        bare
        if named and not re.search(r"[班级届].+班|^\d{5,}|[一二三四五六七八九十]\d", bare)
        else None
    )
