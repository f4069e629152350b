"""`donflow verify` names the gift of whatever was changed behind donflow's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, Workshop

GIFT = "G2026-0001"
TABLES = (
    "gift",
    "contact",
    "screening",
    "gift_record",
    "instalment",
    "payment",
    "gift_paper",
    "agreement_term",
    "revision",
    "self_check",
    "review_round",
    "approval",
    "donor_check",
    "original_copy",
    "signature",
    "seal_use",
    "parcel",
    "receipt",
    "certificate",
    "custody",
)
NUMBERS_OF_GIFT = ("id", "gift_id", "year", "serial")
"""What a gift is named by: a finding could not name it if these were changed as well."""

ANOTHER = """CASE WHEN "{0}" IN (0, 1) THEN 1 - "{0}" ELSE '9' || coalesce("{0}", 0) END"""


@pytest.fixture(scope="module")
def finished(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = workshop.copy("steward", tmp_path_factory.mktemp("verify") / "office")
    yield desk
    desk.close()


@pytest.fixture
def desk(finished: Desk) -> Iterator[Desk]:
    """The finished office; its database is put back after the test."""
    finished.close()
    before = finished.database.read_bytes()
    yield finished
    finished.close()
    finished.database.write_bytes(before)


def test_an_untouched_office_is_clean(desk: Desk) -> None:
    answer = desk("verify --json")
    assert answer.data["findings"] == []


def test_every_table_of_a_gift_is_tried(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.database)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        owned = {
            name
            for (name,) in names
            if "gift_id" in {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
            and database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        }
    assert owned - {"stage_change"} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_each_changed_column_is_named_with_its_gift(desk: Desk, table: str) -> None:
    columns = [
        row[1] for row in desk.sql(f"PRAGMA table_info({table})") if row[1] not in NUMBERS_OF_GIFT
    ]
    changes = ", ".join(f'"{column}" = {ANOTHER.format(column)}' for column in columns)
    desk.sql(f"UPDATE {table} SET {changes} WHERE id = (SELECT min(id) FROM {table})")
    findings = "\n".join(desk("verify --json", code=1).data["findings"])
    assert GIFT in findings
    missing = [column for column in columns if column not in findings]
    assert missing == []


@pytest.mark.parametrize("table", ["payment", "approval", "receipt", "gift_paper", "stage_change"])
@pytest.mark.parametrize("deed", ["removed", "added", "given to another gift"])
def test_rows_that_go_come_or_wander_are_named(desk: Desk, table: str, deed: str) -> None:
    columns = [row[1] for row in desk.sql(f"PRAGMA table_info({table})") if row[1] != "id"]
    listed = ", ".join(f'"{column}"' for column in columns)
    statements = {
        "removed": f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
        "added": f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table} LIMIT 1",
        "given to another gift": f"UPDATE {table} SET gift_id = 99",
    }
    try:
        desk.sql(statements[deed])
    except sqlite3.IntegrityError:  # the database itself refuses a second such row
        assert deed == "added"
        return
    answer = desk("verify", code=1)
    assert GIFT in answer.out


def test_the_journal_itself_refuses_to_be_cut(desk: Desk) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        desk.sql("DELETE FROM journal_event")


def test_a_journal_cut_at_its_end_is_found(desk: Desk) -> None:
    for (trigger,) in desk.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        desk.sql(f"DROP TRIGGER {trigger}")
    desk.sql("DELETE FROM journal_event WHERE id = (SELECT max(id) FROM journal_event)")
    assert desk("verify", code=1).out


@pytest.mark.parametrize("deed", ["damaged", "deleted"])
def test_a_harmed_file_is_named_with_its_gift(office_at: Callable[..., Desk], deed: str) -> None:
    desk = office_at("perform")
    papers = desk("paper list 1 --json").data
    scan = next(paper for paper in papers if paper["kind"] == "agreement_scan")["fingerprint"]
    file = desk.home / "vault" / scan[:2] / scan
    if deed == "deleted":
        file.unlink()
    else:
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    (finding,) = desk("verify --json", code=1).data["findings"]
    assert finding.startswith(GIFT)
    assert scan[:12] in finding
    desk("vault check", code=1)
    desk(f"vault show {scan}", code=1)


def test_a_strange_file_harms_nothing_and_is_named_by_the_vaults_own_check(
    office_at: Callable[..., Desk],
) -> None:
    desk = office_at("intent")
    strange = desk.home / "vault" / "ab" / ("ab" * 32)
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"strange")
    desk("verify")
    assert "ab" * 32 in desk("vault check", code=1).out


def test_where_there_is_no_office_it_cannot_tell(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk("verify", code=2).out == ""


def test_a_database_that_is_none_cannot_be_told(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    desk.close()
    desk.database.write_bytes(b"this is no database" * 100)
    desk.environment["DONFLOW_DEBUG"] = ""
    answer = desk("verify", code=2)
    assert answer.out == ""
    assert len(answer.err.splitlines()) <= 2
