"""E04: a disk that is full or fails at any call costs nothing that was told, and is told (P5)."""

from __future__ import annotations

import errno
import itertools
import time
from collections.abc import Callable

from tests.experiments.crash_check import unfit_answers
from tests.experiments.striking import FAIL, Striker, spread, summary

FAULTS = [
    {"mode": FAIL, "fault": fault, "forever": forever}
    for forever in (0, 1)
    for fault in (errno.ENOSPC, errno.EIO, errno.EDQUOT)
]


def test_a_call_that_fails_is_told_as_it_is(
    striker: Striker, points: Callable[..., int], figures: Callable[[str, str], None]
) -> None:
    """Once or for good; the answer is true, and the next start explains what nobody knew."""
    begun = time.monotonic()
    tried = [
        (course, {**fault, "at": at})
        for (course, at), fault in zip(
            spread(striker.courses.values(), points(300, 18)), itertools.cycle(FAULTS)
        )
    ]
    reports = striker.strike(tried)
    refused = sum(code != 0 for report in reports for code, _out, _err in report.told)
    said = summary(reports, time.monotonic() - begun)
    figures("E04", f"a call failed: {said}, {refused} answers said so")
    assert refused
    assert [str(report) for report in reports if report.amiss] == []
    assert [unfit for report in reports for unfit in unfit_answers(report.told)] == []
