"""What is handed over, and what came of it: the same words for every way out of the house."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Frozen:
    """A letter as it leaves: rendered once, so that every attempt sends the same bytes."""

    content: bytes
    message_id: str
    """Without angle brackets."""
    recipient: str
    """One address. A webhook has none of its own: empty."""


class Outcome(StrEnum):
    """What one attempt came to. After the first three below the letter is in nobody's hands."""

    NOT_BEGUN = "not_begun"
    """No session, or it ended before the body: try again."""
    LATER = "later"
    """The other side asked for another attempt later."""
    BODY_NOT_TAKEN = "body_not_taken"
    """The fence was passed, but not all bytes left: surely not handed over, try again."""
    NOT_OWNER = "not_owner"
    """The fence said no, before the first byte of the body."""
    REFUSED = "refused"
    """The other side will not have it: no further attempt."""
    ACCEPTED = "accepted"
    """The other side answers for it from now on."""
    IN_DOUBT = "in_doubt"
    """All bytes left and no clear reply came: nobody can know, a person decides."""


@dataclass(frozen=True)
class Reply:
    """What is kept of an answer: the code and the other side's number for it, never an address."""

    outcome: Outcome
    code: int | None = None
    text: str = ""
    """Of an accepted letter the queue id; of another the enhanced status or a word of ours."""
    archived: bool = False
    """The archive mailbox was accepted in the same transaction: its copy is evidence."""
