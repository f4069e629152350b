"""The tables of agreements."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from donflow.store.base import Base, Json
from donflow.store.columns import Recorded


class TemplateConfirmation(Recorded, Base):
    """A person's word that this file is the foundation's newest template of its kind."""

    __tablename__ = "template_confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    template: Mapped[str] = mapped_column(String(64))
    on: Mapped[date]


class Revision(Recorded, Base):
    """One numbered state of the draft: its bytes are in the vault and never change.

    `rules` is the digest of the rule files that it was last held to, `checked_on` the day of which
    those in force counted, and `words` the digest of its words alone, by which a file that comes
    back is known again. `on` may be earlier: whoever writes down an act of the past says so.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("gift_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    no: Mapped[int]
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    template: Mapped[str | None] = mapped_column(String(64))
    values_digest: Mapped[str] = mapped_column(String(64))
    copies: Mapped[int]
    rules: Mapped[str] = mapped_column(String(64))
    checked_on: Mapped[date]
    words: Mapped[str] = mapped_column(String(64), index=True)
    on: Mapped[date]


class RevisionFinding(Base):
    """One thing that the pre-check found in a revision: where, and what is expected instead.

    The words found are in the document, at these characters of this line; where something is
    missing there is no line. `expect` is a sentence as message id and values. Values may be words
    of the draft too, a party's name or a sum (of long numbers only the last four places): they are
    as personal as the draft is, and are kept exactly as long.
    """

    __tablename__ = "revision_finding"
    __table_args__ = (UniqueConstraint("revision_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    no: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str] = mapped_column(String(10))
    sure: Mapped[bool]
    line: Mapped[int | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    expect: Mapped[dict[str, Any]] = mapped_column(Json)
    ground: Mapped[str | None] = mapped_column(String(80))


class FindingWaiver(Recorded, Base):
    """A named person lets a finding stand, with the reason."""

    __tablename__ = "finding_waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("revision_finding.id"), unique=True)
    reason: Mapped[str]
    on: Mapped[date]


class SignedPrecedent(Recorded, Base):
    """A signed agreement of the office, against which drafts are measured.

    `document` is the file as it came, `text` its lines as they were read. Of its words only what
    the office says in every agreement stands here: clauses, and the names and the account of the
    bodies that receive. `donors` and `same` are blind digests: of who gives, and of parties, day
    and sum, by which another file of this agreement is known. Of one that was taken out again
    only the reason is left.
    """

    __tablename__ = "precedent"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"), unique=True)
    text: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"), unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    number: Mapped[str | None] = mapped_column(String(80))
    signed_on: Mapped[date | None]
    clauses: Mapped[list[str]] = mapped_column(Json)
    order: Mapped[list[str]] = mapped_column(Json)
    recipients: Mapped[list[str]] = mapped_column(Json)
    account_name: Mapped[str | None] = mapped_column(String(200))
    account_number: Mapped[str | None] = mapped_column(String(40))
    donors: Mapped[list[str]] = mapped_column(Json)
    same: Mapped[str | None] = mapped_column(String(64), index=True)
    removed_on: Mapped[date | None]
    removed_because: Mapped[str | None]


class SelfCheck(Recorded, Base):
    """A person has read this revision before it leaves the school."""

    __tablename__ = "self_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    note: Mapped[str | None]
    on: Mapped[date]


class ReviewRound(Recorded, Base):
    """One sending-out of a revision and its coming back; an approval may lapse.

    `although` is why a file was taken for the one that came back, though it did not look like it.
    """

    __tablename__ = "review_round"
    __table_args__ = (UniqueConstraint("gift_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    no: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    sent_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    lapsed_on: Mapped[date | None]
    although: Mapped[str | None]


class Remark(Recorded, Base):
    """One remark of the reviewer, by whatever channel it came, and how it was answered.

    What was read from a returned Word file is of another kind than "remark" (see RemarkKind), with
    the words that it hangs on, or the old and the new ones, and author and time as the file says:
    they identify nobody. `outside` is a change where nobody commented. An answer in a thread has
    the number of the remark that began it as `parent_no`, and asks for no answer of its own.
    """

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("round_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    no: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(40))
    clause: Mapped[str | None]
    text: Mapped[str]
    anchor: Mapped[str | None]
    old_words: Mapped[str | None]
    new_words: Mapped[str | None]
    author: Mapped[str | None]
    written_at: Mapped[str | None] = mapped_column(String(40))
    parent_no: Mapped[int | None]
    outside: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    answer_text: Mapped[str | None]
    answered_on: Mapped[date | None]


class Approval(Recorded, Base):
    """One rung's consent to the very bytes of a revision; a body's carries its minutes' number."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("round_id", "capacity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"))
    capacity: Mapped[str] = mapped_column(String(40))
    document: Mapped[str] = mapped_column(ForeignKey("blob.fingerprint"))
    minutes_number: Mapped[str | None]
    person: Mapped[str] = mapped_column(String(60))
    on: Mapped[date]


class DonorCheck(Recorded, Base):
    """The approved text before the donor, and the answer: agreed or objected."""

    __tablename__ = "donor_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    channel: Mapped[str] = mapped_column(String(40))
    sent_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(20))
    answered_on: Mapped[date | None]
    answer_evidence: Mapped[str | None] = mapped_column(ForeignKey("blob.fingerprint"))


class Objection(Recorded, Base):
    """One objection of the donor, and what was answered."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("check_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("donor_check.id"))
    no: Mapped[int]
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
