"""The Word file that comes back of a review: read whole, judged, and made into remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.differing import digest_of_words
from donflow.agreements.incoming import BY_LIBREOFFICE, NoWordFile, word_file
from donflow.agreements.models import ReviewRound, Revision
from donflow.agreements.remarks import NewRemark, RemarkKind, add_remarks
from donflow.agreements.returned import (
    WORD_FILE,
    Twin,
    Verdict,
    items_of,
    judge_return,
    told,
)
from donflow.agreements.rounds import end_round, last_round, open_round_of
from donflow.domain.actor import Actor, EvidenceKind
from donflow.domain.facts import PaperKind
from donflow.errors import N_, DonflowError, Sentence, say
from donflow.gifts.filing import file_paper
from donflow.gifts.models import Gift
from donflow.gifts.register import donor_of
from donflow.lifecycle.advance import advance, check_open
from donflow.lifecycle.office import Office
from donflow.lifecycle.return_signs import missing, recorded_before, remarked_before
from donflow.lifecycle.stored_drafts import drafts_beside, lines_of
from donflow.vault import files
from donflow.vault.deposit import Upload, deposit
from donflow.vault.files import fingerprint_of
from donflow.vault.models import Blob
from donflow.word.converting import ASheet
from donflow.word.reading import Reading, read
from donflow.word.reading_apart import read_returned
from donflow.word.seeing.concealed import HIDDEN
from donflow.word.seeing.warnings import UNSETTLED


class WrongReturn(DonflowError):
    code = "wrong_return"
    message = N_(
        "{file} is not what was sent as draft {no} of {gift}: {why}. What differs: {words}"
    )
    remedy = N_(
        "Take the file that came back of that draft; if it is this one all the same,"
        " add --although REASON."
    )
    http_status = 409


class ConsentWithChanges(DonflowError):
    code = "consent_with_changes"
    message = N_("{file} is no consent to draft {no} of {gift}: {why}.")
    remedy = N_(
        "Record it as a return: donflow review return {gift} --for reviewer --evidence FILE"
    )
    http_status = 409


class ConsentToAnotherText(ConsentWithChanges):
    remedy = N_(
        "Take the file of draft {no}, or what else proves the consent: donflow review approve"
        " {gift} --for reviewer --evidence FILE"
    )


class SentDraftLost(DonflowError):
    code = "sent_draft_lost"
    message = N_("What was sent as draft {no} of {gift} cannot be read any more.")
    remedy = N_("See what the vault lacks, and fetch it from a backup: donflow verify")
    http_status = 409


class AlthoughWithoutReason(DonflowError):
    code = "reason_missing"
    message = N_("Whoever takes a file that looks like another one says why.")
    remedy = N_("Say in a few words after --although how you know that it is the right one.")


@dataclass(frozen=True)
class Returned:
    """A file that came back: what it is, what it asks for, and what to know of it.

    `heed` are the sentences that a person should read before trusting the list.
    """

    verdict: Verdict
    items: tuple[NewRemark, ...]
    heed: tuple[Sentence, ...]
    lost: bool = False
    """Whether the vault has no more what was sent, so that nothing could be held against it."""

    @property
    def silent(self) -> bool:
        """Whether it asks for nothing: not a word is changed or remarked on."""
        return not (self.items or self.verdict.differences or self.lost)

    @property
    def beside(self) -> bool:
        """Whether it is no text of an agreement but what was written beside one: a letter."""
        return self.verdict.altogether and not self.items

    @property
    def comments(self) -> int:
        """How many remarks it holds; answers within a thread are none of their own."""
        return sum(item.kind is RemarkKind.COMMENT and item.parent is None for item in self.items)

    @property
    def changes(self) -> int:
        return sum(item.kind is not RemarkKind.COMMENT for item in self.items)


def look_at_return(session: Session, office: Office, gift: Gift, upload: Upload) -> Returned | None:
    """What the file says of the draft in the last round; None for what is no Word file.

    Raises NoOpenRound before the first round, and what reading raises.
    """
    review = last_round(session, gift.id) or open_round_of(session, gift)
    return _look(session, office, gift, review, upload)


def return_draft(
    session: Session,
    office: Office,
    gift: Gift,
    remarks: Sequence[NewRemark],
    *,
    channel: str,
    upload: Upload | None = None,
    although: str | None = None,
    actor: Actor,
    now: datetime,
) -> Returned | None:
    """The foundation sends the text back: its remarks, the end of the round, and the stage.

    `upload` is the file that came back, if there is one: of a Word file every remark and change
    becomes one of the round's, before those written down by hand. Answers what was read of it.
    Evidence of another kind than the text itself counts as the text where it is a Word file of it.
    Raises WrongReturn for another file than was sent, unless it is taken `although` it looks so.
    """
    check_open(session, office, gift, "return")
    review = open_round_of(session, gift)
    on = office.acted_on(actor, now)
    returned = None if upload is None else _look(session, office, gift, review, upload)
    if upload is not None and _is_beside(actor, upload, returned):
        upload = returned = None
    if although is not None and not although.strip():
        raise AlthoughWithoutReason
    wrong = returned is not None and returned.verdict.wrong is not None
    if upload is not None and returned is not None and wrong and although is None:
        raise _wrong(session, gift, review, upload, returned.verdict)
    for items, way in ((returned.items if returned else (), WORD_FILE), (remarks, channel)):
        add_remarks(session, gift, review, items, channel=way, on=on, actor=actor, now=now)
    end_round(
        session,
        gift,
        review,
        outcome="returned",
        on=on,
        actor=actor,
        now=now,
        although=although if wrong else None,
    )
    blob = _blob(session, office, upload, actor=actor, now=now)
    if blob is not None:
        kind = PaperKind.RETURNED_DRAFT
        file_paper(session, gift, kind, blob, title=blob.name, on=on, actor=actor, now=now)
    advance(session, office, gift, "return", actor=actor, now=now)
    return returned


def refuse_if_changed(
    session: Session, office: Office, gift: Gift, upload: Upload, *, actor: Actor
) -> None:
    """Raise ConsentWithChanges where a Word file that shall prove consent asks for changes.

    So does one whose text is not the one under review, unless it is a letter beside the text and
    was brought as such. Raises SentDraftLost where nothing tells what was under review.
    """
    review = open_round_of(session, gift)
    returned = _look(session, office, gift, review, upload)
    if returned is None or _is_beside(actor, upload, returned):
        return
    no = session.get_one(Revision, review.revision_id).no
    if returned.lost:
        raise SentDraftLost(no=no, gift=gift.number)
    if returned.verdict.wrong is not None:
        why = returned.verdict.wrong
        raise ConsentToAnotherText(file=upload.name, no=no, gift=gift.number, why=why)
    open_items = [item for item in returned.items if not item.settled and item.parent is None]
    if not returned.verdict.differences and not open_items:
        return
    why = say(
        N_("it holds {comments} remarks and {changes} changes"),
        comments=sum(item.kind is RemarkKind.COMMENT for item in open_items),
        changes=sum(item.kind is not RemarkKind.COMMENT for item in open_items),
    )
    raise ConsentWithChanges(file=upload.name, no=no, gift=gift.number, why=why)


def _is_beside(actor: Actor, upload: Upload, returned: Returned | None) -> bool:
    """Whether the file is evidence and was said to be no text, and is none indeed."""
    outside = actor.on_behalf_of
    if outside is None or outside.evidence is EvidenceKind.RETURNED_WORD:
        return False
    is_evidence = outside.document == fingerprint_of(upload.data)
    return is_evidence and (returned is None or returned.beside)


def _look(
    session: Session, office: Office, gift: Gift, review: ReviewRound, upload: Upload
) -> Returned | None:
    try:
        docx = word_file(upload.data, name=upload.name)
    except (NoWordFile, ASheet):
        return None
    reading = read_returned(docx)
    sent = session.get_one(Revision, review.revision_id)
    lines = lines_of(office, sent)
    if lines is None:
        heed = (*_told_of(reading, docx != upload.data), say(LOST, no=sent.no, gift=gift.number))
        return Returned(Verdict(None, (), ()), items_of(reading), heed, lost=True)
    verdict = _judge(session, office, gift, review, upload, lines, reading)
    before = _sent_reading(office, sent)
    hidden = _hidden(reading) - _hidden(before) if before else _hidden(reading)
    items = items_of(
        reading,
        verdict.untracked,
        already=before.comments if before else (),
        hidden=sorted(hidden),
    )
    heed = (
        *_told_of(reading, docx != upload.data),
        *_heed(verdict, items),
        *missing(session, office, gift, lines, reading),
        *remarked_before(session, gift, review, items),
    )
    return Returned(verdict, items, heed)


def _sent_reading(office: Office, sent: Revision) -> Reading | None:
    """What the office itself wrote beside the text that it sent, and what it hid there."""
    try:
        return read(files.read(office.vault, sent.document))
    except DonflowError:
        return None


def _hidden(reading: Reading) -> set[str]:
    return {str(one.values["words"]) for one in reading.warnings if one.message == HIDDEN}


def _judge(
    session: Session,
    office: Office,
    gift: Gift,
    review: ReviewRound,
    upload: Upload,
    lines: Sequence[str],
    reading: Reading,
) -> Verdict:
    donor, sent = donor_of(session, gift), session.get_one(Revision, review.revision_id)
    names = () if donor is None else (donor.name,)
    twin, others = _twin(session, sent, reading), drafts_beside(session, office, gift, sent)
    verdict = judge_return(lines, reading, names=names, twin=twin, others=others)
    known = recorded_before(session, gift, review, upload)
    if known is None:
        return verdict
    return replace(verdict, wrong=known, untracked=())


def _twin(session: Session, sent: Revision, reading: Reading) -> Twin | None:
    """The other draft that has the very words of the file, one of the same gift first."""
    digest = digest_of_words(reading.before)
    if digest == sent.words:
        return None
    query = (
        select(Gift.number, Revision.no)
        .join(Gift, Gift.id == Revision.gift_id)
        .where(Revision.words == digest)
        .order_by(Revision.gift_id != sent.gift_id, Revision.id)
    )
    row = session.execute(query.limit(1)).first()
    return None if row is None else Twin(*row)


def _told_of(reading: Reading, converted: bool) -> list[Sentence]:
    told = [warning for warning in reading.warnings if warning.message != UNSETTLED]
    return [*told, BY_LIBREOFFICE, say(THREADS)] if converted else told


def _heed(verdict: Verdict, items: Sequence[NewRemark]) -> list[Sentence]:
    heed: list[Sentence] = []
    if not items and not verdict.differences:
        heed.append(say(N_("The file is word for word what was sent, without remark or change.")))
    if verdict.untracked:
        count = len(verdict.untracked)
        heed.append(
            say(N_("{count} changes were made without a mark, tracking switched off."), count=count)
        )
    if outside := sum(item.outside for item in items):
        heed.append(say(N_("{count} changes stand where nobody commented."), count=outside))
    return heed


def _wrong(
    session: Session, gift: Gift, review: ReviewRound, upload: Upload, verdict: Verdict
) -> WrongReturn:
    return WrongReturn(
        file=upload.name,
        no=session.get_one(Revision, review.revision_id).no,
        gift=gift.number,
        why=verdict.wrong,
        words=tuple(told(one) for one in verdict.differences[:DIFFERENCES]),
    )


def _blob(
    session: Session, office: Office, upload: Upload | None, *, actor: Actor, now: datetime
) -> Blob | None:
    """The file that came back, in the vault; a 代录 may have brought it there as its evidence."""
    if upload is None:
        return None
    outside = actor.on_behalf_of
    if outside is not None and outside.document == fingerprint_of(upload.data):
        return session.get_one(Blob, outside.document)
    return deposit(session, office.vault, upload, actor=actor, now=now)


DIFFERENCES = 5
"""So many differences are enough to see that a file is another."""
THREADS = N_(
    "Of a file so converted, answers stand as remarks of their own, and settled ones as open:"
    " ask for the .docx."
)
LOST = N_(
    "What was sent as draft {no} of {gift} cannot be read any more, so nothing was compared with"
    " it: donflow verify"
)
