"""The pre-check held to agreements of known truth; `python -m tools.precheck_table` prints it.

The rules were mended against all of these sets, so the scores say that nothing was lost, not how an
unseen agreement fares: docs/decisions/0021 tells what each set scored when it was unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from donflow.precheck import check
from donflow.precheck.findings import Severity
from donflow.precheck.rulebook import load
from donflow.shipping import rule_texts
from tools.precheck_table import ON, Score, paper_of, score_of, scores

HERE = Path(__file__).parent
SETS = ("corpus", "second", "third", "fourth")


@cache
def score(name: str) -> Score:
    total = Score()
    for _, one in scores(HERE / name):
        total += one
    return total


@pytest.mark.parametrize("name", SETS)
def test_error_faults_are_found_with_their_code_weight_and_place(name: str) -> None:
    assert score(name).share_of_errors() >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_the_facts_are_read_exactly(name: str) -> None:
    assert score(name).share_of_facts() >= 0.97


def test_the_set_that_was_mended_for_in_part_does_not_fall_back() -> None:
    assert score("fifth").share_of_errors() >= 0.9
    assert score("fifth").share_of_facts() >= 0.94


@pytest.mark.parametrize("name", [*SETS, "fifth"])
def test_a_clean_agreement_draws_no_error_and_at_most_two_warnings(name: str) -> None:
    clean = [
        one
        for stem, one in scores(HERE / name)
        if not yaml.safe_load((HERE / name / f"{stem}.yaml").read_text("utf-8"))["faults"]
    ]

    assert clean
    assert [one.false["error"] for one in clean] == [0] * len(clean)
    assert max(one.false["warning"] for one in clean) <= 2


def test_a_rule_that_is_taken_away_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {name: rule for name, rule in check.RULES.items() if name != "instalments"}
    monkeypatch.setattr(check, "RULES", kept)

    without = Score()
    for _, one in scores(HERE / "corpus"):
        without += one

    assert without.by_code["instalment_sum_mismatch", False] == 1


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda fault: fault, True),
        (lambda fault: {**fault, "line": fault["line"] + 1}, False),
        (lambda fault: {**fault, "severity": Severity.INFO.value}, False),
        (lambda fault: {**fault, "code": "date_invalid"}, False),
        (lambda fault: {**fault, "quote": "另外的话"}, False),
    ],
)
def test_the_table_asks_for_code_weight_and_place(
    change: Callable[[dict[str, object]], dict[str, object]], found: bool
) -> None:
    truth = yaml.safe_load((HERE / "corpus/s07_personal_small.yaml").read_text("utf-8"))
    truth["faults"] = [change(truth["faults"][0])]
    paper = paper_of(HERE / "corpus/s07_personal_small.txt")
    report = check.precheck(paper, load(rule_texts(), on=ON), on=ON)

    told = score_of("s07", truth, report.findings, truth)

    assert told.faults[str(truth["faults"][0]["severity"]), found] == 1
