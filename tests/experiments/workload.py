"""A process that does core operations and may be struck at any call: see shim.c and striking.py.

Run with the shim preloaded. It reads one order a line on stdin (JSON), forks a child that is armed
and does the lines, a second one that looks at what is left, and writes one report a line on stdout.
Forking a warm process costs a few milliseconds, where starting one costs most of a second.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import json
import os
import shlex
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from donflow.cli import run
from tests.experiments.crash_check import after_crash, imprint
from tests.journeys.desk import HOME, Desk

OFF, COUNT, KILL, FORGET, FAIL = range(5)
Json = dict[str, Any]

HERE = f"/proc/self/cwd/{HOME}"
"""One path for the office of every copy, so that each finds it opened already."""

OFFICES: dict[Path, Any] = {}
"""Opened once for all forks: the statements it has compiled stay, its connections do not."""


@dataclass(frozen=True)
class Operation:
    """Lines to type in a copy of an office, made at `place` and cleared away after."""

    source: str
    place: str
    lines: list[str]
    day: str

    @property
    def desk(self) -> Desk:
        folder = Path(self.place) / "office"
        return Desk(folder, day=self.day, environment={"DONFLOW_HOME": HERE}, _offices=OFFICES)

    def office(self) -> Desk:
        shutil.copytree(self.source, self.desk.folder)
        return self.desk

    def clear(self) -> None:
        shutil.rmtree(self.place)


def main() -> None:
    shim = ctypes.CDLL(None)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a command may print by mistake is no report
    for line in sys.stdin:
        order = json.loads(line)
        report = {"course": course, "points": points}[order.pop("do")](shim, **order)
        print(json.dumps(report, ensure_ascii=False), file=answers, flush=True)


def course(shim: Any, **operation: Any) -> Json:
    """Do the lines with no mishap: the imprints, the calls in all and up to each commit.

    Done in this very process, so that it is warm for the children it forks afterwards.
    """
    operation = Operation(**operation)
    desk = operation.office()
    imprints = [imprint(desk)]
    for line in operation.lines:
        desk(line)
        _disconnect()
        imprints.append(imprint(desk))
    desk("verify")
    _disconnect()
    operation.clear()
    operation.office()
    *_told, calls, commits = _in_child(lambda tell: _count(shim, operation, tell))
    operation.clear()
    return {"imprints": imprints, **calls, **commits}


def points(shim: Any, points: list[Json], workers: int, weak: list[str]) -> list[Json]:
    """Try all points, several at once; the reports in their order."""
    gc.freeze()  # or every collection would copy this process's memory into the fork
    with contextlib.ExitStack() as closing:
        files = [closing.enter_context(tempfile.TemporaryFile("w+")) for _ in range(workers)]
        children = []
        for number, file in enumerate(files):
            child = os.fork()
            if child == 0:
                for order in points[number::workers]:
                    report = point(shim, weak=weak, **order)
                    print(json.dumps(report, ensure_ascii=False), file=file)
                file.flush()
                os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, 0)
        for file in files:
            file.seek(0)
        reports = [[json.loads(line) for line in file] for file in files]
    return [reports[number % workers][number // workers] for number in range(len(points))]


def point(
    shim: Any, operation: Json, arm: Json, imprints: list[list[str]], weak: list[str]
) -> Json:
    """Do the lines in an armed child and strike; then look at what is left."""
    tried = Operation(**operation)
    tried.office()
    said = _in_child(lambda tell: _do(shim, tried, arm, weak, tell))
    told = [line["told"] for line in said if "told" in line]
    failed = [line["failed"] for line in said if "failed" in line]
    looked = _in_child(lambda tell: tell(found=_look(shim, tried, imprints, told)))
    tried.clear()
    found = looked[0].get("found", [looked[0].get("failed")])
    return {"told": told, "failed": failed, "found": found}


def _do(
    shim: Any, operation: Operation, arm: Json, weak: list[str], tell: Callable[..., None]
) -> None:
    for weakness in weak:
        WEAKNESSES[weakness]()
    _arm(shim, operation, arm)
    for line in operation.lines:
        told = _type(operation.desk, line)
        tell(told=told)
        if told[0] != 0:
            break
    tell(calls=shim.shim_calls())
    if arm["mode"] in (KILL, FORGET):
        shim.shim_strike()


def _count(shim: Any, operation: Operation, tell: Callable[..., None]) -> None:
    commits: list[int] = []
    event.listen(Session, "after_commit", lambda _session: commits.append(shim.shim_calls()))
    _do(shim, operation, {"mode": COUNT, "at": 0}, [], tell)
    tell(commits=commits)


def _arm(shim: Any, operation: Operation, arm: Json) -> None:
    desk = operation.desk
    attic = Path(operation.place) / "attic"
    attic.mkdir(exist_ok=True)
    os.chdir(desk.folder)
    shim.shim_arm(
        arm["mode"],
        ctypes.c_long(arm["at"]),
        os.fsencode(desk.folder.resolve()),
        os.fsencode(attic),
        arm.get("fault", 0),
        arm.get("forever", 0),
        arm.get("some", 0),
        ctypes.c_ulonglong(arm.get("seed", 0)),
    )


def _type(desk: Desk, line: str) -> tuple[int, str, str]:
    environment = {
        "DONFLOW_HOME": HERE,
        "DONFLOW_LANG": "en",
        "DONFLOW_NOW": f"{desk.day}T10:00:00+08:00",
    }
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(shlex.split(line), environment, OFFICES)
    return code, out.getvalue(), err.getvalue()


def _look(shim: Any, operation: Operation, imprints: list[list[str]], told: list[Any]) -> list[str]:
    # Armed to count only: nothing fails, and no fsync waits for the disk.
    _arm(shim, operation, {"mode": COUNT, "at": 0})
    return after_crash(operation.desk, operation.lines, imprints, told)


def _disconnect() -> None:
    for opened in OFFICES.values():
        opened.close()


def _in_child(work: Callable[[Callable[..., None]], None]) -> list[Json]:
    """Do the work in a fork; what it told before its end, however that came."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        gc.disable()

        def tell(**said: Any) -> None:
            os.write(writing, (json.dumps(said, ensure_ascii=False) + "\n").encode())

        try:
            work(tell)
        except BaseException:
            tell(failed=traceback.format_exc())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return [json.loads(line) for line in said.splitlines()]


def _without_full_sync(*mode: str) -> None:
    from donflow.store import session

    session.journal_mode = lambda *_version: mode  # type: ignore[assignment,return-value]
    OFFICES.clear()


def _vault_without_names() -> None:
    from donflow import platform_files

    platform_files.fsync_directory = lambda _folder: None


WEAKNESSES: dict[str, Callable[[], None]] = {
    "WAL NORMAL": partial(_without_full_sync, "WAL", "NORMAL"),
    "DELETE OFF": partial(_without_full_sync, "DELETE", "OFF"),
    "no folder fsync": _vault_without_names,
}
"""What a build does wrong that must be found out."""


if __name__ == "__main__":
    main()
