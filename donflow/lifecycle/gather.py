"""The only place where tables become facts: for many gifts at once, one query a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.drafting import missing_fields, template_of
from donflow.agreements.models import (
    Approval,
    DonorCheck,
    Objection,
    Remark,
    ReviewRound,
    Revision,
    SelfCheck,
    TemplateConfirmation,
)
from donflow.agreements.terms import AgreementTerm
from donflow.agreements.values import values_of
from donflow.domain.facts import CopyFacts, GiftFacts, RecordKind, SignatureFacts
from donflow.domain.money import Money
from donflow.engine.machine import rungs
from donflow.engine.spec import Lifecycle, Mode
from donflow.errors import Label
from donflow.gifts.models import (
    Contact,
    Gift,
    GiftPaper,
    GiftRecord,
    Instalment,
    Payment,
    Screening,
)
from donflow.lifecycle.office import Office
from donflow.originals.models import OriginalCopy, Parcel, SealUse, Signature
from donflow.papers.models import Certificate, Custody, Receipt
from donflow.roster.models import Constituent
from donflow.store.base import Base
from donflow.tasks.models import Task

THANK = "thank"
"""The kind of task that each confirmed payment plans."""

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
    session: Session, office: Office, gifts: Sequence[Gift], *, today: date
) -> dict[int, GiftFacts]:
    """The facts of these gifts, by gift id, as of today."""
    ids = [gift.id for gift in gifts]
    rows = {table: _by_gift(session, table, ids) for table in LEDGERS}
    tasks = _thanks(session, ids)
    donors = _donors(session, gifts)
    confirmed = _confirmations(session)
    return {
        gift.id: _facts(
            gift,
            office.machine(session, gift.workflow_version, Gift.lifecycle).lifecycle,
            _waiting_stages(session, office, gift),
            {table: found.get(gift.id, []) for table, found in rows.items()},
            donor=donors.get(gift.donor_id or 0),
            thanks_open=len(tasks.get(gift.id, [])),
            unfilled=_unfilled(office, gift, donors.get(gift.donor_id or 0), rows),
            template=confirmed.get(gift.kind),
            template_days=office.settings.template_days,
            today=today,
        )
        for gift in gifts
    }


def gather_one(session: Session, office: Office, gift: Gift, *, today: date) -> GiftFacts:
    """The facts of one gift, with what this unit of work has just written."""
    session.flush()
    return gather(session, office, [gift], today=today)[gift.id]


def _facts(
    gift: Gift,
    lifecycle: Lifecycle,
    waiting: dict[str, frozenset[str]],
    rows: dict[type[Base], list[Any]],
    *,
    donor: Constituent | None,
    thanks_open: int,
    unfilled: tuple[Label, ...],
    template: TemplateConfirmation | None,
    template_days: int,
    today: date,
) -> GiftFacts:
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
        unfilled=unfilled,
        template_confirmed_on=template.on if template else None,
        template_days=template_days,
        agreement_number=gift.agreement_number,
        thanks_open=thanks_open,
        steward_named=bool(gift.steward),
        **_early(rows),
        **_text(rows, template),
        **_review(rows, lifecycle, gift),
        **_donors_check(rows),
        **_originals(rows),
        **_ledgers(rows, waiting),
    )


def _unfilled(
    office: Office, gift: Gift, donor: Constituent | None, rows: dict[type[Base], Rows]
) -> tuple[Label, ...]:
    """The labels of the template's fields that are still missing; none where none is needed."""
    if not (office.templates / gift.kind).is_dir():
        return ()
    template = template_of(office.templates, gift.kind)
    values = values_of(
        gift,
        donor,
        rows[Instalment].get(gift.id, []),
        rows[AgreementTerm].get(gift.id, []),
        office.settings.foundation,
        # That a number is on record is enough here; nothing is decrypted for a list.
        show=lambda _person, holding: holding.masked,
    )
    missing = missing_fields(template, values)
    return tuple(field.label for name, field in template.fields.items() if name in missing)


def _early(rows: dict[type[Base], list[Any]]) -> dict[str, Any]:
    contacts, screenings, records = rows[Contact], rows[Screening], rows[GiftRecord]
    reminders = [fact.on for fact in records if fact.kind == RecordKind.REMINDED]
    return {
        "last_contact_on": max((contact.on for contact in contacts), default=None),
        "screening_passed": screenings[-1].passed if screenings else None,
        "records": frozenset(fact.kind for fact in records),
        "last_reminded_on": max(reminders, default=None),
        "instalments_total": _total(rows[Instalment]),
        "pay_by": _next_day(rows),
    }


def _next_day(rows: dict[type[Base], list[Any]]) -> date | None:
    """The day by which the next unpaid instalment is to be paid."""
    paid = {payment.instalment_id for payment in rows[Payment] if payment.confirmed_at}
    return min((part.pay_by for part in rows[Instalment] if part.id not in paid), default=None)


def _text(
    rows: dict[type[Base], list[Any]], template: TemplateConfirmation | None
) -> dict[str, Any]:
    revisions = rows[Revision]
    if not revisions:
        return {}
    last = revisions[-1]
    numbers = {revision.id: revision.no for revision in revisions}
    checked = [numbers[check.revision_id] for check in rows[SelfCheck]]
    outdated = bool(template and last.template and last.template != template.template)
    return {
        "revision": last.no,
        "document": last.document,
        "copies_due": last.copies,
        "checked_revision": max(checked, default=None),
        "template_outdated": outdated,
    }


def _review(rows: dict[type[Base], list[Any]], lifecycle: Lifecycle, gift: Gift) -> dict[str, Any]:
    rounds = rows[ReviewRound]
    if not rounds:
        return {"rungs_missing": _missing(lifecycle, gift, set())}
    last = rounds[-1]
    revisions = {revision.id: revision for revision in rows[Revision]}
    reviewed = revisions[last.revision_id]
    remarks = [remark for remark in rows[Remark] if remark.round_id == last.id]
    consents = {
        approval.capacity
        for approval in rows[Approval]
        if approval.round_id == last.id and approval.document == reviewed.document
    }
    approved = last.outcome == "approved" and last.lapsed_on is None
    return {
        "reviewed_revision": reviewed.no,
        "remarks": len(remarks),
        "remarks_unanswered": sum(remark.answer is None for remark in remarks),
        "rungs_missing": _missing(lifecycle, gift, consents),
        "approved_revision": reviewed.no if approved else None,
        "approved_document": reviewed.document if approved else None,
    }


def _missing(lifecycle: Lifecycle, gift: Gift, consents: set[str]) -> tuple[str, ...]:
    rule = rungs(lifecycle, gift.amount_minor)
    if rule is None:
        return ()
    asked = tuple(rung.capacity for rung in rule.rungs)
    if rule.mode is Mode.ANY and consents & set(asked):
        return ()
    return tuple(capacity for capacity in asked if capacity not in consents)


def _donors_check(rows: dict[type[Base], list[Any]]) -> dict[str, Any]:
    checks = rows[DonorCheck]
    if not checks:
        return {}
    last = checks[-1]
    numbers = {revision.id: revision.no for revision in rows[Revision]}
    objections = [item for item in rows[Objection] if item.check_id == last.id]
    agreed = last.outcome == "agreed"
    return {
        "sent_revision": numbers[last.revision_id],
        "objections": len(objections),
        "objections_unanswered": sum(item.answer is None for item in objections),
        "agreed_revision": numbers[last.revision_id] if agreed else None,
    }


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
                placed=copy.holder == copy.meant_for,
            )
            for copy in copies
        ),
        "signature": _signature(signatures[-1]) if signatures else None,
        "seal_checked_blanks": bool(uses) and all(use.no_blanks for use in uses),
        "seal_compared_text": bool(uses) and all(use.text_compared for use in uses),
    }


def _signature(signature: Signature) -> SignatureFacts:
    return SignatureFacts(
        by_seal=signature.form == "seal",
        authorised=signature.authorised,
        every_page=signature.every_page,
        date_filled=signature.date_filled,
    )


def _ledgers(
    rows: dict[type[Base], list[Any]], waiting: dict[str, frozenset[str]]
) -> dict[str, Any]:
    payments = [payment for payment in rows[Payment] if payment.confirmed_at is not None]
    receipts = [receipt for receipt in rows[Receipt] if receipt.back_on is None]
    certificates = [item for item in rows[Certificate] if item.cancelled_on is None]
    open_receipts = [r for r in receipts if r.stage in waiting[Receipt.lifecycle]]
    open_certificates = [c for c in certificates if c.stage in waiting[Certificate.lifecycle]]
    answered = {receipt.payment_id for receipt in receipts} - {r.payment_id for r in open_receipts}
    custody, parcels = rows[Custody], rows[Parcel]
    return {
        "confirmed_total": _total(payments),
        "waived_total": _waived(rows[Instalment], payments, waiting[Instalment.lifecycle]),
        "receipts_total": _total([r for r in receipts if r.number or r not in open_receipts]),
        "receipts_open": len(open_receipts),
        "receipts_settled": bool(payments) and {payment.id for payment in payments} <= answered,
        "certificates_open": len(open_certificates),
        "certificate_settled": bool(certificates) and not open_certificates,
        "filed": frozenset(p.kind for p in rows[GiftPaper] if p.document or p.absent_because),
        "custody_handed": bool(custody),
        "custody_acknowledged": bool(custody) and custody[-1].acknowledged_on is not None,
        "parcel_sent": bool(parcels),
        "parcel_delivered": bool(parcels) and all(parcel.delivered_on for parcel in parcels),
    }


def _waived(
    parts: list[Instalment], payments: list[Payment], waiting: frozenset[str]
) -> Money | None:
    """What no longer is waited for although it did not arrive: the waived rest of instalments."""
    rests = []
    for part in parts:
        paid = sum(p.amount_minor for p in payments if p.instalment_id == part.id)
        if part.stage not in waiting and paid < part.amount_minor:
            rests.append(Money(part.amount_minor - paid, part.currency))
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
    owner: Any = table.gift_id  # type: ignore[attr-defined]
    grouped: Rows = defaultdict(list)
    order: Any = table.id  # type: ignore[attr-defined]
    for row in session.scalars(select(table).where(owner.in_(ids)).order_by(order)):
        grouped[row.gift_id].append(row)  # type: ignore[attr-defined]
    return grouped


def _thanks(session: Session, ids: list[int]) -> Rows:
    grouped: Rows = defaultdict(list)
    query = select(Task).where(
        Task.subject_type == "gift",
        Task.subject_id.in_(ids),
        Task.kind == THANK,
        Task.done_at.is_(None),
    )
    for task in session.scalars(query):
        grouped[task.subject_id].append(task)
    return grouped


def _donors(session: Session, gifts: Sequence[Gift]) -> dict[int, Constituent]:
    ids = {gift.donor_id for gift in gifts if gift.donor_id}
    query = select(Constituent).where(Constituent.id.in_(ids))
    return {donor.id: donor for donor in session.scalars(query)}


def _confirmations(session: Session) -> dict[str, TemplateConfirmation]:
    query = select(TemplateConfirmation).order_by(TemplateConfirmation.id)
    return {confirmation.kind: confirmation for confirmation in session.scalars(query)}


def _waiting_stages(session: Session, office: Office, gift: Gift) -> dict[str, frozenset[str]]:
    """By lifecycle, the stages at which somebody still has to act: those with an owner."""
    return {
        name: frozenset(
            stage.name
            for stage in office.machine(
                session, gift.workflow_version, name
            ).lifecycle.stages.values()
            if stage.owner
        )
        for name in (Instalment.lifecycle, Receipt.lifecycle, Certificate.lifecycle)
    }
