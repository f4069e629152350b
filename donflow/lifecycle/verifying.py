"""Comparing database and vault with the journal, and naming the gift that a finding belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter, Election
from donflow.domain.gift_number import format_gift_number
from donflow.errors import N_, Sentence, say
from donflow.gifts.models import Gift, GiftCounter
from donflow.lifecycle.office import Office
from donflow.outbox.checking import disagreements
from donflow.store.base import Base
from donflow.store.journal import Subject
from donflow.store.moving import StageChange
from donflow.store.outcome import DatabaseUnreadable, trouble_of
from donflow.store.verify import verify_store
from donflow.vault import files
from donflow.vault.deposit import all_fingerprints


@dataclass(frozen=True)
class Report:
    """What was found, and how much was looked at."""

    sentences: tuple[Sentence, ...]
    rows: int
    files: int


@dataclass(frozen=True)
class FileFault:
    """A stored file that is `missing` or `damaged`, and the numbers of the gifts it belongs to."""

    code: str
    fingerprint: str
    gifts: tuple[str, ...]

    @property
    def sentence(self) -> Sentence:
        finding = say(FILE_FAULTS[self.code], name=self.fingerprint[:12])
        for number in reversed(self.gifts):
            finding = say(N_("{gift}: {finding}"), gift=number, finding=finding)
        return finding


@dataclass(frozen=True)
class CheckedFiles:
    """The faults, the paths that no row names (harmless), and how many files there should be."""

    faults: tuple[FileFault, ...]
    extra: tuple[str, ...]
    files: int


FILE_FAULTS = {
    "missing": N_("The stored file {name} is missing."),
    "damaged": N_("The stored file {name} is damaged."),
}


def verify_office(session: Session, office: Office) -> Report:
    """Every row against the journal, every stored file against its fingerprint.

    A file that no row names (left by a crash) harms nothing; `vault check` names it.
    Raises DatabaseUnreadable where the rows cannot be read at all.
    """
    try:
        return _compare(session, office)
    except DatabaseError as fault:
        raise trouble_of(fault) or DatabaseUnreadable(fault=str(fault.orig)) from fault


def _compare(session: Session, office: Office) -> Report:
    numbers = _numbers(session)
    owners = _owners(session, numbers)
    found = [
        say(N_("{gift}: {finding}"), gift=owners[finding.subject], finding=finding.sentence)
        if finding.subject is not None and finding.subject in owners
        else finding.sentence
        for finding in verify_store(session)
    ]
    found += [
        say(N_("Gift {number} was registered and is gone."), number=number)
        for number in _gaps(session, set(numbers.values()))
    ]
    found += disagreements(session, office.home)
    checked = check_files(session, office)
    found += [fault.sentence for fault in checked.faults]
    return Report(tuple(found), _count(session), checked.files)


def check_files(session: Session, office: Office) -> CheckedFiles:
    """Read every stored file once; each that is missing or damaged is named with its gifts."""
    fingerprints = all_fingerprints(session)
    report = files.check(office.vault, fingerprints)
    gifts = {} if report.sound else _gifts_of_files(session, _numbers(session))
    faults = [
        FileFault(code, fingerprint, tuple(sorted(gifts.get(fingerprint, ()))))
        for code, named in (("missing", report.missing), ("damaged", report.damaged))
        for fingerprint in named
    ]
    return CheckedFiles(tuple(faults), report.extra, len(fingerprints))


def _numbers(session: Session) -> dict[int, str]:
    """The gifts' numbers by id, from these columns alone: any other may hold what is no value."""
    query = select(Gift.id, Gift.year, Gift.serial)
    return {row.id: f"G{row.year}-{row.serial:>04}" for row in session.execute(query)}


def _owners(session: Session, numbers: dict[int, str]) -> dict[Subject, str | Sentence]:
    """By subject the number of its gift, also of the rows beside it; or its chapter."""
    changes = select(StageChange.subject_type, StageChange.subject_id, StageChange.gift_id)
    beside = {
        Subject(row.subject_type, row.subject_id): numbers[row.gift_id]
        for row in session.execute(changes.distinct())
        if row.gift_id in numbers
    }
    gifts = {Subject("gift", gift_id): number for gift_id, number in numbers.items()}
    return _chapters(session) | beside | gifts


def _chapters(session: Session) -> dict[Subject, Sentence]:
    """By subject the chapter: of its own rows, and of its elections."""
    chapters = session.scalars(select(Chapter.id))
    numbers = [(Chapter.lifecycle, number, number) for number in chapters]
    elections = session.execute(select(Election.id, Election.chapter_id))
    numbers += [(Election.lifecycle, election, chapter) for election, chapter in elections]
    return {
        Subject(kind, row): say(N_("Chapter {number}"), number=number)
        for kind, row, number in numbers
    }


def _gaps(session: Session, there: set[str]) -> list[str]:
    """Numbers that were given out and that no gift bears: no gift is ever deleted."""
    given = [
        format_gift_number(counter.year, serial)
        for counter in session.scalars(select(GiftCounter).order_by(GiftCounter.year))
        for serial in range(1, counter.last + 1)
    ]
    return [number for number in given if number not in there]


def _gifts_of_files(session: Session, numbers: dict[int, str]) -> dict[str, set[str]]:
    """By fingerprint the gifts whose rows name the file: as their paper, or as evidence (代录)."""
    found: dict[str, set[str]] = {}
    for table in Base.metadata.sorted_tables:
        if "gift_id" not in table.columns:
            continue
        naming = [key.parent for key in table.foreign_keys if key.column.table.name == "blob"]
        evidence = [column for column in table.columns if column.name == "on_behalf"]
        if naming or evidence:
            for gift_id, *named in session.execute(
                select(table.c.gift_id, *naming, *evidence).where(table.c.gift_id.is_not(None))
            ):
                for value in named:
                    fingerprint = value.get("document") if isinstance(value, dict) else value
                    if fingerprint and gift_id in numbers:
                        found.setdefault(fingerprint, set()).add(numbers[gift_id])
    return found


def _count(session: Session) -> int:
    tables = Base.metadata.sorted_tables
    return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
