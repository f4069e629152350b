"""The checker of histories lets pass what some order explains, and bites on everything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.experiments.history_check import Act, Link, faults

A = Act("a", 1, began=0, ended=2, ending="ok", read=1, seen=True, version=2)
B = Act("b", 1, began=3, ended=4, ending="ok", read=2, seen=True, version=4)
C = Act("c", 1, began=3, ended=5, ending="info", read=2)
D = Act("d", 1, began=3, ended=6, ending="fail", read=2, seen=True)
ACTS = [A, B, C, D]
MOVES = [Link("a", "perform", "suspended"), Link("b", "suspended", "perform")]


@pytest.mark.parametrize(
    "chain",
    [
        MOVES,
        [*MOVES, Link("c")],
        [*MOVES, Link("c", "perform", "suspended")],
        [MOVES[0], Link("c"), MOVES[1]],
        [Link("c"), *MOVES],
    ],
    ids=["not known, not done", "not known, done", "a move", "between", "before, answered late"],
)
def test_what_some_order_explains_passes(chain: list[Link]) -> None:
    acts = ACTS if chain[0].act != "c" else [replace(A, began=3, ended=4, seen=False), *ACTS[1:]]
    acts = [replace(act, seen=False) if chain[1].act == "c" else act for act in acts]
    assert faults(acts, {1: chain}, first="perform") == []


@pytest.mark.parametrize(
    ("acts", "chain", "said"),
    [
        (ACTS, MOVES[:1], "b was acknowledged and is lost"),
        (ACTS, [*MOVES, Link("c"), Link("c")], "c was done 2 times"),
        (ACTS, [*MOVES, Link("d")], "d was refused and yet is done"),
        (ACTS, [*MOVES, Link("e")], "nobody asked for e"),
        (ACTS, [MOVES[0], Link("b", "perform", "perform")], "but it stood at suspended"),
        (ACTS, [Link("b"), Link("a")], "a had ended before one began"),
        (ACTS, [Link("b"), Link("a")], "a was answered version 2 after 4"),
        ([A, replace(B, read=1, began=1)], MOVES, "b was done on version 1, it was at 2"),
        ([A, replace(B, read=3)], MOVES, "b was done on version 3, it was at 2"),
        ([A, replace(D, read=1)], MOVES[:1], "d read version 1 after 2 was acknowledged"),
        ([A, replace(B, version=2)], MOVES, "b was answered version 2 after 2"),
        ([A, replace(B, gift=2)], MOVES, "b was acknowledged and is lost"),
    ],
)
def test_what_no_order_explains_is_told(acts: list[Act], chain: list[Link], said: str) -> None:
    assert any(said in fault for fault in faults(acts, {1: chain}, first="perform"))
