"""Taking a folder of signed agreements in as precedents, file by file, each with its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from donflow.agreements.precedents import Studied, find_same, study, take_in
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
class Taken:
    """One file of the folder: what it says, or why it was not taken."""

    file: str
    outcome: Outcome
    number: int | None = None
    studied: Studied | None = None
    refusal: DonflowError | None = None


def take_precedents(
    session: Session,
    office: Office,
    uploads: Iterable[Upload],
    *,
    dry_run: bool,
    actor: Actor,
    now: datetime,
) -> tuple[Taken, ...]:
    """Take in what is an agreement and is not there yet; a file that is refused stops no other."""
    book, _digest = rules_of(office, office.today(now))
    taken: list[Taken] = []
    seen: set[str] = set()
    for upload in uploads:
        try:
            studied = study(upload, book, on=office.today(now))
        except DonflowError as refusal:
            taken.append(Taken(upload.name, Outcome.REFUSED, refusal=refusal))
            continue
        prints = {fingerprint_of(upload.data), fingerprint_of(studied.text.encode())}
        held = find_same(session, upload, studied)
        if held is not None or prints & seen:
            number = held.id if held else None
            taken.append(Taken(upload.name, Outcome.THERE, number, studied))
            continue
        seen |= prints
        number = None
        if not dry_run:
            number = take_in(session, office.vault, upload, studied, actor=actor, now=now).id
        taken.append(Taken(upload.name, Outcome.TAKEN, number, studied))
    return tuple(taken)
