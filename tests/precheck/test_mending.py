"""Mends are made together where they do not meet, and only where the check then finds them gone."""

import re
from collections.abc import Iterable

import pytest

from donflow.errors import say
from donflow.precheck.findings import Finding, Mend, Severity
from donflow.precheck.mending import (
    AUTOMATIC,
    FOR_A_PERSON,
    MEETS_ANOTHER,
    NOT_SETTLED,
    TO_BE_CONFIRMED,
    mended_paper,
    mending,
)
from donflow.precheck.paper import Line, Paper, Span, from_text

TEXT = "帐户：1234,开户行\n第五条 用途,专款专用\n无瑕疵"


def finding(line: int, *mends: tuple[int, int, str], code: str = "x", sure: bool = True) -> Finding:
    made = tuple(Mend(Span(line, start, end), text) for start, end, text in mends)
    return Finding(code, Severity.WARNING, line, "", say("?"), mend=made, sure=sure)


def nothing(_: Paper) -> Iterable[Finding]:
    return ()


def texts(paper: Paper) -> list[str]:
    return [line.text for line in paper.lines]


def test_edits_come_in_the_order_of_the_paper_and_mend_it() -> None:
    paper = from_text(TEXT)
    findings = [finding(2, (6, 7, "，")), finding(1, (7, 8, "，")), finding(1, (0, 1, "账"))]

    made = mending(paper, findings, nothing)

    assert [(edit.span.line, edit.span.start) for edit in made.edits] == [(1, 0), (1, 7), (2, 6)]
    assert made.mended == tuple(findings)
    assert texts(mended_paper(paper, made.edits)) == [
        "账户：1234，开户行",
        "第五条 用途，专款专用",
        "无瑕疵",
    ]


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        ((0, 1, "账"), True),  # the same mend, found by two rules
        ((1, 2, "号"), True),  # side by side
        ((0, 2, "账号"), False),
        ((0, 0, "银行"), False),  # which of the two comes first is nobody's to guess
    ],
)
def test_of_two_mends_at_one_place_the_first_is_made(
    second: tuple[int, int, str], kept: bool
) -> None:
    findings = [finding(1, (0, 1, "账")), finding(1, second)]

    made = mending(from_text(TEXT), findings, nothing)

    assert (len(made.mended) == 2) is kept
    assert [left.reason for left in made.left] == ([] if kept else [MEETS_ANOTHER])


def test_a_finding_is_mended_whole_or_not_at_all() -> None:
    both = Finding("numbering_duplicate", Severity.ERROR, 2, "第五条", say("?"), mend=(
        Mend(Span(2, 1, 2), "六"), Mend(Span(1, 0, 1), "账"),
    ))  # fmt: skip

    made = mending(from_text(TEXT), [finding(1, (0, 2, "账号")), both], nothing)

    assert [edit.text for edit in made.edits] == ["账号"]
    assert [left.finding for left in made.left] == [both]


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (finding(1), FOR_A_PERSON),
        (finding(1, (0, 1, "账"), sure=False), TO_BE_CONFIRMED),
        (finding(2, (1, 2, "六")), AUTOMATIC),
        (finding(2, (6, 7, "，")), None),
    ],
)
def test_what_is_left_is_said_with_its_reason(found: Finding, reason: object) -> None:
    first, second, third = from_text(TEXT).lines
    paper = Paper((first, Line(2, second.text, label_length=3), third))

    made = mending(paper, [found], nothing)

    assert [left.reason for left in made.left] == ([] if reason is None else [reason])


def test_a_cell_of_a_table_is_mended_in_its_cell_too() -> None:
    paper = Paper((Line(1, "帐号\t1,2", cells=("帐号", "1,2")),))

    made = mending(paper, [finding(1, (0, 1, "账"))], nothing)

    assert mended_paper(paper, made.edits).lines[0].cells == ("账号", "1,2")


def commas(paper: Paper) -> list[Finding]:
    """Every half-width comma; mending one in line 1 leaves two for it."""
    found = []
    for line in paper.lines:
        for comma in re.finditer(",", line.text):
            text = ",," if line.number == 1 else "，"
            found.append(finding(line.number, (comma.start(), comma.end(), text)))
    return found


def test_a_mend_that_mends_nothing_is_not_made() -> None:
    paper = from_text(TEXT)

    made = mending(paper, commas(paper), commas)

    assert [edit.span.line for edit in made.edits] == [2]
    assert [(left.finding.line, left.reason) for left in made.left] == [(1, NOT_SETTLED)]


def test_a_mend_that_brings_another_finding_elsewhere_is_not_made() -> None:
    paper = from_text(TEXT)

    def check(mended: Paper) -> Iterable[Finding]:
        if "，" in mended.lines[1].text:
            yield finding(3, code="new")

    made = mending(paper, [finding(2, (6, 7, "，"))], check)

    assert made.edits == ()
    assert [left.reason for left in made.left] == [NOT_SETTLED]


def test_what_was_known_before_is_no_reason_against_a_mend() -> None:
    paper = from_text(TEXT)
    known = finding(3, code="known")

    made = mending(paper, [known, finding(2, (6, 7, "，"))], lambda _: [known])

    assert len(made.edits) == 1
