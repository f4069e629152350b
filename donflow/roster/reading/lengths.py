"""How long each value may be: what the tables of the roster hold on every database."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from donflow.errors import N_, say
from donflow.roster.reading.rows import Column, Unread

TOO_LONG: Final = say(N_("The text is longer than such a value can be."))
LONGEST: Final[Mapping[Column, int]] = MappingProxyType(
    {
        Column.NAME: 120,
        Column.ETHNICITY: 20,
        Column.STUDENT_NO: 40,
        Column.DEGREE: 20,
        Column.MAJOR: 80,
        Column.CLASS_NO: 40,
        Column.EMPLOYER: 200,
        Column.JOB_TITLE: 120,
        Column.CITY: 40,
        Column.PROVINCE: 20,
        Column.PHONE: 40,
        Column.EMAIL: 180,
        Column.WECHAT: 60,
    }
)
"""In characters; of several phones or addresses each. The others have a form."""


def cut_off_long(values: dict[Column, str]) -> list[Unread]:
    """Take away what is too long, never a part of it; gives what was taken away."""
    long = [each for each, text in values.items() if len(text) > _SHORT and is_long(each, text)]
    for column in long:
        del values[column]
    return [Unread(column, TOO_LONG) for column in long]


def is_long(column: Column, text: str) -> bool:
    """Whether the text, or one of several parted by `|`, is longer than the column holds."""
    longest = LONGEST.get(column)
    return longest is not None and any(len(part) > longest for part in text.split("|"))


_SHORT: Final = min(LONGEST.values())
