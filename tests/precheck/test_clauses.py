"""What is only forbidden, and what a negation does not reach."""

from __future__ import annotations

import pytest

from donflow.precheck.clauses import clause_of, is_forbidden
from donflow.precheck.paper import from_text


@pytest.mark.parametrize(
    ("text", "is_only_forbidden"),
    [
        ("甲方不得要求优先采购。", True),
        ("甲方不得以捐赠为条件，要求优先采购。", True),
        ("禁止以任何形式优先采购。", True),
        ("优先采购的约定一律无效。", True),
        ("优先采购与本捐赠无关。", True),
        ("甲方不得挪用，乙方应优先采购。", False),
        ("甲方不得干预评审，但有权优先采购。", False),
        ("甲方不得拒绝优先采购。", False),
        ("乙方应优先采购。", False),
        ("协商不成的，优先采购。", False),
        ("资金不足时，优先采购。", False),
        ("无论何时，优先采购。", False),
        ("乙方不得拖延。乙方应优先采购。", False),
    ],
)
def test_a_negation_reaches_as_far_as_a_reader_takes_it(text: str, is_only_forbidden: bool) -> None:
    paper = from_text(text)
    start = text.index("优先采购")
    assert is_forbidden(paper, paper.lines[0], start, start + 4) is is_only_forbidden


@pytest.mark.parametrize(
    ("lead", "is_only_forbidden"), [("甲方不得：", True), ("甲方有权：", False)]
)
def test_the_words_that_lead_a_list_count_for_each_item(lead: str, is_only_forbidden: bool) -> None:
    paper = from_text(f"{lead}\n（一）发布广告；\n（二）优先采购。")
    assert is_forbidden(paper, paper.lines[2], 3, 7) is is_only_forbidden


def test_a_clause_is_quoted_without_its_number() -> None:
    text = "第三条 甲方捐赠，乙方接受。"
    assert text[slice(*clause_of(text, 4, 6))] == "甲方捐赠"
