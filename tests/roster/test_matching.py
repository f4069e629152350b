"""Matching: a made-up crowd and hard cases with their truth; no wrong join, few questions."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest

from donflow.roster.evidence import Verdict, judge
from donflow.roster.known import row_portrait
from donflow.roster.matching import DuplicateKind, Found, kind_of, match
from donflow.roster.portrait import Portrait, Study
from donflow.roster.reading.rows import Column, Row
from tests.roster.crowd import Crowd, crowd, namesakes


@dataclass(frozen=True)
class Count:
    """What matching did, in pairs."""

    true: int
    joined: int
    wrong: int
    found: int
    asked: int


def count(of: Crowd, groups: tuple[Found, ...]) -> Count:
    people = defaultdict(list)
    for key, person in of.truth.items():
        people[person].append(key)
    true = {frozenset(pair) for keys in people.values() for pair in combinations(keys, 2)}
    pairs = {
        state: {
            frozenset(pair)
            for group in groups
            if group.state is state
            for pair in combinations(group.keys, 2)
        }
        for state in Verdict
    }
    joined, proposed = pairs[Verdict.JOINED], pairs[Verdict.PROPOSED]
    found = len(true & (joined | proposed))
    return Count(len(true), len(joined), len(joined - true), found, len(proposed))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_of_namesakes_is_told_apart(seed: int) -> None:
    made = crowd(6000, seed)
    assert namesakes(made) > 1000
    counted = count(made, match(made.records))
    assert counted.true > 120
    assert counted.joined > 0.6 * counted.true
    assert counted.wrong == 0
    assert counted.found >= 0.95 * counted.true
    assert counted.asked <= 15 * 6


def test_the_count_sees_a_wrong_join() -> None:
    made = crowd(400)
    stolen = replace(made.records[0], key="汇总!1")
    of = Crowd((*made.records, stolen), {**made.truth, stolen.key: -1})
    assert count(of, match(of.records)).wrong >= 1


def test_no_group_holds_a_contradiction() -> None:
    made = crowd(6000, 4)
    by_key = {record.key: record for record in made.records}
    for group in match(made.records):
        if group.state is Verdict.JOINED:
            pairs = combinations((by_key[key] for key in group.keys), 2)
            assert not any(judge(one, other).contradictory for one, other in pairs)


def test_a_record_between_two_that_contradict_joins_one_and_asks_for_the_other() -> None:
    phones, mails = frozenset({"13800000001"}), frozenset({"yun@example.cn"})
    one = Portrait("a!1", "沈云松", births=frozenset({"1983-05"}), phones=phones, mails=mails)
    between = replace(one, key="a!2", births=frozenset())
    other = replace(one, key="a!3", births=frozenset({"1990-01"}))
    groups = match([one, between, other])
    assert [(group.state, group.keys) for group in groups] == [
        (Verdict.JOINED, ("a!1", "a!2")),
        (Verdict.PROPOSED, ("a!1", "a!3")),
    ]


def test_known_people_come_first_and_are_not_joined_with_each_other() -> None:
    phones, mails = frozenset({"13800000001"}), frozenset({"yun@example.cn"})
    row = Portrait("a!1", "沈云松", phones=phones, mails=mails)
    known = [replace(row, key="7", mails=frozenset()), replace(row, key="8")]
    asked: list[int] = []

    def lookup(records: object) -> list[Portrait]:
        asked.append(1)
        return [replace(each, city="云州") for each in known]

    groups = match([replace(row, city="云州")], lookup)
    assert asked == [1]
    assert [(group.state, group.keys) for group in groups] == [
        (Verdict.JOINED, ("8", "a!1")),
        (Verdict.PROPOSED, ("7", "8")),
    ]


@pytest.mark.parametrize(
    ("liaison", "state"),
    [("王芳", Verdict.PROPOSED), ("李芳", Verdict.PROPOSED), (None, Verdict.JOINED)],
)
def test_a_number_that_another_name_uses_is_no_ones_own(
    liaison: str | None, state: Verdict
) -> None:
    """Of two characters with one surname only half is the same: 王芳 is not 王强 misspelt."""
    study = (Study("本科", "会计学", "2", 2001, None),)
    one = Portrait("a!1", "王强", studies=study, phones=frozenset({"1"}))
    others = [replace(one, key="a!3", name=liaison)] if liaison else []
    (found,) = match([one, replace(one, key="a!2", city="云州"), *others])
    assert (found.keys, found.state) == (("a!1", "a!2"), state)


FIRST = Portrait(
    "a!1",
    "沈云松",
    studies=(Study("本科", "会计学", "2", 2001, None),),
    employers=frozenset({"甲"}),
    phones=frozenset({"1"}),
)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, DuplicateKind.EXACT),
        ({"name": "沈 云松"}, DuplicateKind.FORMAT),
        ({"births": frozenset({"1983"})}, DuplicateKind.FORMAT),
        ({"phones": frozenset({"1", "2"})}, DuplicateKind.FORMAT),
        ({"phones": frozenset({"2"})}, DuplicateKind.UPDATED),
        ({"employers": frozenset({"乙"})}, DuplicateKind.UPDATED),
        ({"studies": (Study("硕士", "会计学", None, 2005),)}, DuplicateKind.SECOND_DEGREE),
        ({"studies": (Study("本科", "会计学", "2", None, 2005),)}, DuplicateKind.FORMAT),
        ({"studies": ()}, DuplicateKind.FORMAT),
    ],
)
def test_the_kind_of_a_duplicate_row(changes: dict[str, object], kind: DuplicateKind) -> None:
    other = replace(FIRST, key="a!2", **changes)  # type: ignore[arg-type]
    assert kind_of(FIRST, other) is kind


@pytest.mark.parametrize("phone", ["1", "2"])
def test_a_block_of_many_is_no_all_against_all(phone: str) -> None:
    """A switchboard's number, or a name that a thousand have."""
    records = [
        Portrait(f"a!{place}", f"沈{place}" if phone == "1" else "张伟", phones=frozenset({phone}))
        if phone == "1"
        else Portrait(f"a!{place}", "张伟", births=frozenset({f"{1900 + place % 100}"}))
        for place in range(3000)
    ]
    begun = time.perf_counter()
    assert match(records) == ()
    assert time.perf_counter() - begun < 10


def test_a_large_roster_takes_seconds_and_nobody_is_joined_wrongly(
    request: pytest.FixtureRequest,
) -> None:
    size = 100_000 if request.config.getoption("--long") else 10_000
    made = crowd(size)
    begun = time.perf_counter()
    counted = count(made, match(made.records))
    assert time.perf_counter() - begun < 60
    assert counted.wrong == 0
    assert counted.found >= 0.95 * counted.true
    assert counted.asked <= 15 * size / 1000


CORPUS = Path(__file__).parent / "corpus" / "alumni_truth.csv"
SECOND = Path(__file__).parent / "second" / "second_truth.csv"


@pytest.mark.parametrize(("path", "most"), [(CORPUS, 3), (SECOND, 6)], ids=["corpus", "second"])
def test_rosters_of_four_hundred_rows_have_no_wrong_join_and_few_questions(
    path: Path, most: int
) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    of = Crowd(
        tuple(map(_portrait, rows)), {row["row_ref"]: int(row["person_id"][1:]) for row in rows}
    )
    counted = count(of, match(of.records))
    assert counted.wrong == 0
    assert counted.found >= 0.95 * counted.true
    assert counted.asked <= most


def _portrait(row: dict[str, str]) -> Portrait:
    values = {column: row[column] for column in Column if row[column]}
    sheet, _mark, number = row["row_ref"].rpartition("!")
    accept = tuple(filter(None, row["birth_accept"].split("|")))
    return row_portrait(Row(sheet, int(number), values, birth_accept=accept))
