"""Facts and attempts with good defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from donflow.domain.chapter_facts import (
    ChapterFacts,
    ChapterRecordKind,
    ElectionFacts,
)
from donflow.domain.facts import (
    FILED_PAPERS,
    CertificateFacts,
    CopyFacts,
    GiftFacts,
    InstalmentFacts,
    ReceiptFacts,
    RecordKind,
    SignatureFacts,
)
from donflow.domain.money import Money
from donflow.domain.terms import STANDARD
from donflow.engine.rules import Attempt

NUMBER = "G2026-0017"
TODAY = date(2026, 9, 21)
PRICE = Money(500_000_00)
TEXT = "a1" * 32
"""The fingerprint of the approved text."""

Facts = GiftFacts | InstalmentFacts | ReceiptFacts | CertificateFacts | ChapterFacts | ElectionFacts


def gift_facts(**changes: Any) -> GiftFacts:
    """A gift on which every guard is satisfied but the two that ask for something still open.

    `has_remarks` and `has_objection` contradict the guards that ask for every answer: to satisfy
    them say `remarks_unanswered=1` and `objections_unanswered=1`.
    """
    satisfied = GiftFacts(
        number=NUMBER,
        today=TODAY,
        entered_on=date(2026, 7, 1),
        kind="cash",
        donor_kind="company",
        liaison_known=True,
        notice_given_on=date(2026, 6, 1),
        last_contact_on=date(2026, 7, 20),
        screening_passed=True,
        records=frozenset(kind.value for kind in RecordKind),
        fresh_records=frozenset(kind.value for kind in RecordKind),
        last_reminded_on=date(2026, 8, 3),
        amount=PRICE,
        instalments_total=PRICE,
        revision=3,
        document=TEXT,
        template_confirmed_on=date(2026, 9, 1),
        checked_revision=3,
        reviewed_revision=2,
        remarks=4,
        approved_revision=3,
        approved_document=TEXT,
        sent_revision=3,
        objections=2,
        agreed_revision=3,
        copies_due=3,
        copies=tuple(copy_facts(no=no) for no in (1, 2, 3)),
        signature=signature_facts(),
        seal_checked_blanks=True,
        seal_compared_text=True,
        agreement_number="云捐协2026-031",
        confirmed_total=PRICE,
        receipts_total=PRICE,
        receipts_settled=True,
        certificate_settled=True,
        filed=frozenset(kind.value for kind in FILED_PAPERS),
        scanned=frozenset(kind.value for kind in FILED_PAPERS),
        custody_handed=True,
        custody_acknowledged=True,
        parcel_sent=True,
        parcel_delivered=True,
        steward_named=True,
    )
    return replace(satisfied, **changes)


def copy_facts(**changes: Any) -> CopyFacts:
    """An original of the approved text: signed by both sides, then sealed, and given out."""
    done = CopyFacts(
        no=1,
        document=TEXT,
        signed_on=date(2026, 8, 10),
        countersigned_on=date(2026, 8, 12),
        sealed_on=date(2026, 8, 12),
        placed=True,
    )
    return replace(done, **changes)


def copies(**second: Any) -> tuple[CopyFacts, ...]:
    """Three originals, of which the second differs."""
    return (copy_facts(no=1), copy_facts(no=2, **second), copy_facts(no=3))


def signature_facts(**changes: Any) -> SignatureFacts:
    """A signature in form."""
    formal = SignatureFacts(by_seal=True, authorised=True, every_page=True, date_filled=True)
    return replace(formal, **changes)


def instalment_facts(**changes: Any) -> InstalmentFacts:
    """An instalment that is paid in full, and whose waiver would have its ground."""
    satisfied = InstalmentFacts(NUMBER, 1, amount=PRICE, confirmed=PRICE, waiver_grounded=True)
    return replace(satisfied, **changes)


def receipt_facts(**changes: Any) -> ReceiptFacts:
    """A receipt to which nothing is lacking in any stage."""
    satisfied = ReceiptFacts(
        number=NUMBER,
        receipt_id=5,
        amount=PRICE,
        confirmed=PRICE,
        received_on=date(2026, 9, 10),
        issued_on=date(2026, 9, 14),
        receipt_number="0012345678",
        title="深圳市恒源数智科技有限公司",
        payer="深圳市恒源数智科技有限公司",
        party="深圳市恒源数智科技有限公司",
        anonymous=True,
        on_file=True,
        handed_over=True,
        back=True,
    )
    return replace(satisfied, **changes)


def certificate_facts(**changes: Any) -> CertificateFacts:
    """A certificate to which nothing is lacking in any stage."""
    satisfied = CertificateFacts(
        number=NUMBER,
        certificate_id=6,
        certificate_number="云捐证2026-0088",
        on_file=True,
        sealed=True,
        handed_over=True,
        confirmed=PRICE,
    )
    return replace(satisfied, **changes)


def chapter_facts(**changes: Any) -> ChapterFacts:
    """A chapter to which nothing is lacking in any stage."""
    satisfied = ChapterFacts(
        number=NUMBER,
        contact_named=True,
        records=frozenset(ChapterRecordKind),
        charter_filed=True,
        profile_written=True,
        proposed=frozenset(STANDARD.needed),
        leaders="agreed",
        council="agreed",
        council_no=1,
        seated=frozenset(STANDARD.needed),
    )
    return replace(satisfied, **changes)


def election_facts(**changes: Any) -> ElectionFacts:
    """A re-election to which nothing is lacking in any stage."""
    satisfied = ElectionFacts(
        number=NUMBER,
        notice_months=12,
        ends_on=date(2027, 2, 1),
        notice_due_on=date(2026, 2, 1),
        noticed_on=date(2026, 1, 20),
        candidates=frozenset(STANDARD.needed),
        held_on=date(2027, 1, 16),
        minutes_filed=True,
        elected=frozenset(STANDARD.needed),
        handed_over_on=date(2027, 1, 30),
        published=True,
    )
    return replace(satisfied, **changes)


def facts_of(lifecycle: str, **changes: Any) -> Facts:
    """The satisfied facts of a row of this lifecycle, changed."""
    match lifecycle:
        case "gift":
            return gift_facts(**changes)
        case "instalment":
            return instalment_facts(**changes)
        case "receipt":
            return receipt_facts(**changes)
        case "certificate":
            return certificate_facts(**changes)
        case "chapter":
            return chapter_facts(**changes)
        case "election":
            return election_facts(**changes)
    raise KeyError(lifecycle)


def attempt(
    stage: str,
    facts: object,
    roles: Iterable[str],
    *,
    kind: str | None = None,
    reason: str | None = "校务会议定",
    person: str = "user:1",
    done_by: Mapping[str, frozenset[str]] | None = None,
) -> Attempt:
    """What user 1 tries with a row at this stage, with a reason; nobody did anything before."""
    return Attempt(stage, facts, frozenset(roles), kind, reason, person, done_by or {})
