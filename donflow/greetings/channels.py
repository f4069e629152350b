"""By which channel somebody is reached, with contact point and consent; or why by none."""

from __future__ import annotations

from donflow.greetings.facts import PersonFacts, Said
from donflow.greetings.reasons import Reason
from donflow.outbox.models import Way

USUAL = (Way.WECHAT, Way.MAIL, Way.PAPER)
"""The order for whoever wishes nothing else."""


def by_hand(person: PersonFacts) -> Way:
    """How a person hands over what no machine sends: by WeChat, else on paper.

    Where no address is known the paper is brought in person; it never becomes a file, which the
    clock would hand over with nobody knowing.
    """
    return Way.WECHAT if Way.WECHAT in person.reachable else Way.PAPER


def channel_of(
    person: PersonFacts, named: str | None, *, asks_consent: bool = True
) -> Way | Reason:
    """The first channel that is open: the rhythm's (`named`), the wished one, then the usual ones.

    Else OPTED_OUT, NOT_ASKED or NO_ADDRESS. Without `asks_consent` (thanks) a contact point is
    enough. A folder is only taken where the rhythm names it.
    """
    if asks_consent and not person.asked:
        return Reason.NOT_ASKED
    if asks_consent and is_opted_out(person):
        return Reason.OPTED_OUT
    wished = None if person.wish.channel == Way.FOLDER else person.wish.channel
    for way in (named, wished, *USUAL):
        if way is not None and _open(person, Way(way), asks_consent=asks_consent):
            return Way(way)
    return Reason.NO_ADDRESS


def is_opted_out(person: PersonFacts) -> bool:
    """Whether the last word is a withdrawal for all channels, or for each that still reaches."""
    if not person.asked:
        return False
    if Said.GIVEN not in person.said.values():
        return True
    left = person.reachable.intersection(USUAL)
    return bool(left) and all(person.said.get(way) == Said.WITHDRAWN for way in left)


def _open(person: PersonFacts, way: Way, *, asks_consent: bool) -> bool:
    if way is Way.FOLDER:
        return True
    return way in person.reachable and (not asks_consent or person.said.get(way) == Said.GIVEN)
