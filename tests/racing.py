"""Command lines typed at the same moment, each in a process of its own, as at several desks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.journeys.desk import Answer, Desk

ROOT = Path(__file__).parents[1]

# Says when it is loaded and the office open; then waits for the word, and types its lines.
RUNNER = """
import io, json, shlex, sys
from contextlib import redirect_stderr, redirect_stdout
from donflow.cli import run
lines, environment = json.loads(sys.stdin.readline())
offices = {}
with redirect_stdout(io.StringIO()):
    run(["gift", "list"], environment, offices)
print("ready", flush=True)
sys.stdin.readline()
answers = []
for line in lines:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(shlex.split(line), environment, offices)
    answers.append([line, code, out.getvalue(), err.getvalue()])
print(json.dumps(answers))
for office in offices.values():
    office.close()
"""


def race(desk: Desk, *lines: str, users: Sequence[str] = ()) -> list[Answer]:
    """One line a process, all begun at once; the answers in the order of the lines."""
    runners = [[line] for line in lines]
    return [answers[0] for answers in races(desk, *runners, users=users)]


def races(desk: Desk, *sets: Sequence[str], users: Sequence[str] = ()) -> list[list[Answer]]:
    """Each set of lines typed one after the other in its process, all processes begun at once."""
    desk.close()
    with ExitStack() as stack:
        processes = [stack.enter_context(_runner(desk)) for _ in sets]
        for number, (process, lines) in enumerate(zip(processes, sets, strict=True)):
            environment = desk.said(as_=users[number] if users else None)
            _send(process, json.dumps([list(lines), environment]))
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            _send(process, "go")
        told = [process.communicate(timeout=300)[0] for process in processes]
    return [[Answer(*answer) for answer in json.loads(each)] for each in told]


def _runner(desk: Desk) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _send(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin
    process.stdin.write(line + "\n")
    process.stdin.flush()
