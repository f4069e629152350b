"""Offices to strike at, and the warm processes that strike them (see shim.c and workload.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.experiments.operations import OPERATIONS, Operation
from tests.journeys.desk import Workshop

COUNT, KILL, FORGET, FAIL = range(1, 5)
WORKERS = 2
SHIM = Path(__file__).with_name("shim.c")


@dataclass(frozen=True)
class Course:
    """An operation made ready: an office that stands before it, and what it does unharmed."""

    name: str
    source: Path
    lines: list[str]
    day: str
    imprints: list[list[str]]
    calls: int
    commits: list[int]
    """How many calls were made at the end of each commit."""


@dataclass(frozen=True)
class Report:
    """What became of one point: the answers that were given, and what was found amiss."""

    course: str
    arm: dict[str, int]
    told: list[tuple[int, str, str]]
    failed: list[str]
    found: list[str]

    @property
    def acknowledged(self) -> int:
        return sum(code == 0 for code, _out, _err in self.told)

    @property
    def amiss(self) -> bool:
        return bool(self.found or self.failed)

    def __str__(self) -> str:
        return f"{self.course} {self.arm}: {self.found or self.failed}; told {self.told}"


class Striker:
    """A warm process under the shim, and the courses it knows."""

    def __init__(self, gcc: str, folder: Path) -> None:
        library = folder / "shim.so"
        command = [gcc, "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC"]
        subprocess.run([*command, "-o", library, SHIM, "-ldl"], check=True)
        self._folder = folder
        self._names = count()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.experiments.workload"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"LD_PRELOAD": str(library), "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
        )
        self.courses: dict[str, Course] = {}

    def learn(self, workshop: Workshop, operations: Mapping[str, Operation] = OPERATIONS) -> None:
        """Make each operation ready; doing it once warms the process, and tells what it leaves."""
        for name, operation in operations.items():
            source = self._folder / f"source-{name}"
            desk = workshop.copy(operation.milestone, source)
            for line in operation.before:
                desk(line, day=operation.day)
            desk.close()
            lines = [
                f"{line} --request-key {name}-{number}"
                for number, line in enumerate(operation.lines)
            ]
            where = self._where(source, lines, operation.day)
            said = self._ask(do="course", **where)
            self.courses[name] = Course(name, source, lines, operation.day, **said)

    def strike(
        self, points: Sequence[tuple[Course, dict[str, int]]], weak: Sequence[str] = ()
    ) -> list[Report]:
        """Try all points, each in an office of its own."""
        orders = [
            {
                "operation": self._where(course.source, course.lines, course.day),
                "arm": arm,
                "imprints": course.imprints,
            }
            for course, arm in points
        ]
        reports = self._ask(do="points", points=orders, workers=WORKERS, weak=list(weak))
        return [
            Report(course.name, arm, **report)
            for (course, arm), report in zip(points, reports, strict=True)
        ]

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def _where(self, source: Path, lines: list[str], day: str) -> dict[str, Any]:
        place = self._folder / f"point-{next(self._names)}"
        return {"source": str(source), "place": str(place), "lines": lines, "day": day}

    def _ask(self, **order: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order, ensure_ascii=False) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said, "the process of the experiment ended; its words are on stderr"
        return json.loads(said)


def spread(courses: Collection[Course], wanted: int) -> list[tuple[Course, int]]:
    """`wanted` points over every call of every course, and the one just after the last.

    However few they are: each course is struck half-way to its first commit, where all must be
    undone, and at the call after its last, where all is stored and not yet told. The others lie
    evenly.
    """
    every = [(course, at) for course in courses for at in range(1, course.calls + 2)]
    if wanted >= len(every):
        return every
    ends = [
        (course, at)
        for course in courses
        for at in (course.commits[0] // 2, course.commits[-1] + 1)
    ]
    rest = max(0, wanted - len(ends))
    return ends + [every[(2 * number + 1) * len(every) // (2 * rest)] for number in range(rest)]


def summary(reports: Sequence[Report], seconds: float) -> str:
    """The figures of an experiment: points, answers that said "done", and what went wrong."""
    acknowledged = sum(report.acknowledged for report in reports)
    amiss = sum(report.amiss for report in reports)
    return (
        f"{len(reports)} points, {acknowledged} acts acknowledged,"
        f" {amiss} points with anything lost, torn or told wrongly ({seconds:.0f} s)"
    )
