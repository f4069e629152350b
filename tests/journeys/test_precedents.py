"""Signed agreements are taken in from a folder, measure what comes, and go again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from donflow.agreements.precedents import _clauses
from donflow.lifecycle.taking_precedents import prepare
from donflow.vault.deposit import Upload
from donflow.word.plain_paper import paper_of_lines
from tests.databases import only_sqlite
from tests.journeys.desk import Desk
from tests.precheck.signed import NUMBER, text_of

SIGNED = "已签协议"
ELSEWHERE = "6222000000000000001"


@pytest.fixture
def desk(office: Desk) -> Desk:
    """A fresh office beside a folder of eight signed agreements and two other files."""
    fill(office.folder / SIGNED)
    return office


def test_a_folder_is_taken_in_and_the_same_file_is_once(desk: Desk) -> None:
    taken = desk(f"precedent import {SIGNED} --json").data
    outcomes = {item["file"]: item["outcome"] for item in taken["files"]}
    assert outcomes.pop("通知.txt") == "refused"
    assert set(outcomes.values()) == {"taken"}
    assert len(desk("precedent list --json").data) == 8
    again = desk(f"precedent import {SIGNED} --json").data
    assert {item["outcome"] for item in again["files"]} == {"there", "refused"}
    assert len(desk("precedent list --json").data) == 8


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    before = desk.rows()
    told = desk(f"precedent import {SIGNED} --dry-run --json").data
    assert sum(item["outcome"] == "taken" for item in told["files"]) == 8
    assert desk.rows() == before
    assert not [path for path in (desk.home / "vault").rglob("*") if path.is_file()]


def test_two_files_of_one_text_are_one_precedent(desk: Desk) -> None:
    text = (desk.folder / SIGNED / "协议0.txt").read_text("utf-8")
    (desk.folder / SIGNED / "协议0副本.txt").write_text(f"{text}\n", "utf-8")
    taken = desk(f"precedent import {SIGNED} --json").data["files"]
    assert sum(item["outcome"] == "there" for item in taken) == 1


def test_what_is_no_agreement_is_refused_with_its_reason(desk: Desk) -> None:
    taken = desk(f"precedent import {SIGNED} --json").data["files"]
    (refused,) = [item for item in taken if item["outcome"] == "refused"]
    assert refused["file"] == "通知.txt"
    assert refused["reason"]


def test_a_refused_file_stops_no_other_and_tells_its_whole_reason(desk: Desk) -> None:
    folder = desk.folder / SIGNED
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "大.pdf").write_bytes(b"%PDF-1.7\n" + bytes(51 * 2**20))
    (folder / "断.txt").symlink_to(folder / "没有.txt")
    unsigned = text_of(9).replace("10个工作日", "____个工作日").replace("日期：", "")
    (folder / "未签.txt").write_text(unsigned.replace("2025年10月8日", ""), "utf-8")
    told = desk(f"precedent import {SIGNED} --dry-run")
    answer = desk(f"precedent import {SIGNED} --json")
    files = {item["file"]: item for item in answer.data["files"]}
    assert sum(item["outcome"] == "taken" for item in files.values()) == 8
    reasons = {name: item["reason"] for name, item in files.items() if item["reason"]}
    assert set(reasons) == {"坏.docx", "大.pdf", "断.txt", "未签.txt", "通知.txt"}
    assert "损坏" in reasons["坏.docx"]
    assert "签署日期" in reasons["未签.txt"]
    assert "____个工" in reasons["未签.txt"]
    assert "坏.docx" in told.out
    assert "____个工" in told.out


def test_what_was_signed_by_hand_is_taken_in_on_the_secretarys_word(desk: Desk) -> None:
    folder = desk.folder / "手签"
    folder.mkdir()
    text = text_of(9).replace("2025年10月8日", "　年　月　日")
    (folder / "手签.txt").write_text(text, "utf-8")
    refused = desk("precedent import 手签 --json").data["files"]
    assert [item["outcome"] for item in refused] == ["refused"]
    assert "--signed" in desk("precedent import 手签 --dry-run").out
    taken = desk("precedent import 手签 --signed --json").data["files"]
    assert [item["outcome"] for item in taken] == ["taken"]
    assert "没有日期" in desk(f"precedent show {taken[0]['id']}").out
    (event,) = [row for row in desk.rows()["journal_event"] if "precedent_imported" in str(row)]
    assert "said_signed" in str(event)


def test_a_long_import_says_how_far_it_is_and_what_it_passed_over(desk: Desk) -> None:
    (desk.folder / SIGNED / "别处").symlink_to(desk.folder / "材料")
    told = desk(f"precedent import {SIGNED}")
    assert "9/9" in told.err
    assert "另有1个文件" in told.err
    assert "别处" in told.err


def test_others_may_write_while_files_are_read(desk: Desk) -> None:
    """The folder is studied before the unit of work: an act in between is not in its way."""
    desk("precedent list")
    (office,) = desk._offices.values()
    text = (desk.folder / SIGNED / "协议0.txt").read_bytes()

    def read() -> Upload:
        desk("precedent import 另一些")
        return Upload("协议0.txt", text)

    other = desk.folder / "另一些"
    other.mkdir()
    (other / "协议7.txt").write_text(text_of(7), "utf-8")
    prepared = prepare("协议0.txt", read, office.office, now=datetime.now(UTC))
    assert prepared.refusal is None
    assert len(desk("precedent list --json").data) == 1


def test_the_same_agreement_in_several_files_counts_once(desk: Desk) -> None:
    folder = desk.folder / SIGNED
    (folder / "协议0扫描.txt").write_text(text_of(0).replace("条 ", "条　"), "utf-8")
    for line in (
        f"precedent import {SIGNED} --dry-run --json",
        f"precedent import {SIGNED} --json",
    ):
        outcomes = {item["file"]: item["outcome"] for item in desk(line).data["files"]}
        assert outcomes["协议0扫描.txt"] == "there"
    (folder / "协议1扫描.txt").write_text(text_of(1).replace("条 ", "条　"), "utf-8")
    again = desk(f"precedent import {SIGNED} --json").data["files"]
    assert not [item for item in again if item["outcome"] == "taken"]
    assert len(desk("precedent list --json").data) == 8


def test_a_dry_run_says_what_would_be_done(desk: Desk) -> None:
    told = desk(f"precedent import {SIGNED} --dry-run").out
    assert "会导入" in told
    assert "已导入" not in told


def test_nobody_is_recorded_for_outside_in_the_offices_own_acts(desk: Desk) -> None:
    for command in ("import", "remove"):
        told = desk(f"precedent {command} --help").out
        assert "--evidence" not in told
        assert "--for" not in told


def test_a_precedent_is_shown_without_the_gift_in_it(desk: Desk) -> None:
    text = text_of(0).replace(
        "甲方自愿", "甲方（身份证号：62010019050101793X，电话139 0000 6071）自愿"
    )
    (desk.folder / SIGNED / "协议0.txt").write_text(text, "utf-8")
    desk(f"precedent import {SIGNED}")
    told = desk("precedent show 1").out + desk("precedent show 1 --json").out
    for secret in ("恒源数智", "0000 6071", "1793X", "500,000", NUMBER, "协议0"):
        assert secret not in told
    assert "先例1" in told
    assert "争议解决" in told


@pytest.mark.parametrize(
    ("folder", "code"), [("没有", "not_a_folder"), ("材料/空", "no_agreements")]
)
def test_a_folder_without_agreements_is_refused(desk: Desk, folder: str, code: str) -> None:
    (desk.folder / "材料" / "空").mkdir()
    assert desk.refused(f"precedent import {folder}") == {code}


def test_what_is_listed_says_what_it_measures_by(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    first = desk("precedent list --json").data[0]
    assert first["kind"] == "one_off_cash"
    assert first["recipients"] == ["云麓大学教育发展基金会"]
    assert first["account"] == "**** 1234"
    shown = desk(f"precedent show {first['id']} --json").data
    assert "第六条 争议解决" in shown["text"]
    assert "争议解决" in desk(f"precedent show {first['id']}").out


def test_an_agreement_like_them_has_no_finding(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    (desk.folder / "来稿.txt").write_text(text_of(9), "utf-8")
    assert desk("precedent compare 来稿.txt --json").data == []


def test_money_that_goes_elsewhere_is_found(desk: Desk) -> None:
    (desk.folder / "来稿.txt").write_text(text_of(9, account=ELSEWHERE), "utf-8")
    assert desk("precedent compare 来稿.txt --json").data == []
    desk(f"precedent import {SIGNED}")
    (found,) = desk("precedent compare 来稿.txt --json").data
    assert (found["code"], found["severity"], found["quote"]) == (
        "account_unregistered",
        "warning",
        ELSEWHERE,
    )
    assert not found["sure"]


def test_a_clause_worded_otherwise_shows_the_difference(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    other = {"争议解决": "一切纠纷提交深圳国际仲裁院，按其届时有效的规则仲裁，费用由败诉一方负担。"}
    (desk.folder / "来稿.txt").write_text(text_of(9, clauses=other), "utf-8")
    found = desk("precedent compare 来稿.txt --json").data
    (unlike,) = [item for item in found if item["code"] == "clause_wording_unlike"]
    assert unlike["severity"] == "info"
    assert "〔-" in unlike["expect"]
    assert "人民法院" in unlike["expect"]


def test_what_was_read_once_is_not_read_again(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    (desk.folder / "来稿.txt").write_text(text_of(9), "utf-8")
    desk("precedent compare 来稿.txt")
    before = _clauses.cache_info()
    desk("precedent compare 来稿.txt")
    after = _clauses.cache_info()
    assert (after.hits - before.hits, after.misses) == (8, before.misses)


def test_a_comparison_is_told_line_by_line(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    other = {"争议解决": "一切纠纷提交深圳国际仲裁院，按其届时有效的规则仲裁，费用由败诉一方负担。"}
    (desk.folder / "来稿.txt").write_text(text_of(9, clauses=other), "utf-8")
    told = desk("precedent compare 来稿.txt").out
    assert "先例8第六条（2025年8月8日签署）" in told
    assert "恒源数智" not in told


def test_a_precedent_goes_with_its_files_and_its_reason_stays(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    kept = files_of(desk)
    first = desk("precedent list --json").data[0]["id"]
    desk(f"precedent remove {first} --reason 未签署")
    assert len(desk("precedent list --json").data) == 7
    assert len(files_of(desk)) < len(kept)
    assert desk.refused(f"precedent remove {first} --reason 未签署") == {"not_found"}
    assert desk.refused(f"precedent show {first}") == {"not_found"}
    assert desk("verify --json").data["findings"] == []
    told = [row for row in desk.rows()["precedent"] if "未签署" in row]
    assert len(told) == 1
    assert not any("第0有限公司" in str(value) for value in told[0])


def test_a_reason_is_asked_for(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    assert desk.refused("precedent remove 1 --reason ' '") == {"reason_missing"}


def test_one_that_was_taken_out_can_come_again(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    desk("precedent remove 1 --reason 误入")
    again = desk(f"precedent import {SIGNED} --json").data["files"]
    assert sum(item["outcome"] == "taken" for item in again) == 1
    assert len(desk("precedent list --json").data) == 8


def test_the_table_holds_no_word_of_a_donor(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    rows = desk.rows()["precedent"]
    assert len(rows) == 8
    assert not any("有限公司" in str(value) for row in rows for value in row)


@only_sqlite("tests/journeys/test_backup_and_restore.py moves every table on both")
def test_precedents_and_rules_come_back_from_a_backup(desk: Desk) -> None:
    desk(f"precedent import {SIGNED}")
    own = desk.home / "rules" / "house.yaml"
    own.write_text(own.read_text("utf-8") + "# 本处自定\n", "utf-8")
    path = desk("backup --json").data["file"]
    listed = desk("precedent list --json").data
    desk(f"restore {path} --home 新家")
    restored = Desk(
        desk.folder, day=desk.day, environment={"DONFLOW_HOME": str(desk.folder / "新家")}
    )
    assert restored("precedent list --json").data == listed
    assert "本处自定" in (desk.folder / "新家" / "rules" / "house.yaml").read_text("utf-8")
    restored.close()


def test_a_gifts_findings_show_what_is_unlike_the_precedents(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    fill(desk.folder / SIGNED, account=ELSEWHERE)
    desk(f"precedent import {SIGNED}")
    found = desk("agreement findings 1 --json").data
    assert all(item["severity"] != "error" for item in found)
    assert all(item["no"] is None for item in found if item["code"].endswith("_unlike"))


def test_a_word_file_of_a_gift_is_taken_in_and_stays_the_gifts(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    (desk.folder / SIGNED / "2025年").mkdir(parents=True)
    signed = desk.folder / SIGNED / "2025年" / "恒源.docx"
    signed.write_bytes(paper_of_lines(text_of(0).splitlines()))
    desk(f"agreement take-in 1 {signed}")
    desk(f"precedent import {SIGNED}")
    (listed,) = desk("precedent list --json").data
    assert listed["name"] == "先例1"
    assert listed["recipients"] == ["云麓大学教育发展基金会"]
    assert "dispute" in listed["clauses"]
    # The draft's own bytes are a paper of the gift: taking the precedent out leaves them.
    desk("precedent remove 1 --reason 未签署")
    desk("vault check")
    assert desk("agreement findings 1 --json").data is not None


def fill(folder: Path, account: str = NUMBER) -> None:
    """Eight signed agreements, a letter that is none, and a file of another sort."""
    folder.mkdir()
    for no in range(8):
        (folder / f"协议{no}.txt").write_text(text_of(no, account=account), "utf-8")
    (folder / "通知.txt").write_text("请各位老师周五前交材料。\n", "utf-8")
    (folder / "照片.heic").write_bytes(b"....")


def files_of(desk: Desk) -> list[Path]:
    return [path for path in (desk.home / "vault").rglob("*") if path.is_file()]
