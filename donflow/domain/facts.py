"""What guards see: frozen facts of a gift and of the ledgers beside it, and nothing else.

Each field comes from a record with who and when; `lifecycle/gather.py` is the only place where
tables become facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from donflow.domain.money import Money
from donflow.errors import Label, Sentence


class RecordKind(StrEnum):
    """The kinds of single facts that a person records on a gift with a day and a document."""

    HANDED_OVER = "handed_over"
    LEADER_CONSENT = "leader_consent"
    IDENTITY_SEEN = "identity_seen"
    SIGNER_AUTHORISED = "signer_authorised"
    PAYER_EXPLAINED = "payer_explained"
    REMINDED = "reminded"
    WITHDRAWAL = "withdrawal"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    COMPLIANCE_HOLD = "compliance_hold"
    SUPPLEMENT = "supplement"
    TERMINATION_AGREEMENT = "termination_agreement"
    SETTLEMENT = "settlement"
    WAIVER_GROUND = "waiver_ground"
    ARCHIVE_UPLOAD = "archive_upload"
    FINAL_REPORT = "final_report"
    SURPLUS_SETTLED = "surplus_settled"


class PaperKind(StrEnum):
    """The papers of a gift that the vault keeps."""

    AGREEMENT_DRAFT = "agreement_draft"
    RETURNED_DRAFT = "returned_draft"
    AGREEMENT_SCAN = "agreement_scan"
    PAYMENT_NOTICE = "payment_notice"
    BANK_SLIP = "bank_slip"
    RECEIPT = "receipt"
    CERTIFICATE = "certificate"
    ACKNOWLEDGEMENT = "acknowledgement"
    ROUTING_SLIP = "routing_slip"
    CUSTODY_PACKAGE = "custody_package"
    EVIDENCE = "evidence"
    OTHER = "other"


FILED_PAPERS = (PaperKind.AGREEMENT_SCAN, PaperKind.RECEIPT, PaperKind.CERTIFICATE)
"""The three papers that are scanned, handed to the custodian and uploaded."""

ANONYMOUS_TITLES = ("爱心人士", "匿名")
"""The names that stand on papers in place of a donor who is not to be named; the first is ours."""


class Way(StrEnum):
    """How far a receipt or certificate is on its way from whoever issues it to the donor."""

    ASKED = "asked"
    ISSUED = "issued"
    IN_HAND = "in_hand"
    SENT = "sent"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class CopyFacts:
    """One numbered original of the current printing."""

    no: int
    document: str
    signed_on: date | None = None
    countersigned_on: date | None = None
    sealed_on: date | None = None
    placed: bool = False


@dataclass(frozen=True)
class OpenFinding:
    """A fault of the current draft that is neither mended nor waived; no line where it is missing.

    `words` are those of the draft, or empty where faults are only counted (`lifecycle.gather`);
    `expect` says what should stand there.
    """

    no: int
    line: int | None
    words: str
    expect: Sentence


@dataclass(frozen=True)
class SignatureFacts:
    """How the donor executed the copies."""

    by_seal: bool
    authorised: bool
    every_page: bool
    date_filled: bool


@dataclass(frozen=True)
class GiftFacts:
    """A gift as its guards see it, on one day."""

    number: str
    today: date
    entered_on: date
    kind: str | None = None
    donor_kind: str | None = None
    anonymous: bool = False
    liaison_known: bool = False
    notice_given_on: date | None = None
    last_contact_on: date | None = None
    undescribed: tuple[str, ...] = ()
    screening_passed: bool | None = None
    records: frozenset[str] = frozenset()
    fresh_records: frozenset[str] = frozenset()
    last_reminded_on: date | None = None

    amount: Money | None = None
    instalments: int = 0
    instalments_total: Money | None = None
    pay_by: date | None = None
    unfilled: tuple[Label, ...] = ()
    revision: int | None = None
    document: str | None = None
    draft_outdated: bool = False
    template_confirmed_on: date | None = None
    template_outdated: bool = False
    template_days: int = 30
    checked_revision: int | None = None
    draft_taken_in: bool = False
    findings_open: tuple[OpenFinding, ...] = ()
    rules_changed: bool = False

    under_review: bool = False
    reviewed_revision: int | None = None
    remarks: int = 0
    remarks_unanswered: int = 0
    rungs_missing: tuple[str, ...] = ()
    approved_revision: int | None = None
    approved_document: str | None = None

    sent_revision: int | None = None
    objections: int = 0
    objections_unanswered: int = 0
    agreed_revision: int | None = None

    copies_due: int = 0
    copies: tuple[CopyFacts, ...] = ()
    signature: SignatureFacts | None = None
    seal_checked_blanks: bool = False
    seal_compared_text: bool = False
    agreement_number: str | None = None

    money_recorded: bool = False
    money_unconfirmed: bool = False
    confirmed_total: Money | None = None
    waived_total: Money | None = None
    receipts_total: Money | None = None
    receipts_open: int = 0
    receipt_way: Way | None = None
    receipts_settled: bool = False
    certificates_open: int = 0
    certificate_way: Way | None = None
    certificate_settled: bool = False
    papers_due: tuple[PaperKind, ...] = FILED_PAPERS
    filed: frozenset[str] = frozenset()
    scanned: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    custody_handed: bool = False
    custody_acknowledged: bool = False
    parcel_sent: bool = False
    parcel_delivered: bool = False
    thanks_open: int = 0
    steward_named: bool = False

    @property
    def donor_unknown(self) -> bool:
        """Nobody knows who gives: there is nobody to speak with, and nobody who could ask."""
        return self.anonymous and self.donor_kind is None


@dataclass(frozen=True)
class InstalmentFacts:
    """One instalment: what it asks for, what was confirmed, whether a waiver has its ground."""

    number: str
    no: int
    amount: Money
    confirmed: Money
    waiver_grounded: bool = False


@dataclass(frozen=True)
class ReceiptFacts:
    """One receipt's record, beside the payment it proves.

    `title` is whom the receipt names as payer, `payer` who paid as the bank slip shows.
    """

    number: str
    receipt_id: int
    amount: Money
    confirmed: Money | None
    received_on: date | None
    issued_on: date | None = None
    receipt_number: str | None = None
    title: str = ""
    payer: str = ""
    party: str | None = None
    payer_explained: bool = False
    anonymous: bool = False
    on_file: bool = False
    handed_over: bool = False
    back: bool = False


@dataclass(frozen=True)
class CertificateFacts:
    """One certificate: its number, its scan or file, its seal and its hand-over."""

    number: str
    certificate_id: int
    certificate_number: str | None = None
    on_file: bool = False
    sealed: bool = False
    handed_over: bool = False
    confirmed: Money | None = field(default=None)
