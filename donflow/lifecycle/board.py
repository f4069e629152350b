"""All gifts under way: a column a stage, and what is to be done today, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from donflow.engine.spec import Stage
from donflow.gifts.models import Gift
from donflow.lifecycle.office import Office
from donflow.lifecycle.show import GiftView
from donflow.store.workflows import current_version
from donflow.tasks.models import Task

INSIDE = frozenset({"secretary", "liaison", "leader"})
"""Who sits on this side: the three counters are we, the foundation, the donor."""


@dataclass(frozen=True)
class Column:
    """One stage of the board with its gifts, the longest waiting first."""

    stage: Stage
    views: tuple[GiftView, ...]


@dataclass(frozen=True)
class Counter:
    """How many gifts wait for one side, and the longest wait in days."""

    side: str
    count: int
    longest_days: int


@dataclass(frozen=True)
class TodayLine:
    """One thing to do: the gift, the step, the day, and the command that does or mends it."""

    view: GiftView
    due_on: date | None
    workdays_left: int | None
    task: Task | None = None


@dataclass(frozen=True)
class Today:
    """The first screen: what to do, and who is waited for."""

    day: date
    lines: tuple[TodayLine, ...]
    counters: tuple[Counter, ...]


def board(session: Session, office: Office, views: Sequence[GiftView]) -> list[Column]:
    """The stages of the current lifecycle in their order, then those only old versions know."""
    machine = office.machine(session, current_version(session), Gift.lifecycle)
    stages = dict(machine.lifecycle.stages)
    for view in views:
        stages.setdefault(view.stage.name, view.stage)
    return [
        Column(
            stage,
            tuple(
                sorted(
                    (view for view in views if view.stage.name == name),
                    key=lambda view: (-view.age_days, view.gift.number),
                )
            ),
        )
        for name, stage in stages.items()
    ]


def today_of(views: Sequence[GiftView], tasks: Sequence[Task], *, day: date) -> Today:
    """What is to be done today: our own gifts and tasks by urgency, then whom we wait for."""
    by_id = {view.gift.id: view for view in views}
    lines = [
        TodayLine(view, view.due_on, view.workdays_left)
        for view in views
        if side_of(view) == "us" and view.workdays_left is not None
    ]
    lines += [
        TodayLine(by_id[task.subject_id], task.due_on, (task.due_on - day).days, task)
        for task in tasks
        if task.subject_type == "gift" and task.subject_id in by_id
    ]
    lines.sort(key=lambda line: (line.due_on or date.max, line.view.gift.number))
    counters = tuple(_counter(side, views) for side in ("us", "foundation", "donor"))
    return Today(day, tuple(lines), counters)


def side_of(view: GiftView) -> str | None:
    """Who has to act: `us`, `foundation`, `donor`; None where nobody has."""
    if view.owner is None or view.stage.end:
        return None
    if view.owner in INSIDE:
        return "us"
    return "donor" if view.owner == "donor" else "foundation"


def _counter(side: str, views: Sequence[GiftView]) -> Counter:
    ages = [view.age_days for view in views if side_of(view) == side]
    return Counter(side, len(ages), max(ages, default=0))
