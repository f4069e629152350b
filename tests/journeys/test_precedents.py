"""Signed agreements are taken in from a folder, measure what comes, and go again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
    draft = desk.folder / "材料" / "协议第1稿.docx"
    (desk.folder / SIGNED / "2025年" / "恒源.docx").write_bytes(draft.read_bytes())
    desk(f"precedent import {SIGNED}")
    (listed,) = desk("precedent list --json").data
    assert listed["name"] == "捐赠协议_G2026-0001_第1稿"  # by which the vault knows these bytes
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
