"""The records of certificates: collected from the foundation, or printed here from frozen words."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.workdays import Calendar
from donflow.engine.machine import LifecycleMachine
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.papers.models import Certificate
from donflow.store.columns import recorded
from donflow.store.journal import record
from donflow.store.moving import enter

CODE_BYTES = 10
"""80 random bits: the code stands on the paper and in its row, and cannot be guessed."""


class CertificateTaken(DonflowError):
    code = "certificate_taken"
    message = N_("Certificate number {number} is already in use.")


class CertificateExists(DonflowError):
    code = "certificate_exists"
    message = N_("Gift {number} has a certificate already: {certificate}.")
    remedy = N_("Cancel it first if it is wrong: donflow certificate cancel {number} --reason TEXT")
    http_status = 409


def plan_certificate(
    session: Session,
    gift: Gift,
    machine: LifecycleMachine,
    *,
    kind: str,
    on: date,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Begin a certificate of this kind (`collected` or `printed`), if none stands already."""
    for earlier in certificates_of(session, gift.id):
        if not machine.lifecycle.stages[earlier.stage].end:
            raise CertificateExists(number=gift.number, certificate=earlier.number or earlier.id)
    certificate = Certificate(gift_id=gift.id, kind=kind, **recorded(actor, now))
    enter(certificate, machine, gift.workflow_version, on=on, calendar=calendar)
    session.add(certificate)
    session.flush()
    touch(gift, now)
    detail = {"certificate": certificate.id, "kind": kind}
    record(session, gift.subject, "certificate_planned", actor=actor, now=now, detail=detail)
    return certificate


def fill_certificate(
    session: Session,
    gift: Gift,
    certificate: Certificate,
    values: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down a certificate's number, frozen words or file; numbers are never shared."""
    number = values.get("number")
    query = select(Certificate).where(
        Certificate.number == number, Certificate.id != certificate.id
    )
    if number is not None and session.scalars(query).first() is not None:
        raise CertificateTaken(number=number)
    for name, value in values.items():
        setattr(certificate, name, value)
    touch(gift, now)
    detail = {"certificate": certificate.id, "fields": sorted(values)}
    record(session, gift.subject, "certificate_recorded", actor=actor, now=now, detail=detail)


def new_verification_code() -> str:
    """Sixteen letters and digits; papers show them in groups of four."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def certificates_of(session: Session, gift_id: int) -> list[Certificate]:
    query = select(Certificate).where(Certificate.gift_id == gift_id).order_by(Certificate.id)
    return list(session.scalars(query))


def current_certificate(session: Session, gift: Gift) -> Certificate:
    """The certificate of this gift that was begun last."""
    certificates = certificates_of(session, gift.id)
    if not certificates:
        raise NotFound(
            what=say(N_("certificate for gift")),
            given=gift.number,
            mend=N_("Record it first: donflow certificate --help"),
        )
    return certificates[-1]
