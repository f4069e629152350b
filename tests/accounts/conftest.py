"""A store with its tables, and the standing cast as users."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from donflow.accounts.users import actor_of, add_user, assign_role, get_user
from donflow.domain.actor import Actor, Role
from donflow.store.session import Store, reading, unit_of_work

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CAST = {
    "lin": ("林秘书", Role.SECRETARY),
    "zhou": ("周审核", Role.REVIEWER),
    "qian": ("钱财务", Role.FINANCE),
    "fang": ("方印管", Role.SEAL_KEEPER),
    "guan": ("管理员", Role.ADMIN),
}


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def store(empty_store: Store) -> Store:
    store = empty_store
    with unit_of_work(store) as session:
        for username, (display_name, role) in CAST.items():
            user = add_user(session, username, display_name, actor=None, now=NOW)
            assign_role(session, user, role, since=date(2026, 1, 1), actor=None, now=NOW)
        add_user(session, "wai", "外人", actor=None, now=NOW)
    return store


@pytest.fixture
def cast(store: Store) -> dict[str, Actor]:
    with reading(store) as session:
        return {name: actor_of(get_user(session, name), today=TODAY) for name in CAST}
