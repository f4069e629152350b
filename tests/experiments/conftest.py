"""How large an experiment runs, with which seed, and the figures it leaves at its end."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import FIGURE
from tests.experiments.striking import Striker
from tests.journeys.desk import Workshop
from tests.programs import needs

SHARE = 10
"""The everyday run tries one in ten of the points of the long one."""


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """SQLite, unless an experiment asks for another: `@databases.only_postgresql(…)`, or both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def long(pytestconfig: pytest.Config) -> bool:
    """Whether the run was asked for `--long`."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture
def points(long: bool) -> Callable[..., int]:
    """`points(1000)`: how many of a long run's points this run tries, at least one.

    `points(1000, 20)` where one in ten would take too long for every day.
    """

    def these(full: int, everyday: int | None = None) -> int:
        return full if long else everyday or max(1, full // SHARE)

    return these


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Fixed in the everyday run; DONFLOW_SEED names one to repeat, a long run draws its own.

    A failing test shows it.
    """
    stated = os.environ.get("DONFLOW_SEED")
    drawn = random.SystemRandom().randrange(2**32) if request.getfixturevalue("long") else 20260921
    chosen = int(stated) if stated else drawn
    request.node.add_report_section("setup", "seed", f"{chosen}: repeat with DONFLOW_SEED={chosen}")
    return chosen


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str, str], None]:
    """`figures("E01", "1000 points, 0 lost")`: a line of the table that ends the run."""
    return lambda experiment, line: record_property(FIGURE, f"{experiment}  {line}")


@pytest.fixture(scope="session")
def striker(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Striker]:
    """The eight core operations, made ready to be struck at any call."""
    if sys.platform != "linux":
        pytest.skip("the calls of Linux are counted")
    made = Striker(needs("gcc"), tmp_path_factory.mktemp("striker"))
    try:
        made.learn(workshop)
        yield made
    finally:
        made.close()
