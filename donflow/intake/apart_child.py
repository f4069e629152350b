"""The other side of `apart`: takes limits upon itself, reads one file, answers, and ends."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from donflow.errors import DonflowError, Sentence


def serve(function: str, limits: str) -> None:
    """Run the function on what comes in, and write its answer as one JSON object."""
    module, _, name = function.partition(":")
    reader: Callable[[bytes], Any] = getattr(importlib.import_module(module), name)
    _limit(json.loads(limits))
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        said: Mapping[str, Any] = {"value": reader(sys.stdin.buffer.read())}
    except DonflowError as refused:
        remedy = refused.remedy_sentence
        said = {"refused": _plain(refused.sentence), "remedy": remedy and _plain(remedy)}
    except (MemoryError, RecursionError):
        said = {"too_much": True}
    # Whatever else it is goes through as a traceback to nowhere and no answer.
    answer.write(json.dumps(said, ensure_ascii=False).encode())
    answer.flush()
    # Nothing of a parser that went wrong has its say at the end.
    os._exit(0)


def _limit(limits: Mapping[str, int]) -> None:
    """Set what the system can hold this process to; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: limits["cpu"],
    }
    taken = _mapped()
    if taken:
        wanted[resource.RLIMIT_AS] = taken + limits["memory"]
    for which, limit in wanted.items():
        _, hard = resource.getrlimit(which)
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(which, (most, most))


def _mapped() -> int:
    """Bytes of address space in use once Python and the parser are loaded; 0 where not known."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _plain(sentence: Sentence) -> dict[str, Any]:
    return {
        "say": sentence.message,
        "values": {name: _plain_value(value) for name, value in sentence.values.items()},
    }


def _plain_value(value: object) -> Any:
    match value:
        case Sentence():
            return _plain(value)
        case str() | int() | bool() | None:
            return value
        case tuple() | list():
            return [_plain_value(item) for item in value]
        case _:
            return str(value)
