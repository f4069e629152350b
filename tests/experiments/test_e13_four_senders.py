"""E13: four senders at once and one mail server: each due letter is accepted, and none twice."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from donflow.outbox.models import Letter, LetterState
from donflow.store.session import Store, reading
from tests import databases
from tests.experiments.letters_check import amiss
from tests.experiments.sending import REQUEUE, STAGED, run_once
from tests.outbox.letters import NOW, TODAY, add_user, plan_letters, states
from tests.post.mail_server import MailSink

SENDERS = 4


def sent_by_four(url: str, home: Path, manner: str, sink: MailSink) -> list[int]:
    """Four processes at once; how each ended."""
    line = [sys.executable, "-m", "tests.experiments.sending", str(home), url, str(sink.port),
            NOW.isoformat(), manner]  # fmt: skip
    senders = [subprocess.Popen(line) for _ in range(SENDERS)]
    return [sender.wait(600) for sender in senders]


@databases.both
def test_four_senders_hand_over_each_due_letter_once(
    empty_store: Store,
    database: str,
    backend: str,
    tmp_path: Path,
    points: Callable[..., int],
    figures: Callable[[str, str], None],
) -> None:
    add_user(empty_store)
    letters = points(1000, 20 if backend == "postgresql" else 40)
    planned = plan_letters(empty_store, letters)
    begun = time.monotonic()
    with MailSink() as sink:
        ended = sent_by_four(database, tmp_path, STAGED, sink)
        accepted = sink.counts()
    took = time.monotonic() - begun

    assert ended == [0] * SENDERS
    assert Counter(states(empty_store).values()) == {LetterState.SENT: letters}
    assert (len(accepted), set(accepted.values())) == (letters, {1})
    keys = [("constituent", number, "mid_autumn", TODAY) for number in range(1, len(planned) + 1)]
    assert amiss(empty_store, tmp_path, accepted, planned=keys) == []
    with reading(empty_store) as session:
        shares = Counter(session.scalars(select(Letter.token)))
    shown = " + ".join(str(share) for share in sorted(shares.values(), reverse=True))
    figures("E13", f"{backend}: {letters} letters ({shown}), 0 twice, 0 lost ({took:.1f} s)")


def test_a_sender_that_takes_what_another_has_claimed_is_found_out(
    empty_store: Store, tmp_path: Path
) -> None:
    add_user(empty_store)
    plan_letters(empty_store, 1)
    others = [1]

    def another() -> None:
        if others:
            others.pop()
            run_once(empty_store, tmp_path, sink.port, NOW, REQUEUE)

    with MailSink() as sink:
        run_once(empty_store, tmp_path, sink.port, NOW, REQUEUE, before=another)
        accepted = sink.counts()

    assert any(line.startswith("I2") for line in amiss(empty_store, tmp_path, accepted))
