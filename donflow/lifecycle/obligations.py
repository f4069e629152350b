"""What the office owes after the money came, each a task with a day: reports, the naming's end.

Who keeps a gift's anniversary is the planning of greetings; thanks have tasks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from donflow.agreements.terms import terms_of
from donflow.domain.actor import Actor
from donflow.domain.facts import RecordKind
from donflow.errors import N_, DonflowError, NotFound, say
from donflow.gifts.models import Gift, GiftRecord
from donflow.gifts.payments import payments_of
from donflow.gifts.register import touch
from donflow.lifecycle.advance import gift_machine
from donflow.lifecycle.office import Office
from donflow.tasks.models import Task
from donflow.tasks.planning import finish_task, plan_task

REPORT, NAMING_END, RENEWAL = "report_use", "naming_end", "renewal_talk"
OBLIGATIONS: Final = (REPORT, RENEWAL, NAMING_END)
"""The kinds of tasks that are obligations."""

USUAL_REPORT_DAY = (12, 31)
"""Where the agreement names no day; the donor may ask at any time (慈善法 42)."""
RENEWAL_AHEAD = timedelta(days=180)
DONE, WAIVED, MOVED = "done", "waived", "moved"


class ProofMissing(DonflowError):
    code = "proof_missing"
    message = N_("A report on the use counts as done only with the report itself.")
    remedy = N_("Add it with --file FILE.")


class ReasonMissing(DonflowError):
    code = "reason_missing"
    message = N_("An obligation is waived only with a reason.")
    remedy = N_("Say why: --reason TEXT")


def plan_obligations(
    session: Session, office: Office, gift: Gift, *, actor: Actor | None, now: datetime
) -> None:
    """Plan what is owed next for a gift: repeatable, plans nothing twice.

    - The report on the use (慈善法 42, 54: of the charity's own accord), each year by the day that
      the agreement names, from the first money on until the last report; the next is planned when
      one is done. Gifts without an agreement owe none.
    - The end of the naming, and half a year before it a talk about what follows. A day that was
      moved takes the open tasks of the old day with it.
    """
    money = [payment for payment in payments_of(session, gift.id) if payment.counts]
    if not money or gift_machine(session, office, gift).lifecycle.stages[gift.stage].end:
        return
    today = office.today(now)
    terms = {term.name: term.value for term in terms_of(session, [gift.id]).get(gift.id, [])}
    _plan_naming(session, gift, terms.get("naming_term", ""), today, actor, now)
    if gift.kind not in gift_machine(session, office, gift).lifecycle.without_agreement:
        _plan_report(session, gift, terms.get("report_by", ""), today, now)


def settle_obligation(
    session: Session,
    office: Office,
    task: Task,
    *,
    waived: bool = False,
    reason: str | None,
    evidence: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that an obligation was met, or waived with a reason; the next is planned.

    `evidence` is a fingerprint in the vault. Raises ProofMissing, ReasonMissing, AlreadyDone.
    """
    if waived and not reason:
        raise ReasonMissing
    if not waived and task.kind == REPORT and evidence is None:
        raise ProofMissing
    gift = session.get_one(Gift, task.subject_id)
    outcome = WAIVED if waived else DONE
    finish_task(
        session, task, outcome=outcome, actor=actor, now=now, evidence=evidence, reason=reason
    )
    touch(gift, now)
    plan_obligations(session, office, gift, actor=actor, now=now)


def obligations_of(
    session: Session, gifts: Iterable[Gift], *, everything: bool = False
) -> list[Task]:
    """The obligations of these gifts by their day; with `everything` also those that are over."""
    ids = [gift.id for gift in gifts]
    query = (
        select(Task)
        .where(Task.subject_type == Gift.lifecycle, Task.subject_id.in_(ids))
        .where(Task.kind.in_(OBLIGATIONS))
        .order_by(Task.due_on, Task.id)
    )
    tasks = session.scalars(query)
    return [task for task in tasks if everything or task.done_at is None]


def get_obligation(session: Session, gift: Gift, number: int) -> Task:
    """One obligation of this gift. Raises NotFound."""
    for task in obligations_of(session, [gift], everything=True):
        if task.id == number:
            return task
    mend = N_("See what is owed: donflow gift obligations {gift}")
    raise NotFound(what=say(N_("obligation")), given=number, mend=mend, gift=gift.number)


def naming_end(term: str) -> date | None:
    """The last day in words such as 自2026年9月1日起至2031年8月31日止; None where there is none."""
    days = [_day(*map(int, found)) for found in _DAY.findall(term)]
    return days[-1] if days else None


def _plan_naming(
    session: Session, gift: Gift, term: str, today: date, actor: Actor | None, now: datetime
) -> None:
    until = gift.naming_until or naming_end(term)
    if until is None:
        return
    if gift.naming_until is None:
        gift.naming_until = until
        touch(gift, now)
    days = {NAMING_END: until, RENEWAL: max(today, until - RENEWAL_AHEAD)}
    keys = {kind: f"{kind}:gift:{gift.id}:{until.isoformat()}" for kind in days}
    for task in _open(session, gift, days):
        if task.key != keys[task.kind]:
            finish_task(session, task, outcome=MOVED, actor=actor, now=now)
    for kind, due_on in days.items() if until >= today else ():
        plan_task(
            session,
            kind,
            gift.subject,
            key=keys[kind],
            owner="secretary",
            due_on=due_on,
            now=now,
        )


def _plan_report(session: Session, gift: Gift, report_by: str, today: date, now: datetime) -> None:
    said_last = select(GiftRecord.id).where(
        GiftRecord.gift_id == gift.id, GiftRecord.kind == RecordKind.FINAL_REPORT
    )
    if _open(session, gift, [REPORT]) or session.scalars(said_last).first() is not None:
        return
    earlier = select(Task.due_on).where(
        Task.subject_type == Gift.lifecycle, Task.subject_id == gift.id, Task.kind == REPORT
    )
    last = max(session.scalars(earlier), default=None)
    due_on = _next_report(report_by, last or today - timedelta(days=1))
    plan_task(
        session,
        REPORT,
        gift.subject,
        key=f"{REPORT}:gift:{gift.id}:{due_on.year}",
        owner="secretary",
        due_on=due_on,
        now=now,
    )


def _open(session: Session, gift: Gift, kinds: Iterable[str]) -> Sequence[Task]:
    query = select(Task).where(
        Task.subject_type == Gift.lifecycle,
        Task.subject_id == gift.id,
        Task.kind.in_(list(kinds)),
        Task.done_at.is_(None),
    )
    return session.scalars(query.order_by(Task.id)).all()


def _next_report(report_by: str, after: date) -> date:
    """The first day after this one by which the use of a year is reported."""
    found = _MONTH_AND_DAY.search(report_by)
    month, day = (int(found[1]), int(found[2])) if found else USUAL_REPORT_DAY
    due_on = _day(after.year, month, day)
    return due_on if due_on > after else _day(after.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date:
    """That day, or the last of its month where it has none of that number."""
    month = min(max(month, 1), 12)
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(max(day, 1), last))


_DAY: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH_AND_DAY: Final = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")
