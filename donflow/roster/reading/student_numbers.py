"""The student number as the university gave it."""

from __future__ import annotations

import re
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

NO_NUMBER: Final = N_("This is not a whole student number.")


def read_student_number(cell: Cell) -> Found:
    """Digits and letters without spaces; a number that the sheet made a decimal of stays unread."""
    text = text_of(cell)
    if text.isdigit() and len(text) > 1:
        return one(Column.STUDENT_NO, text)
    text = re.sub(r"\s+", "", text).lstrip("'`").removesuffix(".0")
    text = re.sub(r"^(?:学号|编号|NO\.?)[:：]?", "", text)
    if not text or text == "0":
        return NOTHING
    right = re.fullmatch(r"[A-Za-z0-9]{1,6}[-_/]?[A-Za-z0-9-]{1,20}", text)
    if right and any(map(str.isdigit, text)) and not re.search(r"(?i)\de\+?\d{1,2}$|x{3,}", text):
        return one(Column.STUDENT_NO, text)
    return unreadable(Column.STUDENT_NO, NO_NUMBER)
