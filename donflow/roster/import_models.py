"""The tables of what comes in: imports and their sheets, headers known, proposals, merges."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.roster.alumni_models import Sourced
from donflow.roster.models import SEARCH_LINES
from donflow.store.base import Base, Instant, Json
from donflow.store.columns import Recorded
from donflow.store.derived import Derived


class ProposalKind(StrEnum):
    """What is proposed: that two are one person, or that a person's fields be changed."""

    MERGE = "merge"
    UPDATE = "update"


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class RosterImport(Recorded, Base):
    """One file taken in. The file itself is not kept: it would outlive an erasure of its people."""

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    source: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date]
    headers: Mapped[list[str]] = mapped_column(Json, default=list)
    """What a person said that headers mean: part of what two agree to."""
    salt: Mapped[str] = mapped_column(String(32))


class ImportedSheet(Base):
    """One sheet of a file, taken in whole or not at all."""

    __tablename__ = "imported_sheet"
    __table_args__ = (UniqueConstraint("import_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"))
    title: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    people: Mapped[int]
    added: Mapped[int]
    joined: Mapped[int]
    proposed: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    salt: Mapped[str] = mapped_column(String(32))


class KnownHeader(Recorded, Base):
    """What a person said that a header means; `column` None: such a column is left."""

    __tablename__ = "known_header"

    id: Mapped[int] = mapped_column(primary_key=True)
    header: Mapped[str] = mapped_column(String(200), unique=True)
    column: Mapped[str | None] = mapped_column(String(40))


class Proposal(Sourced, Base):
    """Something to decide about a person; the proposed values stand under the person's key."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    constituent_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("constituent.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roster_import.id"), index=True)
    score: Mapped[int | None]
    evidence: Mapped[list[str]] = mapped_column(Json)
    ciphertext: Mapped[bytes | None] = mapped_column(LargeBinary)
    told_digests: Mapped[list[str]] = mapped_column(Json, default=list)
    """A keyed digest of each field and value, kept when the values go with a refusal."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    status: Mapped[str] = mapped_column(String(20), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    salt: Mapped[str] = mapped_column(String(32))


class Merge(Recorded, Base):
    """That two numbers are one person. Nothing else changes, so that taking it back is exact.

    What belongs to a person is read from all the numbers joined (`roster.merging.numbers_of`).
    """

    __tablename__ = "merge"
    derived = Derived(SEARCH_LINES, ("absorbed_id", "survivor_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    absorbed_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), unique=True)
    survivor_id: Mapped[int] = mapped_column(ForeignKey("constituent.id"), index=True)
    by_rule: Mapped[str | None] = mapped_column(String(40))
    evidence: Mapped[Any] = mapped_column(Json)
