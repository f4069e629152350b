"""Runs one command line and kills its own process at a chosen moment, as a power switch would.

`python killed.py MOMENT ARGUMENT…` with the moments of `MOMENTS`,
and BEFORE_FORGETTING.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from donflow.cli import main
from donflow.store.keys import KeyRing

MOMENTS = ("at_first_write", "in_vault", "before_commit", "after_commit", "in_copy")
BEFORE_FORGETTING = "before_forgetting"
"""A moment that only an erasure has: it is stored, and the key is there yet."""


def kill(*_arguments: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(moment: str) -> None:
    """Kill this process when the moment comes."""
    endings = {"in_vault": ".tmp", "in_copy": ".part"}
    if moment == "at_first_write":
        event.listen(Session, "before_flush", kill)
    elif moment == "before_commit":
        event.listen(Engine, "commit", kill)
    elif moment == "after_commit":
        event.listen(Session, "after_commit", kill)
    elif moment == BEFORE_FORGETTING:
        setattr(KeyRing, "forget", kill)  # noqa: B010
    else:

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name == "os.rename" and str(arguments[0]).endswith(endings[moment]):
                kill()

        sys.addaudithook(watch)


if __name__ == "__main__":
    arm(sys.argv.pop(1))
    main()
