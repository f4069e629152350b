"""What every test may rely on: no network, no settings of the machine, a fixed now, an office."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import Desk, Workshop

LOOPBACK = ("127.", "::1", "localhost")
KEPT = ("DONFLOW_REQUIRE", "DONFLOW_SEED", "DONFLOW_TEST_POSTGRESQL")
LANGUAGE_VARIABLES = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "XDG_DATA_HOME")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run every experiment in full")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own donflow or language reaches a test, nor leaves one."""
    for name in os.environ:
        if name.startswith(("DONFLOW_", "_DONFLOW_")) and name not in KEPT:
            monkeypatch.delenv(name)
    for name in LANGUAGE_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach for the network fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and not str(host).startswith(LOOPBACK):
            pytest.fail(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def now() -> datetime:
    """Noon in the office, on a Monday."""
    return datetime(2026, 9, 21, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """Makes offices as they stand at any milestone of the tale; each is lived through once."""
    built = Workshop(tmp_path_factory.mktemp("workshop"))
    yield built
    built.close()


@pytest.fixture
def office_at(workshop: Workshop, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """`office_at("review")`: an office of one's own whose gift 1 stands at that milestone."""
    opened: list[Desk] = []

    def take(milestone: str, *, shared: bool = False) -> Desk:
        desk = workshop.copy(milestone, tmp_path / f"office{len(opened)}", shared=shared)
        opened.append(desk)
        return desk

    yield take
    for desk in opened:
        desk.close()


@pytest.fixture
def office(office_at: Callable[..., Desk]) -> Desk:
    """A fresh office for exercise, in which nothing has happened yet."""
    return office_at("new")
