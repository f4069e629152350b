"""How alembic runs a migration: on the connection it is given, each step in its own transaction.

A step that rebuilds `journal_event` or `journal_head` must make their triggers again.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Connection

from donflow.store.base import Base


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Only tables of ours: in a shared database all others would be proposed for dropping."""
    return kind != "table" or name in Base.metadata.tables


def check_foreign_keys(*, ctx: MigrationContext, **_step: Any) -> None:
    """Refuse to commit a step that broke a reference: SQLite does not look by itself meanwhile."""
    connection = ctx.connection
    assert connection is not None
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        assert not broken, f"the step breaks references: {broken[:5]}"


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        render_as_batch=True,
        # SQLite can roll DDL back, though alembic does not count on it.
        transactional_ddl=True,
        transaction_per_migration=True,
        on_version_apply=check_foreign_keys,  # type: ignore[arg-type]  # called by keyword
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
