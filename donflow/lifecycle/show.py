"""A gift at a glance: stage, age, deadline, who is next, what is missing and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.domain.actor import Role
from donflow.domain.facts import GiftFacts
from donflow.domain.money import Money
from donflow.domain.workdays import workdays_between
from donflow.engine.machine import Advance, Attempt, LifecycleMachine, options
from donflow.engine.spec import Stage, Transition
from donflow.errors import Label, Refusal
from donflow.gifts.models import Gift
from donflow.lifecycle.gather import gather
from donflow.lifecycle.office import Office
from donflow.roster.models import Constituent
from donflow.store.moving import StageChange


@dataclass(frozen=True)
class Step:
    """A transition that leaves the stage, and what stands in its way for the role that makes it."""

    transition: Transition
    refusals: tuple[Refusal, ...]

    @property
    def ready(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class GiftView:
    """What lists, boards and the page of a gift show."""

    gift: Gift
    facts: GiftFacts
    stage: Stage
    kind: Label
    donor: str | None
    amount: Money | None
    age_days: int
    due_on: date | None
    workdays_left: int | None
    owner: str | None
    steps: tuple[Step, ...]

    @property
    def main_step(self) -> Step | None:
        """The step forward: the first that leaves the stage, which states.yaml lists first."""
        return self.steps[0] if self.steps else None

    @property
    def overdue(self) -> bool:
        return self.workdays_left is not None and self.workdays_left < 0


def view_gifts(
    session: Session,
    office: Office,
    gifts: Sequence[Gift],
    *,
    today: date,
    with_words: bool = False,
) -> list[GiftView]:
    """These gifts at a glance, in their order."""
    facts = gather(session, office, gifts, today=today, with_words=with_words)
    donors = _names(session, gifts)
    return [_view(session, office, gift, facts[gift.id], donors, today=today) for gift in gifts]


def view_gift(session: Session, office: Office, gift: Gift, *, today: date) -> GiftView:
    """One gift, and what is wrong in its draft in the draft's own words."""
    return view_gifts(session, office, [gift], today=today, with_words=True)[0]


def recorded_for(session: Session, gift: Gift) -> list[StageChange]:
    """The moves that were recorded for somebody outside the desk (代录)."""
    query = (
        select(StageChange)
        .where(StageChange.gift_id == gift.id, StageChange.on_behalf.is_not(None))
        .order_by(StageChange.id)
    )
    return [change for change in session.scalars(query) if change.on_behalf]


def steps_from(
    machine: LifecycleMachine, stage: str, kind: str | None, facts: object
) -> tuple[Step, ...]:
    """Each way on, judged as if by the role that it is for: only the row's own lacks remain."""
    attempt = Attempt(
        stage=stage,
        facts=facts,
        roles=frozenset(str(role) for role in Role),
        kind=kind,
        reason="—",
        person="nobody",
    )
    return tuple(
        Step(
            option.transition,
            () if isinstance(option.decision, Advance) else option.decision.refusals,
        )
        for option in options(machine, attempt)
    )


def history(session: Session, gift: Gift) -> list[StageChange]:
    """All moves of the gift and of the rows beside it, the first first."""
    query = select(StageChange).where(StageChange.gift_id == gift.id).order_by(StageChange.id)
    return list(session.scalars(query))


def _view(
    session: Session,
    office: Office,
    gift: Gift,
    facts: GiftFacts,
    donors: dict[int, str],
    *,
    today: date,
) -> GiftView:
    machine = _machine(session, office, gift)
    stage = machine.lifecycle.stages[gift.stage]
    due_on = gift.due_on or facts.pay_by
    return GiftView(
        gift=gift,
        facts=facts,
        stage=stage,
        kind=machine.lifecycle.kinds[gift.kind],
        donor=donors.get(gift.donor_id or 0),
        amount=gift.amount,
        age_days=(today - gift.entered_on).days,
        due_on=due_on,
        workdays_left=workdays_between(today, due_on, office.calendar) if due_on else None,
        owner=stage.owner,
        steps=steps_from(machine, gift.stage, gift.kind, facts),
    )


def _machine(session: Session, office: Office, gift: Gift) -> LifecycleMachine:
    return office.machine(session, gift.workflow_version, Gift.lifecycle)


def _names(session: Session, gifts: Sequence[Gift]) -> dict[int, str]:
    ids = {gift.donor_id for gift in gifts if gift.donor_id}
    query = select(Constituent.id, Constituent.name).where(Constituent.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}
