"""Laws and house rules as dated data, each with its source (`rules/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from donflow.precheck.rulebook_data import Format, Repealed, RuleBook, Word, WrongRules
from donflow.precheck.rulebook_reading import read_book

__all__ = ["Format", "Repealed", "RuleBook", "Word", "WrongRules", "load"]


def load(texts: Mapping[str, str], *, on: date) -> RuleBook:
    """The rules in force on a day, from the texts of `rules/*.yaml` by file name.

    Raises WrongRules with every mistake of every file.
    """
    return read_book(texts, on)
