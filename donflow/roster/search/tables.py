"""The tables that searching rests on; derived, so that they are no part of `Base.metadata`.

`derived_search` has the line of each person, `derived_search_gram` its pieces: SQLite's in a
full-text table without content of its own, PostgreSQL's in a column under an index.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String, Table

SEARCH: Final = Table(
    "derived_search",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("line", String, nullable=False),
    Column("spelled", String, nullable=False),
    Column("year", Integer),
)
