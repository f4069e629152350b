"""Greetings by a person's hand: WeChat, paper, the courier; each once, in one ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pytest

from donflow.sheets.reading import Cell, read_book
from tests.journeys.desk import Desk, Workshop, copy_of

DAY = "2027-02-06"
FORMULA = "=cmd()"
NAMES = ("梁启舟", "苏婉清", "顾怀川", "顾明远", FORMULA, "江/望川..", "温如玉")
HOUSE = "430070云州市麓山区云麓路1号"


@pytest.fixture(scope="module")
def ready(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office on the morning of 春节, all letters ready: four by WeChat, two on paper."""
    desk = workshop.copy("new", tmp_path_factory.mktemp("by_hand") / "office")
    desk.day = "2027-01-20"
    for number, name in enumerate(NAMES, start=1):
        desk(f"person add '{name}' --phone 1380000000{number}")
        desk(f"person segment {number} 百")
        desk(f"person consent {number} greetings --given --channel any")
    desk("person edit 1 --gender male")
    desk("person edit 2 --gender female")
    desk("person relate 1 spouse 2")
    desk("greeting wish set 1 --joint")
    for number, place in ((3, HOUSE), (4, HOUSE), (5, "200000云州市江滨区测试路2号")):
        desk(f"person reach {number} address {place}")
        desk(f"greeting wish set {number} --channel paper")
    desk("greeting rhythm set 百 春节")
    desk("greeting group add 2009级会计班 --segment 百")
    desk("greeting deliver")
    desk.day = DAY
    desk("greeting deliver")
    yield desk
    desk.close()


@pytest.fixture
def desk(ready: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The office as it stands that morning, to be written in."""
    ready.close()
    desk = copy_of(ready, tmp_path / "office")
    desk.day = DAY
    yield desk
    desk.close()


def by_name(desk: Desk) -> dict[str, int]:
    letters = desk("greeting queue --json").data
    return {letter["name"]: letter["id"] for letter in letters if letter["state"] == "ready"}


def files(desk: Desk) -> set[str]:
    folder = desk.home / "letters"
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return {name for name in names if "林秘书" not in name}


def handed_over(desk: Desk) -> int:
    return (desk.home / "handoff.log").read_text("ascii").count("H ")


def sent(desk: Desk) -> list[dict[str, str]]:
    """What went to those who are greeted; the digest to the secretary is none of it."""
    letters = desk("greeting queue --state sent --json").data
    return [letter for letter in letters if letter["addressee_kind"] != "user"]


def test_the_days_list_names_couples_and_groups(desk: Desk) -> None:
    letters = desk("greeting wechat --json").data
    assert [letter["salutation"] for letter in letters] == [
        "梁启舟先生、苏婉清女士伉俪",
        "江/望川..校友",
        "温如玉校友",
        "各位校友",
    ]
    assert desk("greeting wechat --on 2027-02-07 --json").data == []


def test_one_person_gets_a_picture_and_a_text_and_is_found_masked(desk: Desk) -> None:
    told = desk("greeting wechat --next --json").data
    assert told["text"].startswith("梁启舟先生、苏婉清女士伉俪：\n")
    assert told["where"] == [{"kind": "phone", "shown": "138****0001", "number": 1}]
    assert told["more"] == 3
    assert files(desk) == {
        f"{DAY}_春节_梁启舟先生、苏婉清女士伉俪_{told['letter']}.{kind}" for kind in ("png", "txt")
    }
    assert Path(told["card"]).read_bytes().startswith(b"\x89PNG")
    assert Path(told["text_file"]).read_text("utf-8-sig") == told["text"]
    assert "13800000001" not in desk(f"greeting wechat {told['letter']}").out


def test_a_name_with_slashes_and_dots_stays_within_the_folder(desk: Desk) -> None:
    desk(f"greeting wechat {by_name(desk)['江/望川..']}")
    assert {name.rpartition("_")[0] for name in files(desk)} == {f"{DAY}_春节_江_望川..校友"}


def test_a_group_is_an_addressee_with_its_name_in_the_file(desk: Desk) -> None:
    number = by_name(desk)["2009级会计班"]
    answer = desk(f"greeting wechat {number}")
    assert "2009级会计班" in answer.out
    desk(f"greeting sent {number}")
    assert [letter["addressee_kind"] for letter in sent(desk)] == ["group"]


def test_sent_once_is_refused_the_second_time_with_who_and_when(desk: Desk) -> None:
    letter = by_name(desk)["温如玉"]
    begun = handed_over(desk)
    desk(f"greeting sent {letter}")
    assert desk.refused(f"greeting sent {letter}") == {"sent_already"}
    answer = desk(f"greeting sent {letter}", code=2)
    assert "林秘书" in answer.err
    assert "2027" in answer.err
    assert handed_over(desk) == begun + 1
    contacts = desk("contact list 温如玉 --json").data
    assert [(each["about"], each["channel"]) for each in contacts] == [
        ("spring_festival", "wechat")
    ]
    assert desk("verify").code == 0


def test_whoever_died_meanwhile_is_refused_and_nothing_is_written(desk: Desk) -> None:
    letters = by_name(desk)
    desk("person deceased 7 --died 2027-02-05")
    both = f"{letters['江/望川..']} {letters['温如玉']}"
    assert desk.refused(f"greeting sent {both}") == {"not_written_down"}
    assert desk.refused(f"greeting wechat {letters['温如玉']}") == {"may_not_go"}
    assert sent(desk) == []
    marked = desk("greeting sent --all --occasion 春节 --json").data["sent"]
    assert letters["温如玉"] not in marked
    assert len(marked) == 3
    desk(f"greeting sent {letters['温如玉']} --went-out")


def test_a_letter_left_out_is_silent_for_the_persons_reason(desk: Desk) -> None:
    letter = by_name(desk)["温如玉"]
    desk(f"greeting skip {letter} --reason spoken_to")
    told = desk("greeting queue --state suppressed --person 温如玉 --json").data[0]
    assert told["reason"] == "spoken_to"
    assert desk.refused(f"greeting skip {letter} --reason spoken_to") == {"waits_no_more"}
    assert desk.refused(f"greeting sent {letter}") == {"not_by_hand"}


def test_the_page_of_the_day_needs_nothing_from_outside(desk: Desk) -> None:
    told = desk("greeting wechat --page --json").data
    page = Path(told["file"]).read_text("utf-8")
    assert len(told["letters"]) == page.count("<article") == page.count("data:image/png") == 4
    assert "http:" not in page.replace("http-equiv", "")
    assert "https:" not in page
    assert 'data-number="' in page


def test_the_print_run_is_in_postal_order_and_names_the_household_once(
    desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "印刷.pdf"
    told = desk(f"greeting print --occasion 春节 --on {DAY} --out {out} --json").data
    letters = by_name(desk)
    assert told["letters"] == [letters[FORMULA], letters["顾怀川"]]
    document = pypdfium2.PdfDocument(out)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) == 4
    assert "顾怀川校友、顾明远校友" in pages[3]


def test_the_couriers_sheet_waits_for_two_and_comes_back_with_numbers(
    desk: Desk, tmp_path: Path
) -> None:
    asked = f"greeting courier --occasion 春节 --on {DAY}"
    assert desk.refused(asked) == {"export_unreasoned"}
    export = desk(f"{asked} --reason 寄送贺卡 --json").data["export"]
    sheet = tmp_path / "快递单.xlsx"
    assert desk.refused(f"greeting courier --agreed {export} --out {sheet}") == {
        "export_not_agreed"
    }
    proof = tmp_path / "同意.txt"
    proof.write_text("同意寄送", "utf-8")
    desk(f"order confirm 1 --for leader --evidence {proof}")
    desk(f"greeting courier --agreed {export} --out {sheet}")
    head, *rows = read_book(sheet.read_bytes(), sheet.name).sheets[0].rows()
    assert [row[2:7] for row in rows] == [
        [FORMULA, "13800000005", "200000云州市江滨区测试路2号", "贺卡", "否"],
        ["顾怀川、顾明远", "13800000003", HOUSE, "贺卡", "否"],
    ]
    assert b"<f>" not in sheet.read_bytes()
    rows[0][7] = "SF1234567890"
    done = desk(f"greeting posted --sheet {back(tmp_path, head, rows)} --json")
    assert done.data["tracked"] == [int(float(str(rows[0][1])))]
    assert str(int(float(str(rows[1][1])))) in done.err
    letters = by_name(desk)
    assert FORMULA not in letters
    desk(f"greeting posted {letters['顾怀川']}")
    desk(f"greeting posted {letters['顾怀川']} --tracking sf999888777")
    assert desk.refused(f"greeting posted {letters['温如玉']} --tracking SF1") == {
        "not_a_tracking_number"
    }
    assert desk("verify").code == 0


def back(folder: Path, head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Path:
    """The sheet as the courier sends it back."""
    file = folder / "回单.csv"
    lines = [head, *rows]
    file.write_text("\n".join(",".join(map(str, line)) for line in lines), "utf-8")
    return file


def test_an_erased_persons_files_are_gone_and_those_of_others_stay(desk: Desk) -> None:
    letters = by_name(desk)
    for name in ("温如玉", "江/望川.."):
        desk(f"greeting wechat {letters[name]}")
    desk("greeting wechat --page")
    desk("person erase 7 --because asked")
    assert len(files(desk)) == 5
    proof = desk.folder / "申请.txt"
    proof.write_text("本人申请删除", "utf-8")
    desk(f"order confirm 1 --for leader --evidence {proof}")
    assert {name.rpartition("_")[2] for name in files(desk)} == {
        f"{letters['江/望川..']}.png",
        f"{letters['江/望川..']}.txt",
    }


def test_today_says_how_many_wait_for_the_secretarys_hand(desk: Desk) -> None:
    told = desk("today --json").out
    assert "letters_by_wechat" in told
    assert "letters_by_paper" in told
