"""Many gifts under way, each with a lawful history, and a second version of their lifecycles."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from sqlalchemy.orm import Session

from donflow.bootstrap import OpenOffice
from donflow.domain.actor import Actor, Role
from donflow.domain.workdays import due
from donflow.engine.spec import Lifecycle, Transition
from donflow.gifts.models import Gift, Instalment
from donflow.gifts.register import new_gift
from donflow.papers.models import Certificate
from donflow.store.journal import Subject, record
from donflow.store.moving import Moving, StageChange, enter
from donflow.store.session import unit_of_work
from donflow.store.workflows import current_version

SECRETARY = Actor(1, frozenset({Role.SECRETARY}), Role.SECRETARY)
IN_ONE_UNIT = 100
Raw = dict[str, Any]


def put_under_way(opened: OpenOffice, count: int, *, seed: int, now: datetime) -> None:
    """Register gifts, and let them and what is beside them stand at every stage there is.

    Stage and history are written as `move` writes them, but nothing is asked of the gift.
    """
    drawn = random.Random(seed)
    for first in range(0, count, IN_ONE_UNIT):
        with unit_of_work(opened.store) as session:
            for number in range(first, min(first + IN_ONE_UNIT, count)):
                _one(session, opened, number, drawn, now)


def _one(
    session: Session, opened: OpenOffice, number: int, drawn: random.Random, now: datetime
) -> None:
    office, version = opened.office, current_version(session)
    machine = office.machine(session, version, Gift.lifecycle)
    gift = new_gift(
        session, machine, version, kind="cash", channel="teacher",
        heard_on=office.today(now) - timedelta(days=90), calendar=office.calendar,
        actor=SECRETARY, now=now,
    )  # fmt: skip
    gift.amount_minor = drawn.choice([50_000_00, 200_000_00, 2_000_000_00])
    walk = _Walk(session, opened, gift, drawn, now)
    routes = _routes(machine.lifecycle, gift.kind)
    stages = [name for name in machine.lifecycle.stages if name in routes]
    walk.go(gift, gift.subject, machine.lifecycle, routes[stages[number % len(stages)]])
    plan = office.machine(session, version, Instalment.lifecycle)
    part = Instalment(
        gift_id=gift.id, no=1, amount_minor=gift.amount_minor, pay_by=date(2026, 9, 1)
    )
    enter(part, plan, version, on=office.today(now), calendar=office.calendar)
    paper = Certificate(
        gift_id=gift.id, kind="printed", recorded_at=now, recorded_by=SECRETARY.user_id
    )
    honours = office.machine(session, version, Certificate.lifecycle)
    enter(paper, honours, version, on=office.today(now), calendar=office.calendar)
    session.add_all([part, paper])
    session.flush()
    for row, beside in ((part, plan), (paper, honours)):
        kind = row.kind if isinstance(row, Certificate) else None
        ways = _routes(beside.lifecycle, kind)
        walk.go(
            row, Subject(row.lifecycle, row.id), beside.lifecycle, drawn.choice(list(ways.values()))
        )


@dataclass
class _Walk:
    session: Session
    opened: OpenOffice
    gift: Gift
    drawn: random.Random
    now: datetime

    def go(
        self, row: Moving, subject: Subject, lifecycle: Lifecycle, route: list[Transition]
    ) -> None:
        day = self.opened.office.today(self.now) - timedelta(days=60)
        stage = lifecycle.initial
        for step in route:
            day += timedelta(days=self.drawn.randrange(3))
            self.session.add(
                StageChange(
                    subject_type=subject.type, subject_id=subject.id, gift_id=self.gift.id,
                    transition=step.name, from_stage=stage, to_stage=step.target, reason=None,
                    acting_role=step.by[0], person=f"outside:{step.by[0]}",
                    workflow_version=row.workflow_version, on=day, at=self.now,
                    recorded_at=self.now, recorded_by=SECRETARY.user_id, on_behalf=None,
                )
            )  # fmt: skip
            stage = step.target
        within = lifecycle.stages[stage].within
        deadline = due(day, within, self.opened.office.calendar) if within else None
        row.stage, row.entered_on = stage, day
        row.due_on = deadline.on if deadline else None
        row.due_provisional = bool(deadline and deadline.provisional)
        if route:
            record(self.session, subject, "moved", actor=SECRETARY, now=self.now)


def _routes(lifecycle: Lifecycle, kind: str | None) -> dict[str, list[Transition]]:
    """The shortest lawful way to each stage."""
    found: dict[str, list[Transition]] = {lifecycle.initial: []}
    ahead = [lifecycle.initial]
    for stage in ahead:
        for step in lifecycle.transitions:
            if stage in step.sources and step.serves(kind) and step.target not in found:
                found[step.target] = [*found[stage], step]
                ahead.append(step.target)
    return found


def second_version(text: str) -> str:
    """The lifecycles with a stage renamed, one split, one dropped, new roles, other deadlines."""
    return changed(text, rename_signing, split_review, drop_returned, ask_more)


def changed(text: str, *changes: Callable[[Raw], None]) -> str:
    """A states.yaml with its gift lifecycle changed."""
    whole = yaml.safe_load(text)
    for change in changes:
        change(whole["lifecycles"]["gift"])
    written: str = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    return written


def rename_signing(gift: Raw) -> None:
    stages = {
        "donor_signs" if name == "signing" else name: stage
        for name, stage in gift["stages"].items()
    }
    stages["donor_signs"] |= {"zh": "捐赠方签字", "en": "Donor to sign", "was": ["signing"]}
    gift["stages"] = stages
    _lead(gift, "signing", "donor_signs")


def split_review(gift: Raw) -> None:
    """What was under review is read by the lawyers first, then by the secretary-general."""
    review = gift["stages"].pop("review")
    gift["stages"]["legal_review"] = review | {
        "zh": "法务审核",
        "en": "Legal review",
        "was": ["review"],
    }
    gift["stages"]["last_review"] = review | {"zh": "秘书长审核", "en": "Last review"}
    _lead(gift, "review", "legal_review")
    for step in gift["transitions"]:
        if step["do"] == "approve":
            step["from"] = "last_review"
    gift["transitions"].append(
        {
            "do": "pass_on",
            "zh": "法务通过",
            "en": "Pass on",
            "from": "legal_review",
            "to": "last_review",
            "by": "reviewer",
        }
    )


def drop_returned(gift: Raw) -> None:
    """What comes back is a draft again."""
    del gift["stages"]["returned"]
    gift["stages"]["draft"]["was"] = ["returned"]
    gift["transitions"] = [step for step in gift["transitions"] if step["do"] != "resubmit"]
    _lead(gift, "returned", "draft")
    for step in gift["transitions"]:
        if step["do"] == "submit":
            step["was"] = ["resubmit"]
        step["other_than"] = [name for name in step.get("other_than", []) if name != "resubmit"]
        if not step["other_than"]:
            del step["other_than"]


def ask_more(gift: Raw) -> None:
    """A leader may object, drafts have longer, and the secretary needs a word more to submit."""
    gift["stages"]["draft"]["within"] = "8 workdays"
    gift["stages"]["effective"]["owner"] = "leader"
    for step in gift["transitions"]:
        if step["do"] == "send":
            step["needs"].append("leader_consented")
        if step["do"] == "perform":
            step["by"] = ["leader"]
    gift["approval"][0]["rungs"].insert(1, {"role": "reviewer", "as": "legal"})


def _lead(gift: Raw, old: str, new: str) -> None:
    """Have every step begin at and lead to the new stage."""
    for step in gift["transitions"]:
        sources = [step["from"]] if isinstance(step["from"], str) else step["from"]
        sources = [new if name == old else name for name in sources]
        step["from"] = list(dict.fromkeys(sources))
        step["to"] = new if step["to"] == old else step["to"]
