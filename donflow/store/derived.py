"""Tables that are made of others: they say nothing of their own and can be made anew at any time.

So they stand in no journal, no dump and no proof; their names begin alike, by which they are left
out there. A mapped class says in `derived` which function brings up to date what is made of its
rows. Every unit of work calls it at its end, so that no act can forget it.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from donflow.store.base import Base

PREFIX = "derived_"
_KEYS = "derived_keys"

Refresh = Callable[[Session, set[int]], None]


@dataclass(frozen=True)
class Derived:
    """What is made of a table's rows: by which function, for the keys in which of its columns.

    The function is named in words (`module:function`), since it stands above the tables.
    """

    function: str
    columns: tuple[str, ...]


def is_derived(table: str) -> bool:
    """Whether a table of this name can be made anew from the others."""
    return table.startswith(PREFIX)


def note_rows(session: Session, model: type[Base], rows: Iterable[Mapping[str, object]]) -> None:
    """Remember rows that passed the session by, for `bring_up`."""
    if model.derived is not None:
        keys = session.info.setdefault(_KEYS, defaultdict(set))[model.derived.function]
        for row in rows:
            keys.update(row[column] for column in model.derived.columns)


def bring_up(session: Session) -> None:
    """Bring up to date what is made of the rows that this unit of work has written so far.

    A session that only reads has written nothing. Repeatable.
    """
    if "written" not in session.info:
        return
    session.flush()
    rows: dict[str, Base] = session.info["written"]
    found: dict[str, set[int]] = session.info.pop(_KEYS, defaultdict(set))
    for row in rows.values():
        if row.derived is not None:
            found.setdefault(row.derived.function, set()).update(
                getattr(row, column) for column in row.derived.columns
            )
    for function, keys in found.items():
        _named(function)(session, keys)


def _named(function: str) -> Refresh:
    module, _, name = function.partition(":")
    found: Refresh = getattr(importlib.import_module(module), name)
    return found
