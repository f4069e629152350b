"""Variants timed in turn, round by round, and the ratio that stays when the machine drifts."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median

ROUNDS = 9

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was compared, the goal, what came out, whether it is met.

    `met` is None for what is told for information only.
    """

    what: str
    goal: str
    found: str
    met: bool | None

    def __str__(self) -> str:
        word = {True: "met", False: "falls short", None: "for information"}[self.met]
        return f"| {self.what} | {self.goal} | {self.found} | {word} |"


@dataclass(frozen=True)
class Rounds:
    """Seconds of one piece of work, by variant, one entry for each round."""

    seconds: Mapping[str, list[float]]

    def ratio(self, variant: str, peer: str) -> float:
        """The median of the ratios within each round: what slowed both cancels out."""
        pairs = zip(self.seconds[variant], self.seconds[peer], strict=True)
        return median(own / other for own, other in pairs)

    def added(self, variant: str, peer: str) -> float:
        """The median of the differences within each round, in milliseconds."""
        pairs = zip(self.seconds[variant], self.seconds[peer], strict=True)
        return median(own - other for own, other in pairs) * 1000

    def ms(self, variant: str) -> str:
        return f"{median(self.seconds[variant]) * 1000:.3g} ms"


def in_turn(
    variants: Mapping[str, Work],
    *,
    times: int = 1,
    rounds: int = ROUNDS,
    clock: Clock | None = None,
) -> Rounds:
    """Each variant `times` times in every round, after a round that is not counted.

    Every other round goes backwards, so that none always runs behind the same one.
    """
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(rounds + 1):
        order = list(variants.items())
        for name, work in order if number % 2 else reversed(order):
            taken = _timed(work, times, clock or time.perf_counter)
            if number:
                seconds[name].append(taken)
    return Rounds(seconds)


Clock = Callable[[], float]


def machine() -> str:
    """The machine in general words."""
    cores = os.cpu_count()
    python = platform.python_version()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    peers = ", ".join(f"{name} {_version(name)}" for name in PEERS)
    return (
        f"{cores} cores ({platform.machine()}), {platform.system()}, Python {python},"
        f" SQLite {sqlite3.sqlite_version}; load at the end {load}; {peers}."
    )


PEERS = ("SQLAlchemy", "psycopg", "Django", "django-fsm-2", "docxtpl", "reportlab")


def missing(package: str, what: str, goal: str) -> Figure:
    """The line of a comparison whose peer is not installed."""
    return Figure(what, goal, f"{package} is not installed (benchmarks/requirements.txt)", None)


def _timed(work: Work, times: int, clock: Clock) -> float:
    started = clock()
    for _ in range(times):
        work()
    return (clock() - started) / times


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
