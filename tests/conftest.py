"""What every test may rely on: no network, no settings of the machine, a fixed now, an office."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from donflow.store.session import Store, close_store, open_store
from donflow.store.upgrade import upgrade
from tests import databases
from tests.journeys.desk import Desk, Workshop

LOOPBACK = ("127.", "::1", "localhost")
FIGURE = "figure"
"""The property of a test's report that holds a line of figures."""
ABOUT_THE_DATABASE = (
    "journeys/test_after_a_crash.py",
    "journeys/test_backup_and_restore.py",
    "journeys/test_chapters.py",
    "journeys/test_erasing.py",
    "journeys/test_gift_to_closure.py",
    "journeys/test_office_on_a_server.py",
    "journeys/test_roster_import.py",
    "journeys/test_truth_after_an_error.py",
    "journeys/test_two_at_once.py",
    "journeys/test_verify.py",
)
"""Journeys that run on both every day; the others run on PostgreSQL with `--long`, or when it is
asked for alone (`--database postgresql`)."""
SLOW = (
    "agreements/",
    "experiments/",
    "intake/",
    "journeys/",
    "lifecycle/",
    "precheck/test_pieces.py",
    "precheck/test_table.py",
    "store/",
    "test_catalogue.py",
    "test_chinese.py",
    "test_documentation.py",
    "test_run.py",
    "test_stage_names.py",
    "word/",
)
"""What takes long without saying so by a fixture; the beginnings of paths."""
KEPT = ("DONFLOW_REQUIRE", "DONFLOW_SEED", "DONFLOW_TEST_POSTGRESQL")
LANGUAGE_VARIABLES = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "XDG_DATA_HOME")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run every experiment in full")
    parser.addoption(
        "--quick",
        action="store_true",
        help="run in a minute what opens no office or database",
    )
    parser.addoption(
        "--database",
        choices=(*databases.BACKENDS, "both"),
        default="both",
        help="run what touches the store on this database only",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests on a database that was not asked for, and the slow ones of `--quick`."""
    chosen, quick = config.getoption("--database"), config.getoption("--quick")
    daily = chosen == "both" and not config.getoption("--long")
    left = [
        item
        for item in items
        if (chosen != "both" and _backend_of(item) not in (None, chosen))
        or (quick and _is_slow(item))
        or (daily and _asks_the_server_again(item))
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        out = set(left)
        items[:] = [item for item in items if item not in out]


def _asks_the_server_again(item: pytest.Item) -> bool:
    """Whether it is a journey about something else than the database, on the second of them."""
    place = _place_of(item)
    return (
        place.startswith("journeys/")
        and _backend_of(item) == "postgresql"
        and not place.startswith(ABOUT_THE_DATABASE)
    )


def _place_of(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).as_posix()


def _is_slow(item: pytest.Item) -> bool:
    """Whether it opens an office or a database, or stands among tests that take long."""
    opened = {"backend", "workshop", "desk", "office"} & set(getattr(item, "fixturenames", ()))
    return bool(opened) or _place_of(item).startswith(SLOW)


def _backend_of(item: pytest.Item) -> object:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("backend") if callspec else None


@pytest.fixture(scope="session", params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The database a test runs on: each such test runs twice (see tests/databases.py)."""
    return str(request.param)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that experiments left, also those of other processes."""
    lines = [
        str(value)
        for report in (
            *terminalreporter.getreports("passed"),
            *terminalreporter.getreports("failed"),
        )
        for name, value in report.user_properties
        if name == FIGURE
    ]
    if lines:
        terminalreporter.section("figures of the experiments")
        for line in sorted(lines):
            terminalreporter.line(line)


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
def empty_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """By backend: the URL of a database with donflow's tables, as the migrations make them."""
    made: dict[str, str] = {}

    def of(backend: str) -> str:
        if backend not in made:
            made[backend] = databases.new_database(backend, tmp_path_factory.mktemp("empty"))
            store = open_store(made[backend])
            upgrade(store)
            close_store(store)
        return made[backend]

    yield of
    for url in made.values():
        databases.drop_database(url)


@pytest.fixture
def empty_database(backend: str, empty_databases: Callable[[str], str]) -> str:
    """That of the test's own backend, to be copied; folders differ in which that is."""
    return empty_databases(backend)


@pytest.fixture
def database(empty_database: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a test's own database, with tables and nothing in them."""
    url = databases.copy_database(empty_database, tmp_path)
    yield url
    databases.drop_database(url)


@pytest.fixture
def empty_store(database: str) -> Iterator[Store]:
    """That database, opened."""
    store = open_store(database)
    yield store
    close_store(store)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """Makes offices as they stand at any milestone of the tale; each is lived through once."""
    built = Workshop(tmp_path_factory.mktemp("workshop"))
    yield built
    built.close()


@pytest.fixture
def office_at(workshop: Workshop, backend: str, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """`office_at("review")`: an office of one's own whose gift 1 stands at that milestone."""
    opened: list[Desk] = []

    def take(milestone: str, *, shared: bool = False) -> Desk:
        folder = tmp_path / f"office{len(opened)}"
        desk = workshop.copy(milestone, folder, backend, shared=shared)
        opened.append(desk)
        return desk

    yield take
    for desk in opened:
        desk.discard()


@pytest.fixture
def office(office_at: Callable[..., Desk]) -> Desk:
    """A fresh office for exercise, in which nothing has happened yet."""
    return office_at("new")
