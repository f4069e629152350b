"""Guards from the money's arrival to the end of stewardship."""

from __future__ import annotations

from donflow.domain.facts import GiftFacts, PaperKind, RecordKind, Way
from donflow.domain.guards.mending import lacking, lacking_either, lacking_or
from donflow.domain.money import Money
from donflow.engine.spec import Unmet
from donflow.errors import N_, say


def money_arrived(gift: GiftFacts) -> Unmet | None:
    """All that was promised has arrived and was confirmed by finance, or was validly waived."""
    if gift.amount is None:
        reason = say(N_("The gift's amount is not recorded."))
        return lacking(reason, f"gift edit {gift.number} --amount AMOUNT")
    due = _due(gift.amount, gift)
    if _received(gift) == due:
        return None
    command = f"payment record {gift.number} --amount AMOUNT --payer NAME"
    if gift.money_unconfirmed:
        command = f"payment confirm {gift.number} --for finance --evidence FILE"
    if gift.confirmed_total is None:
        return lacking(say(N_("Nothing has been confirmed as received.")), command)
    if gift.confirmed_total > due:
        reason = say(
            N_("{confirmed} has been confirmed as received, more than the gift of {amount}."),
            confirmed=gift.confirmed_total,
            amount=due,
        )
        return lacking(reason, _other_sum(gift) or f"payment list {gift.number}")
    reason = say(
        N_("{confirmed} of {amount} has been confirmed as received."),
        confirmed=gift.confirmed_total,
        amount=due,
    )
    other = None if gift.money_unconfirmed else _other_sum(gift)
    return lacking_either(reason, command, other) if other else lacking(reason, command)


def _other_sum(gift: GiftFacts) -> str | None:
    """What sets the sum to what came, where no agreement binds it and nothing was waived."""
    if PaperKind.AGREEMENT_SCAN in gift.papers_due or gift.waived_total is not None:
        return None
    return f"gift edit {gift.number} --amount AMOUNT"


def no_money_came(gift: GiftFacts) -> Unmet | None:
    """No money is recorded for this gift, not even unconfirmed."""
    if not gift.money_recorded:
        return None
    reason = say(N_("Money is on record for this gift."))
    return lacking(reason, f"payment list {gift.number}")


def sums_agree(gift: GiftFacts) -> Unmet | None:
    """Agreement, confirmed money and receipts name the same sum, unless receipts are waived."""
    unmet = money_arrived(gift)
    if unmet or gift.receipts_total in (None, _received(gift)):
        return unmet
    reason = say(
        N_("Received is {amount}, the receipts say {receipts}."),
        amount=_received(gift),
        receipts=gift.receipts_total,
    )
    return lacking(reason, f"receipt list {gift.number}")


def _received(gift: GiftFacts) -> Money:
    """What was confirmed, nothing being none of the gift's currency."""
    currency = gift.amount.currency if gift.amount else "CNY"
    return gift.confirmed_total or Money(0, currency)


def _due(amount: Money, gift: GiftFacts) -> Money:
    """What is still owed in all once waived parts are taken off."""
    return amount if gift.waived_total is None else amount - gift.waived_total


def receipt_settled(gift: GiftFacts) -> Unmet | None:
    """Every confirmed payment has its receipt delivered, or a ground for none (慈善法 38)."""
    if gift.receipts_settled:
        return None
    if gift.receipts_open:
        reason = say(N_("Receipts on their way: {count}."), count=gift.receipts_open)
        return lacking(reason, _next_of_receipt(gift))
    reason = say(N_("For at least one payment no receipt has been asked for."))
    ground = "waived --reason TEXT --for donor --evidence FILE"
    none = f"paper absent {gift.number} receipt --because"
    return lacking_or(
        reason,
        f"receipt request {gift.number}",
        f"{none} {'anonymous' if gift.anonymous else ground}",
    )


def _next_of_receipt(gift: GiftFacts) -> str:
    match gift.receipt_way:
        case Way.ASKED:
            said = "--number NUMBER --issued-on DAY --file FILE --for finance --evidence FILE"
            return f"receipt record {gift.number} {said}"
        case Way.ISSUED:
            return f"receipt collect {gift.number}"
        case Way.IN_HAND:
            return _parcel(gift, "--by message --with receipt")
        case Way.SENT:
            return f"parcel deliver {gift.number}"
        case Way.ARRIVED:
            return f"receipt move {gift.number} deliver"
        case _:
            return f"receipt list {gift.number}"


def certificate_settled(gift: GiftFacts) -> Unmet | None:
    """The certificate was delivered, or a ground for none is on record."""
    if gift.certificate_settled:
        return None
    if gift.certificates_open:
        reason = say(N_("The certificate is not delivered."))
        return lacking(reason, _next_of_certificate(gift))
    reason = say(N_("No certificate has been collected or printed."))
    if gift.anonymous:
        ground = "anonymous"
    else:
        ground = "waived" if PaperKind.AGREEMENT_SCAN in gift.papers_due else "small_gift"
    return lacking_or(
        reason,
        f"certificate collect {gift.number} --number NUMBER --file SCAN",
        f"paper absent {gift.number} certificate --because {ground} --reason TEXT",
    )


def _next_of_certificate(gift: GiftFacts) -> str:
    match gift.certificate_way:
        case Way.ISSUED:
            checked = "--no-blanks --text-compared"
            return f"certificate seal {gift.number} {checked} --for seal_keeper --evidence FILE"
        case Way.IN_HAND:
            return _parcel(gift, "--by hand --with certificate")
        case Way.SENT:
            return f"parcel deliver {gift.number} --slip FILE"
        case _:
            return f"certificate deliver {gift.number}"


def papers_filed(gift: GiftFacts) -> Unmet | None:
    """What the gift's route asks for is in the scan library, or absent on a ground."""
    missing = [kind for kind in gift.papers_due if kind not in gift.filed]
    if not missing:
        return None
    papers = tuple(say(PAPER_NAMES[kind]) for kind in missing)
    reason = say(N_("Not in the scan library: {papers}."), papers=papers)
    return lacking(reason, f"paper file {gift.number} {missing[0]} SCAN")


def custody_acknowledged(gift: GiftFacts) -> Unmet | None:
    """The package of scans was handed to the file keeper, who acknowledged it."""
    if gift.custody_acknowledged:
        return None
    if gift.custody_handed:
        reason = say(N_("The file keeper has not acknowledged the package."))
        return lacking(reason, f"paper acknowledge {gift.number} --file FILE")
    reason = say(N_("The package of scans was not handed to the file keeper."))
    return lacking(reason, f"paper handover {gift.number} --to NAME")


def archive_uploaded(gift: GiftFacts) -> Unmet | None:
    """The scans were uploaded to the university's document system, with its number."""
    if RecordKind.ARCHIVE_UPLOAD in gift.records:
        return None
    reason = say(N_("The upload to the document system is not on record."))
    return lacking(reason, f"gift record {gift.number} archive_upload --note NUMBER")


def parcel_delivered(gift: GiftFacts) -> Unmet | None:
    """What belongs to the donor has come to the donor, by post or by hand."""
    if gift.parcel_delivered:
        return None
    if gift.parcel_sent:
        reason = say(N_("The parcel has not been reported as delivered."))
        return lacking(reason, f"parcel deliver {gift.number}")
    reason = say(N_("Nothing has been sent or handed to the donor."))
    return lacking(reason, _parcel(gift, None))


def _parcel(gift: GiftFacts, alone: str | None) -> str:
    """Sending one paper alone where that is all; else one parcel with all that there will be."""
    if alone and (gift.parcel_sent or PaperKind.AGREEMENT_SCAN not in gift.papers_due):
        return f"parcel send {gift.number} {alone}"
    due = [CONTENTS[kind] for kind in gift.papers_due if kind not in gift.absent]
    contents = " ".join(f"--with {content}" for content in due or ["card"])
    return f"parcel send {gift.number} --by post --tracking NUMBER {contents}"


def donor_thanked(gift: GiftFacts) -> Unmet | None:
    """Each payment was thanked for."""
    if gift.thanks_open == 0:
        return None
    reason = say(N_("Payments not yet thanked for: {count}."), count=gift.thanks_open)
    if PaperKind.ACKNOWLEDGEMENT in gift.scanned:
        how = "posted" if gift.donor_unknown else "sent"
        return lacking(reason, f"thanks done {gift.number} --how {how}")
    return lacking(reason, f"thanks write {gift.number}")


def steward_named(gift: GiftFacts) -> Unmet | None:
    """Somebody is named who keeps in touch with the donor, unless nobody knows who gave."""
    if gift.steward_named or gift.donor_unknown:
        return None
    reason = say(N_("Nobody is named who keeps in touch with the donor."))
    return lacking(reason, f"gift edit {gift.number} --steward NAME")


def final_report_sent(gift: GiftFacts) -> Unmet | None:
    """The last report on the use went to the donor (慈善法 42, 54)."""
    return _recorded(
        gift, RecordKind.FINAL_REPORT, N_("The last report on the use was not sent to the donor.")
    )


def surplus_settled(gift: GiftFacts) -> Unmet | None:
    """What is left was used as agreed, or for a similar purpose and made public (慈善法 58)."""
    return _recorded(
        gift, RecordKind.SURPLUS_SETTLED, N_("It is not recorded what became of any surplus.")
    )


def supplement_in_force(gift: GiftFacts) -> Unmet | None:
    """The supplementary agreement was executed: the donor consents to a new use (慈善法 56)."""
    if RecordKind.SUPPLEMENT in gift.fresh_records:
        return None
    reason = say(N_("No executed supplementary agreement is on record."))
    return lacking(reason, f"gift record {gift.number} supplement --file FILE")


def suspension_grounded(gift: GiftFacts) -> Unmet | None:
    """A dispute, hardship (慈善法 41) or compliance paper is on record."""
    grounds = {RecordKind.DISPUTE, RecordKind.HARDSHIP, RecordKind.COMPLIANCE_HOLD}
    if grounds & gift.fresh_records:
        return None
    reason = say(N_("No dispute, hardship or compliance paper is on record."))
    return lacking(reason, f"gift record {gift.number} dispute --file FILE")


def termination_agreed(gift: GiftFacts) -> Unmet | None:
    """The termination agreement is in force."""
    return _recorded(
        gift, RecordKind.TERMINATION_AGREEMENT, N_("No termination agreement is on record.")
    )


def settlement_recorded(gift: GiftFacts) -> Unmet | None:
    """The settlement sheet is on record: paid, spent, left, and where it went."""
    return _recorded(gift, RecordKind.SETTLEMENT, N_("No settlement sheet is on record."))


def _recorded(gift: GiftFacts, kind: RecordKind, message: str) -> Unmet | None:
    if kind in gift.records:
        return None
    return lacking(say(message), f"gift record {gift.number} {kind} --file FILE")


PAPER_NAMES = {
    "agreement_scan": N_("agreement"),
    "receipt": N_("receipt"),
    "certificate": N_("certificate"),
}

CONTENTS = {
    PaperKind.AGREEMENT_SCAN: "agreement",
    PaperKind.RECEIPT: "receipt",
    PaperKind.CERTIFICATE: "certificate",
}
"""What a parcel carries, by the paper whose scan is filed."""

GUARDS = (
    money_arrived,
    no_money_came,
    sums_agree,
    receipt_settled,
    certificate_settled,
    papers_filed,
    custody_acknowledged,
    archive_uploaded,
    parcel_delivered,
    donor_thanked,
    steward_named,
    final_report_sent,
    surplus_settled,
    supplement_in_force,
    suspension_grounded,
    termination_agreed,
    settlement_recorded,
)
