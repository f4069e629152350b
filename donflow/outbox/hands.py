"""What the outbox is lent by those above it, who know people, words and servers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from donflow.outbox.models import Letter, Way
from donflow.post.reply import Frozen, Reply

LATE: Final = "late"
"""The one reason by which a letter expires; by every other it is suppressed."""


@dataclass(frozen=True)
class Verdict:
    """Why a letter may not go now (a code), or by which channel it may."""

    reason: str | None
    channel: Way | None = None
    waits: bool = False
    """It may go as soon as a person has approved its batch, or what it waits for is over."""
    waits_for: str | None = None
    """What it waits for beside a person's word: a code."""
    again_at: datetime | None = None
    """When it is looked at again; as often as the clock ticks where nothing is said."""


@dataclass(frozen=True)
class Hands:
    """Judging, writing, sealing and handing over, each a function.

    `judge` is asked when letters fall due, and again within the fence, where it must be brief; it
    answers for every letter that it is given. `render` writes one letter and may take its time.
    `seal` and `unseal` keep what was written under the addressee's key, bound to its Message-ID;
    where there is no such key, `seal` gives None and nothing is kept.
    `hand_over` gives one letter to a server: it calls the fence before the first byte of the
    body, and its answer is final.
    """

    judge: Callable[[Session, Sequence[Letter]], Mapping[int, Verdict]]
    render: Callable[[Session, Letter, str], Frozen]
    seal: Callable[[Session, Letter, str, str], bytes | None]
    unseal: Callable[[Session, Letter], str]
    hand_over: Callable[[Way, Frozen, Callable[[], bool]], Reply]
    domain: str
    """The fixed part of every Message-ID."""
    ways: Iterable[Way] = (Way.FOLDER,)
    """The channels by which letters leave without a person; others wait."""
