"""`donflow precheck`: what a reviewer would find: told, as JSON, as a sheet, and mended."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from donflow.cli.cells import cell_len
from donflow.word.plain_paper import paper_of_lines
from tests.cli.chinese import stray_words
from tests.intake import samples
from tests.journeys.desk import Desk
from tests.pictures.printing import broken, printed

CORPUS = Path(__file__).parents[1] / "precheck" / "corpus"
FAULTY = CORPUS / "s02_instalment_three_party.txt"
CLEAN = CORPUS / "s01_scholarship_lump.txt"
ON = "--on 2026-11-20"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desk]:
    """A desk without an office, and a faulty agreement on it."""
    desk = Desk(tmp_path, day="2026-11-20")
    shutil.copy(FAULTY, tmp_path / "协议.txt")
    shutil.copy(CLEAN, tmp_path / "好.txt")
    yield desk
    desk.close()


def found(data: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [finding for finding in data["findings"] if finding["code"] == code]


def test_json_is_the_fixed_form_and_needs_no_home(bare: Desk) -> None:
    data = bare(f"precheck 协议.txt --json {ON}").data

    assert set(data) == {"facts", "findings"}
    keys = {"code", "severity", "line", "quote", "expect", "ground", "mend"}
    assert all(set(finding) == keys for finding in data["findings"])
    assert data["facts"]["kind"] == "multi_instalment"
    assert [party["name"] for party in data["facts"]["parties"]] == [
        "上海启衡新材料股份有限公司",
        "云麓大学教育发展基金会",
        "云麓大学管理学院",
    ]
    (sum_,) = found(data, "instalment_sum_mismatch")
    assert (sum_["severity"], sum_["line"]) == ("error", 17)
    assert [finding["line"] for finding in found(data, "mixed_punctuation")] == [7, 7, 31]
    assert not bare.home.exists()


def test_the_rules_of_the_day_are_applied(bare: Desk) -> None:
    (bare.folder / "旧.txt").write_text(
        FAULTY.read_text("utf-8").replace("本着自愿", "依据《中华人民共和国合同法》，本着自愿"),
        "utf-8",
    )

    assert found(bare("precheck 旧.txt --json --on 2021-06-01").data, "repealed_law")
    assert not found(bare("precheck 旧.txt --json --on 2020-06-01").data, "repealed_law")


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_person_reads_the_facts_first_then_the_findings_by_weight(bare: Desk, lang: str) -> None:
    said = bare(f"precheck 协议.txt {ON}", lang=lang).out

    facts, _, findings = said.partition("\n\n")
    for fact in (
        "上海启衡新材料股份有限公司",
        "10,000,000.00",
        "人民币共计壹仟万元整",
        "**** 6789",
    ):
        assert fact in facts
    assert "104500000000056789" not in facts
    weights = [findings.find(word) for word in WEIGHTS[lang]]
    assert weights == sorted(weights)
    assert -1 not in weights
    assert "4.第四期：2028年9月30日前" in findings


def test_a_clean_agreement_has_no_error(bare: Desk) -> None:
    found_ = bare(f"precheck 好.txt --json {ON}").data["findings"]

    assert "error" not in {finding["severity"] for finding in found_}


WEIGHTS = {
    "zh_CN": ("必须改", "请留意", "供参考"),
    "en": ("to be mended", "to be looked at", "to be known"),
}


def test_it_is_said_in_chinese(bare: Desk) -> None:
    said = bare(f"precheck 协议.txt --checklist {ON}").out

    assert stray_words(said, "协议.txt", "--mend", "OUT.docx", FAULTY.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("s02_instalment_three_party", "104500000000056789", "6789"),
        ("s07_personal_small", "620121190105137941", "7941"),
    ],
)
def test_numbers_of_accounts_and_identity_cards_stay_masked_for_people(
    bare: Desk, name: str, number: str, shown: str
) -> None:
    shutil.copy(CORPUS / f"{name}.txt", bare.folder / "甲.txt")

    said = bare(f"precheck 甲.txt {ON}").out

    assert number not in said
    assert f"*{shown}" in said.replace(" ", "")
    assert number in bare(f"precheck 甲.txt --json {ON}").out


def test_the_findings_come_as_a_sheet_too(bare: Desk) -> None:
    from python_calamine import CalamineWorkbook

    bare(f"precheck 协议.txt --xlsx 结果.xlsx {ON}")

    rows = CalamineWorkbook.from_path(bare.folder / "结果.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) - 1 == len(bare(f"precheck 协议.txt --json {ON}").data["findings"])


def docx() -> bytes:
    return paper_of_lines(FAULTY.read_text("utf-8").splitlines())


def pdf() -> bytes:
    return printed(broken("捐赠协议书", "甲方：梁启舟", "乙方：云麓大学教育发展基金会"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("协议.docx", docx),
        ("协议.pdf", pdf),
        ("国标.txt", lambda: FAULTY.read_text("utf-8").encode("gb18030")),
        ("有标记.txt", lambda: FAULTY.read_text("utf-8").encode("utf-8-sig")),
        ("宽.txt", lambda: FAULTY.read_text("utf-8").encode("utf-16")),
    ],
)
def test_a_paper_in_any_form_is_read(bare: Desk, name: str, data: Callable[[], bytes]) -> None:
    (bare.folder / name).write_bytes(data())

    facts = bare(f"precheck {name} --json {ON}").data["facts"]

    assert facts["title"] == "捐赠协议书"
    assert facts["parties"][1]["name"] == "云麓大学教育发展基金会"


def test_the_same_paper_in_word_and_as_text_is_found_the_same(bare: Desk) -> None:
    (bare.folder / "协议.docx").write_bytes(docx())

    of_word, of_text = (
        bare(f"precheck {name} --json {ON}").data for name in ("协议.docx", "协议.txt")
    )

    assert of_word["facts"] == of_text["facts"]
    told = [one for one in of_word["findings"] if not one["code"].startswith("format_")]
    assert told == of_text["findings"]


def without_a_part() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(docx())) as old, zipfile.ZipFile(written, "w") as new:
        for info in old.infolist():
            if info.filename != "word/document.xml":
                new.writestr(info.filename, old.read(info))
    return written.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "cut": ("协议.docx", lambda: docx()[:2000]),
    "a part is missing": ("协议.docx", without_a_part),
    "a Word file named a text": ("协议.txt", docx),
    "a text named a Word file": ("协议.docx", lambda: "捐赠协议书".encode()),
    "empty": ("协议.docx", bytes),
    "zero bytes": ("协议.txt", lambda: bytes(400)),
    "only blanks": ("协议.txt", lambda: b"  \n \t\n"),
    "a picture": ("协议.png", samples.png),
    "a sheet": ("协议.xlsx", samples.workbook),
    "a scan": ("协议.pdf", lambda: printed([], picture=True)),
    "a broken PDF": ("协议.pdf", lambda: pdf()[:300]),
    "an old Word file that is none": ("协议.doc", lambda: samples.OLE),
    "a receipt": ("票据.ofd", samples.ofd_file),
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("line", ["precheck {}", "precheck {} --mend 修订.docx"])
def test_what_cannot_be_read_is_refused_with_a_remedy(bare: Desk, what: str, line: str) -> None:
    name, made = HOSTILE[what]
    (bare.folder / f"x{name}").write_bytes(made())

    answer = bare(line.format(f"x{name}"), code=2)

    assert answer.out == ""
    assert "→" in answer.err
    assert "Traceback" not in answer.err
    assert stray_words(answer.err, f"x{name}", "txt", "docx", "word") == []
    assert not (bare.folder / "修订.docx").exists()
    json_answer = bare(f"{line.format(f'x{name}')} --json", code=2)
    assert json.loads(json_answer.err)["refusals"]


@pytest.mark.parametrize("option", ["--mend", "--xlsx"])
def test_a_file_that_is_there_is_not_written_over(bare: Desk, option: str) -> None:
    taken = bare.folder / "在.docx"
    taken.write_bytes(b"mine")

    assert "在.docx" in bare(f"precheck 协议.txt {option} 在.docx", code=2).err
    assert taken.read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_named(bare: Desk) -> None:
    assert "没有/修订.docx" in bare("precheck 协议.txt --mend 没有/修订.docx", code=2).err


@pytest.mark.parametrize("user", ["lin", "qian"])
def test_in_an_office_its_own_rules_are_applied(office_at: Callable[..., Desk], user: str) -> None:
    """For everybody, though only some may compare with the signed agreements."""
    desk = office_at("intent", shared=True)
    shutil.copy(FAULTY, desk.folder / "协议.txt")
    words = desk.home / "rules" / "words.yaml"
    own = "characters:\n  - {wrong: 综合发展, right: 整体发展}\n"

    before = desk(f"precheck 协议.txt --json {ON}", as_=user).data
    words.write_text(words.read_text("utf-8").replace("characters:\n", own, 1), "utf-8")
    after = desk(f"precheck 协议.txt --json {ON}", as_=user).data

    assert before["facts"] == after["facts"]
    new = [one for one in after["findings"] if one not in before["findings"]]
    assert {(one["quote"], one["mend"]) for one in new} == {("综合发展", "整体发展")}


@pytest.mark.parametrize("name", ["s02_instalment_three_party", "s07_personal_small"])
def test_in_a_sheet_numbers_are_masked_as_on_the_screen(bare: Desk, name: str) -> None:
    shutil.copy(CORPUS / f"{name}.txt", bare.folder / "甲.txt")

    bare(f"precheck 甲.txt --xlsx 结果.xlsx {ON}")

    with zipfile.ZipFile(bare.folder / "结果.xlsx") as book:
        words = "".join(book.read(one).decode("utf-8", "ignore") for one in book.namelist())
    assert "620121190105137941" not in words
    assert "104500000000056789" not in words


def test_a_number_with_something_unseen_in_it_is_masked_in_the_warning(bare: Desk) -> None:
    words = FAULTY.read_text("utf-8").replace("104500000000056789", "10450000000005\u200b6789")
    (bare.folder / "协议.docx").write_bytes(paper_of_lines(words.splitlines()))

    answer = bare(f"precheck 协议.docx {ON}")

    assert "**************·6789" in answer.err
    assert "10450000000005" not in answer.err + answer.out
    assert "正文（word/document.xml）" in answer.err


@pytest.mark.parametrize("line", ["precheck 协议.txt", "agreement findings 1", "gift list"])
def test_two_forms_at_once_are_refused(bare: Desk, line: str) -> None:
    answer = bare(f"{line} --json --xlsx 结果.xlsx", code=2)

    assert answer.codes == {"one_form"}
    assert not (bare.folder / "结果.xlsx").exists()


@pytest.mark.parametrize("form", ["", " --json"])
def test_that_nothing_can_be_mended_is_said_beside_the_answer(bare: Desk, form: str) -> None:
    (bare.folder / "短.txt").write_text("捐赠协议书\n甲方：梁启舟\n", "utf-8")

    answer = bare(f"precheck 短.txt --mend 修订.docx {ON}{form}")

    assert "没有可以放心" in answer.err or "nothing_mended" in answer.err
    assert not (bare.folder / "修订.docx").exists()


def test_what_is_mended_is_written_as_a_word_file_only(bare: Desk) -> None:
    answer = bare("precheck 协议.txt --mend 修订.pdf", code=2)

    assert "修订.docx" in answer.err
    assert not (bare.folder / "修订.pdf").exists()


def test_no_line_is_wider_than_the_screen(bare: Desk) -> None:
    for paper in sorted(CORPUS.glob("*.txt")):
        shutil.copy(paper, bare.folder / "甲.txt")
        said = bare(f"precheck 甲.txt --checklist {ON}").out
        findings = said.partition("\n\n")[2].partition("需要人判断")[0]
        assert max(map(cell_len, findings.splitlines()), default=0) <= 100 or "□" in findings


def test_yen_have_no_hundredths_and_a_name_people_use(bare: Desk) -> None:
    (bare.folder / "日.txt").write_text(
        "捐赠协议书\n甲方：梁启舟\n乙方：云麓大学教育发展基金会\n第一条 捐赠金额\n"
        "甲方向乙方捐赠日元1,000,000元。\n",
        "utf-8",
    )
    answer = bare(f"precheck 日.txt {ON}")

    assert "JPY" not in answer.out
    assert "1,000,000日元" in answer.out


def damaged(desk: Desk) -> None:
    (desk.home / "donflow.db").write_bytes(b"this is no database" * 400)


@pytest.mark.parametrize(
    ("harm", "who"), [(damaged, "lin"), (lambda _: None, "nobody")], ids=["database", "user"]
)
def test_an_office_that_cannot_be_opened_stops_no_reading(
    office_at: Callable[..., Desk], harm: Callable[[Desk], None], who: str
) -> None:
    desk = office_at("intent", shared=True)
    shutil.copy(FAULTY, desk.folder / "协议.txt")
    before = desk(f"precheck 协议.txt --json {ON}", as_="lin").data
    harm(desk)

    answer = desk(f"precheck 协议.txt {ON}", as_=who)

    assert "没有与已签协议比照" in answer.err
    after = desk(f"precheck 协议.txt --json {ON}", as_=who).data
    assert after["facts"] == before["facts"]
    assert found(after, "instalment_sum_mismatch")
