"""Moving the rows beside a gift along their own lifecycles: instalments, receipts, certificates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import (
    CertificateFacts,
    InstalmentFacts,
    ReceiptFacts,
    RecordKind,
)
from donflow.domain.money import Money
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, options
from donflow.engine.rules import leaving
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.gifts.payments import payments_of
from donflow.gifts.plan import instalments_of, poured
from donflow.gifts.register import donor_of, touch
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.office import Office
from donflow.lifecycle.row_moving import move_row
from donflow.originals.models import Parcel
from donflow.originals.parcels import parcels_of
from donflow.papers.models import Certificate, Receipt
from donflow.store.journal import Subject
from donflow.store.moving import move


def credit_plan(
    session: Session, office: Office, gift: Gift, *, actor: Actor, now: datetime
) -> None:
    """Move each part of the plan by the money now confirmed, the oldest open part first."""
    for part in instalments_of(session, gift.id):
        _credit_instalment(session, office, gift, part, actor=actor, now=now)


def _credit_instalment(
    session: Session,
    office: Office,
    gift: Gift,
    part: Instalment,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Move an instalment by the money that lies on it: to the first stage that it reaches."""
    machine, attempt = _attempt_on_instalment(session, office, gift, part, actor=actor, now=now)
    possible = [
        option.transition.name
        for option in options(machine, attempt)
        if isinstance(option.decision, Advance)
        and not option.transition.reason_required
        and option.transition.name != CHANGE
    ]
    if possible:
        _move_instalment(session, office, gift, part, possible[0], machine, attempt, actor, now)


def waive_instalment(
    session: Session,
    office: Office,
    gift: Gift,
    part: Instalment,
    *,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Waive what an instalment still lacks, or raise Refused; the ground must be on record."""
    machine, attempt = _attempt_on_instalment(
        session, office, gift, part, actor=actor, now=now, reason=reason
    )
    _move_instalment(session, office, gift, part, "waive", machine, attempt, actor, now)
    confirmed: Money = attempt.facts.confirmed  # type: ignore[attr-defined]
    part.waived_minor = part.amount_minor - confirmed.minor


def _attempt_on_instalment(
    session: Session,
    office: Office,
    gift: Gift,
    part: Instalment,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> tuple[LifecycleMachine, Attempt]:
    session.flush()
    money = [payment for payment in payments_of(session, gift.id) if payment.counts]
    confirmed = poured(instalments_of(session, gift.id), money)
    facts = InstalmentFacts(
        gift.number,
        part.no,
        part.amount,
        Money(confirmed[part.id], part.currency),
        waiver_grounded=_has_record(session, office, gift, RecordKind.WAIVER_GROUND, now),
    )
    attempt = Attempt(
        stage=part.stage,
        facts=facts,
        roles=office.roles(actor),
        reason=reason,
        person=office.person(actor),
    )
    return office.machine(session, part.workflow_version, Instalment.lifecycle), attempt


def _move_instalment(
    session: Session,
    office: Office,
    gift: Gift,
    part: Instalment,
    name: str,
    machine: LifecycleMachine,
    attempt: Attempt,
    actor: Actor,
    now: datetime,
) -> None:
    touch(gift, now)
    move(
        session,
        part,
        machine,
        name,
        attempt,
        subject=Subject(Instalment.lifecycle, part.id),
        gift_id=gift.id,
        actor=actor,
        now=now,
        on=office.acted_on(actor, now),
        calendar=office.calendar,
    )


def reopen_plan(
    session: Session,
    office: Office,
    gift: Gift,
    struck: Payment,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Put each part that a struck payment lay on back to where the other money brings it."""
    parts = instalments_of(session, gift.id)
    money = [payment for payment in payments_of(session, gift.id) if payment.counts]
    before, after = poured(parts, [*money, struck]), poured(parts, money)
    for part in parts:
        if before[part.id] == after[part.id]:
            continue
        machine, attempt = _attempt_on_instalment(
            session, office, gift, part, actor=actor, now=now, reason=reason
        )
        if any(found.name == REOPEN for found in leaving(machine.lifecycle, attempt)):
            _move_instalment(session, office, gift, part, REOPEN, machine, attempt, actor, now)
            _credit_instalment(session, office, gift, part, actor=actor, now=now)


def take_back_instalment(
    session: Session, office: Office, gift: Gift, part: Instalment, *, actor: Actor, now: datetime
) -> None:
    """Put an instalment back to the beginning, so that another sum can be set, if it may be."""
    machine, attempt = _attempt_on_instalment(session, office, gift, part, actor=actor, now=now)
    if any(found.name == CHANGE for found in leaving(machine.lifecycle, attempt)):
        _move_instalment(session, office, gift, part, CHANGE, machine, attempt, actor, now)


REOPEN, CHANGE = "reopen", "change"
"""The steps back of an instalment: its money was struck, or it is to be of another sum."""


def advance_receipt(
    session: Session,
    office: Office,
    gift: Gift,
    receipt: Receipt,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move a receipt's record along its own lifecycle, or raise Refused with every reason."""
    session.flush()
    payment = session.get_one(Payment, receipt.payment_id)
    donor = donor_of(session, gift)
    facts = ReceiptFacts(
        number=gift.number,
        receipt_id=receipt.id,
        amount=receipt.amount,
        confirmed=payment.amount if payment.counts else None,
        received_on=payment.received_on if payment.counts else None,
        issued_on=receipt.issued_on,
        receipt_number=receipt.number,
        title=receipt.payer,
        payer=payment.payer,
        party=donor.name if donor else None,
        anonymous=gift.anonymous,
        payer_explained=_has_record(session, office, gift, RecordKind.PAYER_EXPLAINED, now),
        on_file=receipt.document is not None,
        handed_over=any(receipt.id in parcel.receipts for parcel in _delivered(session, gift)),
        back=receipt.back_on is not None,
    )
    return _move_ledger(session, office, gift, receipt, name, facts, None, actor, now, reason)


def advance_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    certificate: Certificate,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Advance:
    """Move a certificate along its own lifecycle, or raise Refused with every reason."""
    session.flush()
    gift_facts = gather_one(session, office, gift, today=office.today(now))
    facts = CertificateFacts(
        number=gift.number,
        certificate_id=certificate.id,
        certificate_number=certificate.number,
        on_file=certificate.document is not None,
        sealed=certificate.sealed_on is not None,
        handed_over=any(
            certificate.id in parcel.certificates for parcel in _delivered(session, gift)
        ),
        confirmed=gift_facts.confirmed_total,
    )
    return _move_ledger(
        session, office, gift, certificate, name, facts, certificate.kind, actor, now, reason
    )


def _move_ledger(
    session: Session,
    office: Office,
    gift: Gift,
    row: Receipt | Certificate,
    name: str,
    facts: ReceiptFacts | CertificateFacts,
    kind: str | None,
    actor: Actor,
    now: datetime,
    reason: str | None,
) -> Advance:
    touch(gift, now)
    return move_row(
        session,
        office,
        row,
        name,
        facts,
        kind=kind,
        gift_id=gift.id,
        actor=actor,
        now=now,
        reason=reason,
    )


def _delivered(session: Session, gift: Gift) -> list[Parcel]:
    return [parcel for parcel in parcels_of(session, gift.id) if parcel.delivered_on is not None]


def _has_record(
    session: Session, office: Office, gift: Gift, kind: RecordKind, now: datetime
) -> bool:
    return kind in gather_one(session, office, gift, today=office.today(now)).records
