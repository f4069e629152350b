"""E01 on PostgreSQL: the client killed, or the server stopped at once, at any statement."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from donflow.cli import run
from donflow.cli.demo_papers import write_papers
from donflow.settings import FILE_NAME
from tests.cast import INIT
from tests.experiments.crash_check import after_crash, imprint, unfit_answers
from tests.experiments.operations import OPERATIONS
from tests.journeys.desk import Desk
from tests.postgresql import Server, server_folder, start_server

LINES = [
    f"{line} --request-key key-{number}" for number, line in enumerate(OPERATIONS["create"].lines)
]


@dataclass
class Office:
    """An office in a durable server's database, and what its lines leave when nothing happens."""

    server: Server
    source: Path
    course: list[list[str]] = field(default_factory=list)
    statements: int = 0

    def copy(self, folder: Path) -> Desk:
        shutil.copytree(self.source, folder)
        with psycopg.connect(self.server.url(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS tried WITH (FORCE)")
            connection.execute("CREATE DATABASE tried TEMPLATE prepared")
            # A copied sequence forgets on a crash which numbers it gave, until a checkpoint.
            connection.execute("CHECKPOINT")
        settings = folder / "office" / FILE_NAME
        told = settings.read_text("utf-8").replace("/prepared", "/tried")
        settings.write_text(told, "utf-8")
        return Desk(folder)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = server_folder(durable=True)
    office = Office(start_server(folder, durable=True), tmp_path_factory.mktemp("postgresql") / "o")
    try:
        with psycopg.connect(office.server.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE prepared")
        desk = Desk(office.source)
        write_papers(desk.papers)
        desk(f"{INIT} --database '{office.server.url('prepared')}'")
        desk.close()
        unharmed = office.copy(office.source.with_name("unharmed"))
        office.course = [imprint(unharmed)]
        for line in LINES:
            unharmed(line)
            unharmed.close()
            office.course.append(imprint(unharmed))
        counted = office.copy(office.source.with_name("counted"))
        office.statements = _in_child(counted, 0, lambda: None)[-1]["statements"]
        yield office
    finally:
        office.server.stop("immediate")
        shutil.rmtree(folder)


@pytest.mark.parametrize("who", ["client", "server"])
def test_whoever_falls_at_any_statement_nothing_told_is_lost(
    prepared: Office,
    tmp_path: Path,
    points: Callable[..., int],
    figures: Callable[[str, str], None],
    who: str,
) -> None:
    begun = time.monotonic()
    wanted = points(*{"client": (120, 5), "server": (40, 2)}[who])
    last = prepared.statements + 1
    acknowledged, found = 0, []
    places = sorted({1 + number * last // wanted for number in range(wanted)} | {last})
    for at in places:
        desk = prepared.copy(tmp_path / str(at))
        postmaster = int(
            (prepared.server.folder / "data" / "postmaster.pid").read_text().split()[0]
        )
        if who == "client":
            said = _in_child(desk, at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        else:
            said = _in_child(desk, at, lambda pid=postmaster: _stop(pid))
            prepared.server.stop("immediate")
            prepared.server = start_server(prepared.server.folder, durable=True)
        told = [line["told"] for line in said if "told" in line]
        acknowledged += sum(code == 0 for code, _out, _err in told)
        amiss = after_crash(desk, LINES, prepared.course, told) + unfit_answers(told)
        found += [f"{who} at {at}: {one}" for one in amiss]
        desk.close()
    seconds = time.monotonic() - begun
    said_of = f"{who} fell at {len(places)} statements, {acknowledged} acts acknowledged"
    figures("E01", f"PostgreSQL: {said_of}, {len(found)} lost or torn ({seconds:.0f} s)")
    assert acknowledged
    assert found == [], "\n".join(found)


def _stop(postmaster: int) -> None:
    """Stop the server at once, and wait until it is gone."""
    os.kill(postmaster, signal.SIGQUIT)
    for _ in range(400):
        try:
            state = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.025)
    raise AssertionError("the server does not end")


def _in_child(desk: Desk, at: int, strike: Callable[[], None]) -> list[dict[str, Any]]:
    """Type the lines in a fork that strikes before its statement `at`; what it was answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        seen = 0

        def count(*_given: object) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                strike()

        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", count)
        try:
            for line in LINES:
                out, err = io.StringIO(), io.StringIO()
                with chdir(desk.folder), redirect_stdout(out), redirect_stderr(err):
                    code = run(shlex.split(line), desk.said(lang="en") | {"DONFLOW_DEBUG": ""})
                told = {"told": [code, out.getvalue(), err.getvalue()]}
                os.write(writing, f"{json.dumps(told)}\n".encode())
                if code != 0:
                    break
            os.write(writing, f"{json.dumps({'statements': seen})}\n".encode())
            if seen < at:
                strike()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return [json.loads(line) for line in said.splitlines()]
