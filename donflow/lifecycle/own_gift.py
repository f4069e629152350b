"""What a draft must say of its own gift and office, as it stands on record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from donflow.gifts.models import Gift
from donflow.gifts.plan import instalments_of
from donflow.gifts.register import donor_of
from donflow.lifecycle.office import Office
from donflow.precheck.own_gift import OwnGift, OwnOffice
from donflow.roster.models import Constituent, ConstituentKind, IdentifierKind, Status


def own_office(office: Office) -> OwnOffice:
    """Who receives, and where, by the settings."""
    foundation = office.settings.foundation
    holders = tuple(filter(None, (foundation.account_name, foundation.name)))
    return OwnOffice(foundation.name, holders, foundation.account_number)


def own_gift(session: Session, gift: Gift) -> OwnGift:
    """What is on record of a gift; of a donor who was erased nothing is."""
    donor = donor_of(session, gift)
    if donor is not None and donor.status == Status.ERASED:
        donor = None
    instalments = instalments_of(session, gift.id)
    return OwnGift(
        amount=gift.amount,
        donor_names=(donor.name, *donor.other_names) if donor else (),
        named=donor is not None and donor.kind in _BY_NAME,
        anonymous=gift.anonymous,
        credit_code=_credit_code(donor),
        pay_by=instalments[-1].pay_by if instalments else None,
        purpose=gift.purpose or "",
    )


def _credit_code(donor: Constituent | None) -> str:
    """Public, and therefore kept in plain."""
    held = donor.identifiers if donor else []
    return next((one.plain for one in held if one.kind == IdentifierKind.USCC and one.plain), "")


_BY_NAME = frozenset({ConstituentKind.PERSON, ConstituentKind.COMPANY})
"""A class or a chapter is called in more than one way."""
