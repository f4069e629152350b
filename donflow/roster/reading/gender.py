"""男 or 女 from a cell: words, letters, the codes of GB/T 2261.1, ticks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

UNCLEAR: Final = N_("This does not say man or woman.")
BOTH: Final = N_("It says both man and woman.")


def read_gender(cell: Cell) -> Found:
    """男 or 女; 0 and 9 of the standard say that nobody told."""
    text = text_of(cell)
    if not text or text in _UNTOLD:
        return NOTHING
    gender = gender_of(text)
    return one(Column.GENDER, gender) if gender else unreadable(Column.GENDER, UNCLEAR)


def codes_unclear(cells: Iterable[Cell]) -> bool:
    """Whether a column counts 0 and 1, which says man and woman in one list and not in another."""
    said = {text for cell in cells if (text := text_of(cell))}
    return "0" in said and said <= {"0", "1"}


def read_unclear(cell: Cell) -> Found:
    """Nothing, and the reason, for the cells of a column of which `codes_unclear` holds."""
    return unreadable(Column.GENDER, UNCLEAR) if text_of(cell) else NOTHING


def gender_of(text: str) -> str | None:
    """What a half-width text says of the gender; None where it does not."""
    if text in _SAID:
        return _SAID[text]
    bare = re.sub(r"[\s()\[\].,、。:;]", "", text).casefold()
    if bare in _SAID:
        return _SAID[bare]
    ticked = re.findall(rf"[{_MARKS}](男|女)(?:性)?", bare)
    if len(ticked) != 1:
        ticked = re.findall(rf"(男|女)(?:性)?[{_MARKS}]", bare)
    return ticked[0] if len(ticked) == 1 else None


def ticked(cell: Cell) -> bool:
    """Whether a cell under 男 or 女 is marked; a cross or a nought is not."""
    text = text_of(cell)
    return bool(text) and not re.fullmatch(r"(?i)0|否|n|no|×|✗|✘|x|□|☐|○", text)


_MARKS: Final = "√✓✔☑■●vV"
_UNTOLD: Final = {"0", "9", "未知的性别", "未说明的性别"}
_SAID: Final = {
    word: gender
    for gender, words in {
        "男": "男 男性 男士 男生 男的 先生 m male man mr 1 01 1男 1-男 ♂ 帅哥",
        "女": "女 女性 女士 女生 女的 小姐 f female woman ms mrs 2 02 2女 2-女 ♀ 美女",
    }.items()
    for word in words.split()
}
