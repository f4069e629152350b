"""The tables that searching rests on; derived, so that they are no part of `Base.metadata`.

`derived_search` has the line of each person. SQLite keeps its pieces in the full-text table
`derived_search_gram` (without content of its own), PostgreSQL in the column `grams` under an index.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, String, Table, column, literal_column, table

SEARCH: Final = Table(
    "derived_search",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("line", String, nullable=False),
    Column("spelled", String, nullable=False),
    Column("year", Integer),
)
GRAMS: Final = literal_column("derived_search.grams", String)
"""PostgreSQL's own column."""

GRAM: Final = table("derived_search_gram", column("rowid", Integer))
"""SQLite's own table."""
