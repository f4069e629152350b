"""The versions of states.yaml: the last one activated is current, and earlier ones stay whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from donflow.domain.actor import Role
from donflow.domain.guards import GUARDS
from donflow.engine.loader import load
from donflow.engine.spec import Workflow
from donflow.store.journal import events_of
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from donflow.store.workflows import SUBJECT, activate, current_version, machines
from tests.store.one_of_each import NOW

STATES = Path(__file__).parents[2] / "states.yaml"


def workflow(label: str = "意向登记") -> Workflow:
    """The shipped lifecycles, the first stage of a gift perhaps called otherwise."""
    content = STATES.read_text(encoding="utf-8").replace("意向登记", label, 1)
    guards = {lifecycle: list(named) for lifecycle, named in GUARDS.items()}
    return load(content.encode(), guards=guards, roles=[str(role) for role in Role])


@pytest.fixture
def versions(store: Store) -> list[str]:
    """An old and a current version."""
    both = [workflow(), workflow("初次登记")]
    for each in both:
        with unit_of_work(store) as session:
            activate(session, each, actor=None, now=NOW)
    return [each.version for each in both]


def test_the_last_activated_version_is_current(store: Store, versions: list[str]) -> None:
    with reading(store) as session:
        assert versions[0] != versions[1]
        assert current_version(session) == versions[1]


def test_an_old_version_can_be_activated_again(store: Store, versions: list[str]) -> None:
    with unit_of_work(store) as session:
        activate(session, workflow(), actor=None, now=NOW)

    with reading(store) as session:
        assert current_version(session) == versions[0]
        assert set(machines(session, versions[0], GUARDS)) == set(workflow().lifecycles)


def test_each_version_is_kept_as_it_was(store: Store, versions: list[str]) -> None:
    with reading(store) as session:
        labels = [
            machines(session, version, GUARDS)["gift"].lifecycle.stages["intent"].label.zh
            for version in versions
        ]
    assert labels == ["意向登记", "初次登记"]


def test_an_activation_is_in_the_journal(store: Store, versions: list[str]) -> None:
    with reading(store) as session:
        events = events_of(session, SUBJECT)
        assert [event.detail for event in events] == [{"version": each} for each in versions]
        assert verify_store(session) == ()


def test_a_version_whose_content_was_changed_is_not_used(store: Store, versions: list[str]) -> None:
    with reading(store) as session:
        session.execute(text("UPDATE workflow_version SET content = replace(content, '1', '2')"))

        with pytest.raises(ValueError):
            machines(session, versions[0], GUARDS)

        assert {finding.code for finding in verify_store(session)} == {"row_changed"}
