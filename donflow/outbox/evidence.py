"""What proves that a letter was handed over, or was not, though the database does not say so."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.errors import N_, DonflowError
from donflow.outbox.acts import happen
from donflow.outbox.claiming import next_attempt
from donflow.outbox.handoff import TRIED_AGAIN, Handed
from donflow.outbox.models import Letter, LetterState
from donflow.outbox.states import Event
from donflow.post.reply import Outcome

LOG_PROVES: Final = "handoff_log"
MAILBOX_PROVES: Final = "mailbox"
"""Where the evidence was found: in the journal of the office, and in the reason of a doubt."""


class NoMailbox(DonflowError):
    code = "no_mailbox"
    message = N_("{path} is no mailbox.")
    remedy = N_("Name a Maildir folder or an mbox file.")


def event_of(handed: Handed) -> Event:
    """What the last line of the hand-off journal says of a letter."""
    match handed.outcome:
        case Outcome.ACCEPTED:
            return Event.ACCEPT
        case Outcome.REFUSED:
            return Event.REFUSE
        case outcome if outcome in TRIED_AGAIN:
            return Event.WAIT
    return Event.DOUBT


def apply(
    session: Session,
    letter: Letter,
    message_id: str,
    handed: Handed,
    *,
    actor: Actor | None,
    now: datetime,
) -> Event:
    """Give the letter the state that the hand-off journal proves."""
    event = event_of(handed)
    letter.message_id = message_id
    letter.attempts = max(letter.attempts, handed.attempt)
    if letter.state == LetterState.IN_DOUBT and event is Event.DOUBT:
        return event
    if event is Event.WAIT:
        letter.due_at = next_attempt(letter.attempts, now)
    reason = LOG_PROVES if event is not Event.ACCEPT else None
    detail = {"evidence": LOG_PROVES, "attempt": handed.attempt}
    happen(
        session,
        letter,
        event,
        reason=reason,
        code=handed.code,
        actor=actor,
        now=now,
        detail=detail,
    )
    return event


def message_ids_in(path: Path) -> frozenset[str]:
    """The Message-IDs in a Maildir folder or an mbox file, without angle brackets.

    Of a bounce also that of the letter it returns. Raises NoMailbox.
    """
    found: set[str] = set()
    for message in _messages(path):
        for part in message.walk():
            for name in ("Message-ID", "In-Reply-To"):
                found.update(_bare(str(value)) for value in part.get_all(name, ()))
    return frozenset(found - {""})


def _messages(path: Path) -> Iterator[Message]:
    opened: mailbox.Maildir | mailbox.mbox
    if (path / "cur").is_dir():
        opened = mailbox.Maildir(path, create=False)
    elif path.is_file():
        opened = mailbox.mbox(path, create=False)
    else:
        raise NoMailbox(path=str(path))
    try:
        yield from opened
    finally:
        opened.close()


def _bare(value: str) -> str:
    return value.strip().removeprefix("<").removesuffix(">")
