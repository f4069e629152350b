"""E12: a sender that was paused and wakes when another has taken over sends nothing twice."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from donflow.outbox.claiming import HANDING_OFF_LEASE
from donflow.outbox.models import LetterState
from donflow.store.session import close_store, open_store
from tests.experiments.letters_check import amiss
from tests.experiments.sending import STOP_CLAIMED, STOP_FENCED, run_once
from tests.outbox.letters import NOW, add_user, plan_letters, states
from tests.post.mail_server import MailSink

LETTERS = 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, empty_databases: Callable[[str], str]) -> Path:
    if sys.platform == "win32":
        pytest.skip("nothing is stopped there by a signal")
    made = tmp_path_factory.mktemp("made")
    shutil.copy(empty_databases("sqlite").removeprefix("sqlite:///"), made / "donflow.db")
    store = open_store(f"sqlite:///{made / 'donflow.db'}")
    add_user(store)
    plan_letters(store, LETTERS)
    close_store(store)
    return made


def stopped(sender: subprocess.Popen[bytes]) -> None:
    """Wait until the sender stands still."""
    _, status = os.waitpid(sender.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)


def test_a_sender_that_wakes_late_sends_nothing_that_another_has_sent(
    made: Path,
    tmp_path: Path,
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    begun = time.monotonic()
    kinds = [(manner, at) for manner in (STOP_CLAIMED, STOP_FENCED) for at in (1, 2, 3)]
    count = points(40, 2)
    chosen = (kinds * (count // len(kinds) + 1))[:count]
    random.Random(seed).shuffle(chosen)
    chosen[:2] = [(STOP_CLAIMED, 1), (STOP_FENCED, 2)]
    found: list[str] = []
    for number, (manner, at) in enumerate(chosen):
        home = tmp_path / str(number)
        shutil.copytree(made, home)
        url = f"sqlite:///{home / 'donflow.db'}"
        store = open_store(url)
        with MailSink() as sink:
            sender = subprocess.Popen(
                [sys.executable, "-m", "tests.experiments.sending", str(home), url,
                 str(sink.port), NOW.isoformat(), manner, str(at)],
            )  # fmt: skip
            stopped(sender)
            # Another machine's clock says that all leases are over.
            run_once(store, home, sink.port, NOW + HANDING_OFF_LEASE)
            before = set(states(store).values())
            sender.send_signal(signal.SIGCONT)
            assert sender.wait(60) == 0
            run_once(store, home, sink.port, NOW + HANDING_OFF_LEASE)
            accepted = sink.counts()
            found += [f"{manner} {at}: {each}" for each in amiss(store, home, accepted)]
            doubt = {LetterState.IN_DOUBT} if manner == STOP_FENCED else set()
            assert before == {LetterState.SENT} | doubt
            assert set(states(store).values()) == {LetterState.SENT}
            assert len(accepted) == LETTERS
        close_store(store)
    figures("E12", f"{count} paused senders, 0 letters twice ({time.monotonic() - begun:.0f} s)")
    assert found == []
