"""What is planned: each letter once, however often it is asked, and no more than the rules give."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from donflow.bootstrap import import_tables
from donflow.greetings.batches import approve, open_batches, waiting_for_approval
from donflow.outbox.models import LetterState, Way
from donflow.store.session import Store, reading, unit_of_work
from donflow.store.verify import verify_store
from tests import databases
from tests.greetings.planned_office import TODAY, Planning, planning_office

import_tables()

YEAR = date(2027, 9, 20)
on_one = databases.only_sqlite("the same statements as in the tests that run on both")


@pytest.fixture
def desk(empty_store: Store, tmp_path: Path) -> Planning:
    return planning_office(empty_store, tmp_path)


def test_a_segment_is_greeted_once_however_often_it_is_planned(desk: Planning) -> None:
    desk.person(1, None, "百")
    desk.person(2, None, "百")
    desk.person(3)
    desk.rhythm("百", "mid_autumn")
    desk.rhythm("百", "national_day")
    first = desk.plan(date(2026, 10, 12))
    assert desk.plan(date(2026, 10, 12)).letters == 0
    assert first.letters == 4
    assert desk.days() == [
        (1, "mid_autumn", "2026-09-25"),
        (2, "mid_autumn", "2026-09-25"),
        (1, "national_day", "2026-10-01"),
        (2, "national_day", "2026-10-01"),
    ]
    with reading(desk.store) as session:
        tables = {each.sentence.values.get("table") for each in verify_store(session)}
    # The people stand there without ceremony; what planning wrote is as the journal says.
    assert not tables & {"letter", "letter_batch", "rhythm"}


@on_one
def test_days_missed_while_the_machine_stood_still_are_planned_late(desk: Planning) -> None:
    desk.person(1, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.plan(TODAY)
    desk.today = TODAY + timedelta(days=9)
    desk.plan(desk.today)
    [letter] = desk.letters()
    assert (letter.on_day, letter.expires_on) == (date(2026, 9, 28), date(2026, 10, 1))


@on_one
def test_who_joins_within_the_horizon_is_greeted_and_who_leaves_is_not(desk: Planning) -> None:
    desk.person(1, None, "百")
    desk.person(2)
    desk.rhythm("百", "mid_autumn")
    desk.plan(date(2026, 10, 12))
    desk.join(2, "百")
    desk.leave(1, "百")
    assert desk.plan(date(2026, 10, 12)).taken_back == 1
    assert desk.days() == [(2, "mid_autumn", "2026-09-25")]


@on_one
def test_a_corrected_birthday_moves_the_letter(desk: Planning) -> None:
    desk.person(1, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.plan(date(2026, 10, 12))
    desk.born(1, "1905-10-02")
    desk.plan(date(2026, 10, 12))
    assert desk.days() == [(1, "birthday", "2026-10-02")]


@on_one
def test_what_is_on_its_way_is_never_taken_back(desk: Planning) -> None:
    desk.person(1, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.plan(date(2026, 10, 12))
    desk.stands(1, LetterState.READY)
    desk.stop("百", "birthday")
    assert desk.plan(date(2026, 10, 12)).taken_back == 0
    assert len(desk.letters()) == 1


@on_one
def test_a_stopped_rhythm_takes_its_letters_back_and_another_writes_them(desk: Planning) -> None:
    desk.person(1, None, "百", "千")
    desk.rhythm("百", "mid_autumn")
    desk.rhythm("千", "mid_autumn")
    desk.plan(date(2026, 10, 12))
    first, second = desk.rhythms()
    assert [each.rhythm_id for each in desk.letters()] == [first.id]
    desk.stop("百", "mid_autumn")
    desk.plan(date(2026, 10, 12))
    assert [each.rhythm_id for each in desk.letters()] == [second.id]


def test_a_changed_hour_or_zone_changes_when_a_letter_is_due(desk: Planning) -> None:
    desk.person(1, None, "百")
    desk.rhythm("百", "mid_autumn")
    desk.plan(date(2026, 10, 12))
    assert desk.letters()[0].due_at == datetime(2026, 9, 25, 1, tzinfo=UTC)
    desk.wish(1, timezone="America/New_York")
    desk.plan(date(2026, 10, 12))
    assert desk.letters()[0].due_at == datetime(2026, 9, 25, 13, tzinfo=UTC)
    desk.rhythm("百", "mid_autumn", send_hour=8, channel="mail", tolerance_days=2)
    desk.plan(date(2026, 10, 12))
    [letter] = desk.letters()
    assert letter.due_at == datetime(2026, 9, 25, 12, tzinfo=UTC)
    assert (letter.channel, letter.expires_on) == ("mail", date(2026, 9, 27))


@on_one
def test_merged_numbers_are_one_person(desk: Planning) -> None:
    desk.person(1, None, "百")
    desk.person(2, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.rhythm("百", "mid_autumn")
    desk.merge(2, survivor=1)
    desk.plan(date(2026, 10, 12))
    assert desk.days() == [(1, "mid_autumn", "2026-09-25"), (1, "birthday", "2026-09-28")]


def test_who_had_the_letter_under_a_merged_number_gets_no_other(desk: Planning) -> None:
    desk.person(1)
    desk.person(2, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.plan(date(2026, 10, 12))
    desk.stands(2, LetterState.SENT)
    desk.merge(2, survivor=1)
    desk.today = date(2026, 9, 28)
    desk.plan(date(2026, 10, 12))
    assert desk.days() == [(2, "birthday", "2026-09-28")]


def test_birthdays_of_every_kind(desk: Planning) -> None:
    desk.person(1, "1904-02-29", "百")
    desk.person(2, "1904-02-29", "百")
    desk.wish(2, leap_day="march")
    desk.person(3, "1905-04", "百")
    desk.person(4, "1906-05-23", "百")  # 闰四月初一
    desk.wish(4, lunar_birthday=True)
    desk.person(5, "2026-12-01", "百")
    desk.rhythm("百", "birthday")
    desk.plan(YEAR)
    assert desk.days() == [
        (1, "birthday", "2027-02-28"),
        (2, "birthday", "2027-03-01"),
        (4, "birthday", "2027-05-06"),  # 四月初一
    ]


def test_anniversaries_of_gifts_and_reunions(desk: Planning) -> None:
    for number in (1, 2, 3):
        desk.person(number)
    desk.gave(1, date(2020, 11, 3))
    desk.gave(1, date(2021, 11, 3))
    desk.gave(1, date(2027, 1, 5))
    desk.gave(2, date(2024, 2, 29))
    desk.gave(3, date(2020, 11, 3), confirmed=False)
    desk.graduated(1, 1996)
    desk.graduated(1, 2006)
    desk.graduated(2, 1995)
    for occasion in ("gift_anniversary", "reunion", "school_anniversary"):
        desk.rhythm("donors", occasion)
    desk.plan(YEAR)
    assert desk.days() == [
        (1, "reunion", "2026-10-18"),
        (1, "school_anniversary", "2026-10-18"),
        (2, "school_anniversary", "2026-10-18"),
        (1, "gift_anniversary", "2026-11-03"),
        (2, "gift_anniversary", "2027-02-28"),
    ]


def test_groups_are_greeted_as_one_by_wechat_and_need_no_approval(desk: Planning) -> None:
    desk.group("会计校友群", "百")
    desk.group("全体校友群")
    desk.rhythm("百", "mid_autumn")
    desk.rhythm("groups", "national_day")
    desk.plan(date(2026, 10, 12))
    told = [(each.addressee_kind, each.channel, each.batch_id) for each in desk.letters()]
    assert told == [("group", "wechat", None)] * 3


def test_what_is_planned_after_an_approval_waits_in_the_next_batch(desk: Planning) -> None:
    desk.person(1, None, "百")
    desk.person(2)
    desk.rhythm("百", "mid_autumn")
    desk.plan(date(2026, 10, 12))
    with unit_of_work(desk.store) as session:
        [batch] = open_batches(session)
        approve(session, [batch.id], actor=desk.actor, now=desk.now)
    desk.join(2, "百")
    desk.plan(date(2026, 10, 12))
    with reading(desk.store) as session:
        [later] = open_batches(session)
        held = waiting_for_approval(session, desk.letters())
        by_hand = waiting_for_approval(
            session, desk.letters(), {each.id: Way.WECHAT for each in desk.letters()}
        )
    first, second = desk.letters()
    assert (later.no, later.letters, later.forecast) == (2, 1, 1)
    assert held == {second.id}
    assert first.batch_id == batch.id
    assert by_hand == frozenset()


@on_one
def test_a_batch_far_above_its_forecast_waits_whatever_its_rhythm_says(desk: Planning) -> None:
    for number in range(1, 6):
        desk.person(number, None, "百")
    desk.rhythm("百", "mid_autumn", approve=False)
    desk.plan(TODAY)
    for number in range(6, 41):
        desk.person(number, None, "百")
    desk.plan(date(2026, 10, 12))
    with reading(desk.store) as session:
        [batch] = open_batches(session)
        held = waiting_for_approval(session, desk.letters())
    assert (batch.letters, batch.forecast, batch.asks, batch.braked) == (40, 5, False, True)
    assert len(held) == 40


@on_one
def test_a_rhythm_that_begins_again_makes_up_for_nothing(desk: Planning) -> None:
    desk.person(1, "1905-09-28", "百")
    desk.rhythm("百", "birthday")
    desk.stop("百", "birthday")
    desk.today = date(2026, 10, 20)
    desk.rhythm("百", "birthday")
    desk.plan(date(2026, 11, 10))
    assert desk.days() == []
