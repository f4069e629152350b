"""The pre-check within a gift's life: its rules, the findings of each draft, and the precedents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from sqlalchemy.orm import Session

from donflow.agreements.drafting import current_revision, revisions_of
from donflow.agreements.models import FindingWaiver, Revision, RevisionFinding
from donflow.agreements.precedents import measures, precedents_of, registered
from donflow.agreements.prechecked import (
    Held,
    carry_waivers,
    drop_findings,
    expectation_of,
    held_findings,
    keep_findings,
    kept_findings,
    waivers_of,
    words_of,
)
from donflow.domain.actor import Actor
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.lifecycle.office import Office
from donflow.lifecycle.open_findings import paper_of, stored_paper
from donflow.lifecycle.own_gift import own_gift, own_office
from donflow.precheck.check import Report, findings_of, precheck, read_draft
from donflow.precheck.compare import compare
from donflow.precheck.findings import Finding, Severity
from donflow.precheck.own_gift import unlike_gift, unlike_office
from donflow.precheck.paper import Paper
from donflow.precheck.rulebook import RuleBook, load
from donflow.precheck.rules.checklist import Question, checklist
from donflow.shipping import rule_texts, rules_digest
from donflow.store.journal import record


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
    return _book(texts, on), rules_digest(office.home)


def check_paper(office: Office, paper: Paper, *, on: date) -> Report:
    """What the office's rules say of a paper, and where it is unlike the office's settings."""
    book, _digest = rules_of(office, on)
    report = precheck(paper, book, on=on)
    return _beside(report, unlike_office(paper, report.facts, own_office(office)))


def compared(
    session: Session,
    office: Office,
    paper: Paper,
    *,
    on: date,
    said: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Where a paper is unlike the office's signed agreements; nothing without any.

    `said` are codes of what is told already: where the money goes is not told twice.
    """
    if not precedents_of(session):
        return ()
    book, _digest = rules_of(office, on)
    known = registered(session, office.settings.foundation)
    draft = read_draft(paper, book, on=on)
    held = measures(session, office.vault, kind=draft.facts.kind)
    told = compare(draft, held, registered=known, found=findings_of(draft))
    return tuple(item for item in told if SAID_BY_SETTINGS.get(item.code) not in said)


def precheck_revision(session: Session, office: Office, revision: Revision, paper: Paper) -> None:
    """Hold a revision that was just written to the rules; keep what is found.

    A waiver of the draft before holds where the same line has the same fault still.
    """
    earlier = [item for item in revisions_of(session, revision.gift_id) if item.no < revision.no]
    held: list[Held] = []
    if earlier:
        before = paper_of(office.vault, earlier[-1].document)
        held = held_findings(session, before, kept_findings(session, earlier[-1]))
    _hold(session, office, revision, paper, held)


def precheck_again(
    session: Session, office: Office, revision: Revision, *, actor: Actor, now: datetime
) -> int:
    """Hold a draft to the rules as they are now; how many errors stand open.

    Its findings are numbered anew; what was waived and is found still stays waived. Raises
    RulesMissing and WrongRules, and what the vault raises where it has the draft no more.
    """
    paper = stored_paper(office.vault, revision.document)
    old = kept_findings(session, revision)
    held = held_findings(session, paper, old)
    drop_findings(session, old)
    revision.checked_on = office.today(now)
    _book, revision.rules = rules_of(office, revision.checked_on)
    new = _hold(session, office, revision, paper, held)
    gift = session.get_one(Gift, revision.gift_id)
    touch(gift, now)
    detail = {"revision": revision.no, "rules": revision.rules}
    record(session, gift.subject, "prechecked_again", actor=actor, now=now, detail=detail)
    waived = waivers_of(session, new)
    return sum(row.severity == Severity.ERROR and row.id not in waived for row in new)


def _hold(
    session: Session, office: Office, revision: Revision, paper: Paper, held: Iterable[Held]
) -> list[RevisionFinding]:
    report = check_paper(office, paper, on=revision.checked_on)
    gift = own_gift(session, session.get_one(Gift, revision.gift_id))
    report = _beside(report, unlike_gift(paper, report.facts, gift))
    new = keep_findings(session, revision, paper, report.findings)
    carry_waivers(session, held, paper, new)
    return new


def shown_findings(
    session: Session, office: Office, gift: Gift, *, today: date
) -> tuple[Shown, ...]:
    """What stands against the current draft: the findings kept with it, then the precedents."""
    revision = current_revision(session, gift)
    rows = kept_findings(session, revision)
    waivers = waivers_of(session, rows)
    paper = paper_of(office.vault, revision.document)
    book, _digest = rules_of(office, revision.checked_on)
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
        told += [
            Shown(None, item)
            for item in compared(session, office, paper, on=today, said=[row.code for row in rows])
        ]
    return tuple(told)


def questions_of(session: Session, office: Office, gift: Gift) -> tuple[Question, ...]:
    """What only a person can judge of the current draft, by its kind; none where it is missing."""
    revision = current_revision(session, gift)
    paper = paper_of(office.vault, revision.document)
    if paper is None:
        return ()
    book, _digest = rules_of(office, revision.checked_on)
    return checklist(read_draft(paper, book, on=revision.checked_on).facts)


def _beside(report: Report, more: Iterable[Finding]) -> Report:
    """All in the order of the lines, missing things last."""
    findings = sorted(
        (*report.findings, *more), key=lambda one: (one.line is None, one.line or 0, one.code)
    )
    return replace(report, findings=tuple(findings))


SAID_BY_SETTINGS: Final = {
    "recipient_unregistered": "recipient_unlike_settings",
    "account_unregistered": "account_unlike_settings",
}
"""What the comparison with precedents would say once more."""


@lru_cache(maxsize=8)
def _book(texts: tuple[tuple[str, str], ...], on: date) -> RuleBook:
    return load(dict(texts), on=on)
