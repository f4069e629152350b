"""A sender of letters that can be killed, stopped, or told to do it wrongly.

`python -m tests.experiments.sending HOME URL PORT NOW MANNER` recovers, readies and delivers once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from donflow.bootstrap import import_tables
from donflow.outbox import fencing, handoff
from donflow.outbox.claiming import claim
from donflow.outbox.delivering import deliver_due
from donflow.outbox.freezing import frozen_letter
from donflow.outbox.hands import Hands, Verdict
from donflow.outbox.models import Letter, Way
from donflow.outbox.readying import ready_due
from donflow.outbox.recovering import recover
from donflow.outbox.replies import commit_outcome
from donflow.outbox.workers import at_work
from donflow.post import smtp
from donflow.post.reply import Frozen, Outcome, Reply
from donflow.store.session import Store, open_store, unit_of_work

import_tables()

DOMAIN = "alumni.example.org"
USUAL = smtp.Patience()
MARK_BEFORE, REQUEUE, STAGED = "mark_before", "requeue", "staged"
"""As much as comparable systems do: mark first and send then, or send again what is stuck."""
STOP_CLAIMED, STOP_FENCED = "stop_claimed", "stop_fenced"
"""Stand still before the fence, or between it and the line in the hand-off journal."""


def hands_for(
    port: int,
    *,
    before: Callable[[], None] = lambda: None,
    patience: smtp.Patience = USUAL,
) -> Hands:
    """Hands that write a short letter and hand it to the server at this port."""
    server = smtp.MailServer(
        "127.0.0.1", port, "office@example.org", tls=smtp.Tls.NONE, patience=patience
    )

    def hand_over(_way: Way, frozen: Frozen, fence: Callable[[], bool]) -> Reply:
        before()
        return smtp.hand_over(server, frozen, before_body=fence)

    return Hands(
        judge=_judge,
        render=_render,
        seal=lambda _session, _letter, _id, text: text.encode(),
        unseal=lambda _session, letter: (letter.body or b"").decode(),
        hand_over=hand_over,
        domain=DOMAIN,
        ways=(Way.MAIL,),
    )


def run_once(
    store: Store,
    home: Path,
    port: int,
    now: datetime,
    manner: str = STAGED,
    at: int = 1,
    before: Callable[[], None] = lambda: None,
) -> None:
    """One run in this manner; with a stop, at the letter of this number."""
    hands = hands_for(port, before=before)
    match manner:
        case "mark_before" | "requeue":
            ready_due(store, home, hands=hands, now=now, actor=None)
            _wrongly(store, home, hands, now, manner)
            return
        case "stop_claimed":
            hands = hands_for(port, before=_stopping(at))
        case "stop_fenced":
            stop, begun = _stopping(at), handoff.begun
            fencing.handoff = _stopped_before(begun, stop)  # type: ignore[attr-defined]
    recover(store, home, now=now, actor=None)
    ready_due(store, home, hands=hands, now=now, actor=None)
    deliver_due(store, home, hands=hands, clock=lambda: now)


def _judge(_session: Session, letters: Sequence[Letter]) -> dict[int, Verdict]:
    return {letter.id: Verdict(None, Way.MAIL) for letter in letters}


def _render(_session: Session, letter: Letter, message_id: str) -> Frozen:
    text = f"Message-ID: <{message_id}>\r\nSubject: greeting\r\n\r\nletter {letter.id}\r\n"
    return Frozen(text.encode(), message_id, f"a{letter.addressee_id}@example.org")


def _stopping(at: int) -> Callable[[], None]:
    """Stands still at the letter of this number, until it is told to go on."""
    seen = 0

    def stop() -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGSTOP)

    return stop


def _stopped_before(begun: Callable[..., None], stop: Callable[[], None]) -> object:
    def stopped(*said: object) -> None:
        stop()
        begun(*said)

    return type("handoff", (), {"begun": staticmethod(stopped)})


def _wrongly(store: Store, home: Path, hands: Hands, now: datetime, manner: str) -> None:
    """Without the fence: what is stuck goes again, or what is to be sent is marked first."""
    if manner == REQUEUE:
        with unit_of_work(store) as session:
            session.connection().exec_driver_sql(
                "UPDATE letter SET state = 'ready' WHERE state = 'claimed'"
            )
    with at_work(home) as token:
        for number in claim(store, token, ways=[Way.MAIL], now=now):
            frozen = frozen_letter(store, number, token, hands)
            assert frozen is not None
            done = partial(
                commit_outcome, store, number, token, Outcome.ACCEPTED, 250, actor=None, now=now
            )
            if manner == MARK_BEFORE:
                done()
            reply = hands.hand_over(Way.MAIL, frozen, lambda: True)
            if manner == REQUEUE and reply.outcome is Outcome.ACCEPTED:
                done()
        (home / "workers" / token).unlink()


if __name__ == "__main__":
    folder, url, port, moment, how, *letter = sys.argv[1:]
    run_once(
        open_store(url),
        Path(folder),
        int(port),
        datetime.fromisoformat(moment),
        how,
        int(letter[0]) if letter else 1,
    )
