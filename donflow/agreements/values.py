"""The words that fill an agreement: one source for amounts, names, dates and terms."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from donflow.agreements.terms import AgreementTerm
from donflow.domain.money import figures
from donflow.domain.rmb_words import words
from donflow.gifts.models import Gift, Instalment
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    ContactPoint,
    Identifier,
    IdentifierKind,
)
from donflow.settings import Foundation
from donflow.store.base import canonical

Show = Callable[[Constituent, ContactPoint | Identifier], str]
"""How a protected value is written: in full for the paper, masked for a list of what is known."""

PREFIX = "人民币"
NUMERALS = "零壹贰叁肆伍陆柒捌玖"


def values_of(
    gift: Gift,
    donor: Constituent | None,
    instalments: Sequence[Instalment],
    terms: Sequence[AgreementTerm],
    foundation: Foundation,
    *,
    show: Show,
) -> dict[str, str]:
    """All values known for this gift, by field name; what is not known is left out.

    A term that a person set stands above what is derived, except money, parties and account,
    which come from their one source only.
    """
    known = {
        **_defaults(gift),
        **{term.name: term.value for term in terms},
        **_donor(donor, show),
        **_foundation(foundation),
        **_money(gift, instalments),
        "purpose": gift.purpose or "",
        "beneficiary": gift.beneficiary or "",
        "naming": gift.naming or "",
        "agreement_number": gift.agreement_number or "",
    }
    if donor is not None and gift.amount is not None:
        known["remittance_note"] = remittance_note(donor.name, gift)
    return {name: value for name, value in known.items() if value}


def digest_of(values: Mapping[str, str]) -> str:
    """A digest of what the agreement would say, to notice that something was changed since.

    The agreement's number is given by the foundation afterwards and does not count.
    """
    said = {name: value for name, value in values.items() if name != "agreement_number"}
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def remittance_note(payer: str, gift: Gift) -> str:
    """The exact 附言: the donor's name and the project, by which the money is recognised."""
    project = gift.naming or gift.beneficiary or ""
    return f"{payer}捐赠{project}"


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def copies_of_donor(copies: int) -> int:
    """How many copies the donor keeps: half, rounded down; the rest go to the foundation."""
    return copies // 2


def _defaults(gift: Gift) -> dict[str, str]:
    copies = DEFAULT_COPIES
    return {
        "receipt_days": "10",
        "report_by": "12月31日",
        "publicity": "declined" if gift.anonymous else "agreed",
        "copies": NUMERALS[copies],
        "copies_donor": NUMERALS[copies_of_donor(copies)],
        "copies_recipient": NUMERALS[copies - copies_of_donor(copies)],
    }


DEFAULT_COPIES = 4


def _donor(donor: Constituent | None, show: Show) -> dict[str, str]:
    if donor is None:
        return {}
    numbers = {item.kind: show(donor, item) for item in donor.identifiers}
    ways = {item.kind: show(donor, item) for item in donor.contact_points}
    preferred = {item.kind: show(donor, item) for item in donor.contact_points if item.preferred}
    ways |= preferred
    is_person = donor.kind == ConstituentKind.PERSON
    return {
        "donor_kind": "person" if is_person else "organisation",
        "donor_name": donor.name,
        "donor_representative": "" if is_person else donor.representative or "",
        "donor_uscc": "" if is_person else numbers.get(IdentifierKind.USCC, ""),
        "donor_resident_number": numbers.get(IdentifierKind.RESIDENT_ID, "") if is_person else "",
        "donor_address": ways.get(ContactKind.ADDRESS, ""),
        "donor_phone": _local(ways.get(ContactKind.PHONE, "")),
    }


def _foundation(foundation: Foundation) -> dict[str, str]:
    return {
        "recipient_name": foundation.name,
        "recipient_uscc": foundation.number,
        "recipient_representative": foundation.representative,
        "recipient_address": foundation.address,
        "recipient_contact": foundation.contact,
        "recipient_phone": foundation.phone,
        "bank": foundation.account_bank,
        "account_number": foundation.account_number,
    }


def _money(gift: Gift, instalments: Sequence[Instalment]) -> dict[str, str]:
    if gift.amount is None:
        return {}
    money = {
        "amount": figures(gift.amount),
        "amount_words": words(gift.amount).removeprefix(PREFIX),
    }
    if instalments:
        money["due_date"] = chinese_date(instalments[-1].pay_by)
    if len(instalments) > 1:
        money["instalments"] = "；".join(
            f"{chinese_date(one.pay_by)}前支付人民币{figures(one.amount)}元" for one in instalments
        )
    return money


def _local(number: str) -> str:
    """A Chinese number without the country's prefix, as papers print it."""
    return number.removeprefix("+86")


def copies_in(values: Mapping[str, str]) -> int:
    """The number of copies that the text names (一式肆份)."""
    numeral = values.get("copies", "")
    return NUMERALS.index(numeral) if len(numeral) == 1 and numeral in NUMERALS else DEFAULT_COPIES
