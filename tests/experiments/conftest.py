"""How large an experiment runs, with which seed, and the figures it leaves at its end."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

FIGURES = pytest.StashKey[list[tuple[str, str]]]()
SHARE = 10
"""The everyday run tries one in ten of the points of the long one."""


@pytest.fixture
def long(pytestconfig: pytest.Config) -> bool:
    """Whether the run was asked for `--long`."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture
def points(long: bool) -> Callable[[int], int]:
    """`points(1000)`: how many of a long run's points this run tries, at least one."""
    return lambda full: full if long else max(1, full // SHARE)


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
def figures(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """`figures("E01", "1000 points, 0 lost")`: a line of the table that ends the run."""
    lines = pytestconfig.stash.setdefault(FIGURES, [])
    return lambda experiment, line: lines.append((experiment, line))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    lines = config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("figures of the experiments")
        for experiment, line in sorted(lines):
            terminalreporter.line(f"{experiment}  {line}")
