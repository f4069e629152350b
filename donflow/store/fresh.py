"""A database for a new office: taken only where it is empty, and left empty if that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from donflow.errors import N_, DonflowError
from donflow.store.session import Store

SETTING_UP: Final = 0x646F6E66
"""The number of the lock that keeps two from setting up in one database at once."""


class DatabaseTaken(DonflowError):
    code = "database_taken"
    message = N_("The database already holds something.")
    remedy = N_("Have an empty database made, and name that one.")


class WrongEncoding(DonflowError):
    code = "wrong_encoding"
    message = N_("The database keeps text in {encoding}, which lacks many characters.")
    remedy = N_("Have a database of encoding UTF8 made, and name that one.")


@contextmanager
def fresh(store: Store) -> Iterator[None]:
    """Hold the empty database for setting up; whatever fails within, it is empty again.

    Raises DatabaseTaken if it holds a table or view, or is being set up by somebody else;
    WrongEncoding if it cannot hold every character.
    """
    with store.reader.connect() as connection:
        if _is_taken(connection):
            raise DatabaseTaken
        _check_encoding(connection)
        connection.rollback()  # no snapshot is kept open meanwhile; the lock is the connection's
        try:
            yield
        except BaseException:
            with suppress(SQLAlchemyError), store.writer.begin() as writer:
                _clear(writer)
            raise
        finally:
            connection.invalidate()


def _is_taken(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_try_advisory_lock(:number)")
        if not connection.scalar(lock, {"number": SETTING_UP}):
            return True
    inspector = inspect(connection)
    return bool(inspector.get_table_names() or inspector.get_view_names())


def _check_encoding(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise WrongEncoding(encoding=encoding)


def _clear(connection: Connection) -> None:
    """Nothing was here before, so all that is here now was made meanwhile."""
    if connection.dialect.name == "sqlite":
        # The full-text table takes those it keeps for itself with it; they cannot go by themselves.
        connection.execute(text("DROP TABLE IF EXISTS derived_search_gram"))
    made = MetaData()
    made.reflect(connection)
    made.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS journal_only_grows"))
