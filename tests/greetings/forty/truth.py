"""The table of forty: people.yaml and the letters that an author who read no code expects of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from donflow.domain.occasions import read_occasions
from donflow.shipping import occasion_list

FOLDER = Path(__file__).parent

Key = tuple[int, str, date]
"""Whom a letter is for, on which occasion, on which day."""


@dataclass(frozen=True)
class Row:
    """What comes of one letter; a silent one has neither channel nor salutation."""

    due_at: datetime
    outcome: str
    reason: str
    channel: str
    salutation: str
    by_hand: str


@cache
def people() -> dict[str, Any]:
    """The office, its people and the events of the year."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "people.yaml").read_text("utf-8"))
    return found


def by_hand(channel: str) -> str:
    """Whether a person hands over what goes this way, as the tables say it."""
    return "yes" if channel in ("wechat", "paper") else "no"


def expected(name: str) -> dict[Key, Row]:
    """The rows of a table by what they are about."""
    return dict(_rows(name))


def _rows(name: str) -> Iterator[tuple[Key, Row]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            occasion = code_of(line["occasion"])
            key = int(line["person"]), occasion, date.fromisoformat(line["on_day"])
            due = datetime.fromisoformat(line["due_at"])
            told = (line[each] for each in ("outcome", "reason", "channel", "salutation"))
            yield key, Row(due, *told, by_hand=line["by_hand"])


@cache
def _codes() -> dict[str, str]:
    return {occasion.zh: code for code, occasion in read_occasions(occasion_list()).items()}


def code_of(occasion: str) -> str:
    """The code of an occasion by its code or its Chinese name."""
    return _codes().get(occasion, occasion)


@dataclass(frozen=True)
class Argued:
    """Where the table is held to be wrong, with the reasons in rules_open.md."""

    none: frozenset[tuple[int, str]]
    """Whom the table has silent, and of whom nothing is planned at all."""
    salutations: Mapping[int, str]

    def applied(self, table: Mapping[Key, Row]) -> dict[Key, Row]:
        """The table with what is argued in place of what stands there; each must hang on a row."""
        left = {key: row for key, row in table.items() if (key[0], key[1]) not in self.none}
        assert len(table) - len(left) in (0, len(self.none))
        return {
            key: replace(row, salutation=self.salutations.get(key[0], row.salutation))
            for key, row in left.items()
        }


ARGUED = Argued(
    frozenset({(18, "dragon_boat"), (18, "dongzhi"), (28, "dragon_boat"), (28, "dongzhi")}),
    {40: "各位校友"},
)
