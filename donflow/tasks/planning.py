"""Planning, finding and finishing tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.store.journal import Subject, record
from donflow.tasks.models import Task


class AlreadyDone(DonflowError):
    code = "already_done"
    message = N_("Task {task} was already done at {at}.")


def plan_task(
    session: Session,
    kind: str,
    subject: Subject,
    *,
    key: str,
    owner: str,
    due_on: date,
    now: datetime,
) -> Task:
    """Plan a task once: under a key that is already there, the first one stays as it is."""
    earlier = session.scalars(select(Task).where(Task.key == key)).one_or_none()
    if earlier is not None:
        return earlier
    task = Task(
        key=key,
        kind=kind,
        subject_type=subject.type,
        subject_id=subject.id,
        owner=owner,
        due_on=due_on,
        planned_at=now,
    )
    session.add(task)
    return task


def finish_task(
    session: Session,
    task: Task,
    *,
    outcome: str,
    actor: Actor | None,
    now: datetime,
    evidence: str | None = None,
    reason: str | None = None,
) -> None:
    """Mark a task as done with what came of it, and its proof; a second time is refused.

    `actor` is None only for what the program itself does.
    """
    if task.done_at is not None:
        raise AlreadyDone(task=task.id, at=task.done_at)
    task.done_at = now
    task.done_by = actor.user_id if actor else None
    task.outcome, task.evidence, task.reason = outcome, evidence, reason
    subject = Subject(task.subject_type, task.subject_id)
    detail = {"task": task.id, "outcome": outcome}
    record(session, subject, "task_done", actor=actor, now=now, detail=detail)


def get_task(session: Session, task_id: int) -> Task:
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound(
            what=say(N_("task")), given=task_id, mend=N_("See what waits: donflow task list")
        )
    return task


AHEAD_DAYS = 30
"""So long before its day a task begins to press."""


def pressing(tasks: Iterable[Task], today: date) -> list[Task]:
    """Those of these tasks whose day is near or past."""
    return [task for task in tasks if (task.due_on - today).days <= AHEAD_DAYS]


def open_tasks(session: Session, *, subject: Subject | None = None) -> list[Task]:
    """Tasks not done, the most urgent first."""
    query = select(Task).where(Task.done_at.is_(None)).order_by(Task.due_on, Task.id)
    if subject is not None:
        query = query.where(Task.subject_type == subject.type, Task.subject_id == subject.id)
    return list(session.scalars(query))
