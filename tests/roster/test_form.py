"""The personal information form: goes out masked, comes back to the right person as proposals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from donflow.domain.part_days import NotAPartDay, read_part_day
from donflow.roster.form import CONSENTS, sheet_headers
from donflow.roster.form_number import form_number, person_of_form
from donflow.roster.form_reading import read_paper, read_sheet
from donflow.roster.models import Purpose
from donflow.roster.reading.rows import Column
from donflow.sheets.reading import read_book
from donflow.sheets.writing import write_list
from donflow.store.keys import KeyRing, open_keys
from donflow.word.style import lint_fonts
from donflow.word.text import plain_text
from tests.journeys.desk import Desk, Workshop

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PHONE, MAIL, BIRTH = "13900007345", "canary.form@yunlu.example", "1904-07-23"


@pytest.fixture(scope="module")
def desk(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office that knows two people; the first with everything the form asks for."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("forms") / "office")
    desk(f"person add 梁启舟 --gender male --phone {PHONE} --mail {MAIL}")
    desk(f"person set 1 --birth {BIRTH} --city 兰州 --province 甘肃 --source archive")
    desk("person study 1 --degree 本科 --major 会计学 --class 2 --enrol 2005 --grad 2009")
    desk("person work 1 --employer 兰州云麓数科有限公司 --title 财务总监")
    desk("person consent 1 greetings --given")
    desk("person add 苏晚晴 --gender female")
    yield desk
    desk.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path


def paper(desk: Desk, path: Path, who: str | int = "1") -> Path:
    desk(f"roster form {who} --out {path} --contact 0931-0000222")
    return path


def filled(path: Path, answers: dict[str, str], ticks: tuple[Purpose, ...] = ()) -> Path:
    """The paper as a person fills it in Word: what stands beside a label, ticks in the boxes."""
    document = Document(str(path))
    names = {CONSENTS[purpose][0] for purpose in ticks}
    for table in document.tables:
        for row in table.rows:
            cells = row.cells
            for place in range(len(cells) - 1):
                if cells[place].text in answers:
                    cells[place + 1].text = answers[cells[place].text]
            if cells[0].text in names:
                cells[-1].text = "☑同意"
    stream = BytesIO()
    document.save(stream)
    target = path.with_name(f"已填-{path.name}")
    target.write_bytes(stream.getvalue())
    return target


def add_study(path: Path, *answers: str) -> None:
    document = Document(str(path))
    row = document.tables[2].rows[2]
    for cell, answer in zip(row.cells, answers, strict=True):
        cell.text = answer
    document.save(str(path))


def test_the_form_shows_what_is_known_masked_and_what_the_law_asks_to_be_told(
    desk: Desk, out: Path
) -> None:
    data = paper(desk, out / "表.docx").read_bytes()
    lines = plain_text(data)
    whole = "\n".join(lines)

    assert "姓名\t梁启舟\t性别\t男" in lines
    assert "手机\t139****7345\t微信号\t" in lines
    assert "出生日期\t****-07-23\t民族\t" in lines
    assert "本科\t会计学\t2\t2005\t2009\t" in lines
    assert "节日问候\t收到节日、生日和校庆的问候\t已同意 2026-03-02" in lines
    assert "0931-0000222" in whole
    for told in ("处理者", "目的与方式", "种类", "保存期限", "撤回", "第十七条"):
        assert told in whole
    assert [canary for canary in (PHONE, MAIL, BIRTH, "1904") if canary in whole] == []
    assert lint_fonts(data) == ()
    assert paper(desk, out / "又一张.docx").read_bytes() == data, "the same words, the same bytes"


def test_a_form_that_comes_back_as_it_went_proposes_nothing(desk: Desk, out: Path) -> None:
    desk(f"roster form 1 2 --sheet --out {out / '表.xlsx'}")
    for file in (paper(desk, out / "表.docx"), out / "表.xlsx"):
        answer = desk(f"roster form-back {file} --json").data
        assert (answer["proposals"], answer["consents"]) == ([], 0)


def test_what_is_new_is_proposed_and_a_tick_is_recorded_with_its_paper(
    desk: Desk, out: Path
) -> None:
    answers = {
        "手机": "139****7345、13900007999",
        "所在城市": "深圳市",
        "职务": "总经理",
        "民族": "撒拉族",
    }
    ticks = (Purpose.DATA_KEEPING, Purpose.GREETINGS)
    back = filled(paper(desk, out / "表.docx"), answers, ticks)
    add_study(back, "硕士", "工商管理", "", "2013年", "2016届", "")

    answer = desk(f"roster form-back {back} --json").data

    assert answer["people"] == [1]
    assert answer["consents"] == 1, "greetings were agreed to before"
    shown = desk("person show 1 --json").data
    assert [each["source"] for each in shown["proposals"]] == ["form"]
    assert [each["proposal"] for each in shown["proposals"]] == answer["proposals"]
    assert shown["may"]["data_keeping"]["granted"]
    assert shown["fields"]["city"]["shown"] == "兰州", "until somebody accepts"
    assert "13900007999" not in repr(shown)


def test_a_number_mistyped_or_of_another_office_reaches_nobody(
    desk: Desk, out: Path, keys: KeyRing
) -> None:
    number = form_number(keys, 3)
    assert person_of_form(keys, f"表号：{number}　") == 3
    assert person_of_form(keys, number.lower().replace("-", "－")) == 3
    assert person_of_form(keys, number.replace("-3-", "-4-")) is None
    assert person_of_form(keys, "") is None
    path = paper(desk, out / "表.docx")
    document = Document(str(path))
    document.paragraphs[1].runs[0].text = f"表号：{number}"
    document.save(str(path))
    assert desk(f"roster form-back {path} --json", code=2).codes == {"form_unknown"}


def test_whoever_is_not_known_is_added_only_when_somebody_says_so(desk: Desk, out: Path) -> None:
    desk(f"roster form --contact 0931-0000222 --out {out / '空白.docx'}")
    back = filled(
        out / "空白.docx",
        {"姓名": "江望川", "手机": "13900007888", "出生日期": "1905年3月"},
        (Purpose.DATA_KEEPING,),
    )
    assert desk(f"roster form-back {back} --json", code=2).codes == {"form_unknown"}
    added = desk(f"roster form-back {back} --add --json").data["added"][0]
    shown = desk(f"person show {added} --json").data
    assert (shown["name"], shown["fields"]["birth"]["shown"]) == ("江望川", "****-03")
    assert shown["contact_points"][0]["source"] == "form"
    assert shown["may"]["data_keeping"]["granted"]


def test_a_sheet_of_several_comes_back_row_by_row(desk: Desk, out: Path) -> None:
    desk(f"roster form 1 2 --sheet --out {out / '表.xlsx'}")
    book = read_book((out / "表.xlsx").read_bytes(), "表.xlsx")
    rows = [[str(cell) for cell in row] for row in book.sheets[0].rows()]
    city = rows[0].index("所在城市")
    birth = rows[0].index("出生日期")
    rows[2][city] = "南京"
    rows[2][birth] = "不是日子"
    stranger = ["" for _ in rows[0]]
    stranger[rows[0].index("姓名")] = "外来者"
    data = write_list("x", rows[0], [*rows[1:], stranger], created=NOW)
    (out / "回.xlsx").write_bytes(data)

    answer = desk(f"roster form-back {out / '回.xlsx'} --json")

    assert answer.data["people"] == [1, 2]
    assert len(answer.data["proposals"]) == 1
    assert answer.data["unknown_rows"] == [4]
    assert "出生日期" in answer.err
    assert "不是日子" not in answer.err


@pytest.mark.parametrize(
    "line", ["roster form 1 2 --out x.docx", "roster form 1 --sheet --out x.docx"]
)
def test_a_wrong_way_to_write_it_is_refused(desk: Desk, line: str) -> None:
    assert desk(f"{line} --json", code=2).codes <= {"one_paper_each", "not_named_as_sheet"}
    assert not (desk.folder / "x.docx").exists()


def test_no_form_goes_out_whose_notice_does_not_say_who_handles_it(desk: Desk) -> None:
    assert desk("roster form 1 --out x.docx --json", code=2).codes == {"no_handler"}
    assert not (desk.folder / "x.docx").exists()


def test_nobody_who_died_or_whose_data_are_only_kept_is_asked(desk: Desk, out: Path) -> None:
    first, second = (desk(f"person add {name} --json").data["person"] for name in ("甲", "乙"))
    desk(f"person deceased {first} --died 2025")
    desk(f"person restrict {second}")
    refused = desk(f"roster form {first} {second} --sheet --out {out / 'x.xlsx'} --json", code=2)
    assert [each["code"] for each in refused.refusals] == ["form_not_sent"] * 2


def test_another_file_is_no_form(desk: Desk, out: Path) -> None:
    (out / "名单.csv").write_text("姓名,手机\n梁启舟,13900001234\n", "utf-8")
    Document().save(str(out / "空.docx"))
    for name in ("名单.csv", "空.docx"):
        assert desk(f"roster form-back {out / name} --json", code=2).codes == {"no_form"}


@pytest.mark.parametrize(
    ("tick", "given"),
    [
        ("□同意", False),
        ("☑同意", True),
        ("√同意", True),
        ("□√同意", True),
        ("■同意", True),
        ("是", True),
        ("V", True),
        ("☒同意", False),
        ("×", False),
        ("√不同意", False),
        ("已同意 2026-03-02", False),
        ("", False),
    ],
)
def test_a_tick_is_told_from_a_cross_and_an_empty_box(tick: str, given: bool) -> None:
    lines = [("", ("姓名", "梁启舟", "性别", "")), ("", ("公开姓名", "在……公开", tick))]
    form = read_paper(lines)
    assert form is not None
    assert (form.consents == {Purpose.PUBLICITY_NAME}) is given


def test_rows_of_one_person_are_one_form_with_several_studies() -> None:
    head = sheet_headers()
    at = {label: place for place, label in enumerate(head)}

    def row(**told: str) -> list[str]:
        cells = [""] * len(head)
        for label, value in told.items():
            cells[at[label]] = value
        return cells

    forms = read_sheet(
        [
            ["标题"],
            list(head),
            row(表号="XXB-1-ABCDEF", 姓名="梁启舟", 学历="本科"),
            row(表号="XXB-1-ABCDEF", 姓名="梁启舟", 学历="博士", 手机="139****0000"),
            row(姓名="苏晚晴", 手机="1390000711"),
            row(),
        ]
    )
    assert forms is not None
    first, second = forms
    assert [study[Column.DEGREE] for study in first.studies] == ["本科", "博士"]
    assert (first.row, first.unread) == (3, ())
    assert Column.PHONE not in first.values
    assert [each.column for each in second.unread] == [Column.PHONE]
    assert read_sheet([["姓名", "手机"]]) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1987", "1987"),
        ("1987.9", "1987-09"),
        ("１９８７年９月１２日", "1987-09-12"),
        ("1987-02-30", None),
        ("87", None),
        ("1849", None),
        ("2031", None),
        ("", None),
    ],
)
def test_a_day_keeps_as_many_places_as_were_told(text: str, read: str | None) -> None:
    if read is not None:
        assert read_part_day(text, today=date(2026, 3, 2)) == read
        return
    with pytest.raises(NotAPartDay):
        read_part_day(text, today=date(2026, 3, 2))


def consents(desk: Desk, person: int) -> list[tuple[str, str]]:
    said = desk(f"person show {person} --json").data["consents"]
    return [(each["purpose"], each["decision"]) for each in said]


def test_a_form_with_another_name_than_the_numbers_is_stopped(desk: Desk, out: Path) -> None:
    """Else somebody's ticks become another's consents."""
    added = desk("person add 'John Smith' --json").data["person"]
    back = filled(paper(desk, out / "表.docx", added), {"姓名": "郑别人"}, (Purpose.GREETINGS,))
    assert desk(f"roster form-back {back} --json", code=2).codes == {"form_of_another"}
    assert consents(desk, added) == []
    spaced = filled(paper(desk, out / "又.docx", added), {"姓名": "johnsmith"})
    desk(f"roster form-back {spaced}")
    answer = desk(f"roster form-back {back} --yes --json").data
    assert (answer["consents"], len(answer["proposals"])) == (1, 1)
    assert consents(desk, added) == [("greetings", "given")]


def test_a_row_with_another_name_is_left_and_told(desk: Desk, out: Path) -> None:
    number = form_number(open_keys(desk.folder / "office.keys"), 2)
    told = f"表号,姓名,所在城市\n{number},郑别人,厦门\n"
    (out / "回.csv").write_text(told, "utf-8")
    answer = desk(f"roster form-back {out / '回.csv'} --json").data
    assert (answer["people"], answer["other_name_rows"]) == ([], [2])


def test_the_same_paper_again_gives_nothing_and_a_withdrawal_stands(desk: Desk, out: Path) -> None:
    added = desk("person add 温故 --json").data["person"]
    answers, ticks = {"所在城市": "厦门市"}, (Purpose.GREETINGS, Purpose.PUBLICITY_AMOUNT)
    back = filled(paper(desk, out / "表.docx", added), answers, ticks)
    first = desk(f"roster form-back {back} --json").data
    assert (len(first["proposals"]), first["consents"]) == (1, 2)
    desk(f"person consent {added} publicity_amount --withdrawn")
    again = desk(f"roster form-back {back} --json").data
    assert (again["proposals"], again["consents"], again["taken_before"]) == ([], 0, 1)
    # Saved anew the bytes are others: what was withdrawn is still withdrawn.
    other = filled(paper(desk, out / "新.docx", added), {"职务": "馆长"}, ticks)
    later = desk(f"roster form-back {other} --json").data
    assert (later["consents"], later["withdrawn"]) == (0, 1)
    assert consents(desk, added)[-1] == ("publicity_amount", "withdrawn")
    newest = filled(paper(desk, out / "最新.docx", added), {"职务": "院长"}, ticks)
    assert desk(f"roster form-back {newest} --yes --json").data["consents"] == 1
    assert consents(desk, added)[-1] == ("publicity_amount", "given")
