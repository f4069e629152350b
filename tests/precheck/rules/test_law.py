"""Laws cited that are repealed or misnamed, and rightful citations."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.precheck import check
from donflow.precheck.paper import from_text
from donflow.precheck.rulebook import load
from donflow.shipping import rule_texts
from tests.precheck.rules.said import OPENING, SIGNING, found_by

HITS = {
    "repealed_law": [
        "根据《中华人民共和国合同法》，订立本协议。",
        "依据《合同法》《公益事业捐赠法》等。",
        "根据合同法及有关规定。",
        "依照《中华人民共和国民法总则》。",
        "依据《中华人民共和国民法通则》和《中华人民共和国担保法》。",
        "根据中华人民共和国合同法的规定。",
        "本协议依照《合同法》《慈善法》制定。",
        "适用合同法第五十二条。",
        "根据《中华人民共和国民法总则》《中华人民共和国慈善法》的规定。",
        "依据《最高人民法院关于适用〈中华人民共和国合同法〉若干问题的解释（二）》。",
    ],
    "misnamed_law": [
        "根据《中华人民共和国捐赠法》。",
        "根据《公益捐赠法》。",
        "根据《基金会条例》。",
        "根据《中华人民共和国慈善法》（2010年）。",
    ],
}

INNOCENT = {
    "repealed_law": [
        "根据《中华人民共和国民法典》。",
        "原《合同法》已废止。",
        "《中华人民共和国合同法》同时废止。",
        "遵守《中华人民共和国劳动合同法》。",
        "双方合同法律关系明确。",
        "根据《中华人民共和国公益事业捐赠法》《基金会管理条例》。",
        "本合同法定代表人签字。",
        "依照《中华人民共和国民法典》合同编。",
        "本捐赠合同法律效力及于双方。",
        "符合合同法定形式。",
        "已废止的《中华人民共和国合同法》不再适用。",
    ],
    "misnamed_law": [
        "根据《中华人民共和国公益事业捐赠法》（以下简称《捐赠法》）。",
        "根据《中华人民共和国慈善法》（2023年修正）。",
    ],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in HITS for text in HITS[rule]])
def test_the_fault_is_found(rule: str, text: str) -> None:
    assert found_by(rule, text), text


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in INNOCENT for text in INNOCENT[rule]]
)
def test_the_innocent_words_are_left_alone(rule: str, text: str) -> None:
    assert [found for found in found_by(rule, text) if found.severity != "info"] == []


def test_a_law_is_repealed_only_from_its_day() -> None:
    paper = from_text(OPENING + "根据《中华人民共和国合同法》，订立本协议。" + SIGNING)
    before = load(rule_texts(), on=date(2020, 6, 1))
    draft = check.read_draft(paper, before, on=date(2020, 6, 1))
    assert list(check.RULES["repealed_law"](draft)) == []
    assert found_by("repealed_law", "根据《中华人民共和国合同法》，订立本协议。")
