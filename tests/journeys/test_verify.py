"""`donflow verify` names the gift of whatever was changed behind donflow's back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests import databases
from tests.databases import only_sqlite
from tests.journeys.desk import Desk

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
    "revision_finding",
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


@pytest.fixture
def desk(office_at: Callable[..., Desk]) -> Desk:
    """The finished office."""
    return office_at("steward")


def test_an_untouched_office_is_clean(desk: Desk) -> None:
    answer = desk("verify --json")
    assert answer.data["findings"] == []


def test_every_table_of_a_gift_is_tried(desk: Desk) -> None:
    owned = {
        name
        for name, rows in desk.rows().items()
        if rows and "gift_id" in databases.columns_of(desk.url, name)
    }
    assert owned - {"stage_change"} <= set(TABLES)


@only_sqlite("tests/store/test_verify.py changes every column on both")
@pytest.mark.parametrize("table", TABLES)
def test_each_changed_column_is_named_with_its_gift(desk: Desk, table: str) -> None:
    columns = [
        name for name in databases.columns_of(desk.url, table) if name not in NUMBERS_OF_GIFT
    ]
    changes = ", ".join(f'"{name}" = {ANOTHER.format(name)}' for name in columns)
    desk.sql(f"UPDATE {table} SET {changes} WHERE id = (SELECT min(id) FROM {table})")
    findings = "\n".join(desk("verify --json", code=1).data["findings"])
    assert GIFT in findings
    missing = [column for column in columns if column not in findings]
    assert missing == []


@pytest.mark.parametrize("table", ["payment", "approval", "receipt", "gift_paper", "stage_change"])
@pytest.mark.parametrize("deed", ["removed", "added", "given to another gift"])
def test_rows_that_go_come_or_wander_are_named(desk: Desk, table: str, deed: str) -> None:
    columns = [name for name in databases.columns_of(desk.url, table) if name != "id"]
    listed = ", ".join(f'"{name}"' for name in columns)
    statements = {
        "removed": f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
        "added": f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table} LIMIT 1",
        "given to another gift": f"UPDATE {table} SET gift_id = 99",
    }
    desk.close()
    try:
        databases.harm(desk.url, statements[deed])
    except IntegrityError:  # the database itself refuses a second such row
        assert deed == "added"
        return
    answer = desk("verify", code=1)
    assert GIFT in answer.out


def test_the_journal_itself_refuses_to_be_cut(desk: Desk) -> None:
    with pytest.raises(IntegrityError):
        desk.sql("DELETE FROM journal_event")


def test_a_journal_cut_at_its_end_is_found(desk: Desk) -> None:
    with databases.connected(desk.url) as connection:
        databases.unguard_journal(connection)
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


@only_sqlite("a server's database is no file")
def test_a_database_that_is_none_cannot_be_told(office_at: Callable[..., Desk]) -> None:
    desk = office_at("intent")
    desk.close()
    desk.database.write_bytes(b"this is no database" * 100)
    desk.environment["DONFLOW_DEBUG"] = ""
    answer = desk("verify", code=2)
    assert answer.out == ""
    assert len(answer.err.splitlines()) <= 2
