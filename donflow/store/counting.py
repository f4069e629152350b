"""Numbers given out in turn, a series for each year: none twice, also to two units at once."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column


class Counter:
    """The columns of a table that counts: the last number given out in a year."""

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_number(session: Session, table: type[Counter], year: int) -> int:
    """The next number of the year, which is this unit's own; others wait until the unit ends."""
    if session.get(table, year) is None:
        # Another unit may begin the year at the same moment: then this waits for it.
        with suppress(IntegrityError), session.begin_nested():
            session.add(table(year=year, last=0))  # type: ignore[call-arg]
    counter = session.get_one(table, year, with_for_update=True, populate_existing=True)
    counter.last += 1
    return counter.last
