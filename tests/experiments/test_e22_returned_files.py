"""E22 on reading: a spoilt returned file is read, or refused in words that name the part.

12 files of Word, WPS, LibreOffice and python-docx, each spoilt in 25 ways (malformed_returned.py),
through the gate and `read`, apart from this process.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import pytest

from donflow.intake.apart import read_apart
from tests.experiments import malformed, malformed_returned
from tests.experiments.test_e22_malformed_files import LIMITS, complaints

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc")

Points = Callable[[int], int]
Figures = Callable[[str, str], None]


def outcomes(files: list[bytes], *, gate: bool = True) -> dict[str, Any]:
    told = malformed.packed(files, gate=gate, reader="returned")
    return read_apart(malformed.READER, told, LIMITS)


def unnamed(refused: list[dict[str, Any]]) -> list[str]:
    """The refusals of the reader that name no part: the second checker."""
    return [
        reason[1]
        for one in refused
        for reason in one["reasons"]
        if "part" not in reason[1] and not reason[0].startswith("not_")
    ]


@pytest.mark.parametrize("gate", [True, False], ids=["gate", "no-gate"])
def test_a_spoilt_returned_file_ends_in_words(
    gate: bool, points: Points, seed: int, figures: Figures
) -> None:
    named = malformed_returned.mutants(points(300), random.Random(seed))

    answer = outcomes([data for _, data in named], gate=gate)

    assert complaints(answer) == []
    ends = answer["outcomes"]
    refused = [one for one in ends if one["end"] == "refused"]
    assert len(named) / 10 < len(refused) < len(named) * 2 / 3
    # The gate has reasons of its own (macros, a broken archive); the reader always names a part.
    if not gate:
        assert unnamed(refused) == []
    slowest = max(one["seconds"] for one in ends)
    figures(
        "E22",
        f"{len(named)} spoilt returned files {'through' if gate else 'without'} the gate:"
        f" {len(refused)} refused, slowest {slowest:.2f} s, {answer['memory']:.0f} MiB",
    )


def silent(whole: dict[str, Any], spoilt: dict[str, Any]) -> bool:
    """Whether something that the whole file says is lost in the spoilt one without a word."""
    lost = any(whole[part] != spoilt[part] for part in ("before", "after", "comments", "changes"))
    return lost and not set(spoilt["warnings"]) - set(whole["warnings"])


def test_what_is_lost_with_a_part_is_told(points: Points, seed: int, figures: Figures) -> None:
    dice, answered = random.Random(seed), outcomes(malformed_returned.seeds())["outcomes"]
    said = dict(zip(malformed_returned.SEEDS, (one["said"] for one in answered), strict=True))
    files = [one for _ in range(points(10)) for one in malformed_returned.with_parts_gone(dice)]

    ends = outcomes([data for _, data in files], gate=False)["outcomes"]

    read = [
        (name, one["said"]) for (name, _), one in zip(files, ends, strict=True) if "said" in one
    ]
    assert [name for name, spoilt in read if silent(said[name], spoilt)] == []
    assert silent(said["ranges"], {**said["ranges"], "comments": []})  # the negative control
    figures("E22", f"{len(files)} files with a part gone: {len(read)} read, 0 lost without a word")


def test_the_returned_files_themselves_are_read() -> None:
    answer = outcomes(malformed_returned.seeds())

    assert len(answer["outcomes"]) == 12
    assert len(malformed_returned.MUTATIONS) == 25
    assert all(one["end"] == "read" and one["said"]["comments"] for one in answer["outcomes"])


def test_every_way_to_spoil_a_file_changes_it() -> None:
    whole = malformed_returned.seeds()[0]

    for name, mutation in malformed_returned.MUTATIONS.items():
        assert any(mutation(whole, random.Random(dice)) != whole for dice in range(5)), name


def test_the_checkers_notice_a_reader_that_fails() -> None:
    # Negative control: python-docx on the same files fails in its own words, or not at all.
    named = malformed_returned.mutants(25, random.Random(1))
    files = [data for _, data in named]

    answer = read_apart(malformed.READER, malformed.packed(files, gate=False), LIMITS)

    assert len(complaints(answer)) > 3
    assert unnamed([{"reasons": [("damaged", "It is broken.", "Ask again.")]}]) == ["It is broken."]
