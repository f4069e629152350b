"""The whole corpus read as the command reads it, held against its truth, field by field."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.reading import read_roster
from donflow.roster.reading.rows import Column, Row
from donflow.sheets.reading import read_book
from donflow.shipping import header_list

CORPUS = Path(__file__).parents[1] / "corpus"
BOOK = CORPUS / "alumni_messy.xlsx"


def test_every_person_is_a_row_and_nobody_else() -> None:
    assert set(_read()) == set(_truth())


def test_99_fields_of_100_are_exact_and_none_is_made_up(
    record_property: Callable[[str, object], None],
) -> None:
    wrong, made_up = _compared(_truth())
    total = len(_truth()) * len(Column)
    assert not made_up
    assert len(wrong) <= total // 100, wrong
    record_property("figure", f"roster corpus: {total - len(wrong)} of {total} fields exact")


def test_ambiguous_births_give_both() -> None:
    told = {ref: "|".join(row.birth_accept) for ref, row in _read().items()}
    assert told == {ref: row["birth_accept"] for ref, row in _truth().items()}


def test_what_is_left_unread_is_told() -> None:
    unread = [one.column for row in _read().values() for one in row.unread]
    assert unread == [Column.PHONE] * 5


def test_the_comparison_finds_a_wrong_and_a_made_up_field() -> None:
    truth = {ref: dict(row) for ref, row in _truth().items()}
    first, second, *_ = truth.values()
    first["name"] = "梁启舟"
    second["name"] = ""
    wrong, made_up = _compared(truth)
    assert len(wrong) == 2
    assert len(made_up) == 1


def _compared(truth: Mapping[str, Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """Fields that are not exact, and those of them that truth leaves empty."""
    wrong: list[str] = []
    made_up: list[str] = []
    for ref, row in truth.items():
        for column in Column:
            if _read()[ref].values.get(column, "") != row[column.value]:
                wrong.append(f"{ref} {column}")
                if not row[column.value]:
                    made_up.append(f"{ref} {column}")
    return wrong, made_up


@cache
def _read() -> dict[str, Row]:
    words = read_header_words(header_list())
    sheets = read_roster(read_book(BOOK.read_bytes(), BOOK.name), synonyms=words, known={})
    return {row.ref: row for sheet in sheets for row in sheet.rows}


@cache
def _truth() -> dict[str, dict[str, str]]:
    with (CORPUS / "alumni_truth.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["row_ref"]: row for row in csv.DictReader(lines)}
