"""The demo tells its tale by its own command lines, leaves its papers, and touches no home."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Answer, Desk

SECONDS = 15.0
"""Of the processor: what else the machine does meanwhile is not the demo's."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(folder: Path) -> tuple[Answer, float]:
    """The demo, run once for all tests of this module."""
    desk = Desk(folder)
    started = time.process_time()
    answer = desk(f"demo --no-serve --home {desk.home}", code=None)
    return answer, time.process_time() - started


@pytest.fixture
def desk(folder: Path, told: tuple[Answer, float]) -> Iterator[Desk]:
    desk = Desk(folder, day="2026-06-08")
    yield desk
    desk.close()


def test_the_demo_ends_well_and_soon(told: tuple[Answer, float]) -> None:
    answer, seconds = told
    assert answer.code == 0, answer.err
    assert seconds < SECONDS


def test_it_prints_the_lines_that_it_runs(told: tuple[Answer, float]) -> None:
    lines = [line for line in told[0].out.splitlines() if line.startswith("$ donflow ")]
    for command in ("init", "gift new", "review approve", "certificate print", "verify"):
        assert any(line.startswith(f"$ donflow {command}") for line in lines), command
    assert len(lines) > 60


def test_its_gift_is_in_stewardship_and_the_office_is_clean(desk: Desk) -> None:
    assert desk.gift()["stage"] == "steward"
    assert desk("verify --json").data["findings"] == []


def test_it_leaves_the_papers_in_a_folder(desk: Desk) -> None:
    names = sorted(path.name for path in (desk.home / "papers").rglob("*") if path.is_file())
    for start in ("捐赠协议", "付款提示", "流转单", "捐赠证书", "鸣谢函"):
        assert any(name.startswith(start) for name in names), (start, names)
    assert all(path.stat().st_size for path in (desk.home / "papers").rglob("*.*"))


def test_today_and_the_board_can_be_looked_at(desk: Desk) -> None:
    assert desk("today").out
    columns = desk("gift board --json").data
    gifts = [gift["number"] for column in columns for gift in column["gifts"]]
    assert "G2026-0001" in gifts


def test_it_does_not_touch_a_home_that_exists(desk: Desk) -> None:
    before = desk.database.read_bytes()
    answer = desk(f"demo --home {desk.home}", code=2)
    assert str(desk.home) in answer.err
    assert len(answer.err.splitlines()) == 2
    assert desk.database.read_bytes() == before
