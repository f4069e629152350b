"""Reads an incoming file in a process of its own, which may neither write nor grow nor linger.

A parser of a foreign library may be slow, greedy or crash on a hostile file: then that process
dies, and the person is told so. Files and answers pass through pipes as bytes and JSON, never as
pickles, so that a subverted child can say nothing but data.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from donflow.errors import N_, DonflowError, Sentence, say

MIB: Final = 2**20


@dataclass(frozen=True)
class Limits:
    """What one reading may take.

    `memory` is what it may take beyond Python itself. On Windows only `wall_seconds` and
    `answer_bytes` hold, on macOS not `memory`: these systems offer nothing for the rest.
    """

    wall_seconds: float = 10.0
    cpu_seconds: int = 5
    memory: int = 150 * MIB
    answer_bytes: int = 8 * MIB


class RefusedApart(DonflowError):
    """The reader itself refused the file: its sentence and its remedy."""

    code = "refused_by_reader"

    def __init__(self, sentence: Sentence, remedy: Sentence | None) -> None:
        super().__init__(**sentence.values)
        self._sentence, self._remedy = sentence, remedy

    @property
    def sentence(self) -> Sentence:
        return self._sentence

    @property
    def remedy_sentence(self) -> Sentence | None:
        return self._remedy


class TooMuchToRead(DonflowError):
    """The reader was stopped at a limit."""

    code = "too_much_to_read"
    message = N_("This file takes more time or memory to read than donflow gives it.")
    remedy = N_("Open it in Word or WPS, save it again under its own kind, and take that.")


class NotReadable(DonflowError):
    """The reader broke on the file."""

    code = "not_readable"
    message = N_("This file cannot be read.")
    remedy = N_("Open it in Word or WPS, save it again under its own kind, and take that.")


STANDARD: Final = Limits()


def read_apart(function: str, data: bytes, limits: Limits = STANDARD) -> Any:
    """What `function` ("donflow.word.text:plain_text") makes of the bytes, as plain JSON data.

    Raises RefusedApart with what the function itself refused, TooMuchToRead at a limit, and
    NotReadable where the function, or its process, broke. The function's name is never taken
    from outside.
    """
    with subprocess.Popen(  # noqa: S603 - our own Python, our own function
        [sys.executable, "-I", "-X", "utf8", "-c", _CHILD, _PACKAGE, function, _spelt(limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            child.kill()

        timer = threading.Timer(limits.wall_seconds, stop)
        timer.start()
        try:
            answer = _exchange(child, data, limits.answer_bytes)
        finally:
            timer.cancel()
            child.kill()
    if stopped.is_set() or len(answer) > limits.answer_bytes or child.returncode in _STOPPED:
        raise TooMuchToRead
    return _understood(answer)


def _exchange(child: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """The child reads everything before it answers, so neither waits for the other."""
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(OSError):
        child.stdin.write(data)
    with contextlib.suppress(OSError):
        child.stdin.close()
    answer = child.stdout.read(most + 1)
    if len(answer) <= most:
        child.wait()
    return answer


def _understood(answer: bytes) -> Any:
    try:
        said = json.loads(answer)
    except ValueError:
        raise NotReadable from None
    match said:
        case {"value": value}:
            return value
        case {"refused": refused, "remedy": remedy}:
            raise RefusedApart(_sentence(refused), _sentence(remedy) if remedy else None)
        case {"too_much": _}:
            raise TooMuchToRead
        case _:
            raise NotReadable


def _spelt(limits: Limits) -> str:
    return json.dumps({"cpu": limits.cpu_seconds, "memory": limits.memory})


def _sentence(plain: Any) -> Sentence:
    values = {
        str(name): _sentence(value) if isinstance(value, dict) else value
        for name, value in plain["values"].items()
    }
    return say(str(plain["say"]), **values)


_PACKAGE: Final = str(Path(__file__).parents[2])
_CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from donflow.intake.apart_child import serve; serve(sys.argv[2], sys.argv[3])"
)
_STOPPED: Final = (-24, -9)
"""By the system: out of CPU time (SIGXCPU), out of memory (SIGKILL); Windows has neither."""
