"""The permission table: each row for each role, as it was agreed; a widening shows here."""

from __future__ import annotations

from pathlib import Path

import pytest

from donflow.accounts.policy import (
    OPEN,
    POLICY,
    REVEAL,
    ROLE_NAMES,
    NotPermitted,
    Scope,
    allowed,
    may_reveal,
    names_of,
    open_commands,
)
from donflow.domain.actor import Role

TABLE = Path(__file__).with_name("policy.txt")


def table() -> str:
    """Every command against every role; `-` where the role may not."""
    width = max(map(len, POLICY))
    head = f"{'':{width}}  " + "  ".join(f"{role:11}" for role in Role)
    rows = [
        f"{command:{width}}  " + "  ".join(f"{row.get(role, '-'):11}" for role in Role)
        for command, row in sorted(POLICY.items())
    ]
    return "".join(
        line.rstrip() + "\n" for line in [head.replace("chapter_officer", "chapter    "), *rows]
    )


def test_every_role_has_what_the_agreed_table_says_for_every_command() -> None:
    """After a change that is meant: write `table()` into policy.txt, and let somebody read it."""
    assert table() == TABLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "role", "scope"),
    [
        # the lines of the matrix, trust.md 4
        ("gift list", Role.SECRETARY, Scope.ALL),
        ("gift list", Role.LIAISON, Scope.OWN),
        ("gift list", Role.REVIEWER, Scope.FROM_REVIEW),
        ("gift list", Role.FINANCE, Scope.FROM_SEAL),
        ("gift list", Role.SEAL_KEEPER, Scope.FROM_SEAL),
        ("gift list", Role.ADMIN, Scope.COUNTS),
        ("gift list", Role.CHAPTER_OFFICER, Scope.OWN),
        ("gift show", Role.ADMIN, None),
        ("agreement draft", Role.LIAISON, None),
        ("agreement draft", Role.REVIEWER, None),
        ("review approve", Role.SECRETARY, None),
        ("review approve", Role.REVIEWER, Scope.FROM_REVIEW),
        ("review return", Role.SECRETARY, None),
        ("original seal", Role.SECRETARY, None),
        ("original seal", Role.REVIEWER, None),
        ("original seal", Role.SEAL_KEEPER, Scope.FROM_SEAL),
        ("payment confirm", Role.SECRETARY, None),
        ("payment confirm", Role.FINANCE, Scope.ALL),
        ("paper handover", Role.SECRETARY, Scope.ALL),
        ("paper handover", Role.FINANCE, None),
        ("person show", Role.ADMIN, Scope.MASKED),
        ("person reveal", Role.REVIEWER, None),
        ("person reveal", Role.ADMIN, None),
        ("person edit", Role.CHAPTER_OFFICER, None),
        ("user add", Role.ADMIN, Scope.ALL),
        ("user add", Role.LEADER, None),
        ("journal show", Role.ADMIN, Scope.ALL),
        ("verify", Role.FINANCE, None),
    ],
)
def test_the_matrix_holds(command: str, role: Role, scope: Scope | None) -> None:
    if scope is None:
        with pytest.raises(NotPermitted):
            allowed(command, {role})
    else:
        assert allowed(command, {role}) is scope


def test_a_role_without_a_place_in_the_row_may_not() -> None:
    for command, row in POLICY.items():
        for role in set(Role) - set(row):
            with pytest.raises(NotPermitted):
                allowed(command, {role})


def test_nobody_may_anything_but_what_is_open_without_a_role() -> None:
    for command in POLICY:
        with pytest.raises(NotPermitted):
            allowed(command, ())


def test_a_refusal_names_who_may() -> None:
    with pytest.raises(NotPermitted) as refused:
        allowed("person reveal", {Role.ADMIN})

    assert str(refused.value) == (
        "“person reveal” is done by: secretary, liaison teacher, finance officer."
    )
    assert (refused.value.exit_code, refused.value.http_status) == (2, 403)


def test_nobody_is_named_where_nobody_may() -> None:
    assert str(names_of(())) == "nobody"


def test_of_several_roles_the_widest_reach_counts() -> None:
    assert allowed("gift list", {Role.LIAISON, Role.REVIEWER}) is Scope.FROM_REVIEW
    assert allowed("gift list", {Role.REVIEWER, Role.SECRETARY}) is Scope.ALL


def test_a_command_without_a_row_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        allowed("gift burn", {Role.SECRETARY})


def test_open_commands_have_rows_and_are_open_to_every_role() -> None:
    assert open_commands() == OPEN
    for command in OPEN:
        assert dict(POLICY[command]) == dict.fromkeys(Role, Scope.ALL)


def test_only_open_commands_are_open_to_every_role() -> None:
    assert {command for command, row in POLICY.items() if len(row) == len(Role)} == OPEN


def test_the_administrator_has_no_business_command() -> None:
    writing = {command for command, row in POLICY.items() if row.get(Role.ADMIN) is Scope.ALL}

    assert writing - OPEN == {
        "verify",
        "scheduler",
        "journal show",
        "doctor",
        "backup",
        "instance show",
        "instance release",
        "user add",
        "user list",
        "user mail",
        "user role",
        "user deactivate",
        "order list",
        "order show",
        "order confirm",
        "order refuse",
        "states activate",
        "states diff",
        "states migrate",
        "states show",
        "states versions",
        "vault check",
        "vault quarantine",
        "settings show",
        "settings desk",
    }


def test_every_role_has_a_name() -> None:
    assert set(ROLE_NAMES) == set(Role)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("phone", {Role.SECRETARY, Role.LIAISON}),
        ("mail", {Role.SECRETARY, Role.LIAISON}),
        ("wechat", {Role.SECRETARY, Role.LIAISON}),
        ("address", {Role.SECRETARY, Role.LIAISON}),
        ("resident_id", {Role.SECRETARY}),
        ("passport", {Role.SECRETARY}),
        ("bank_account", {Role.SECRETARY, Role.FINANCE}),
        ("unknown", set()),
    ],
)
def test_each_kind_of_field_is_revealed_to_few(kind: str, roles: set[Role]) -> None:
    assert {role for role in Role if may_reveal(kind, role)} == roles


def test_who_reveals_a_field_may_run_the_command() -> None:
    assert frozenset().union(*REVEAL.values()) == frozenset(POLICY["person reveal"])
