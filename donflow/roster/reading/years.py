"""Years of entry and of graduation: 87级 came, 2005届 left, and a range says both.

A cell tells what its own words say (级, 届); bare years belong to their column. The one is never
derived from the other. Two digits from 30 on are of the 20th century.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from donflow.errors import N_
from donflow.roster.reading.cells import digits, text_of
from donflow.roster.reading.found import NOTHING, Found, one, unreadable
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import Cell

NO_YEAR: Final = N_("This is not a year that can be read.")
WHICH: Final = N_("The year is not said to be of entry or of graduation.")
TWO: Final = N_("There is more than one year.")


def read_year(cell: Cell, column: Column | None) -> Found:
    """The years of a cell under a header for entry or graduation; None: only its words tell.

    A year of graduation under a header for entry is given as what it says.
    """
    if isinstance(cell, date):
        return _bare(str(cell.year), column)
    text = text_of(cell)
    if not text or text == "0":
        return NOTHING
    if isinstance(cell, (int, float)):
        return _bare(_of_number(text), column)
    text = _cleaned(text)
    both = _range(text, column)
    if both:
        return both
    said = years_said(text)
    if said is None:
        return unreadable(column or Column.ENROL_YEAR, TWO)
    return Found(said) if said else _bare(_of_text(text), column)


def read_period(cell: Cell) -> Found:
    """Entry and graduation from one cell: 2005.9-2009.7, 2005级 (2009届)."""
    return read_year(cell, None)


def years_said(text: str) -> dict[Column, str] | None:
    """The years that 级, 届, 入学 or 毕业 name in a text; None if one kind is named twice."""
    said: dict[Column, str] = {}
    for pattern, column in ((_ENTRY, Column.ENROL_YEAR), (_LEAVING, Column.GRAD_YEAR)):
        years = {full_year(next(filter(None, found))) for found in pattern.findall(text)} - {""}
        if len(years) > 1:
            return None
        if years:
            said[column] = years.pop()
    return said


def full_year(text: str) -> str:
    """Four digits for four or two; "" if it is no year of a study."""
    if len(text) == 2:
        text = ("19" if text >= "30" else "20") + text
    return text if len(text) == 4 and _FIRST <= text <= _LAST else ""


def _range(text: str, column: Column | None) -> Found | None:
    """Both ends of a range; 2005-09 is a month, not four years, under a header for one year."""
    found = re.fullmatch(
        rf"({_POINT})\s*(?:年|级|入学)?\s*(?:-{{1,2}}|~|—+|–|―|至|到|/)\s*({_POINT})(?:年|届|毕业)?",
        text,
    )
    if not found:
        return None
    begun, ended = (re.split(r"[年./-]", point)[0][:4] for point in found.groups())
    if len(ended) == 2 and int(ended) <= 12 and (column or len(begun) == 4):
        return None
    first, last = full_year(begun), full_year(ended)
    if not first or not last or not 2 <= int(last) - int(first) <= 10:
        return None
    return Found({Column.ENROL_YEAR: first, Column.GRAD_YEAR: last})


def _bare(year: str, column: Column | None) -> Found:
    if not year:
        return unreadable(column or Column.ENROL_YEAR, NO_YEAR)
    return one(column, year) if column else unreadable(Column.ENROL_YEAR, WHICH)


def _of_text(text: str) -> str:
    bare = re.sub(r"(?:级|届|[本硕博研专]科?生?|入学|毕业|年?[春秋夏冬](?:季|学期)?)+$", "", text)
    bare = re.sub(r"^(?:E?MBA|MPA|[本硕博研专])(?=\d)", "", bare)
    if bare.isdigit():
        return _of_number(bare) if len(bare) != 1 else ""
    found = re.fullmatch(r"'?(\d{4}|\d{2})\s*年?", bare) or re.fullmatch(
        r"(\d{4}|\d{2})\s*[年./\- ]\s*(\d{1,2})(?:\s*[月./\- ]\s*(\d{1,2})日?)?月?", bare
    )
    if not found:
        return ""
    months = [int(part) for part in found.groups()[1:] if part]
    return full_year(found[1]) if not months or months[0] <= 12 else ""


def _of_number(text: str) -> str:
    """2005, 5 (05 as a number), 200509, 20050901, 2005.9, or the days that Excel counts."""
    whole, _, _ = text.partition(".")
    if "." in text and len(whole) != 4:
        return ""
    if len(whole) == 1 and whole != "0":
        return "200" + whole
    if len(whole) == 5:
        return full_year(str((date(1899, 12, 30) + timedelta(int(whole))).year))
    if len(whole) in (6, 8):
        return full_year(whole[:4]) if "01" <= whole[4:6] <= "12" or whole[4:6] == "00" else ""
    return full_year(whole) if len(whole) in (2, 4) else ""


def _cleaned(text: str) -> str:
    text = re.sub(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", "", text)
    text = re.sub(r"\s+|\((?:[春秋]季?|\d{1,2}月|(?![^()]*[级届])[^()\d]*)\)", "", text)
    text = re.sub(r"(?<=\d{4}),(?=\d{1,2}(?!\d))", ".", text).removesuffix("起")
    text = re.sub("[〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2}(?=[级届])",
                  lambda numeral: digits(numeral.group()), text)  # fmt: skip
    return text.strip("'\"、,.;。:")


_POINT: Final = r"(?:\d{8}|\d{6}|(?:\d{4}|\d{2})(?:[年./-]\d{1,2}(?:[月./-]\d{1,2}日?|月)?)?)"
_YEAR: Final = r"(?<![第\d.~—–至到-])(\d{4}|\d{2})"
_ENTRY: Final = re.compile(
    rf"{_YEAR}(?:年?[春秋](?:季)?|年)?(?:[本硕博研专]科?生?)?级(?!别)|{_YEAR}年?(?:\d{{1,2}}月)?入学"
    rf"|{_YEAR}年?[春秋]季?(?=E?MBA|MPA|班)"
)
_LEAVING: Final = re.compile(
    rf"{_YEAR}年?届|{_YEAR}年?(?:\d{{1,2}}月)?毕业(?!.?[一二三四五六七八九十]+周)"
)
_FIRST: Final = "1930"
_LAST: Final = "2035"
