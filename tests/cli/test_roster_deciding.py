"""An office decides: doubles merged and parted, what a liaison told accepted, a list compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from python_calamine import CalamineWorkbook

from tests.journeys.desk import Desk, Workshop

EXPORT = """XM,XB,专业,入学年份,手机号码,工作单位,备注
沈云松,男,会计学,2001,13800000001,云州乙公司,原样
古月亭,女,会计学,2001,13800000009,,
"""


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """沈云松 twice, as 1 and 2, and 梅若竹, 3."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("deciding") / "office")
    for name in ("沈云松", "沈云松", "梅若竹"):
        desk(f"person add {name}")
    for number in (1, 2, 3):
        desk(f"person study {number} --major 会计学 --class 2 --enrol 2001")
        desk(f"person reach {number} phone 1380000000{max(number, 2) - 1}")
    desk("person work 1 --employer 云州甲公司")
    yield desk
    desk.close()


def test_numbers_are_one_person_and_two_again(desk: Desk) -> None:
    merged = desk("roster merge 1 2 --json").data
    assert (merged["person"], merged["absorbed"], merged["numbers"]) == (1, 2, [1, 2])
    assert {"same_phone", "name_equal"} <= set(merged["evidence"])
    assert desk("person show 2 --json").data["person"] == 1
    assert desk.refused("roster merge 2 1") == {"already_one"}
    assert desk("roster unmerge 2 --json").data["numbers"] == [2]
    assert desk("person show 2 --json").data["person"] == 2
    assert desk.refused("roster unmerge 2") == {"not_merged"}


def test_what_is_proposed_is_shown_with_both_sides_and_settled_in_a_batch(desk: Desk) -> None:
    found = desk("roster doubles --json").data
    (double,) = found["proposed"]
    told = desk(
        "roster propose 3 employer=云州丙公司 电话=13900000003 --source class_liaison --json"
    )
    update = told.data["proposal"]
    shown = {each["proposal"]: each for each in desk("roster proposals --json").data}
    assert shown[double]["evidence"]
    assert shown[double]["other"] == 2
    sides = {side["field"]: side for side in shown[update]["fields"]}
    assert sides["phone"] == {
        "field": "phone",
        "ours": "138****0002",
        "theirs": "139****0003",
        "differs": True,
    }
    page = desk("roster proposals").out
    assert "13900000003" not in page
    assert "姓名相同" in page
    assert "≠ 139****0003" in page
    assert desk.refused(f"roster accept {double} 99") == {"proposals_not_settled"}
    assert desk.refused("roster accept") == {"which_proposals"}
    assert desk.refused("roster propose 3 hobby=棋") == {"not_a_field"}
    desk(f"roster refuse {double}")
    desk(f"roster accept {update}")
    assert desk("roster proposals --json").data == []
    assert "云州丙公司" in desk("person show 3").out


def test_what_a_liaison_told_wrongly_is_refused_with_all_that_is_wrong(desk: Desk) -> None:
    line = "roster propose 3 status=健在 gender=foo hobby=棋 enrol_year=abc"
    assert desk.refused(line) == {"not_a_field"}
    told = desk(line, code=2, lang="en").err
    for reason in ("Only a death", "man or woman", "“hobby”", "not a year"):
        assert reason in told
    waiting = desk("roster propose 3 city=云州 --json").data["proposal"]
    assert desk.refused("roster propose 3 city=云州市") == {"proposed_before"}
    desk(f"roster refuse {waiting}")
    assert desk.refused("roster propose 3 city=云州市") == {"proposed_before"}


def test_the_list_for_the_other_system_stands_in_its_columns(desk: Desk) -> None:
    (desk.folder / "导出.csv").write_text(EXPORT, "utf-8")
    desk("roster merge 1 2")
    found = desk("roster diff 导出.csv --out 需更新.xlsx --json").data
    todo = {each["name"]: each["todo"] for each in found["differences"]}
    assert todo == {"沈云松": "change", "古月亭": "only_there", "梅若竹": "add"}
    (sheet,) = CalamineWorkbook.from_path(str(desk.folder / "需更新.xlsx")).sheet_names
    book = CalamineWorkbook.from_path(str(desk.folder / "需更新.xlsx"))
    header, change, *_rest = book.get_sheet_by_name(sheet).to_python()
    assert header == [*EXPORT.splitlines()[0].split(","), "处理意见"]
    assert change[:7] == EXPORT.splitlines()[1].split(",")
    assert "云州乙公司 → 云州甲公司" in str(change[7])
    desk("roster unmerge 2")
    desk("verify")
