"""A draft is pre-checked when it is written; its faults are mended or waived before it leaves."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from donflow.cli.cells import cell_len
from tests.databases import only_sqlite
from tests.journeys.desk import Desk

SUBMIT = "gift advance 1 submit"
RIGHT, WRONG = "伍拾万元整", "伍拾伍万元整"
DRAFT, PAPER = "材料/协议第1稿.docx", "材料/捐赠方来稿.docx"
REASON = "捐赠方坚持原文，基金会已电话同意"
FIELDS = "agreement findings 1 --json"


def test_a_draft_from_the_offices_own_template_is_clean(office_at: Callable[..., Desk]) -> None:
    found = office_at("written")(FIELDS).data
    assert [item for item in found if item["severity"] == "error"] == []
    assert len([item for item in found if item["severity"] == "warning"]) <= 2


def test_a_donors_paper_with_a_fault_is_not_submitted(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    answer = desk(f"{SUBMIT} --json", code=2)
    assert answer.codes == {"precheck_clean_or_waived"}
    (refusal,) = answer.refusals
    assert faults(desk)
    for fault in faults(desk):
        assert WRONG in str(fault["quote"])
        assert f"第{fault['line']}行“{fault['quote']}”" in refusal["reason"]
    assert "donflow agreement take-in G2026-0001" in refusal["remedy"]
    assert "donflow agreement waive G2026-0001" in refusal["remedy"]
    assert desk.stage() == "draft"


def test_a_mended_paper_goes_out(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    rewritten(desk, WRONG, f"{RIGHT} ", source=PAPER, target="材料/改正稿.docx")
    desk("agreement take-in 1 材料/改正稿.docx")
    desk("agreement check 1")
    assert faults(desk) == []
    desk(SUBMIT)
    assert desk.stage() == "review"


def test_a_fault_that_a_named_person_waives_goes_out(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    first, *others = faults(desk)
    desk(f"agreement waive 1 {first['no']} --reason {REASON}")
    told = desk(f"{SUBMIT} --json", code=2).refusals[0]["reason"]
    assert f"第{first['line']}行" not in told
    assert all(f"第{fault['line']}行" in told for fault in others)
    waive_all(desk)
    assert {(item["waived_by"], item["reason"]) for item in faults(desk)} == {("林秘书", REASON)}
    desk(SUBMIT)
    assert desk.stage() == "review"


def test_a_waiver_holds_for_the_same_words_in_the_next_draft(
    office_at: Callable[..., Desk],
) -> None:
    desk = with_fault(office_at("written"))
    waive_all(desk)
    rewritten(desk, "专款专用", "专款专项使用", source=PAPER, target="材料/来稿二.docx")
    desk("agreement take-in 1 材料/来稿二.docx", day="2026-03-09")
    desk("agreement check 1")
    waived = {(item["waived_by"], item["waived_on"]) for item in faults(desk)}
    assert waived == {("林秘书", "2026-03-06")}
    desk(SUBMIT)


def test_a_waiver_does_not_hold_for_other_words(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    waive_all(desk)
    rewritten(desk, WRONG, "伍拾陆万元整", source=PAPER, target="材料/来稿二.docx")
    desk("agreement take-in 1 材料/来稿二.docx")
    desk("agreement check 1")
    assert desk.refused(SUBMIT) == {"precheck_clean_or_waived"}


def test_the_guard_asks_again_when_the_text_came_back(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    desk("review return 1 --remark 请改 --for reviewer --evidence 材料/审核意见.pdf")
    desk("review answer 1 1 --accepted")
    with_fault(desk)
    assert desk.refused("gift advance 1 resubmit") == {"precheck_clean_or_waived"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("agreement waive 1 {no} --reason ' '", "reason_missing"),
        ("agreement waive 1 99 --reason 同意", "not_found"),
    ],
)
def test_a_waiver_needs_a_fault_and_a_reason(
    office_at: Callable[..., Desk], line: str, code: str
) -> None:
    desk = with_fault(office_at("written"))
    assert desk.refused(line.format(no=faults(desk)[0]["no"])) == {code}


def test_a_fault_is_waived_once(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    line = f"agreement waive 1 {faults(desk)[0]['no']} --reason {REASON}"
    desk(line)
    assert desk.refused(line) == {"already_waived"}


def test_what_left_is_no_more_waived(office_at: Callable[..., Desk]) -> None:
    assert office_at("review").refused("agreement waive 1 1 --reason 同意") == {"text_under_review"}


@only_sqlite("what the journal holds does not depend on the database")
def test_the_journal_holds_no_words_of_the_draft(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    waive_all(desk)
    told = json.dumps(desk.rows()["journal_event"], ensure_ascii=False, default=str)
    assert "finding_waived" in told
    assert WRONG not in told
    assert REASON not in told
    assert desk("verify --json").data["findings"] == []


def test_the_reviewer_gets_the_questions_that_only_a_person_answers(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("review")
    keys = [item["key"] for item in desk("agreement checklist 1 --json").data]
    assert "donor_identity" in keys
    assert "恒源奖学金" in desk("agreement checklist 1").out


def test_the_findings_are_written_to_a_sheet(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    desk("agreement findings 1 --xlsx 发现.xlsx")
    assert zipfile.is_zipfile(desk.folder / "发现.xlsx")


def test_the_home_has_rules_of_its_own_which_alone_are_read(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    shipped = Path(__file__).parents[2] / "rules"
    for path in sorted(shipped.glob("*.yaml")):
        assert (desk.home / "rules" / path.name).read_bytes() == path.read_bytes()
    (desk.home / "rules" / "house.yaml").write_text("nonsense: 1\n", "utf-8")
    assert desk.refused("agreement draft 1") == {"wrong_rules"}


def with_fault(desk: Desk) -> Desk:
    """The donor's own paper, whose amount in words is wrong, taken in and read through."""
    rewritten(desk, RIGHT, WRONG, source=DRAFT, target=PAPER)
    desk(f"agreement take-in 1 {PAPER}")
    desk("agreement check 1")
    return desk


def waive_all(desk: Desk) -> None:
    """Let every fault of the current draft stand that does not yet."""
    for fault in faults(desk):
        if not fault["waived_by"]:
            desk(f"agreement waive 1 {fault['no']} --reason {REASON}")


def faults(desk: Desk) -> list[dict[str, object]]:
    """The errors of the current draft."""
    found: list[dict[str, object]] = desk(FIELDS).data
    return [item for item in found if item["severity"] == "error"]


def rewritten(desk: Desk, old: str, new: str, *, source: str, target: str) -> None:
    """Another Word file with one wording replaced wherever it stands."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(desk.folder / source) as read,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in read.namelist():
            data = read.read(name)
            if name == "word/document.xml":
                assert old in data.decode(), old
                data = data.replace(old.encode(), new.encode())
            written.writestr(name, data)
    (desk.folder / target).write_bytes(stream.getvalue())


def test_findings_are_told_by_weight_and_what_was_waived_last(
    office_at: Callable[..., Desk],
) -> None:
    desk = with_fault(office_at("written"))
    first, *_others = faults(desk)
    open_ = desk("agreement findings 1").out
    desk(f"agreement waive 1 {first['no']} --reason {REASON}")

    said = desk("agreement findings 1").out

    assert max(map(cell_len, said.splitlines())) <= 100
    assert f"{first['no']:3}. 第{first['line']}行" in open_.partition("请留意")[0]
    assert "已豁免" not in open_
    waived = said.partition("已豁免（1项）")[2]
    assert f"{first['no']:3}. 第{first['line']}行" in waived
    assert f"林秘书于2026年3月6日豁免，理由：{REASON}" in waived
    assert "donflow agreement waive G2026-0001 序号 --reason 理由" in said


def test_in_a_sheet_the_findings_keep_an_anonymous_donors_name_back(
    office_at: Callable[..., Desk],
) -> None:
    desk = with_fault(office_at("written"))
    donor = "深圳市恒源数智科技有限公司"
    desk(f"agreement waive 1 {faults(desk)[0]['no']} --reason {donor}坚持原文")

    assert donor in sheet_of(desk, "具名.xlsx")
    desk("gift edit 1 --anonymous")
    unnamed = sheet_of(desk, "匿名.xlsx")

    assert donor not in unnamed
    assert "坚持原文" in unnamed


def sheet_of(desk: Desk, name: str) -> str:
    desk(f"agreement findings 1 --xlsx {name}")
    with zipfile.ZipFile(desk.folder / name) as book:
        return "".join(book.read(one).decode("utf-8", "ignore") for one in book.namelist())
