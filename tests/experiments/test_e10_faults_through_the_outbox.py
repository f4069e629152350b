"""E10, whole: letters of the outbox meet a mail server that fails in every way, till all ended."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from donflow.outbox.delivering import deliver_due
from donflow.outbox.models import ENDS, LetterState
from donflow.outbox.readying import ready_due
from donflow.outbox.recovering import recover
from donflow.post.smtp import Patience
from donflow.store.session import Store
from tests.experiments.letters_check import amiss
from tests.experiments.sending import hands_for
from tests.outbox.letters import NOW, TODAY, add_user, plan_letters, states
from tests.post.mail_server import FAULTS, Fault, MailSink, Plan

SESSIONS = 500
SHORT = Patience(banner=0.3, end=0.3)
OURS = [fault for fault in FAULTS if fault is not Fault.FENCE]
"""The fence is donflow's own: other experiments stand before it."""
RUNS = 100


def test_letters_of_the_outbox_come_through_every_fault_once(
    empty_store: Store,
    tmp_path: Path,
    points: Callable[..., int],
    seed: int,
    figures: Callable[[str, str], None],
) -> None:
    begun, chance = time.monotonic(), random.Random(seed)
    sessions = points(SESSIONS)
    plans = [Plan(OURS[at % len(OURS)], chance.random() < 0.5) for at in range(sessions)]
    chance.shuffle(plans)
    add_user(empty_store)
    letters = plan_letters(empty_store, sessions * 3 // 5, expires_on=TODAY + timedelta(days=30))
    with MailSink() as sink:
        sink.plans.extend(plans)
        hands = hands_for(sink.port, patience=SHORT)
        for run in range(RUNS):
            now = NOW + run * timedelta(hours=2)
            recover(empty_store, tmp_path, now=now, actor=None)
            ready_due(empty_store, tmp_path, hands=hands, now=now, actor=None)
            deliver_due(empty_store, tmp_path, hands=hands, clock=lambda now=now: now)  # type: ignore[misc]
            if set(states(empty_store).values()) <= {*ENDS, LetterState.IN_DOUBT}:
                break
        left = len(sink.plans)
        accepted = sink.counts()

    stand = states(empty_store)
    planned = [
        ("constituent", number, "mid_autumn", TODAY) for number in range(1, len(letters) + 1)
    ]
    assert amiss(empty_store, tmp_path, accepted, planned=planned) == []
    assert set(stand.values()) == {LetterState.SENT, LetterState.REFUSED, LetterState.IN_DOUBT}
    assert left == 0
    shown = ", ".join(f"{count} {state}" for state, count in Counter(stand.values()).most_common())
    figures(
        "E10",
        f"{sessions} faulty sessions through the outbox, {len(letters)} letters: {shown};"
        f" 0 twice, 0 lost ({time.monotonic() - begun:.0f} s)",
    )
