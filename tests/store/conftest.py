"""A store with the tables of an office; and one with a row in every table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from donflow.store.journal import record
from donflow.store.session import Store, close_store, open_store, unit_of_work
from tests import databases
from tests.store.one_of_each import GIFT, NOW, PERSON, add_one_of_each


@pytest.fixture(scope="session")
def full_database(
    backend: str,
    empty_databases: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """One row in every table; three events of gift 1, two of person 1, in turn."""
    url = databases.copy_database(empty_databases(backend), tmp_path_factory.mktemp("full"))
    store = open_store(url)
    with unit_of_work(store) as session:
        add_one_of_each(session)
    for subject in (PERSON, GIFT, PERSON, GIFT):
        with unit_of_work(store) as session:
            record(session, subject, "looked_at", actor=None, now=NOW, detail={"times": 1})
    close_store(store)
    yield url
    databases.drop_database(url)


@pytest.fixture
def store(empty_store: Store) -> Store:
    return empty_store


@pytest.fixture(scope="session")
def full_store(full_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """For tests that roll back what they change."""
    url = databases.copy_database(full_database, tmp_path_factory.mktemp("full"))
    store = open_store(url)
    yield store
    close_store(store)
    databases.drop_database(url)
