"""E22: malformed and greedy files are read or refused, soon, in little memory, and in words.

The readers run apart, under the limits of `donflow.intake.apart`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from donflow.intake.apart import Limits, TooMuchToRead, read_apart
from donflow.intake.archives import examine
from tests.experiments import malformed
from tests.journeys.desk import Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc")

SECONDS, MEMORY = 2.0, 150.0
LIMITS = Limits(wall_seconds=900, cpu_seconds=900, memory=int(MEMORY) * 2**20)
Points = Callable[[int], int]
Figures = Callable[[str, str], None]


def complaints(answer: dict[str, Any]) -> list[str]:
    """What is wrong with these outcomes: the checker."""
    found = [
        f"{number}: {fault}"
        for number, outcome in enumerate(answer["outcomes"])
        for fault in _faults(outcome)
    ]
    if answer["memory"] > MEMORY:
        found.append(f"{answer['memory']:.0f} MiB")
    return found


def _faults(outcome: dict[str, Any]) -> list[str]:
    found = []
    if outcome["end"] == "traceback":
        found.append(outcome["failure"])
    if outcome["end"] == "refused" and not all(all(reason) for reason in outcome["reasons"]):
        found.append("a refusal without a reason or a remedy")
    if outcome["seconds"] > SECONDS:
        found.append(f"{outcome['seconds']:.1f} s")
    return found


def mutants(count: int, dice: random.Random) -> list[bytes]:
    seeds = malformed.word_seeds()
    change = (malformed.damaged, malformed.rewritten)
    return [change[number % 2](seeds[number % len(seeds)], dice) for number in range(count)]


def test_malformed_word_files_end_in_words(points: Points, seed: int, figures: Figures) -> None:
    files = mutants(points(300), random.Random(seed))

    answer = read_apart(malformed.READER, malformed.packed(files), LIMITS)

    assert complaints(answer) == []
    outcomes = answer["outcomes"]
    refused = [one for one in outcomes if one["end"] == "refused"]
    named = [one for one in refused if any("part" in reason[1] for reason in one["reasons"])]
    assert len(refused) > len(files) / 3
    assert named
    slowest = max(one["seconds"] for one in outcomes)
    figures(
        "E22",
        f"{len(files)} Word files: {len(refused)} refused ({len(named)} name the part),"
        f" slowest {slowest:.2f} s, {answer['memory']:.0f} MiB",
    )


def test_other_malformed_files_end_in_words(points: Points, seed: int, figures: Figures) -> None:
    dice, seeds = random.Random(seed), malformed.other_seeds()
    count = points(100)
    files = [malformed.damaged(seeds[number % len(seeds)], dice) for number in range(count)]

    answer = read_apart(malformed.READER, malformed.packed(files), LIMITS)

    assert complaints(answer) == []
    refused = sum(one["end"] == "refused" for one in answer["outcomes"])
    figures("E22", f"{count} PDF, OFD, old sheets, pictures: {refused} refused")


def test_the_seeds_themselves_come_in() -> None:
    # Else nothing but the making of the seeds would be tried above.
    seeds = malformed.word_seeds() + malformed.other_seeds()

    answer = read_apart(malformed.READER, malformed.packed(seeds), LIMITS)

    assert [one["end"] for one in answer["outcomes"]] == ["read"] * 22


def test_greedy_files_cost_little(long: bool, seed: int, figures: Figures, tmp_path: Path) -> None:
    names = list(malformed.GREEDY)
    chosen = names if long else [random.Random(seed).choice(names)]
    worst, most = 0.0, 0.0
    for name in chosen:
        file = tmp_path / "file"
        file.write_bytes(malformed.GREEDY[name]())
        for attempt in range(3):  # others may be at work on this machine
            answer = read_apart(malformed.WEIGHER, str(file).encode(), LIMITS)
            if answer["seconds"] <= SECONDS or attempt == 2:
                break
        assert complaints({"outcomes": [answer], "memory": answer["memory"]}) == [], name
        worst, most = max(worst, answer["seconds"]), max(most, answer["memory"])
    figures("E22", f"{len(chosen)} greedy files: at most {worst:.2f} s and {most:.0f} MiB")


def test_refused_files_change_nothing_in_the_office(
    office_at: Callable[..., Desk], seed: int
) -> None:
    desk, refused = office_at("draft"), 0
    for data in mutants(12, random.Random(seed)):
        if examine(data).refusals and refused < 3:
            (desk.papers / "来件.docx").write_bytes(data)
            desk.refused("vault add 材料/来件.docx")
            refused += 1
    assert refused == 3


# Negative controls: the checker must bite on a gate that lets everything through.


def test_without_the_gate_a_bomb_is_caught_by_the_limits() -> None:
    bomb = malformed.bomb()

    with pytest.raises(TooMuchToRead):
        read_apart(malformed.READER, malformed.packed([bomb], gate=False), LIMITS)

    assert complaints(read_apart(malformed.READER, malformed.packed([bomb]), LIMITS)) == []


def test_without_the_gate_the_checker_finds_tracebacks(seed: int) -> None:
    files = mutants(12, random.Random(seed))

    answer = read_apart(malformed.READER, malformed.packed(files, gate=False), LIMITS)

    assert len(complaints(answer)) > 3


def test_the_checker_bites_on_each_fault() -> None:
    slow = {"end": "read", "seconds": 2.1}
    silent = {"end": "refused", "reasons": [("damaged", "It is damaged.", "")], "seconds": 0.1}

    assert len(complaints({"outcomes": [slow, silent], "memory": 151.0})) == 3
    assert complaints({"outcomes": [{"end": "read", "seconds": 0.1}], "memory": 20.0}) == []
