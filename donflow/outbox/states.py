"""Which state follows from what happens to a letter; what is not in the table cannot happen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from donflow.outbox.models import ENDS, LetterState

S = LetterState


class Event(StrEnum):
    """What happens to a letter."""

    DUE = "due"
    """Its time has come, it is approved, and nothing speaks against it."""
    CLAIM = "claim"
    """One worker takes it, for a while."""
    FENCE = "fence"
    """That worker may hand it over: from here on nobody else ever may, but by a clear reply."""
    GIVE_BACK = "give_back"
    """The worker's time is over, or it died, before the fence or surely before the body."""
    WAIT = "wait"
    """It surely did not leave: another attempt later."""
    ANOTHER_WAY = "another_way"
    """The channel it was written for is no longer open, another is."""
    ACCEPT = "accept"
    """It was handed over: by the reply, or by evidence."""
    REFUSE = "refuse"
    """The other side will not have it, or a person says that it did not arrive."""
    DOUBT = "doubt"
    """Nobody can know whether it was handed over."""
    SUPPRESS = "suppress"
    EXPIRE = "expire"
    HOLD = "hold"
    RELEASE = "release"


UNSENT: Mapping[Event, LetterState] = MappingProxyType(
    {
        Event.SUPPRESS: S.SUPPRESSED,
        Event.EXPIRE: S.EXPIRED,
        Event.HOLD: S.HELD,
        Event.WAIT: S.RETRY_WAIT,
    }
)
"""What may happen to every letter that is in nobody's hands."""

KNOWN: Mapping[Event, LetterState] = MappingProxyType(
    {Event.ACCEPT: S.SENT, Event.REFUSE: S.REFUSED, Event.DOUBT: S.IN_DOUBT}
)
"""What is found out of a letter that was, or may have been, handed over."""

TABLE: Mapping[LetterState, Mapping[Event, LetterState]] = MappingProxyType(
    {
        S.PLANNED: {**UNSENT, Event.DUE: S.READY, **KNOWN},
        S.READY: {**UNSENT, Event.CLAIM: S.CLAIMED, **KNOWN},
        S.RETRY_WAIT: {**UNSENT, Event.DUE: S.READY, **KNOWN},
        # Planned anew, it would be taken for a letter that nothing has happened to.
        S.HELD: {Event.RELEASE: S.RETRY_WAIT, Event.EXPIRE: S.EXPIRED, **KNOWN},
        S.CLAIMED: {
            **UNSENT,
            Event.FENCE: S.HANDING_OFF,
            Event.GIVE_BACK: S.READY,
            Event.ANOTHER_WAY: S.RETRY_WAIT,
            **KNOWN,
        },
        S.HANDING_OFF: {
            Event.GIVE_BACK: S.READY,
            Event.WAIT: S.RETRY_WAIT,
            Event.HOLD: S.HELD,
            **KNOWN,
        },
        S.IN_DOUBT: {Event.WAIT: S.RETRY_WAIT, Event.ACCEPT: S.SENT, Event.REFUSE: S.REFUSED},
    }
)
"""State × event → state. IN_DOUBT waits again only by the late reply of its own worker."""


class NotPossible(Exception):
    """Our own fault: something was about to happen to a letter that cannot."""


def after(state: str, event: Event) -> LetterState:
    """The state that follows. Raises NotPossible."""
    following = TABLE.get(LetterState(state), {}).get(event)
    if following is None:
        raise NotPossible(f"{event} to a letter that is {state}")
    return following


def is_end(state: str) -> bool:
    """Whether nothing more happens to a letter in this state."""
    return state in ENDS
