"""Databases for tests, the same on SQLite and on PostgreSQL: made, copied, looked into, dropped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url

from donflow.store.derived import is_derived
from tests import postgresql

BACKENDS = ("sqlite", "postgresql")


def only_sqlite(reason: str) -> pytest.MarkDecorator:
    """For a test that is about SQLite itself; the reason stands where the mark is read."""
    assert reason
    return pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")


def only_postgresql(reason: str) -> pytest.MarkDecorator:
    """For a test that is about PostgreSQL itself."""
    assert reason
    return pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")


both = pytest.mark.parametrize("backend", BACKENDS, indirect=True, scope="session")
"""For a test that runs on both, in a folder whose tests run on one."""


def new_database(backend: str, folder: Path) -> str:
    """The URL of an empty database; SQLite's file is `donflow.db` in the folder."""
    return postgresql.new_database() if backend == "postgresql" else _in(folder)


def copy_database(url: str, folder: Path) -> str:
    """The URL of a copy of a database to which nobody is connected."""
    if _is_postgresql(url):
        return postgresql.new_database(template=url)
    shutil.copy(make_url(url).database or "", folder / "donflow.db")
    return _in(folder)


def drop_database(url: str) -> None:
    """SQLite's file goes with its folder."""
    if _is_postgresql(url):
        postgresql.drop_database(url)


def execute(url: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Do something behind donflow's back; `?` stands for a value."""
    if _is_postgresql(url):
        statement = statement.replace("%", "%%").replace("?", "%s")
    with connected(url) as connection:
        result = connection.exec_driver_sql(statement, values)
        return [tuple(row) for row in result] if result.returns_rows else []


def harm(url: str, statement: str) -> None:
    """Do what references and triggers forbid, as the owner of a server can."""
    with connected(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(statement)


def all_rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that are made of others."""
    with connected(url) as connection:
        return {
            name: sorted(
                map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr
            )
            for name in sorted(inspect(connection).get_table_names())
            if not is_derived(name)
        }


def columns_of(url: str, table: str) -> list[str]:
    with connected(url) as connection:
        return [column["name"] for column in inspect(connection).get_columns(table)]


def unguard_journal(connection: Connection) -> None:
    """Take away the triggers by which the database itself keeps the journal."""
    if connection.dialect.name == "sqlite":
        drops = "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
    else:
        drops = (
            "SELECT format('DROP TRIGGER %%I ON %%s', tgname, tgrelid::regclass) FROM pg_trigger"
            " WHERE NOT tgisinternal"
        )
    for (drop,) in connection.exec_driver_sql(drops).all():
        connection.exec_driver_sql(drop)


def refuse(url: str, act: str, table: str, *, row: int | None = None) -> None:
    """Have the database refuse each INSERT or UPDATE of a table, or of one row in it."""
    when = f"WHEN (NEW.id = {row})" if row else ""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE TRIGGER stop BEFORE {act} ON {table} {when}"
                " BEGIN SELECT RAISE(ABORT, 'stop'); END"
            )
            return
        connection.exec_driver_sql(
            "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'stop' USING ERRCODE = '23000'; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER stop BEFORE {act} ON {table} FOR EACH ROW {when}"
            " EXECUTE FUNCTION stop()"
        )


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A transaction past donflow, committed at the end."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


def _in(folder: Path) -> str:
    return f"sqlite:///{folder / 'donflow.db'}"


def _is_postgresql(url: str) -> bool:
    return make_url(url).get_backend_name() == "postgresql"
