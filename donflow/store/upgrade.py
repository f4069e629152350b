"""Which schema a database has, and bringing it to the one that this donflow needs.

Whoever changes a model writes the next migration: `python -m tools.new_migration NAME` drafts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from donflow.errors import N_, DonflowError
from donflow.platform_files import PRIVATE_FILE
from donflow.store.session import Store, reading

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every schema there was, the oldest first; written down, since alembic is slow to import."""

HEAD: Final = REVISIONS[-1]

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class OldSchema(DonflowError):
    code = "old_schema"
    message = N_("The database is of an older donflow and must be upgraded before it is used.")
    remedy = N_("Run donflow upgrade: it makes a backup first.")
    http_status = 503


class NoTables(OldSchema):
    code = "no_tables"
    message = N_("The database holds none of donflow's tables.")
    remedy = N_("Look whether the right database is named; if it was lost, restore a backup.")


class NewerSchema(DonflowError):
    code = "newer_schema"
    message = N_("The database is of a newer donflow (schema {revision}) than this one.")
    remedy = N_("Install the newest donflow, or put back the backup made before the upgrade.")
    http_status = 503


def schema_revision(session: Session) -> str | None:
    """The revision of the database's schema, None if donflow has not yet made its tables."""
    return _revision(session.connection())


def check_schema(session: Session) -> None:
    """Raise OldSchema or NewerSchema unless the database is exactly as this donflow needs it."""
    revision = schema_revision(session)
    if revision is None:
        raise NoTables
    check_known(revision)
    if revision != HEAD:
        raise OldSchema


def check_known(revision: str) -> None:
    """Raise NewerSchema for a revision that this donflow does not know."""
    if revision not in REVISIONS:
        raise NewerSchema(revision=revision)


def upgrade(store: Store, to: str | None = None) -> tuple[str | None, str]:
    """Bring the schema to HEAD, one transaction a step, and say (from, to); from None: empty.

    A backup of an older schema is first restored as it was, by `to`.
    Killed on the way it leaves one of the schemas, and may be run again. Raises NewerSchema.
    There is no way back but the backup, which the caller makes before.
    """
    from alembic import command  # slow to import, and hardly ever needed

    with store.queue():
        with reading(store) as session:
            before = schema_revision(session)
        if before is not None:
            check_known(before)
        elif store.writer.dialect.name == "sqlite":
            # SQLite makes its file for everybody to read; what it puts beside it takes its mode.
            Path(store.writer.url.database or "").chmod(PRIVATE_FILE)
        with store.writer.connect() as connection, without_foreign_keys(connection):
            command.upgrade(configuration(connection), to or HEAD)
    return before, to or HEAD


def configuration(connection: Connection) -> Config:
    """What alembic needs to know: where the steps are, and this connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table by dropping it, which its foreign keys would forbid.

    `env.py` looks for broken ones before each step is committed. The switch does nothing within
    a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        connection.invalidate()  # the next one is made anew, with foreign keys
