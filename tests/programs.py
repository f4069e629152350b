"""Programs that some tests need beside Python: skipped without them, unless a run demands them."""

import os
import shutil

import pytest


def needs(program: str) -> str:
    """The path of a program such as `soffice`; skips the test where it is not installed.

    A run that names it in DONFLOW_REQUIRE (comma-separated) fails instead: there, a skipped test
    would pass for a checked one.
    """
    path = shutil.which(program)
    if path is not None:
        return path
    if program in os.environ.get("DONFLOW_REQUIRE", "").split(","):
        pytest.fail(f"{program} is not installed, and DONFLOW_REQUIRE demands it")
    pytest.skip(f"{program} is not installed")
