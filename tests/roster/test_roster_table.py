"""The scoring of rosters: a perfect answer scores full, a spoilt one lower."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.roster_table import FIELDS, Score, read_truth, score_of

SECOND = Path(__file__).parent / "second"
TRUTHS = sorted(SECOND.glob("*_truth.csv"))
TRUTH = read_truth(SECOND / "second_truth.csv")

Answer = dict[str, Any]


def perfect() -> Answer:
    """The truth itself, told as `roster import --json` tells it."""
    people: dict[str, list[dict[str, str]]] = {}
    for line in TRUTH:
        row = {"row_ref": line["row_ref"], "kind": line["dup_kind"]}
        people.setdefault(line["person_id"], []).append(row)
    return {
        "rows": [{name: line[name] for name in ("row_ref", *FIELDS)} for line in TRUTH],
        "groups": [{"rows": rows, "state": "joined"} for rows in people.values() if len(rows) > 1],
        "sheets": [],
    }


def spoilt(spoil: Callable[[Answer], object]) -> Score:
    answer = perfect()
    spoil(answer)
    return score_of(TRUTH, answer)


def told(answer: Answer, name: str) -> dict[str, str]:
    """The first row whose field is told."""
    return next(row for row in answer["rows"] if row[name])


def test_the_truth_itself_scores_full() -> None:
    score = score_of(TRUTH, perfect())
    assert score.share_exact() == score.share_of_told() == score.share_of_pairs() == 1
    assert score.rows == {"found": len(TRUTH), "invented": 0}
    assert score.pairs["wrong joined"] == score.pairs["missed"] == score.kinds[False] == 0
    assert score.true_pairs() >= 30
    assert not score.differences


@pytest.mark.parametrize("name", FIELDS)
def test_a_spoilt_field_scores_lower(name: str) -> None:
    score = spoilt(lambda answer: told(answer, name).update({name: "错"}))
    assert (score.outcome("wrong"), score.share_of_told() < 1) == (1, True)
    lost = spoilt(lambda answer: told(answer, name).update({name: ""}))
    assert lost.outcome("missing") == 1
    assert len(lost.differences) == 1


def test_a_field_out_of_nowhere_is_invented() -> None:
    def invent(answer: Answer) -> None:
        next(row for row in answer["rows"] if not row["city"])["city"] = "云州"

    assert spoilt(invent).outcome("invented") == 1


def test_a_guessed_birth_is_invented_where_the_list_leaves_two() -> None:
    def guess(answer: Answer) -> None:
        row = told(answer, "birth_accept")
        row["birth"] = row["birth_accept"].partition("|")[0]

    assert spoilt(guess).outcome("invented") == 1


def test_the_order_of_two_phones_is_free() -> None:
    def turn(answer: Answer) -> None:
        row = next(row for row in answer["rows"] if "|" in row["phone"])
        row["phone"] = "|".join(reversed(row["phone"].split("|")))

    assert not spoilt(turn).differences


def test_rows_missed_and_rows_invented_are_told() -> None:
    assert spoilt(lambda answer: answer["rows"].pop()).rows["missed"] == 1
    row = {"row_ref": "封面!1", "name": "合计"}
    assert spoilt(lambda answer: answer["rows"].append(row)).rows["invented"] == 1


def test_a_pair_taken_apart_is_missed_and_a_wrong_one_is_told() -> None:
    apart = spoilt(lambda answer: answer["groups"].pop())
    assert apart.pairs["missed"] >= 1
    assert apart.share_of_pairs() < 1
    strangers = [line for line in TRUTH if not line["dup_of"]][:2]
    rows = [{"row_ref": line["row_ref"], "kind": ""} for line in strangers]
    group = {"rows": rows, "state": "joined"}
    assert spoilt(lambda answer: answer["groups"].append(group)).pairs["wrong joined"] >= 1


def test_proposals_and_unsure_headers_are_confirmations() -> None:
    def ask(answer: Answer) -> None:
        answer["groups"][0]["state"] = "proposed"
        answer["sheets"] = [{"unsure": ["电话"]}, {"columns": [{"sure": False}, {"sure": True}]}]

    score = spoilt(ask)
    assert score.confirmations() == pytest.approx(3000 / len(TRUTH))
    assert score.share_of_pairs() == 1
    assert score.pairs["proposed"] >= 1


def test_a_wrong_kind_is_told() -> None:
    def mistake(answer: Answer) -> None:
        answer["groups"][0]["rows"][1]["kind"] = "?"

    assert spoilt(mistake).kinds[False] == 1


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_each_truth_names_each_row_once(path: Path) -> None:
    lines = read_truth(path)
    assert len({line["row_ref"] for line in lines}) == len(lines)
    assert all(line["name"] for line in lines)
