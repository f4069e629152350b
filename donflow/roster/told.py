"""What a person tells of somebody, field by field, read as the cells of a sheet are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from donflow.errors import N_, Sentence, say
from donflow.roster.reading.degrees import MASTER_OR_DOCTOR, POSTGRADUATE
from donflow.roster.reading.found import Found
from donflow.roster.reading.lengths import cut_off_long
from donflow.roster.reading.reading import READERS
from donflow.roster.reading.rows import Column, Unread
from donflow.roster.reading.table import Field

NOT_READ: Final = say(N_("This cannot be read as such a value."))
NO_DEATH: Final = say(N_("Only a death can be told of here."))
TWO_BIRTHS: Final = say(N_("This can mean two days; write it as 1987-09-12."))


def read_told(told: Mapping[Column, str]) -> Found:
    """The normal form of each value, and every one that has none with the reason.

    What a text says beside its own field (2005级会计学) holds where no other tells that field.
    """
    own: dict[Column, str] = {}
    beside: dict[Column, str] = {}
    unread: list[Unread] = []
    for column, text in told.items():
        found = READERS[Field(column.value)](text)
        values = dict(found.values)
        why = [*found.unread, *cut_off_long(values)]
        if values.get(Column.DEGREE) == POSTGRADUATE:
            why.append(Unread(column, say(MASTER_OR_DOCTOR)))
        if why or column not in values:
            unread.append(Unread(column, why[0].reason if why else _why(column, found)))
        else:
            own[column] = values.pop(column)
            beside |= values
    return Found(beside | own, tuple(unread))


def _why(column: Column, found: Found) -> Sentence:
    if found.births:
        return TWO_BIRTHS
    return NO_DEATH if column is Column.STATUS else NOT_READ
