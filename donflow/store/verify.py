"""Finds what was changed behind donflow's back: in the journal's chains, in rows, in stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from donflow.errors import N_, Sentence, say
from donflow.store.base import Base, Unseen
from donflow.store.chains import Head, chain_fault, head_fault
from donflow.store.digests import changed_columns, digest, row_digest
from donflow.store.journal import FIRST, JOURNAL_TABLES, JournalEvent, JournalHead, Subject
from donflow.store.moving import Moving, StageChange
from donflow.store.stored import StoredRow, any_text, printable, stored_rows

CHANGED = N_("Row {row} of table {table} was changed outside donflow: {columns}.")
CHANGED_WHOLE = N_("Row {row} of table {table} was changed outside donflow.")
REMOVED = N_("Row {row} of table {table} was removed outside donflow.")
ADDED = N_("Row {row} of table {table} was added outside donflow.")
PAGE = N_("The database file is damaged: {fault}.")
STAGE = N_("Row {row} of table {table} stands at {stage}, but was last moved to {moved_to}.")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as donflow left it; the subject is the gift where there is one."""

    code: str
    subject: Subject | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Written:
    """The journal's last word on a row: in which event, of whom, the digest (None: deleted)."""

    event_id: int
    subject: Subject
    digest: str | None


def verify_store(session: Session) -> tuple[Finding, ...]:
    """Compare the whole database with its journal; empty if nothing was changed outside donflow.

    Of each chain the first wrong event is named. Rows are read as they are stored, and nothing is
    decrypted. A chain taken away with its head is found by the rows that it wrote last, which then
    no event knows. Not found out is who takes those rows away as well, or a chain that wrote none;
    who puts an old row back and renumbers events of other chains, so that an older digest of it
    has the highest id; and who computes all digests and hashes anew.
    """
    written: dict[str, Written] = {}
    with any_text(session):
        return (
            *_pages(session),
            *_chains(session, written),
            *_rows(session, written),
            *_stages(session),
        )


def _pages(session: Session) -> Iterator[Finding]:
    """What SQLite says of its own pages and indexes, which no row shows; at most a few lines."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for line in session.scalars(text("PRAGMA integrity_check(10)")):
        if line != "ok":
            yield Finding("page_damaged", None, say(PAGE, fault=printable(line)))


def _chains(session: Session, written: dict[str, Written]) -> Iterator[Finding]:
    """Check every chain; on the way `written` is filled."""
    heads = {
        _subject(row): Head(row.values.get("event_count"), row.values.get("last_hash"))
        for row in stored_rows(session, JournalHead.__table__)
    }
    events = stored_rows(session, JournalEvent.__table__, "subject_type", "subject_id", "seq")
    for subject, of_subject in groupby(events, _subject):
        fault = chain_fault(_noting(of_subject, written), heads.pop(subject, None))
        if fault:
            yield Finding(fault.code, subject, fault.sentence(subject))
    for subject, head in heads.items():
        if fault := head_fault(0, FIRST, head):
            yield Finding(fault.code, subject, fault.sentence(subject))


def _rows(session: Session, written: dict[str, Written]) -> Iterator[Finding]:
    for table in Base.metadata.sorted_tables:
        if table.name in JOURNAL_TABLES:
            continue
        unseen = _unseen(table)
        for row in stored_rows(session, table):
            last = written.pop(row.key, None)
            if unseen is not None and row.values.get(unseen.column, "") in unseen.values:
                continue
            if last is None or last.digest is None:
                subject = _concerned(row, (), last.subject if last else None)
                yield Finding("row_added", subject, say(ADDED, **_named(row.key)))
            elif not row.understood or row_digest(table.name, row.values) != last.digest:
                columns = _columns(session, row, last.event_id)
                sentence = _changed(row.key, columns)
                yield Finding("row_changed", _concerned(row, columns, last.subject), sentence)
    for key, last in written.items():
        if last.digest is not None:
            yield Finding("row_removed", last.subject, say(REMOVED, **_named(key)))


def _unseen(table: Table) -> Unseen | None:
    """Which rows of the table the journal need not know."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return next((model.unseen for model in models if model.__table__ is table), None)


def _stages(session: Session) -> Iterator[Finding]:
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Moving):
            continue
        table = mapper.local_table
        assert isinstance(table, Table)
        latest = (
            select(func.max(StageChange.id))
            .where(StageChange.subject_type == mapper.class_.lifecycle)
            .group_by(StageChange.subject_id)
        )
        query = (
            select(table.c.id, table.c.stage, StageChange.to_stage, StageChange.gift_id)
            .join(StageChange, StageChange.subject_id == table.c.id)
            .where(StageChange.id.in_(latest), StageChange.to_stage != table.c.stage)
        )
        for row_id, stage, moved_to, gift_id in session.execute(query):
            subject = Subject("gift", gift_id) if gift_id else None
            stages = {"stage": printable(stage), "moved_to": printable(moved_to)}
            sentence = say(STAGE, table=table.name, row=str(row_id), **stages)
            yield Finding("stage_differs", subject, sentence)


def _noting(events: Iterable[StoredRow], written: dict[str, Written]) -> Iterator[StoredRow]:
    """Pass the events on, and keep for each row what the event of the highest id says."""
    for event in events:
        subject, event_id = _subject(event), event.values["id"]
        for key, said in _digests(event).items():
            if key not in written or written[key].event_id < event_id:
                written[key] = Written(event_id, subject, said[0] if said else None)
        yield event


def _digests(event: StoredRow) -> dict[str, list[str] | None]:
    """What the event says of rows; nothing where this was made into something else."""
    written = event.values.get("written")
    if not isinstance(written, dict):
        return {}
    return {
        key: said
        for key, said in written.items()
        if said is None
        or (isinstance(said, list) and len(said) == 2 and all(isinstance(s, str) for s in said))
    }


def _changed(key: str, columns: tuple[str, ...]) -> Sentence:
    if not columns:
        return say(CHANGED_WHOLE, **_named(key))
    return say(CHANGED, **_named(key), columns=", ".join(columns))


def _columns(session: Session, row: StoredRow, event_id: int) -> tuple[str, ...]:
    """Which columns differ; read only now, since the digests of columns are long.

    Nobody knows for rows that were written in bulk, but a value that cannot be read is named.
    """
    table = JournalEvent.__table__
    (event,) = stored_rows(session, table, where=table.c.id == event_id)
    said = _digests(event).get(row.key)
    assert said is not None
    changed = changed_columns(said[1], digest(row.table.name, row.values)[1]) if said[1] else ()
    unreadable = row.table.columns.keys() - row.values.keys()
    return tuple(sorted({*changed, *unreadable}))


def _concerned(
    row: StoredRow, columns: tuple[str, ...], otherwise: Subject | None
) -> Subject | None:
    """The gift that a row is or belongs to, unless just that was changed."""
    column = "id" if row.table.name == "gift" else "gift_id"
    gift_id = row.values.get(column)
    return Subject("gift", gift_id) if gift_id and column not in columns else otherwise


def _subject(row: StoredRow) -> Subject:
    return Subject(row.values.get("subject_type", ""), row.values.get("subject_id", 0))


def _named(key: str) -> dict[str, object]:
    table, _, row = key.partition(":")
    return {"table": table, "row": row}
