"""Where the header of a list is, over one to three rows, and what stands above each column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from donflow.roster.reading.degrees import degree_said
from donflow.roster.reading.guessing import LOOKED_AT, field_of, is_name
from donflow.roster.reading.header_words import HeaderWords, Meaning, normal
from donflow.roster.reading.headers import course_of, meaning_of, ticks_of
from donflow.roster.reading.joining import Join, is_part_of_a_date, joins_of
from donflow.roster.reading.table import STUDIES, Field
from donflow.sheets.reading import Cell

Rows = Sequence[Sequence[Cell]]
Across = Mapping[int, Sequence[tuple[int, int]]]
"""Cells merged sideways, by the index of their row: first and last column."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A header from its first to its last row (indexes): what stands above each column.

    `parts` are the texts over a column, a group first; `meanings` None where no list knows it.
    """

    first: int
    last: int
    parts: tuple[tuple[str, ...], ...]
    meanings: tuple[Meaning | None, ...]
    joins: tuple[Join, ...] = ()
    courses: Mapping[int, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[int, Field]:
        """The columns that are read, as the header alone tells."""
        return {
            at: one.field
            for at, one in enumerate(self.meanings)
            if one is not None and one.field is not None
        }


def first_heading(rows: Rows, across: Across, words: HeaderWords) -> Heading:
    """The first header of a sheet; one that no list knows where the cells under it tell names.

    Where there is none at all, a header of no rows, before the first.
    """
    for at in range(min(len(rows), _SOUGHT)):
        found = heading_at(rows, at, across, words)
        if found is not None and found.first == at:
            return found
    for at in range(min(len(rows) - 1, _TITLES)):
        if _may_head(rows[at]) and _stands_over_names(rows, at):
            return _read(rows, at, 1, across, words)
    return Heading(0, -1, ((),) * len(rows[0]), (None,) * len(rows[0]))


def _stands_over_names(rows: Rows, at: int) -> bool:
    """Whether one of two cells or more, itself no name, has names under it."""
    said = [place for place, cell in enumerate(rows[at]) if cell != ""]
    below = rows[at + 1 : at + 1 + LOOKED_AT]
    return len(said) > 1 and any(
        field_of([row[place] for row in below]) is Field.NAME
        for place in said
        if not is_name(str(rows[at][place]))
    )


def heading_at(rows: Rows, at: int, across: Across, words: HeaderWords) -> Heading | None:
    """The header that begins in this row or within the next two; None where there is none.

    Of all ways to read these rows, that with the most different columns; a group over several
    columns belongs to it.
    """
    if not _may_head(rows[at]) or _is_wide_and_unknown(rows[at], words):
        return None
    starts = [at]
    for start in (at + 1, at + 2):
        if start >= len(rows) or not _may_head(rows[start]):
            break
        starts.append(start)
    best: tuple[tuple[int, int, int], Heading] | None = None
    for start in starts:
        for depth in (1, 2, 3):
            if not _may_stack(rows, start, depth, across, words):
                break
            found = _read(rows, start, depth, across, words)
            weight = _weight(found)
            if weight and (best is None or (*weight, depth) > best[0]):
                best = (*weight, depth), found
    if best is None:
        return None
    return best[1]


def _read(rows: Rows, start: int, depth: int, across: Across, words: HeaderWords) -> Heading:
    lines = [
        _spread(rows, at, across, is_last=at == start + depth - 1)
        for at in range(start, start + depth)
    ]
    parts = tuple(
        tuple(dict.fromkeys(text for text in column if text)) for column in zip(*lines, strict=True)
    )
    ticks = ticks_of(parts, words)
    meanings = tuple(
        ticks.get(place) or (meaning_of(column, words) if column else None)
        for place, column in enumerate(parts)
    )
    fields = {at: one.field for at, one in enumerate(meanings) if one is not None}
    joins = joins_of(parts, fields, words)
    whole = {at: Meaning(join.field) for join in joins for at in join.places}
    meanings = tuple(whole.get(at, one) for at, one in enumerate(meanings))
    courses = _courses(parts, words)
    meanings = tuple(courses[at][1] if at in courses else one for at, one in enumerate(meanings))
    of_degree = {at: degree for at, (degree, _) in courses.items()}
    return Heading(start, start + depth - 1, parts, meanings, joins, of_degree)


def _courses(parts: Sequence[Sequence[str]], words: HeaderWords) -> dict[int, tuple[str, Meaning]]:
    """The columns of each course of study, where a list tells of two or more in one row."""
    found = {
        at: one for at, column in enumerate(parts) if column and (one := course_of(column, words))
    }
    studies = {at: one for at, one in found.items() if one[1].field in STUDIES}
    return studies if len({degree for degree, _ in studies.values()}) > 1 else {}


def _weight(heading: Heading) -> tuple[int, int] | None:
    """How many different columns and how many known ones; None where it is no header."""
    said = sum(1 for parts in heading.parts if parts)
    known = sum(1 for one in heading.meanings if one is not None)
    fields = set(heading.fields.values())
    named = bool(fields & NAMES)
    several = len({one for one in heading.meanings if one is not None}) > 1
    if named and ((several and 2 * known >= said) or said == 1):
        return len(fields), known
    if len(fields) >= _ENOUGH and 3 * known >= 2 * said:
        return len(fields), known
    return None


def _may_head(row: Sequence[Cell]) -> bool:
    said = [cell for cell in row if cell != ""]
    return bool(said) and all(
        isinstance(cell, str) and len(cell) <= _LONGEST and not _VALUE.search(cell) for cell in said
    )


def _is_wide_and_unknown(row: Sequence[Cell], words: HeaderWords) -> bool:
    """Whether a very wide row begins with nothing known: no list does, and looking on is slow."""
    said = [str(cell) for cell in row if cell != ""]
    return len(said) > _WIDE and not _known(list(dict.fromkeys(said[:_WIDE])), words)


def _may_stack(rows: Rows, start: int, depth: int, across: Across, words: HeaderWords) -> bool:
    """Whether the rows can be one header: groups above, mostly headers below, no values."""
    if start + depth > len(rows):
        return False
    if depth == 1:
        return True
    above, below = rows[start + depth - 2], rows[start + depth - 1]
    if not _may_head(below) or len({cell for cell in above if cell != ""}) < 2:
        return False
    if any(isinstance(cell, str) and _INSIDE.search(cell) for cell in above):
        return False
    groups = [str(cell) for cell in above if cell != ""]
    if not across.get(start + depth - 2) and 2 * _known(groups, words) < len(groups):
        return False
    if any(
        _names_somebody(str(over), str(cell), words)
        for over, cell in zip(above, below, strict=True)
    ):
        return False
    own = [
        str(cell) for cell, over in zip(below, above, strict=True) if cell != "" and cell != over
    ]
    return bool(own) and 2 * _known(own, words) >= len(own)


def _names_somebody(over: str, text: str, words: HeaderWords) -> bool:
    """Whether a person's name stands under a header of names: that is the first of the list."""
    meaning = meaning_of([over], words) if over and is_name(text) else None
    return meaning is not None and meaning.field in NAMES and not _known([text], words)


def _known(texts: Sequence[str], words: HeaderWords) -> int:
    return sum(
        1
        for text in texts
        if meaning_of([text], words)
        or normal(text) in words.ticks
        or is_part_of_a_date(text)
        or degree_said(text)
    )


def _spread(rows: Rows, at: int, across: Across, *, is_last: bool) -> list[str]:
    """A row's texts; a group's also over its further columns, merged or simply left empty."""
    texts = [_text(cell) for cell in rows[at]]
    for first, last in across.get(at, ()):
        texts[first : last + 1] = [texts[first]] * (last + 1 - first)
    if is_last:
        return texts
    below = [_text(cell) for cell in rows[at + 1]]
    merged = {place for first, last in across.get(at, ()) for place in range(first, last + 1)}
    for place in range(1, len(texts)):
        over = place - 1
        opens = texts[over] and below[over] and below[over] != texts[over] and over not in merged
        if not texts[place] and below[place] and opens:
            texts[place] = texts[over]
    return texts


def _text(cell: Cell) -> str:
    return re.sub(r"\s+", " ", str(cell)).strip() if cell != "" else ""


def is_same(one: Heading, other: Heading) -> bool:
    """Whether a header is the other again: the same things in the same places."""
    last = [tuple(normal("".join(parts[-1:])) for parts in each.parts) for each in (one, other)]
    return one.meanings == other.meanings and last[0] == last[1]


NAMES: Final = frozenset({Field.NAME, Field.NAME_AND_GENDER})
_SOUGHT: Final = 200
_TITLES: Final = 10
_ENOUGH: Final = 3
_WIDE: Final = 40
_LONGEST: Final = 60
_VALUE: Final = re.compile(r"\d{5}|@\w|^\s*\d+(?:[.]\d+)?\s*$")
_INSIDE: Final = re.compile(r"[:：]\s*\S")
