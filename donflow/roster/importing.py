"""A spreadsheet taken into the roster: one unit of work a sheet, all of it or nothing.

What is read stays in memory and the file itself is not kept. New people are added, a joined row
fills the gaps of the person it belongs to, what is in doubt becomes a proposal.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.roster.evidence import Verdict
from donflow.roster.folding import Held, fold, ways_of
from donflow.roster.import_models import ImportedSheet, RosterImport
from donflow.roster.known import known_people, row_portrait
from donflow.roster.matching import Found, match
from donflow.roster.models import Confidence, ContactKind, Source
from donflow.roster.proposals import propose_merge, propose_update
from donflow.roster.reading.rows import Column, Row, SheetReading
from donflow.roster.sources import Origin
from donflow.roster.storing import add_people, change_people, held_people
from donflow.store.base import canonical
from donflow.store.bulk import Said
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.keys import KeyRing
from donflow.store.session import Store, reading, unit_of_work

Blind = Callable[[ContactKind, str], str]
Told = Callable[[int, int], None]
"""Told how many rows of how many are done."""

IMPORT = "roster import"
"""The act that two persons agree to where a desk is shared."""

SURE_SOURCES = frozenset({Source.SELF, Source.FORM, Source.ARCHIVE})


@dataclass(frozen=True)
class Origins:
    """Which file the rows came from: its fingerprint and name, who told, and as of which day."""

    fingerprint: str
    file_name: str
    source: Source
    as_of: date

    def of(self, row: Row) -> Origin:
        sure = Confidence.SURE if self.source in SURE_SOURCES else Confidence.LIKELY
        return Origin(self.source, self.as_of, sure, row.ref[-LONGEST_REFERENCE:])


@dataclass(frozen=True)
class Taken:
    """What became of one sheet; `before` where the same sheet had come in already, on that day."""

    title: str
    people: int
    added: int = 0
    joined: int = 0
    changed: int = 0
    proposed: int = 0
    left: int = 0
    before: date | None = None


@dataclass
class Course:
    """How the rows of one file belong together, and which person each has become so far."""

    group_of: dict[str, int]
    groups: Sequence[Found]
    numbers: dict[int | str, int] = field(default_factory=dict)

    def person(self, row: Row) -> int | str:
        """What rows of one person share: the place of their group, or the row itself."""
        return self.group_of.get(row.ref, row.ref)

    def number(self, key: str) -> int | None:
        """The person behind a key of a group: a known number, or what a row has become."""
        return int(key) if "!" not in key else self.numbers.get(self.group_of.get(key, key))


def blinder(keys: KeyRing) -> Blind:
    """What makes a contact point's token, for many."""
    blinders = {kind: keys.blinder(kind) for kind in ContactKind}
    return lambda kind, value: blinders[kind](value)


def matched(
    sheets: Sequence[SheetReading], session: Session | None, keys: KeyRing | None
) -> tuple[Found, ...]:
    """Which rows are one person, or may be: among themselves, and with an office its people too."""
    blind = blinder(keys) if keys is not None else None
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


def opened_import(session: Session, origins: Origins) -> RosterImport | None:
    """The import of this file from this source and day, if it was begun or agreed to."""
    query = select(RosterImport).where(
        RosterImport.fingerprint == origins.fingerprint,
        RosterImport.source == origins.source,
        RosterImport.as_of == origins.as_of,
    )
    return session.scalars(query.order_by(RosterImport.id)).first()


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


def foreseen(
    sheets: Sequence[SheetReading], groups: Sequence[Found], before: Mapping[str, date]
) -> tuple[Taken, ...]:
    """What would become of each sheet; `before` are those that came in already, with the day."""
    course = course_of(groups)
    seen: set[int | str] = set(course.numbers)
    pairs = [group.keys for group in groups if group.state is Verdict.PROPOSED]
    last_of = {row.ref: place for place, sheet in enumerate(sheets) for row in sheet.rows}
    proposed = Counter(max(last_of.get(key, -1) for key in keys) for keys in pairs)
    taken = []
    for place, sheet in enumerate(sheets):
        people = len(sheet.rows)
        if sheet.title in before:
            taken.append(Taken(sheet.title, people, before=before[sheet.title]))
            continue
        new = {course.person(row) for row in sheet.rows} - seen
        seen |= new
        joined = people - len(new)
        taken.append(Taken(sheet.title, people, len(new), joined, proposed=proposed[place]))
    return tuple(taken)


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
    `taken` is told what became of each, once it is stored; gives which rows are one person.
    """
    digests = {sheet.title: sheet_digest(sheet, keys) for sheet in sheets}
    with reading(store) as session:
        before = {title: each.at for title, each in taken_before(session, digests).items()}
        fresh = {sheet.title: sheet for sheet in sheets if sheet.title not in before and sheet.rows}
        groups = matched(list(fresh.values()), session, keys)
    course = course_of(groups)
    total, done = sum(len(sheet.rows) for sheet in fresh.values()), 0
    for sheet in sheets:
        if sheet.title in fresh:
            with unit_of_work(store) as session:
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


def course_of(groups: Sequence[Found]) -> Course:
    """Rows by the joined group they stand in."""
    joined = {
        key: place
        for place, group in enumerate(groups)
        if group.state is Verdict.JOINED
        for key in group.keys
    }
    numbers: dict[int | str, int] = {
        place: int(group.keys[0])
        for place, group in enumerate(groups)
        if group.state is Verdict.JOINED and "!" not in group.keys[0]
    }
    return Course({key: place for key, place in joined.items() if "!" in key}, groups, numbers)


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
    blind = blinder(keys)
    rows_of: dict[int | str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        rows_of[course.person(row)].append(row)
    known = {person: course.numbers[person] for person in rows_of if person in course.numbers}
    held = held_people(session, set(known.values()))
    new: dict[int | str, Held] = {}
    left = 0
    for person, rows in rows_of.items():
        if person in known and known[person] not in held:
            left += len(rows)  # restricted or erased: nothing is added
            continue
        each = held[known[person]] if person in known else Held(rows[0].values[Column.NAME])
        for row in rows:
            ways = [(kind, value, blind(kind, value)) for kind, value in ways_of(row)]
            fold(each, row, ways, origins.of(row))
        if person not in known:
            new[person] = each
    changed = [each for each in held.values() if each.has_changed]
    change_people(session, keys, changed, said)
    added = list(new.values())
    for start in range(0, len(added), PEOPLE_AT_ONCE):
        add_people(session, keys, added[start : start + PEOPLE_AT_ONCE], said)
        told(min(start + PEOPLE_AT_ONCE, len(sheet.rows)))
    course.numbers |= {person: each.number for person, each in new.items() if each.number}
    updates = [each for each in (*held.values(), *new.values()) if each.contradicted]
    proposed = _propose_updates(session, keys, updates, origins, begun, said, actor)
    proposed += _propose_merges(session, sheet, course, origins, begun, said, actor)
    people = len(sheet.rows)
    return Taken(
        sheet.title, people, len(new), people - len(new) - left, len(changed), proposed, left
    )


def _propose_updates(
    session: Session,
    keys: KeyRing,
    people: Sequence[Held],
    origins: Origins,
    begun: RosterImport,
    said: Said,
    actor: Actor,
) -> int:
    for held in people:
        assert held.number is not None
        origin = Origin(origins.source, origins.as_of, Confidence.LIKELY, held.contradicted_by)
        propose_update(
            session,
            keys,
            held.number,
            held.contradicted,
            origin=origin,
            actor=actor,
            now=said.now,
            import_id=begun.id,
            evidence=[f"{column}_differs" for column in held.contradicted],
        )
    return len(people)


def _propose_merges(
    session: Session,
    sheet: SheetReading,
    course: Course,
    origins: Origins,
    begun: RosterImport,
    said: Said,
    actor: Actor,
) -> int:
    """Of pairs that a person decides those of which the last row has just come in."""
    mine = {row.ref: row for row in sheet.rows}
    made = 0
    for group in course.groups:
        if group.state is not Verdict.PROPOSED or mine.keys().isdisjoint(group.keys):
            continue
        one, other = (course.number(key) for key in group.keys)
        if one is None or other is None or one == other:
            continue
        row = next(mine[key] for key in reversed(group.keys) if key in mine)
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

LONGEST_NAME, LONGEST_TITLE, LONGEST_REFERENCE = 200, 120, 120
