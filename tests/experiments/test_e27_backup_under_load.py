"""E27: a backup while four processes write is one moment of the history, and restores whole.

Each writer notes what it was told is stored. A restored office must hold of each chain of the
journal the beginning, at least as far as was acknowledged when the backup began; every file that
its rows name; and `verify` must find nothing. The checker is seen to bite on backups made wrongly.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from donflow.bootstrap import check_backup, open_office, restore_office
from donflow.errors import DonflowError
from donflow.lifecycle.backing_up import back_up
from donflow.settings import read_settings
from donflow.store.journal import Subject, events_of, record
from donflow.store.session import Store, close_store, open_store, reading, unit_of_work
from donflow.store.verify import verify_store
from donflow.vault import files
from donflow.vault.deposit import Upload, all_fingerprints, keep
from tests import databases
from tests.experiments.backup_mutations import mutations
from tests.experiments.many_gifts import add_gifts
from tests.journeys.desk import Desk, Workshop

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
WRITERS = 4
SHARED = Subject("vault", 1)
processes = multiprocessing.get_context("fork")


def subject_of(writer: int) -> Subject:
    return Subject("user", 100 + writer)


@dataclass
class Writers:
    """Four processes that write until told to end; `acknowledged` counts by writer."""

    home: Path
    stop: Any = field(default_factory=processes.Event)
    acknowledged: Any = field(default_factory=lambda: processes.Array("i", WRITERS))

    def counts(self) -> list[int]:
        return list(self.acknowledged)

    def wait_for_more(self, more: int = 3) -> None:
        """Until every writer has done some units more."""
        goal = [done + more for done in self.counts()]
        deadline = time.monotonic() + 60
        while any(done < wanted for done, wanted in zip(self.counts(), goal, strict=True)):
            assert time.monotonic() < deadline, "the writers stand still"
            time.sleep(0.01)


def write(home: Path, writer: int, writers: Writers) -> None:
    """File, row and events in one unit, again and again; counted once it is stored."""
    opened = open_office(home, read_settings(home, {}), {})
    for number in count(1):
        if writers.stop.is_set():
            return
        data = hashlib.sha256(f"{writer}/{number}".encode()).digest() * 500
        with unit_of_work(opened.store) as session:
            upload = Upload(f"{writer}-{number}.bin", data)
            keep(session, opened.office.vault, upload, kind="other", actor=None, now=NOW)
            for subject in (subject_of(writer), SHARED):
                record(session, subject, "written", actor=None, now=NOW, detail={"no": number})
        writers.acknowledged[writer] = number
        time.sleep(0.05)


@contextmanager
def four_writers(home: Path) -> Iterator[Writers]:
    writers = Writers(home)
    started = [
        processes.Process(target=write, args=(home, number, writers)) for number in range(WRITERS)
    ]
    for process in started:
        process.start()
    try:
        writers.wait_for_more(1)
        yield writers
    finally:
        writers.stop.set()
        for process in started:
            process.join(60)
    assert [process.exitcode for process in started] == [0] * WRITERS


def history(store: Store) -> dict[Subject, list[str]]:
    """The hashes of each chain, in order."""
    with reading(store) as session:
        return {
            subject: [event.hash for event in events_of(session, subject)]
            for subject in (SHARED, *map(subject_of, range(WRITERS)))
        }


def faults(url: str, vault: Path, live: dict[Subject, list[str]], before: list[int]) -> list[str]:
    """What is wrong with a restored office, given the live history and what was acknowledged."""
    store = open_store(url)
    found: list[str] = []
    try:
        restored = history(store)
        for subject, hashes in restored.items():
            if hashes != live[subject][: len(hashes)]:
                found.append(f"{subject} is no beginning of the history")
        for writer, done in enumerate(before):
            if len(restored[subject_of(writer)]) < done:
                found.append(f"writer {writer} lost what was acknowledged")
        with reading(store) as session:
            found += [str(finding.sentence) for finding in verify_store(session)]
            report = files.check(vault, all_fingerprints(session))
        found += [f"missing {name}" for name in report.missing]
        found += [f"damaged {name}" for name in report.damaged]
    except DatabaseError as fault:
        found.append(f"unreadable: {fault.orig}")
    finally:
        close_store(store)
    return found


@pytest.fixture
def desk(workshop: Workshop, tmp_path: Path, backend: str) -> Iterator[Desk]:
    desk = workshop.copy("review", tmp_path / "office", backend)
    desk.close()
    yield desk
    desk.discard()


@databases.both
def test_a_backup_under_load_is_one_moment_of_the_history(
    desk: Desk,
    backend: str,
    tmp_path: Path,
    points: Callable[[int], int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    chance, seconds, rows, moments = (
        random.Random(seed),
        [],
        0,
        points(20 if backend == "sqlite" else 10),
    )
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    restored: list[tuple[str, Path, list[int]]] = []
    with four_writers(desk.home) as writers:
        for number in range(moments):
            time.sleep(chance.uniform(0, 0.3))
            before, began = writers.counts(), time.monotonic()
            backup = back_up(opened.store, opened.office, out=tmp_path / f"{number}.zip", now=NOW)
            seconds.append(time.monotonic() - began)
            assert backup.checked.findings == ()
            rows = max(rows, sum(backup.checked.manifest.rows.values()))
            home = tmp_path / f"restored{number}"
            url = databases.new_database(backend, home) if backend == "postgresql" else None
            restore_office(backup.path, home, {}, url=url, now=NOW)
            restored.append((url or f"sqlite:///{home / 'donflow.db'}", home / "vault", before))
    live = history(opened.store)
    opened.close()

    assert [faults(url, vault, live, before) for url, vault, before in restored] == [[]] * moments

    for url, _, _ in restored:
        databases.drop_database(url)
    units = sum(writers.counts())
    line = f"{backend}: {moments} backups beside {WRITERS} writers ({units} units), 0 wrong; "
    figures("E27", f"{line}the longest of {max(seconds):.1f} s, to {rows} rows")


def test_files_taken_before_the_rows_would_be_caught(
    desk: Desk, backend: str, tmp_path: Path
) -> None:
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    with four_writers(desk.home) as writers:
        before = writers.counts()
        shutil.copytree(desk.home / "vault", tmp_path / "vault", ignore=_unfinished)
        writers.wait_for_more()
        backup = back_up(opened.store, opened.office, out=tmp_path / "b.zip", now=NOW)
        restore_office(backup.path, tmp_path / "wrong", {"DONFLOW_DATABASE": ""}, now=NOW)
    live = history(opened.store)
    opened.close()

    url = f"sqlite:///{tmp_path / 'wrong/donflow.db'}"
    assert faults(url, tmp_path / "wrong/vault", live, before) == []
    assert any("missing" in fault for fault in faults(url, tmp_path / "vault", live, before))


@databases.only_sqlite("a running PostgreSQL has no file that anybody would copy")
def test_a_copy_of_the_live_file_would_be_caught(desk: Desk, tmp_path: Path) -> None:
    """As a careless program copies it, a piece at a time, while the office goes on."""
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    copy = tmp_path / "copy.db"
    with four_writers(desk.home) as writers:
        writers.wait_for_more(5)
        before = writers.counts()
        with desk.database.open("rb") as live_file, copy.open("wb") as copied:
            size = desk.database.stat().st_size
            for _ in range(4):
                copied.write(live_file.read(size // 4))
                writers.wait_for_more()
    live = history(opened.store)
    opened.close()

    assert faults(f"sqlite:///{copy}", desk.home / "vault", live, before)


def _unfinished(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".")]


@databases.only_sqlite("a backup is the same file whatever database it comes from")
def test_a_damaged_or_hostile_backup_is_refused_before_anything_is_touched(
    desk: Desk, tmp_path: Path, seed: int, figures: Callable[[str, str], None]
) -> None:
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    good = back_up(opened.store, opened.office, out=tmp_path / "good.zip", now=NOW).path
    opened.close()
    tried: list[str] = []
    for what, data in mutations(good, seed):
        (tmp_path / "bad.zip").write_bytes(data)
        before = sorted(tmp_path.iterdir())
        with pytest.raises(DonflowError) as refused:
            restore_office(tmp_path / "bad.zip", tmp_path / "home", {}, now=NOW)
        assert refused.value.exit_code == 2, what
        assert sorted(tmp_path.iterdir()) == before, what
        tried.append(what)
    check_backup(good)
    figures("E27", f"{len(tried)} damaged or hostile backups, {len(tried)} refused")


@databases.only_sqlite("a figure for the usual office, whose database is embedded")
def test_ten_thousand_gifts_are_restored_within_a_minute(
    desk: Desk,
    tmp_path: Path,
    long: bool,
    figures: Callable[[str, str], None],
) -> None:
    """Each with a row in every table of a gift, and five events."""
    gifts = 10_000 if long else 40
    opened = open_office(desk.home, read_settings(desk.home, {}), {})
    add_gifts(opened.store, gifts)
    began = time.monotonic()
    backup = back_up(opened.store, opened.office, out=tmp_path / "b.zip", now=NOW)
    between = time.monotonic()
    restored = restore_office(backup.path, tmp_path / "restored", {}, now=NOW)
    ended = time.monotonic()
    opened.close()

    assert restored.checked.findings == ()
    rows = sum(restored.checked.manifest.rows.values())
    assert rows > gifts * 20
    assert not long or ended - between < 60
    line = f"{gifts} gifts, {rows} rows: backed up and proven in {between - began:.1f} s"
    size = backup.size / 2**20
    figures("E27", f"{line} ({size:.1f} MB), restored and verified in {ended - between:.1f} s")
