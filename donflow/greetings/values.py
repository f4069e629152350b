"""What the lines of one letter may say of its gift, its payment or its years."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.domain.almanac import same_day_in
from donflow.domain.money import figures
from donflow.gifts.models import Gift, Payment
from donflow.outbox.models import Addressee, Letter
from donflow.roster.alumni_models import Education
from donflow.roster.merging import numbers_of
from donflow.settings import Settings


def values_of(session: Session, letter: Letter, settings: Settings) -> dict[str, str]:
    """The fields of `domain.greeting_words` that are known of this letter alone."""
    match letter.occasion:
        case "thanks":
            return _of_payment(session, letter.about)
        case "gift_anniversary" if letter.addressee_kind == Addressee.CONSTITUENT:
            return _of_anniversary(session, letter)
        case "reunion" if letter.addressee_kind == Addressee.CONSTITUENT:
            return _of_reunion(session, letter)
        case "school_anniversary":
            founded = settings.founded[:4]
            return {"years": str(letter.on_day.year - int(founded))} if founded else {}
        case _:
            return _of_gift(session.get(Gift, letter.about)) if letter.about else {}


def _of_payment(session: Session, number: int) -> dict[str, str]:
    payment = session.get(Payment, number)
    if payment is None:
        return {}
    gift = session.get(Gift, payment.gift_id)
    return {"amount": figures(payment.amount), **_of_gift(gift)}


def _of_gift(gift: Gift | None) -> dict[str, str]:
    if gift is None:
        return {}
    return {"purpose": gift.purpose or "", "naming": gift.naming or ""}


def _of_anniversary(session: Session, letter: Letter) -> dict[str, str]:
    """Since the earliest of the gifts that began on this day; a purpose where they share one."""
    first = func.min(Payment.received_on)
    query = (
        select(first, Gift.purpose)
        .join(Gift, Gift.id == Payment.gift_id)
        .where(Gift.donor_id.in_(numbers_of(session, letter.addressee_id)))
        .where(Payment.confirmed_at.is_not(None), Payment.struck_at.is_(None))
        .group_by(Gift.id, Gift.purpose)
    )
    found = [(day, purpose) for day, purpose in session.execute(query) if _is_day_of(day, letter)]
    if not found:
        return {}
    purposes = {purpose or "" for _day, purpose in found}
    years = letter.on_day.year - min(day.year for day, _purpose in found)
    return {"years": str(years), "purpose": purposes.pop() if len(purposes) == 1 else ""}


def _is_day_of(began: date, letter: Letter) -> bool:
    year = letter.on_day.year
    return began.year < year and same_day_in(began, year) == letter.on_day


def _of_reunion(session: Session, letter: Letter) -> dict[str, str]:
    """The tens of years since the earliest graduation that has them this year."""
    query = select(Education.grad_year).where(
        Education.constituent_id.in_(numbers_of(session, letter.addressee_id)),
        Education.grad_year.is_not(None),
    )
    since = (letter.on_day.year - year for year in session.scalars(query) if year is not None)
    tens = [years for years in since if years > 0 and years % 10 == 0]
    return {"years": str(max(tens))} if tens else {}
