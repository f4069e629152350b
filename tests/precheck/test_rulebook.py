"""The rule book: dated, sourced, and refused whole where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.precheck.check import RULES
from donflow.precheck.rulebook import WrongRules, load
from donflow.shipping import rule_texts

ON = date(2026, 11, 21)
ROW = """grounds:
  - key: gift
    zh: 《旧法》
    en: Old law
    article: 第一条
    from: 2000-01-01
    until: 2010-12-31
    source: 第一版
    for: [purpose_missing]
  - key: gift
    zh: 《新法》
    en: New law
    from: {start}
    source: 第二版
    for: [purpose_missing]
"""


@pytest.mark.parametrize(
    ("on", "source"),
    [
        (date(2000, 1, 1), "《旧法》"),
        (date(2010, 12, 31), "《旧法》"),
        (date(2011, 1, 1), "《新法》"),
        (ON, "《新法》"),
    ],
)
def test_the_text_in_force_on_the_day_counts(on: date, source: str) -> None:
    book = load({"law.yaml": ROW.format(start="2011-01-01")}, on=on)
    assert book.ground("gift").source == source
    ground = book.ground_of("purpose_missing")
    assert ground is not None
    assert ground.source == source


def test_before_the_first_text_there_is_no_ground() -> None:
    book = load({"law.yaml": ROW.format(start="2011-01-01")}, on=date(1999, 1, 1))
    assert book.ground_of("purpose_missing") is None
    with pytest.raises(KeyError):
        book.ground("gift")


def test_two_texts_of_one_key_on_one_day_are_refused() -> None:
    with pytest.raises(WrongRules) as refused:
        load({"law.yaml": ROW.format(start="2010-06-01")}, on=ON)
    assert [str(fault) for fault in refused.value.details] == [
        "law.yaml:13: gift has two texts on one day."
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("grounds: [{key: a, zh: b, en: c, from: 2020-13-01, source: d}]", "2020-13-01"),
        ("grounds: [{key: a, zh: b, en: c, from: yesterday, source: d}]", "yesterday"),
        ("grounds: [{key: a, zh: b, en: c, from: 2020-01-01, source: d, x: y}]", "Unknown key x"),
        ("grounds: [{key: a, zh: b, from: 2020-01-01, source: d}]", "en is missing"),
        ("limits: [{key: management_fee, value: much, from: 2020-01-01}]", "not a number"),
        ("clauses: {one_off_cash: {purpose: fatal}}", "fatal"),
        ("format: {top: [40, 20]}", "two numbers"),
        ("terms: [{wrong: a}]", "right is missing"),
        ("somewhat: []", "Unknown key somewhat"),
        ("terms: [", "well-formed"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_line(text: str, told: str) -> None:
    with pytest.raises(WrongRules) as refused:
        load({"house.yaml": text}, on=ON)
    sentences = [str(fault) for fault in refused.value.details]
    assert any(told in sentence for sentence in sentences), sentences
    assert all(sentence.startswith("house.yaml:1: ") for sentence in sentences)


def test_every_mistake_of_every_file_is_told_at_once() -> None:
    with pytest.raises(WrongRules) as refused:
        load({"a.yaml": "x: []", "b.yaml": "y: []\nz: []"}, on=ON)
    assert len(refused.value.details) == 3


def test_the_shipped_rules_are_in_force_and_sourced() -> None:
    book = load(rule_texts(), on=ON)
    assert len(RULES) > 40
    assert {"management_fee", "small_gift"} <= set(book.limits)
    for ground in book.grounds.values():
        assert ground.source, ground
        assert ground.on is not None, ground
        assert ground.on <= ON, ground
