"""The board: a column a stage, the longest waiting first; three counters of who is waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from donflow.gifts.register import all_gifts
from donflow.lifecycle.board import board, side_of, today_of
from donflow.lifecycle.show import GiftView, view_gifts
from tests.cast import COMPANY
from tests.journeys.desk import Desk
from tests.lifecycle.opened import opened


def views_of(desk: Desk, today: date) -> list[GiftView]:
    with opened(desk) as (session, office):
        return view_gifts(session, office, all_gifts(session), today=today)


def test_each_gift_stands_in_the_column_of_its_stage(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师")
    with opened(desk) as (session, office):
        views = view_gifts(session, office, all_gifts(session), today=date(2026, 3, 9))
        columns = board(session, office, views)
    found = {
        column.stage.name: [view.gift.number for view in column.views]
        for column in columns
        if column.views
    }
    assert found == {"intent": ["G2026-0002"], "review": ["G2026-0001"]}
    assert [column.stage.name for column in columns][:3] == ["intent", "screen", "draft"]


def test_in_a_column_the_longest_waiting_comes_first(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师", day="2026-03-05")
    desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师 --heard-on 2026-02-25")
    with opened(desk) as (session, office):
        views = view_gifts(session, office, all_gifts(session), today=date(2026, 3, 9))
        column = board(session, office, list(reversed(views)))[0]
    ages = [view.age_days for view in column.views]
    assert ages == sorted(ages, reverse=True)
    assert len(set(ages)) > 1


@pytest.mark.parametrize(
    ("milestone", "side"),
    [
        ("intent", "us"),
        ("draft", "us"),
        ("review", "foundation"),
        ("approved", "us"),
        ("donor_check", "donor"),
        ("signing", "donor"),
        ("sealing", "foundation"),
        ("perform", "donor"),
        ("arrived", "us"),
    ],
)
def test_each_stage_waits_for_one_side(
    office_at: Callable[..., Desk], milestone: str, side: str
) -> None:
    day = date(2026, 6, 8)
    (view,) = views_of(office_at(milestone), day)
    assert side_of(view) == side
    counters = {counter.side: counter for counter in today_of([view], (), day=day).counters}
    assert {name for name, counter in counters.items() if counter.count} == {side}
    assert counters[side].longest_days == view.age_days


def test_working_days_are_counted_and_not_days(office_at: Callable[..., Desk]) -> None:
    """Five working days from Friday 6 March are over on Friday 13 March 2026."""
    desk = office_at("review")
    for day, left in ((6, 5), (8, 5), (9, 4), (13, 0), (14, 0), (16, -1)):
        (view,) = views_of(desk, date(2026, 3, day))
        assert view.workdays_left == left, day
    assert views_of(desk, date(2026, 3, 16))[0].overdue
