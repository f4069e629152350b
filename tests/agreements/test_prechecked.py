"""What is kept of a finding: its place, its sentence as it was told, and no long number in full."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from donflow.agreements.models import RevisionFinding
from donflow.agreements.prechecked import (
    _start,
    _stored,
    expectation_of,
    words_of,
)
from donflow.domain.money import Money
from donflow.errors import Label, Sentence, say
from donflow.precheck.findings import Finding, Mend, Severity
from donflow.precheck.paper import Span, from_text

PAPER = from_text("标题\n甲方付款，乙方付款。\n身份证号：110101190001010016\n")


@pytest.mark.parametrize(
    "value",
    [
        "管理学院",
        5,
        None,
        True,
        date(2026, 3, 6),
        Money(50_000_000),
        Label("金额", "Amount"),
        say("Write {words}.", words="伍拾万元整"),
        ("甲方", "乙方", say("others")),
    ],
    ids=str,
)
def test_a_sentence_is_told_later_as_it_was_told_first(value: object) -> None:
    told = say("Look: {value}", value=value)
    assert expectation_of(row(expect=_stored(told))) == told


def test_a_decimal_is_told_as_its_digits() -> None:
    told = expectation_of(row(expect=_stored(say("{rate}", rate=Decimal("0.05")))))
    assert told.values == {"rate": "0.05"}


@pytest.mark.parametrize(
    ("quote", "line", "mend", "start"),
    [
        ("付款", 2, (), 2),
        ("付款", 2, (Mend(Span(2, 7, 9), "交付"),), 7),
        ("付款", 2, (Mend(Span(2, 2, 4), "交付"),), 2),
        ("交款", 2, (), None),
        ("", None, (), None),
        ("付款", 99, (), None),
    ],
)
def test_the_words_begin_where_they_stand_in_the_line(
    quote: str, line: int | None, mend: tuple[Mend, ...], start: int | None
) -> None:
    finding = Finding("wrong_term", Severity.ERROR, line, quote, say("Write it."), mend=mend)
    assert _start(PAPER, finding) == start


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"line": 2, "start": 0, "end": 4}, "甲方付款"),
        ({"line": 3, "start": 5, "end": 23}, "**************0016"),
        ({"line": None, "start": None, "end": None}, ""),
        ({"line": 99, "start": 0, "end": 4}, ""),
    ],
)
def test_the_words_are_read_again_from_the_paper(place: dict[str, Any], words: str) -> None:
    assert words_of(PAPER, row(**place)) == words
    assert words_of(None, row(**place)) == ""


def row(**values: Any) -> RevisionFinding:
    sentence = {"message": "x", "values": {}}
    return RevisionFinding(**{"code": "wrong_term", "expect": sentence} | values)


def test_a_text_that_is_no_sentence_is_told_as_it_stands() -> None:
    assert expectation_of(row(expect="x")) == Sentence("x")
