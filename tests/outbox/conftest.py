"""A database with a user, and a home beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from donflow.store.session import Store
from tests.outbox.letters import Post, add_user


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both: what stands in files and tables is the same."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def store(empty_store: Store) -> Store:
    add_user(empty_store)
    return empty_store


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path)
