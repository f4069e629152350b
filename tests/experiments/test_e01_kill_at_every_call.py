"""E01: killed at any call that changes a file, donflow loses nothing that it told (P1, P2, P24)."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.experiments.operations import OPERATIONS
from tests.experiments.striking import KILL, Striker, spread, summary

EVERY_CALL = 1_200
"""The eight operations make fewer; the long run tries them all."""


def test_whoever_is_killed_at_any_call_starts_again_with_what_was_told(
    striker: Striker, points: Callable[..., int], figures: Callable[[str, str], None]
) -> None:
    begun = time.monotonic()
    tried = spread(striker.courses.values(), points(EVERY_CALL, 32))
    reports = striker.strike([(course, {"mode": KILL, "at": at}) for course, at in tried])
    figures("E01", f"killed at {summary(reports, time.monotonic() - begun)}")
    assert {course.name for course, _at in tried} == set(OPERATIONS)
    assert any(report.acknowledged for report in reports)
    assert [str(report) for report in reports if report.amiss] == []
