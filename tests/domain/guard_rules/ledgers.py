"""Rules of the ledgers that run beside a gift: instalments, receipts, certificates."""

from __future__ import annotations

from datetime import date

from donflow.domain.money import Money
from tests.builders import PRICE
from tests.domain.guard_rules.rule import FEN, RECORD_PAYMENT, SEAL_KEEPER, met, unmet

INSTALMENT = (
    met("instalment_covered"),
    met("instalment_covered", confirmed=PRICE + FEN),
    unmet(
        "instalment_covered",
        "499,999.99 CNY of 500,000.00 CNY has been confirmed as received.",
        RECORD_PAYMENT,
        confirmed=PRICE - FEN,
    ),
    met("something_arrived", confirmed=FEN),
    unmet(
        "something_arrived",
        "Nothing has been confirmed as received.",
        RECORD_PAYMENT,
        confirmed=Money(0),
    ),
    met("waiver_grounded"),
    unmet(
        "waiver_grounded",
        "No ground for a waiver is on record.",
        "gift record # waiver_ground --file FILE",
        waiver_grounded=False,
    ),
)

UNCONFIRMED = (
    "The money for this receipt has not been confirmed as received.",
    "payment confirm # --for finance --evidence FILE",
)

RECEIPT = (
    met("receipt_numbered"),
    *(
        unmet(
            "receipt_numbered",
            "The receipt's number is not on record.",
            "receipt record # --number NUMBER --file FILE",
            receipt_number=number,
        )
        for number in (None, "")
    ),
    met("issued_after_arrival"),
    met("issued_after_arrival", issued_on=date(2026, 9, 10)),
    unmet(
        "issued_after_arrival",
        "Issued on 2026-09-09, but the money came on 2026-09-10.",
        "receipt record # --issued-on DAY",
        issued_on=date(2026, 9, 9),
    ),
    unmet(
        "issued_after_arrival",
        "The receipt's day of issue is not on record.",
        "receipt record # --issued-on DAY",
        issued_on=None,
    ),
    unmet("issued_after_arrival", *UNCONFIRMED, received_on=None),
    unmet("issued_after_arrival", *UNCONFIRMED, received_on=None, issued_on=None),
    met("receipt_amount_right"),
    *(
        unmet(
            "receipt_amount_right",
            f"The receipt says {said}, confirmed is 500,000.00 CNY.",
            "receipt record # --amount AMOUNT",
            amount=amount,
        )
        for amount, said in (
            (PRICE - FEN, "499,999.99 CNY"),
            (PRICE + FEN, "500,000.01 CNY"),
            (Money(PRICE.minor, "USD"), "500,000.00 USD"),
        )
    ),
    unmet("receipt_amount_right", *UNCONFIRMED, confirmed=None),
    met("payer_is_party"),
    met("payer_is_party", party=None),
    met("payer_is_party", payer="梁启舟", payer_explained=True),
    unmet(
        "payer_is_party",
        "The money came from 梁启舟, the agreement's party is 深圳市恒源数智科技有限公司.",
        "gift record # payer_explained --file LETTER",
        payer="梁启舟",
        anonymous=False,
    ),
    unmet(
        "payer_is_party",
        "The money came from somebody else than the donor, who is not named.",
        "gift record # payer_explained --file LETTER",
        payer="梁启舟",
        anonymous=True,
    ),
    *(met("payer_is_party", payer=title, anonymous=True) for title in ("爱心人士", "匿名")),
    unmet(
        "payer_is_party",
        "The money came from 爱心人士, the agreement's party is 深圳市恒源数智科技有限公司.",
        "gift record # payer_explained --file LETTER",
        payer="爱心人士",
        anonymous=False,
    ),
    met("receipt_title_right"),
    met("receipt_title_right", title="梁启舟", payer="梁启舟"),
    met("receipt_title_right", payer="梁启舟"),
    *(
        unmet(
            "receipt_title_right",
            "The receipt is made out to 江氏贸易商行, the money came from 梁启舟.",
            "receipt record # --payer NAME",
            title="江氏贸易商行",
            payer="梁启舟",
            party=party,
            anonymous=False,
        )
        for party in (None, "深圳市恒源数智科技有限公司")
    ),
    unmet(
        "receipt_title_right",
        "The receipt is made out to 江氏贸易商行; the donor is not to be named.",
        "receipt record # --payer 爱心人士",
        title="江氏贸易商行",
        payer="梁启舟",
        anonymous=True,
    ),
    *(
        met("receipt_title_right", title=title, payer="梁启舟", anonymous=True)
        for title in ("爱心人士", "匿名")
    ),
    unmet(
        "receipt_title_right",
        "The receipt is made out to 爱心人士, the money came from 梁启舟.",
        "receipt record # --payer NAME",
        title="爱心人士",
        payer="梁启舟",
        anonymous=False,
    ),
    met("donor_anonymous"),
    unmet(
        "donor_anonymous",
        "The gift is not recorded as anonymous.",
        "gift edit # --anonymous",
        anonymous=False,
    ),
    met("receipt_on_file"),
    unmet(
        "receipt_on_file",
        "The receipt's file or scan is not in the vault.",
        "receipt record # --file FILE",
        on_file=False,
    ),
    met("receipt_handed_over"),
    unmet(
        "receipt_handed_over",
        "No delivered parcel contains the receipt.",
        "parcel deliver #",
        handed_over=False,
    ),
    met("receipt_back"),
    unmet(
        "receipt_back",
        "The receipt's copies are not back.",
        "receipt void # --back-on DAY --reason TEXT",
        back=False,
    ),
)

CERTIFICATE = (
    met("certificate_numbered"),
    *(
        unmet(
            "certificate_numbered",
            "The certificate's number is not on record.",
            "certificate collect # --number NUMBER",
            certificate_number=number,
        )
        for number in (None, "")
    ),
    met("certificate_on_file"),
    unmet(
        "certificate_on_file",
        "The certificate's scan is not in the vault.",
        "certificate collect # --file SCAN",
        on_file=False,
    ),
    met("certificate_after_arrival", confirmed=FEN),
    *(
        unmet(
            "certificate_after_arrival",
            "Nothing has been confirmed as received.",
            "payment list #",
            confirmed=confirmed,
        )
        for confirmed in (None, Money(0))
    ),
    met("certificate_sealed"),
    unmet(
        "certificate_sealed",
        "The certificate's seal is not in the seal register.",
        f"certificate seal # --no-blanks --text-compared {SEAL_KEEPER}",
        sealed=False,
    ),
    met("certificate_handed_over"),
    unmet(
        "certificate_handed_over",
        "No delivered parcel contains the certificate.",
        "parcel deliver #",
        handed_over=False,
    ),
)
