"""All the facts of a paper, each read where it belongs."""

from __future__ import annotations

from donflow.precheck.anatomy import Anatomy
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.facts_account import account
from donflow.precheck.facts_amounts import amount
from donflow.precheck.facts_beneficiary import read_beneficiary
from donflow.precheck.facts_clauses import read_clauses
from donflow.precheck.facts_copies import copies
from donflow.precheck.facts_fees import management_fee, spend_rate_cap
from donflow.precheck.facts_items import items, titles
from donflow.precheck.facts_kind import is_in_kind, read_kind
from donflow.precheck.facts_parties import read_parties
from donflow.precheck.facts_payment import payment, was_in_instalments
from donflow.precheck.facts_purpose import (
    KEPT,
    read_naming,
    read_purpose,
    read_restricted,
)
from donflow.precheck.facts_signatures import read_signatures
from donflow.precheck.facts_title import (
    read_agreement_no,
    read_amends,
    read_language,
    read_prevailing_language,
    read_title,
)
from donflow.precheck.paper import Paper
from donflow.precheck.tongues import chinese_side


def read_facts(paper: Paper, anatomy: Anatomy) -> Facts:
    """What the paper says; what it does not say is empty."""
    title, language = read_title(paper, anatomy), read_language(paper)
    total = amount(paper, anatomy)
    foreign = total is not None and total.currency not in ("", "CNY")
    parties = read_parties(paper, anatomy, foreign=foreign)
    text = "\n".join(line.text for line in paper.lines if anatomy.in_body(line.number))
    mode, instalments = payment(paper, anatomy, total, in_kind=is_in_kind(text, title))
    kind = read_kind(paper, anatomy, title, parties, total, instalments)
    if kind is Kind.ONE_OFF_CASH and mode == "instalments":  # whose sums nobody can tell yet
        kind = Kind.MULTI_INSTALMENT
    if kind is Kind.TERMINATION:  # it tells what was paid, nothing is to be
        mode, instalments = "instalments" if was_in_instalments(text) else "lump", ()
    in_kind = kind is Kind.IN_KIND
    chinese = chinese_side(paper)
    purpose = read_purpose(chinese, anatomy, title)
    return Facts(
        language=language,
        kind=kind,
        title=title,
        agreement_no=read_agreement_no(paper, anatomy),
        parties=parties,
        beneficiary=read_beneficiary(chinese, anatomy, parties, purpose, KEPT),
        amount=total,
        purpose=purpose,
        restricted=read_restricted(chinese, anatomy, purpose),
        payment_mode=mode,
        instalments=instalments,
        account=account(paper, parties),
        items=items(paper, total) if in_kind else (),
        titles=titles(paper) if in_kind else None,
        naming=read_naming(chinese, anatomy, title),
        management_fee=management_fee(paper),
        principal_kept=kind is Kind.ENDOWED,
        spend_rate_cap=spend_rate_cap(paper),
        copies=copies(paper, parties),
        clauses=read_clauses(chinese, anatomy, kind, purpose),
        signature_blocks=read_signatures(paper, anatomy, parties),
        prevailing_language=read_prevailing_language(paper, language),
        amends=read_amends(paper, anatomy, title),
    )
