"""The only place where tables become facts: for many gifts at once, one query a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from donflow.agreements.models import (
    Approval,
    DonorCheck,
    FindingWaiver,
    Objection,
    Remark,
    ReviewRound,
    Revision,
    RevisionFinding,
    SelfCheck,
    TemplateConfirmation,
)
from donflow.agreements.terms import AgreementTerm
from donflow.domain.facts import CopyFacts, GiftFacts, PaperKind, RecordKind, SignatureFacts
from donflow.domain.money import Money
from donflow.engine.spec import Lifecycle
from donflow.gifts.models import (
    Contact,
    Gift,
    GiftPaper,
    GiftRecord,
    Instalment,
    Payment,
    Screening,
)
from donflow.greetings.thanking import THANK
from donflow.lifecycle.gather_text import (
    donor_facts,
    findings_on_record,
    review_facts,
    revision_facts,
    text_on_record,
)
from donflow.lifecycle.office import Office
from donflow.lifecycle.papers_due import nothing_due, papers_due, way_of
from donflow.originals.models import OriginalCopy, Parcel, SealUse, Signature
from donflow.papers.custody import package_is_whole
from donflow.papers.models import Certificate, Custody, Receipt
from donflow.roster.models import Constituent
from donflow.shipping import rules_digest
from donflow.store.base import Base
from donflow.tasks.models import Task

Rows = dict[int, list[Any]]

LEDGERS: tuple[type[Base], ...] = (
    Contact,
    Screening,
    GiftRecord,
    Instalment,
    Payment,
    GiftPaper,
    AgreementTerm,
    Revision,
    RevisionFinding,
    FindingWaiver,
    SelfCheck,
    ReviewRound,
    Remark,
    Approval,
    DonorCheck,
    Objection,
    OriginalCopy,
    Signature,
    SealUse,
    Parcel,
    Receipt,
    Certificate,
    Custody,
)
"""Every table whose rows belong to one gift, by `gift_id`."""


def gather(
    session: Session,
    office: Office,
    gifts: Sequence[Gift],
    *,
    today: date,
    with_words: bool = False,
) -> dict[int, GiftFacts]:
    """The facts of these gifts, by gift id, as of today.

    `with_words`: what is wrong in a draft is told in its own words, for which the draft is read.
    """
    ids = [gift.id for gift in gifts]
    rows = {table: _by_gift(session, table, ids) for table in LEDGERS}
    tasks = _thanks(session, ids)
    donors = _donors(session, gifts)
    confirmed = _confirmations(session)
    lifecycles = {gift.id: _lifecycles(session, office, gift) for gift in gifts}
    rules = rules_digest(office.home)
    ledgers = {
        gift.id: {table: found.get(gift.id, []) for table, found in rows.items()} for gift in gifts
    }
    return {
        gift.id: _facts(
            gift,
            lifecycles[gift.id],
            ledgers[gift.id],
            donor=donors.get(gift.donor_id or 0),
            thanks_open=len(tasks.get(gift.id, [])),
            template=confirmed.get(gift.kind),
            template_days=office.settings.template_days,
            due=papers_due(lifecycles[gift.id][Gift.lifecycle], gift, ledgers[gift.id][Instalment]),
            today=today,
            text=text_on_record(
                office,
                lifecycles[gift.id][Gift.lifecycle],
                gift,
                donors.get(gift.donor_id or 0),
                ledgers[gift.id],
            ),
            findings=findings_on_record(
                office,
                lifecycles[gift.id][Gift.lifecycle],
                gift,
                ledgers[gift.id],
                rules=rules,
                with_words=with_words,
            ),
        )
        for gift in gifts
    }


def gather_one(
    session: Session, office: Office, gift: Gift, *, today: date, with_words: bool = False
) -> GiftFacts:
    """The facts of one gift, with what this unit of work has just written."""
    session.flush()
    return gather(session, office, [gift], today=today, with_words=with_words)[gift.id]


def _facts(
    gift: Gift,
    lifecycles: dict[str, Lifecycle],
    rows: dict[type[Base], list[Any]],
    *,
    donor: Constituent | None,
    thanks_open: int,
    template: TemplateConfirmation | None,
    template_days: int,
    due: tuple[PaperKind, ...],
    today: date,
    text: dict[str, Any],
    findings: dict[str, Any],
) -> GiftFacts:
    waiting = {name: _waiting(lifecycle) for name, lifecycle in lifecycles.items()}
    return GiftFacts(
        number=gift.number,
        kind=gift.kind,
        today=today,
        entered_on=gift.entered_on,
        donor_kind=donor.kind if donor else None,
        anonymous=gift.anonymous,
        liaison_known=bool(gift.liaison),
        notice_given_on=gift.notice_given_on,
        undescribed=_undescribed(gift, rows[Instalment]),
        amount=gift.amount,
        template_confirmed_on=template.on if template else None,
        template_days=template_days,
        agreement_number=gift.agreement_number,
        thanks_open=thanks_open,
        steward_named=bool(gift.steward),
        papers_due=due,
        **text,
        **findings,
        **_early(rows, gift, waiting),
        **revision_facts(rows, template),
        **review_facts(rows, lifecycles[Gift.lifecycle], gift),
        **donor_facts(rows),
        **_originals(rows),
        **_ledgers(rows, waiting, lifecycles),
    )


def _early(
    rows: dict[type[Base], list[Any]], gift: Gift, waiting: dict[str, frozenset[str]]
) -> dict[str, Any]:
    contacts, screenings, records = rows[Contact], rows[Screening], rows[GiftRecord]
    reminders = [fact.on for fact in records if fact.kind == RecordKind.REMINDED]
    return {
        "last_contact_on": max(
            (contact.on for contact in contacts if contact.reached), default=None
        ),
        "screening_passed": screenings[-1].passed if screenings else None,
        "records": frozenset(fact.kind for fact in records),
        "fresh_records": frozenset(fact.kind for fact in records if fact.on >= gift.entered_on),
        "last_reminded_on": max(reminders, default=None),
        "instalments": len(rows[Instalment]),
        "instalments_total": _total(rows[Instalment]),
        "pay_by": _next_day(rows[Instalment], waiting[Instalment.lifecycle]),
    }


def _next_day(parts: list[Instalment], waiting: frozenset[str]) -> date | None:
    """The day by which the next instalment that is still waited for is to be paid."""
    return min((part.pay_by for part in parts if part.stage in waiting), default=None)


def _originals(rows: dict[type[Base], list[Any]]) -> dict[str, Any]:
    copies = [copy for copy in rows[OriginalCopy] if copy.cancelled_on is None]
    printing = copies[0].printing if copies else None
    signatures = [item for item in rows[Signature] if item.printing == printing]
    used = {copy.seal_use_id for copy in copies}
    uses = [use for use in rows[SealUse] if use.id in used]
    return {
        "copies": tuple(
            CopyFacts(
                no=copy.no,
                document=copy.document,
                signed_on=copy.signed_on,
                countersigned_on=copy.countersigned_on,
                sealed_on=copy.sealed_on,
                placed=copy.holder == copy.meant_for and _since_seal(copy),
            )
            for copy in copies
        ),
        "signature": _signature(signatures[-1]) if signatures else None,
        "seal_checked_blanks": bool(uses) and all(use.no_blanks for use in uses),
        "seal_compared_text": bool(uses) and all(use.text_compared for use in uses),
    }


def _since_seal(copy: OriginalCopy) -> bool:
    """Given out counts only once the copy is sealed: before, it merely travels to be signed."""
    return copy.sealed_on is not None and copy.placed_on >= copy.sealed_on


def _signature(signature: Signature) -> SignatureFacts:
    return SignatureFacts(
        by_seal=signature.form == "seal",
        authorised=signature.authorised,
        every_page=signature.every_page,
        date_filled=signature.date_filled,
    )


def _ledgers(
    rows: dict[type[Base], list[Any]],
    waiting: dict[str, frozenset[str]],
    lifecycles: dict[str, Lifecycle],
) -> dict[str, Any]:
    payments = [payment for payment in rows[Payment] if payment.counts]
    struck = {payment.id for payment in rows[Payment] if payment.struck_at is not None}
    # The last one alone answers: once it is taken back, no earlier one answers again.
    last = {r.payment_id: r for r in rows[Receipt] if r.payment_id not in struck}
    receipts = [receipt for receipt in last.values() if receipt.back_on is None]
    certificates = [item for item in rows[Certificate][-1:] if item.cancelled_on is None]
    open_receipts = [r for r in receipts if r.stage in waiting[Receipt.lifecycle]]
    open_certificates = [c for c in certificates if c.stage in waiting[Certificate.lifecycle]]
    answered = {receipt.payment_id for receipt in receipts} - {r.payment_id for r in open_receipts}
    # A package that lacks what was filed after it is as none.
    custody = rows[Custody] if package_is_whole(rows[GiftPaper]) else []
    parcels = [p for p in rows[Parcel] if p.lost_on is None or p.delivered_on is not None]
    last_paper = {paper.kind: paper for paper in rows[GiftPaper]}
    return {
        "money_recorded": len(struck) < len(rows[Payment]),
        "money_unconfirmed": len(struck) + len(payments) < len(rows[Payment]),
        "confirmed_total": _total(payments),
        "waived_total": _waived(rows[Instalment]),
        "receipts_total": _total([r for r in receipts if r.number or r not in open_receipts]),
        "receipts_open": len(open_receipts),
        "receipt_way": way_of(lifecycles[Receipt.lifecycle], open_receipts, parcels),
        "receipts_settled": {payment.id for payment in payments} <= answered
        and (bool(payments) or nothing_due(rows[Instalment])),
        "certificates_open": len(open_certificates),
        "certificate_way": way_of(lifecycles[Certificate.lifecycle], open_certificates, parcels),
        "certificate_settled": bool(certificates) and not open_certificates,
        "filed": frozenset(p.kind for p in rows[GiftPaper] if p.document or p.absent_because),
        "scanned": frozenset(p.kind for p in rows[GiftPaper] if p.document),
        "absent": frozenset(kind for kind, paper in last_paper.items() if not paper.document),
        "custody_handed": bool(custody),
        "custody_acknowledged": bool(custody) and custody[-1].acknowledged_on is not None,
        "parcel_sent": bool(parcels),
        "parcel_delivered": bool(parcels) and all(parcel.delivered_on for parcel in parcels),
    }


def _waived(parts: list[Instalment]) -> Money | None:
    """What was waived of the instalments, on papers."""
    rests = [Money(p.waived_minor, p.currency) for p in parts if p.waived_minor is not None]
    return sum(rests[1:], start=rests[0]) if rests else None


def _undescribed(gift: Gift, instalments: list[Instalment]) -> tuple[str, ...]:
    known = {
        "amount": gift.amount_minor,
        "purpose": gift.purpose,
        "restricted": gift.restricted,
        "pay-by": instalments or None,
    }
    return tuple(name for name, value in known.items() if value is None)


def _total(rows: Iterable[Instalment | Payment | Receipt]) -> Money | None:
    amounts = [row.amount for row in rows]
    return sum(amounts[1:], start=amounts[0]) if amounts else None


def _by_gift(session: Session, table: type[Base], ids: list[int]) -> Rows:
    grouped: Rows = defaultdict(list)
    for row in session.scalars(_query(table), {"gifts": ids}):
        grouped[row.gift_id].append(row)
    return grouped


@cache
def _query(table: type[Base]) -> Select[Any]:
    """Put together once: for small ledgers that takes longer than asking the database."""
    owner: Any = table.gift_id  # type: ignore[attr-defined]
    order: Any = table.id  # type: ignore[attr-defined]
    return select(table).where(owner.in_(bindparam("gifts", expanding=True))).order_by(order)


def _thanks(session: Session, ids: list[int]) -> Rows:
    grouped: Rows = defaultdict(list)
    for task in session.scalars(_open_thanks(), {"gifts": ids}):
        grouped[task.subject_id].append(task)
    return grouped


@cache
def _open_thanks() -> Select[Any]:
    return select(Task).where(
        Task.subject_type == "gift",
        Task.subject_id.in_(bindparam("gifts", expanding=True)),
        Task.kind == THANK,
        Task.done_at.is_(None),
    )


def _donors(session: Session, gifts: Sequence[Gift]) -> dict[int, Constituent]:
    ids = {gift.donor_id for gift in gifts if gift.donor_id}
    query = select(Constituent).where(Constituent.id.in_(ids))
    return {donor.id: donor for donor in session.scalars(query)}


def _confirmations(session: Session) -> dict[str, TemplateConfirmation]:
    query = select(TemplateConfirmation).order_by(TemplateConfirmation.id)
    return {confirmation.kind: confirmation for confirmation in session.scalars(query)}


def _lifecycles(session: Session, office: Office, gift: Gift) -> dict[str, Lifecycle]:
    """The lifecycles of the version that the gift began with, its own and those beside it."""
    return {
        name: office.machine(session, gift.workflow_version, name).lifecycle
        for name in (
            Gift.lifecycle,
            Instalment.lifecycle,
            Receipt.lifecycle,
            Certificate.lifecycle,
        )
    }


def _waiting(lifecycle: Lifecycle) -> frozenset[str]:
    """The stages at which somebody still has to act: those with an owner."""
    return frozenset(stage.name for stage in lifecycle.stages.values() if stage.owner)
