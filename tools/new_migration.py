"""Drafts the migration that the models still need: `python -m tools.new_migration NAME`.

Read the draft, say in it what it is for, add what moves data, `ruff format` it, and write its
number into REVISIONS in `donflow/store/upgrade.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData
from sqlalchemy.types import TypeDecorator

from donflow.bootstrap import import_tables
from donflow.store.base import Base
from donflow.store.derived import is_derived
from donflow.store.session import close_store, open_store
from donflow.store.upgrade import HEAD, MIGRATIONS, upgrade

REVISION = f"{int(HEAD) + 1:04}"
BEGINNING = f'''"""What this changes, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{REVISION}"
down_revision = "{HEAD}"


def upgrade() -> None:
    '''


def write(name: str, metadata: MetaData = Base.metadata, folder: Path = MIGRATIONS) -> str:
    """Write the draft among the migrations and say so; where nothing lacks, nothing is written."""
    if drafts := [path.name for path in folder.glob(f"versions/{REVISION}_*.py")]:
        return f"{drafts[0]} is not in REVISIONS yet; nothing is written."
    with TemporaryDirectory() as temporary:
        store = open_store(f"sqlite:///{Path(temporary, 'donflow.db')}")
        upgrade(store)
        with store.reader.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_name": include_name})
            steps = produce_migrations(context, metadata).upgrade_ops
        close_store(store)
    if steps is None or steps.is_empty():
        return "The migrations make all that the models describe; nothing is written."
    code = render_python_code(steps, render_as_batch=True, render_item=_plain_type)
    file = folder / "versions" / f"{REVISION}_{name}.py"
    file.write_text(f"{BEGINNING}{code}\n", "utf-8")
    return f"{file.name} is written."


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Not the derived tables, which no model describes."""
    return kind != "table" or not is_derived(name or "")


def _plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A migration does not use types of ours, which may change, but what they stand on."""
    plain = kind == "type" and isinstance(item, TypeDecorator)
    return f"sa.{item.impl!r}" if plain else False  # type: ignore[attr-defined]


if __name__ == "__main__":
    import_tables()
    (name,) = sys.argv[1:]
    print(write(name))
