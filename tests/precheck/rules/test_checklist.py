"""The reviewer's questions by kind of agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from donflow.precheck.rules.checklist import checklist
from tests.precheck.rules.said import draft_of

CORPUS = Path(__file__).parents[1] / "corpus"


def keys(name: str) -> list[str]:
    facts = draft_of((CORPUS / f"{name}.txt").read_text("utf-8")).facts
    return [question.key for question in checklist(facts)]


@pytest.mark.parametrize(
    ("name", "asked", "not_asked"),
    [
        ("s01_scholarship_lump", {"naming", "fair_selection"}, {"valuation", "overseas"}),
        ("s04_equipment_inkind", {"valuation", "goods_needed"}, {"overseas", "naming"}),
        ("s08_overseas_hkd", {"overseas", "naming"}, {"valuation", "original"}),
        ("s10_supplement", {"original"}, {"valuation", "overseas"}),
        ("s03_endowed_fund", {"lasting", "naming"}, {"goods_needed"}),
    ],
)
def test_the_questions_fit_the_kind(name: str, asked: set[str], not_asked: set[str]) -> None:
    found = keys(name)
    assert asked <= set(found)
    assert not not_asked & set(found)
    assert found[0] == "donor_identity"
    assert found[-1] == "authority"
    assert len(found) == len(set(found))
