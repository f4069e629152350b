"""The tables of constituents and of what belongs to each: contact points, identifiers, consents.

What identifies (phone, mail, address, resident number, account) stands as ciphertext under the
person's own key, a masked form for lists, and a blind index for exact search. Each table with
personal values has a salt: it is mixed into the digests of the journal, and binds a ciphertext to
its row.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from donflow.store.base import Base, Instant, Json
from donflow.store.derived import Derived

SEARCH_LINES = "donflow.roster.search.keeping:refresh"
"""What keeps the search line of a person in step with the rows it is made of."""


class ConstituentKind(StrEnum):
    """What a constituent is."""

    PERSON = "person"
    COMPANY = "company"
    CLASS = "class"
    CHAPTER = "chapter"


class Gender(StrEnum):
    """As recorded, for the salutation; None where nobody said."""

    MALE = "male"
    FEMALE = "female"


class Status(StrEnum):
    """Restricted: stored and protected only (PIPL 47); erased: nothing personal is left."""

    ACTIVE = "active"
    DECEASED = "deceased"
    RESTRICTED = "restricted"
    ERASED = "erased"


class ContactKind(StrEnum):
    """The ways a constituent is reached."""

    PHONE = "phone"
    MAIL = "mail"
    WECHAT = "wechat"
    ADDRESS = "address"


class IdentifierKind(StrEnum):
    """The numbers that identify; a credit code is public, the others are not."""

    USCC = "uscc"
    RESIDENT_ID = "resident_id"
    BANK_ACCOUNT = "bank_account"
    PASSPORT = "passport"


class Source(StrEnum):
    """Who told us."""

    SELF = "self"
    AGREEMENT = "agreement"
    ARCHIVE = "archive"
    CLASS_LIAISON = "class_liaison"
    CHAPTER = "chapter"
    COLLEAGUE = "colleague"
    EVENT = "event"
    ROSTER = "roster"
    FORM = "form"


class Confidence(StrEnum):
    """How sure a contact point is."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


class Purpose(StrEnum):
    """What a consent is for; each is asked for by itself (PIPL 14, 23, 25)."""

    DATA_KEEPING = "data_keeping"
    GREETINGS = "greetings"
    PUBLICITY_NAME = "publicity_name"
    PUBLICITY_AMOUNT = "publicity_amount"
    PUBLICITY_PICTURE = "publicity_picture"
    CHAPTER_PAGE = "chapter_page"
    CHAPTER_CONTACT = "chapter_contact"


class Channel(StrEnum):
    """By which channel a consent holds."""

    ANY = "any"
    MAIL = "mail"
    PHONE = "phone"
    POST = "post"
    WECHAT = "wechat"


class Decision(StrEnum):
    """What was said about a purpose."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class RelationKind(StrEnum):
    """The first is the … of the second."""

    SPOUSE = "spouse"
    WIDOW = "widow"
    REPRESENTATIVE = "representative"
    CONTACT = "contact"


class Constituent(Base):
    """A person, company, class or chapter."""

    __tablename__ = "constituent"
    derived = Derived(SEARCH_LINES, ("id",))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), index=True)
    other_names: Mapped[list[str]] = mapped_column(Json)
    gender: Mapped[str | None] = mapped_column(String(10))
    salutation: Mapped[str | None] = mapped_column(String(120))
    representative: Mapped[str | None] = mapped_column(String(120))
    note_code: Mapped[str | None] = mapped_column(String(40))
    birth: Mapped[str | None] = mapped_column(String(10))
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as many places as were told."""
    ethnicity: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(40), index=True)
    province: Mapped[str | None] = mapped_column(String(20))
    field_sources: Mapped[dict[str, list[str]]] = mapped_column(Json, default=dict)
    """By field of this row: source, day, confidence and where it stands there."""
    former_values: Mapped[dict[str, list[list[str]]]] = mapped_column(Json, default=dict)
    """By field of this row: values it had before, each followed by what `field_sources` said."""
    died_on: Mapped[str | None] = mapped_column(String(10))
    """As much of the day as was told, written as `birth` is."""
    status: Mapped[str] = mapped_column(String(20))
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    salt: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    row_version: Mapped[int] = mapped_column()

    contact_points: Mapped[list[ContactPoint]] = relationship(
        order_by="ContactPoint.id", cascade="all, delete-orphan", lazy="selectin"
    )
    identifiers: Mapped[list[Identifier]] = relationship(
        order_by="Identifier.id", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy's own form


class ContactPoint(Base):
    """One way to reach a constituent, encrypted."""

    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("constituent_id", "kind", "blind"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"))
    kind: Mapped[str] = mapped_column(String(20))
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    masked: Mapped[str] = mapped_column(String(200))
    blind: Mapped[str] = mapped_column(String(64), index=True)
    blind_last4: Mapped[str | None] = mapped_column(String(64), index=True)
    source: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    confidence: Mapped[str] = mapped_column(String(20))
    preferred: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(32))


class Identifier(Base):
    """One number that identifies a constituent: encrypted, or plain where it is public."""

    __tablename__ = "identifier"
    __table_args__ = (UniqueConstraint("constituent_id", "kind", "blind"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"))
    kind: Mapped[str] = mapped_column(String(20))
    plain: Mapped[str | None] = mapped_column(String(40))
    ciphertext: Mapped[bytes | None] = mapped_column(LargeBinary)
    masked: Mapped[str] = mapped_column(String(40))
    blind: Mapped[str] = mapped_column(String(64), index=True)
    confirmed: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(32))


class Consent(Base):
    """What a constituent said about one purpose by one channel on a day; the last word holds."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(20))
    stated_on: Mapped[date]
    evidence: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))
    notice_version: Mapped[str | None] = mapped_column(String(40))


class Relation(Base):
    """How one constituent stands to another."""

    __tablename__ = "relation"
    __table_args__ = (UniqueConstraint("from_id", "kind", "to_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"))
    kind: Mapped[str] = mapped_column(String(20))
    to_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)


class Reveal(Base):
    """That somebody saw one field unmasked, and why; the reason is free text, so it is erasable."""

    __tablename__ = "reveal"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    salt: Mapped[str] = mapped_column(String(32))
