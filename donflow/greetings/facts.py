"""What the judgement and the words of a greeting need to know of one addressee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from donflow.outbox.models import Way
from donflow.roster.models import Channel, ConstituentKind, Status

TEACHERS = "教师"
"""The segment whose people are addressed as 老师."""


class Said(StrEnum):
    """The last word on greetings by one channel."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    NOTHING = "nothing"


CHANNELS: Mapping[Way, Channel] = MappingProxyType(
    {
        Way.WECHAT: Channel.WECHAT,
        Way.MAIL: Channel.MAIL,
        Way.PAPER: Channel.POST,
        Way.WEBHOOK: Channel.PHONE,
    }
)
"""Under which channel a consent to greetings by this way is given; a folder needs none."""


@dataclass(frozen=True)
class Wish:
    """How somebody wishes to be greeted; the values are those of one who told nothing."""

    lunar_birthday: bool = False
    leap_day: str = "february"
    timezone: str | None = None
    channel: str | None = None
    quiet_until: date | None = None
    joint: bool = False


@dataclass(frozen=True)
class PersonFacts:
    """One constituent under all its numbers, on one day.

    `reachable` names the ways for which there is a contact point. `said` is the last word by each
    way, whatever is missing is `Said.NOTHING`; `asked` is true where anything was ever said about
    greetings. `spouse` is the number of the one living or dead spouse; the spouse's own facts
    are gathered with them. `address` is a blind index: equal for people who share an address.
    `condoled_on` holds the days of condolences to this person, `thanked` the numbers of the
    payments for which thanks were said, `struck` those of payments that were none.
    """

    number: int
    name: str
    kind: str = ConstituentKind.PERSON
    status: str = Status.ACTIVE
    merged_into: int | None = None
    gender: str | None = None
    salutation: str | None = None
    representative: str | None = None
    born: str | None = None
    segments: frozenset[str] = frozenset()
    reachable: frozenset[Way] = frozenset()
    said: Mapping[Way, Said] = field(default_factory=dict)
    asked: bool = False
    wish: Wish = Wish()
    spouse: int | None = None
    address: str | None = None
    disputed: bool = False
    condoled_on: tuple[date, ...] = ()
    thanked: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()

    @property
    def is_teacher(self) -> bool:
        return TEACHERS in self.segments

    @property
    def lives(self) -> bool:
        """Neither dead nor restricted nor erased: somebody who may be named in a greeting."""
        return self.status == Status.ACTIVE


@dataclass(frozen=True)
class GroupFacts:
    """A WeChat group as an addressee."""

    number: int
    name: str
    people: int | None = None
    ended_on: date | None = None


Addressee = PersonFacts | GroupFacts
