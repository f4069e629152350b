"""Certificates together with their stage: collected from the foundation, or printed here."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.facts import ANONYMOUS_TITLES, PaperKind
from donflow.domain.money import symbol_figures
from donflow.domain.rmb_words import words as in_words
from donflow.errors import N_, DonflowError, say
from donflow.gifts.filing import file_paper, record_absence
from donflow.gifts.models import Gift
from donflow.gifts.register import donor_of
from donflow.lifecycle.gather import gather_one
from donflow.lifecycle.ledgers import advance_certificate
from donflow.lifecycle.office import Office
from donflow.lifecycle.writing import NothingToWrite
from donflow.originals.seals import use_seal
from donflow.papers.certificate import CertificateWords, draw_certificate
from donflow.papers.certificates import (
    current_certificate,
    fill_certificate,
    new_verification_code,
    plan_certificate,
)
from donflow.papers.models import Certificate
from donflow.roster.models import Constituent, ConstituentKind
from donflow.roster.salutation import salutation_of
from donflow.roster.views import addressee_of
from donflow.vault.deposit import Upload, keep
from donflow.vault.models import Blob


class SealUnchecked(DonflowError):
    code = "seal_unchecked"
    message = N_("It is not stated that the seal keeper saw this before sealing: {checks}.")
    remedy = N_("Add what the keeper saw: --no-blanks --text-compared")


class NothingArrived(DonflowError):
    code = "nothing_arrived"
    message = N_("No money of gift {number} is confirmed yet; a certificate follows the money.")
    remedy = N_("Confirm the payment first: donflow payment confirm {number}")
    http_status = 409


COLLECTED, PRINTED = "collected", "printed"


def collect_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    scan: Blob | None,
    *,
    title: str | None = None,
    number: str | None,
    issued_on: date | None,
    collected_by: str | None,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """The certificate that the foundation issued is in the school's hands, with its scan.

    `title` is the name that the scan came with.
    """
    certificate = _begun(session, office, gift, COLLECTED, actor=actor, now=now)
    known = {
        "number": number,
        "issued_on": issued_on,
        "collected_by": collected_by,
        "document": scan.fingerprint if scan else None,
    }
    values = {name: value for name, value in known.items() if value is not None}
    fill_certificate(session, gift, certificate, values, actor=actor, now=now)
    advance_certificate(session, office, gift, certificate, "collect", actor=actor, now=now)
    _file(session, office, gift, certificate, title=title, actor=actor, now=now)
    return certificate


def print_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    number: str,
    awarded_to: str | None,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Freeze the words, draw the certificate from them, and keep both."""
    certificate = _begun(session, office, gift, PRINTED, actor=actor, now=now)
    on = office.acted_on(actor, now)
    code = new_verification_code()
    words = _words(session, office, gift, number=number, awarded_to=awarded_to, code=code, on=on)
    name = f"捐赠证书_{number}.pdf"
    upload = Upload(name, draw_certificate(words))
    blob = keep(session, office.vault, upload, kind="pdf", actor=actor, now=now)
    frozen = dataclasses.asdict(words) | {"awarded_on": on.isoformat()}
    values = {
        "number": number,
        "verification_code": code,
        "words": frozen,
        "issued_on": on,
        "document": blob.fingerprint,
    }
    fill_certificate(session, gift, certificate, values, actor=actor, now=now)
    advance_certificate(session, office, gift, certificate, "print", actor=actor, now=now)
    return certificate


def seal_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    seal_name: str,
    no_blanks: bool,
    text_compared: bool,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """The wet seal is on the printed certificate and stands in the seal register.

    What the keeper checked is said, not supposed: SealUnchecked names what was not said.
    """
    checks = ((N_("no blank is left"), no_blanks), (N_("the text was compared"), text_compared))
    unsaid = tuple(say(check) for check, said in checks if not said)
    if unsaid:
        raise SealUnchecked(checks=unsaid)
    certificate = current_certificate(session, gift)
    on = office.acted_on(actor, now)
    use_seal(
        session,
        gift,
        seal=seal_name,
        purpose="certificate",
        copies=1,
        no_blanks=no_blanks,
        text_compared=text_compared,
        on=on,
        actor=actor,
        now=now,
    )
    fill_certificate(session, gift, certificate, {"sealed_on": on}, actor=actor, now=now)
    advance_certificate(session, office, gift, certificate, "seal", actor=actor, now=now)
    _file(session, office, gift, certificate, actor=actor, now=now)
    return certificate


def move_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    name: str,
    *,
    reason: str | None = None,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """Deliver or cancel the certificate that was begun last."""
    certificate = current_certificate(session, gift)
    if name == "cancel":
        values = {"cancelled_on": office.acted_on(actor, now)}
        fill_certificate(session, gift, certificate, values, actor=actor, now=now)
    advance_certificate(
        session, office, gift, certificate, name, actor=actor, now=now, reason=reason
    )
    return certificate


def waive_certificate(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    ground: str,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> Certificate:
    """There is to be no certificate: one is begun and ended at once, its absence on record."""
    certificate = _begun(session, office, gift, COLLECTED, actor=actor, now=now)
    advance_certificate(
        session, office, gift, certificate, "waive", actor=actor, now=now, reason=reason
    )
    on, kind = office.acted_on(actor, now), PaperKind.CERTIFICATE
    record_absence(session, gift, kind, ground=ground, on=on, actor=actor, now=now)
    return certificate


def _begun(
    session: Session, office: Office, gift: Gift, kind: str, *, actor: Actor, now: datetime
) -> Certificate:
    machine = office.machine(session, gift.workflow_version, Certificate.lifecycle)
    on = office.acted_on(actor, now)
    return plan_certificate(
        session, gift, machine, kind=kind, on=on, calendar=office.calendar, actor=actor, now=now
    )


def _words(
    session: Session,
    office: Office,
    gift: Gift,
    *,
    number: str,
    awarded_to: str | None,
    code: str,
    on: date,
) -> CertificateWords:
    """What stands on the certificate: the name as the donor wishes, the money that has arrived."""
    donor = donor_of(session, gift)
    arrived = gather_one(session, office, gift, today=on).confirmed_total
    if donor is None and not gift.anonymous:
        raise NothingToWrite(number=gift.number)
    if arrived is None:
        raise NothingArrived(number=gift.number)
    return CertificateWords(
        donor=awarded_to or _honoured(gift, donor),
        foundation=office.settings.foundation.name,
        purpose=gift.purpose or "",
        awarded_on=on,
        certificate_number=number,
        amount_words=in_words(arrived),
        amount_figures=symbol_figures(arrived),
        verification_code=code,
    )


def _honoured(gift: Gift, donor: Constituent | None) -> str:
    """Whoever does not want to be named is not, unless by the words that were asked for."""
    if gift.anonymous or donor is None:
        return ANONYMOUS_TITLES[0]
    if donor.kind == ConstituentKind.PERSON:
        return salutation_of(addressee_of(donor))
    return donor.name


def _file(
    session: Session,
    office: Office,
    gift: Gift,
    certificate: Certificate,
    *,
    title: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    blob = session.get_one(Blob, certificate.document)
    on = office.acted_on(actor, now)
    kind = PaperKind.CERTIFICATE
    file_paper(session, gift, kind, blob, title=title or blob.name, on=on, actor=actor, now=now)
