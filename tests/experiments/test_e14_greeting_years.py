"""E14: years of disturbed clocks, downtime and moving people plan and end what the oracle says."""

from __future__ import annotations

import ast
import inspect
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from donflow.bootstrap import import_tables
from donflow.greetings import laid_out, planning
from donflow.greetings.occurrences import Occurrence, occurrences_of
from donflow.store.session import Store
from tests.experiments import greeting_oracle
from tests.experiments.disturbances import DAY, DISTURBANCES, Disturbance
from tests.experiments.greeting_years import Years, lent_hands
from tests.greetings.planned_office import planning_office

import_tables()

FIRST = date(2011, 12, 20)
LONG, EVERYDAY = (120, date(2021, 12, 20), 36), (10, date(2012, 3, 5), 6)
"""People, last day, disturbances; both see a 29 February, and the day that Apia left out.

The long one takes ten to twenty minutes.
"""


def test_years_of_disturbances_end_as_a_plain_loop_over_people_says(
    empty_store: Store,
    tmp_path: Path,
    long: bool,
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    begun = time.monotonic()
    people, last, count = LONG if long else EVERYDAY
    disturbances = DISTURBANCES if long else random.Random(seed).sample(DISTURBANCES, count)
    years = Years(planning_office(empty_store, tmp_path), seed, people, FIRST, last)
    with lent_hands(years):
        years.live(tuple(disturbances), timedelta(days=2) if long else timedelta(days=5))
    years.compare()
    ends = Counter(reason or state for state, reason in years.oracle.facts().values())
    shown = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    figures(
        "E14",
        f"{count} disturbances, {years.ticks} ticks ({years.braked} braked),"
        f" {years.approved} batches approved, letters:"
        f" {shown} ({time.monotonic() - begun:.0f} s)",
    )
    assert len(DISTURBANCES) == 36
    assert {"sent", "late"} <= ends.keys()
    if long:
        assert {"late", "merged", "deceased", "opted_out", "just_greeted"} <= ends.keys()


def test_the_oracle_knows_nothing_of_donflow() -> None:
    nodes = list(ast.walk(ast.parse(inspect.getsource(greeting_oracle))))
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    assert not [name for name in imported if str(name).startswith(("donflow", "tests"))]


def forgetting_downtime(*given: Any, today: date, **more: Any) -> list[Occurrence]:
    return [each for each in occurrences_of(*given, today=today, **more) if each.on >= today]


def on_utc_days(day: date, hour: int, _zone: object) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [(planning, "occurrences_of", forgetting_downtime), (laid_out, "due_at", on_utc_days)],
)
def test_a_planner_that_forgets_downtime_or_plans_on_utc_days_is_found_out(
    empty_store: Store,
    tmp_path: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    wrong: Callable[..., Any],
) -> None:
    monkeypatch.setattr(module, name, wrong)
    years = Years(planning_office(empty_store, tmp_path), seed, 8, FIRST, date(2012, 2, 1))
    with lent_hands(years), pytest.raises(AssertionError, match=r"letters \(donflow, oracle\)"):
        stood_still(years)


def stood_still(years: Years) -> None:
    """Forty days without the machine, as the oracle sees them."""
    years.live((Disturbance("down", lasts=40 * DAY),), timedelta(days=9))
    years.compare()
