"""Tells how far an import is, on a terminal: a new word at least every two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import click

from donflow.cli.shell import Shell
from donflow.errors import N_, Sentence, say

EVERY = 2.0
"""Seconds between two words."""

READING = say(N_("Reading the sheets …"))
COMPARING = say(N_("Comparing the rows with each other and with the roster …"))


@contextmanager
def progress(shell: Shell, *, as_json: bool) -> Iterator[Callable[[Sentence], None]]:
    """Yields what is told the step under way; nothing is shown for `--json` or into a file."""
    if as_json or not sys.stderr.isatty():
        yield lambda _step: None
        return
    step: list[Sentence] = []
    started, ended = time.monotonic(), Event()

    def show() -> None:
        if step:
            passed = round(time.monotonic() - started)
            line = say(N_("{step} ({seconds} s)"), step=step[-1], seconds=passed)
            click.echo(f"\r{shell.words(line)}\x1b[K", nl=False, err=True)

    def tick() -> None:
        while not ended.wait(EVERY):
            show()

    def tell(now: Sentence) -> None:
        step[:] = [now]
        show()

    ticking = Thread(target=tick, daemon=True)
    ticking.start()
    try:
        yield tell
    finally:
        ended.set()
        ticking.join()
        if step:
            click.echo(err=True)
