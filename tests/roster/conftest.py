"""A store, a key file, two users, and 梁启舟 with everything that must never stand open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from donflow.accounts.users import actor_of, add_user, assign_role, get_user
from donflow.bootstrap import import_tables
from donflow.domain.actor import Actor, Role
from donflow.roster.holdings import add_contact_point, add_identifier
from donflow.roster.models import (
    Constituent,
    ConstituentKind,
    ContactKind,
    Gender,
    IdentifierKind,
    Source,
)
from donflow.roster.people import Particulars, add_constituent
from donflow.store.keys import KeyRing, create_keys
from donflow.store.session import Store, reading, unit_of_work

import_tables()

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CAST = {"lin": Role.SECRETARY, "zhou": Role.REVIEWER, "qian": Role.FINANCE, "guan": Role.ADMIN}
PHONE, MAIL = "13800007758", "qizhou.liang@yunlu.example"
ADDRESS, WECHAT = "云州市麓山区桂花街七号二单元", "liang_of_yunlu"
RESIDENT_ID, ACCOUNT, PASSPORT = "11010119680319000X", "6222000000004321", "E00001234"
CANARIES = (PHONE, MAIL, ADDRESS, WECHAT, RESIDENT_ID, ACCOUNT, PASSPORT)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def canaries() -> tuple[str, ...]:
    """Values that are encrypted wherever they stand."""
    return CANARIES


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return create_keys(tmp_path / "donflow.keys")


@pytest.fixture
def store(empty_store: Store) -> Store:
    store = empty_store
    with unit_of_work(store) as session:
        for username, role in CAST.items():
            user = add_user(session, username, username, actor=None, now=NOW)
            assign_role(session, user, role, since=TODAY, actor=None, now=NOW)
    return store


@pytest.fixture
def cast(store: Store) -> dict[str, Actor]:
    with reading(store) as session:
        return {name: actor_of(get_user(session, name), today=TODAY) for name in CAST}


@pytest.fixture
def lin(cast: dict[str, Actor]) -> Actor:
    """The secretary."""
    return cast["lin"]


@pytest.fixture
def liang(store: Store, keys: KeyRing, lin: Actor) -> int:
    """The number of 梁启舟, with one holding of each kind."""
    with unit_of_work(store) as session:
        person = Particulars(ConstituentKind.PERSON, "梁启舟", ("Leung Kai Chau",), Gender.MALE)
        constituent = add_constituent(session, keys, person, actor=lin, now=NOW)
        _add_holdings(session, keys, constituent, lin)
    return constituent.id


def _add_holdings(session: Session, keys: KeyRing, constituent: Constituent, actor: Actor) -> None:
    contact_points = {
        ContactKind.PHONE: PHONE,
        ContactKind.MAIL: MAIL,
        ContactKind.ADDRESS: ADDRESS,
        ContactKind.WECHAT: WECHAT,
    }
    for kind, raw in contact_points.items():
        add_contact_point(
            session,
            keys,
            constituent,
            kind=kind,
            raw=raw,
            source=Source.SELF,
            since=TODAY,
            actor=actor,
            now=NOW,
        )
    identifiers = {
        IdentifierKind.RESIDENT_ID: RESIDENT_ID,
        IdentifierKind.BANK_ACCOUNT: ACCOUNT,
        IdentifierKind.PASSPORT: PASSPORT,
    }
    for identifier_kind, raw in identifiers.items():
        add_identifier(
            session, keys, constituent, kind=identifier_kind, raw=raw, actor=actor, now=NOW
        )
