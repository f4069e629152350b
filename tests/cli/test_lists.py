"""Each list can be had as JSON and as an Excel file, and both say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.commands import all_commands
from tests.journeys.desk import Desk, Workshop
from tests.precheck.signed import text_of

OWN = ("gift", "agreement", "review", "original", "payment", "receipt", "certificate", "paper")
OF_A_GIFT = (*OWN, "parcel", "journal")
COMMANDS = all_commands()
LISTS = sorted(
    path
    for path, command in COMMANDS.items()
    if any("--xlsx" in parameter.opts for parameter in command.params)
    and path != "precheck"  # its JSON is one record (test_fixed_forms.py)
)
PAPER = "来稿.txt"


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("delivered", tmp_path_factory.mktemp("lists") / "office")
    desk("user add qian 钱财务 --role finance")
    desk("chapter new 陕西校友分会 --type regional --city 西安")
    desk("chapter council 1 --no 1 --elected-on 2025-05-18")
    desk("chapter seat 1 chair 1")
    (desk.folder / PAPER).write_text(text_of(), "utf-8")
    yield desk
    desk.close()


def line_of(path: str) -> str:
    takes = {parameter.name for parameter in COMMANDS[path].params}
    return (
        f"{path} 1"
        if takes & {"gift", "chapter", "who"}
        else f"{path} {PAPER}"
        if "file" in takes
        else f"{path} 梁启舟"
        if "words" in takes
        else f"{path} 2027"
        if path == "calendar year"
        else path
    )


def test_there_are_lists() -> None:
    assert len(LISTS) >= 15


@pytest.mark.parametrize("path", LISTS)
def test_a_list_as_json_is_a_list_with_snake_case_keys(desk: Desk, path: str) -> None:
    data = desk(f"{line_of(path)} --json").data
    assert isinstance(data, list)
    keys = {key for row in data for key in row}
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []
    assert len({frozenset(row) for row in data}) <= 1


@pytest.mark.parametrize("path", LISTS)
def test_a_list_in_excel_says_what_the_table_says(desk: Desk, path: str) -> None:
    rows = desk(f"{line_of(path)} --json").data
    file = desk.folder / "清单.xlsx"
    file.unlink(missing_ok=True)
    desk(f"{line_of(path)} --xlsx 清单.xlsx")
    (sheet,) = CalamineWorkbook.from_path(str(file)).sheet_names
    cells = CalamineWorkbook.from_path(str(file)).get_sheet_by_name(sheet).to_python()
    headings, *body = [row for row in cells if any(cell != "" for cell in row)]
    assert len(body) == len(rows)
    assert all(re.search(r"[\u4e00-\u9fff]", str(heading)) for heading in headings), headings
    for shown, row in zip(body, rows, strict=True):
        values = {_plain(value) for value in row.values()}
        money = [cell for cell in shown if isinstance(cell, float) and cell >= 1000]
        assert {f"{cell:.2f}" for cell in money} <= values


def test_amounts_and_days_stay_amounts_and_days_in_excel(desk: Desk) -> None:
    desk("payment list 1 --xlsx 到账.xlsx")
    book = CalamineWorkbook.from_path(str(desk.folder / "到账.xlsx"))
    _headings, row = book.get_sheet_by_index(0).to_python()
    assert 500000.0 in row
    assert date(2026, 5, 20) in [
        cell.date() if isinstance(cell, datetime) else cell for cell in row
    ]


def test_an_excel_file_that_cannot_be_written_is_told(desk: Desk) -> None:
    answer = desk("gift list --xlsx 没有这个文件夹/清单.xlsx", code=2)
    assert "清单.xlsx" in answer.err


def _plain(value: Any) -> str:
    return str(value["amount"]) if isinstance(value, dict) and "amount" in value else str(value)
