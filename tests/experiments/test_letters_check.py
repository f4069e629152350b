"""The checker of letters bites: each invariant is broken once, and told by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from donflow.outbox import handoff, settling
from donflow.outbox.delivering import deliver_due
from donflow.outbox.models import LetterState
from donflow.outbox.readying import ready_due
from donflow.outbox.settling import Why
from donflow.post.reply import Outcome
from donflow.store.session import Store, unit_of_work
from tests import databases
from tests.experiments.letters_check import amiss
from tests.outbox.letters import LIN, NOW, TODAY, Post, add_user, letter_of, plan_letters

NEXT = TODAY + timedelta(days=1)


class Case:
    """An office whose first letter was handed over, and whose second waits for tomorrow."""

    def __init__(self, store: Store, url: str, home: Path) -> None:
        self.store, self.url, self.post = store, url, Post(home)
        add_user(store)
        (self.went,) = plan_letters(store)
        later = NOW + timedelta(days=3)
        (self.waits,) = plan_letters(store, due_at=later, expires_on=TODAY + timedelta(days=9))
        self.deliver()
        self.accepted = Counter(each.message_id for each in self.post.sent)
        self.message_id = letter_of(store, self.went).message_id or ""
        self.planned = [("constituent", number, "mid_autumn", TODAY) for number in (1, 2)]

    def sql(self, statement: str) -> None:
        databases.execute(self.url, statement)

    def deliver(self) -> None:
        hands = self.post.hands()
        ready_due(self.store, self.post.home, hands=hands, now=NOW, actor=None)
        deliver_due(self.store, self.post.home, hands=hands, clock=lambda: NOW)

    def stands(self, state: str, number: int | None = None) -> None:
        self.sql(f"UPDATE letter SET state = '{state}' WHERE id = {number or self.went}")

    def amiss(self, today: date = NEXT) -> list[str]:
        return amiss(self.store, self.post.home, self.accepted, today=today, planned=self.planned)

    def begun_again(self, first: Outcome | None) -> None:
        (self.post.home / handoff.FILE).write_bytes(b"")
        handoff.begun(self.post.home, self.message_id, "one", 1, NOW)
        if first:
            handoff.answered(self.post.home, self.message_id, "one", 1, first, None)
        handoff.begun(self.post.home, self.message_id, "two", 2, NOW)
        handoff.answered(self.post.home, self.message_id, "two", 2, Outcome.ACCEPTED, 250)

    def ordered(self) -> None:
        with unit_of_work(self.store) as session:
            settling.resend(session, self.went, why=Why.ASKED, actor=LIN, now=NOW)
        self.deliver()
        self.accepted = Counter(each.message_id for each in self.post.sent)


@pytest.fixture
def case(empty_store: Store, database: str, tmp_path: Path) -> Case:
    return Case(empty_store, database, tmp_path)


def twice_under_two_numbers(case: Case) -> None:
    case.accepted[case.message_id.replace(".0@", ".1@")] = 1


BROKEN: dict[str, tuple[str, Callable[[Case], object]]] = {
    "begun again after an acceptance": ("I1", lambda case: case.begun_again(Outcome.ACCEPTED)),
    "begun again without an answer": ("I1", lambda case: case.begun_again(None)),
    "accepted twice": ("I2", lambda case: case.accepted.update([case.message_id])),
    "accepted twice without an order": ("I2", twice_under_two_numbers),
    "claimed for ever": ("I3", lambda case: case.stands("claimed")),
    "handing off for ever": ("I3", lambda case: case.stands("handing_off")),
    "waits past its last day": ("I3", lambda case: case.sql(
        f"UPDATE letter SET expires_on = '{TODAY}' WHERE id = {case.waits}")),
    "a worker is left": ("I3", lambda case: (case.post.home / "workers" / "x").touch()),
    "booked and never accepted": ("I4", lambda case: case.accepted.clear()),
    "refused and accepted": ("I4", lambda case: case.stands("refused")),
    "ready again": ("I5", lambda case: case.stands("ready")),
    "one letter too many": ("I6", lambda case: case.planned.pop()),
    "one letter lost": ("I6", lambda case: case.sql(f"DELETE FROM letter WHERE id = {case.waits}")),
    "one planned for another day": ("I6", lambda case: case.sql(
        f"UPDATE letter SET on_day = '{NEXT}' WHERE id = {case.waits}")),
    "one sent past the journal": ("verify", lambda case: case.stands("sent", case.waits)),
}  # fmt: skip


def test_nothing_is_amiss_where_nothing_is(case: Case) -> None:
    assert case.amiss() == []
    assert letter_of(case.store, case.went).state == LetterState.SENT
    case.ordered()
    assert len(case.accepted) == 2
    assert case.amiss() == []


def test_a_first_attempt_put_off_is_followed_by_another(case: Case) -> None:
    case.begun_again(Outcome.LATER)
    assert case.amiss() == []


@pytest.mark.parametrize("broken", BROKEN)
def test_each_broken_invariant_is_told(case: Case, broken: str) -> None:
    invariant, harm = BROKEN[broken]
    harm(case)
    assert [line for line in case.amiss() if line.startswith(invariant)]
