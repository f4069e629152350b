"""The command line's own tests ask of words and forms, which no database changes: one is enough."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "sqlite"))
