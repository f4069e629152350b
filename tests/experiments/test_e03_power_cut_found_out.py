"""E03: builds that keep less on disk than they tell must be found out by the power cuts of E02."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.experiments.striking import FORGET, Striker, spread

BROKEN = {
    "WAL NORMAL": "stored",
    "DELETE OFF": "stored",
    "no folder fsync": "the next command",
}
"""What each weaker build does (see workload.py), and a word of what must be found."""

AFTER_ALL = 10_000


@pytest.mark.parametrize("weakness", BROKEN)
def test_a_build_that_forgets_is_found_out(
    striker: Striker,
    points: Callable[[int], int],
    figures: Callable[[str, str], None],
    weakness: str,
) -> None:
    wanted = points(40)
    # Where it shows most: just after the last answer, however many calls this build makes.
    last = [(course, AFTER_ALL) for course in striker.courses.values()]
    tried = (last + spread(striker.courses.values(), wanted))[:wanted]
    reports = striker.strike(
        [(course, {"mode": FORGET, "at": at}) for course, at in tried], weak=[weakness]
    )
    lost = [report for report in reports if report.amiss]
    figures("E03", f"{weakness}: losses found at {len(lost)} of {len(reports)} points, as must be")
    assert any(BROKEN[weakness] in found for report in lost for found in report.found)
