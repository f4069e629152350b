"""Whose act it counts as, in a desk alone and in a shared one."""

from __future__ import annotations

from datetime import date

import pytest

from donflow.domain.actor import Actor, EvidenceKind, OnBehalf, Role
from donflow.domain.desk import Desk, person_of, roles_of

SINGLE, SHARED = Desk.SINGLE, Desk.SHARED
SECRETARY, REVIEWER, DONOR, ADMIN = Role.SECRETARY, Role.REVIEWER, Role.DONOR, Role.ADMIN


def an_actor(role: Role, outside: Role | None = None, document: str = "ab" * 32) -> Actor:
    recorded = None
    if outside:
        recorded = OnBehalf(outside, EvidenceKind.RETURNED_WORD, document, date(2026, 11, 20))
    return Actor(7, frozenset({role}), role, recorded)


@pytest.mark.parametrize(
    ("actor", "desk", "person", "roles"),
    [
        (an_actor(SECRETARY), SINGLE, "user:7", {SECRETARY}),
        (an_actor(SECRETARY), SHARED, "user:7", {SECRETARY}),
        (an_actor(SECRETARY, REVIEWER), SINGLE, "outside:reviewer", {REVIEWER}),
        (an_actor(SECRETARY, REVIEWER), SHARED, "user:7", set()),
        (an_actor(SECRETARY, DONOR), SINGLE, "outside:donor", {DONOR}),
        (an_actor(SECRETARY, DONOR), SHARED, "user:7", {DONOR}),
        # without a document there is no evidence
        (an_actor(SECRETARY, REVIEWER, document=""), SINGLE, "user:7", set()),
        (an_actor(SECRETARY, DONOR, document=""), SHARED, "user:7", set()),
        # only the secretary records for others; an administrator gains no business role by it
        (an_actor(ADMIN, REVIEWER), SINGLE, "user:7", set()),
        (an_actor(ADMIN, DONOR), SHARED, "user:7", set()),
        (an_actor(Role.LIAISON, REVIEWER), SINGLE, "user:7", set()),
        # nobody outside administers users or is the clock
        (an_actor(SECRETARY, ADMIN), SINGLE, "user:7", set()),
        (an_actor(SECRETARY, Role.TIME), SINGLE, "user:7", set()),
    ],
)
def test_the_person_and_the_roles_of_an_act(
    actor: Actor, desk: Desk, person: str, roles: set[Role]
) -> None:
    assert person_of(actor, desk) == person
    assert roles_of(actor, desk) == roles


@pytest.mark.parametrize("role", sorted(set(Role) - {ADMIN, Role.TIME}))
def test_a_single_desk_records_for_every_role_outside(role: Role) -> None:
    actor = an_actor(SECRETARY, role)

    assert roles_of(actor, SINGLE) == {role}
    assert person_of(actor, SINGLE) != person_of(an_actor(SECRETARY), SINGLE)


@pytest.mark.parametrize("role", sorted(set(Role) - {DONOR, SECRETARY}))
def test_a_shared_desk_records_for_nobody_but_the_donor(role: Role) -> None:
    assert role not in roles_of(an_actor(SECRETARY, role), SHARED)
