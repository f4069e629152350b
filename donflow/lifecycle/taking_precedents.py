"""Taking a folder of signed agreements in as precedents, file by file, each with its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from donflow.agreements.precedents import Studied, find_same, one_agreement, study, take_in
from donflow.domain.actor import Actor
from donflow.errors import DonflowError
from donflow.lifecycle.office import Office
from donflow.lifecycle.prechecking import rules_of
from donflow.vault.deposit import Upload
from donflow.vault.files import fingerprint_of


class Outcome(StrEnum):
    """What became of one file."""

    TAKEN = "taken"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Prepared:
    """One file of the folder, read: either what it says with its bytes, or why it is refused."""

    file: str
    upload: Upload | None = None
    studied: Studied | None = None
    refusal: DonflowError | None = None


@dataclass(frozen=True)
class Taken:
    """One file of the folder: what it says, or why it was not taken."""

    file: str
    outcome: Outcome
    number: int | None = None
    studied: Studied | None = None
    refusal: DonflowError | None = None


def prepare(
    file: str,
    read: Callable[[], Upload],
    office: Office,
    *,
    now: datetime,
    signed: bool = False,
) -> Prepared:
    """Read and study one file, which may take long: before, and outside of, any unit of work.

    `signed` is the word of a person that it was, whatever is blank where one signs.
    Whatever it is refused for is in the answer, so that it stops no other.
    """
    try:
        upload = read()
        today = office.today(now)
        studied = study(upload, lambda day: rules_of(office, day)[0], today=today, signed=signed)
    except DonflowError as refusal:
        return Prepared(file, refusal=refusal)
    return Prepared(file, upload, studied)


def take_precedents(
    session: Session,
    office: Office,
    prepared: Sequence[Prepared],
    *,
    dry_run: bool,
    actor: Actor,
    now: datetime,
) -> tuple[Taken, ...]:
    """Take in what was prepared and is not there yet; the same agreement is taken once."""
    taken: list[Taken] = []
    new: list[tuple[str, Studied]] = []
    for item in prepared:
        upload, studied = item.upload, item.studied
        if upload is None or studied is None:
            taken.append(Taken(item.file, Outcome.REFUSED, refusal=item.refusal))
            continue
        held = find_same(session, upload, studied, keys=office.keys)
        number = held.id if held else None
        fingerprint = fingerprint_of(upload.data)
        if held or any(fingerprint == by or one_agreement(studied, one) for by, one in new):
            taken.append(Taken(item.file, Outcome.THERE, number, studied))
            continue
        new.append((fingerprint, studied))
        if not dry_run:
            row = take_in(
                session, office.vault, upload, studied, keys=office.keys, actor=actor, now=now
            )
            number = row.id
        taken.append(Taken(item.file, Outcome.TAKEN, number, studied))
    return tuple(taken)
