"""Comparing database and vault with the journal, and naming the gift that a finding belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift, GiftPaper
from donflow.lifecycle.office import Office
from donflow.store.base import Base
from donflow.store.verify import verify_store
from donflow.vault import files
from donflow.vault.deposit import all_fingerprints


@dataclass(frozen=True)
class Report:
    """What was found, and how much was looked at."""

    sentences: tuple[Sentence, ...]
    rows: int
    files: int


def verify_office(session: Session, office: Office) -> Report:
    """Every row against the journal, every stored file against its fingerprint.

    A file that no row names (left by a crash) harms nothing; `vault check` names it.
    """
    numbers = {gift.id: gift.number for gift in session.scalars(select(Gift))}
    found = [
        say(N_("{gift}: {finding}"), gift=numbers[finding.subject.id], finding=finding.sentence)
        if finding.subject and finding.subject.type == "gift" and finding.subject.id in numbers
        else finding.sentence
        for finding in verify_store(session)
    ]
    fingerprints = all_fingerprints(session)
    report = files.check(office.vault, fingerprints)
    for message, named in (
        (N_("The stored file {name} is missing."), report.missing),
        (N_("The stored file {name} is damaged."), report.damaged),
    ):
        found += [_of_gift(session, numbers, name, say(message, name=name[:12])) for name in named]
    return Report(tuple(found), _count(session), len(fingerprints))


def _of_gift(
    session: Session, numbers: dict[int, str], fingerprint: str, finding: Sentence
) -> Sentence:
    query = select(GiftPaper.gift_id).where(GiftPaper.document == fingerprint).limit(1)
    gift_id = session.scalars(query).one_or_none()
    if gift_id is None:
        return finding
    return say(N_("{gift}: {finding}"), gift=numbers[gift_id], finding=finding)


def _count(session: Session) -> int:
    tables = Base.metadata.sorted_tables
    return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
