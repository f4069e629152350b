"""What was waived stays waived for the very same fault only, and changed rules ask again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from donflow.lifecycle.open_findings import stored_paper
from donflow.vault.files import path_of
from tests.journeys.desk import Desk
from tests.journeys.test_precheck_in_life import (
    DRAFT,
    PAPER,
    REASON,
    SUBMIT,
    WRONG,
    faults,
    rewritten,
    waive_all,
    with_fault,
)

OLD_LAW = "《中华人民共和国合同法》"
BREACH, HARDSHIP = (
    "由双方协商后续交付安排；协商不成的，依照",
    "严重影响其生产经营或者家庭生活的，可以依照",
)
AGAIN = "材料/来稿二.docx"


def test_a_draft_written_down_for_an_earlier_day_is_held_to_todays_rules(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    rewritten(desk, "《中华人民共和国民法典》", OLD_LAW, source=DRAFT, target=PAPER)
    desk(f"agreement take-in 1 {PAPER} --on 2019-06-01")
    assert [(item["code"], bool(item["ground"])) for item in faults(desk)] == [
        ("repealed_law", True)
    ]
    desk("agreement check 1 --on 2019-06-01")
    assert desk.refused(SUBMIT) == {"precheck_clean_or_waived"}
    assert desk("agreement checklist 1 --json").data


def test_a_waiver_stays_in_the_clause_that_it_was_given_for(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    rewritten(desk, f"{BREACH}有关法律", f"{BREACH}{OLD_LAW}", source=DRAFT, target="材料/一.docx")
    rewritten(desk, f"{HARDSHIP}有关", f"{HARDSHIP}{OLD_LAW}", source="材料/一.docx", target=PAPER)
    desk(f"agreement take-in 1 {PAPER}")
    first, second = faults(desk)
    assert first["quote"] == second["quote"]
    assert first["line"] != second["line"]
    desk(f"agreement waive 1 {first['no']} --reason 仅此处引用旧法")
    rewritten(desk, f"{BREACH}{OLD_LAW}", f"{BREACH}有关法律", source=PAPER, target=AGAIN)
    desk(f"agreement take-in 1 {AGAIN}")
    assert [(item["line"], item["waived_by"]) for item in faults(desk)] == [(second["line"], None)]


def test_where_the_draft_before_is_lost_no_waiver_is_carried(
    office_at: Callable[..., Desk],
) -> None:
    desk = with_fault(office_at("written"))
    waive_all(desk)
    documents = [found for (found,) in desk.sql("SELECT document FROM revision ORDER BY no")]
    path_of(desk.home / "vault", documents[-1]).unlink()
    stored_paper.cache_clear()
    rewritten(desk, "专款专用", "专款专项使用", source=PAPER, target=AGAIN)
    desk(f"agreement take-in 1 {AGAIN}")
    assert {item["waived_by"] for item in faults(desk)} == {None}


def test_changed_rules_ask_for_the_draft_to_be_held_to_them(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("written")
    add(desk, "house.yaml", "# Nothing new.\n")
    (refusal,) = desk(f"{SUBMIT} --json", code=2).refusals
    assert refusal["code"] == "precheck_clean_or_waived"
    assert "donflow agreement check G2026-0001" in refusal["remedy"]
    told = desk("agreement check 1")
    assert "0处" in told.err
    desk(SUBMIT)
    assert desk.stage() == "review"


def test_what_the_changed_rules_find_is_mended_or_waived(office_at: Callable[..., Desk]) -> None:
    desk = with_fault(office_at("written"))
    waive_all(desk)
    waived = faults(desk)
    add(desk, "words.yaml", "  - {wrong: 品学兼优, right: 优秀, weigh: error}\n")
    assert "1处" in desk("agreement check 1 --json", day="2026-03-09").err
    before = [item for item in faults(desk) if item["waived_by"]]
    assert [item | {"no": 0} for item in before] == [item | {"no": 0} for item in waived]
    (fault,) = (item for item in faults(desk) if not item["waived_by"])
    assert fault["quote"] == "品学兼优"
    assert desk.refused(SUBMIT) == {"precheck_clean_or_waived"}
    desk(f"agreement waive 1 {fault['no']} --reason {REASON}")
    assert desk("agreement check 1").err == ""
    desk(SUBMIT)
    assert desk("verify --json").data["findings"] == []


def test_what_the_changed_rules_find_no_more_is_gone(office_at: Callable[..., Desk]) -> None:
    desk = office_at("written")
    rewritten(desk, "品学兼优", "品学兼忧", source=DRAFT, target=PAPER)
    kept = (desk.home / "rules" / "words.yaml").read_bytes()
    add(desk, "words.yaml", "  - {wrong: 品学兼忧, right: 品学兼优, weigh: error}\n")
    desk(f"agreement take-in 1 {PAPER}")
    waive_all(desk)
    assert len(faults(desk)) == 1
    (desk.home / "rules" / "words.yaml").write_bytes(kept)
    desk("agreement check 1")
    assert faults(desk) == []
    desk(SUBMIT)
    assert desk("verify --json").data["findings"] == []


def test_a_text_under_review_is_not_held_to_newer_rules(office_at: Callable[..., Desk]) -> None:
    desk = office_at("review")
    add(desk, "words.yaml", "  - {wrong: 品学兼优, right: 优秀, weigh: error}\n")
    desk("agreement check 1")
    assert faults(desk) == []


@pytest.mark.parametrize("name", [None, "house.yaml", "law.yaml"])
def test_rules_that_were_taken_away_switch_nothing_off(
    office_at: Callable[..., Desk], name: str | None
) -> None:
    desk = with_fault(office_at("written"))
    for path in (desk.home / "rules").glob(name or "*.yaml"):
        path.unlink()
    assert desk.refused(f"agreement take-in 1 {DRAFT}") == {"rules_missing"}
    assert desk.refused("agreement check 1") == {"rules_missing"}
    assert desk.refused(SUBMIT) == {"precheck_clean_or_waived"}
    told = desk("today", lang="en").out
    assert "G2026-0001" in told


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_rules_are_read_however_notepad_saved_them(
    office_at: Callable[..., Desk], encoding: str
) -> None:
    desk = office_at("written")
    for path in (desk.home / "rules").glob("*.yaml"):
        path.write_bytes(path.read_text("utf-8").encode(encoding))
    with_fault(desk)
    assert all(WRONG in str(item["quote"]) and item["ground"] for item in faults(desk))


def add(desk: Desk, name: str, text: str) -> None:
    """Write more at the end of one of the office's own rule files."""
    file: Path = desk.home / "rules" / name
    file.write_text(file.read_text("utf-8") + text, "utf-8")
