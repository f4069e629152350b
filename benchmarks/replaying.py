"""The statements that donflow sends, written down, and sent again by a bare driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, make_url

from donflow.store.session import journal_mode

Statement = tuple[str, Any]


@contextmanager
def written_down(engine: Engine) -> Iterator[list[Statement]]:
    """Every statement with its values while the block runs."""
    sent: list[Statement] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def bare_driver(url: str) -> tuple[Callable[[list[Statement]], None], Callable[[], None]]:
    """A function that sends statements as one durable transaction, and one that closes."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(make_url(url).database or "")
    return _postgresql(url)


def _sqlite(path: str) -> tuple[Callable[[list[Statement]], None], Callable[[], None]]:
    connection = sqlite3.connect(path, isolation_level=None)
    mode, synchronous = journal_mode()
    for pragma in (
        "busy_timeout=30000",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"journal_mode={mode}",
        f"synchronous={synchronous}",
    ):
        connection.execute(f"PRAGMA {pragma}")

    def send(statements: list[Statement]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            connection.execute(statement, values).fetchall()
        connection.execute("COMMIT")

    return send, connection.close


def _postgresql(url: str) -> tuple[Callable[[list[Statement]], None], Callable[[], None]]:
    import psycopg

    connection = psycopg.connect(url)

    def send(statements: list[Statement]) -> None:
        for statement, values in statements:
            cursor = connection.execute(statement, values)
            if cursor.description:
                cursor.fetchall()
        connection.commit()

    return send, connection.close
