"""What time brings: each gift for itself, whatever becomes of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from donflow.bootstrap import OpenOffice
from tests import databases
from tests.journeys.desk import Desk

LATE = "2026-12-01"


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    """Three gifts of which nobody heard for long; of the first two the donor was reminded."""
    desk = office_at("intent")
    desk("gift new")
    desk("gift new")
    for number in (1, 2, 3):
        desk(f"gift contact {number} --channel phone")
    for number in (1, 2):
        desk(f"gift record {number} reminded", day="2026-11-02")
    return desk


def stages(desk: Desk) -> list[str]:
    return [desk.stage(str(number)) for number in (1, 2, 3)]


def test_time_moves_the_gifts_that_are_ready_and_no_other(desk: Desk) -> None:
    done = desk("scheduler --once --json", day=LATE).data
    assert [item["gift"] for item in done["moved"]] == ["G2026-0001", "G2026-0002"]
    assert stages(desk) == ["expired", "expired", "intent"]
    last = desk.sql("SELECT acting_role FROM journal_event ORDER BY id DESC LIMIT 1")
    assert last == [("time",)]
    before = desk.rows()
    assert desk("scheduler --once --json").data["moved"] == []
    assert desk.rows() == before


def test_a_gift_that_fails_keeps_no_other_back(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    databases.refuse(desk.url, "UPDATE", "gift", row=1)
    with caplog.at_level(logging.ERROR, "donflow"):
        answer = desk("scheduler --once --json", day=LATE, code=1)
    assert answer.data["failed"] == ["G2026-0001"]
    assert stages(desk) == ["intent", "expired", "intent"]
    assert [record.getMessage() for record in caplog.records] == [
        "tick gift=G2026-0001 failure=IntegrityError"
    ]


def test_facts_that_cannot_be_gathered_for_one_stop_one(desk: Desk) -> None:
    desk.sql("UPDATE gift SET workflow_version = 'none' WHERE id = 1")
    answer = desk("scheduler --once --json", day=LATE, code=1)
    assert answer.data["failed"] == ["G2026-0001"]
    assert [item["gift"] for item in answer.data["moved"]] == ["G2026-0002"]


def test_where_nothing_is_ready_no_gift_is_opened_to_write(desk: Desk) -> None:
    desk("scheduler --once --json", day=LATE)
    opened: OpenOffice = desk._offices[desk.home]
    said: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(opened.store.writer, "before_cursor_execute", note)
    desk("scheduler --once")
    assert said  # orders, the clock and the letters have their units
    assert not [statement for statement in said if "WHERE gift.id = " in statement]
