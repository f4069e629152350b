"""Moving a row along its lifecycle: decide, write stage and history, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from donflow.domain.actor import Actor, acting_in
from donflow.domain.workdays import Calendar, due
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, decide
from donflow.engine.spec import Stage
from donflow.errors import N_, DonflowError, Refused, Sentence
from donflow.store.base import Base, Instant
from donflow.store.columns import Recorded
from donflow.store.journal import Subject, record


class Moving:
    """What a table needs so that its rows can move: lifecycle, its version, stage and clock.

    The subject of its moves has the lifecycle's name as type and the row's id.
    """

    lifecycle: ClassVar[str]

    workflow_version: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(40), index=True)
    entered_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(index=True)
    due_provisional: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805
        """Each change raises the row's version; one that another made meanwhile is noticed."""
        return {"version_id_col": cls.row_version}


class StageChange(Recorded, Base):
    """One move of one row; a row's stage equals its last change, `verify` compares them.

    Without a transition it is the move to another version of the lifecycle, `workflow_version`.
    """

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[int] = mapped_column(index=True)
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"), index=True)
    transition: Mapped[str | None] = mapped_column(String(40))
    from_stage: Mapped[str | None] = mapped_column(String(40))
    to_stage: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str | None]
    acting_role: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(60))
    workflow_version: Mapped[str] = mapped_column(String(64))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)


class BeforeItsStage(DonflowError):
    code = "before_its_stage"
    message = N_("{act} cannot have been done on {on}: what goes before it was done on {entered}.")
    remedy = N_("Give the day of the act: {entered} or later.")


def enter(
    row: Moving, machine: LifecycleMachine, version: str, *, on: date, calendar: Calendar
) -> None:
    """Put a new row at the start of its lifecycle."""
    row.workflow_version = version
    _stand(row, machine.lifecycle.stages[machine.lifecycle.initial], on=on, calendar=calendar)


def move(
    session: Session,
    row: Moving,
    machine: LifecycleMachine,
    name: str,
    attempt: Attempt,
    *,
    subject: Subject,
    gift_id: int | None,
    actor: Actor,
    now: datetime,
    on: date,
    calendar: Calendar,
    act: Sentence | None = None,
) -> Advance:
    """Fire the transition, or raise Refused with every reason; the caller's unit then ends.

    Writes the row's stage and deadline, one StageChange and one journal event. `on` is the day
    the act was done, which for a 代录 is the day in its evidence.
    """
    decision = decide(machine, name, attempt)
    if not isinstance(decision, Advance):
        raise Refused(decision.refusals, act=act)
    if on < row.entered_on:
        raise BeforeItsStage(act=decision.transition.label, on=on, entered=row.entered_on)
    actor = acting_in(actor, decision.transition.by)
    before = row.stage
    _stand(row, machine.lifecycle.stages[decision.target], on=on, calendar=calendar)
    outside = actor.on_behalf_of
    session.add(
        StageChange(
            subject_type=subject.type,
            subject_id=subject.id,
            gift_id=gift_id,
            transition=name,
            from_stage=before,
            to_stage=decision.target,
            reason=attempt.reason,
            acting_role=actor.acting_role,
            person=attempt.person,
            workflow_version=row.workflow_version,
            on=on,
            at=now,
            recorded_at=now,
            recorded_by=actor.user_id,
            on_behalf=outside.as_codes() if outside else None,
        )
    )
    detail = {
        "transition": name,
        "from": before,
        "to": decision.target,
        "version": row.workflow_version,
    }
    record(session, subject, "moved", actor=actor, now=now, detail=detail)
    return decision


@dataclass(frozen=True)
class Place:
    """Where a row stands, in which version of its lifecycle, and until when it should move."""

    version: str
    stage: str
    due_on: date | None
    due_provisional: bool


def migrate(
    session: Session,
    row: Moving,
    place: Place,
    *,
    subject: Subject,
    gift_id: int | None,
    actor: Actor,
    person: str,
    now: datetime,
    on: date,
) -> None:
    """Put a row into another version of its lifecycle: no step, and the day it came here stays.

    Writes one StageChange without a transition, and one journal event.
    """
    detail = {
        "from_version": row.workflow_version,
        "to_version": place.version,
        "from": row.stage,
        "to": place.stage,
    }
    session.add(
        StageChange(
            subject_type=subject.type,
            subject_id=subject.id,
            gift_id=gift_id,
            transition=None,
            from_stage=row.stage,
            to_stage=place.stage,
            reason=None,
            acting_role=actor.acting_role,
            person=person,
            workflow_version=place.version,
            on=on,
            at=now,
            recorded_at=now,
            recorded_by=actor.user_id,
            on_behalf=None,
        )
    )
    row.workflow_version, row.stage = place.version, place.stage
    row.due_on, row.due_provisional = place.due_on, place.due_provisional
    record(session, subject, "migrated", actor=actor, now=now, detail=detail)


def changes_of(session: Session, subject: Subject) -> list[StageChange]:
    """All moves of a row, the first first."""
    return list(
        session.scalars(
            select(StageChange)
            .where(StageChange.subject_type == subject.type, StageChange.subject_id == subject.id)
            .order_by(StageChange.id)
        )
    )


def steps_of(session: Session, subject: Subject) -> list[StageChange]:
    """The moves of a row by a step, the first first: all but those to other lifecycles."""
    return [change for change in changes_of(session, subject) if change.transition]


def done_by(
    session: Session, subject: Subject, *, anew: frozenset[str] = frozenset()
) -> dict[str, frozenset[str]]:
    """Who did each transition on this row: what separation of duties compares with.

    With each transition in `anew` all begins again: of those only who did them last is kept, and
    what the others did before is forgotten.
    """
    done: dict[str, frozenset[str]] = {}
    for change in changes_of(session, subject):
        name = change.transition
        if name in anew:
            done = {kept: persons for kept, persons in done.items() if kept in anew}
            done[name] = frozenset({change.person})
        elif name:
            done[name] = done.get(name, frozenset()) | {change.person}
    return done


def _stand(row: Moving, stage: Stage, *, on: date, calendar: Calendar) -> None:
    row.stage = stage.name
    row.entered_on = on
    if stage.within is None:
        row.due_on, row.due_provisional = None, False
    else:
        deadline = due(on, stage.within, calendar)
        row.due_on, row.due_provisional = deadline.on, deadline.provisional
