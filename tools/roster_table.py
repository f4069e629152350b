"""Holds the reading of rosters against lists whose truth is known, and prints the table.

`python -m tools.roster_table [FILE TRUTH.csv …] [--show N]`; without files, those under
tests/roster. Each file is read by `donflow roster import FILE --dry-run --json`, without a home.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from donflow.cli import run

Truth = Mapping[str, str]  # one line of a truth file

FIELDS: Final = (
    *("name", "gender", "ethnicity", "birth", "birth_accept", "student_no"),
    *("enrol_year", "grad_year", "degree", "major", "class_no", "employer", "job_title"),
    *("city", "province", "phone", "email", "wechat", "status"),
)
LISTS: Final = (
    ("tests/roster/corpus/alumni_messy.xlsx", "tests/roster/corpus/alumni_truth.csv"),
    ("tests/roster/second/second.xlsx", "tests/roster/second/second_truth.csv"),
    ("tests/roster/second/second_old.xls", "tests/roster/second/second_old_truth.csv"),
    ("tests/roster/second/second_plain.csv", "tests/roster/second/second_plain_truth.csv"),
    ("tests/roster/third/third.xlsx", "tests/roster/third/third_truth.csv"),
)
_SEVERAL: Final = {"phone", "birth_accept"}  # several values parted by |, in any order
_OUTCOMES: Final = ("right", "wrong", "missing", "invented", "empty")


@dataclass
class Score:
    """What one list, or many, came to."""

    rows: Counter[str] = field(default_factory=Counter)  # found, missed, invented
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)  # (field, outcome)
    pairs: Counter[str] = field(default_factory=Counter)  # see `_score_pairs`
    kinds: Counter[bool] = field(default_factory=Counter)
    proposals: int = 0
    unsure: int = 0
    differences: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.rows += other.rows
        self.fields += other.fields
        self.pairs += other.pairs
        self.kinds += other.kinds
        self.proposals += other.proposals
        self.unsure += other.unsure
        self.differences += other.differences
        return self

    def outcome(self, name: str) -> int:
        """How many fields came out that way, over all columns."""
        return sum(count for (_, outcome), count in self.fields.items() if outcome == name)

    def share_exact(self) -> float:
        """Fields that equal the truth, both empty or both told, of all fields."""
        return _share(self.outcome("right") + self.outcome("empty"), self.fields.total())

    def share_of_told(self) -> float:
        """Fields read exactly, of those the truth tells."""
        told = self.fields.total() - self.outcome("empty") - self.outcome("invented")
        return _share(self.outcome("right"), told)

    def true_pairs(self) -> int:
        return self.pairs["joined"] + self.pairs["proposed"] + self.pairs["missed"]

    def share_of_pairs(self) -> float:
        """True pairs joined or proposed, of all true pairs."""
        return _share(self.true_pairs() - self.pairs["missed"], self.true_pairs())

    def confirmations(self) -> float:
        """Questions to a person, per 1,000 rows of the truth."""
        rows = self.rows["found"] + self.rows["missed"]
        return 1000 * (self.proposals + self.unsure) / rows if rows else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Print a table for each list, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="FILE TRUTH.csv, in turns")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the first N differences")
    given = parser.parse_args(arguments)
    if len(given.files) % 2:
        parser.error("Each file needs its truth after it.")
    lists = list(zip(given.files[::2], given.files[1::2], strict=True)) or [
        (Path(file), Path(truth)) for file, truth in LISTS if Path(file).is_file()
    ]
    total = Score()
    for file, truth in lists:
        score = score_of(read_truth(truth), answer_to(file))
        total += score
        _print(str(file), score, given.show)
    if len(lists) > 1:
        _print("all", total, 0)
    return 0


def read_truth(path: Path) -> list[Truth]:
    """The lines of a truth file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def answer_to(file: Path) -> Any:
    """What `roster import` tells of a file, as JSON; RuntimeError when it refuses."""
    said = io.StringIO()
    environment = {name: value for name, value in os.environ.items() if "DONFLOW" not in name}
    with redirect_stdout(said):
        code = run(["roster", "import", str(file), "--dry-run", "--json"], environment)
    if code:
        raise RuntimeError(f"roster import {file} ended with {code}")
    return json.loads(said.getvalue())


def score_of(truth: Sequence[Truth], answer: Any) -> Score:
    """Compare what was read with the truth, row by row, field by field, pair by pair."""
    score = Score()
    told = {line["row_ref"]: line for line in truth}
    one_table = len({_sheet(ref) for ref in told}) == 1
    by_row = {_row(ref): ref for ref in told} if one_table else {}

    def truth_ref(ref: str) -> str:
        """The truth's name of a row: a list of one table may call its sheet otherwise."""
        return ref if ref in told else by_row.get(_row(ref), ref)

    read = {truth_ref(row["row_ref"]): row for row in answer["rows"]}
    score.rows["invented"] = len(read.keys() - told.keys())
    score.rows["invented"] += len(answer["rows"]) - len(read)
    for ref in read.keys() - told.keys():
        score.differences.append(f"{ref}: no person, read {read[ref]['name']!r}")
    for ref, line in told.items():
        score.rows["found" if ref in read else "missed"] += 1
        if ref not in read:
            score.differences.append(f"{ref}: {line['name']} missed")
        _score_fields(score, line, read.get(ref, {}))
    groups = [
        ([(truth_ref(row["row_ref"]), row["kind"]) for row in group["rows"]], group["state"])
        for group in answer["groups"]
    ]
    _score_pairs(score, told, groups)
    score.proposals = sum(state == "proposed" for _, state in groups)
    score.unsure = sum(_unsure(sheet) for sheet in answer.get("sheets", ()))
    return score


def _score_fields(score: Score, line: Truth, row: Mapping[str, str]) -> None:
    for name in FIELDS:
        meant, said = _normal(name, line[name]), _normal(name, row.get(name, ""))
        if meant == said:
            outcome = "right" if meant else "empty"
        else:
            outcome = "wrong" if meant and said else "missing" if meant else "invented"
            score.differences.append(
                f"{line['row_ref']}: {name} is {line[name]!r}, read {row.get(name, '')!r}"
            )
        score.fields[name, outcome] += 1


def _score_pairs(
    score: Score, told: Mapping[str, Truth], groups: list[tuple[list[tuple[str, str]], str]]
) -> None:
    """Count wrong joins and proposals, true pairs that were joined, proposed, missed, and kinds."""
    head: dict[str, str] = {}
    for rows, state in groups:
        if state == "joined":
            _join(head, [ref for ref, _ in rows])
    proposed = {
        frozenset((_head(head, one), _head(head, other)))
        for rows, state in groups
        if state == "proposed"
        for (one, _), (other, _) in combinations(rows, 2)
    }
    for one, other in combinations(told, 2):
        same = told[one]["person_id"] == told[other]["person_id"]
        heads = frozenset((_head(head, one), _head(head, other)))
        found = "joined" if len(heads) == 1 else "proposed" if heads in proposed else "missed"
        if same or found != "missed":
            score.pairs[found if same else f"wrong {found}"] += 1
        if (same and found == "missed") or (not same and found == "joined"):
            verdict = "one person, missed" if same else "two persons, joined"
            score.differences.append(f"{one} and {other}: {verdict}")
    kinds = {ref: kind for rows, _ in groups for ref, kind in rows}
    for ref, line in told.items():
        if line["dup_kind"]:
            score.kinds[kinds.get(ref) == line["dup_kind"]] += 1
            if kinds.get(ref) != line["dup_kind"]:
                score.differences.append(
                    f"{ref}: kind is {line['dup_kind']}, told {kinds.get(ref)!r}"
                )


def _join(head: dict[str, str], refs: Iterable[str]) -> None:
    first, *others = refs
    for ref in others:
        head[_head(head, ref)] = _head(head, first)


def _head(head: Mapping[str, str], ref: str) -> str:
    while head.get(ref, ref) != ref:
        ref = head[ref]
    return ref


def _unsure(sheet: Any) -> int:
    """Headers of a sheet that a person is asked about: told as a list, or column by column."""
    if not isinstance(sheet, Mapping):
        return 0
    columns = [column for column in sheet.get("columns", ()) if isinstance(column, Mapping)]
    return len(sheet.get("unsure", ())) + sum(column.get("sure") is False for column in columns)


def _normal(name: str, value: str) -> str:
    return "|".join(sorted(value.split("|"))) if name in _SEVERAL else value


def _sheet(ref: str) -> str:
    return ref.rpartition("!")[0]


def _row(ref: str) -> str:
    return ref.rpartition("!")[2]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _print(title: str, score: Score, show: int) -> None:
    print(f"\n{title}")
    print("\n".join(_lines(score)))
    for difference in score.differences[:show]:
        print(f"  {difference}")


def _lines(score: Score) -> Iterator[str]:
    rows, pairs = score.rows, score.pairs
    yield f"{'rows':14}found {rows['found']}, missed {rows['missed']}, invented {rows['invented']}"
    yield f"{'column':14}" + "".join(f"{name:>10}" for name in _OUTCOMES)
    for name in FIELDS:
        counts = "".join(f"{score.fields[name, outcome]:>10}" for outcome in _OUTCOMES)
        yield f"{name:14}{counts}"
    yield f"{'all':14}" + "".join(f"{score.outcome(outcome):>10}" for outcome in _OUTCOMES)
    exact, of_told = score.share_exact(), score.share_of_told()
    yield f"{'exact':14}{exact:.2%} of all fields, {of_told:.2%} of those told"
    yield (
        f"{'true pairs':14}joined {pairs['joined']}, proposed {pairs['proposed']},"
        f" missed {pairs['missed']}: {score.share_of_pairs():.1%} joined or proposed"
    )
    yield (
        f"{'wrong pairs':14}joined {pairs['wrong joined']}, proposed {pairs['wrong proposed']};"
        f" kinds right {score.kinds[True]}/{score.kinds.total()}"
    )
    yield (
        f"{'confirmations':14}{score.proposals} proposals, {score.unsure} headers:"
        f" {score.confirmations():.1f} per 1,000 rows"
    )


if __name__ == "__main__":
    raise SystemExit(main())
