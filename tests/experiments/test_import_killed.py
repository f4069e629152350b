"""An import killed at any statement: of each sheet all or nothing, and the same command ends it.

A child process types the command and is ended by SIGKILL before or after a statement.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from xlsxwriter import Workbook

from benchmarks.generated_people import HEADERS, people
from donflow.cli import roster_import as _loaded_before_the_children_are_forked  # noqa: F401
from tests import databases
from tests.journeys.desk import Desk, Workshop

processes = multiprocessing.get_context("fork")
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")

SHEETS = {"本科": 14, "研究生": 9, "教师": 5}
LINE = "roster import 名册.xlsx --json"
COUNTED = ("constituent", "education", "employment", "contact_point", "imported_sheet")


@pytest.fixture
def source(workshop: Workshop, tmp_path: Path, backend: str) -> Iterator[Desk]:
    desk = workshop.copy("new", tmp_path / "office", backend)
    with Workbook(desk.folder / "名册.xlsx") as book:
        rows = people(sum(SHEETS.values()))
        for title, count in SHEETS.items():
            page = book.add_worksheet(title)
            page.write_row(0, 0, HEADERS)
            for place in range(1, count + 1):
                page.write_row(place, 0, next(rows))
    desk.close()
    yield desk
    desk.discard()


def in_a_child(work: Callable[[], object]) -> int:
    child = processes.Process(target=work)
    child.start()
    child.join(120)
    assert child.exitcode is not None
    return child.exitcode


def taken_in_until(desk: Desk, at: int, *, after: bool) -> None:
    """Type the command, and end by SIGKILL before or after this statement."""
    count = 0

    def strike(*_given: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, f"{'after' if after else 'before'}_cursor_execute", strike)
    desk(LINE)


def statements(desk: Desk) -> int:
    """How many statements the whole import takes; the office then has it all."""
    count = 0

    def counted(*_given: object) -> None:
        nonlocal count
        count += 1

    event.listen(Engine, "before_cursor_execute", counted)
    try:
        desk(LINE)
    finally:
        event.remove(Engine, "before_cursor_execute", counted)
    return count


def sizes(desk: Desk) -> dict[str, int]:
    rows = desk.rows()
    return {table: len(rows[table]) for table in COUNTED}


def people_of(desk: Desk, title: str) -> int:
    (found,) = desk.sql("SELECT count(*) FROM education WHERE source_ref LIKE ?", f"{title}!%")
    return int(found[0])


@databases.both
def test_an_import_killed_anywhere_has_whole_sheets_only_and_is_ended_by_the_same_command(
    source: Desk,
    workshop: Workshop,
    backend: str,
    tmp_path: Path,
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    def copy(name: str) -> Desk:
        desk = workshop.copy("new", tmp_path / name, backend)
        (desk.folder / "名册.xlsx").write_bytes((source.folder / "名册.xlsx").read_bytes())
        return desk

    unharmed = copy("unharmed")
    total, whole = statements(unharmed), sizes(unharmed)
    unharmed.discard()
    assert whole["constituent"] >= sum(SHEETS.values())
    tried = points(50, 4) if backend == "sqlite" else points(25, 2)
    chance, partly = random.Random(seed), 0
    for number in range(tried):
        desk = copy(str(number))
        desk.close()
        at, after = chance.randint(total // 3, total), chance.random() < 0.5

        died = in_a_child(lambda d=desk, a=at, b=after: taken_in_until(d, a, after=b))

        assert died == -signal.SIGKILL, (at, after)
        reached = {title: people_of(desk, title) for title in SHEETS}
        assert all(reached[title] in (0, count) for title, count in SHEETS.items()), reached
        partly += 0 < sum(reached.values()) < sum(SHEETS.values())
        desk("verify")
        answer: dict[str, Any] = desk(LINE).data
        assert {each["title"]: each["people"] for each in answer["sheets"]} == SHEETS
        assert sizes(desk) == whole
        desk("verify")
        desk.discard()
    figures("E34", f"{backend}: {tried} kills at {total} statements of an import, {partly} between"
                   " sheets, 0 sheets in part, all ended by the same command")  # fmt: skip
