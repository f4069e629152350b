"""The new draft beside the one that was sent: what was done, and what a person should heed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from donflow.agreements.differing import Difference, differing
from donflow.agreements.drafting import current_revision
from donflow.agreements.models import Remark, ReviewRound, Revision
from donflow.agreements.promises import kept, unasked, untouched
from donflow.agreements.remarks import remarks_of
from donflow.agreements.returned import told
from donflow.agreements.rounds import last_round, rounds_of
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.lifecycle.stored_drafts import lines_of
from donflow.vault import files
from donflow.word.redline import Redline, compare


class NothingToCompare(DonflowError):
    code = "nothing_to_compare"
    message = N_("Of {gift} there is no draft newer than the one that was sent to the foundation.")
    remedy = N_("Write the new one first: donflow agreement draft {gift}")


@dataclass(frozen=True)
class Compared:
    """The draft that was sent, the newest one, how they differ, and what a person should heed."""

    sent: Revision
    newest: Revision
    differences: tuple[Difference, ...]
    heed: tuple[Sentence, ...]


def compare_with_sent(session: Session, office: Office, gift: Gift) -> Compared:
    """The newest draft beside the last one that was sent before it; NothingToCompare."""
    newest = current_revision(session, gift)
    review, sent = _sent_before(session, gift, newest)
    before, after = lines_of(office, sent) or (), lines_of(office, newest) or ()
    differences = differing(before, after).differences
    remarks = remarks_of(session, review.id)
    heed = _heed(remarks, before, after, differences, newest) if _is_returned(review) else ()
    return Compared(sent, newest, differences, heed)


def redline_of(office: Office, compared: Compared, *, at: datetime) -> Redline:
    """A Word file with what was done since as tracked changes of the office, for the reviewer."""
    author = office.settings.office or office.settings.school
    old, new = (files.read(office.vault, one.document) for one in (compared.sent, compared.newest))
    return compare(old, new, author=author, at=at)


def heed_before_resubmission(session: Session, office: Office, gift: Gift) -> tuple[Sentence, ...]:
    """What the new draft does not hold of what was accepted, and changes without a remark.

    A form of words may be met by another, so these warn and refuse nothing.
    """
    review = last_round(session, gift.id)
    newest = current_revision(session, gift)
    if review is None or not _is_returned(review) or review.revision_id == newest.id:
        return ()
    return compare_with_sent(session, office, gift).heed


def kept_promises(session: Session, office: Office, gift: Gift) -> dict[int, bool]:
    """By the number of each accepted change in the last round: whether the newest draft has it.

    Empty while there is no newer draft than the one that came back.
    """
    review = last_round(session, gift.id)
    if review is None:
        return {}
    sent, newest = session.get_one(Revision, review.revision_id), current_revision(session, gift)
    if newest.id == sent.id:
        return {}
    before, after = lines_of(office, sent) or (), lines_of(office, newest) or ()
    found = {row.no: kept(row, before, after) for row in remarks_of(session, review.id)}
    return {no: held for no, held in found.items() if held is not None}


def _sent_before(session: Session, gift: Gift, newest: Revision) -> tuple[ReviewRound, Revision]:
    for review in reversed(rounds_of(session, gift.id)):
        sent = session.get_one(Revision, review.revision_id)
        if sent.no < newest.no:
            return review, sent
    raise NothingToCompare(gift=gift.number)


def _is_returned(review: ReviewRound) -> bool:
    return review.outcome == "returned"


def _heed(
    remarks: Sequence[Remark],
    before: Sequence[str],
    after: Sequence[str],
    differences: Sequence[Difference],
    newest: Revision,
) -> tuple[Sentence, ...]:
    heed = [
        say(
            N_("Remark {no} was accepted, yet draft {draft} does not have it: {change}"),
            no=row.no,
            draft=newest.no,
            change=told(Difference(row.clause or "", row.old_words or "", row.new_words or "")),
        )
        for row in remarks
        if kept(row, before, after) is False
    ]
    heed += [
        say(
            N_("Remark {no} was accepted, yet in draft {draft} nothing of {clause} was changed."),
            no=row.no,
            draft=newest.no,
            clause=row.clause,
        )
        for row in remarks
        if untouched(row, before, after)
    ]
    heed += [
        say(
            N_("Changed although no remark speaks of it: {changes}"),
            changes=tuple(map(told, changes)),
        )
        for changes in unasked(differences, remarks).values()
    ]
    return tuple(heed)
