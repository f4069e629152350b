"""Users, their roles by day, and the actor that a user is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from donflow.accounts.users import (
    AdminApart,
    OwnAccount,
    PeriodBackwards,
    RoleNotAssignable,
    RoleNotHeld,
    UserInactive,
    actor_of,
    add_user,
    all_users,
    assign_role,
    capacities_on,
    deactivate,
    end_role,
    find_user,
    get_user,
    roles_on,
)
from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.errors import NotFound, Refused
from donflow.store.journal import Subject, events_of
from donflow.store.session import Store, reading, unit_of_work

BUSINESS = sorted(set(Role) - {Role.ADMIN, Role.DONOR, Role.TIME})


def test_a_user_is_found_by_username(store: Store) -> None:
    with reading(store) as session:
        assert get_user(session, "lin").display_name == "林秘书"
        assert find_user(session, "nobody") is None
        assert [user.username for user in all_users(session)] == [
            "fang",
            "guan",
            "lin",
            "qian",
            "wai",
            "zhou",
        ]
        with pytest.raises(NotFound):
            get_user(session, "nobody")


@pytest.mark.parametrize("username", ["", "a", "Lin", "lin mi", "林", "a" * 41, "lin\n", "../lin"])
def test_a_username_is_plain(
    store: Store, cast: dict[str, Actor], username: str, now: datetime
) -> None:
    with reading(store) as session, pytest.raises(Refused) as refused:
        add_user(session, username, "某人", actor=cast["guan"], now=now)

    assert [refusal.code for refusal in refused.value.refusals] == ["username_form"]


def test_every_mistake_of_a_new_user_is_said_at_once(
    store: Store, cast: dict[str, Actor], now: datetime
) -> None:
    with reading(store) as session, pytest.raises(Refused) as refused:
        add_user(session, "lin", " ", actor=cast["guan"], now=now)

    codes = [refusal.code for refusal in refused.value.refusals]
    assert codes == ["username_taken", "display_name_empty"]


def test_a_user_without_a_role_may_not_act(store: Store, today: date) -> None:
    with reading(store) as session, pytest.raises(RoleNotHeld):
        actor_of(get_user(session, "wai"), today=today)


def test_the_acting_role_must_be_held(store: Store, today: date) -> None:
    with reading(store) as session:
        user = get_user(session, "lin")
        with pytest.raises(RoleNotHeld):
            actor_of(user, Role.REVIEWER, today=today)

        assert actor_of(user, today=today) == Actor(
            user.id, frozenset({Role.SECRETARY}), Role.SECRETARY
        )


def test_an_actor_carries_for_whom_it_is_recorded(store: Store, today: date) -> None:
    evidence = OnBehalf(Role.REVIEWER, EvidenceKind.RETURNED_WORD, "ab" * 32, today)
    with reading(store) as session:
        actor = actor_of(get_user(session, "lin"), Role.SECRETARY, evidence, today=today)

    assert actor.role is Role.REVIEWER
    assert actor.acting_role is Role.SECRETARY


@pytest.mark.parametrize("role", BUSINESS)
def test_an_administrator_is_given_no_business_role(
    store: Store, cast: dict[str, Actor], role: Role, now: datetime, today: date
) -> None:
    with reading(store) as session, pytest.raises(AdminApart):
        assign_role(session, get_user(session, "guan"), role, since=today, actor=None, now=now)


def test_nobody_with_a_business_role_becomes_administrator(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    with reading(store) as session, pytest.raises(AdminApart):
        assign_role(
            session, get_user(session, "lin"), Role.ADMIN, since=today, actor=cast["guan"], now=now
        )


def test_one_who_was_administrator_may_work_after_the_last_day(
    store: Store, now: datetime, today: date
) -> None:
    tomorrow = today + timedelta(days=1)
    with unit_of_work(store) as session:
        user = get_user(session, "guan")
        end_role(session, user, Role.ADMIN, until=tomorrow, actor=None, now=now)
        with pytest.raises(AdminApart):
            assign_role(session, user, Role.SECRETARY, since=today, actor=None, now=now)
        assign_role(session, user, Role.SECRETARY, since=tomorrow, actor=None, now=now)

        assert roles_on(user, today) == (Role.ADMIN,)
        assert roles_on(user, tomorrow) == (Role.SECRETARY,)


@pytest.mark.parametrize("role", [Role.DONOR, Role.TIME])
def test_nobody_is_made_donor_or_clock(
    store: Store, role: Role, now: datetime, today: date
) -> None:
    with reading(store) as session, pytest.raises(RoleNotAssignable):
        assign_role(session, get_user(session, "wai"), role, since=today, actor=None, now=now)


def test_a_role_does_not_end_before_it_begins(store: Store, now: datetime, today: date) -> None:
    with reading(store) as session, pytest.raises(PeriodBackwards):
        assign_role(
            session,
            get_user(session, "wai"),
            Role.LEADER,
            since=today,
            until=today - timedelta(days=1),
            actor=None,
            now=now,
        )


def test_nobody_changes_the_own_account(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    admin = cast["guan"]
    with reading(store) as session:
        user = get_user(session, "guan")
        with pytest.raises(OwnAccount):
            assign_role(session, user, Role.ADMIN, since=today, actor=admin, now=now)
        with pytest.raises(OwnAccount):
            end_role(session, user, Role.ADMIN, until=today, actor=admin, now=now)
        with pytest.raises(OwnAccount):
            deactivate(session, user, actor=admin, now=now)


def test_a_deactivated_user_does_not_act(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        deactivate(session, get_user(session, "zhou"), actor=cast["guan"], now=now)

    with reading(store) as session, pytest.raises(UserInactive):
        actor_of(get_user(session, "zhou"), today=today)


def test_a_role_that_is_not_held_is_not_ended(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    with reading(store) as session, pytest.raises(RoleNotHeld):
        end_role(
            session,
            get_user(session, "lin"),
            Role.REVIEWER,
            until=today,
            actor=cast["guan"],
            now=now,
        )


def test_a_capacity_is_held_with_its_role(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        user = get_user(session, "zhou")
        assign_role(
            session,
            user,
            Role.REVIEWER,
            since=today,
            capacity="legal",
            actor=cast["guan"],
            now=now,
        )

    with reading(store) as session:
        user = get_user(session, "zhou")
        assert capacities_on(user, Role.REVIEWER, today) == {"legal"}
        assert capacities_on(user, Role.REVIEWER, today - timedelta(days=1)) == frozenset()
        assert roles_on(user, today) == (Role.REVIEWER,)


def test_the_journal_tells_who_gave_which_role(
    store: Store, cast: dict[str, Actor], now: datetime, today: date
) -> None:
    with unit_of_work(store) as session:
        user = get_user(session, "wai")
        assign_role(session, user, Role.LIAISON, since=today, actor=cast["guan"], now=now)

    with reading(store) as session:
        events = events_of(session, Subject("user", get_user(session, "wai").id))
        assert [event.action for event in events] == ["user_added", "role_assigned"]
        assert events[-1].user_id == cast["guan"].user_id
        assert events[-1].detail["role"] == "liaison"
