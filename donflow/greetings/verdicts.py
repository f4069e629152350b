"""The judgement of all letters of one day together: order of the day, couples, households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from donflow.greetings.couples import together
from donflow.greetings.facts import Addressee, GroupFacts, PersonFacts
from donflow.greetings.judging import (
    DayContext,
    Greeted,
    LetterFacts,
    judge,
    waits_for,
    way_of,
)
from donflow.greetings.reasons import Reason, Unknown
from donflow.outbox.models import Way

History = Mapping[int, Sequence[Greeted]]
"""By addressee: what went or goes, other than the letters of the day that are judged."""


@dataclass(frozen=True)
class Verdict:
    """Why a letter does not go; or by which channel it goes, and who is named in it.

    `spouse`: it is addressed to both as a couple. `household`: who else is named, on paper.
    `instead`: of one that is silent for a household's sake, the letter that goes. `waits`: it may
    go, but not while this lasts.
    """

    reason: Reason | Unknown | None
    channel: Way | None = None
    spouse: int | None = None
    household: tuple[int, ...] = ()
    instead: int | None = None
    waits: Reason | None = None


def judge_day(
    letters: Iterable[LetterFacts],
    people: Mapping[int, PersonFacts],
    history: History,
    day: DayContext,
) -> dict[int, Verdict]:
    """The verdict on each letter to a constituent that would go on this day, by its `id`.

    The occasions are gone through in the order of the day, so that of several letters to one
    person the first goes. Whoever is named in another's letter counts as greeted by it.
    """
    verdicts: dict[int, Verdict] = {}
    in_order = sorted(letters, key=lambda letter: (letter.order, letter.addressee, letter.id))
    today = _gone_today(in_order, day)
    for _order, group in groupby(in_order, key=lambda letter: letter.order):
        found = _judge_occasion(list(group), people, history, today, day)
        verdicts |= found[0]
        for number, greeted in found[1]:
            today[number].append(greeted)
    return verdicts


def judge_groups(
    letters: Iterable[LetterFacts],
    groups: Mapping[int, GroupFacts],
    history: History,
    day: DayContext,
) -> dict[int, Verdict]:
    """As `judge_day` for WeChat groups, which are reached by WeChat and know no households."""
    verdicts: dict[int, Verdict] = {}
    in_order = sorted(letters, key=lambda letter: (letter.order, letter.id))
    today = _gone_today(in_order, day)
    for letter in in_order:
        before = [*history.get(letter.addressee, ()), *today[letter.addressee]]
        reason = None if letter.gone else judge(letter, groups[letter.addressee], before, day)
        verdicts[letter.id] = Verdict(reason, None if reason else Way.WECHAT)
        if reason is None and not letter.gone:
            today[letter.addressee].append(greeting(letter, day.today))
    return verdicts


def expected(
    letters: Iterable[LetterFacts], people: Mapping[int, Addressee], day: DayContext
) -> dict[int, list[Greeted]]:
    """By addressee, what of the letters of the next days is to go, as far as is known today.

    That is without what another of them silences; what is personal silences none of before.
    """
    coming: dict[int, list[Greeted]] = defaultdict(list)
    for letter in sorted(letters, key=lambda letter: letter.on_day, reverse=True):
        then = replace(day, today=letter.on_day, silent=frozenset())
        person, after = people[letter.addressee], coming[letter.addressee]
        goes = letter.gone or judge(letter, person, after, then) is None
        if not letter.personal and goes:
            after.append(greeting(letter, letter.on_day))
    return coming


def with_expected(history: History, coming: History) -> History:
    """Both, for whoever is to be greeted in the next days."""
    both = {number: (*history.get(number, ()), *after) for number, after in coming.items()}
    return {**history, **both}


def greeting(letter: LetterFacts, on: date) -> Greeted:
    """What a letter that goes on a day is for those after it, and before."""
    return Greeted(on, letter.order, letter.what, letter.personal)


def _gone_today(letters: Iterable[LetterFacts], day: DayContext) -> dict[int, list[Greeted]]:
    """By addressee, what went this day before anything is judged."""
    today: dict[int, list[Greeted]] = defaultdict(list)
    for letter in letters:
        if letter.gone:
            today[letter.addressee].append(replace(greeting(letter, day.today), gone=True))
    return today


def _judge_occasion(
    letters: list[LetterFacts],
    people: Mapping[int, PersonFacts],
    history: History,
    today: Mapping[int, list[Greeted]],
    day: DayContext,
) -> tuple[dict[int, Verdict], list[tuple[int, Greeted]]]:
    """The verdicts on letters of one occasion, and whom they greet."""

    def reason_of(letter: LetterFacts, day: DayContext) -> Reason | None:
        before = [*history.get(letter.addressee, ()), *today.get(letter.addressee, ())]
        return judge(letter, people[letter.addressee], before, day)

    going: list[tuple[LetterFacts, Way]] = []
    for letter in letters:
        if letter.gone or reason_of(letter, day) is None:
            going.append((letter, _channel(letter, people)))
    joined = together(going, people, day.today)
    # Judged once more with what the household has: of two reasons the first in order is told.
    of_couple = {number: letter for letter, number in joined.couples.items()}
    instead = {
        letter.id: joined.silent.get(letter.id, of_couple.get(letter.addressee))
        for letter in letters
        if letter.id in joined.silent or letter.addressee in of_couple
    }
    silenced = replace(day, silent=day.silent.union(instead))
    verdicts = {}
    greeted = []
    for letter in letters:
        reason = None if letter.gone else reason_of(letter, silenced)
        if reason is None:
            spouse = joined.couples.get(letter.id)
            household = joined.households.get(letter.id, ())
            channel = _channel(letter, people)
            person = people[letter.addressee]
            waits = None if letter.gone else waits_for(letter, person, day)
            verdicts[letter.id] = Verdict(None, channel, spouse, household, waits=waits)
            if waits is not None:
                continue
            head = person.merged_into or letter.addressee
            named = [head, *([spouse] if spouse else []), *household]
            greeted += [(number, greeting(letter, day.today)) for number in named]
        else:
            other = instead.get(letter.id) if reason is Reason.HOUSEHOLD else None
            verdicts[letter.id] = Verdict(reason, instead=other)
    return verdicts, greeted


def _channel(letter: LetterFacts, people: Mapping[int, PersonFacts]) -> Way:
    """The channel of a letter that goes, or has gone."""
    if letter.gone:
        return Way(letter.named or Way.FOLDER)
    found = way_of(letter, people[letter.addressee])
    assert isinstance(found, Way)
    return found
