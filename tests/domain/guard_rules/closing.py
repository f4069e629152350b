"""Rules from the money's arrival to the end of stewardship."""

from __future__ import annotations

from donflow.domain.money import Money
from tests.builders import PRICE
from tests.domain.guard_rules.rule import FEN, RECORD_PAYMENT, met, recorded, unmet

GROUNDS = ("dispute", "hardship", "compliance_hold")
UNPAID = (
    ("The gift's amount is not recorded.", "gift edit # --amount AMOUNT", {"amount": None}),
    (
        "The gift's amount is not recorded.",
        "gift edit # --amount AMOUNT",
        {"amount": None, "confirmed_total": None, "receipts_total": None},
    ),
    ("Nothing has been confirmed as received.", RECORD_PAYMENT, {"confirmed_total": None}),
    (
        "499,999.99 CNY of 500,000.00 CNY has been confirmed as received.",
        RECORD_PAYMENT,
        {"confirmed_total": PRICE - FEN},
    ),
    (
        "500,000.01 CNY has been confirmed as received, more than the gift of 500,000.00 CNY.",
        "payment list #",
        {"confirmed_total": PRICE + FEN},
    ),
)

CLOSING = (
    met("money_arrived"),
    *(unmet("money_arrived", said, command, **changes) for said, command, changes in UNPAID),
    met("sums_agree"),
    met("sums_agree", receipts_total=None),
    *(unmet("sums_agree", said, command, **changes) for said, command, changes in UNPAID),
    *(
        unmet(
            "sums_agree",
            f"Received is 500,000.00 CNY, the receipts say {said} CNY.",
            "receipt list #",
            receipts_total=total,
        )
        for total, said in (
            (PRICE - FEN, "499,999.99"),
            (PRICE + FEN, "500,000.01"),
            (Money(0), "0.00"),
        )
    ),
    met("receipt_settled"),
    unmet(
        "receipt_settled",
        "Receipts on their way: 1.",
        "receipt list #",
        receipts_settled=False,
        receipts_open=1,
    ),
    unmet(
        "receipt_settled",
        "For at least one payment no receipt has been asked for.",
        "receipt request #",
        receipts_settled=False,
    ),
    met("certificate_settled"),
    unmet(
        "certificate_settled",
        "The certificate is not delivered.",
        "certificate deliver #",
        certificate_settled=False,
        certificates_open=1,
    ),
    unmet(
        "certificate_settled",
        "No certificate has been collected or printed.",
        "certificate collect # --number NUMBER --file SCAN",
        certificate_settled=False,
    ),
    met("papers_filed"),
    unmet(
        "papers_filed",
        "Not in the scan library: agreement, receipt, certificate.",
        "paper file # agreement_scan SCAN",
        filed=frozenset({"other"}),
    ),
    unmet(
        "papers_filed",
        "Not in the scan library: receipt.",
        "paper file # receipt SCAN",
        filed=frozenset({"agreement_scan", "certificate"}),
    ),
    met("custody_acknowledged"),
    unmet(
        "custody_acknowledged",
        "The file keeper has not acknowledged the package.",
        "paper acknowledge # --file FILE",
        custody_acknowledged=False,
    ),
    unmet(
        "custody_acknowledged",
        "The package of scans was not handed to the file keeper.",
        "paper handover # --to NAME",
        custody_acknowledged=False,
        custody_handed=False,
    ),
    *recorded(
        "archive_uploaded",
        "archive_upload",
        "The upload to the document system is not on record.",
        "--note NUMBER",
    ),
    met("parcel_delivered"),
    unmet(
        "parcel_delivered",
        "The parcel has not been reported as delivered.",
        "parcel deliver #",
        parcel_delivered=False,
    ),
    unmet(
        "parcel_delivered",
        "Nothing has been sent or handed to the donor.",
        "parcel send # --by post --tracking NUMBER "
        "--with agreement --with receipt --with certificate",
        parcel_delivered=False,
        parcel_sent=False,
    ),
    met("donor_thanked"),
    unmet("donor_thanked", "Payments not yet thanked for: 1.", "thanks write #", thanks_open=1),
    met("steward_named"),
    unmet(
        "steward_named",
        "Nobody is named who keeps in touch with the donor.",
        "gift edit # --steward NAME",
        steward_named=False,
    ),
    *recorded(
        "final_report_sent", "final_report", "The last report on the use was not sent to the donor."
    ),
    *recorded(
        "surplus_settled", "surplus_settled", "It is not recorded what became of any surplus."
    ),
    *recorded(
        "supplement_in_force",
        "supplement",
        "No executed supplementary agreement is on record.",
        field="fresh_records",
    ),
    *(met("suspension_grounded", fresh_records=frozenset({kind})) for kind in GROUNDS),
    unmet(
        "suspension_grounded",
        "No dispute, hardship or compliance paper is on record.",
        "gift record # dispute --file FILE",
        fresh_records=frozenset({"waiver_ground"}),
    ),
    *recorded(
        "termination_agreed", "termination_agreement", "No termination agreement is on record."
    ),
    *recorded("settlement_recorded", "settlement", "No settlement sheet is on record."),
)
