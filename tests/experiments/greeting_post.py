"""A post for years of greetings, which takes every letter; of each it is given one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from donflow.outbox.models import Letter, Way
from donflow.post.reply import Frozen, Outcome, Reply


@dataclass
class Post:
    """Takes every letter; in the moment before the body somebody may die or unsubscribe."""

    sent: list[str] = field(default_factory=list)
    at_fence: Callable[[int], None] | None = None

    def hand_over(self, _way: Way, frozen: Frozen, fence: Callable[[], bool]) -> Reply:
        if self.at_fence is not None:
            self.at_fence(int(frozen.recipient[1:].partition("@")[0]))
        if not fence():
            return Reply(Outcome.NOT_OWNER)
        self.sent.append(frozen.message_id)
        return Reply(Outcome.ACCEPTED, 250)


def one_line(_session: Session, letter: Letter, message_id: str) -> Frozen:
    return Frozen(b"a letter\r\n", message_id, f"a{letter.addressee_id}@example.org")
