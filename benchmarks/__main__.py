"""`python -m benchmarks [NAME …]`: run the subjects named, or all, and print their table."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Figure, machine

SUBJECTS = (
    "start",
    "drafting",
    "certificates",
    "vault",
    "advance",
    "writers",
    "growth",
    "searching",
    "importing",
    "planning",
    "outbox",
)


def main(names: list[str]) -> None:
    unknown = set(names) - set(SUBJECTS)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(SUBJECTS)}")
    print("| what | goal | found | |\n|---|---|---|---|", flush=True)
    for name in names or SUBJECTS:
        with tempfile.TemporaryDirectory(prefix="donflow-benchmark-") as folder:
            figures: list[Figure] = importlib.import_module(f"benchmarks.{name}").measure(
                Path(folder)
            )
        for figure in figures:
            print(figure, flush=True)
    print(f"\n{machine()}")


if __name__ == "__main__":
    main(sys.argv[1:])
