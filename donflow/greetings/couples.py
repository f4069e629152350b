"""Who is greeted together on one day: couples (伉俪), and those who share a postal address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from donflow.greetings.channels import is_opted_out
from donflow.greetings.facts import PersonFacts
from donflow.greetings.judging import QUIET_AFTER_CONDOLENCE, Greeted, LetterFacts
from donflow.outbox.models import Way

OF_ONE = frozenset({"teachers_day"})
"""Not personal, and yet for what one of a couple does."""


@dataclass(frozen=True)
class Together:
    """Letters not sent, each with the one sent instead; and by letter, who is named beside.

    `couples` gives the spouse, `households` the others at the address, with their spouses.
    """

    silent: Mapping[int, int]
    couples: Mapping[int, int]
    households: Mapping[int, tuple[int, ...]]


def together(
    letters: Iterable[tuple[LetterFacts, Way]], people: Mapping[int, PersonFacts], today: date
) -> Together:
    """Join the letters of one occasion and day that would go, by the channel that each would take.

    Nobody is joined on a personal occasion. What is `gone` leads; else the lower number.
    """
    silent: dict[int, int] = {}
    couples: dict[int, int] = {}
    households: dict[int, tuple[int, ...]] = {}
    going = sorted(
        ((letter, way) for letter, way in letters if not letter.personal),
        key=lambda each: (not each[0].gone, each[0].addressee),
    )
    by_addressee = {letter.addressee: letter for letter, _way in going}
    for letter, _way in going:
        partner = couple_of(people[letter.addressee], people, today)
        if partner is None or letter.id in silent or letter.occasion in OF_ONE:
            continue
        couples[letter.id] = partner.number
        other = by_addressee.get(partner.number)
        if other is not None and not other.gone:
            silent[other.id] = letter.id
    at_address: dict[str, list[LetterFacts]] = defaultdict(list)
    for letter, way in going:
        address = people[letter.addressee].address
        if way is Way.PAPER and address is not None and letter.id not in silent:
            at_address[address].append(letter)
    for first, *others in at_address.values():
        joined = [other for other in others if not other.gone]
        silent |= {other.id: first.id for other in joined}
        if joined:
            named = ((other.addressee, couples.pop(other.id, None)) for other in joined)
            households[first.id] = tuple(each for pair in named for each in pair if each)
    return Together(silent, couples, households)


def couple_of(
    person: PersonFacts, people: Mapping[int, PersonFacts], today: date
) -> PersonFacts | None:
    """The spouse who is greeted in one letter with this person, if both live and one wishes it.

    A spouse is not named whose data are only stored, who opted out, who wishes quiet, or to whom
    the office condoled these days.
    """
    spouse = people.get(person.spouse) if person.spouse is not None else None
    if spouse is None or not (person.wish.joint or spouse.wish.joint):
        return None
    return spouse if person.lives and _may_be_named(spouse, today) else None


def counted_for_both(
    history: Mapping[int, Sequence[Greeted]], people: Mapping[int, PersonFacts], today: date
) -> dict[int, list[Greeted]]:
    """What went to each, with what went to the spouse of a couple and named both."""
    both = {number: list(greeted) for number, greeted in history.items()}
    for number, greeted in history.items():
        person = people.get(number)
        partner = couple_of(person, people, today) if person is not None else None
        if partner is None:
            continue
        own = {each.what for each in history.get(partner.number, ())}
        both.setdefault(partner.number, []).extend(
            each
            for each in greeted
            if not each.personal and each.what[0] not in OF_ONE and each.what not in own
        )
    return both


def _may_be_named(person: PersonFacts, today: date) -> bool:
    until = person.wish.quiet_until
    return (
        person.lives
        and not is_opted_out(person)
        and not (until is not None and today <= until)
        and not any(day <= today <= day + QUIET_AFTER_CONDOLENCE for day in person.condoled_on)
    )
