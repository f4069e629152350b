"""What is kept of a finding: its place, its sentence as it was told, and no long number in full."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from donflow.agreements.models import FindingWaiver, RevisionFinding
from donflow.agreements.prechecked import (
    Held,
    _carried,
    _same,
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


def test_of_a_long_number_in_a_sentence_four_places_are_kept() -> None:
    said = say("Elsewhere it is {number}.", number=say("{account}", account="6222000000001234"))
    assert str(expectation_of(row(expect=_stored(said)))) == "Elsewhere it is ************1234."


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


BEFORE = "第一条 适用《合同法》。\n第二条 参照《合同法》。\n"
"""Article 1 was waived unless the case says otherwise."""


@pytest.mark.parametrize(
    ("before", "waived", "after", "carried"),
    [
        (BEFORE, [1, 2], BEFORE, [1, 2]),
        (BEFORE, [1], BEFORE, [1]),
        (BEFORE, [1], "第一条 适用《民法典》。\n第二条 参照《合同法》。\n", []),
        (BEFORE, [1], "第一条 定义。\n第二条　适用 《合同法》。\n", [2]),
        (BEFORE, [1], "第一条 不适用《合同法》。\n", []),
        ("适用《合同法》。\n适用《合同法》。\n", [1], "适用《合同法》。\n", []),
        ("适用《合同法》。\n适用《合同法》。\n", [1, 2], "适用《合同法》。\n", [1]),
        ("适用《合同法》。\n", [1], "适用《合同法》。\n适用《合同法》。\n", []),
        (BEFORE, [], BEFORE, []),
    ],
)
def test_a_waiver_goes_to_the_same_line_only(
    before: str, waived: list[int], after: str, carried: list[int]
) -> None:
    old = [(found, waiver(found.no) if found.no in waived else None) for found in faults(before)]
    held = [Held(_same(found, from_text(before)), given) for found, given in old]
    told = _carried(held, from_text(after), faults(after))
    assert [found.line for found, _waiver in told] == carried


def waiver(no: int) -> FindingWaiver:
    return FindingWaiver(reason=f"第{no}处可以")


def faults(text: str) -> list[RevisionFinding]:
    """A fault wherever the law is cited."""
    places = ((line.number, line.text.find("《合同法》")) for line in from_text(text).lines)
    return [
        row(no=no, severity="error", line=line, start=at, end=at + 5)
        for no, (line, at) in enumerate(((line, at) for line, at in places if at >= 0), start=1)
    ]


@pytest.mark.parametrize(
    ("told", "carried"),
    [
        (say("The parts make {sum}, not {total}.", sum=9, total=Money(1_000)), 1),
        (say("The parts make {sum}, not {total}.", sum=9, total=Money(9_000)), 0),
        (say("The parts are {sum}, not {total}.", sum=9, total=Money(1_000)), 0),
    ],
)
@pytest.mark.parametrize("line", [2, None])
def test_a_waiver_holds_for_what_was_said_with_all_its_values(
    told: Sentence, carried: int, line: int | None
) -> None:
    first = say("The parts make {sum}, not {total}.", sum=9, total=Money(1_000))
    place = {"severity": "error", "line": line, "start": line and 0, "end": line and 2}
    old, new = (row(**place, expect=_stored(said)) for said in (first, told))
    held = [Held(_same(old, PAPER), waiver(1))]
    assert len(list(_carried(held, PAPER, [new]))) == carried
    new.severity = "warning"
    assert not list(_carried(held, PAPER, [new]))


def row(**values: Any) -> RevisionFinding:
    sentence = {"message": "x", "values": {}}
    return RevisionFinding(**{"code": "wrong_term", "expect": sentence} | values)


def test_a_text_that_is_no_sentence_is_told_as_it_stands() -> None:
    assert expectation_of(row(expect="x")) == Sentence("x")
