"""What a command loads before it answers: nothing that only other commands need."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk

ANYWHERE = ("docx", "reportlab", "fontTools", "segno", "xlsxwriter", "rich", "apscheduler")
WITHOUT_DATABASE = ("sqlalchemy", "lxml", "yaml", "phonenumbers", "cryptography", "transitions")
PROGRAM = """
import os, sys
from donflow.cli import run
code = run(sys.argv[1:], os.environ)
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def loaded(desk: Desk, line: str) -> set[str]:
    """The names of all modules at the top that are loaded when the command ends."""
    environment = {"DONFLOW_HOME": str(desk.home), "DONFLOW_LANG": "zh_CN", "PYTHONUTF8": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *line.split()],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env=environment,
    )
    return set(ended.stderr.split())


@pytest.mark.parametrize("line", ["--help", "--version"])
def test_help_loads_no_database_and_no_paper(office: Desk, line: str) -> None:
    assert loaded(office, line).isdisjoint((*ANYWHERE, *WITHOUT_DATABASE, "alembic"))


@pytest.mark.parametrize("milestone", ["intent", "review"])
def test_showing_a_gift_loads_nothing_that_makes_papers(
    office_at: Callable[..., Desk], milestone: str
) -> None:
    desk = office_at(milestone)
    assert loaded(desk, "gift show 1").isdisjoint((*ANYWHERE, "alembic", "phonenumbers"))


def test_the_check_sees_what_is_loaded(office: Desk) -> None:
    assert {"sqlalchemy", "click"} <= loaded(office, "gift list")
