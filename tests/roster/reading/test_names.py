"""Names as thirty offices write them, and what stands beside them."""

from __future__ import annotations

import pytest

from donflow.roster.reading import names
from donflow.roster.reading.found import NOTHING
from donflow.roster.reading.names import read_name, read_name_and_gender
from tests.roster.reading.telling import reasons, told


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("梁启舟", "梁启舟"),
        (" 梁启舟", "梁启舟"),
        ("梁 启 舟", "梁启舟"),
        ("梁　舟", "梁舟"),
        ("欧阳 启舟", "欧阳启舟"),
        ("王胜男", "王胜男"),
        ("王 胜 男", "王胜男"),
        ("㛃琳", "㛃琳"),
        ("古丽娜孜·艾山", "古丽娜孜·艾山"),
        ("古丽娜孜•艾山", "古丽娜孜·艾山"),
        ("古丽娜孜・艾山", "古丽娜孜·艾山"),
        ("古丽娜孜‧艾山", "古丽娜孜·艾山"),
        ("古丽娜孜．艾山", "古丽娜孜·艾山"),
        ("古丽娜孜.艾山", "古丽娜孜·艾山"),
        ("古丽娜孜。艾山", "古丽娜孜·艾山"),
        ("古丽娜孜-艾山", "古丽娜孜·艾山"),
        ("古丽娜孜 · 艾山", "古丽娜孜·艾山"),
        ("古丽娜孜 艾山", "古丽娜孜·艾山"),
        ("A.买买提", "A·买买提"),
        ("Muhammad  Bilal Khan", "Muhammad Bilal Khan"),
        ("ＪＯＨＮ　Smith", "JOHN Smith"),
        ("O'Brien", "O'Brien"),
        ("Bat-Erdene", "Bat-Erdene"),
        ("1、梁启舟", "梁启舟"),
        ("梁启舟*", "梁启舟"),
        ("梁启舟2", "梁启舟"),
        ("梁启舟A", "梁启舟"),
        ("【梁启舟】", "梁启舟"),
        ("梁启舟老师", "梁启舟"),
        ("梁启舟（班长）", "梁启舟"),
        ("梁启舟（小）", "梁启舟"),
        ("梁启舟(", "梁启舟"),
    ],
)
def test_a_name_keeps_its_characters_and_loses_its_noise(cell: str, name: str) -> None:
    found = read_name(cell)
    assert told(found) == {"name": name}
    assert not found.unread


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("梁舟（女）", {"name": "梁舟", "gender": "女"}),
        ("梁舟(男，已故)", {"name": "梁舟", "gender": "男", "status": "已故"}),
        ("梁舟（故）", {"name": "梁舟", "status": "已故"}),
        ("梁舟已故", {"name": "梁舟", "status": "已故"}),
        ("梁舟（回族）", {"name": "梁舟", "ethnicity": "回族"}),
        ("梁舟女士", {"name": "梁舟"}),
        ("梁舟 女", {"name": "梁舟", "gender": "女"}),
        ("梁舟 男 回族", {"name": "梁舟", "gender": "男", "ethnicity": "回族"}),
        ("梁 启 舟①", {"name": "梁启舟"}),
        ("梁舟†", {"name": "梁舟", "status": "已故"}),
        ("梁舟/男", {"name": "梁舟", "gender": "男"}),
    ],
)
def test_what_stands_beside_the_name_goes_to_its_own_column(
    cell: str, said: dict[str, str]
) -> None:
    assert told(read_name(cell)) == said


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("梁启舟（曾用名：李四）", "李四"),
        ("梁启舟(原名梁小舟)", "梁小舟"),
        ("梁启舟 曾用名李四", "李四"),
        ("梁启舟（梁小舟）", "梁小舟"),
        ("梁启舟（Liang Qizhou）", "Liang Qizhou"),
        ("梁启舟 Liang Qizhou", "Liang Qizhou"),
    ],
)
def test_another_name_is_kept_apart(cell: str, other: str) -> None:
    found = read_name(cell)
    assert told(found) == {"name": "梁启舟"}
    assert found.other_names == (other,)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("梁*", names.MASKED),
        ("梁**", names.MASKED),
        ("梁?", names.MASKED),
        ("梁启舟、李四", names.SEVERAL),
        ("梁启舟夫妇", names.SEVERAL),
        ("梁某某", names.MASKED),
        ("王女士", names.NO_NAME),
        ("13900001111", names.NO_NAME),
        ("梁", names.NO_NAME),
    ],
)
def test_what_is_no_whole_name_stays_unread(cell: str, reason: str) -> None:
    found = read_name(cell)
    assert told(found) == {}
    assert reasons(found) == [f"name: {reason}"]


@pytest.mark.parametrize("cell", ["梁启舟（上海）", "梁启舟（原会计系）"])
def test_an_unknown_bracket_leaves_the_name_and_a_reason(cell: str) -> None:
    found = read_name(cell)
    assert told(found) == {"name": "梁启舟"}
    assert reasons(found) == [f"name: {names.BESIDE}"]


@pytest.mark.parametrize("cell", ["", "无", "—", "暂无", "待补充", "N/A", "#N/A", "合计", "佚名"])
def test_no_name_is_no_reason(cell: str) -> None:
    assert read_name(cell) == NOTHING


@pytest.mark.parametrize("cell", ["梁舟 男", "梁舟/男", "梁舟（男）", "梁舟-男", "梁舟，男"])
def test_name_and_gender_of_one_cell_part(cell: str) -> None:
    assert told(read_name_and_gender(cell)) == {"name": "梁舟", "gender": "男"}


def test_a_name_that_ends_in_a_gender_is_not_cut() -> None:
    assert told(read_name_and_gender("王胜男")) == {"name": "王胜男"}
