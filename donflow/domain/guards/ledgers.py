"""Guards of the ledgers that run beside a gift: instalments, receipts, certificates."""

from __future__ import annotations

from donflow.domain.facts import (
    ANONYMOUS_TITLES,
    CertificateFacts,
    InstalmentFacts,
    ReceiptFacts,
)
from donflow.domain.guards.mending import lacking
from donflow.engine.spec import Unmet
from donflow.errors import N_, say


def instalment_covered(part: InstalmentFacts) -> Unmet | None:
    """The confirmed money reaches the instalment's sum."""
    if part.confirmed >= part.amount:
        return None
    reason = say(
        N_("{confirmed} of {amount} has been confirmed as received."),
        confirmed=part.confirmed,
        amount=part.amount,
    )
    return lacking(reason, f"payment record {part.number} --amount AMOUNT --payer NAME")


def something_arrived(part: InstalmentFacts) -> Unmet | None:
    """A part of the sum has been confirmed."""
    if part.confirmed.minor > 0:
        return None
    reason = say(N_("Nothing has been confirmed as received."))
    return lacking(reason, f"payment record {part.number} --amount AMOUNT --payer NAME")


def waiver_grounded(part: InstalmentFacts) -> Unmet | None:
    """A waiver rests on hardship papers or a termination (慈善法 41; 民法典 666)."""
    if part.waiver_grounded:
        return None
    reason = say(N_("No ground for a waiver is on record."))
    return lacking(reason, f"gift record {part.number} waiver_ground --file FILE")


def receipt_numbered(receipt: ReceiptFacts) -> Unmet | None:
    """The receipt's own number is on record."""
    if receipt.receipt_number:
        return None
    reason = say(N_("The receipt's number is not on record."))
    return lacking(reason, f"receipt record {receipt.number} --number NUMBER --file FILE")


def issued_after_arrival(receipt: ReceiptFacts) -> Unmet | None:
    """Never in advance: the day of issue is not before the money came (民发〔2012〕124号)."""
    issued, arrived = receipt.issued_on, receipt.received_on
    if arrived is None:
        return _unconfirmed(receipt)
    if issued is None:
        reason = say(N_("The receipt's day of issue is not on record."))
    elif issued < arrived:
        reason = say(
            N_("Issued on {issued}, but the money came on {arrived}."),
            issued=issued,
            arrived=arrived,
        )
    else:
        return None
    return lacking(reason, f"receipt record {receipt.number} --issued-on DAY")


def receipt_amount_right(receipt: ReceiptFacts) -> Unmet | None:
    """The receipt names exactly the confirmed money (民发〔2012〕124号)."""
    if receipt.confirmed is None:
        return _unconfirmed(receipt)
    if receipt.amount == receipt.confirmed:
        return None
    reason = say(
        N_("The receipt says {amount}, confirmed is {confirmed}."),
        amount=receipt.amount,
        confirmed=receipt.confirmed,
    )
    return lacking(reason, f"receipt record {receipt.number} --amount AMOUNT")


def payer_is_party(receipt: ReceiptFacts) -> Unmet | None:
    """The payer is the agreement's party, or paying for another was explained in writing."""
    unnamed = ANONYMOUS_TITLES if receipt.anonymous else ()
    if receipt.party is None or receipt.payer_explained:
        return None
    if receipt.payer in (receipt.party, *unnamed):
        return None
    if receipt.anonymous:  # finance reads this: no name is told
        reason = say(N_("The money came from somebody else than the donor, who is not named."))
    else:
        reason = say(
            N_("The money came from {payer}, the agreement's party is {party}."),
            payer=receipt.payer,
            party=receipt.party,
        )
    return lacking(reason, f"gift record {receipt.number} payer_explained --file LETTER")


def receipt_title_right(receipt: ReceiptFacts) -> Unmet | None:
    """The receipt is made out to whoever paid, or to the party; or to nobody's name, as wished."""
    unnamed = ANONYMOUS_TITLES if receipt.anonymous else ()
    if receipt.title in (receipt.payer, receipt.party, *unnamed):
        return None
    if receipt.anonymous:
        reason = say(
            N_("The receipt is made out to {title}; the donor is not to be named."),
            title=receipt.title,
        )
        return lacking(reason, f"receipt record {receipt.number} --payer {ANONYMOUS_TITLES[0]}")
    reason = say(
        N_("The receipt is made out to {title}, the money came from {payer}."),
        title=receipt.title,
        payer=receipt.payer,
    )
    return lacking(reason, f"receipt record {receipt.number} --payer NAME")


def donor_anonymous(receipt: ReceiptFacts) -> Unmet | None:
    """The donor is not to be named, or nobody knows who it is (慈善法 38)."""
    if receipt.anonymous:
        return None
    reason = say(N_("The gift is not recorded as anonymous."))
    return lacking(reason, f"gift edit {receipt.number} --anonymous")


def receipt_on_file(receipt: ReceiptFacts) -> Unmet | None:
    """The electronic file as it came, or the scan of the paper, is in the vault."""
    if receipt.on_file:
        return None
    reason = say(N_("The receipt's file or scan is not in the vault."))
    return lacking(reason, f"receipt record {receipt.number} --file FILE")


def receipt_handed_over(receipt: ReceiptFacts) -> Unmet | None:
    """A parcel with the receipt has come to the donor."""
    if receipt.handed_over:
        return None
    reason = say(N_("No delivered parcel contains the receipt."))
    return lacking(reason, f"parcel deliver {receipt.number}")


def receipt_back(receipt: ReceiptFacts) -> Unmet | None:
    """All copies are back, or the electronic one was reversed, before it counts as void."""
    if receipt.back:
        return None
    reason = say(N_("The receipt's copies are not back."))
    return lacking(reason, f"receipt void {receipt.number} --back-on DAY --reason TEXT")


def certificate_numbered(certificate: CertificateFacts) -> Unmet | None:
    """The certificate's number is on record."""
    if certificate.certificate_number:
        return None
    reason = say(N_("The certificate's number is not on record."))
    return lacking(reason, f"certificate collect {certificate.number} --number NUMBER")


def certificate_on_file(certificate: CertificateFacts) -> Unmet | None:
    """The certificate's file or scan is in the vault."""
    if certificate.on_file:
        return None
    reason = say(N_("The certificate's scan is not in the vault."))
    return lacking(reason, f"certificate collect {certificate.number} --file SCAN")


def certificate_after_arrival(certificate: CertificateFacts) -> Unmet | None:
    """A certificate honours money that has arrived."""
    if certificate.confirmed is not None and certificate.confirmed.minor > 0:
        return None
    reason = say(N_("Nothing has been confirmed as received."))
    return lacking(reason, f"payment list {certificate.number}")


def certificate_sealed(certificate: CertificateFacts) -> Unmet | None:
    """The wet seal on the printed certificate stands in the seal register."""
    if certificate.sealed:
        return None
    reason = say(N_("The certificate's seal is not in the seal register."))
    checked = "--no-blanks --text-compared"
    who = "--for seal_keeper --evidence FILE"
    return lacking(reason, f"certificate seal {certificate.number} {checked} {who}")


def certificate_handed_over(certificate: CertificateFacts) -> Unmet | None:
    """A parcel with the certificate has come to the donor."""
    if certificate.handed_over:
        return None
    reason = say(N_("No delivered parcel contains the certificate."))
    return lacking(reason, f"parcel deliver {certificate.number}")


def _unconfirmed(receipt: ReceiptFacts) -> Unmet:
    reason = say(N_("The money for this receipt has not been confirmed as received."))
    command = f"payment confirm {receipt.number} --for finance --evidence FILE"
    return lacking(reason, command)


INSTALMENT_GUARDS = (instalment_covered, something_arrived, waiver_grounded)
RECEIPT_GUARDS = (
    receipt_numbered,
    issued_after_arrival,
    receipt_amount_right,
    payer_is_party,
    receipt_title_right,
    donor_anonymous,
    receipt_on_file,
    receipt_handed_over,
    receipt_back,
)
CERTIFICATE_GUARDS = (
    certificate_numbered,
    certificate_on_file,
    certificate_after_arrival,
    certificate_sealed,
    certificate_handed_over,
)
