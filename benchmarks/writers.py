"""Eight processes taking gifts up on one database for four seconds: errors, fairness, speed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.copying import copied, opened_desk
from benchmarks.measuring import Figure
from tests.experiments.taking_up import take_up
from tests.experiments.waiting_gifts import many_gifts
from tests.journeys.desk import Desk, Workshop

WRITERS = 8
SECONDS = 4.0
GIFTS = 1000
ROUNDS = 5


def measure(folder: Path) -> list[Figure]:
    workshop = Workshop(folder / "workshop")
    desk = workshop.copy("intent", folder / "desk")
    many_gifts(desk, WRITERS * GIFTS)
    least, throughput, errors = [], [], 0
    for _ in range(ROUNDS):
        alone = _write(desk, 1)
        together = _write(desk, WRITERS)
        errors += sum(failed for _, failed in [*alone, *together])
        done = [count for count, _ in together]
        least.append(min(done) / (sum(done) / WRITERS))
        throughput.append(sum(done) / sum(count for count, _ in alone))
    served, ratio = sorted(least)[ROUNDS // 2], sorted(throughput)[ROUNDS // 2]
    title = f"{WRITERS} processes writing on one SQLite for {SECONDS:.0f} s"
    return [
        Figure(f"{title}: errors", "0", str(errors), errors == 0),
        Figure(f"{title}: the least served of its share", "≥ 0.5", f"{served:.2f}", served >= 0.5),
        Figure(f"{title}: together : one alone", "≥ 0.8", f"{ratio:.2f}", ratio >= 0.8),
    ]


def _write(desk: Desk, writers: int) -> list[tuple[int, int]]:
    """By writer, how many gifts it took up and how many attempts failed."""
    with copied(desk) as copy:
        begin = time.time() + 3 + writers / 2  # when all have started and opened the office
        programs = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.writers", copy.folder, str(number), str(begin)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(writers)
        ]
        answers = [program.communicate()[0].split() for program in programs]
    return [(int(done), int(failed)) for done, failed in answers]


def _run(folder: str, writer: str, begin: str) -> None:
    """One writer: its own gifts, one after another, until the time is up."""
    first = int(writer) * GIFTS + 1
    done = failed = 0
    with opened_desk(Desk(Path(folder))) as opened:
        time.sleep(max(0.0, float(begin) - time.time()))
        until = time.monotonic() + SECONDS
        for number in range(first, first + GIFTS):
            if time.monotonic() > until:
                break
            try:
                take_up(opened, number)
                done += 1
            except Exception as fault:
                print(f"writer {writer}: {fault!r}", file=sys.stderr)
                failed += 1
    print(done, failed)


if __name__ == "__main__":
    _run(*sys.argv[1:])
