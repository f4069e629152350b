"""At the next start after a crash: what became of the command, and what it left is cleared away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from donflow.lifecycle.erasing import finish_erasures
from donflow.lifecycle.exporting import UNFINISHED
from donflow.lifecycle.office import Office
from donflow.store.interrupted import Interrupted, notes_in, settle
from donflow.store.session import Store, was_stored
from donflow.vault import files


def recover(office: Office, store: Store, tell: Callable[[Interrupted], None]) -> int:
    """Tell of each command whose process died, once, and remove the half-written files it left.

    An erasure that was cut off after its commit is finished. Returns how many files were removed.
    What a living process writes is not touched.
    """
    notes = notes_in(office.home)
    if not notes:
        return 0
    # Listed before the living are asked for: whose file is in the list has its note already.
    unfinished = {path: _written(path) for path in _unfinished(office)}
    found = partial(was_stored, store)
    living = [
        began for note in notes if (began := _written(note)) and not settle(note, found, tell)
    ]
    if len(living) == len(notes):
        return 0
    finish_erasures(office, store)
    left = [path for path, at in unfinished.items() if at and all(at < note for note in living)]
    for path in left:
        with suppress(OSError):
            path.unlink()
    return len(left)


def _unfinished(office: Office) -> Iterator[Path]:
    yield from files.leftovers(office.vault)
    yield from (office.home / "papers").rglob(f".*{UNFINISHED}")


def _written(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
