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
    # The pieces stand outside the row: of whom the index finds PostgreSQL looks at the row, which
    # is thirty times as quick in a narrow one. It moves values out of rows over 2 kB alone, hence
    # the filling, which is packed to nothing. Compared as bytes, they are indexed faster.
    op.execute(
        "CREATE TABLE derived_search_gram (id integer PRIMARY KEY, year integer,"
        ' grams text[] COLLATE "C" NOT NULL,'
        " filling text NOT NULL DEFAULT repeat(' ', 2000)) WITH (toast_tuple_target = 128)"
    )
    op.execute("CREATE INDEX ix_derived_search_grams ON derived_search_gram USING gin (grams)")
