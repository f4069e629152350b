"""From a thousand gifts to a million: what an advance and a board of a thousand cost more."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from benchmarks.copying import opened_desk
from benchmarks.measuring import Figure, Work, in_turn
from benchmarks.replaying import written_down
from donflow.bootstrap import OpenOffice
from tests.experiments.taking_up import take_up
from tests.experiments.waiting_gifts import DAY, many_gifts, more_gifts
from tests.journeys.desk import Workshop

SIZES = (1_000, 1_000_000)
TIMES, ROUNDS = 10, 9
SCANNED_WHATEVER = ("SCAN workflow_version", "SCAN template_confirmation", "SCAN user_account")
"""Tables of a few rows in any office."""


def measure(folder: Path) -> list[Figure]:
    workshop = Workshop(folder / "workshop")
    small = workshop.copy("intent", folder / "small")
    large = workshop.copy("intent", folder / "large")
    many_gifts(small, SIZES[0])
    many_gifts(large, SIZES[0])
    more_gifts(large.url, SIZES[0] + 1, SIZES[1])
    with opened_desk(small) as few, opened_desk(large) as very_many:
        own, other = count(1), count(SIZES[1] // 2)
        advances: dict[str, Work] = {
            "few": lambda: take_up(few, next(own)),
            "many": lambda: take_up(very_many, next(other)),
        }
        rounds = in_turn(advances, times=TIMES, rounds=ROUNDS)
        scans = _scans(very_many, SIZES[1] - 1)
    typed = in_turn({"today": lambda: small("today", day=DAY)}, rounds=7)
    ratio = rounds.ratio("many", "few")
    return [
        Figure(
            f"an advance among {SIZES[1]:,} gifts : among {SIZES[0]:,}",
            "≤ 1.2",
            f"{ratio:.2f} ({rounds.ms('many')} : {rounds.ms('few')})",
            ratio <= 1.2,
        ),
        Figure(
            "queries of an advance that read a whole table",
            "none",
            "; ".join(scans) or "none",
            not scans,
        ),
        Figure(
            f"`today` of {SIZES[0]:,} open gifts, each with its facts and steps",
            "–",
            typed.ms("today"),
            None,
        ),
    ]


def _scans(opened: OpenOffice, number: int) -> list[str]:
    """The steps of the query plans of one advance that use no index."""
    with written_down(opened.store.writer) as sent:
        take_up(opened, number)
    found = set()
    with opened.store.reader.connect() as connection:
        for statement, values in sent:
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
                if row[3].startswith("SCAN") and row[3] not in SCANNED_WHATEVER:
                    found.add(row[3])
    return sorted(found)
