"""Refused files: set aside once, for thirty days, and nothing else in the office changes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from donflow.intake.gate import SIZE_LIMIT
from donflow.vault import quarantine
from tests.intake import samples
from tests.journeys.desk import Desk

DAY = date(2026, 9, 21)
MACROS = samples.word_with("word/vbaProject.bin", b"x")
OfficeAt = Callable[..., Desk]


def set_aside(folder: Path, data: bytes = b"x", on: date = DAY, name: str = "梁启舟.docx") -> Path:
    return quarantine.set_aside(folder, data, name=name, codes=("macros",), user_id=1, on=on)


def test_a_refused_file_lies_private_and_without_its_name(tmp_path: Path) -> None:
    place = set_aside(tmp_path / "quarantine")

    assert place.name == f"2026-09-21_{sha256(b'x').hexdigest()}.refused"
    assert place.read_bytes() == b"x"
    note = json.loads(place.with_suffix(".json").read_bytes())
    assert (note["name"], note["extension"], note["codes"]) == ("梁启舟.docx", ".docx", ["macros"])
    assert (note["user_id"], note["size"]) == (1, 1)
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in place.parent.iterdir()} == {0o600}


def test_the_same_bytes_lie_there_once(tmp_path: Path) -> None:
    first = set_aside(tmp_path)
    again = set_aside(tmp_path, on=DAY + timedelta(days=3), name="又一次.docx")

    assert first == again
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("lost", [".json", ".refused"])
def test_what_a_crash_left_half_is_made_whole(tmp_path: Path, lost: str) -> None:
    place = set_aside(tmp_path)
    place.with_suffix(lost).unlink()

    assert set_aside(tmp_path).read_bytes() == b"x"
    assert [note.name for note in quarantine.listing(tmp_path)] == ["梁启舟.docx"]


def test_after_thirty_days_a_file_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    old, new = set_aside(tmp_path), set_aside(tmp_path, b"y", on=DAY + timedelta(days=1))
    (tmp_path / "2020-01-01_notes.txt").write_text("somebody's")

    assert quarantine.delete_old(tmp_path, today=DAY + timedelta(days=30)) == 0
    assert quarantine.delete_old(tmp_path, today=DAY + timedelta(days=31)) == 1
    assert (old.exists(), new.exists()) == (False, True)
    assert (tmp_path / "2020-01-01_notes.txt").exists()
    assert len(quarantine.listing(tmp_path)) == 1


def test_a_broken_note_stops_nobody(tmp_path: Path) -> None:
    set_aside(tmp_path)
    (tmp_path / "2026-09-21_x.json").write_text("{}")
    (tmp_path / "z.json").write_bytes(b"\xff")

    assert len(quarantine.listing(tmp_path)) == 1
    assert quarantine.listing(tmp_path / "none") == []


def test_a_refusal_changes_nothing_but_the_quarantine(office_at: OfficeAt) -> None:
    desk = office_at("draft")
    (desk.papers / "协议.docx").write_bytes(MACROS)
    before = desk.rows()
    stored = sorted((desk.home / "vault").rglob("*"))

    for line in ("vault add 材料/协议.docx", "agreement take-in 1 材料/协议.docx"):
        told = desk(line, code=2)
        assert str(desk.home / "quarantine") in told.err.replace("\n", "")

    assert desk.rows() == before
    assert sorted((desk.home / "vault").rglob("*")) == stored
    assert len(list((desk.home / "quarantine").iterdir())) == 2
    (row,) = desk("vault quarantine --json").data
    assert (row["name"], row["codes"]) == ("协议.docx", ["macros"])
    assert "协议.docx" in desk("vault quarantine").out
    refused = json.loads(desk("vault add 材料/协议.docx --json", code=2).err)
    assert [one["code"] for one in refused["refusals"]] == ["macros"]
    assert len(refused["details"]) == 1


def test_a_file_that_is_too_large_or_none_is_refused_unread(office_at: OfficeAt) -> None:
    desk = office_at("draft")
    with (desk.papers / "大.pdf").open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    (desk.papers / "空.pdf").write_bytes(b"")

    for name in ("大", "空"):
        desk(f"vault add 材料/{name}.pdf", code=2)

    assert list((desk.home / "quarantine").iterdir()) == []


def test_the_clock_empties_the_quarantine(office_at: OfficeAt) -> None:
    desk = office_at("draft")
    (desk.papers / "协议.docx").write_bytes(MACROS)
    desk("vault add 材料/协议.docx", code=2)

    desk("scheduler --once", day="2027-06-01")

    assert list((desk.home / "quarantine").iterdir()) == []


def test_what_misleads_and_comes_in_is_told(office_at: OfficeAt) -> None:
    desk = office_at("draft")
    charted = samples.word_with("word/embeddings/Sheet1.xlsx", samples.workbook())
    (desk.papers / "图表.docx").write_bytes(charted)

    told = desk("vault add 材料/图表.docx --json")

    assert "word/embeddings/Sheet1.xlsx" in told.err
    assert json.loads(told.err)["warnings"][0]["code"] == "file_remark"
