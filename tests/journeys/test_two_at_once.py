"""Two desks act on one office in the same moment: on each gift one wins and the other is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.journeys.desk import Desk
from tests.racing import race, races


def test_of_two_who_saw_the_same_gift_one_wins_and_the_other_is_told_who_and_when(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("draft", shared=True)
    for turn in range(4):
        seen = desk.gift()["version"]
        lines = [
            f"gift edit 1 --purpose 奖学金{turn}{name} --seen {seen} --json"
            for name in ("甲", "乙")
        ]

        answers = race(desk, *lines, users=("lin", "lin"))

        won, lost = sorted(answers, key=lambda answer: answer.code)
        assert (won.code, lost.code) == (0, 2), f"{won}{lost}"
        (refusal,) = lost.refusals
        assert refusal["code"] == "stale"
        assert "林秘书" in refusal["reason"]
        assert "3月3日 10:00" in refusal["reason"]
        assert desk.gift()["version"] == json.loads(won.out)["version"]
    assert desk("verify --json").data["findings"] == []


def test_gifts_entered_at_once_have_numbers_of_their_own_without_a_gap(office: Desk) -> None:
    sets = [
        [f"gift new --purpose 奖学金{desk}{turn} --json" for turn in range(3)] for desk in "甲乙"
    ]

    told = races(office, *sets)

    numbers = sorted(answer.data["gift"] for answers in told for answer in answers)
    assert numbers == [f"G2026-{serial:04}" for serial in range(1, 7)]
    assert office("verify --json").data["findings"] == []


@pytest.mark.parametrize("seen", [True, False], ids=["with --seen", "without"])
def test_a_request_sent_twice_at_once_is_done_once_and_answered_twice(
    office_at: Callable[..., Desk], seen: bool
) -> None:
    desk = office_at("draft")
    version = desk.gift()["version"]
    lines = [
        f"gift contact 1 --note 电话{turn} --request-key k{turn} --json"
        + (f" --seen {version + turn}" if seen else "")
        for turn in range(8)
    ]

    first, second = races(desk, lines, lines)

    assert [answer.code for answer in (*first, *second)] == [0] * 16, f"{first}{second}"
    assert [answer.data for answer in first] == [answer.data for answer in second]
    assert desk.gift()["version"] == version + 8
