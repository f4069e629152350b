"""Tables stand straight where characters are two cells wide; JSON has nothing beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from donflow.cli.output import jsonable, table
from donflow.domain.actor import Role
from donflow.domain.money import Money
from donflow.errors import Label
from tests.journeys.desk import Desk


def columns_of(text: str) -> list[int]:
    """At which cell each column begins, in every line; one answer only if it stands straight."""
    lines = [line for line in text.splitlines() if "─" not in line]
    starts = []
    for line in lines:
        found, cell = [], 0
        for index, character in enumerate(line):
            if character != " " and (index == 0 or line[max(0, index - 2) : index] == "  "):
                found.append(cell)
            cell += cell_len(character)
        starts.append(found)
    assert len({tuple(found) for found in starts}) == 1, text
    return starts[0]


def test_columns_stand_straight_among_wide_characters() -> None:
    text = table(
        ["编号", "Donor", "金额"],
        [
            ["G2026-0001", "深圳市恒源数智科技有限公司", "50万元"],
            ["G2026-0002", "Liang", "3,000.00元"],
            ["G2026-0003", "梁启舟（Liang）", "1元"],
        ],
    )
    assert columns_of(text) == [0, 12, 40]


def test_the_test_sees_a_crooked_table() -> None:
    with pytest.raises(AssertionError):
        columns_of("编号  名\nG1  深圳")


def test_the_rule_is_as_wide_as_the_table() -> None:
    heading, rule, row = table(["编号", "名"], [["1", "深圳市"]]).splitlines()
    assert cell_len(rule) == cell_len(row) == 4 + 2 + 6
    assert not heading.endswith(" ")


def test_a_real_list_stands_straight(office_at: Callable[..., Desk]) -> None:
    desk = office_at("perform")
    columns_of(desk("original show 1").out)
    columns_of(desk("user list").out)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Money(100000), {"amount": "1000.00", "currency": "CNY"}),
        (date(2026, 3, 9), "2026-03-09"),
        (datetime(2026, 3, 9, 2, tzinfo=UTC), "2026-03-09T02:00:00+00:00"),
        (Role.FINANCE, "finance"),
        (Label("审核中", "Under review"), {"zh": "审核中", "en": "Under review"}),
        (None, None),
        (True, True),
        ((1, "一"), [1, "一"]),
        (frozenset({"a"}), ["a"]),
    ],
)
def test_json_holds_codes_and_not_words(value: object, written: object) -> None:
    assert jsonable(value) == written


def test_json_has_nothing_beside_it_and_keeps_chinese(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    for line in ("gift contact 1 --channel phone --json", "gift show 1 --json", "today --json"):
        answer = desk(line)
        assert answer.err == ""
        json.loads(answer.out)
        assert "\\u" not in answer.out
