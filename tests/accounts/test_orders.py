"""Acts of two persons: never done by one alone, nor late, nor changed, nor twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from donflow.accounts.models import ProposedAct, User
from donflow.accounts.orders import (
    OrderChanged,
    OrderExpired,
    OrderSettled,
    OwnOrder,
    TwoPersonAct,
    confirm,
    expire,
    propose,
    refuse,
    waiting,
)
from donflow.accounts.policy import NotPermitted
from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.domain.desk import Desk
from donflow.errors import NotFound
from donflow.store.journal import Subject, events_of, record
from donflow.store.session import Store, reading, unit_of_work


def rename(session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """A stand-in for an act: it changes a user's shown name to what was ordered."""
    user = session.get_one(User, arguments["user"])
    user.display_name = arguments["code"]
    record(session, Subject("user", user.id), "renamed", actor=actor, now=now)


def fail(session: Session, arguments: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    rename(session, arguments, actor, now)
    raise RuntimeError("the act could not be done")


ACTS = {"rename": TwoPersonAct(rename, frozenset({Role.REVIEWER, Role.LEADER}))}


@pytest.fixture
def number(store: Store, cast: dict[str, Actor], now: datetime) -> int:
    """An order that 林秘书 asked for, in a shared desk."""
    return an_order(store, cast["lin"], now)


def an_order(store: Store, asker: Actor, now: datetime, desk: Desk = Desk.SHARED) -> int:
    with unit_of_work(store) as session:
        order = propose(
            session,
            "rename",
            {"user": 1, "code": "c-2"},
            actor=asker,
            desk=desk,
            now=now,
            until=now + timedelta(days=3),
        )
    return order.id


def name_of_first(store: Store) -> str:
    with reading(store) as session:
        return session.get_one(User, 1).display_name


def recorded_for(actor: Actor, role: Role) -> Actor:
    evidence = OnBehalf(role, EvidenceKind.MINUTES, "cd" * 32, date(2026, 11, 20))
    return Actor(actor.user_id, actor.roles, actor.acting_role, evidence)


def test_a_second_user_confirms_and_the_act_is_done(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        order = confirm(session, number, ACTS, actor=cast["zhou"], desk=Desk.SHARED, now=now)

    assert name_of_first(store) == "c-2"
    assert (order.outcome, order.settled_by) == ("confirmed", cast["zhou"].user_id)
    with reading(store) as session:
        assert waiting(session, now) == []
        actions = [event.action for event in events_of(session, Subject("order", number))]
        assert actions == ["order_proposed", "order_confirmed"]


@pytest.mark.parametrize("outside", [None, Role.REVIEWER])
def test_in_a_shared_desk_the_asker_never_confirms(
    store: Store, cast: dict[str, Actor], number: int, now: datetime, outside: Role | None
) -> None:
    actor = recorded_for(cast["lin"], outside) if outside else cast["lin"]

    with pytest.raises(OwnOrder), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=actor, desk=Desk.SHARED, now=now)

    assert name_of_first(store) == "林秘书"


def test_in_a_single_desk_the_asker_confirms_with_evidence_of_another_persons_consent(
    store: Store, cast: dict[str, Actor], now: datetime
) -> None:
    number = an_order(store, cast["lin"], now, Desk.SINGLE)
    actor = recorded_for(cast["lin"], Role.REVIEWER)

    with unit_of_work(store) as session:
        order = confirm(session, number, ACTS, actor=actor, desk=Desk.SINGLE, now=now)

    assert (order.asked_as, order.settled_as) == (
        f"user:{actor.user_id}",
        "outside:reviewer",
    )
    assert name_of_first(store) == "c-2"
    with reading(store) as session:
        event = events_of(session, Subject("order", number))[-1]
        assert event.on_behalf is not None
        assert event.on_behalf["document"] == "cd" * 32


def test_in_a_single_desk_the_asker_does_not_confirm_without_evidence(
    store: Store, cast: dict[str, Actor], now: datetime
) -> None:
    number = an_order(store, cast["lin"], now, Desk.SINGLE)

    with pytest.raises(OwnOrder), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=cast["lin"], desk=Desk.SINGLE, now=now)

    assert name_of_first(store) == "林秘书"


def test_the_same_person_outside_does_not_both_ask_and_confirm(
    store: Store, cast: dict[str, Actor], now: datetime
) -> None:
    reviewer_outside = recorded_for(cast["lin"], Role.REVIEWER)
    number = an_order(store, reviewer_outside, now, Desk.SINGLE)

    with pytest.raises(OwnOrder), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=reviewer_outside, desk=Desk.SINGLE, now=now)


@pytest.mark.parametrize("name", ["qian", "fang", "guan"])
def test_a_second_user_in_another_role_does_not_confirm(
    store: Store, cast: dict[str, Actor], number: int, now: datetime, name: str
) -> None:
    with pytest.raises(NotPermitted) as refused, unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=cast[name], desk=Desk.SHARED, now=now)

    assert str(refused.value) == "“rename” is done by: leader, reviewer."
    assert name_of_first(store) == "林秘书"


def test_an_expired_order_is_refused_and_closed_by_the_clock(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    last, late = now + timedelta(days=3), now + timedelta(days=3, seconds=1)
    with pytest.raises(OrderExpired), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=cast["zhou"], desk=Desk.SHARED, now=late)
    with unit_of_work(store) as session:
        assert expire(session, last) == []
        assert [order.id for order in expire(session, late)] == [number]
        assert expire(session, late) == []

    with reading(store) as session:
        assert session.get_one(ProposedAct, number).outcome == "expired"
    with pytest.raises(OrderSettled), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=cast["zhou"], desk=Desk.SHARED, now=now)
    assert name_of_first(store) == "林秘书"


def test_an_order_holds_to_the_last_second(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    last = now + timedelta(days=3)
    with unit_of_work(store) as session:
        assert [order.id for order in waiting(session, last)] == [number]
        confirm(session, number, ACTS, actor=cast["zhou"], desk=Desk.SHARED, now=last)

    assert name_of_first(store) == "c-2"


def test_an_order_is_settled_once(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        refuse(session, number, actor=cast["zhou"], desk=Desk.SHARED, now=now)

    with pytest.raises(OrderSettled), unit_of_work(store) as session:
        confirm(session, number, ACTS, actor=cast["zhou"], desk=Desk.SHARED, now=now)
    with pytest.raises(OrderSettled), unit_of_work(store) as session:
        refuse(session, number, actor=cast["zhou"], desk=Desk.SHARED, now=now)
    assert name_of_first(store) == "林秘书"


@pytest.mark.parametrize(
    "change",
    [
        """UPDATE proposed_act SET arguments = '{"code":"c-9","user":1}'""",
        "UPDATE proposed_act SET act = 'other'",
        "UPDATE proposed_act SET digest = 'x'",
    ],
)
def test_an_order_changed_behind_donflows_back_is_refused(
    store: Store, cast: dict[str, Actor], number: int, now: datetime, change: str
) -> None:
    with store.writer.begin() as connection:
        connection.exec_driver_sql(change)
    acts = ACTS | {"other": ACTS["rename"]}

    with pytest.raises(OrderChanged), unit_of_work(store) as session:
        confirm(session, number, acts, actor=cast["zhou"], desk=Desk.SHARED, now=now)

    assert name_of_first(store) == "林秘书"


def test_an_act_that_fails_leaves_the_order_open(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    acts = {"rename": TwoPersonAct(fail, frozenset({Role.REVIEWER}))}

    with pytest.raises(RuntimeError), unit_of_work(store) as session:
        confirm(session, number, acts, actor=cast["zhou"], desk=Desk.SHARED, now=now)

    assert name_of_first(store) == "林秘书"
    with reading(store) as session:
        assert [order.id for order in waiting(session, now)] == [number]


def test_the_asker_may_take_an_order_back(
    store: Store, cast: dict[str, Actor], number: int, now: datetime
) -> None:
    with unit_of_work(store) as session:
        order = refuse(session, number, actor=cast["lin"], desk=Desk.SHARED, now=now)

    assert order.outcome == "refused"


def test_there_is_no_order_of_an_unknown_number(
    store: Store, cast: dict[str, Actor], now: datetime
) -> None:
    with pytest.raises(NotFound), unit_of_work(store) as session:
        refuse(session, 99, actor=cast["lin"], desk=Desk.SHARED, now=now)
