"""Completion: commands, options and the numbers of gifts, found by number or by donor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from donflow.cli.asking import Asked
from donflow.cli.root import root
from donflow.cli.shell import Shell
from tests.journeys.desk import Desk


def completed(desk: Desk, arguments: list[str], incomplete: str) -> list[str]:
    environment = {
        "DONFLOW_HOME": str(desk.home),
        "DONFLOW_LANG": "zh_CN",
        "DONFLOW_NOW": "2026-03-02T10:00:00+08:00",
    }
    shell = Shell.open(Asked(), environment)
    try:
        found = ShellComplete(root, {"obj": shell}, "donflow", "_DONFLOW_COMPLETE")
        return [str(item.value) for item in found.get_completions(arguments, incomplete)]
    finally:
        shell.close()


@pytest.mark.parametrize("typed", ["", "G2026", "0001", "恒源"])
def test_a_gift_is_completed_by_number_or_donor(office_at: Callable[..., Desk], typed: str) -> None:
    assert completed(office_at("intent"), ["gift", "show"], typed) == ["G2026-0001"]


def test_what_fits_nothing_completes_nothing(office_at: Callable[..., Desk]) -> None:
    assert completed(office_at("intent"), ["gift", "show"], "天文台") == []


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert completed(desk, [], "cert") == ["certificate"]
    assert "advance" in completed(desk, ["gift"], "")
    assert "--json" in completed(desk, ["gift", "show"], "--j")


def test_where_there_is_no_office_nothing_is_completed_and_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed(Desk(tmp_path), ["gift", "show"], "") == []
    assert capsys.readouterr().err == ""
