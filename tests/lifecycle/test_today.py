"""The first screen: what is ours to do, the most urgent first, with the command that does it."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from tests.cast import COMPANY
from tests.journeys.desk import Desk


def test_the_most_urgent_comes_first(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft")
    desk(f"gift new --donor {COMPANY} --amount 3万 --liaison 何老师")
    lines = desk("today --json").data
    assert [line["gift"] for line in lines] == ["G2026-0002", "G2026-0001"]
    days = [line["due_on"] for line in lines]
    assert days == sorted(days)


def test_what_waits_for_others_is_counted_and_not_listed(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    assert desk("today --json", day="2026-03-12").data == []
    said = desk("today").out
    assert "1" in said
    assert "6" in said


def test_each_line_names_a_command_that_runs(office_at: Callable[..., Desk]) -> None:
    for milestone in ("intent", "draft", "written", "approved", "arrived"):
        desk = office_at(milestone)
        lines = desk("today --json").data
        assert lines, milestone
        for line in lines:
            assert line["command"] in desk("today").out
            desk(shlex.join(shlex.split(line["command"])))


def test_thanks_are_due_within_three_working_days_of_the_money(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("arrived")
    thank = [line for line in desk("today --json").data if line["what"] == "thank"]
    assert [line["due_on"] for line in thank] == ["2026-05-25"]
    desk("thanks done 1 --how called")
    assert not [line for line in desk("today --json").data if line["what"] == "thank"]


def test_a_reader_without_gifts_of_his_own_sees_none(office_at: Callable[..., Desk]) -> None:
    desk = office_at("draft", shared=True)
    assert desk("today --json", as_="lin").data
    assert desk("today --json", as_="wai").data == []
    assert desk("today --json", as_="zhou").data == []


def test_only_so_much_as_fits_on_a_screen_is_said_at_once(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    for number in range(2, 17):
        desk(f"gift new --donor {COMPANY} --amount {number}万 --liaison 何老师")
    said = desk("today").out
    assert "G2026-0012" in said
    assert "G2026-0016" not in said
    assert "donflow today --all" in said
    assert "G2026-0016" in desk("today --all").out
