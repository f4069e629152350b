"""Names of funds and buildings."""

from __future__ import annotations

import pytest

from tests.precheck.rules.said import found_by

HITS = {
    "naming_rule": [
        "设立“ABC Tech奖学金”。",
        "项目名称为“Global 2025计划”。",
        "乙方同意将该楼永久冠名为“恒源楼”。",
        "设立“Yunlu Future Leaders”项目。",
        "实验室命名为“AI4Good实验室”。",
        "教室命名为“888教室”。",
    ],
}

INNOCENT = {
    "naming_rule": [
        "设立“恒源奖学金”。",
        "设立“2003级校友基金”。",
        "设立“澄川助学金”，冠名期限五年，期满终止。",
        "根据《捐赠协议》，设立专项。",
        "设立“1998级校友励学金”。",
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
