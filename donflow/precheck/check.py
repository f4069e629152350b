"""The pre-check itself: a paper and the rule book in, facts and findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from donflow.precheck.anatomy import dissect
from donflow.precheck.draft import Draft
from donflow.precheck.facts import Facts
from donflow.precheck.facts_reading import read_facts
from donflow.precheck.findings import Finding
from donflow.precheck.paper import Paper
from donflow.precheck.pieces import in_pieces
from donflow.precheck.rulebook import RuleBook
from donflow.precheck.rules import (
    accounts,
    amounts,
    bilingual,
    blanks,
    conditions,
    conflicts,
    copies,
    counts,
    currency,
    dates,
    digits,
    disputes,
    fees,
    identifiers,
    instalments,
    languages,
    law,
    layout,
    lists,
    missing,
    naming,
    numbering,
    parties,
    party_names,
    privacy,
    punctuation,
    receipts,
    references,
    returns,
    signatures,
    titles,
    wording,
)

Rule = Callable[[Draft], Iterable[Finding]]


@dataclass(frozen=True)
class Report:
    """What a paper says, and what was found, in the order of the lines, missing things last."""

    facts: Facts
    findings: tuple[Finding, ...]


def precheck(paper: Paper, book: RuleBook, *, on: date) -> Report:
    """Read a paper and hold it to every rule. Raises nothing for whatever the paper says.

    A finding that names no ground of its own cites the one that the rule book has for its code.
    """
    draft = read_draft(paper, book, on=on)
    return Report(draft.pieces.put_back(draft.facts), findings_of(draft))


def read_draft(paper: Paper, book: RuleBook, *, on: date) -> Draft:
    """The paper with its anatomy and its facts, as rules are given it: long lines in pieces."""
    cut, pieces = in_pieces(paper)
    anatomy = dissect(cut)
    return Draft(cut, anatomy, read_facts(cut, anatomy), book, on, pieces)


def findings_of(draft: Draft) -> tuple[Finding, ...]:
    """What every rule finds, in the order of the lines, each thing once."""
    found: dict[tuple[object, ...], Finding] = {}
    for rule in RULES.values():
        for finding in rule(draft):
            if finding.ground is None:
                finding = replace(finding, ground=draft.book.ground_of(finding.code))
            found.setdefault(_identity(finding), finding)
    return draft.pieces.put_back(tuple(sorted(found.values(), key=_place)))


def _identity(finding: Finding) -> tuple[object, ...]:
    """Two findings of one code on the same words are one, unless their mends differ."""
    return (finding.code, finding.line, finding.quote, finding.mend)


def _place(finding: Finding) -> tuple[bool, int, str]:
    return (finding.line is None, finding.line or 0, finding.code)


RULES: Final[Mapping[str, Rule]] = {
    "titles": titles.title_content_mismatch,
    "recipient_not_foundation": parties.recipient_not_foundation,
    "donor_not_legal_entity": parties.donor_not_legal_entity,
    "board_resolution_missing": parties.board_resolution_missing,
    "party_name_inconsistent": party_names.party_name_inconsistent,
    "party_label_inconsistent": party_names.party_label_inconsistent,
    "party_label_duplicate": party_names.party_label_duplicate,
    "numbering": numbering.numbering,
    "article_references": references.article_references,
    "original_references": references.original_references,
    "annex_mentions": references.annex_mentions,
    "signature_block_missing": signatures.signature_block_missing,
    "blank_sign_date": signatures.blank_sign_date,
    "accounts": accounts.rule,
    "amounts": amounts.rule,
    "copies": copies.rule,
    "currency": currency.rule,
    "dates": dates.rule,
    "digits": digits.rule,
    "fees": fees.rule,
    "identifiers": identifiers.rule,
    "instalments": instalments.rule,
    "lists": lists.rule,
    "counts": counts.rule,
    "receipts": receipts.rule,
    "wrong_words": wording.wrong_words,
    "wrong_document": wording.wrong_document,
    "mixed_punctuation": punctuation.mixed_punctuation,
    "blank_unfilled": blanks.blank_unfilled,
    "placeholder_unfilled": blanks.placeholder_unfilled,
    "option_unselected": blanks.option_unselected,
    "repealed_law": law.repealed_law,
    "misnamed_law": law.misnamed_law,
    "missing_clauses": missing.missing_clauses,
    "purpose_vague": missing.purpose_vague,
    "valuation_basis": missing.valuation_basis,
    "commercial_return": returns.commercial_return,
    "related_beneficiary": returns.related_beneficiary,
    "tobacco_publicity": conditions.tobacco_publicity,
    "principal_contradiction": conditions.principal_contradiction,
    "revocation_conflict": conditions.revocation_conflict,
    "recipient_burden": conditions.recipient_burden,
    "internal_conflict": conflicts.internal_conflict,
    "dispute_clause_invalid": disputes.dispute_clause_invalid,
    "naming_rule": naming.naming_rule,
    "foreign_words_in_name": naming.foreign_words_in_name,
    "personal_info_excess": privacy.personal_info_excess,
    "privacy_illegal": privacy.privacy_illegal,
    "prevailing_language": languages.prevailing_language,
    "bilingual_mismatch": bilingual.rule,
    "layout": layout.layout,
}
