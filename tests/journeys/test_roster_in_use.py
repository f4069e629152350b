"""What an office does with its roster: lists, figures, liaisons, answers, exports, cards."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from donflow.pictures.pdf_text import plain_pdf
from tests.journeys.desk import Desk, Workshop

APPROVAL = "材料/党政联席会纪要.pdf"
AGREED = f"--for leader --evidence {APPROVAL}"
PEOPLE = (
    ("曾一凡", "male", "13800000001", "武汉", "2009 2013 本科 会计学 1 20090102"),
    ("安小雨", "female", "13800000002", "武汉", "2009 2013 本科 会计学 1 20090101"),
    ("白云飞", "male", None, "深圳", "2009 2013 本科 会计学 2 -"),
    ("单于归", None, "13800000004", "新加坡", "2009 2013 本科 会计学 1 -"),
    ("解子衿", None, "13800000005", "武汉", "2020 2026 硕士 工商管理 3 -"),
)


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("delivered", tmp_path_factory.mktemp("use") / "office")
    for name, gender, phone, city, study in PEOPLE:
        add = f"person add {name}" + (f" --phone {phone}" if phone else "")
        number = desk(f"{add}{f' --gender {gender}' if gender else ''} --json").data["person"]
        desk(f"person set {number} --city {city} --source archive")
        enrol, grad, degree, major, class_no, student = study.split()
        line = f"person study {number} --enrol {enrol} --grad {grad} --degree {degree}"
        no = "" if student == "-" else f" --student-no {student}"
        desk(f"{line} --major {major} --class {class_no}{no} --source archive")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def apart(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office of its own for what would change the lists and figures of the others."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("apart") / "office")
    for name, class_no in (("解子衿", "1"), ("白云飞", "2"), ("冉故人", "2")):
        number = desk(f"person add {name} --json").data["person"]
        study = f"--enrol 2009 --major 会计学 --class {class_no} --source archive"
        desk(f"person study {number} {study}")
    yield desk
    desk.close()


def names(desk: Desk, line: str) -> list[str]:
    return [row["name"] for row in desk(f"roster list {line} --json").data]


def everything(desk: Desk) -> str:
    """The raw text of the database, journal and all."""
    return desk.database.read_bytes().decode("utf-8", "ignore")


def number(desk: Desk, name: str) -> int:
    return int(
        desk("roster list --json").data
        and next(row["person"] for row in desk("roster list --json").data if row["name"] == name)
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # By class, in it by student number, without one by name.
        ("--year 2009", ["安小雨", "曾一凡", "单于归", "白云飞"]),
        ("--class 2009级会计学1班", ["安小雨", "曾一凡", "单于归"]),
        ("--class 2", ["白云飞"]),
        ("--grad 2026 --degree 硕士", ["解子衿"]),
        ("--major 会计 --city 深圳", ["白云飞"]),
        ("--year 2009 --unreached", ["白云飞"]),
        ("--year 1999", []),
    ],
)
def test_a_list_has_whom_it_asks_for_in_the_order_of_a_class_list(
    desk: Desk, line: str, expected: list[str]
) -> None:
    assert names(desk, line) == expected


def test_a_list_is_masked_and_says_the_class_as_the_office_does(desk: Desk) -> None:
    (row,) = desk("roster list --class 2009级会计学1班 --city 新加坡 --json").data
    assert row["class"] == "2009级会计学1班"
    assert row["phone"] == ["138****0004"]


def test_merged_numbers_stand_once_and_a_restricted_one_is_marked(desk: Desk) -> None:
    desk("person add 白云飞儿 --json")
    first, second = number(desk, "白云飞"), number(desk, "白云飞儿")
    desk(f"roster merge {first} {second}")
    assert names(desk, "--year 2009").count("白云飞") == 1
    assert "白云飞儿" not in names(desk, "")
    desk(f"roster unmerge {second}")
    desk(f"person restrict {first}")
    statuses = {row["name"]: row["status"] for row in desk("roster list --year 2009 --json").data}
    assert statuses["白云飞"] == "restricted"


def test_the_figures_agree_with_who_is_there(desk: Desk) -> None:
    told = desk("roster stats --json").data
    masters = {"grad_year": 2026, "degree": "硕士", "major": "工商管理", "people": 1}
    assert told["head_counts"][0] == masters
    assert sum(one["people"] for one in told["head_counts"]) == len(PEOPLE)
    group = next(one for one in told["contact_by_class"] if one["group"] == "2009级会计学1班")
    assert (group["living"], group["reached"]) == (3, 3)
    assert told["totals"]["people"] == len(desk("roster list --json").data)
    assert "2026 硕士 工商管理" in desk("roster stats").out
    desk("roster stats --excel 数据.xlsx")
    assert (desk.folder / "数据.xlsx").stat().st_size > 4000


def test_a_liaison_is_appointed_gets_a_letter_and_the_same_one_again(desk: Desk) -> None:
    label = "2009级会计学1班"
    without = {row["class"] for row in desk("roster liaison list --without --json").data}
    assert label in without
    desk(f"roster liaison appoint 安小雨 {label} --from 2026-09-01")
    assert "liaison_of" in desk(f"roster liaison appoint 安小雨 {label} --json", code=2).codes
    desk("roster liaison letters 安小雨 --dated 2026-09-01 --out 聘书.pdf")
    desk("roster liaison letters --all --out 全部.pdf --signed-by 别人")
    first, again = ((desk.folder / name).read_bytes() for name in ("聘书.pdf", "全部.pdf"))
    assert first == again
    words = plain_pdf(first)
    assert "安小雨女士" in str(words)
    assert "联聘〔2026〕001号" in str(words)
    (row,) = (row for row in desk("roster liaison list --json").data if row["name"] == "安小雨")
    assert (row["until"], row["letter"]) == ("2029-08-31", "联聘〔2026〕001号")
    assert [row["name"] for row in desk("roster liaison list --ending 30 --json").data] == []
    renewed = desk("roster liaison renew 安小雨 --json").data
    assert renewed["until"] == "2032-08-31"
    desk("roster liaison end 安小雨 --json", code=2)  # the new term has not begun
    assert "安小雨" not in everything(desk).split("liaison_letter_written")[-1][:80]


def test_another_department_gets_a_word_and_nothing_else(desk: Desk) -> None:
    asked = "--department 财务处 --purpose 核对"
    before = desk("roster stats --json").data["totals"]["checked"]
    answered = desk(f"roster check 曾一凡 无此人 解子衿 --class 会计学1 {asked} --json").data
    assert answered["answers"] == [
        {"name": "曾一凡", "answer": "yes"},
        {"name": "无此人", "answer": "no"},
        {"name": "解子衿", "answer": "other_class"},
    ]
    assert "138" not in str(answered)
    assert "无此人" not in everything(desk)
    desk("roster list --grad 2013 --xlsx 名单.xlsx")
    desk(f"roster check --sheet 名单.xlsx --out 答复.xlsx {asked}")
    assert (desk.folder / "答复.xlsx").exists()
    after = desk("roster stats --json").data["totals"]["checked"]
    assert after - before == 3 + len(names(desk, "--grad 2013"))
    assert desk("roster check 曾一凡 --department 财务处 --purpose ' ' --json", code=2).codes == {
        "not_said_for_whom"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009级会计学1班", "yes"),
        ("09级会计1班", "yes"),
        ("2009级会计学（1）班", "yes"),
        ("2009会计一班", "yes"),
        ("会计0901班", "yes"),
        ("会计", "yes"),
        ("1班", "yes"),
        ("1", "yes"),
        ("11班", "other_class"),
        ("09级会计2班", "other_class"),
        ("10级会计1班", "other_class"),
        ("09级金融1班", "other_class"),
    ],
)
def test_a_class_is_asked_for_as_offices_write_it(desk: Desk, text: str, expected: str) -> None:
    asked = f"--class {text} --department 财务处 --purpose 核对 --json"
    (answered,) = desk(f"roster check 单于归 {asked}").data["answers"]
    assert answered["answer"] == expected


def test_a_liaison_lives_and_serves_a_class_of_the_roster(apart: Desk) -> None:
    desk = apart
    assert desk("roster liaison appoint 白云飞 2099级天文9班 --json", code=2).codes == {
        "no_such_class"
    }
    assert desk("roster liaison appoint 白云飞 会计 --json", code=2).codes == {"several_classes"}
    desk("roster liaison appoint 白云飞 09级会计（2）班 --from 2026-09-01")
    desk("roster liaison appoint 白云飞 1998级夜大班 --new-class")
    mine = {row["class"] for row in desk("roster liaison list --json").data if row["name"]}
    assert {"2009级会计学2班", "1998级夜大班"} <= mine
    number = desk("roster liaison appoint 冉故人 09级会计2班 --json").data["person"]
    desk(f"person deceased {number}")
    refused = desk(f"roster liaison appoint {number} 09级会计学1班 --json", code=2)
    assert refused.codes == {"liaison_has_died"}
    written = desk("roster liaison letters --all --out 在世.pdf --json").data
    assert written["left_out"] == [number]


def test_today_names_proposals_and_orders_that_wait(apart: Desk) -> None:
    desk = apart
    desk("roster propose 解子衿 gender=男 city=南京 --source class_liaison")
    shown = desk("roster proposals").out
    assert "男" in shown
    assert "male" not in shown
    refused = desk("roster unmerge 方", code=2).err
    assert "integer" not in refused
    desk("roster export --year 2009 --full --reason 核对")
    lines = {line["what"]: line["command"] for line in desk("today --json").data}
    assert lines["proposals"] == "donflow roster proposals"
    assert lines["orders"] == "donflow order list"
    assert "donflow order list" in desk("today").out


def test_a_name_answers_however_it_is_spaced_and_by_what_it_was_before(desk: Desk) -> None:
    number = desk("person add 'John Smith' --json").data["person"]
    desk(f"person study {number} --enrol 2005 --major 会计学 --class 1 --source archive")
    (told,) = [desk(f"roster propose {number} name=史密斯 --json").data["proposal"]]
    desk(f"roster accept {told}")
    asked = "--department 财务处 --purpose 核对 --json"
    for name in ("'John Smith'", "johnsmith", "John·Smith", "史密斯"):
        (answered,) = desk(f"roster check {name} {asked}").data["answers"]
        assert answered["answer"] == "yes", name
    (answered,) = desk(f"roster check 'Joan Smith' {asked}").data["answers"]
    assert answered["answer"] == "no"


def test_no_card_carries_whose_data_are_only_kept_and_the_dead_are_marked(desk: Desk) -> None:
    kept = desk("person add 甘棠 --json").data["person"]
    dead = desk("person add 冉再生 --json").data["person"]
    desk(f"person restrict {kept}")
    desk(f"person deceased {dead}")
    assert desk(f"roster vcard {kept} --out 甲.vcf --json", code=2).codes == {"nobody_may_go"}
    written = desk(f"roster vcard {kept} {dead} --out 乙.vcf --json").data
    assert (written["people"], written["restricted"]) == (1, 1)
    card = (desk.folder / "乙.vcf").read_text("utf-8")
    assert "甘棠" not in card
    assert "NOTE:已故" in card


def test_an_export_is_masked_and_tells_who_made_it(desk: Desk) -> None:
    desk("roster export --year 2009 --out 名录.csv --reason 班级返校")
    rows = list(csv.reader(StringIO((desk.folder / "名录.csv").read_bytes().decode("utf-8-sig"))))
    assert rows[0][:2] == ["姓名", "性别"]
    assert rows[1][0] == "安小雨"
    assert "138****0002" in rows[1]
    assert "林秘书" in rows[-1][0]
    assert "班级返校" in rows[-1][0]
    desk("roster export --year 2009 --out 名录.xlsx --reason 班级返校")
    with ZipFile(desk.folder / "名录.xlsx") as book:
        told = (
            book.read("docProps/core.xml").decode() + book.read("xl/worksheets/sheet1.xml").decode()
        )
    assert told.count("班级返校") == 2


def test_full_values_leave_only_when_two_agree_and_once(desk: Desk) -> None:
    assert desk("roster export --year 2009 --full --json", code=2).codes == {"export_unreasoned"}
    asked = desk("roster export --year 2009 --full --reason 返校日通知 --json").data
    write = f"roster export --agreed {asked['export']} --out 全.csv"
    assert desk(f"{write} --json", code=2).codes == {"export_not_agreed"}
    desk(f"order confirm {asked['order']} {AGREED}")
    answered = desk(f"{write} --json").data
    assert (answered["people"], answered["abroad"]) == (2 + (1 - answered["restricted"]), 1)
    told = (desk.folder / "全.csv").read_text("utf-8-sig")
    assert '"13800000001"' in told
    assert "单于归" not in told
    again = write.replace("全.csv", "再.csv")
    assert desk(f"{again} --json", code=2).codes == {"export_over"}
    assert not Path(desk.folder / "再.csv").exists()


def test_a_desk_alone_shows_the_second_persons_word_and_writes_at_once(desk: Desk) -> None:
    line = f"roster vcard 曾一凡 --full --reason 校庆接待 --out 接待.vcf {AGREED}"
    desk(line)
    told = (desk.folder / "接待.vcf").read_bytes()
    assert b"TEL:" in told
    assert b"13800000001" in told
    desk("roster vcard 曾一凡 --out 无号.vcf")
    assert b"TEL" not in (desk.folder / "无号.vcf").read_bytes()


def test_all_of_it_verifies(desk: Desk) -> None:
    desk("verify")
