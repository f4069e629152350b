"""A chapter at work: meetings, members, suggestions, its page; what its own officer sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from donflow.word.plain_paper import paper_of_lines
from tests.journeys.desk import Answer, Desk, Workshop, copy_of

DAY = "2026-06-05"
PEOPLE = ("贺兰舟", "江远帆", "梁启舟", "苏映雪", "秦望川")
OFFICERS = (("chair", "贺兰舟"), ("vice_chair", "江远帆"), ("secretary_general", "梁启舟"))
SHEET = "姓名,手机,城市\n江远帆,13900007002,西安\n无名人,13900007099,西安\n"


@pytest.fixture(scope="module")
def shared(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = workshop.copy("new", tmp_path_factory.mktemp("at_work") / "office", shared=True)
    desk.environment["DONFLOW_USER"] = "lin"
    desk.day = DAY
    for number, name in enumerate(PEOPLE, start=1):
        desk(f"person add {name} --phone 1390000700{number}")
        desk(f"person set {name} --city {'西安' if number != 5 else '兰州'} --source self")
    for name, city in (("陕西校友分会", "西安"), ("甘肃校友分会", "兰州")):
        desk(f"chapter new {name} --type regional --city {city} --contact 贺兰舟")
    desk("chapter council 1 --no 1 --elected-on 2021-05-18")
    desk("chapter council 1 --no 2 --elected-on 2024-05-18")
    for council in (1, 2):
        for office, name in OFFICERS:
            desk(f"chapter seat 1 {office} {name} --council {council}")
    desk("chapter edit 1 --user wai")
    desk.close()
    return desk


@pytest.fixture
def desk(shared: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = copy_of(shared, tmp_path / "office")
    yield desk
    desk.discard()


@pytest.fixture
def paper(desk: Desk) -> str:
    return f"材料/{next(desk.papers.glob('*.pdf')).name}"


def as_officer(desk: Desk, line: str, code: int = 0) -> Answer:
    desk.environment["DONFLOW_USER"] = "wai"
    try:
        return desk(line, code=code)
    finally:
        desk.environment["DONFLOW_USER"] = "lin"


def test_meetings_are_numbered_by_kind_in_the_council_of_their_day(desk: Desk, paper: str) -> None:
    desk(f"chapter meeting new council 1 --place 西安 --decided 通过年度计划 --file {paper}")
    desk("chapter meeting new council 1 --person 贺兰舟 --person 江远帆")
    desk("chapter meeting new seminar 1 --attended 40")
    desk("chapter meeting new council 1 --on 2023-01-01")
    desk("chapter meeting new council --council 4 --session 12")
    rows = desk("chapter meeting list --json").data
    assert {(row["title"], row["chapter"], row["attended"]) for row in rows} == {
        ("第二届理事会第一次会议", 1, None),
        ("第二届理事会第二次会议", 1, 2),
        ("第二届理事会任内第一次研讨会", 1, 40),
        ("第一届理事会第一次会议", 1, None),
        ("第四届理事会第十二次会议", None, None),
    }
    shown = desk("chapter meeting show 1 --json").data
    assert (shown["decided"], [each["title"] for each in shown["papers"]]) == (
        "通过年度计划",
        ["会议纪要"],
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("meeting new council 1 --session 1 --council 2", "meeting_there"),
        ("meeting new council", "which_council"),
        ("meeting new council 2", "no_council"),
        ("meeting new council 1 --on 2020-01-01", "no_council"),
        ("meeting new event 1 --attended 1 --person 贺兰舟 --person 江远帆",
         "attendance_impossible"),
        ("meeting show 99", "not_found"),
        ("member join 1", "who_joins"),
        ("member join 1 贺兰舟 --city 西安", "who_joins"),
        ("member leave 1 秦望川", "not_member"),
        ("member transfer 秦望川 2 2", "same_chapter"),
        ("suggestion new 1 --text ' '", "suggestion_length"),
        ("suggestion new 1 --charter --text 建议", "no_charter"),
        ("suggestion answer 99 --text 好", "not_found"),
        ("page 1", "no_page_asked"),
        ("page 1 --html 页面.txt", "not_named_as_html"),
        ("compare 1 --redline 对比.docx", "no_charter"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Desk, line: str, code: str) -> None:
    if code == "meeting_there":
        desk("chapter meeting new council 1", code=None)
    assert desk.refused(f"chapter {line}") == {code}


def test_a_member_goes_over_in_one_act_and_both_rows_stay(desk: Desk) -> None:
    desk("chapter member join 1 苏映雪 --since 2026-01-01 --told-by self")
    desk("chapter member transfer 苏映雪 1 2 --on 2026-05-01 --told-by chapter")
    left = desk("chapter member list 1 --past --json").data
    there = desk("chapter member list 2 --json").data
    kept = [(row["until"], row["left_because"]) for row in left if row["name"] == "苏映雪"]
    assert kept == [("2026-05-01", "transferred")]
    assert [(row["name"], row["since"], row["how"], row["told_by"]) for row in there] == [
        ("苏映雪", "2026-05-01", "transferred", "chapter")
    ]
    assert desk.refused("chapter member transfer 苏映雪 1 2") == {"already_member"}
    assert desk.refused("chapter member leave 2 苏映雪 --on 2026-04-01") == {"left_before_joining"}
    desk("chapter member leave 2 苏映雪")


def test_who_lives_in_the_city_might_join_and_joins_by_the_printed_command(desk: Desk) -> None:
    (row,) = [r for r in desk("chapter member suggest 2 --json").data if r["name"] == "秦望川"]
    assert (row["because"], row["chapter"]) == ("兰州", 2)
    assert "0000" in row["phone"][0] or "*" in row["phone"][0]
    assert row["phone"] != ["13900007005"]
    desk(row["command"])
    assert desk("chapter member suggest 2 --json").data == []
    counts = {r["chapter"]: r["members"] for r in desk("chapter list --json").data}
    assert counts[2] == 1


def test_a_sheet_joins_whom_it_surely_means_and_tells_of_the_others(desk: Desk) -> None:
    (desk.folder / "会员.csv").write_text(SHEET, "utf-8-sig")
    before = len(desk("person list --json").data)
    answer = desk("chapter member join 1 --file 会员.csv --json").data
    assert answer["joined"] == [2]
    assert [(each["name"], each["may_be"]) for each in answer["unknown"]] == [("无名人", [])]
    assert len(desk("person list --json").data) == before
    assert desk("chapter member join 1 --file 会员.csv --json").data["joined"] == []


def test_suggestions_are_open_until_they_are_answered(desk: Desk) -> None:
    number = desk("chapter suggestion new 1 --text 增设青年工作组 --by 江远帆 --json").data[
        "suggestion"
    ]
    (row,) = desk("chapter suggestion list 1 --json").data
    assert (row["text"], row["name"], row["answer"]) == ("增设青年工作组", "江远帆", None)
    desk(f"chapter suggestion answer {number} --text 已提请理事会审议")
    assert desk("chapter suggestion list 1 --json").data == []
    assert desk.refused(f"chapter suggestion answer {number} --text 再答") == {"already_answered"}
    assert len(desk("chapter suggestion list --all --json").data) == 1


def test_a_chapters_own_officer_sees_that_chapter_alone_and_masked(desk: Desk) -> None:
    desk("chapter member join 1 江远帆", code=None)
    desk("chapter suggestion new 2 --text 甘肃的建议")
    desk("chapter suggestion new --text 校友会的建议")
    desk("chapter meeting new seminar --council 4")
    (member,) = as_officer(desk, "chapter member list 1 --json").data
    assert (member["name"], member["phone"]) == ("江远帆", ["139****7002"])
    as_officer(desk, "chapter member list 2", code=2)
    as_officer(desk, "chapter member suggest 1", code=2)
    as_officer(desk, "chapter page 1 --html 页.html", code=2)
    texts = [row["text"] for row in as_officer(desk, "chapter suggestion list --json").data]
    assert texts == []
    meetings = as_officer(desk, "chapter meeting list --json").data
    assert {row["chapter"] for row in meetings} <= {1}
    association = [r for r in desk("chapter meeting list --json").data if r["chapter"] is None]
    as_officer(desk, f"chapter meeting show {association[0]['meeting']}", code=2)


def test_the_page_names_only_who_agreed_and_tells_who_is_left_out(desk: Desk) -> None:
    page = desk("chapter page 1 --html 前.html --word 前.docx --json", lang="en").data
    told = (desk.folder / "前.html").read_text("utf-8")
    word = ZipFile(desk.folder / "前.docx").read("word/document.xml").decode()
    for secret in (*PEOPLE, "7001", "139"):
        assert secret not in told
        assert secret not in word
    commands = [line.rsplit(": ", 1)[1] for line in page["left_out"]]
    assert "donflow person consent 1 chapter_contact --given" in commands
    for command in commands:
        desk(re.sub("TEXT", "'在陕校友之家'", command))
    desk("chapter page 1 --html 后.html --word 后.docx")
    told = (desk.folder / "后.html").read_text("utf-8")
    assert all(name in told for name in ("贺兰舟", "江远帆", "梁启舟", "13900007001"))
    assert "13900007002" not in told
    assert desk("chapter page 1 --html 再.html --json").data["left_out"] == []
    desk("person consent 1 chapter_contact --withdrawn")
    desk("chapter page 1 --html 撤.html")
    assert "13900007001" not in (desk.folder / "撤.html").read_text("utf-8")


def test_every_council_stands_in_one_list_in_the_order_of_offices(desk: Desk) -> None:
    rows = desk("chapter officers 1 --every --json").data
    assert [(row["council"], row["office"], row["name"]) for row in rows] == [
        (council, office, name) for council in (1, 2) for office, name in OFFICERS
    ]


def test_who_has_died_is_told_today_until_the_office_is_ended(desk: Desk) -> None:
    desk("person deceased 江远帆 --source colleague")
    lines = desk("today --json", lang="en").data
    (line,) = [each for each in lines if "unseat" in (each.get("command") or "")]
    desk(line["command"].replace("DAY", DAY))
    assert "unseat" not in desk("today --json").out
    desk("person deceased 江远帆 --mistaken")


def test_two_versions_of_a_charter_stand_side_by_side(desk: Desk, tmp_path: Path) -> None:
    for number, line in enumerate(("第一条 任期三年。", "第一条 任期四年。"), start=1):
        (desk.folder / f"章程{number}.docx").write_bytes(paper_of_lines(["章程", line]))
        desk(f"chapter charter 2 --file 章程{number}.docx --adopted-on 2026-0{number}-01")
    desk("chapter compare 2 --redline 对照.docx")
    markup = ZipFile(desk.folder / "对照.docx").read("word/document.xml").decode()
    assert "<w:ins " in markup
    assert "<w:del " in markup
    assert desk.refused("chapter compare 2 --new 1 --redline 另.docx") == {"one_version"}


def test_a_charter_says_which_offices_a_council_needs(desk: Desk) -> None:
    (desk.folder / "章程.docx").write_bytes(paper_of_lines(["章程", "第九条 设理事长。"]))
    desk("chapter charter 2 --file 章程.docx --adopted-on 2026-01-01")
    desk("chapter article 2 --source 第九条 --needed chair --from 2026-03-01")
    desk("chapter council 2 --no 1 --elected-on 2026-05-18")
    desk("chapter seat 2 chair 秦望川")
    assert desk("chapter advance 2 take_over --json").data["stage"] == "public"


def test_everything_is_as_the_journal_says(desk: Desk, paper: str) -> None:
    desk(f"chapter meeting new council 1 --person 贺兰舟 --file {paper}")
    desk("chapter member join 1 江远帆")
    desk("chapter member transfer 江远帆 1 2")
    desk("chapter suggestion new 1 --by 苏映雪 --text 多办讲座")
    desk("chapter suggestion answer 1 --text 已列入计划")
    assert desk("verify --json").data["findings"] == []
