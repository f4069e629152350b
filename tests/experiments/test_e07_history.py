"""E07: six clients act on six gifts while a nemesis kills and stops them, and the server as well.

Whatever they were told must fit the journal: one line of acts for each gift, in which all that was
acknowledged stands once, nothing that was refused, and nothing before what had already ended. The
checker is seen to bite on builds that forget request keys, or store statement by statement.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from donflow.bootstrap import OpenOffice
from donflow.cli.repeating import Request
from donflow.store.session import _sqlite
from tests import databases, postgresql
from tests.experiments.clients import STANDS, Break, Deeds, Nemesis, chains, history, prepare, storm
from tests.experiments.history_check import Act, faults
from tests.experiments.many_desks import shared_office
from tests.journeys.desk import Desk

SECONDS = 60
PACE = (0.4, 1.2)
"""Seconds between two strikes."""


def found_wrong(desk: Desk, acts: list[Act]) -> list[str]:
    """All in which the notes and the journal differ, and rows that no event has written."""
    linked, outside = chains(desk)
    found = [f"{name} stands outside the journal" for name in outside]
    return found + faults(acts, linked, first=STANDS)


def test_whatever_falls_the_history_is_one_line_on_sqlite(
    tmp_path: Path,
    points: Callable[[int], int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    folder = tmp_path / "desk"
    desk = shared_office(folder, databases.new_database("sqlite", folder), leaders=1)
    prepare(desk)

    deeds, acts = _stormed(desk, tmp_path, Nemesis(seed, points(SECONDS), PACE))

    _assert_one_line(desk, deeds, acts)
    figures("E07", f"sqlite: {_summary(deeds, acts, points(SECONDS))}")


def test_whatever_falls_the_history_is_one_line_on_postgresql(
    tmp_path: Path,
    points: Callable[[int], int],
    seed: int,
    figures: Callable[[str, str], None],
    server: list[postgresql.Server],
) -> None:
    def restart() -> None:
        server[0].stop("immediate")
        server[0] = postgresql.start_server(server[0].folder, durable=True)

    def let_go() -> None:
        """The server's guard waits until nobody holds its input any more."""
        assert server[0].process.stdin
        server[0].process.stdin.close()

    with psycopg.connect(server[0].url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE office")
    desk = shared_office(tmp_path / "desk", server[0].url("office"), leaders=1)
    prepare(desk)

    nemesis = Nemesis(seed, points(SECONDS), PACE, restart=restart, let_go=let_go)
    deeds, acts = _stormed(desk, tmp_path, nemesis)

    _assert_one_line(desk, deeds, acts)
    figures("E07", f"postgresql: {_summary(deeds, acts, points(SECONDS))}")


def forgetful(opened: OpenOffice) -> OpenOffice:
    """Request keys are ignored; and every other client dies between his commit and his answer."""
    Request.earlier = lambda *_: None  # type: ignore[method-assign]
    Request.keep = lambda *_: None  # type: ignore[method-assign]
    event.listen(opened.store.writer, "checkin", _die_at_times)
    return opened


def _die_at_times(*_: object) -> None:
    if time.monotonic_ns() % 2:
        os.kill(os.getpid(), signal.SIGKILL)


def piecemeal(opened: OpenOffice) -> OpenOffice:
    """Each statement is stored by itself, and nobody queues."""
    writer = _sqlite(str(opened.store.writer.url), "SELECT 1")
    event.listen(writer, "before_cursor_execute", lambda *_: time.sleep(0.002))
    return replace(opened, store=replace(opened.store, writer=writer, queue=nullcontext))


@pytest.mark.parametrize(
    ("broken", "said"),
    [(forgetful, "was done 2 times"), (piecemeal, "stands outside the journal")],
    ids=["without request keys", "statement by statement"],
)
def test_the_checker_bites_on_a_broken_build(
    broken: Break, said: str, tmp_path: Path, seed: int
) -> None:
    folder = tmp_path / "desk"
    desk = shared_office(folder, databases.new_database("sqlite", folder), leaders=1)
    prepare(desk)

    bitten = (
        found_wrong(desk, _stormed(desk, tmp_path, Nemesis(seed, 1.5, (0.1, 0.2), 0.1), broken)[1])
        for _ in range(10)
    )

    assert any(said in fault for found in bitten for fault in found)


@pytest.fixture
def server() -> Iterator[list[postgresql.Server]]:
    """A server of one's own, that may fall; all is forced to its disk."""
    folder = postgresql.server_folder(durable=True)
    running = [postgresql.start_server(folder, durable=True)]
    yield running
    running[0].stop("immediate")
    shutil.rmtree(folder)


def _stormed(
    desk: Desk, folder: Path, nemesis: Nemesis, broken: Break | None = None
) -> tuple[Deeds, list[Act]]:
    notes = folder / "notes"
    notes.mkdir(exist_ok=True)
    deeds = storm(desk, notes, nemesis, broken)
    return deeds, history(notes)


def _assert_one_line(desk: Desk, deeds: Deeds, acts: list[Act]) -> None:
    assert found_wrong(desk, acts) == []
    assert deeds.fell == []
    assert desk("verify --json").data["findings"] == []
    desk.close()


def _summary(deeds: Deeds, acts: list[Act], seconds: int) -> str:
    endings = Counter(act.ending for act in acts)
    return (
        f"{seconds} s, {len(acts)} acts of 6 clients on 6 gifts ({endings['ok']} done,"
        f" {endings['fail']} refused, {endings['info']} not known); {deeds.killed} kills,"
        f" {deeds.stopped} stops, {deeds.restarted} restarts of the server; one line"
    )
