"""Three offices' lists held against their truths: every person, no field made up, few inexact."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from donflow.roster.reading.header_words import read_header_words
from donflow.roster.reading.reading import read_roster
from donflow.roster.reading.rows import Column, SheetReading
from donflow.sheets.reading import read_book
from donflow.shipping import header_list

ROSTERS = Path(__file__).parents[1]
INEXACT = {
    "corpus/alumni_messy.xlsx": 0,
    "second/second.xlsx": 0,
    "second/second_old.xls": 0,
    "second/second_plain.csv": 0,
    # A landline of seven digits whose area has eight: it cannot be dialled.
    "third/third.xlsx": 2,
}
"""How many fields of each list may differ from its truth."""


@pytest.mark.parametrize("name", INEXACT)
def test_everybody_is_found_and_nobody_else(name: str) -> None:
    assert set(_read(name)) == set(_truth(name))


@pytest.mark.parametrize("name", INEXACT)
def test_nothing_is_made_up_and_hardly_a_field_differs(name: str) -> None:
    told, truth = _read(name), _truth(name)
    differing = [
        (place, column, row[column], told[place].get(column, ""))
        for place, row in truth.items()
        for column in (*map(str, Column), "birth_accept")
        if set(row[column].split("|")) != set(told[place].get(column, "").split("|"))
    ]
    assert not [one for one in differing if one[3] and not one[2]]
    assert len(differing) <= INEXACT[name], differing


@pytest.mark.parametrize("name", INEXACT)
def test_no_header_has_to_be_asked_about(name: str) -> None:
    assert not [
        (sheet.title, guess.header)
        for sheet in _sheets(name)
        for guess in sheet.columns
        if not guess.sure
    ]


@cache
def _sheets(name: str) -> tuple[SheetReading, ...]:
    file = ROSTERS / name
    words = read_header_words(header_list())
    return read_roster(read_book(file.read_bytes(), file.name), synonyms=words, known={})


@cache
def _read(name: str) -> dict[str, dict[str, str]]:
    return {
        _place(row.ref, name): {
            **{str(column): value for column, value in row.values.items()},
            "birth_accept": "|".join(row.birth_accept),
        }
        for sheet in _sheets(name)
        for row in sheet.rows
    }


@cache
def _truth(name: str) -> dict[str, dict[str, str]]:
    file = ROSTERS / name
    truth = file.with_name(f"{file.stem.removesuffix('_messy')}_truth.csv")
    with truth.open(encoding="utf-8-sig", newline="") as lines:
        return {_place(row["row_ref"], name): row for row in csv.DictReader(lines)}


def _place(ref: str, name: str) -> str:
    """Separated text has no sheets: what stands before its row says nothing."""
    return ref.partition("!")[2] if name.endswith(".csv") else ref
