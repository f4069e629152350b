"""Rules from the money's arrival to the end of stewardship."""

from __future__ import annotations

from donflow.domain.facts import PaperKind, Way
from donflow.domain.money import Money
from tests.builders import PRICE
from tests.domain.guard_rules.rule import FEN, RECORD_PAYMENT, met, recorded, unmet

GROUNDS = ("dispute", "hardship", "compliance_hold")
CONFIRM = "payment confirm # --for finance --evidence FILE"
UNPAID = (
    (
        "Nothing has been confirmed as received.",
        CONFIRM,
        {"confirmed_total": None, "money_unconfirmed": True},
    ),
    (
        "499,999.99 CNY of 500,000.00 CNY has been confirmed as received.",
        CONFIRM,
        {"confirmed_total": PRICE - FEN, "money_unconfirmed": True},
    ),
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

NO_RECEIPT = "paper absent # receipt --because"
NO_CERTIFICATE = "paper absent # certificate --because"
WITHOUT_AGREEMENT = (PaperKind.RECEIPT, PaperKind.CERTIFICATE)
BY_POST = "parcel send # --by post --tracking NUMBER"
RECEIPT_WAYS = (
    (None, "receipt list #"),
    (
        Way.ASKED,
        "receipt record # --number NUMBER --issued-on DAY --file FILE"
        " --for finance --evidence FILE",
    ),
    (Way.ISSUED, "receipt collect #"),
    (Way.IN_HAND, "parcel send # --by message --with receipt"),
    (Way.SENT, "parcel deliver #"),
    (Way.ARRIVED, "receipt move # deliver"),
)
CERTIFICATE_WAYS = (
    (None, "certificate deliver #"),
    (
        Way.ISSUED,
        "certificate seal # --no-blanks --text-compared --for seal_keeper --evidence FILE",
    ),
    (Way.IN_HAND, "parcel send # --by hand --with certificate"),
    (Way.SENT, "parcel deliver # --slip FILE"),
    (Way.ARRIVED, "certificate deliver #"),
)

CLOSING = (
    met("money_arrived"),
    *(unmet("money_arrived", said, command, **changes) for said, command, changes in UNPAID),
    unmet(
        "money_arrived",
        "500,000.01 CNY has been confirmed as received, more than the gift of 500,000.00 CNY.",
        "gift edit # --amount AMOUNT",
        confirmed_total=PRICE + FEN,
        papers_due=WITHOUT_AGREEMENT,
    ),
    unmet(
        "money_arrived",
        "499,999.99 CNY of 500,000.00 CNY has been confirmed as received.",
        RECORD_PAYMENT,
        also="gift edit # --amount AMOUNT",
        confirmed_total=PRICE - FEN,
        papers_due=WITHOUT_AGREEMENT,
    ),
    unmet(
        "money_arrived",
        "499,999.99 CNY of 500,000.00 CNY has been confirmed as received.",
        CONFIRM,
        confirmed_total=PRICE - FEN,
        money_unconfirmed=True,
        papers_due=WITHOUT_AGREEMENT,
    ),
    unmet(
        "money_arrived",
        "500,000.00 CNY has been confirmed as received, more than the gift of 499,999.99 CNY.",
        "payment list #",
        waived_total=FEN,
        papers_due=WITHOUT_AGREEMENT,
    ),
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
    met("no_money_came"),
    met("no_money_came", confirmed_total=None),
    unmet(
        "no_money_came", "Money is on record for this gift.", "payment list #", money_recorded=True
    ),
    met("receipt_settled"),
    *(
        unmet(
            "receipt_settled",
            "Receipts on their way: 1.",
            command,
            receipts_settled=False,
            receipts_open=1,
            receipt_way=way,
        )
        for way, command in RECEIPT_WAYS
    ),
    unmet(
        "receipt_settled",
        "Receipts on their way: 2.",
        f"{BY_POST} --with agreement --with receipt",
        receipts_settled=False,
        receipts_open=2,
        receipt_way=Way.IN_HAND,
        parcel_sent=False,
        absent=frozenset({"certificate"}),
    ),
    unmet(
        "receipt_settled",
        "Receipts on their way: 1.",
        "parcel send # --by message --with receipt",
        receipts_settled=False,
        receipts_open=1,
        receipt_way=Way.IN_HAND,
        parcel_sent=False,
        papers_due=WITHOUT_AGREEMENT,
    ),
    *(
        unmet(
            "receipt_settled",
            "For at least one payment no receipt has been asked for.",
            "receipt request #",
            f"{NO_RECEIPT} {ground}",
            receipts_settled=False,
            anonymous=anonymous,
        )
        for anonymous, ground in (
            (False, "waived --reason TEXT --for donor --evidence FILE"),
            (True, "anonymous"),
        )
    ),
    met("certificate_settled"),
    *(
        unmet(
            "certificate_settled",
            "The certificate is not delivered.",
            command,
            certificate_settled=False,
            certificates_open=1,
            certificate_way=way,
        )
        for way, command in CERTIFICATE_WAYS
    ),
    *(
        unmet(
            "certificate_settled",
            "No certificate has been collected or printed.",
            "certificate collect # --number NUMBER --file SCAN",
            f"{NO_CERTIFICATE} {ground} --reason TEXT",
            certificate_settled=False,
            **changes,
        )
        for ground, changes in (
            ("waived", {}),
            ("anonymous", {"anonymous": True}),
            ("small_gift", {"papers_due": WITHOUT_AGREEMENT}),
        )
    ),
    met("papers_filed"),
    met("papers_filed", papers_due=WITHOUT_AGREEMENT, filed=frozenset({"receipt", "certificate"})),
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
        f"{BY_POST} --with agreement --with receipt --with certificate",
        parcel_delivered=False,
        parcel_sent=False,
    ),
    *(
        unmet(
            "parcel_delivered",
            "Nothing has been sent or handed to the donor.",
            f"{BY_POST} {contents}",
            parcel_delivered=False,
            parcel_sent=False,
            papers_due=WITHOUT_AGREEMENT,
            absent=frozenset(absent),
        )
        for contents, absent in (
            ("--with receipt", {"certificate"}),
            ("--with card", {"receipt", "certificate"}),
        )
    ),
    met("donor_thanked"),
    unmet(
        "donor_thanked",
        "Payments not yet thanked for: 2.",
        "thanks done # --how sent",
        thanks_open=2,
        scanned=frozenset({"acknowledgement"}),
    ),
    unmet(
        "donor_thanked",
        "Payments not yet thanked for: 1.",
        "thanks done # --how posted",
        thanks_open=1,
        scanned=frozenset({"acknowledgement"}),
        anonymous=True,
        donor_kind=None,
    ),
    unmet("donor_thanked", "Payments not yet thanked for: 1.", "thanks write #", thanks_open=1),
    met("steward_named"),
    met("steward_named", steward_named=False, anonymous=True, donor_kind=None),
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
