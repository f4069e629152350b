"""A spreadsheet taken into the roster: one unit of work a sheet, all of it or nothing.

What is read stays in memory and the file itself is not kept. New people are added, a joined row
fills the gaps of the person it belongs to, what is in doubt becomes a proposal.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.roster.asked import not_asked
from donflow.roster.course import (
    Blind,
    Course,
    Origins,
    Taken,
    brought_by,
    course_of,
    known_of,
    pairs_of,
)
from donflow.roster.folding import Held
from donflow.roster.import_models import ImportedSheet, RosterImport
from donflow.roster.known import known_people, row_portrait
from donflow.roster.matching import Found, match
from donflow.roster.memory import uncollected
from donflow.roster.models import Confidence, ContactKind, Source
from donflow.roster.proposals import propose_merge, propose_update
from donflow.roster.reading.rows import SheetReading
from donflow.roster.sources import Origin
from donflow.roster.storing import add_people, change_people, held_people
from donflow.store.base import canonical
from donflow.store.bulk import Said
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work

Told = Callable[[int, int], None]
"""Told how many rows of how many are done."""

IMPORT = "roster import"
"""The act that two persons agree to where a desk is shared."""


class SheetReadOtherwise(DonflowError):
    """A file comes again with other answers about its headers: its people are in already."""

    code = "sheet_read_otherwise"
    message = N_("Sheet {titles} of this file came in on {day}, with its headers read otherwise.")
    remedy = N_("Mend it at the person; or save the list as a new file and take that in.")
    http_status = 409


def blinder(keys: KeyRing) -> Blind:
    """What makes a contact point's token, for many."""
    blinders = {kind: keys.blinder(kind) for kind in ContactKind}
    return lambda kind, value: blinders[kind](value)


def matched(
    sheets: Sequence[SheetReading], session: Session | None, keys: KeyRing | None
) -> tuple[Found, ...]:
    """Which rows are one person, or may be: among themselves, and with an office its people too."""
    blind = blinder(keys) if keys is not None else None
    with uncollected():
        portraits = [row_portrait(row, blind) for sheet in sheets for row in sheet.rows]
    return match(portraits, known_people(session) if session is not None else None)


def sheet_digest(sheet: SheetReading, keys: KeyRing) -> str:
    """What tells that the same sheet comes again; it says nothing without the key file."""
    told = hashlib.sha256(sheet.title.encode())
    for row in sheet.rows:
        values = {str(column): value for column, value in row.values.items()}
        told.update(canonical([row.number, values, list(row.birth_accept)]).encode())
    return keys.blind("roster_sheet", told.hexdigest())


def taken_before(session: Session, digests: Mapping[str, str]) -> dict[str, ImportedSheet]:
    """Of the sheets by their digests (title: digest) those that came in before."""
    query = select(ImportedSheet).where(ImportedSheet.digest.in_(digests.values()))
    found = {sheet.digest: sheet for sheet in session.scalars(query.order_by(ImportedSheet.id))}
    return {title: found[digest] for title, digest in digests.items() if digest in found}


def refuse_other_reading(
    session: Session, keys: KeyRing, sheets: Sequence[SheetReading], fingerprint: str
) -> None:
    """Raise SheetReadOtherwise for sheets of this very file that came in, but read otherwise."""
    query = (
        select(ImportedSheet)
        .join(RosterImport, RosterImport.id == ImportedSheet.import_id)
        .where(RosterImport.fingerprint == fingerprint)
        .order_by(ImportedSheet.id)
    )
    known: dict[str, list[ImportedSheet]] = {}
    for each in session.scalars(query):
        known.setdefault(each.title, []).append(each)
    before = [
        (sheet.title, came[-1].at.date())
        for sheet in sheets
        if (came := known.get(sheet.title[:LONGEST_TITLE])) and sheet.rows
        if sheet_digest(sheet, keys) not in {each.digest for each in came}
    ]
    if before:
        raise SheetReadOtherwise(titles=tuple(title for title, _ in before), day=before[0][1])


def opened_import(session: Session, origins: Origins) -> RosterImport | None:
    """The import of this file from this source and day, if it was begun or agreed to.

    What headers mean is agreed to with it: another answer is another import.
    """
    query = select(RosterImport).where(
        RosterImport.fingerprint == origins.fingerprint,
        RosterImport.source == origins.source,
        RosterImport.as_of == origins.as_of,
    )
    opened = session.scalars(query.order_by(RosterImport.id))
    return next((each for each in opened if {*origins.headers} <= {*each.headers}), None)


def day_opened(session: Session, fingerprint: str, source: Source) -> date | None:
    """The day as of which this file from this source was begun to be taken in, or agreed to."""
    query = select(RosterImport.as_of).where(
        RosterImport.fingerprint == fingerprint, RosterImport.source == source
    )
    return session.scalars(query.order_by(RosterImport.id.desc())).first()


def open_import(session: Session, origins: Origins, *, actor: Actor, now: datetime) -> RosterImport:
    """Begin an import, or agree to it: its sheets may then be taken in, also after a crash."""
    begun = RosterImport(
        file_name=origins.file_name[:LONGEST_NAME],
        fingerprint=origins.fingerprint,
        source=origins.source,
        as_of=origins.as_of,
        headers=list(origins.headers),
        salt=secrets.token_hex(16),
        **recorded(actor, now),
    )
    session.add(begun)
    session.flush()
    detail = {
        "fingerprint": origins.fingerprint,
        "source": str(origins.source),
        "as_of": origins.as_of.isoformat(),
    }
    record(session, subject_of(begun), "import_opened", actor=actor, now=now, detail=detail)
    return begun


def subject_of(begun: RosterImport) -> Subject:
    """The import's own chain in the journal."""
    return Subject("roster_import", begun.id)


def take_in(
    store: Store,
    keys: KeyRing,
    sheets: Sequence[SheetReading],
    origins: Origins,
    *,
    actor: Actor,
    now: datetime,
    taken: list[Taken],
    told: Told = lambda _done, _all: None,
) -> tuple[Found, ...]:
    """Take in the sheets, each in its own unit of work; the import is opened already.

    A sheet that came in before adds nothing. Run again after a crash this takes in the rest.
    Raises SheetReadOtherwise.
    `taken` is told what became of each, once it is stored; gives which rows are one person.
    """
    digests = {sheet.title: sheet_digest(sheet, keys) for sheet in sheets}
    with reading(store) as session:
        refuse_other_reading(session, keys, sheets, origins.fingerprint)
        before = {title: each.at for title, each in taken_before(session, digests).items()}
        fresh = {sheet.title: sheet for sheet in sheets if sheet.title not in before and sheet.rows}
        groups = matched(list(fresh.values()), session, keys)
    course = course_of(groups)
    total, done = sum(len(sheet.rows) for sheet in fresh.values()), 0
    for sheet in sheets:
        if sheet.title in fresh:
            with uncollected(), unit_of_work(store) as session:
                begun = opened_import(session, origins)
                assert begun is not None
                said = Said(subject_of(begun), actor, now)
                become = _take_sheet(
                    session,
                    keys,
                    sheet,
                    origins,
                    course,
                    begun,
                    said,
                    actor,
                    lambda rows, before=done: told(before + rows, total),  # type: ignore[misc]
                )
                _note_sheet(session, begun, become, digests[sheet.title], actor, now)
            taken.append(become)
            done += len(sheet.rows)
            told(done, total)
        else:
            at = before.get(sheet.title)
            taken.append(Taken(sheet.title, len(sheet.rows), before=at.date() if at else None))
    return groups


def _take_sheet(
    session: Session,
    keys: KeyRing,
    sheet: SheetReading,
    origins: Origins,
    course: Course,
    begun: RosterImport,
    said: Said,
    actor: Actor,
    told: Callable[[int], None],
) -> Taken:
    held = held_people(session, known_of(sheet, course))
    brought = brought_by(sheet, course, held, origins, blinder(keys))
    changed, added = brought.changed, list(brought.new.values())
    change_people(session, keys, changed, said)
    for each in changed:
        _note_changed(session, begun, each, actor, said.now)
    for start in range(0, len(added), PEOPLE_AT_ONCE):
        add_people(session, keys, added[start : start + PEOPLE_AT_ONCE], said)
        told(min(start + PEOPLE_AT_ONCE, len(sheet.rows)))
    course.numbers |= {person: each.number for person, each in brought.new.items() if each.number}
    proposed = _propose_updates(session, keys, brought.contradicted, origins, begun, said, actor)
    proposed += _propose_merges(session, sheet, course, origins, begun, said, actor)
    people, new, left = len(sheet.rows), len(added), brought.left
    return Taken(sheet.title, people, new, people - new - left, len(changed), proposed, left)


def _note_changed(
    session: Session, begun: RosterImport, held: Held, actor: Actor, now: datetime
) -> None:
    """In the person's own chain: that an import changed something, and which."""
    assert held.number is not None
    subject, detail = Subject("person", held.number), {"import": begun.id}
    record(session, subject, "changed_by_import", actor=actor, now=now, detail=detail)


def _propose_updates(
    session: Session,
    keys: KeyRing,
    people: Sequence[Held],
    origins: Origins,
    begun: RosterImport,
    said: Said,
    actor: Actor,
) -> int:
    made = 0
    for held in people:
        assert held.number is not None
        origin = Origin(origins.source, origins.as_of, Confidence.LIKELY, held.contradicted_by)
        told = not_asked(session, keys, held.number, held.contradicted)
        if not told:
            continue
        made += 1
        propose_update(
            session,
            keys,
            held.number,
            told,
            origin=origin,
            actor=actor,
            now=said.now,
            import_id=begun.id,
            evidence=[f"{column}_differs" for column in told],
        )
    return made


def _propose_merges(
    session: Session,
    sheet: SheetReading,
    course: Course,
    origins: Origins,
    begun: RosterImport,
    said: Said,
    actor: Actor,
) -> int:
    made = 0
    for one, other, group, row in pairs_of(sheet, course):
        proposal = propose_merge(
            session,
            one,
            other,
            score=group.judgement.score,
            evidence=group.judgement.evidence,
            origin=replace(origins.of(row), confidence=Confidence.LIKELY),
            actor=actor,
            now=said.now,
            import_id=begun.id,
        )
        made += proposal is not None
    return made


def _note_sheet(
    session: Session, begun: RosterImport, taken: Taken, digest: str, actor: Actor, now: datetime
) -> None:
    session.add(
        ImportedSheet(
            import_id=begun.id,
            title=taken.title[:LONGEST_TITLE],
            digest=digest,
            people=taken.people,
            added=taken.added,
            joined=taken.joined,
            proposed=taken.proposed,
            at=now,
            salt=secrets.token_hex(16),
        )
    )
    session.flush()
    detail = {
        "people": taken.people,
        "added": taken.added,
        "joined": taken.joined,
        "changed": taken.changed,
        "proposed": taken.proposed,
    }
    record(session, subject_of(begun), "sheet_imported", actor=actor, now=now, detail=detail)


PEOPLE_AT_ONCE = 5_000
"""So many new people are written before it is told how far the sheet is."""

LONGEST_NAME, LONGEST_TITLE = 200, 120
