"""The pre-check within a gift's life: its rules, the findings of each draft, and the precedents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from donflow.agreements.drafting import current_revision, revisions_of
from donflow.agreements.models import FindingWaiver, Revision
from donflow.agreements.precedents import measures, precedents_of, registered
from donflow.agreements.prechecked import (
    carry_waivers,
    expectation_of,
    keep_findings,
    kept_findings,
    waivers_of,
    words_of,
)
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.lifecycle.open_findings import paper_of, words_in
from donflow.precheck.check import Report, findings_of, precheck, read_draft
from donflow.precheck.compare import compare
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.paper import Paper
from donflow.precheck.rulebook import RuleBook, load
from donflow.precheck.rules.checklist import Question, checklist
from donflow.shipping import rule_texts


@dataclass(frozen=True)
class Shown:
    """One finding of the current draft, its words read again, and who let it stand.

    `no` is None for what only the comparison with precedents shows: it is never in the way.
    """

    no: int | None
    finding: Finding
    waiver: FindingWaiver | None = None


def rules_of(office: Office, on: date) -> tuple[RuleBook, str]:
    """The office's rules in force on a day, and the digest of the files that say them."""
    texts = tuple(rule_texts(office.home).items())
    return _book(texts, on), _digest(texts)


def check_paper(session: Session, office: Office, paper: Paper, *, on: date) -> Report:
    """What the rules say of a paper, with the office's own names and accounts."""
    book, _digest = rules_of(office, on)
    known = registered(session, office.settings.foundation)
    return precheck(paper, book, on=on, registered=known)


def compared(session: Session, office: Office, paper: Paper, *, on: date) -> tuple[Finding, ...]:
    """Where a paper is unlike the office's signed agreements; nothing without any."""
    if not precedents_of(session):
        return ()
    book, _digest = rules_of(office, on)
    known = registered(session, office.settings.foundation)
    draft = read_draft(paper, book, on=on, registered=known)
    held = measures(session, office.vault, book, kind=draft.facts.kind, on=on)
    return compare(draft, held, found=findings_of(draft))


def precheck_revision(session: Session, office: Office, revision: Revision, paper: Paper) -> None:
    """Hold a revision that was just written to the rules; keep what is found.

    A waiver of the draft before holds where the same words have the same fault still.
    """
    report = check_paper(session, office, paper, on=revision.on)
    new = keep_findings(session, revision, paper, report.findings)
    earlier = [item for item in revisions_of(session, revision.gift_id) if item.no < revision.no]
    old = kept_findings(session, earlier[-1]) if earlier else []
    if waivers_of(session, old):
        before = words_in(office.vault, earlier[-1].document, old)
        carry_waivers(session, before, {row.id: words_of(paper, row) for row in new}, old, new)


def shown_findings(
    session: Session, office: Office, gift: Gift, *, today: date
) -> tuple[Shown, ...]:
    """What stands against the current draft: the findings kept with it, then the precedents."""
    revision = current_revision(session, gift)
    rows = kept_findings(session, revision)
    waivers = waivers_of(session, rows)
    paper = paper_of(office.vault, revision.document)
    book, _digest = rules_of(office, revision.on)
    told = []
    for row in rows:
        finding = Finding(
            row.code,
            Severity(row.severity),
            row.line,
            words_of(paper, row),
            expectation_of(row),
            book.grounds.get(row.ground or ""),
            sure=row.sure,
        )
        told.append(Shown(row.no, finding, waivers.get(row.id)))
    if paper is not None:
        told += [Shown(None, item) for item in compared(session, office, paper, on=today)]
    return tuple(told)


def questions_of(session: Session, office: Office, gift: Gift) -> tuple[Question, ...]:
    """What only a person can judge of the current draft, by its kind; none where it is missing."""
    revision = current_revision(session, gift)
    paper = paper_of(office.vault, revision.document)
    if paper is None:
        return ()
    book, _digest = rules_of(office, revision.on)
    return checklist(read_draft(paper, book, on=revision.on).facts)


@lru_cache(maxsize=8)
def _book(texts: tuple[tuple[str, str], ...], on: date) -> RuleBook:
    return load(dict(texts), on=on)


def _digest(texts: tuple[tuple[str, str], ...]) -> str:
    return hashlib.sha256(repr(texts).encode()).hexdigest()
