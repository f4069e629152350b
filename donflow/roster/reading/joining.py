"""Columns that are one only together: surname and given name; year, month and day of a birth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from donflow.roster.reading.cells import text_of
from donflow.roster.reading.header_words import HeaderWords, normal
from donflow.roster.reading.headers import by_script
from donflow.roster.reading.table import Field
from donflow.sheets.reading import Cell


@dataclass(frozen=True, slots=True)
class Join:
    """Places whose cells together fill the first of them; `field` is what that then holds."""

    places: tuple[int, ...]
    field: Field


def joins_of(
    headers: Sequence[Sequence[str]], fields: Mapping[int, Field | None], words: HeaderWords
) -> tuple[Join, ...]:
    """The joins of a header; `fields` are what its columns hold each by itself."""
    return (*_names(headers, words), *_dates(headers, fields))


def fill(row: list[Cell], joins: Sequence[Join]) -> None:
    """Put the cells of each join together in the first, and empty the others."""
    for join in joins:
        said = [text_of(row[at]) for at in join.places]
        whole = _name(said) if join.field is Field.NAME else _date(said, join.field)
        for at in join.places:
            row[at] = ""
        row[min(join.places)] = whole


def _names(headers: Sequence[Sequence[str]], words: HeaderWords) -> list[Join]:
    found: dict[Field, list[int]] = {Field.SURNAME: [], Field.GIVEN_NAME: []}
    for at, parts in enumerate(headers):
        for text in by_script(parts[-1]) if parts else ():
            half = words.halves.get(normal(text))
            if half:
                found[half].append(at)
                break
    surnames, given = found[Field.SURNAME], found[Field.GIVEN_NAME]
    if len(surnames) != 1 or len(given) != 1:
        return []
    return [Join((surnames[0], given[0]), Field.NAME)]


def _dates(headers: Sequence[Sequence[str]], fields: Mapping[int, Field | None]) -> list[Join]:
    own = [normal(parts[-1]) if parts else "" for parts in headers]
    found = []
    for at, text in enumerate(own[:-1]):
        field = fields.get(at)
        if field not in _DATED or not _YEAR(text) or not _MONTH(own[at + 1]):
            continue
        has_day = at + 2 < len(own) and _DAY(own[at + 2])
        found.append(Join(tuple(range(at, at + (3 if has_day else 2))), field))
    return found


def _name(said: list[str]) -> str:
    """The surname first as in Chinese, unless both are Latin."""
    surname, given = said
    if re.search("[A-Za-z]", surname) and re.search("[A-Za-z]", given):
        return f"{given} {surname}"
    return re.sub(r"\s", "", surname) + given if given else ""


def _date(said: list[str], field: Field) -> str:
    year, *rest = said
    if field is not Field.BIRTH or not year:
        return year
    units = zip([year, *rest], "年月日", strict=False)
    text = "".join(f"{part.rstrip(unit)}{unit}" for part, unit in units if part)
    return text if "月" in text or "日" not in text else f"{year.rstrip('年')}年"


def is_part_of_a_date(text: str) -> bool:
    """Whether a header is that of a year, month or day alone."""
    return bool(_YEAR(normal(text)) or _MONTH(normal(text)) or _DAY(normal(text)))


_DATED: Final = (Field.BIRTH, Field.ENROL_YEAR, Field.GRAD_YEAR)
_OF: Final = "(?:出生|入学|入校|毕业|离校)?"
_YEAR: Final = re.compile(rf"{_OF}年份?|生年|year").fullmatch
_MONTH: Final = re.compile(rf"{_OF}月份?|生月|month").fullmatch
_DAY: Final = re.compile(rf"{_OF}[日号]|生日|day").fullmatch
