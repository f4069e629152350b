"""No letter leaves by machine that nobody approved, whichever channel its rhythm named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from donflow.bootstrap import import_tables
from donflow.greetings import planning
from donflow.greetings.batches import approve, open_batches, waiting_for_approval
from donflow.outbox.models import Letter, Way
from donflow.store.session import Store, reading, unit_of_work
from tests import databases
from tests.greetings.planned_office import TODAY, Planning, planning_office

import_tables()

THROUGH = date(2026, 10, 12)


@pytest.fixture
def desk(empty_store: Store, tmp_path: Path) -> Planning:
    desk = planning_office(empty_store, tmp_path)
    for number in (1, 2, 3):
        desk.person(number, None, "百")
    return desk


def waiting(desk: Planning, way: Way) -> int:
    """How many of the letters would wait, if all go this way."""
    letters = desk.letters()
    with reading(desk.store) as session:
        channels = {letter.id: way for letter in letters}
        return len(waiting_for_approval(session, letters, channels))


@pytest.mark.parametrize("named", [Way.WECHAT, Way.PAPER])
@databases.only_sqlite("what waits, not where")
def test_who_has_no_wechat_is_mailed_only_after_an_approval(desk: Planning, named: Way) -> None:
    desk.rhythm("百", "mid_autumn", channel=named.value)
    desk.plan(THROUGH)
    assert (waiting(desk, Way.MAIL), waiting(desk, named)) == (3, 0)
    with unit_of_work(desk.store) as session:
        [batch] = open_batches(session)
        approve(session, [batch.id], actor=desk.actor, now=desk.now)
    assert waiting(desk, Way.MAIL) == 0


@databases.only_sqlite("what waits, not where")
def test_the_brake_holds_what_was_to_go_by_hand_and_goes_by_mail(desk: Planning) -> None:
    desk.rhythm("百", "mid_autumn", channel=Way.WECHAT.value, approve=False)
    for number in range(4, 40):
        desk.person(number, None, "百")
    desk.plan(THROUGH)
    assert (waiting(desk, Way.MAIL), waiting(desk, Way.WECHAT)) == (39, 0)


@databases.only_sqlite("what waits, not where")
def test_a_letter_without_a_batch_waits_until_it_has_one(desk: Planning) -> None:
    desk.rhythm("百", "mid_autumn", approve=False)
    desk.plan(THROUGH)
    assert waiting(desk, Way.MAIL) == 0
    desk.write(update(Letter.__table__).values(batch_id=None))
    assert waiting(desk, Way.MAIL) == 3
    desk.plan(THROUGH)
    assert len({letter.batch_id for letter in desk.letters()} - {None}) == 1
    assert waiting(desk, Way.MAIL) == 0


@databases.only_sqlite("what waits, not where")
def test_a_letter_that_was_ordered_once_more_needs_no_batch(desk: Planning) -> None:
    desk.rhythm("百", "mid_autumn")
    desk.plan(THROUGH)
    desk.write(update(Letter.__table__).values(batch_id=None, n=1))
    assert waiting(desk, Way.MAIL) == 0


@databases.only_sqlite("what is shown, not where")
def test_a_batch_is_shown_until_all_of_it_is_by_hand(desk: Planning) -> None:
    desk.rhythm("百", "mid_autumn", channel=Way.WECHAT.value)
    desk.plan(THROUGH)
    for state, shown in (("planned", 3), ("ready", 0)):
        desk.write(update(Letter.__table__).values(state=state))
        with reading(desk.store) as session:
            assert sum(batch.waiting for batch in open_batches(session)) == shown


@databases.only_postgresql("two units of work write at once")
def test_nobody_approves_a_batch_while_letters_join_it(
    desk: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the letters that join would go though nobody saw how many they are."""
    desk.rhythm("百", "mid_autumn")
    desk.plan(TODAY.replace(day=25))
    [batch] = {letter.batch_id for letter in desk.letters()}
    for number in range(4, 60):
        desk.person(number, None, "百")

    def approved() -> int:
        with unit_of_work(desk.store) as session:
            [done] = approve(session, [batch or 0], actor=desk.actor, now=desk.now)
            return done.letters

    name = planning.name_batches
    with ThreadPoolExecutor(1) as pool:

        def name_meanwhile(connection: Connection) -> None:
            told.append(pool.submit(approved))
            with pytest.raises(TimeoutError):
                told[0].result(timeout=0.5)
            name(connection)

        told = []
        monkeypatch.setattr(planning, "name_batches", name_meanwhile)
        desk.plan(TODAY.replace(day=25))
        assert told[0].result(timeout=10) == 59
    assert {letter.batch_id for letter in desk.letters()} == {batch}
