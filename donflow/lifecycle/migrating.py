"""Moving gifts and chapters under way to another version of the lifecycles, with all beside them.

A gift and its instalments, receipts and certificates are always in one version, and so are a
chapter and its elections: they move in one unit of work, or none of them does. What has ended
stays, with everything beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from donflow.chapters.models import Chapter
from donflow.chapters.register import touch as touch_chapter
from donflow.domain.actor import Actor
from donflow.domain.workdays import due
from donflow.engine.machine import rungs
from donflow.engine.mapping import Standing, Taken, land
from donflow.engine.spec import Lifecycle, Stage
from donflow.errors import N_, DonflowError, Label, NotFound, Refusal, Sentence, say
from donflow.gifts.models import Gift
from donflow.gifts.register import touch
from donflow.lifecycle.migrated_rows import (
    Root,
    Row,
    beside_of,
    histories_of,
    root_of,
    roots_on_others,
)
from donflow.lifecycle.office import Office
from donflow.lifecycle.steps import APPROVE, LAPSES, OPENS_ROUND
from donflow.papers.models import Certificate
from donflow.store.journal import Subject, events_of, record
from donflow.store.moving import Place, StageChange, migrate
from donflow.store.session import SomebodyWasQuicker, Store, reading, unit_of_work
from donflow.store.workflows import SUBJECT, WorkflowVersion, current_version


@dataclass(frozen=True)
class Passage:
    """One row's way into the new version: where it stands, lands, and what that changes.

    `place` is None where the row lands nowhere.
    """

    lifecycle: str
    row_id: int
    from_version: str
    stage: Stage
    due_on: date | None
    landing: Stage | None
    place: Place | None
    blocks: tuple[Refusal, ...]
    notes: tuple[Sentence, ...]
    history: tuple[Sentence, ...]


@dataclass(frozen=True)
class Convoy:
    """A gift's way into the new version, or a chapter's, with that of each row beside it.

    Its own passage comes first; `number` is a gift's number or a chapter's name.
    """

    lifecycle: str
    root_id: int
    number: str
    rows: tuple[Passage, ...]


@dataclass(frozen=True)
class Plan:
    """What a migration would do now: the gifts and chapters that move, how many ended ones stay."""

    version: str
    gifts: tuple[Convoy, ...]
    staying: int
    chapters: tuple[Convoy, ...] = ()

    @property
    def all(self) -> tuple[Convoy, ...]:
        return (*self.gifts, *self.chapters)


class MigrationRefused(DonflowError):
    """Nothing is moved while one cannot be: each reason with the gifts and chapters it concerns."""

    code = "migration_refused"
    message = N_("Nothing was moved: {count} things stand in the way.")
    remedy = N_("Mend states.yaml, activate it, and try again: donflow states migrate --dry-run")
    http_status = 409

    def __init__(self, blocks: Sequence[tuple[Refusal, tuple[str, ...]]]) -> None:
        super().__init__(count=len(blocks))
        self.blocks = tuple(blocks)

    @property
    def details(self) -> tuple[Sentence, ...]:
        return tuple(
            say(
                N_("{reason} It concerns {gifts}. {remedy}"),
                reason=block.reason,
                gifts=numbers,
                remedy=block.remedy,
            )
            for block, numbers in self.blocks
        )


def meant_version(session: Session, given: str | None) -> str:
    """The activated version whose hash begins so, the current one where none is named."""
    if given is None:
        return current_version(session)
    known = set(session.scalars(select(WorkflowVersion.version)))
    found = [version for version in known if version.startswith(given)] if len(given) > 3 else []
    if len(found) != 1:
        mend = N_("See the versions: donflow states versions")
        raise NotFound(what=say(N_("version")), given=given, mend=mend)
    return found[0]


def plan_migration(session: Session, office: Office, version: str) -> Plan:
    """What moving all gifts and chapters under way to this version would do; nothing is changed."""
    found = roots_on_others(session, version)
    open_ = [root for root in found if not _stage(session, office, root).end]
    planned = _convoys(session, office, open_, version)
    gifts = tuple(each for each in planned if each.lifecycle == Gift.lifecycle)
    return Plan(version, gifts, len(found) - len(open_), planned[len(gifts) :])


def refuse_if_blocked(plan: Plan) -> None:
    """Raise MigrationRefused where one row could not move."""
    found: dict[tuple[str, str], tuple[Refusal, list[str]]] = {}
    for convoy in plan.all:
        for block in (block for row in convoy.rows for block in row.blocks):
            numbers = found.setdefault((block.code, str(block.reason)), (block, []))[1]
            if convoy.number not in numbers:
                numbers.append(convoy.number)
    if found:
        raise MigrationRefused([(block, tuple(numbers)) for block, numbers in found.values()])


def rows_on(session: Session, office: Office) -> dict[tuple[str, str], int]:
    """How many rows that have not ended stand on each version, by (version, lifecycle)."""
    found: dict[tuple[str, str], int] = {}
    for table in get_args(Row):
        query = select(table.workflow_version, table.stage, func.count()).group_by(
            table.workflow_version, table.stage
        )
        for version, stage, count in session.execute(query):
            if not office.machine(session, version, table.lifecycle).lifecycle.stages[stage].end:
                key = version, table.lifecycle
                found[key] = found.get(key, 0) + count
    return found


def label_before(session: Session, office: Office, change: StageChange) -> Label | None:
    """What the stage that a row left was called: a migration leaves one of the version before."""
    version: str | None = change.workflow_version
    if change.transition is None:
        version = next(
            (
                str(event.detail["from_version"])
                for event in events_of(session, Subject(change.subject_type, change.subject_id))
                if event.action == "migrated"
                and (event.at, event.detail["to_version"]) == (change.at, change.workflow_version)
            ),
            None,
        )
    if version is None or change.from_stage is None:
        return None
    stages = office.machine(session, version, change.subject_type).lifecycle.stages
    return stages[change.from_stage].label


def migrate_gift(
    session: Session, office: Office, gift_id: int, version: str, *, actor: Actor, now: datetime
) -> bool:
    """Move one gift and all beside it within this unit of work, judged as they stand now.

    False where there is nothing to do: it is there already, or has ended meanwhile. Raises
    MigrationRefused where it has come to stand meanwhile where it cannot move from.
    """
    gift = session.get_one(Gift, gift_id, with_for_update=True, populate_existing=True)
    return _migrate(session, office, gift, version, actor=actor, now=now)


def migrate_chapter(
    session: Session, office: Office, chapter_id: int, version: str, *, actor: Actor, now: datetime
) -> bool:
    """As `migrate_gift`, for a chapter and its elections."""
    chapter = session.get_one(Chapter, chapter_id, with_for_update=True, populate_existing=True)
    return _migrate(session, office, chapter, version, actor=actor, now=now)


def _migrate(
    session: Session, office: Office, root: Root, version: str, *, actor: Actor, now: datetime
) -> bool:
    if root.workflow_version == version or _stage(session, office, root).end:
        return False
    (planned,) = _convoys(session, office, [root], version)
    refuse_if_blocked(Plan(version, (planned,), 0))
    rows = {(row.lifecycle, row.id): row for row in (root, *beside_of(session, [root]))}
    if isinstance(root, Gift):
        touch(root, now)
    else:
        touch_chapter(root, now)
    for passage in planned.rows:
        assert passage.place is not None
        key = passage.lifecycle, passage.row_id
        migrate(
            session,
            rows[key],
            passage.place,
            subject=Subject(*key),
            gift_id=root.id if isinstance(root, Gift) else None,
            actor=actor,
            person=office.person(actor),
            now=now,
            on=office.today(now),
        )
    return True


def agree_migration(session: Session, version: str, *, actor: Actor, now: datetime) -> None:
    """Write down that two persons agreed to move what is under way to this version."""
    record(session, SUBJECT, AGREED, actor=actor, now=now, detail={"version": version})


def migration_agreed(session: Session, version: str) -> bool:
    """Whether two persons agreed to it; it holds until everything is moved, also after a crash."""
    said = [
        event.action
        for event in events_of(session, SUBJECT)
        if event.action in (AGREED, DONE) and event.detail["version"] == version
    ]
    return said[-1:] == [AGREED]


AGREED, DONE = "migration_agreed", "migration_done"


def migrate_all(
    store: Store, office: Office, plan: Plan, *, actor: Actor, now: datetime
) -> Iterator[tuple[str, MigrationRefused | SomebodyWasQuicker | None]]:
    """Move what is planned, each in its own unit; yields each number once it is stored.

    With it comes what kept back one on which another was at work: it wrote at the same moment,
    or brought it where it cannot move from. Run again after a crash it goes on where it was
    cut off. Once nothing is left to move the agreement of two persons is used up.
    """
    for convoy in plan.all:
        move = migrate_gift if convoy.lifecycle == Gift.lifecycle else migrate_chapter
        try:
            with unit_of_work(store) as session:
                move(session, office, convoy.root_id, plan.version, actor=actor, now=now)
        except (MigrationRefused, SomebodyWasQuicker) as refused:
            yield convoy.number, refused
        else:
            yield convoy.number, None
    with reading(store) as session:
        agreed = migration_agreed(session, plan.version)
    if agreed:
        with unit_of_work(store) as session:
            if all(
                _stage(session, office, root).end for root in roots_on_others(session, plan.version)
            ):
                record(session, SUBJECT, DONE, actor=actor, now=now,
                       detail={"version": plan.version})  # fmt: skip


def _convoys(
    session: Session, office: Office, roots: Sequence[Root], version: str
) -> tuple[Convoy, ...]:
    rows = beside_of(session, roots)
    histories = histories_of(session, roots, rows)
    beside: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        beside.setdefault(root_of(row), []).append(row)
    return tuple(
        Convoy(
            root.lifecycle,
            root.id,
            root.number if isinstance(root, Gift) else root.name,
            tuple(
                _passage(session, office, row, histories, version)
                for row in (root, *beside.get((root.lifecycle, root.id), ()))
            ),
        )
        for root in roots
    )


def _passage(
    session: Session,
    office: Office,
    row: Row,
    histories: Mapping[tuple[str, int], list[Taken]],
    version: str,
) -> Passage:
    old = office.machine(session, row.workflow_version, row.lifecycle).lifecycle
    new = office.machine(session, version, row.lifecycle).lifecycle
    kind = row.kind if isinstance(row, Gift | Certificate | Chapter) else None
    history = tuple(histories.get((row.lifecycle, row.id), ()))
    landing = land(old, new, Standing(row.stage, kind, history))
    stage = new.stages[landing.stage] if landing.stage else None
    notes = (*landing.notes, *(_ladder_notes(old, new, row, history) if stage else ()))
    return Passage(
        lifecycle=row.lifecycle,
        row_id=row.id,
        from_version=row.workflow_version,
        stage=old.stages[row.stage],
        due_on=row.due_on,
        landing=stage,
        place=_place(office, row, old.stages[row.stage], stage, version) if stage else None,
        blocks=landing.blocks,
        notes=notes,
        history=landing.history,
    )


def _place(office: Office, row: Row, old: Stage, new: Stage, version: str) -> Place:
    """The deadline stays, unless the stage gives another time: then it runs from the same day."""
    if old.within == new.within:
        return Place(version, new.name, row.due_on, row.due_provisional)
    if new.within is None:
        return Place(version, new.name, None, due_provisional=False)
    deadline = due(row.entered_on, new.within, office.calendar)
    return Place(version, new.name, deadline.on, deadline.provisional)


def _ladder_notes(
    old: Lifecycle, new: Lifecycle, row: Row, history: Sequence[Taken]
) -> Iterator[Sentence]:
    """Whose consent is asked for now and was not before, while the text is not approved yet."""
    if not isinstance(row, Gift) or not (old.approval or new.approval):
        return
    for taken in reversed(history):
        if taken.name == APPROVE:
            return
        if taken.name in OPENS_ROUND | LAPSES:
            break
    before, after = (
        [rung.capacity for rung in rule.rungs] if (rule := rungs(version, row.amount_minor)) else []
        for version in (old, new)
    )
    if added := tuple(capacity for capacity in after if capacity not in before):
        yield say(N_("Consent is now also asked from: {capacities}."), capacities=added)
    if spared := tuple(capacity for capacity in before if capacity not in after):
        yield say(N_("Consent is no longer asked from: {capacities}."), capacities=spared)


def _stage(session: Session, office: Office, root: Root) -> Stage:
    machine = office.machine(session, root.workflow_version, root.lifecycle)
    return machine.lifecycle.stages[root.stage]
