"""E02: what no fsync has made durable is forgotten, and nothing that was told is lost (P1, P2)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from tests.experiments.operations import OPERATIONS
from tests.experiments.striking import FORGET, Striker, spread, summary


@pytest.mark.parametrize("some", [0, 1], ids=["all", "some"])
def test_a_power_cut_at_any_call_loses_nothing_that_was_told(
    striker: Striker,
    points: Callable[..., int],
    figures: Callable[[str, str], None],
    seed: int,
    some: int,
) -> None:
    """All that was not durable is lost, or a random part of it, in files and folders alike."""
    begun = time.monotonic()
    dice = random.Random(seed)
    tried = [
        (course, {"mode": FORGET, "at": at, "some": some, "seed": dice.getrandbits(48)})
        for course, at in spread(striker.courses.values(), points(500, 20))
    ]
    assert {course.name for course, _arm in tried} == set(OPERATIONS)
    reports = striker.strike(tried)
    lost = "a random part" if some else "all"
    said = summary(reports, time.monotonic() - begun)
    figures("E02", f"power cut, {lost} of the undurable lost: {said}")
    assert any(report.acknowledged for report in reports)
    assert [str(report) for report in reports if report.amiss] == []
