"""Signs that a file is not what came back of this round: it was here before, or lacks much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import Remark, ReviewRound
from donflow.agreements.remarks import NewRemark, RemarkKind
from donflow.agreements.returned import holds
from donflow.domain.facts import PaperKind
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift, GiftPaper
from donflow.lifecycle.office import Office
from donflow.lifecycle.stored_drafts import known_values
from donflow.vault.deposit import Upload
from donflow.vault.files import fingerprint_of
from donflow.word.reading import Reading


def recorded_before(
    session: Session, gift: Gift, review: ReviewRound, upload: Upload
) -> Sentence | None:
    """Where these very bytes were the file of an earlier round, or of another gift."""
    query = (
        select(Gift.number, GiftPaper.on)
        .join(Gift, Gift.id == GiftPaper.gift_id)
        .where(GiftPaper.kind == PaperKind.RETURNED_DRAFT)
        .where(GiftPaper.document == fingerprint_of(upload.data))
        .order_by(GiftPaper.gift_id != gift.id, GiftPaper.id)
    )
    if review.outcome is not None:  # its own file is filed by now
        earlier = GiftPaper.recorded_at < review.recorded_at
        query = query.where((GiftPaper.gift_id != gift.id) | earlier)
    row = session.execute(query.limit(1)).first()
    return None if row is None else say(RECORDED, gift=row[0], day=row[1])


def remarked_before(
    session: Session, gift: Gift, review: ReviewRound, items: Sequence[NewRemark]
) -> tuple[Sentence, ...]:
    """Where every comment of the file came with an earlier round already."""
    written = {
        (item.author, item.at, item.text) for item in items if item.kind is RemarkKind.COMMENT
    }
    query = (
        select(Remark.author, Remark.written_at, Remark.text, ReviewRound.no)
        .join(ReviewRound, ReviewRound.id == Remark.round_id)
        .where(Remark.gift_id == gift.id, ReviewRound.no < review.no)
        .where(Remark.kind == RemarkKind.COMMENT)
    )
    rounds = {(author, at, text): no for author, at, text, no in session.execute(query)}
    if not written or not written <= rounds.keys():
        return ()
    return (say(REMARKED, round=max(rounds[one] for one in written)),)


def missing(
    session: Session, office: Office, gift: Gift, lines: Sequence[str], reading: Reading
) -> list[Sentence]:
    """What is known of the gift and was in the text, and stands nowhere in the file."""
    values = known_values(session, office, gift)
    known = dict.fromkeys(values[name] for name in KNOWN_BY if name in values)
    return [
        say(N_("“{words}”, which was sent, stands nowhere in the file."), words=words)
        for words in known
        if holds(lines, words) and not holds(reading.before, words)
    ]


KNOWN_BY: Final = ("amount_words", "amount", "purpose", "beneficiary", "naming", "due_date")
"""The fields of an agreement by which a person would know one gift's text from another's."""
RECORDED = N_("it was recorded on {day} already, as what came back of {gift}")
REMARKED = N_("Every comment in the file stands already in round {round}: is it that round's file?")
