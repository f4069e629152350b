"""E11: a sender killed at any call sends no letter twice and loses none; the doubtful are shown."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from donflow.outbox.models import LetterState
from donflow.store.session import Store, close_store, open_store
from tests.experiments.letters_check import amiss
from tests.experiments.sending import MARK_BEFORE, REQUEUE, STAGED, run_once
from tests.outbox.letters import NOW, add_user, plan_letters, states
from tests.post.mail_server import MailSink
from tests.programs import needs

LETTERS = 3
NETWORK = ("connect", "sendto", "recvfrom")
CALLS = (*NETWORK, "pwrite64", "fdatasync", "write", "fsync")
LONG, EVERYDAY = 110, 4
"""A sender of three letters makes three times as many; half of those tried are of the network."""
SOON = timedelta(minutes=1)

Point = tuple[str, int]
"""The call at which the sender is killed, and the how many-th of its name."""


@dataclass(frozen=True)
class Bench:
    """A home with three letters due, copied for each sender; and how to watch one."""

    strace: str
    made: Path
    folder: Path

    def send(self, name: str, sink: MailSink, manner: str, *watched: str) -> tuple[Store, Path]:
        home = self.folder / name
        shutil.copytree(self.made, home)
        url = f"sqlite:///{home / 'donflow.db'}"
        subprocess.run(
            [self.strace, "-f", *watched, sys.executable, "-m", "tests.experiments.sending",
             str(home), url, str(sink.port), NOW.isoformat(), manner],
            check=False, capture_output=True,
        )  # fmt: skip
        return open_store(url), home

    def killed(self, point: Point, manner: str = STAGED) -> tuple[list[str], Counter[str], int]:
        """Kill one sender there and let the next come; what is amiss, what was accepted, doubts."""
        call, number = point
        with MailSink() as sink:
            name = f"{manner}-{call}-{number}"
            inject = f"inject={call}:signal=SIGKILL:when={number}"
            store, home = self.send(name, sink, manner, "-o", "/dev/null",
                                    "-e", f"trace={call}", "-e", inject)  # fmt: skip
            sink.settled()
            run_once(store, home, sink.port, NOW + SOON, manner)
            accepted = sink.counts()
            found = [f"killed at {call} {number}: {each}" for each in amiss(store, home, accepted)]
            doubts = Counter(states(store).values())[LetterState.IN_DOUBT]
            close_store(store)
        return found, accepted, doubts

    def course(self, manner: str = STAGED) -> list[str]:
        """The calls of a sender that nobody kills, a line each."""
        with MailSink() as sink:
            log = self.folder / f"{manner}.log"
            store, _home = self.send(f"whole-{manner}", sink, manner, "-o", str(log), "-s", "400",
                                     "-e", f"trace={','.join(CALLS)}")  # fmt: skip
            assert len(sink.counts()) == LETTERS
            close_store(store)
        return log.read_text(errors="replace").splitlines()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, empty_databases: Callable[[str], str]) -> Bench:
    if sys.platform != "linux":
        pytest.skip("the calls of Linux are counted")
    folder = tmp_path_factory.mktemp("senders")
    made = folder / "made"
    made.mkdir()
    shutil.copy(empty_databases("sqlite").removeprefix("sqlite:///"), made / "donflow.db")
    store = open_store(f"sqlite:///{made / 'donflow.db'}")
    add_user(store)
    plan_letters(store, LETTERS)
    close_store(store)
    return Bench(needs("strace"), made, folder)


def points_of(course: list[str]) -> list[Point]:
    """Every call that was made, by name and number."""
    counts: Counter[str] = Counter()
    found = []
    for line in course:
        if (match := re.match(r"\d+ +(\w+)\(", line)) and match[1] in CALLS:
            counts[match[1]] += 1
            found.append((match[1], counts[match[1]]))
    return found


def after_the_first_body(course: list[str]) -> Point:
    """The first call that waits for the answer to a body."""
    counts: Counter[str] = Counter()
    sent = False
    for line in course:
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None:
            continue
        counts[match[1]] += 1
        sent = sent or (match[1] == "sendto" and "Message-ID" in line)
        if sent and match[1] == "recvfrom":
            return "recvfrom", counts["recvfrom"]
    raise AssertionError("no body was sent")


def drawn(every: list[Point], count: int, draw: random.Random) -> list[Point]:
    """So many points, half of them where the network is used, if there are as many."""
    network = [point for point in every if point[0] in NETWORK]
    files = [point for point in every if point[0] not in NETWORK]
    half = min(count // 2, len(network))
    return sorted([*draw.sample(network, half), *draw.sample(files, count - half)])


def test_a_sender_killed_at_any_call_sends_nothing_twice_and_loses_nothing(
    bench: Bench, points: Callable[..., int], seed: int, figures: Callable[[str, str], None]
) -> None:
    begun = time.monotonic()
    every = points_of(bench.course())
    chosen = drawn(every, points(LONG, EVERYDAY), random.Random(seed))

    reports = [bench.killed(point) for point in chosen]

    doubts = sum(doubtful for _, _, doubtful in reports)
    lost = sum(LETTERS - len(accepted) for _, accepted, _ in reports)
    figures(
        "E11",
        f"killed at {len(chosen)} of {len(every)} calls: {lost} of {LETTERS * len(chosen)} letters"
        f" not handed over, {doubts} shown as in doubt, 0 twice"
        f" ({time.monotonic() - begun:.0f} s)",
    )
    assert [line for found, _, _ in reports for line in found] == []
    assert lost <= doubts
    assert {call for call, _ in every} == set(CALLS)


@pytest.mark.parametrize(("manner", "invariant"), [(MARK_BEFORE, "I4"), (REQUEUE, "I2")])
def test_whoever_marks_first_or_sends_again_what_is_stuck_is_found_out(
    bench: Bench, manner: str, invariant: str
) -> None:
    """The negative control: the same check on a sender that is wrong."""
    point = ("connect", 1) if manner == MARK_BEFORE else after_the_first_body(bench.course(manner))

    found, _accepted, _doubts = bench.killed(point, manner)

    assert any(invariant in line for line in found)
