"""The office's signed agreements: taken in once, kept as a measure, taken out with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from donflow.agreements.incoming import read_paper
from donflow.agreements.models import SignedPrecedent
from donflow.domain.actor import Actor
from donflow.domain.plain_text import decoded
from donflow.errors import N_, DonflowError, NotFound, Sentence, say
from donflow.precheck.check import findings_of, read_draft
from donflow.precheck.draft import Draft, Registered
from donflow.precheck.facts import Facts, Kind
from donflow.precheck.findings import Finding, Severity
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
from donflow.precheck.veiling import names_in, veil
from donflow.settings import Foundation
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.vault import files
from donflow.vault.deposit import Upload, deposit, keep
from donflow.vault.discarding import discard_unnamed

NEWEST = 30
"""The wording of so many of the kind is compared, the last signed first: habits change."""
OPEN = frozenset({"blank_unfilled", "placeholder_unfilled", "option_unselected", "blank_sign_date"})
"""What is found where something is not filled in: however little it weighs, nobody signed that."""


class NotAnAgreement(DonflowError):
    code = "not_an_agreement"
    message = N_("{name} is no agreement: it has no clauses, or nobody receives.")
    remedy = N_("Leave out letters, receipts and lists; take the signed agreement itself.")


class NoMeasure(DonflowError):
    """An agreement that is not signed as it stands, or is faulty: no draft is held to it."""

    code = "no_measure"
    message = N_("{name} is no measure for drafts; {count} reasons:")
    remedy = N_(
        "Take the text that was signed: dated, filled in, and without faults. Where only the day"
        " and the signatures are blank, written on paper by hand, say so with --signed:"
        " donflow precedent import FOLDER --signed"
    )

    def __init__(self, *, name: str, reasons: Sequence[Sentence]) -> None:
        super().__init__(name=name, count=len(reasons))
        self.reasons = tuple(reasons)

    @property
    def details(self) -> tuple[Sentence, ...]:
        return self.reasons


class RemovedWithoutReason(DonflowError):
    code = "reason_missing"
    message = N_("Whoever takes a precedent out says why.")
    remedy = N_("Add --reason, such as “not signed after all”.")


@dataclass(frozen=True)
class Studied:
    """What a file says as a precedent; `same` is what other files of this agreement share.

    `signed` where a person says that it was signed on paper.
    """

    measure: Precedent
    text: str
    same: str
    signed: bool = False


def study(
    upload: Upload, rules: Callable[[date], RuleBook], *, today: date, signed: bool = False
) -> Studied:
    """Read a signed agreement and hold it to the rules of the day on which it was signed.

    Where a person says that it was `signed`, blanks in the signing area stand, and only there:
    the day and the names were written on paper by hand. Without a day it is held to the rules of
    today. Raises what `read_paper` raises, NotAnAgreement, and NoMeasure with every reason.
    """
    paper = read_paper(upload.data, name=upload.name).paper
    draft = _read(paper)
    found = measure(draft.facts, draft.paper, draft.anatomy, name="")
    if not found.clauses or not found.recipients:
        raise NotAnAgreement(name=upload.name)
    day = found.on or today
    findings = findings_of(replace(draft, book=rules(day), on=day))
    if signed:
        by_hand = _signing_lines(draft)
        findings = tuple(one for one in findings if one.code not in OPEN or one.line not in by_hand)
    if reasons := tuple(_against(found, findings, today, signed=signed)):
        raise NoMeasure(name=upload.name, reasons=reasons)
    same = _same(draft.facts, found.on)
    return Studied(found, "\n".join(line.text for line in paper.lines), same, signed)


def one_agreement(one: Studied, other: Studied) -> bool:
    """Whether two files are one agreement: by its number, or by parties, day and sum."""
    if one.text == other.text:
        return True
    if one.measure.kind != other.measure.kind:
        return False
    if one.measure.number and other.measure.number:
        return one.measure.number == other.measure.number
    return one.same == other.same


def take_in(
    session: Session,
    vault: Path,
    upload: Upload,
    studied: Studied,
    *,
    keys: KeyRing,
    actor: Actor,
    now: datetime,
) -> SignedPrecedent:
    """Keep a file and its reading; the same agreement is kept once, whatever file it comes in."""
    if held := find_same(session, upload, studied, keys=keys):
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
        number=found.number or None,
        signed_on=found.on,
        clauses=list(found.kinds),
        order=list(found.order),
        recipients=list(found.recipients),
        account_name=name,
        account_number=number,
        donors=[keys.blind("precedent donor", donor) for donor in found.donors],
        same=keys.blind("precedent", studied.same),
        **recorded(actor, now),
    )
    session.add(row)
    session.flush()
    detail: dict[str, object] = {"document": blob.fingerprint, "kind": row.kind}
    if studied.signed:
        detail["said_signed"] = True
    record(session, _subject(row), "precedent_imported", actor=actor, now=now, detail=detail)
    return row


def find_same(
    session: Session, upload: Upload, studied: Studied, *, keys: KeyRing
) -> SignedPrecedent | None:
    """The precedent of these bytes, of this text or of this agreement, if it is there already."""
    prints = [files.fingerprint_of(data) for data in (upload.data, studied.text.encode())]
    number, blind = studied.measure.number, keys.blind("precedent", studied.same)
    row = SignedPrecedent
    alike = (row.number == number) | (row.number.is_(None) & (row.same == blind))
    query = select(row).where(
        or_(
            row.document.in_(prints),
            row.text.in_(prints),
            (row.kind == studied.measure.kind) & (alike if number else row.same == blind),
        )
    )
    return session.scalars(query.order_by(row.id)).first()


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
    row.clauses, row.order, row.recipients, row.donors, row.same = [], [], [], [], None
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


def name_of(row: SignedPrecedent) -> str:
    """What people call it: its agreement number, else 先例 with its number here.

    Its file's name is no name: donors are in those.
    """
    return row.number or f"先例{row.id}"


def measures(session: Session, vault: Path, *, kind: Kind | None) -> tuple[Precedent, ...]:
    """Every precedent as a measure; with its wording where it is of this kind and among the newest.

    A file that is missing or damaged leaves its precedent without wording; `verify` names it.
    """
    rows = precedents_of(session)
    worded = {row.id for row in [row for row in rows if row.kind == kind][-NEWEST:]}
    return tuple(
        replace(
            _known(row),
            name=name_of(row),
            clauses=_wording(vault, row) if row.id in worded else (),
        )
        for row in rows
    )


def veiled_text(vault: Path, row: SignedPrecedent) -> str | None:
    """Its wording with roles for names, sums and numbers; None where the vault has it no more."""
    paper = text_of(vault, row)
    if paper is None:
        return None
    draft = _read(paper)
    names = names_in(draft.facts, draft.paper)
    return "\n".join(veil(line.text, names) for line in draft.paper.lines)


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
    return registered_by(map(_known, precedents_of(session)), confirmed=own)


def _signing_lines(draft: Draft) -> frozenset[int]:
    """The lines of the signing area, by the numbers that findings have."""
    lines = draft.anatomy.signing
    places = draft.pieces.places
    return frozenset(places[line - 1][0] if places else line for line in lines)


def _against(
    found: Precedent, findings: Sequence[Finding], today: date, *, signed: bool
) -> Iterator[Sentence]:
    """Why nobody can have signed this paper, or should not have."""
    if found.on is None and not signed:
        yield say(N_("No day of signing stands in it."))
    elif found.on is not None and found.on > today:
        yield say(N_("It is dated {day}, which is still to come."), day=found.on)
    for finding in findings:
        if finding.severity is not Severity.ERROR and finding.code not in OPEN:
            continue
        if finding.line is None:
            yield finding.expect
        else:
            yield say(
                N_("Line {line}, “{quote}”: {expect}"),
                line=finding.line,
                quote=" ".join(finding.quote.split()),
                expect=finding.expect,
            )


def _same(facts: Facts, on: date | None) -> str:
    """What every file of one agreement says alike: kind, parties, day, and sum or things.

    Without a day the payments tell one year's gift from the next.
    """
    parties = sorted(name_key(party.name) for party in facts.parties)
    amount = facts.amount
    value = (amount.figures or amount.words_value) if amount else None
    given = [str(value)] if value else [f"{item.item} {item.quantity}" for item in facts.items]
    days = [str(on)] if on else ["None", *(part.raw for part in facts.instalments)]
    return "|".join((facts.kind, *parties, *days, *given))


def _read(paper: Paper) -> Draft:
    """A paper read without rules: its facts are the same on every day."""
    return read_draft(paper, RuleBook({}), on=date.min)


def _wording(vault: Path, row: SignedPrecedent) -> tuple[Clause, ...]:
    try:
        return _clauses(vault, row.text or "")
    except (DonflowError, ValueError):
        return ()


@lru_cache(maxsize=2 * NEWEST)
def _clauses(vault: Path, fingerprint: str) -> tuple[Clause, ...]:
    """Read once: the bytes under a fingerprint never change."""
    draft = _read(from_text(decoded(files.read(vault, fingerprint))))
    return clauses_of(draft.facts, draft.paper, draft.anatomy)


def _known(row: SignedPrecedent) -> Precedent:
    return Precedent(
        name="",
        kind=Kind(row.kind),
        number=row.number or "",
        on=row.signed_on,
        kinds=tuple(row.clauses),
        order=tuple(row.order),
        recipients=tuple(row.recipients),
        account=(row.account_name or "", row.account_number) if row.account_number else None,
        donors=tuple(row.donors),
    )


def _subject(row: SignedPrecedent) -> Subject:
    return Subject("precedent", row.id)
