"""Thanks for each confirmed payment: one task and one letter, of which either settles the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.workdays import Calendar, add_workdays
from donflow.gifts.models import Gift, Payment
from donflow.greetings.models import GreetingWish
from donflow.greetings.reasons import Reason
from donflow.outbox.acts import happen
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.outbox.states import Event
from donflow.roster.merging import head_of, numbers_of
from donflow.tasks.models import Task
from donflow.tasks.planning import finish_task, plan_task

THANK = "thank"
"""The kind of task that each confirmed payment plans."""
THANKS = "thanks"
"""The occasion of the letter beside it."""
SENT, STRUCK = "sent", "struck"
"""What came of a task: the letter went, or the payment was none."""

HOUR = time(9)
TOLERANCE = timedelta(days=30)
STILL_HERE = (
    LetterState.PLANNED,
    LetterState.READY,
    LetterState.RETRY_WAIT,
    LetterState.CLAIMED,
)
"""A letter that can be taken back: nobody has begun to hand it over."""


def plan_thanks(
    session: Session,
    gift: Gift,
    payment: Payment,
    *,
    zone: ZoneInfo,
    calendar: Calendar,
    within_workdays: int,
    now: datetime,
) -> None:
    """Plan the thanks for a payment that was just confirmed; a second time plans nothing.

    The task falls to the secretary, `within_workdays` after today. The letter is addressed to the
    donor, due at nine on the next working day where the donor lives. Whoever gives without a name
    is thanked as well, by a letter to them alone; where nobody knows who gave, there is a task and
    no letter.
    """
    today = now.astimezone(zone).date()
    plan_task(
        session,
        THANK,
        gift.subject,
        key=key_of(payment.id),
        owner="secretary",
        due_on=add_workdays(today, within_workdays, calendar).on,
        now=now,
    )
    if gift.donor_id is None:
        return
    donor = head_of(session, gift.donor_id)
    due_on = add_workdays(today, 1, calendar).on
    values = {
        "occasion": THANKS,
        "addressee_kind": Addressee.CONSTITUENT.value,
        "addressee_id": donor,
        "on_day": due_on,
        "about": payment.id,
        "n": 0,
        "state": LetterState.PLANNED.value,
        "due_at": datetime.combine(due_on, HOUR, _zone_of(session, donor, zone)),
        "expires_on": due_on + TOLERANCE,
        "planned_at": now,
        "attempts": 0,
    }
    # Past the session: the journal knows a letter from its first act on (outbox.models.Letter).
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.connection().execute(
        insert(Letter.__table__).values(**values).on_conflict_do_nothing()  # type: ignore[arg-type]
    )


def finish_thank(
    session: Session, task: Task, *, outcome: str, actor: Actor | None, now: datetime
) -> None:
    """Mark one task of thanks as done; its letter, if it is still here, does not go any more."""
    finish_task(session, task, outcome=outcome, actor=actor, now=now)
    _suppress(session, _payment_of(task), Reason.THANKED, actor=actor, now=now)


def take_back_thanks(
    session: Session, payment: Payment, *, actor: Actor | None, now: datetime
) -> None:
    """No thanks are due for a struck payment: task and letter end, unless they are over."""
    task = _task_of(session, payment.id)
    if task is not None and task.done_at is None:
        finish_task(session, task, outcome=STRUCK, actor=actor, now=now)
    _suppress(session, payment.id, Reason.STRUCK, actor=actor, now=now)


def on_sent(session: Session, letter: Letter, actor: Actor | None, now: datetime) -> None:
    """A letter went: if it said thanks, the task beside it is done. Call it in the same unit.

    A letter of another occasion, or one whose task is done already, changes nothing.
    """
    if letter.occasion != THANKS:
        return
    task = _task_of(session, letter.about)
    if task is not None and task.done_at is None:
        finish_task(session, task, outcome=SENT, actor=actor, now=now)


def said_by_letter(session: Session) -> list[Task]:
    """The tasks of thanks that are open though their letter went.

    An answer, evidence, or a person's word on a doubt ends a letter: none of them knows of tasks.
    """
    query = select(Task).where(Task.kind == THANK, Task.done_at.is_(None)).order_by(Task.id)
    tasks = {_payment_of(task): task for task in session.scalars(query)}
    sent = {
        letter.about
        for letter in letters_of_thanks(session, tasks)
        if letter.state == LetterState.SENT
    }
    return [task for payment, task in tasks.items() if payment in sent]


def finish_sent(session: Session, *, actor: Actor | None, now: datetime) -> None:
    """Finish every task of thanks whose letter went, by whatever way that was found out."""
    for task in said_by_letter(session):
        finish_task(session, task, outcome=SENT, actor=actor, now=now)


def still_thankful(session: Session, payments: Collection[int]) -> frozenset[int]:
    """Those of these payments for which thanks are still due: not said, and not taken back."""
    keys = {key_of(number): number for number in payments}
    query = select(Task.key).where(Task.key.in_(keys), Task.done_at.is_(None))
    return frozenset(keys[key] for key in session.scalars(query))


def thanked(session: Session, payments: Collection[int]) -> frozenset[int]:
    """Those of these payments for which thanks were said, or are not due any more."""
    return frozenset(payments) - still_thankful(session, payments)


def letters_of_thanks(session: Session, payments: Collection[int]) -> Sequence[Letter]:
    """The letters that thank for these payments, in the order of planning."""
    query = select(Letter).where(Letter.occasion == THANKS, Letter.about.in_(payments))
    return session.scalars(query.order_by(Letter.id)).all()


def key_of(payment: int) -> str:
    """The key of a payment's task: one task a payment."""
    return f"{THANK}:payment:{payment}"


def _payment_of(task: Task) -> int:
    return int(task.key.rpartition(":")[2])


def _task_of(session: Session, payment: int) -> Task | None:
    return session.scalars(select(Task).where(Task.key == key_of(payment))).one_or_none()


def _suppress(
    session: Session, payment: int, reason: Reason, *, actor: Actor | None, now: datetime
) -> None:
    query = (
        select(Letter)
        .where(Letter.occasion == THANKS, Letter.about == payment, Letter.n == 0)
        .where(Letter.state.in_(STILL_HERE))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for letter in session.scalars(query):
        happen(session, letter, Event.SUPPRESS, reason=reason, actor=actor, now=now)


def _zone_of(session: Session, donor: int, usual: ZoneInfo) -> ZoneInfo:
    """Where the donor lives, by their wish, else the office's."""
    query = select(GreetingWish.timezone).where(
        GreetingWish.constituent_id.in_(numbers_of(session, donor)),
        GreetingWish.timezone.is_not(None),
    )
    told = session.scalars(query).first()
    return ZoneInfo(told) if told else usual
