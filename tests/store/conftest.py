"""A database made by the migrations, as an office has it; and one with a row in every table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from donflow.store.journal import record
from donflow.store.session import Store, close_store, open_store, unit_of_work
from donflow.store.upgrade import upgrade
from tests.store.one_of_each import GIFT, NOW, PERSON, add_one_of_each


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "donflow.db"
    store = open_store(f"sqlite:///{path}")
    upgrade(store)
    close_store(store)
    return path


@pytest.fixture(scope="session")
def full_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One row in every table; three events of gift 1, two of person 1, in turn."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("full") / "donflow.db"))
    store = open_store(f"sqlite:///{path}")
    with unit_of_work(store) as session:
        add_one_of_each(session)
    for subject in (PERSON, GIFT, PERSON, GIFT):
        with unit_of_work(store) as session:
            record(session, subject, "looked_at", actor=None, now=NOW, detail={"times": 1})
    close_store(store)
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "donflow.db"))


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{database}")
    yield store
    close_store(store)


@pytest.fixture(scope="session")
def full_store(full_database: Path) -> Iterator[Store]:
    """For tests that roll back what they change."""
    store = open_store(f"sqlite:///{full_database}")
    yield store
    close_store(store)
