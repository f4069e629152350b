"""E20: gifts under way move to new lifecycles once or not at all, also where the move is killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from donflow.bootstrap import OpenOffice, open_office
from donflow.domain.actor import Actor
from donflow.engine.spec import Workflow
from donflow.gifts.models import Gift
from donflow.lifecycle import migrating
from donflow.lifecycle.migrating import MigrationRefused, meant_version, plan_migration
from donflow.lifecycle.office import Office
from donflow.settings import read_settings
from donflow.store.moving import Place, migrate
from donflow.store.session import reading
from donflow.store.workflows import stored_workflow
from tests import databases
from tests.experiments.under_way import (
    SECRETARY,
    changed,
    drop_returned,
    put_under_way,
    second_version,
)
from tests.journeys.desk import Desk

NOW = datetime(2026, 9, 21, 4, tzinfo=UTC)
TODAY = "2026-09-21"
BESIDE = ("instalment", "receipt", "certificate")
NEW_STAGES = {"signing": "donor_signs", "review": "legal_review", "returned": "draft"}
MOVED = "SELECT count(*) FROM journal_event WHERE action = 'migrated' AND subject_type = 'gift'"
KILLED = -9 if os.name == "posix" else 1
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Case:
    """An office with gifts under way, the newer lifecycles current, and its rows before."""

    desk: Desk
    opened: OpenOffice
    before: Rows
    version: str
    old: Workflow
    new: Workflow

    def now(self) -> Rows:
        return rows_of(self.desk)

    def faults(self) -> list[str]:
        return faults(self, self.now())


@pytest.fixture
def case_of(
    office_at: Callable[..., Desk], points: Callable[..., int], seed: int
) -> Iterator[Callable[..., Case]]:
    """`case_of()`: an office full of gifts under way; the first version is that of the home."""
    made: list[OpenOffice] = []

    def make(new: Callable[[str], str] = second_version, *, count: int | None = None) -> Case:
        desk = office_at("new")
        desk.day = TODAY
        opened = open_office(desk.home, read_settings(desk.home, {}), {})
        made.append(opened)
        put_under_way(opened, count or points(1000, 46), seed=seed, now=NOW)
        text = (desk.home / "states.yaml").read_text(encoding="utf-8")
        (desk.folder / "新流程.yaml").write_text(new(text), encoding="utf-8")
        before = rows_of(desk)
        desk("states activate 新流程.yaml")
        with reading(opened.store) as session:
            version = meant_version(session, None)
            old = stored_workflow(session, str(before["gift"][0]["workflow_version"]))
            return Case(desk, opened, before, version, old, stored_workflow(session, version))

    yield make
    for opened in made:
        opened.close()


def rows_of(desk: Desk) -> Rows:
    """The rows that a migration touches, with the names of their columns."""
    tables = ("gift", *BESIDE, "stage_change", "journal_event")
    found: Rows = {}
    for table in tables:
        columns = databases.columns_of(desk.url, table)
        every = databases.execute(desk.url, f"SELECT * FROM {table} ORDER BY 1")
        found[table] = [dict(zip(columns, row, strict=True)) for row in every]
    return found


def faults(case: Case, found: Rows) -> list[str]:
    """Every gift that moved in part, twice, or to the wrong place."""
    told: list[str] = []
    before = {(table, row["id"]): row for table in ("gift", *BESIDE) for row in case.before[table]}
    events = _counted(found["journal_event"], lambda row: row["action"] == "migrated")
    changes = _counted(found["stage_change"], lambda row: row["transition"] is None)
    versions = {row["id"]: row["workflow_version"] for row in found["gift"]}
    for table in ("gift", *BESIDE):
        for row in found[table]:
            was, key = before[table, row["id"]], (table, row["id"])
            name = f"{table} {row['id']}"
            moved = row["workflow_version"] == case.version
            if (
                row["workflow_version"]
                != versions[row["gift_id"] if table != "gift" else row["id"]]
            ):
                told.append(f"{name} and its gift are in two versions")
            if (events[key], changes[key]) != (int(moved), int(moved)):
                told.append(f"{name}: {events[key]} events, {changes[key]} changes, moved {moved}")
            expected = _expected(case, table, was) if moved else was
            for column in ("stage", "entered_on", "due_on", "due_provisional"):
                if row[column] != expected[column]:
                    told.append(f"{name}: {column} {was[column]} became {row[column]}")
    return told


def _counted(rows: list[dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> Counter[Any]:
    return Counter((row["subject_type"], row["subject_id"]) for row in rows if wanted(row))


def _expected(case: Case, table: str, was: dict[str, Any]) -> dict[str, Any]:
    """Where the row must stand: what was made a draft of has eight working days."""
    if table != "gift":
        return was
    stage = NEW_STAGES.get(was["stage"], was["stage"])
    if stage != "draft":
        return {**was, "stage": stage}
    deadline = migrating.due(
        date.fromisoformat(str(was["entered_on"])),
        case.new.lifecycles["gift"].stages["draft"].within,  # type: ignore[arg-type]
        case.opened.office.calendar,
    )
    due_on = deadline.on if isinstance(was["due_on"], date) else deadline.on.isoformat()
    return {**was, "stage": stage, "due_on": due_on}


def test_killed_again_and_again_each_gift_moves_once(
    case_of: Callable[..., Case],
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    case, drawn, kills = case_of(), random.Random(seed), points(50, 3)
    under_way = len(open_gifts(case))
    begun = struck = 0
    for kill in range(kills):
        done = moved(case)
        goal = done + drawn.randrange(max(1, (under_way - done) // (kills - kill + 1)))
        with running(case.desk) as process:
            while process.poll() is None and moved(case) < goal:
                time.sleep(0.03)
            time.sleep(drawn.random() * 0.05)
            process.kill()
        struck += process.returncode == KILLED
        begun += moved(case) > done
        assert case.faults() == []
    case.desk("states migrate")
    assert case.faults() == []
    assert moved(case) == under_way
    assert open_gifts(case) == set()
    case.desk("verify")
    rows = case.now()
    case.desk("states migrate")
    assert case.now() == rows
    assert struck == kills
    assert begun > 0
    figures("E20", f"{under_way} gifts, killed {kills} times ({begun} while moving), 0 faults")


def running(desk: Desk) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DONFLOW_HOME": str(desk.home),
        "DONFLOW_LANG": "zh_CN",
        "DONFLOW_NOW": f"{TODAY}T10:00:00+08:00",
    }
    return subprocess.Popen(
        [sys.executable, "-c", "from donflow.cli import main; main()", "states", "migrate"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def moved(case: Case) -> int:
    return int(databases.execute(case.desk.url, MOVED)[0][0])


def open_gifts(case: Case) -> set[str]:
    with reading(case.opened.store) as session:
        plan = plan_migration(session, case.opened.office, case.version)
        return {gift.number for gift in plan.gifts}


def test_a_dry_run_changes_nothing(case_of: Callable[..., Case]) -> None:
    case = case_of(count=23)
    case.desk.close()
    rows = case.desk.rows()
    said = case.desk("states migrate --dry-run").out
    whole = case.desk("states migrate --dry-run --json").data
    assert case.desk.rows() == rows
    assert "G2026-0009" in said
    assert len(whole["gifts"]) == 23 - whole["staying"]


def test_a_stage_that_leads_nowhere_is_refused_with_the_gifts_that_stand_there(
    case_of: Callable[..., Case],
) -> None:
    def without_was(text: str) -> str:
        return changed(text, drop_returned, lambda gift: gift["stages"]["draft"].pop("was"))

    case = case_of(without_was, count=46)
    there = [row["number"] for row in case.before["gift"] if row["stage"] == "returned"]
    rows = case.desk.rows()
    for line in ("states migrate", "states migrate --dry-run"):
        answer = case.desk(line, code=2)
        assert there
        assert all(number in answer.err for number in there)
        assert sum(row["number"] in answer.err for row in case.before["gift"]) == len(there)
        assert "was: [returned]" in answer.err
    assert case.desk.rows() == rows


def test_what_another_did_meanwhile_is_not_lost(case_of: Callable[..., Case]) -> None:
    case = case_of(count=23)
    gift = next(row for row in case.before["gift"] if row["stage"] == "perform")
    with reading(case.opened.store) as session:
        plan = plan_migration(session, case.opened.office, case.version)
    moving = migrating.migrate_all(
        case.opened.store, case.opened.office, plan, actor=SECRETARY, now=NOW
    )
    next(moving)
    case.desk(f"gift advance {gift['number']} amend --reason 追加捐赠")
    assert [number for number, refused in moving if refused] == []
    after = next(row for row in case.now()["gift"] if row["id"] == gift["id"])
    assert (after["stage"], after["workflow_version"]) == ("amending", case.version)
    case.desk("verify")


def forgets_that_it_was_there(
    session: Session, office: Office, gift_id: int, version: str, *, actor: Actor, now: datetime
) -> bool:
    """A migration that moves again what a run before it has moved."""
    real_migrate_gift(session, office, gift_id, version, actor=actor, now=now)
    gift = session.get_one(Gift, gift_id)
    place = Place(version, gift.stage, gift.due_on, gift.due_provisional)
    _migrate_alone(session, gift, place, office, actor, now)
    return True


def in_two_units(
    session: Session, office: Office, gift_id: int, version: str, *, actor: Actor, now: datetime
) -> bool:
    """A migration that moves the gift in one unit and was killed before the one of the rest."""
    gift = session.get_one(Gift, gift_id)
    stage = NEW_STAGES.get(gift.stage, gift.stage)
    place = Place(version, stage, gift.due_on, gift.due_provisional)
    _migrate_alone(session, gift, place, office, actor, now)
    return True


def from_today(
    session: Session, office: Office, gift_id: int, version: str, *, actor: Actor, now: datetime
) -> bool:
    """A migration after which every deadline has begun anew."""
    real_migrate_gift(session, office, gift_id, version, actor=actor, now=now)
    session.get_one(Gift, gift_id).due_on = date(2026, 12, 31)
    return True


def _migrate_alone(
    session: Session, gift: Gift, place: Place, office: Office, actor: Actor, now: datetime
) -> None:
    migrate(
        session, gift, place, subject=gift.subject, gift_id=gift.id, actor=actor,
        person=office.person(actor), now=now, on=office.today(now),
    )  # fmt: skip


real_migrate_gift = migrating.migrate_gift


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (forgets_that_it_was_there, "2 events, 2 changes"),
        (in_two_units, "are in two versions"),
        (from_today, "due_on"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_checker_bites(
    case_of: Callable[..., Case],
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[..., bool],
    told: str,
) -> None:
    case = case_of(count=23)
    assert case.faults() == []
    monkeypatch.setattr(migrating, "migrate_gift", broken)
    case.desk("states migrate")
    assert any(told in fault for fault in case.faults())


def test_a_gift_that_another_brought_where_it_cannot_move_from_is_left_and_named(
    case_of: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(count=23)
    unlucky = case.before["gift"][3]

    def refusing(session: Session, office: Office, gift_id: int, *rest: str, **named: Any) -> bool:
        if gift_id == unlucky["id"]:
            raise MigrationRefused([])
        return real_migrate_gift(session, office, gift_id, *rest, **named)

    monkeypatch.setattr(migrating, "migrate_gift", refusing)
    answer = case.desk("states migrate", code=2)
    assert unlucky["number"] in answer.err
    assert case.faults() == []
