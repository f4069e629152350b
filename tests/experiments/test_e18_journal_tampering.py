"""E18: whoever edits, drops, adds, reorders, moves or cuts journal events is found where he did it.

Attacks that only an anchor outside the database could show are left out: an old copy put back
whole, and a journal whose every hash was computed anew.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from donflow.store import chains
from donflow.store.journal import JournalEvent, Subject
from donflow.store.session import Store, close_store, open_store, reading
from donflow.store.verify import verify_store
from tests.journeys.desk import Workshop

EDITED = {
    "at": "'2026-01-01 00:00:00'",
    "user_id": "CASE WHEN user_id IS NULL THEN 1 END",
    "acting_role": "'finance'",
    "on_behalf": '\'{"role":"leader"}\'',
    "action": "'looked_at'",
    "detail": '\'{"to":"closed"}\'',
    "written": "'{}'",
    "prev": "hash",
    "hash": "prev",
}


@dataclass(frozen=True)
class Event:
    id: int
    subject: Subject
    seq: int


@pytest.fixture(scope="module")
def store(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An office whose gift went the whole way, for tests that roll back what they change."""
    desk = workshop.copy("steward", tmp_path_factory.mktemp("tampering") / "office")
    store = open_store(f"sqlite:///{Path(desk.database)}")
    yield store
    close_store(store)


def raw(session: Session, statement: str, **values: object) -> None:
    session.execute(text(statement), values)


def edit(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    column = chance.choice(sorted(EDITED))
    (before,) = session.execute(
        text(f"SELECT {column} FROM journal_event WHERE id = :id"), {"id": event.id}
    )
    raw(
        session, f"UPDATE journal_event SET {column} = {EDITED[column]} WHERE id = :id", id=event.id
    )
    (after,) = session.execute(
        text(f"SELECT {column} FROM journal_event WHERE id = :id"), {"id": event.id}
    )
    if before == after:  # the value stood there already
        raw(session, "UPDATE journal_event SET action = action || '!' WHERE id = :id", id=event.id)
    return {event.seq}


def drop(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    raw(session, "DELETE FROM journal_event WHERE id = :id", id=event.id)
    last = max(other.seq for other in others)
    return {event.seq, event.seq - 1} if event.seq == last else {event.seq}


def insert(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    """A copy of an event at the end of the chain, its head counted up."""
    last = max(other.seq for other in others)
    columns = ", ".join(
        c.name for c in JournalEvent.__table__.columns if c.name not in ("id", "seq")
    )
    raw(
        session,
        f"INSERT INTO journal_event (id, seq, {columns}) SELECT "
        f"(SELECT max(id) + 1 FROM journal_event), :seq, {columns} "
        "FROM journal_event WHERE id = :id",
        seq=last + 1,
        id=event.id,
    )
    raw(
        session,
        "UPDATE journal_head SET event_count = event_count + 1 "
        "WHERE subject_type = :type AND subject_id = :subject",
        type=event.subject.type,
        subject=event.subject.id,
    )
    return {last + 1}


def reorder(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    other = chance.choice([one for one in others if one.id != event.id] or [event])
    if other is event:
        return edit(session, event, others, chance)
    for id_, seq in ((event.id, 10_000), (other.id, event.seq), (event.id, other.seq)):
        raw(session, "UPDATE journal_event SET seq = :seq WHERE id = :id", seq=seq, id=id_)
    return {min(event.seq, other.seq)}


def move(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    """To the end of a gift's chain that is not its own: both chains are wrong."""
    raw(
        session,
        "UPDATE journal_event SET subject_id = 99, seq = 1 WHERE id = :id",
        id=event.id,
    )
    last = max(other.seq for other in others)
    return {event.seq, event.seq - 1} if event.seq == last else {event.seq}


def cut(session: Session, event: Event, others: list[Event], chance: random.Random) -> set[int]:
    """From here to the end, with the head left as it was."""
    raw(
        session,
        "DELETE FROM journal_event WHERE subject_type = :type AND subject_id = :subject "
        "AND seq >= :seq",
        type=event.subject.type,
        subject=event.subject.id,
        seq=event.seq,
    )
    return {event.seq, event.seq - 1}


def cut_with_head(
    session: Session, event: Event, others: list[Event], chance: random.Random
) -> set[int] | None:
    """The same with the head mended: only the rows that the lost events wrote can tell."""
    cut(session, event, others, chance)
    place = {"type": event.subject.type, "subject": event.subject.id}
    where = "WHERE subject_type = :type AND subject_id = :subject"
    if event.seq == 1:
        raw(session, f"DELETE FROM journal_head {where}", **place)
    else:
        raw(
            session,
            "UPDATE journal_head SET event_count = :seq - 1, last_hash = (SELECT hash FROM "
            f"journal_event {where} AND seq = :seq - 1) {where}",
            seq=event.seq,
            **place,
        )
    return None


ATTACKS = (edit, drop, insert, reorder, move, cut, cut_with_head)


def events(session: Session) -> list[Event]:
    query = text("SELECT id, subject_type, subject_id, seq FROM journal_event ORDER BY id")
    return [Event(row[0], Subject(row[1], row[2]), row[3]) for row in session.execute(query)]


def wrote(session: Session, event: Event) -> bool:
    """Whether the event says what became of a row: else nothing but the head knows of it."""
    query = text("SELECT written FROM journal_event WHERE id = :id")
    return session.scalar(query, {"id": event.id}) != "{}"


def attacked(session: Session, chance: random.Random) -> tuple[Event, str, set[int] | None]:
    for trigger in list(
        session.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
    ):
        raw(session, f"DROP TRIGGER {trigger}")
    everything = events(session)
    attack = chance.choice(ATTACKS)
    event = chance.choice(
        [e for e in everything if attack is not cut_with_head or wrote(session, e)]
    )
    others = [one for one in everything if one.subject == event.subject]
    return event, attack.__name__, attack(session, event, others, chance)


def test_each_attack_is_found_at_its_first_wrong_event(
    store: Store, points: Callable[[int], int], figures: Callable[[str, str], None], seed: int
) -> None:
    chance, tried = random.Random(seed), dict.fromkeys((a.__name__ for a in ATTACKS), 0)
    with reading(store) as session:
        assert verify_store(session) == ()
    for _ in range(points(200)):
        with reading(store) as session:
            event, attack, expected = attacked(session, chance)
            found = verify_store(session)
            named = {f.sentence.values.get("seq") for f in found if f.subject == event.subject}
            if expected is None:
                assert found, f"{attack} at {event}"
            else:
                assert named & expected, f"{attack} at {event}: {expected} expected in {found}"
            tried[attack] += 1
    with reading(store) as session:
        assert verify_store(session) == ()
    figures("E18", ", ".join(f"{count} {name}" for name, count in tried.items()) + ": all found")


def test_a_build_whose_hash_covers_too_little_would_be_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: chains whose links hold, but whose events are not hashed."""
    change = "UPDATE journal_event SET action = 'looked_at' WHERE seq = 2"
    with reading(store) as session:
        raw(session, "DROP TRIGGER journal_event_no_update")
        raw(session, change)
        assert verify_store(session)

    monkeypatch.setattr(chains, "event_hash", lambda event: event.hash)

    with reading(store) as session:
        raw(session, "DROP TRIGGER journal_event_no_update")
        raw(session, change)
        assert not verify_store(session)
