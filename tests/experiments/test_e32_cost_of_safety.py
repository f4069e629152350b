"""E32: what safety costs: a transition with everything on, and the journal's share of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

import pytest
from sqlalchemy.orm import Session

from donflow.bootstrap import OpenOffice
from donflow.store import session as session_module
from donflow.store.digests import digest, row_values
from donflow.store.journal import seal_journal
from tests import databases
from tests.experiments.taking_up import open_desk, take_up
from tests.experiments.waiting_gifts import many_gifts
from tests.journeys.desk import Desk

TRANSITIONS: Final = (2_000, 80)
"""In the long run, and every day."""
SLOWEST: Final = 20.0
JOURNAL: Final = 1.0
"""Milliseconds: the 95th percentile of a transition, and what the journal may add to it."""
SHARE: Final = 0.3
"""What the journal may add to a transition of a build without one, on however busy a machine."""

Seal = Callable[[Session], str | None]


@dataclass(frozen=True)
class Cost:
    """Seconds of transitions with the journal, and of others in turn without it.

    Each as time of the processor, which another program's work hardly touches, and as waited for.
    """

    journalled: list[Times]
    bare: list[Times]

    @property
    def share(self) -> float:
        """What the journal adds, in parts of a transition without it."""
        return _median(self.journalled, "worked") / _median(self.bare, "worked") - 1

    @property
    def p95(self) -> float:
        return quantiles([times.waited for times in self.journalled], n=20)[-1] * 1000

    @property
    def journal(self) -> float:
        added = _median(self.journalled, "worked") - _median(self.bare, "worked")
        return added * 1000

    def __str__(self) -> str:
        return (
            f"{len(self.journalled)} transitions, median"
            f" {_median(self.journalled, 'waited') * 1000:.1f} ms, p95 {self.p95:.1f} ms;"
            f" the journal adds {self.share:.0%} ({self.journal:.2f} ms)"
        )


@databases.both
def test_a_transition_with_everything_on_stays_quick(
    backend: str,
    office_at: Callable[..., Desk],
    points: Callable[..., int],
    long: bool,
    figures: Callable[[str, str], None],
) -> None:
    cost = _measure(office_at("intent"), points(*TRANSITIONS), seal_journal)

    figures("E32", f"{backend}: {cost}")
    assert cost.share < SHARE, str(cost)
    if long:  # a machine that does nothing else
        assert cost.p95 < SLOWEST, str(cost)
        assert cost.journal < JOURNAL, str(cost)


def test_a_slow_journal_would_be_noticed(
    office_at: Callable[..., Desk], points: Callable[..., int]
) -> None:
    cost = _measure(office_at("intent"), points(*TRANSITIONS) // 4, _seal_slowly)

    assert cost.share > SHARE, str(cost)


@dataclass(frozen=True)
class Times:
    """What one transition took, in seconds."""

    worked: float
    waited: float


def _measure(desk: Desk, count: int, seal: Seal) -> Cost:
    """Take up `count` gifts with this journal, and after every second of them one without any."""
    total = count + count // 2
    many_gifts(desk, total + 3)
    opened = open_desk(desk)
    cost = Cost([], [])
    try:
        for number in range(1, 4):  # the first of each still compiles its statements
            _timed(opened, number, seal if number % 3 else _no_seal)
        for number in range(4, total + 4):
            kind, taken = (cost.journalled, seal) if number % 3 else (cost.bare, _no_seal)
            kind.append(_timed(opened, number, taken))
    finally:
        opened.close()
    return cost


def _timed(opened: OpenOffice, number: int, seal: Seal) -> Times:
    with _sealing(seal):
        worked, waited = time.process_time(), time.perf_counter()
        take_up(opened, number)
        return Times(time.process_time() - worked, time.perf_counter() - waited)


def _median(several: list[Times], name: str) -> float:
    return median(getattr(times, name) for times in several)


@contextmanager
def _sealing(seal: Seal) -> Iterator[None]:
    """A build whose journal is another one; the module is put back as it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session_module, "seal_journal", seal)
        yield


def _no_seal(session: Session) -> None:
    """The rows are written, and nothing is said of them."""
    session.flush()


def _seal_slowly(session: Session) -> str | None:
    """A build that reckons every digest twenty times over."""
    session.flush()
    for key, row in list(session.info["written"].items()) * 20:
        digest(key.partition(":")[0], row_values(row))
    return seal_journal(session)
