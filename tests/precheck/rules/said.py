"""Drafts around a sentence, and what one rule says of them."""

from __future__ import annotations

from datetime import date
from functools import cache

from donflow.precheck import check
from donflow.precheck.draft import Draft
from donflow.precheck.findings import Finding
from donflow.precheck.paper import Paper, from_text
from donflow.precheck.rulebook import RuleBook, load
from donflow.shipping import rule_texts

ON = date(2026, 11, 21)
OPENING = """捐赠协议书

甲方（捐赠方）：深圳市恒源数智科技有限公司
乙方（受赠方）：云麓大学教育发展基金会

第一条 """
SIGNING = """

甲方（盖章）：          乙方（盖章）：
日期：2026年1月1日      日期：2026年1月1日
"""


@cache
def book() -> RuleBook:
    return load(rule_texts(), on=ON)


def draft_of(paper: str | Paper) -> Draft:
    """A whole paper, read as the check reads it."""
    return check.read_draft(from_text(paper) if isinstance(paper, str) else paper, book(), on=ON)


def found_by(rule: str, sentence: str) -> list[Finding]:
    """What one rule finds in a sentence that stands as the first article of an agreement."""
    return list(check.RULES[rule](draft_of(OPENING + sentence + SIGNING)))
