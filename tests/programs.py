"""Programs that some tests need beside Python: skipped without them, unless a run demands them."""

import os
import shutil
from pathlib import Path

import pytest


def needs(program: str, *folders: Path) -> str:
    """The path of a program such as `soffice`; skips the test where it is not installed.

    It is looked for on PATH and in the folders, which some systems leave out of it.

    A run that names it in DONFLOW_REQUIRE (comma-separated) fails instead: there, a skipped test
    would pass for a checked one.
    """
    path = next(filter(None, (shutil.which(program, path=p) for p in (None, *folders))), None)
    if path is not None:
        return path
    if program in os.environ.get("DONFLOW_REQUIRE", "").split(","):
        pytest.fail(f"{program} is not installed, and DONFLOW_REQUIRE demands it")
    pytest.skip(f"{program} is not installed")
