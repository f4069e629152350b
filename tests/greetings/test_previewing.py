"""Looking ahead: what will have gone counts, and nothing is written."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from donflow.bootstrap import import_tables
from donflow.greetings.previewing import preview
from donflow.greetings.queue import Sought, queue_of
from donflow.outbox.models import LetterState
from donflow.roster.models import Consent
from donflow.store.session import Store, reading
from tests import databases
from tests.greetings.planned_office import SOME, Planning, planning_office

import_tables()

pytestmark = databases.both
FORM = (
    "id", "occasion", "addressee_kind", "addressee", "name", "on", "due_at", "channel", "state",
    "reason", "n", "batch", "salutation",
)  # fmt: skip


@pytest.fixture
def desk(empty_store: Store, tmp_path: Path) -> Planning:
    desk = planning_office(empty_store, tmp_path)
    for number, gender in ((1, "female"), (2, None)):
        desk.person(number, None, "百", gender=gender)
    consent = {
        "constituent_id": 1,
        "purpose": "greetings",
        "channel": "any",
        "decision": "given",
        "stated_on": SOME.date(),
    }
    desk.write(insert(Consent.__table__), [consent])
    desk.rhythm("百", "qiufen", channel="folder")
    desk.rhythm("百", "mid_autumn", channel="folder")
    desk.rhythm("百", "national_day", channel="folder")
    return desk


def test_what_is_expected_to_go_keeps_a_lesser_one_back(desk: Planning) -> None:
    assert _previewed(desk) == [
        (1, "qiufen", "suppressed", "just_greeted"),
        (2, "qiufen", "suppressed", "not_asked"),
        (1, "mid_autumn", "planned", None),
        (2, "mid_autumn", "suppressed", "not_asked"),
        (1, "national_day", "planned", None),
        (2, "national_day", "suppressed", "not_asked"),
    ]


def test_a_preview_is_the_same_before_planning_and_after_and_writes_nothing(
    desk: Planning,
) -> None:
    before = _previewed(desk)
    assert desk.letters() == []
    desk.plan(date(2026, 9, 26))
    assert _previewed(desk) == before


def test_a_line_has_the_fixed_form_and_names_nobody_barely(desk: Planning) -> None:
    with reading(desk.store) as session:
        lines = preview(session, desk.office, through=date(2026, 9, 24), now=desk.now)
    assert tuple(asdict(lines[0])) == FORM
    assert [line.salutation for line in lines] == ["梁启舟1女士", "梁启舟2校友"]


def test_the_queue_is_sought_by_state_person_day_and_occasion(desk: Planning) -> None:
    desk.plan(date(2026, 10, 12))
    desk.stands(2, LetterState.SENT)

    def found(**sought: object) -> list[tuple[int, str]]:
        with reading(desk.store) as session:
            lines = queue_of(session, desk.office, Sought(**sought), desk.now)  # type: ignore[arg-type]
        return [(line.addressee, line.occasion) for line in lines]

    assert found() == [(1, "qiufen"), (1, "mid_autumn"), (1, "national_day")]
    assert len(found(states=("sent",))) == 3
    assert found(person=2, states=("sent",), occasion="qiufen") == [(2, "qiufen")]
    assert found(first=date(2026, 9, 24), last=date(2026, 9, 30)) == [(1, "mid_autumn")]
    batches = {each.occasion: each.batch_id for each in desk.letters()}
    assert len(found(batch=batches["qiufen"])) == 2


def _previewed(desk: Planning) -> list[tuple[int, str, str, str | None]]:
    with reading(desk.store) as session:
        lines = preview(session, desk.office, through=date(2026, 10, 2), now=desk.now)
    return [(line.addressee, line.occasion, line.state, line.reason) for line in lines]
