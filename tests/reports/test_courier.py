"""The courier's sheet as it comes back: numbers by letter, and what cannot be believed."""

from __future__ import annotations

import pytest

from donflow.reports.courier import NotCouriers, WrongInSheet, tracking_in
from donflow.sheets.reading import Book, Cell, Sheet

HEAD = ["序号", "编号", "收件人", "运单号"]


def book(*rows: list[Cell]) -> Book:
    return Book("回单.xlsx", (Sheet("回单", _source=rows),))  # type: ignore[arg-type]


def test_numbers_are_taken_by_letter_and_the_rest_is_told() -> None:
    told = book(
        ["快递公司导出", "", "", ""],
        HEAD,
        [1.0, 5.0, "甲", " sf 1234567890 "],
        [2.0, 3.0, "乙", ""],
        ["", "", "", ""],
        [3.0, "7", "丙", 75312345678901.0],
    )
    assert tracking_in(told) == ({5: "SF1234567890", 7: "75312345678901"}, (3,))


@pytest.mark.parametrize(
    "row",
    [
        [1, "甲", "", "SF1234567890"],
        [1, 5, "", 1234567890123456.0],
        [1, 5, "", "=cmd|'/C calc'!A0"],
        [1, 5, "", "SF1"],
        [1, 9.0, "", "SF1234567890"],
    ],
)
def test_every_row_that_cannot_be_believed_is_told(row: list[Cell]) -> None:
    first: list[Cell] = [1, 9, "", "SF0000000000"]
    with pytest.raises(WrongInSheet) as refused:
        tracking_in(book(HEAD, first, row, ["", "乙", "", "SF1234567890"]))
    assert len(refused.value.told) == 2


def test_a_sheet_without_the_headings_is_refused() -> None:
    with pytest.raises(NotCouriers):
        tracking_in(book(["收件人", "电话"], ["甲", "乙"]))
