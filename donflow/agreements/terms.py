"""Terms of an agreement that the template asks for and no other record holds, one row a term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from donflow.domain.actor import Actor
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.store.base import Base
from donflow.store.columns import Recorded, recorded
from donflow.store.journal import record


class AgreementTerm(Recorded, Base):
    """The value of one field of the template, as it will be printed."""

    __tablename__ = "agreement_term"
    __table_args__ = (UniqueConstraint("gift_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str]


def set_terms(
    session: Session, gift: Gift, terms: Mapping[str, str], *, actor: Actor, now: datetime
) -> None:
    """Set terms; an empty value takes a term away."""
    held = {term.name: term for term in terms_of(session, [gift.id]).get(gift.id, [])}
    for name, value in terms.items():
        if name in held and not value:
            session.delete(held[name])
        elif name in held:
            held[name].value = value
        elif value:
            term = AgreementTerm(gift_id=gift.id, name=name, value=value, **recorded(actor, now))
            session.add(term)
    session.flush()
    touch(gift, now)
    detail = {"terms": sorted(terms)}
    record(session, gift.subject, "terms_set", actor=actor, now=now, detail=detail)


def terms_of(session: Session, gift_ids: list[int]) -> dict[int, list[AgreementTerm]]:
    """The terms of these gifts, by gift id."""
    query = select(AgreementTerm).where(AgreementTerm.gift_id.in_(gift_ids))
    grouped: dict[int, list[AgreementTerm]] = {}
    for term in session.scalars(query.order_by(AgreementTerm.id)):
        grouped.setdefault(term.gift_id, []).append(term)
    return grouped
