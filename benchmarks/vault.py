"""Storing and checking files: beside writing them durably, and beside hashing them in memory."""

from __future__ import annotations

import hashlib
import os
import shutil
from itertools import count
from pathlib import Path

from benchmarks.measuring import Figure, in_turn
from donflow.vault.files import check, fingerprint_of, put

FILES = 40
SIZE = 1 << 20


def measure(folder: Path) -> list[Figure]:
    numbers = count()

    def papers() -> list[bytes]:
        start = next(numbers) * FILES
        filling = os.urandom(SIZE - 8)
        return [number.to_bytes(8) + filling for number in range(start, start + FILES)]

    def written() -> None:
        target = folder / "bare"
        target.mkdir(exist_ok=True)
        for number, data in enumerate(papers()):
            with (target / str(number)).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        shutil.rmtree(target)

    def stored() -> None:
        for data in papers():
            put(folder / "vault", data)
        shutil.rmtree(folder / "vault")

    storing = in_turn({"donflow": stored, "bare": written})
    held = papers()
    known = [put(folder / "held", data) for data in held]
    checking = in_turn(
        {
            "donflow": lambda: check(folder / "held", known),
            "bare": lambda: [fingerprint_of(data) for data in held],
            "again": lambda: [put(folder / "held", data) for data in held],
            "twice": lambda: [hashlib.sha256(data + b"") for data in held + held],
        }
    )
    put_ratio, check_ratio = storing.ratio("donflow", "bare"), checking.ratio("donflow", "bare")
    return [
        Figure(
            f"vault: put {FILES} files of 1 MiB : write + fsync",
            "≤ 2.2",
            f"{put_ratio:.2f} ({storing.ms('donflow')})",
            put_ratio <= 2.2,
        ),
        Figure(
            "vault: check them : sha256 in memory",
            "≤ 1.3",
            f"{check_ratio:.2f} ({checking.ms('donflow')})",
            check_ratio <= 1.3,
        ),
        Figure(
            "vault: put what is held already : sha256 twice in memory",
            "–",
            f"{checking.ratio('again', 'twice'):.2f}; nothing is written",
            None,
        ),
    ]
