"""Drafts for the rules of money and dates: a few lines of an agreement, read as the check reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from donflow.precheck.anatomy import dissect
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Facts, Kind, Party, SignatureBlock
from donflow.precheck.facts_account import account
from donflow.precheck.facts_amounts import amount
from donflow.precheck.facts_copies import copies
from donflow.precheck.facts_fees import management_fee
from donflow.precheck.facts_items import items, titles
from donflow.precheck.facts_payment import payment
from donflow.precheck.findings import Finding
from donflow.precheck.paper import Paper, Span, from_text
from donflow.precheck.rulebook import RuleBook, load
from donflow.shipping import rule_texts

ON = date(2026, 11, 21)
FOUNDATION = "云麓大学教育发展基金会"
DONOR = "深圳市恒源数智科技有限公司"


def party(role: str, label: str, name: str) -> Party:
    return Party(role, label, name, "organisation", Span(1, 0, 0))


TWO = (party("donor", "甲方", DONOR), party("recipient", "乙方", FOUNDATION))
THREE = (*TWO, party("beneficiary", "丙方", "云麓大学管理学院"))


@cache
def book() -> RuleBook:
    return load(rule_texts(), on=ON)


def draft(
    text: str | Paper,
    kind: Kind = Kind.ONE_OFF_CASH,
    *,
    parties: tuple[Party, ...] = TWO,
    signed: tuple[date, ...] = (),
    language: str = "zh",
) -> Draft:
    """The facts that other rules read (kind, parties, signatures) are given, ours are read."""
    paper = from_text(text) if isinstance(text, str) else text
    anatomy = dissect(paper)
    total = amount(paper, anatomy)
    mode, instalments = payment(paper, anatomy, total, in_kind=kind is Kind.IN_KIND)
    facts = Facts(
        language=language,
        kind=kind,
        title="捐赠协议",
        agreement_no="",
        parties=parties,
        beneficiary="",
        amount=total,
        purpose="",
        restricted=True,
        payment_mode=mode,
        instalments=instalments,
        account=account(paper, parties),
        items=items(paper, total) if kind is Kind.IN_KIND else (),
        titles=titles(paper),
        naming="",
        management_fee=management_fee(paper),
        principal_kept=False,
        spend_rate_cap="",
        copies=copies(paper, parties),
        clauses=(),
        signature_blocks=tuple(SignatureBlock("甲方", day, Span(1, 0, 0)) for day in signed),
        prevailing_language="",
        amends=None,
    )
    return Draft(paper, anatomy, facts, book(), ON)


def told(rule: Callable[[Draft], Iterable[Finding]], given: Draft) -> list[tuple[str, str]]:
    """(code, quote) of every finding that is more than information."""
    return [(each.code, each.quote) for each in rule(given) if each.severity != "info"]


def codes(rule: Callable[[Draft], Iterable[Finding]], given: Draft) -> list[str]:
    """The codes of all findings, information too, without doubles."""
    return sorted({each.code for each in rule(given)})
