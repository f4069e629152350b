"""A row moves by its lifecycle's decision: stage, deadline, history and event, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.accounts.models import User
from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.domain.workdays import Calendar
from donflow.engine.loader import load
from donflow.engine.machine import LifecycleMachine, build
from donflow.engine.rules import Attempt
from donflow.errors import Refused, say
from donflow.gifts.models import Gift
from donflow.store.journal import events_of, record
from donflow.store.moving import changes_of, done_by, enter, move
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests.store.one_of_each import GIFT, NOW

LENDING = """
schema: 1
lifecycles:
  gift:
    initial: shelf
    stages:
      shelf:  {zh: 在库, en: On the shelf, owner: secretary, within: 2 workdays}
      lent:   {zh: 借出, en: Lent, owner: secretary}
      gone:   {zh: 注销, en: Gone, end: true}
    transitions:
      - {do: lend, zh: 借出, en: Lend, from: shelf, to: lent, by: secretary}
      - {do: take_back, zh: 归还, en: Take back, from: lent, to: shelf, by: secretary,
         other_than: [lend]}
      - {do: scrap, zh: 注销, en: Scrap, from: [shelf, lent], to: gone, by: reviewer,
         reason: required}
"""
FRIDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 24)
SCAN = OnBehalf(Role.DONOR, EvidenceKind.PHOTO, "ab" * 32, FRIDAY)


@pytest.fixture
def machine() -> LifecycleMachine:
    roles = [str(role) for role in Role]
    workflow = load(LENDING.encode(), guards={"gift": []}, roles=roles)
    return build(workflow.lifecycles["gift"], {})


@pytest.fixture(autouse=True)
def _one_gift(store: Store, machine: LifecycleMachine) -> None:
    """Gift 1 stands at the beginning."""
    with unit_of_work(store) as session:
        session.add(User(username="lin", display_name="林秘书", active=True, created_at=NOW))
        gift = Gift(
            year=2026,
            serial=1,
            number="G2026-0001",
            kind="cash",
            channel="visit",
            heard_on=FRIDAY,
            created_at=NOW,
            changed_at=NOW,
        )
        enter(gift, machine, "v1", on=FRIDAY, calendar=Calendar())
        session.add(gift)
        session.flush()
        record(session, gift.subject, "gift_registered", actor=None, now=NOW)


def do(
    store: Store,
    machine: LifecycleMachine,
    name: str,
    *,
    on: date = FRIDAY,
    person: str = "林秘书",
    on_behalf_of: OnBehalf | None = None,
    reason: str | None = None,
) -> None:
    role = Role.REVIEWER if name == "scrap" else Role.SECRETARY
    with unit_of_work(store) as session:
        gift = session.get_one(Gift, 1)
        move(
            session,
            gift,
            machine,
            name,
            Attempt(
                gift.stage,
                facts=None,
                roles=frozenset({role}),
                person=person,
                reason=reason,
                done_by=done_by(session, gift.subject),
            ),
            subject=gift.subject,
            gift_id=gift.id,
            actor=Actor(1, frozenset({role}), role, on_behalf_of),
            now=NOW,
            on=on,
            calendar=Calendar(),
            act=say("Lend the thing."),
        )


def test_a_row_enters_at_the_beginning_with_its_deadline(store: Store) -> None:
    with reading(store) as session:
        gift = session.get_one(Gift, 1)
        assert (gift.stage, gift.entered_on, gift.workflow_version) == ("shelf", FRIDAY, "v1")
        assert (gift.due_on, gift.due_provisional) == (TUESDAY, False)


def test_a_move_writes_stage_clock_and_history(store: Store, machine: LifecycleMachine) -> None:
    do(store, machine, "lend", on=TUESDAY, on_behalf_of=SCAN)

    with reading(store) as session:
        gift = session.get_one(Gift, 1)
        assert (gift.stage, gift.entered_on, gift.due_on) == ("lent", TUESDAY, None)
        (change,) = changes_of(session, GIFT)
        assert (change.transition, change.from_stage, change.to_stage) == ("lend", "shelf", "lent")
        assert (change.person, change.on, change.at) == ("林秘书", TUESDAY, NOW)
        assert (change.on_behalf, change.acting_role) == (SCAN.as_codes(), "secretary")
        assert (change.gift_id, change.workflow_version) == (1, "v1")


def test_a_move_is_one_event_and_stands_up_to_verify(
    store: Store, machine: LifecycleMachine
) -> None:
    do(store, machine, "lend")

    with reading(store) as session:
        _, event = events_of(session, GIFT)
        assert event.action == "moved"
        assert event.detail == {
            "transition": "lend",
            "from": "shelf",
            "to": "lent",
            "version": "v1",
        }
        assert set(event.written) == {"gift:1", "stage_change:1"}
        assert verify_store(session) == ()


def test_a_refused_move_writes_nothing_and_says_every_reason(
    store: Store, machine: LifecycleMachine
) -> None:
    do(store, machine, "lend")

    with pytest.raises(Refused) as refused:
        do(store, machine, "take_back")

    assert [refusal.code for refusal in refused.value.refusals] == ["same_person"]
    assert refused.value.act == say("Lend the thing.")
    with reading(store) as session:
        assert session.get_one(Gift, 1).stage == "lent"
        assert len(changes_of(session, GIFT)) == 1
        assert len(events_of(session, GIFT)) == 2


def test_whoever_did_each_transition_is_remembered(store: Store, machine: LifecycleMachine) -> None:
    for lender, taker in (("林秘书", "周审核"), ("钱财务", "方印管")):
        do(store, machine, "lend", person=lender)
        do(store, machine, "take_back", person=taker)

    with reading(store) as session:
        assert done_by(session, GIFT) == {
            "lend": {"林秘书", "钱财务"},
            "take_back": {"周审核", "方印管"},
        }


def test_some_transitions_begin_anew(store: Store, machine: LifecycleMachine) -> None:
    for lender, taker in (("林秘书", "周审核"), ("钱财务", "方印管")):
        do(store, machine, "lend", person=lender)
        do(store, machine, "take_back", person=taker)
    do(store, machine, "lend", person="周审核")

    with reading(store) as session:
        assert done_by(session, GIFT, anew=frozenset({"lend"})) == {"lend": {"周审核"}}


def test_a_reason_is_kept(store: Store, machine: LifecycleMachine) -> None:
    do(store, machine, "scrap", reason="已损坏")

    with reading(store) as session:
        assert [change.reason for change in changes_of(session, GIFT)] == ["已损坏"]


def test_a_stage_set_otherwise_than_by_a_move_is_found(
    store: Store, machine: LifecycleMachine
) -> None:
    do(store, machine, "lend")
    with unit_of_work(store) as session:
        session.get_one(Gift, 1).stage = "gone"
        record(session, GIFT, "gift_changed", actor=None, now=NOW)

    with reading(store) as session:
        (finding,) = verify_store(session)
    assert (finding.code, finding.subject) == ("stage_differs", GIFT)
    assert finding.sentence.values == {
        "table": "gift",
        "row": "1",
        "stage": "gone",
        "moved_to": "lent",
    }
