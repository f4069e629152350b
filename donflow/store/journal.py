"""The journal: an append-only chain of events for each subject, with digests of what was written.

An event holds codes and ids, never personal values. Its hash covers the event before it, so that
an event changed, moved, inserted or dropped is found; the head of the chain (count and last hash)
finds a cut tail. Units wait for each other only where they share a subject: no head counts all
events, and their ids, which no hash covers, are all the order between chains. Prose is made at the
edge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    event,
    insert,
    inspect,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from donflow.domain.actor import Actor
from donflow.store.base import Base, Instant, Json, canonical
from donflow.store.digests import digest, row_key, row_values

FIRST = "0" * 64


@dataclass(frozen=True, order=True)
class Subject:
    """What an event is about: a gift, a person, a user, the settings; by type and key."""

    type: str
    id: int


class JournalHead(Base):
    """How long a subject's chain is and how it ends."""

    __tablename__ = "journal_head"

    subject_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_count: Mapped[int]
    last_hash: Mapped[str] = mapped_column(String(64))


class JournalEvent(Base):
    """One act: who, in which role, for whom, what, and the digests of the rows it wrote."""

    __tablename__ = "journal_event"
    __table_args__ = (UniqueConstraint("subject_type", "subject_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    acting_role: Mapped[str | None] = mapped_column(String(40))
    on_behalf: Mapped[dict[str, str] | None] = mapped_column(Json)
    action: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    written: Mapped[dict[str, list[str] | None]] = mapped_column(Json)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


JOURNAL_TABLES = frozenset({JournalHead.__tablename__, JournalEvent.__tablename__})


def record(
    session: Session,
    subject: Subject,
    action: str,
    *,
    actor: Actor | None,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Put an event into this unit of work; it is chained and written when the unit ends.

    `actor` is None only for what the program itself does (set-up, the clock).
    """
    journal_event = _event(subject, action, actor, now, detail or {})
    session.info.setdefault("events", []).append(journal_event)


def record_rows(
    session: Session,
    subject: Subject,
    action: str,
    *,
    actor: Actor | None,
    now: datetime,
    written: Mapping[str, str],
) -> None:
    """Write an event at once, with the digests of rows that passed the session by (`store.bulk`).

    `written` is the digest of each row by its name (`row_key`); its columns have none of their own.
    What the session itself writes of those rows later in the unit is said by a later event. The
    unit still needs an event of its own, which says what was done.
    """
    journal_event = _event(subject, action, actor, now, {"rows": len(written)})
    # Thousands of digests: their text is made once, for the hash and for the row.
    told = ",".join(sorted(f'"{key}":["{digest}",""]' for key, digest in written.items()))
    _chain(journal_event, _head(session, subject), f"{{{told}}}")
    values = {
        column.name: getattr(journal_event, column.name)
        for column in JournalEvent.__table__.columns
        if column.name not in ("id", "written")
    }
    row = insert(JournalEvent.__table__).values(**values, written=type_coerce(f"{{{told}}}", Text))  # type: ignore[arg-type]
    session.flush()
    session.connection().execute(row)
    session.info["rows_recorded"] = True


def has_recorded(session: Session) -> bool:
    """Whether this unit of work has recorded an event: whether it did anything."""
    return bool(session.info.get("events"))


def watch_writes(session: Session) -> None:
    """Remember every row that this session writes, for the digests; refuse what passes them by."""
    session.info["written"], session.info["updated"] = {}, {}
    event.listen(session, "after_flush", _remember)
    event.listen(session, "persistent_to_deleted", _remember_deleted)
    event.listen(session, "do_orm_execute", _refuse_statement)


def seal_journal(session: Session) -> str | None:
    """Chain the recorded events; the first carries the digests of all rows the unit wrote.

    Returns the hash of the first, by which the unit is found again; None if nothing was done.
    """
    session.flush()
    written: dict[str, Base] = session.info["written"]
    events: list[JournalEvent] = session.info.pop("events", [])
    if (written or session.info.get("rows_recorded")) and not events:
        raise AssertionError(f"rows were written without a journal event: {sorted(written)}")
    if not events:
        return None
    _read_again(session)
    digests = {
        key: digest(key.split(":")[0], row_values(row)) if inspect(row).persistent else None
        for key, row in written.items()
    }
    # Locked in one order, so that two units never wait for each other in a circle.
    subjects = sorted(set(map(_subject, events)))
    _make_heads(session, subjects)
    heads = {subject: _head(session, subject) for subject in subjects}
    for index, journal_event in enumerate(events):
        journal_event.written = digests if index == 0 else {}
        _chain(journal_event, heads[_subject(journal_event)])
    # Only now, after the rows: of two events that wrote one row, the later has the higher id.
    session.add_all(events)
    session.flush()
    return events[0].hash


def event_hash(journal_event: JournalEvent, written: str | None = None) -> str:
    """The hash that an event must carry, computed from all that it says; its id is not part.

    `written` is the JSON text of what it wrote, where that is made already.
    """
    said = {
        column.name: getattr(journal_event, column.name)
        for column in JournalEvent.__table__.columns
        if column.name not in ("id", "hash", "at", "written")
    }
    said["at"] = journal_event.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = canonical(journal_event.written) if written is None else written
    # The keys of the whole stand in their order, and `written` is the last of them.
    text = f'{canonical(said)[:-1]},"written":{told}}}'
    return hashlib.sha256(f"donflow-journal/1{text}".encode()).hexdigest()


def events_of(session: Session, subject: Subject) -> list[JournalEvent]:
    """All events of a subject, the first first."""
    return list(
        session.scalars(
            select(JournalEvent)
            .where(
                JournalEvent.subject_type == subject.type,
                JournalEvent.subject_id == subject.id,
            )
            .order_by(JournalEvent.seq)
        )
    )


def _event(
    subject: Subject,
    action: str,
    actor: Actor | None,
    now: datetime,
    detail: Mapping[str, object],
) -> JournalEvent:
    return JournalEvent(
        subject_type=subject.type,
        subject_id=subject.id,
        at=now,
        user_id=actor.user_id if actor else None,
        acting_role=str(actor.acting_role) if actor else None,
        on_behalf=actor.on_behalf_of.as_codes() if actor and actor.on_behalf_of else None,
        action=action,
        detail=dict(detail),
    )


def _subject(journal_event: JournalEvent) -> Subject:
    return Subject(journal_event.subject_type, journal_event.subject_id)


def _head(session: Session, subject: Subject) -> JournalHead:
    """The head, locked until the unit ends; a new subject gets one."""
    key = (subject.type, subject.id)
    made: Mapping[Subject, JournalHead] = session.info.get("heads", {})
    head = made.get(subject)
    if head is None:
        head = session.get(JournalHead, key, with_for_update=True)
    if head is not None:
        return head
    new = JournalHead(subject_type=key[0], subject_id=key[1], event_count=0, last_hash=FIRST)
    # Another unit may be the first at the same moment: then this waits for it, and goes on after.
    with suppress(IntegrityError), session.begin_nested():
        session.add(new)
    return session.get_one(JournalHead, key, with_for_update=True)


def _make_heads(session: Session, subjects: Sequence[Subject]) -> None:
    """Make the heads that are missing and lock them all, together where there are several.

    Of two units that make the same head the second waits for the first, as `_head` does.
    """
    if len(subjects) < SEVERAL:
        return
    postgres = session.get_bind().dialect.name == "postgresql"
    make = (postgresql.insert if postgres else sqlite.insert)(JournalHead)
    for start in range(0, len(subjects), HEADS_AT_ONCE):
        some = subjects[start : start + HEADS_AT_ONCE]
        rows = [
            {"subject_type": each.type, "subject_id": each.id, "event_count": 0, "last_hash": FIRST}
            for each in some
        ]
        session.connection().execute(make.on_conflict_do_nothing(), rows)
        key = tuple_(JournalHead.subject_type, JournalHead.subject_id)
        wanted = select(JournalHead).where(key.in_([(each.type, each.id) for each in some]))
        found = session.scalars(
            wanted.order_by(JournalHead.subject_type, JournalHead.subject_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        heads = session.info.setdefault("heads", {})
        heads.update({Subject(head.subject_type, head.subject_id): head for head in found})


SEVERAL, HEADS_AT_ONCE = 4, 400


def _chain(journal_event: JournalEvent, head: JournalHead, written: str | None = None) -> None:
    journal_event.seq = head.event_count + 1
    journal_event.prev = head.last_hash
    journal_event.hash = event_hash(journal_event, written)
    head.event_count, head.last_hash = journal_event.seq, journal_event.hash


def _read_again(session: Session) -> None:
    """Have the updated rows as they now stand, locked by their update.

    An UPDATE writes the changed columns only. On a server another unit may have changed others
    since this one read the row; a row version would have been noticed, elsewhere it is right.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    for row in session.info["updated"].values():
        if inspect(row).persistent:
            columns = [attribute.key for attribute in inspect(row).mapper.column_attrs]
            session.refresh(row, columns)


def _remember(session: Session, _context: UOWTransaction) -> None:
    changed = (row for row in session.dirty if session.is_modified(row, include_collections=False))
    for row in [*session.new, *changed]:
        if row.__tablename__ not in JOURNAL_TABLES:
            session.info["written"][row_key(row)] = row
            if row not in session.new and inspect(row).mapper.version_id_col is None:
                session.info["updated"][row_key(row)] = row


def _remember_deleted(session: Session, row: Base) -> None:
    """Also of rows that a parent let go, which never stand in `session.deleted`."""
    session.info["written"].setdefault(row_key(row), row)


def _refuse_statement(execution: ORMExecuteState) -> None:
    if execution.is_insert or execution.is_update or execution.is_delete:
        raise AssertionError("rows are written as objects: a bare statement leaves no digest")
