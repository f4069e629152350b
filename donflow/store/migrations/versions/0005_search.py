"""The derived tables of searching: the line of each person, and an index of its pieces.

Empty at first: `roster.search.keeping.rebuild` fills them, after an upgrade and a restore.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "derived_search",
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("line", Text, nullable=False),
        Column("spelled", Text, nullable=False),
        Column("year", Integer),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE derived_search_gram USING fts5"
            " (grams, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        return
    # The pieces stand apart from the row, which stays narrow for whoever reads the lines alone.
    op.execute("ALTER TABLE derived_search ADD COLUMN grams text NOT NULL")
    op.execute("ALTER TABLE derived_search SET (toast_tuple_target = 128)")
    for column in ("line", "spelled"):
        op.execute(f"ALTER TABLE derived_search ALTER COLUMN {column} SET STORAGE MAIN")
    op.execute(
        "CREATE INDEX ix_derived_search_grams ON derived_search"
        " USING gin (string_to_array(grams, ' '))"
    )
