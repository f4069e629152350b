"""Whether a letter may go on a day, and if not, why: one function for preview, clock and fence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from donflow.domain.occasions import Occasion
from donflow.greetings.channels import by_hand, channel_of
from donflow.greetings.facts import Addressee, GroupFacts, PersonFacts
from donflow.greetings.reasons import Reason
from donflow.outbox.models import Way
from donflow.roster.models import Status

CONDOLENCE = "condolence"
THANKS = "thanks"
"""The kinds of occasions that ask for no consent to greetings."""

QUIET_AFTER_CONDOLENCE = timedelta(days=7)
QUIET_AFTER_LETTER = timedelta(days=3)
MOST_IN_A_MONTH = 4


What = tuple[str, date, int]
"""What a letter is for: occasion, day, and what it is about; the same for a letter sent again."""


@dataclass(frozen=True)
class LetterFacts:
    """What is judged of a letter.

    `id` tells the letters of one judgement apart. `order` is the rank of its occasion and the
    place in the list of occasions: of several letters on a day the lowest goes first. `kind` is
    that of the occasion, `named` the channel that the rhythm names. `gone`: it went already, or
    is on its way beyond recall; it is not judged, and greets.
    """

    id: int
    addressee: int
    occasion: str
    kind: str
    personal: bool
    order: tuple[int, int]
    on_day: date
    expires_on: date
    about: int = 0
    n: int = 0
    named: str | None = None
    gone: bool = False

    @property
    def asks_consent(self) -> bool:
        return self.kind not in (CONDOLENCE, THANKS)

    @property
    def what(self) -> What:
        return self.occasion, self.on_day, self.about


@dataclass(frozen=True)
class Greeted:
    """That a letter went to somebody, or goes: on which day, in which order of that day.

    `gone`: it went this very day, and so before whatever else the day has in store.
    """

    on: date
    order: tuple[int, int]
    what: What
    personal: bool = False
    gone: bool = False


@dataclass(frozen=True)
class DayContext:
    """The day on which a letter would go; `silent` are the letters whose household has another."""

    today: date
    mourning: frozenset[date] = frozenset()
    silent: frozenset[int] = frozenset()


def judge(
    letter: LetterFacts, person: Addressee, history: Iterable[Greeted], day: DayContext
) -> Reason | None:
    """The first reason why the letter may not go on this day; None where it may.

    `history` holds what went or goes to the addressee, other than this letter (a resend of it
    included), also what is to go in the next days. Promises nothing of times of day; those are
    the outbox's.
    """
    others = [each for each in history if each.what != letter.what]
    now = (day.today, letter.order)
    earlier = [each for each in others if each.gone or (each.on, each.order) < now]
    coming = [each for each in others if each.on > day.today]
    checks = GROUP_CHECKS if isinstance(person, GroupFacts) else CHECKS
    for reason, holds in checks.items():
        if holds(Case(letter, person, earlier, coming, day)):
            return reason
    return None


def waits_for(letter: LetterFacts, person: PersonFacts, day: DayContext) -> Reason | None:
    """What a thank-you that may go waits for, within its days; it belongs to the gift."""
    if letter.kind != THANKS:
        return None
    if day.today in day.mourning:
        return Reason.MOURNING
    return Reason.DISPUTE if person.disputed else None


def way_of(letter: LetterFacts, person: PersonFacts) -> Way | Reason:
    """By which channel the letter goes; a condolence always by hand."""
    if letter.kind == CONDOLENCE:
        return by_hand(person)
    return channel_of(person, letter.named, asks_consent=letter.asks_consent)


def order_of(occasion: Occasion, occasions: Iterable[str]) -> tuple[int, int]:
    """The rank of an occasion, and its place in the list of occasions."""
    return occasion.rank, list(occasions).index(occasion.code)


@dataclass(frozen=True)
class Case:
    """One letter with all that is asked about it."""

    letter: LetterFacts
    addressee: Addressee
    earlier: list[Greeted]
    coming: list[Greeted]
    day: DayContext

    @property
    def person(self) -> PersonFacts:
        assert isinstance(self.addressee, PersonFacts)
        return self.addressee


def _late(case: Case) -> bool:
    return case.day.today > case.letter.expires_on


def _merged(case: Case) -> bool:
    # What follows from an act is planned once: nobody plans it anew for the other number.
    return case.letter.asks_consent and case.person.merged_into is not None


def _restricted(case: Case) -> bool:
    return case.person.status in (Status.RESTRICTED, Status.ERASED)


def _deceased(case: Case) -> bool:
    return case.person.status == Status.DECEASED


def _struck(case: Case) -> bool:
    return case.letter.kind == THANKS and case.letter.about in case.person.struck


def _thanked(case: Case) -> bool:
    letter = case.letter
    return letter.kind == THANKS and letter.n == 0 and letter.about in case.person.thanked


def _mourning(case: Case) -> bool:
    return case.letter.asks_consent and case.day.today in case.day.mourning


def _bereaved(case: Case) -> bool:
    since = (case.day.today - day for day in case.person.condoled_on)
    return case.letter.asks_consent and any(
        timedelta(0) <= days <= QUIET_AFTER_CONDOLENCE for days in since
    )


def _quiet(case: Case) -> bool:
    until = case.person.wish.quiet_until
    return case.letter.asks_consent and until is not None and case.day.today <= until


def _dispute(case: Case) -> bool:
    return case.letter.kind != THANKS and case.person.disputed


def _no_channel(reason: Reason) -> Callable[[Case], bool]:
    return lambda case: way_of(case.letter, case.person) is reason


def _household(case: Case) -> bool:
    return case.letter.id in case.day.silent


def _just_greeted(case: Case) -> bool:
    """Of two that are not personal the one of lower rank goes, of equal rank the earlier."""
    rank, today = case.letter.order[0], case.day.today
    before = (each for each in case.earlier if each.personal or each.order[0] <= rank)
    after = (each for each in case.coming if not each.personal and each.order[0] < rank)
    return not case.letter.personal and any(
        abs(today - each.on) <= QUIET_AFTER_LETTER for each in (*before, *after)
    )


def _cap(case: Case) -> bool:
    month = (case.day.today.year, case.day.today.month)
    this_month = [each for each in case.earlier if (each.on.year, each.on.month) == month]
    return not case.letter.personal and len(this_month) >= MOST_IN_A_MONTH


def _group_ended(case: Case) -> bool:
    group = case.addressee
    return (
        isinstance(group, GroupFacts)
        and group.ended_on is not None
        and group.ended_on <= case.day.today
    )


CHECKS: Mapping[Reason, Callable[[Case], bool]] = MappingProxyType(
    {
        Reason.LATE: _late,
        Reason.MERGED: _merged,
        Reason.RESTRICTED: _restricted,
        Reason.DECEASED: _deceased,
        Reason.STRUCK: _struck,
        Reason.THANKED: _thanked,
        Reason.MOURNING: _mourning,
        Reason.BEREAVED: _bereaved,
        Reason.QUIET: _quiet,
        Reason.DISPUTE: _dispute,
        Reason.OPTED_OUT: _no_channel(Reason.OPTED_OUT),
        Reason.NOT_ASKED: _no_channel(Reason.NOT_ASKED),
        Reason.NO_ADDRESS: _no_channel(Reason.NO_ADDRESS),
        Reason.HOUSEHOLD: _household,
        Reason.JUST_GREETED: _just_greeted,
        Reason.CAP: _cap,
    }
)
"""In the order in which they are asked; the table in docs/greetings.md says the same."""

GROUP_CHECKS: Mapping[Reason, Callable[[Case], bool]] = MappingProxyType(
    {
        Reason.LATE: _late,
        Reason.MOURNING: _mourning,
        Reason.NO_ADDRESS: _group_ended,
        Reason.JUST_GREETED: _just_greeted,
        Reason.CAP: _cap,
    }
)
"""A group has no person's standing: it can only have ended."""
