"""A spreadsheet of alumni from the first look to the roster, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests import databases
from tests.cast import ADMIN
from tests.journeys.desk import Desk

pytestmark = databases.only_sqlite("what is written is tried on both in tests/roster")

HEADERS = ("姓名", "性别", "身份证号", "备用号", "工作单位", "单位电话")
ROWS = (
    ("梁启舟", "男", "110101190003070011", "13800000001", "天河公司", ""),
    ("钱望川", "女", "110101190105120026", "13900000002", "云麓公司", ""),
    ("孙明远", "男", "", "13700000003", "云麓公司", "不详电话"),
)
LINE = "roster import 名册.xlsx"


def write(desk: Desk, headers: tuple[str, ...] = HEADERS, name: str = "名册.xlsx") -> Path:
    path = desk.folder / name
    with Workbook(path) as book:
        page = book.add_worksheet("校友")
        for place, row in enumerate((headers, *ROWS)):
            page.write_row(place, 0, row)
    return path


def people(desk: Desk) -> list[Any]:
    return desk.sql("SELECT name FROM constituent WHERE kind = 'person' ORDER BY id")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_look_needs_no_office_and_writes_nothing(office: Desk, lang: str) -> None:
    write(office)
    office.environment["DONFLOW_HOME"] = str(office.folder / "nowhere")

    shown = office(f"{LINE} --dry-run", lang=lang).out
    told = office(f"{LINE} --dry-run --json").data

    assert "梁启舟" not in shown
    assert "备用号" in shown
    assert [row["name"] for row in told["rows"]] == ["梁启舟", "钱望川", "孙明远"]
    assert told["rows"][0]["row_ref"] == "校友!2"
    assert told["sheets"][0]["added"] == 3
    assert not (office.folder / "nowhere").exists()


def test_guessed_headers_stop_the_import_until_somebody_says_what_they_are(office: Desk) -> None:
    write(office)
    before = office.rows()

    refused = office(LINE, code=2, lang="en")
    codes = office.refused(LINE)

    assert codes == {"headers_unsure"}
    assert '--header "备用号=phone"' in refused.err
    assert office.rows() == before

    office(f"{LINE} --header 备用号=phone --yes")

    assert [row["header"] for row in office("roster headers --json").data] == ["备用号"]
    assert people(office) == [("梁启舟",), ("钱望川",), ("孙明远",)]


def test_a_sheet_whose_headers_are_sure_comes_in_and_the_other_is_named(office: Desk) -> None:
    with Workbook(office.folder / "名册.xlsx") as book:
        for title, headers in {"甲": HEADERS, "乙": ("姓名", "性别", "手机")}.items():
            page = book.add_worksheet(title)
            page.write_row(0, 0, headers)
            for place, row in enumerate(
                ROWS if title == "甲" else [("周新生", "男", "13800000009")]
            ):
                page.write_row(place + 1, 0, row)

    refused = office(LINE, code=2, lang="en")

    assert "sheets were not taken in: 甲" in refused.err
    assert people(office) == [("周新生",)]

    office(f"{LINE} --yes")

    assert [name for (name,) in people(office)] == ["周新生", "梁启舟", "钱望川", "孙明远"]


def test_what_was_said_of_a_header_is_never_asked_again_unless_forgotten(office: Desk) -> None:
    write(office, ("姓名", "性别", "身份证号", "备用号", "工作单位", "备注"))
    office(f"{LINE} --header 备用号=phone --yes")
    write(office, ("姓名", "性别", "身份证号", "备用号", "单位", "备注"), "另一份.xlsx")

    office("roster import 另一份.xlsx --dry-run")
    sure = office("roster import 另一份.xlsx --dry-run --json").data["sheets"][0]["columns"]
    office("roster forget-header 备用号")
    asked = office("roster import 另一份.xlsx --dry-run --json").data["sheets"][0]["columns"]

    assert {column["header"]: column["sure"] for column in sure}["备用号"]
    assert not {column["header"]: column["sure"] for column in asked}["备用号"]
    assert office.refused("roster forget-header 备用号") == {"not_found"}


def test_no_identity_number_is_taken_in(office: Desk) -> None:
    write(office)

    office(f"{LINE} --yes --json")

    everything = str(office.rows())
    assert "1101011900" not in everything
    assert office.sql("SELECT count(*) FROM identifier WHERE kind = 'resident_id'") == [(0,)]


def test_a_file_given_again_says_so_and_adds_nothing(office: Desk) -> None:
    write(office)
    office(f"{LINE} --yes")
    before = people(office)

    again = office(f"{LINE} --yes", lang="en").out

    assert "it adds nothing" in again
    assert people(office) == before
    office("verify")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--header 备用号", "header_answers_wrong"),
        ("--header 备用号=颜色", "header_answers_wrong"),
        ("--header 没有的=phone", "header_not_there"),
        ("--sheet 没有的", "no_such_sheet"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_can(
    office: Desk, options: str, code: str
) -> None:
    write(office)

    assert office.refused(f"{LINE} {options}") == {code}


def test_what_is_no_spreadsheet_stops_at_the_gate(office: Desk) -> None:
    (office.folder / "名册.xlsx").write_bytes(b"%PDF-1.4 no list")

    assert "kind_differs" in office.refused(LINE)


def test_in_a_shared_desk_two_persons_agree_before_a_file_comes_in(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("new", shared=True)
    write(desk)
    before = people(desk)

    asked = desk(f"{LINE} --yes --json").data
    again = desk(f"{LINE} --yes --json").data
    own = desk(f"order confirm {asked['order']} --json", code=2)

    assert asked["order"] == again["order"]
    assert asked["rows"] == []
    assert own.codes == {"own_order"}
    assert people(desk) == before

    desk(f"order confirm {asked['order']}", as_=ADMIN.username, day="2026-03-04")
    done = desk(f"{LINE} --yes --json").data

    assert done["order"] is None
    assert len(people(desk)) == len(before) + 3
    desk("verify")


def test_what_did_not_come_in_is_told_with_the_reason(office: Desk) -> None:
    with Workbook(office.folder / LINE.split()[-1]) as book:
        page = book.add_worksheet("校友")
        for place, name in enumerate(("姓名", "梁启舟", "王*", "王" * 10_000)):
            page.write_row(place, 0, (name, "性别" if not place else "男", "会计" * 2_000))
        page.write(0, 2, "专业")
        book.add_worksheet("封面").write(0, 0, "云麓大学")

    told = office(LINE, lang="en").out

    assert "Part of the name is hidden. Rows: 3" in told
    assert "There is no name in this row. Rows: 4" in told
    assert "longer than such a value can be" in told
    assert "left out:" in told
    assert people(office)[-1] == ("梁启舟",)


def test_the_same_file_with_another_answer_is_refused_and_nothing_is_remembered(
    office: Desk,
) -> None:
    write(office)
    office(f"{LINE} --yes")
    before = office.rows()

    for options in ("--dry-run", "--yes"):
        told = office(f"{LINE} --header 备用号=wechat {options} --json", code=2)
        assert told.codes == {"sheet_read_otherwise"}

    assert office.rows() == before


def test_what_headers_mean_is_part_of_the_order(office_at: Callable[..., Desk]) -> None:
    desk = office_at("new", shared=True)
    write(desk)
    first = desk(f"{LINE} --yes --json").data["order"]
    other = desk(f"{LINE} --header 备用号=wechat --yes --json").data["order"]
    desk(f"order confirm {first}", as_=ADMIN.username, day="2026-03-04")

    again = desk(f"{LINE} --yes --json").data

    assert again["order"] == other != first
    desk(f"order confirm {other}", as_=ADMIN.username, day="2026-03-04")
    assert desk(f"{LINE} --yes --json").data["order"] is None
