"""The office's signed agreements: taken in once, kept as a measure, taken out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.agreements.incoming import read_paper
from donflow.agreements.models import SignedPrecedent
from donflow.domain.actor import Actor
from donflow.domain.plain_text import decoded
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.precheck.check import findings_of, read_draft
from donflow.precheck.draft import Registered
from donflow.precheck.facts import Kind
from donflow.precheck.findings import Severity
from donflow.precheck.measure import (
    Clause,
    Precedent,
    account_key,
    clauses_of,
    measure,
    name_key,
    registered_by,
)
from donflow.precheck.paper import Paper, from_text
from donflow.precheck.rulebook import RuleBook
from donflow.settings import Foundation
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.vault import files
from donflow.vault.deposit import Upload, deposit, keep
from donflow.vault.discarding import discard_unnamed
from donflow.vault.models import Blob

NEWEST = 30
"""The wording of so many of the kind is compared, the last signed first: habits change."""


class NotAnAgreement(DonflowError):
    code = "not_an_agreement"
    message = N_("{name} is no agreement: it has no clauses, or nobody receives.")
    remedy = N_("Leave out letters, receipts and lists; take the signed agreement itself.")


class RemovedWithoutReason(DonflowError):
    code = "reason_missing"
    message = N_("Whoever takes a precedent out says why.")
    remedy = N_("Add --reason, such as “not signed after all”.")


@dataclass(frozen=True)
class Studied:
    """What a file says as a precedent; `errors` are the faults that the rules find in it."""

    measure: Precedent
    text: str
    errors: int


def study(upload: Upload, book: RuleBook, *, on: date) -> Studied:
    """Read a signed agreement. Raises what `read_paper` raises, and NotAnAgreement."""
    paper = read_paper(upload.data, name=upload.name).paper
    draft = read_draft(paper, book, on=on)
    found = measure(draft.facts, draft.paper, draft.anatomy, name=Path(upload.name).stem)
    if not found.clauses or not found.recipients:
        raise NotAnAgreement(name=upload.name)
    errors = sum(finding.severity is Severity.ERROR for finding in findings_of(draft))
    return Studied(found, "\n".join(line.text for line in paper.lines), errors)


def take_in(
    session: Session, vault: Path, upload: Upload, studied: Studied, *, actor: Actor, now: datetime
) -> SignedPrecedent:
    """Keep a file and its reading; the same file, or its text in another file, is kept once."""
    if held := find_same(session, upload, studied):
        return held
    blob = deposit(session, vault, upload, actor=actor, now=now)
    reading = Upload(f"{Path(upload.name).stem}.txt", studied.text.encode())
    text = keep(session, vault, reading, kind="text", actor=actor, now=now)
    found = studied.measure
    name, number = found.account or (None, None)
    row = SignedPrecedent(
        document=blob.fingerprint,
        text=text.fingerprint,
        kind=found.kind,
        number=found.name if found.name != Path(upload.name).stem else None,
        signed_on=found.on,
        clauses=list(found.kinds),
        order=list(found.order),
        recipients=list(found.recipients),
        account_name=name,
        account_number=number,
        **recorded(actor, now),
    )
    session.add(row)
    session.flush()
    detail = {"document": blob.fingerprint, "kind": row.kind}
    record(session, _subject(row), "precedent_imported", actor=actor, now=now, detail=detail)
    return row


def find_same(session: Session, upload: Upload, studied: Studied) -> SignedPrecedent | None:
    """The precedent of these bytes or of this text, if it is there already."""
    prints = [files.fingerprint_of(data) for data in (upload.data, studied.text.encode())]
    query = select(SignedPrecedent).where(
        or_(SignedPrecedent.document.in_(prints), SignedPrecedent.text.in_(prints))
    )
    return session.scalars(query.order_by(SignedPrecedent.id)).first()


def take_out(
    session: Session,
    vault: Path,
    row: SignedPrecedent,
    *,
    reason: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Measure by it no more; its files go unless another paper is the same file."""
    if not reason.strip():
        raise RemovedWithoutReason
    prints = [one for one in (row.document, row.text) if one]
    row.document = row.text = row.number = row.signed_on = None
    row.account_name = row.account_number = None
    row.clauses, row.order, row.recipients = [], [], []
    row.removed_on, row.removed_because = on, reason.strip()
    session.flush()
    detail = {"documents": prints}
    record(session, _subject(row), "precedent_removed", actor=actor, now=now, detail=detail)
    discard_unnamed(session, vault, prints, actor=actor, now=now)


def precedents_of(session: Session) -> list[SignedPrecedent]:
    """All that are measured by, the last signed last."""
    query = select(SignedPrecedent).where(SignedPrecedent.removed_on.is_(None))
    rows = session.scalars(query.order_by(SignedPrecedent.id))
    return sorted(rows, key=lambda row: row.signed_on or date.min)


def get_precedent(session: Session, number: int) -> SignedPrecedent:
    row = session.get(SignedPrecedent, number)
    if row is None or row.removed_on is not None:
        raise NotFound(
            what=say(N_("precedent")), given=number, mend=N_("See them: donflow precedent list")
        )
    return row


def name_of(session: Session, row: SignedPrecedent) -> str:
    """What people call it: its agreement number, else the file's name."""
    blob = session.get(Blob, row.document) if row.document else None
    return row.number or (Path(blob.name).stem if blob else str(row.id))


def measures(
    session: Session, vault: Path, book: RuleBook, *, kind: Kind | None, on: date
) -> tuple[Precedent, ...]:
    """Every precedent as a measure; with its wording where it is of this kind and among the newest.

    A file that is missing or damaged leaves its precedent without wording; `verify` names it.
    """
    rows = precedents_of(session)
    worded = {row.id for row in [row for row in rows if row.kind == kind][-NEWEST:]}
    found = []
    for row in rows:
        clauses: tuple[Clause, ...] = ()
        if row.id in worded and (paper := text_of(vault, row)) is not None:
            draft = read_draft(paper, book, on=on)
            clauses = clauses_of(draft.facts, draft.paper, draft.anatomy)
        found.append(
            Precedent(
                name=name_of(session, row),
                kind=Kind(row.kind),
                on=row.signed_on,
                kinds=tuple(row.clauses),
                order=tuple(row.order),
                recipients=tuple(row.recipients),
                account=_account(row),
                clauses=clauses,
            )
        )
    return tuple(found)


def text_of(vault: Path, row: SignedPrecedent) -> Paper | None:
    """Its lines as they were read when it was taken in; None where the vault has them no more."""
    try:
        return from_text(decoded(files.read(vault, row.text or "")))
    except (DonflowError, ValueError):
        return None


def registered(session: Session, foundation: Foundation) -> Registered:
    """The office's names and accounts: those of the settings, and those of several agreements."""
    own = Registered(
        frozenset({name_key(foundation.name)} if foundation.name else ()),
        frozenset(
            {account_key(foundation.account_name or foundation.name, foundation.account_number)}
            if foundation.account_number
            else ()
        ),
    )
    return registered_by(_known(precedents_of(session)), confirmed=own)


def _known(rows: Sequence[SignedPrecedent]) -> list[Precedent]:
    return [
        Precedent("", Kind(row.kind), recipients=tuple(row.recipients), account=_account(row))
        for row in rows
    ]


def _account(row: SignedPrecedent) -> tuple[str, str] | None:
    return (row.account_name or "", row.account_number) if row.account_number else None


def _subject(row: SignedPrecedent) -> Subject:
    return Subject("precedent", row.id)
