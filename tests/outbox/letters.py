"""Letters to nobody, and hands that judge, write and send as a test tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from donflow.bootstrap import import_tables
from donflow.domain.actor import Actor, Role
from donflow.outbox.hands import LATE, Hands, Verdict
from donflow.outbox.models import Letter, LetterState, Way
from donflow.post.reply import Frozen, Outcome, Reply
from donflow.store.session import Store, reading, unit_of_work

import_tables()

NOW = datetime(2026, 9, 25, 1, 30, tzinfo=UTC)
TODAY = date(2026, 9, 25)
LIN = Actor(1, frozenset({Role.SECRETARY}), Role.SECRETARY)
DOMAIN = "alumni.example.org"
ACCEPTED = Reply(Outcome.ACCEPTED, 250)


def add_user(store: Store) -> None:
    """The secretary, whom acts and references name."""
    from donflow.accounts.users import add_user as add

    with unit_of_work(store) as session:
        add(session, "lin", "林秘书", actor=None, now=NOW)


def plan_letters(store: Store, count: int = 1, **changes: object) -> list[int]:
    """Plan so many letters, to one person each, as planning does: past the journal."""
    values: dict[str, object] = {
        "occasion": "mid_autumn",
        "addressee_kind": "constituent",
        "on_day": TODAY,
        "about": 0,
        "n": 0,
        "state": LetterState.PLANNED.value,
        "due_at": NOW - timedelta(minutes=30),
        "expires_on": TODAY,
        "planned_at": NOW - timedelta(days=20),
        "attempts": 0,
        **changes,
    }
    with unit_of_work(store) as session:
        taken = session.connection().scalars(select(Letter.addressee_id)).all()
        first = max(taken, default=0) + 1
        rows = [{"addressee_id": first + at, **values} for at in range(count)]
        return list(
            session.connection().scalars(insert(Letter.__table__).returning(Letter.id), rows)  # type: ignore[arg-type]
        )


def letter_of(store: Store, number: int) -> Letter:
    """A letter as it stands."""
    with reading(store) as session:
        letter = session.get_one(Letter, number)
        session.expunge(letter)
        return letter


def states(store: Store) -> dict[int, str]:
    """The states of all letters."""
    with reading(store) as session:
        return {row.id: row.state for row in session.execute(select(Letter.id, Letter.state))}


@dataclass
class Post:
    """Hands whose post keeps what it took; `replies` are given in turn, then all is accepted."""

    home: Path
    reasons: dict[int, str] = field(default_factory=dict)
    """By letter why it may not go."""
    waits: dict[int, Verdict] = field(default_factory=dict)
    """By letter that it may not go yet."""
    channel: Way = Way.MAIL
    replies: list[Reply | Exception] = field(default_factory=list)
    sent: list[Frozen] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    tried: list[Frozen] = field(default_factory=list)
    """What each attempt would have sent."""
    words: str = "letter"
    address: str = "example.org"
    at_fence: Callable[[], None] = lambda: None
    """What happens while the server waits for the body."""

    def hands(self, ways: Sequence[Way] = (Way.MAIL, Way.FOLDER)) -> Hands:
        return Hands(
            judge=self.judge,
            render=self.render,
            seal=lambda _session, _letter, _message_id, text: text.encode()[::-1],
            unseal=lambda _session, letter: (letter.body or b"")[::-1].decode(),
            hand_over=self.hand_over,
            domain=DOMAIN,
            ways=ways,
        )

    def judge(self, _session: Session, letters: Sequence[Letter]) -> dict[int, Verdict]:
        return {letter.id: self._verdict(letter) for letter in letters}

    def _verdict(self, letter: Letter) -> Verdict:
        if letter.expires_on < TODAY:
            return Verdict(LATE)
        if letter.id in self.waits:
            return self.waits[letter.id]
        reason = self.reasons.get(letter.id)
        return Verdict(reason, None if reason else self.channel)

    def render(self, _session: Session, letter: Letter, message_id: str) -> Frozen:
        self.written.append(message_id)
        date = f"Date: {len(self.written)}\r\n"
        text = f"Message-ID: <{message_id}>\r\n{date}\r\n{self.words} {letter.id}\r\n"
        return Frozen(text.encode(), message_id, f"a{letter.addressee_id}@{self.address}")

    def hand_over(self, _way: Way, frozen: Frozen, before_body: Callable[[], bool]) -> Reply:
        self.tried.append(frozen)
        reply = self.replies.pop(0) if self.replies else ACCEPTED
        if isinstance(reply, Reply) and reply.outcome is Outcome.NOT_BEGUN:
            return reply
        self.at_fence()
        if not before_body():
            return Reply(Outcome.NOT_OWNER)
        if isinstance(reply, Exception):
            raise reply
        if reply.outcome is Outcome.ACCEPTED:
            self.sent.append(frozen)
        return reply
