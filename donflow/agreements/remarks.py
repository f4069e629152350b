"""What a reviewer wants of a draft, by whatever channel it came, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.models import Remark, ReviewRound
from donflow.agreements.rounds import last_round
from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.store.columns import recorded
from donflow.store.journal import record

ANSWERS: Final = ("accepted", "changed", "declined")
SETTLED: Final = "settled"
"""The answer to a remark that the returned file itself says is settled."""


class RemarkKind(StrEnum):
    """How a remark came: written down by a person, or read from a returned Word file."""

    REMARK = "remark"
    COMMENT = "comment"
    CHANGE = "change"
    MOVE = "move"
    FORMATTING = "formatting"
    UNTRACKED = "untracked"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class NewRemark:
    """A remark as it is entered: how binding, on which clause, in which words.

    What was read from a file has the words it hangs on, or what it takes out and puts in;
    `parent` is the place, among those entered with it, of the remark that it answers; `settled`
    what the file says needs no answer any more.
    """

    text: str
    level: str = "must"
    clause: str | None = None
    kind: RemarkKind = RemarkKind.REMARK
    anchor: str | None = None
    old_words: str | None = None
    new_words: str | None = None
    author: str | None = None
    at: str | None = None
    parent: int | None = None
    outside: bool = False
    settled: bool = False


class AnswersAnother(DonflowError):
    code = "answers_another"
    message = N_("Remark {no} is itself an answer to remark {parent}.")
    remedy = N_("Answer that one: donflow review answer {gift} {parent} --accepted")


def add_remarks(
    session: Session,
    gift: Gift,
    review: ReviewRound,
    remarks: Sequence[NewRemark],
    *,
    channel: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> list[Remark]:
    """Write down remarks that came together; the journal gets their numbers, not their words."""
    first = len(remarks_of(session, review.id)) + 1
    rows: list[Remark] = []
    for no, new in enumerate(remarks, start=first):
        row = Remark(
            gift_id=gift.id,
            round_id=review.id,
            no=no,
            kind=new.kind,
            level=new.level,
            channel=channel,
            clause=new.clause,
            text=new.text,
            anchor=new.anchor,
            old_words=new.old_words,
            new_words=new.new_words,
            author=new.author,
            written_at=new.at[:WRITTEN_AT] if new.at else None,
            parent_no=None if new.parent is None else rows[new.parent].no,
            outside=new.outside,
            answer=SETTLED if new.settled else None,
            answered_on=on if new.settled else None,
            **recorded(actor, now),
        )
        rows.append(row)
        session.add(row)
        detail = {
            "round": review.no,
            "remark": no,
            "kind": str(new.kind),
            "level": str(new.level),
            "channel": channel,
        }
        record(session, gift.subject, "remark_recorded", actor=actor, now=now, detail=detail)
    session.flush()
    touch(gift, now)
    return rows


def answer_remark(
    session: Session,
    gift: Gift,
    no: int,
    *,
    answer: str,
    text: str | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> Remark:
    """Answer a remark of the last round: accepted, changed otherwise, or declined with a reason."""
    review, remark = _remark_of(session, gift, no)
    remark.answer, remark.answer_text, remark.answered_on = answer, text, on
    touch(gift, now)
    detail = {"round": review.no, "remark": no, "answer": answer}
    record(session, gift.subject, "remark_answered", actor=actor, now=now, detail=detail)
    return remark


def set_level(
    session: Session, gift: Gift, no: int, level: str, *, actor: Actor, now: datetime
) -> Remark:
    """Say that a remark of the last round is more or less binding than it was read."""
    review, remark = _remark_of(session, gift, no)
    remark.level = level
    touch(gift, now)
    detail = {"round": review.no, "remark": no, "level": level}
    record(session, gift.subject, "remark_levelled", actor=actor, now=now, detail=detail)
    return remark


def remarks_of(session: Session, round_id: int) -> list[Remark]:
    query = select(Remark).where(Remark.round_id == round_id).order_by(Remark.no)
    return list(session.scalars(query))


def _remark_of(session: Session, gift: Gift, no: int) -> tuple[ReviewRound, Remark]:
    """The remark of this number in the last round; NotFound, or AnswersAnother for a reply."""
    review = last_round(session, gift.id)
    remarks = remarks_of(session, review.id) if review else []
    remark = next((remark for remark in remarks if remark.no == no), None)
    if remark is None or review is None:
        raise NotFound(
            what=say(N_("remark")),
            given=no,
            gift=gift.number,
            mend=N_("See the remarks: donflow review show {gift}"),
        )
    if remark.parent_no is not None:
        raise AnswersAnother(no=no, parent=remark.parent_no, gift=gift.number)
    return review, remark


WRITTEN_AT: Final = 40
"""Characters kept of a time that a file says; what is longer is no time."""
