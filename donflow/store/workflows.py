"""The versions of states.yaml that were ever activated; rows name theirs by its hash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from donflow.domain.actor import Actor
from donflow.engine.loader import restore
from donflow.engine.machine import LifecycleMachine, build
from donflow.engine.spec import Guard, Workflow
from donflow.store.base import Base, Instant
from donflow.store.journal import Subject, record

SUBJECT = Subject("workflow", 1)


class WorkflowVersion(Base):
    """One activated content of states.yaml; the last activated one is current for new rows."""

    __tablename__ = "workflow_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[str]
    activated_at: Mapped[datetime] = mapped_column(Instant)
    activated_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


def activate(session: Session, workflow: Workflow, *, actor: Actor | None, now: datetime) -> None:
    """Make this workflow current for rows that begin from now on; others keep theirs."""
    session.add(
        WorkflowVersion(
            version=workflow.version,
            content=workflow.content,
            activated_at=now,
            activated_by=actor.user_id if actor else None,
        )
    )
    detail = {"version": workflow.version}
    record(session, SUBJECT, "workflow_activated", actor=actor, now=now, detail=detail)


def current_version(session: Session) -> str:
    """The hash of the version that new rows begin with."""
    latest = select(WorkflowVersion.version).order_by(WorkflowVersion.id.desc()).limit(1)
    return session.scalars(latest).one()


def activations(session: Session) -> list[WorkflowVersion]:
    """Every version that was made current, the first first; one may have been so again."""
    return list(session.scalars(select(WorkflowVersion).order_by(WorkflowVersion.id)))


def stored_workflow(session: Session, version: str) -> Workflow:
    """The lifecycles of one version; its stored content must still match its hash."""
    content = session.scalars(
        select(WorkflowVersion.content).where(WorkflowVersion.version == version).limit(1)
    ).one()
    return restore(content, version=version)


def machines(
    session: Session, version: str, guards: Mapping[str, Mapping[str, Guard]]
) -> dict[str, LifecycleMachine]:
    """The machines of one version, by lifecycle."""
    return {
        name: build(lifecycle, guards.get(name, {}))
        for name, lifecycle in stored_workflow(session, version).lifecycles.items()
    }
