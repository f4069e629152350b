"""Sums and days as people say them, and nothing that may mean two things."""

from __future__ import annotations

import pytest

from donflow.cli.arguments import MONEY
from donflow.domain.money import Money, NotAnAmount
from tests.journeys.desk import Desk


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("五千", 5_000),
        ("五千元", 5_000),
        ("五十万", 500_000),
        ("两万", 20_000),
        ("一百二十万元整", 1_200_000),
        ("伍拾万元整", 500_000),
        ("1.5万", 15_000),
        ("50万", 500_000),
        ("500,000.00", 500_000),
    ],
)
def test_a_sum_is_read_as_it_is_said(text: str, yuan: int) -> None:
    assert MONEY.convert(text, None, None) == Money(yuan * 100)


@pytest.mark.parametrize("text", ["三万五", "八千八", "五十万元整整", "一二", "万", "五千块多"])
def test_a_sum_in_doubt_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        MONEY.convert(text, None, None)


def test_a_day_is_read_as_it_is_said(office: Desk) -> None:
    said = {"今天": "2026-03-09", "昨天": "2026-03-08", "前天": "2026-03-07"}
    for no, (word, day) in enumerate(said.items(), start=1):
        office(f"gift new --kind small --anonymous --heard-on {word}", day="2026-03-09")
        assert office.gift(str(no))["entered_on"] == day
    assert office.refused("gift new --kind small --heard-on 明天") == {"not_a_day"}
