"""Who is greeted when, and why not: the rules of docs/greetings.md once more, in plain loops.

It imports nothing of donflow. Festivals and the lunar calendar are those of sxtwl; moments
are found from the offsets of a time zone, not by the arithmetic of dates with zones. The brake
on a batch delays nothing here: whoever compares approves what it stops before the letters go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

sxtwl = pytest.importorskip("sxtwl", reason="sxtwl, by which this reckons, is not installed")

OFFICE = "Asia/Shanghai"
HORIZON = timedelta(days=21)
NOT_BEFORE, NOT_AFTER = timedelta(minutes=5), timedelta(days=40)
ORDER = {
    "birthday": (3, 0),
    "gift_anniversary": (4, 0),
    "spring_festival": (6, 0),
    "dragon_boat": (6, 1),
    "mid_autumn": (6, 2),
    "new_year": (6, 3),
    "national_day": (6, 4),
    "dongzhi": (7, 0),
}
LATEST = {"birthday": 3, "gift_anniversary": 7}
PERSONAL = frozenset(LATEST)
BREADTH = {"donors": 1, "all": 2}

Key = tuple[int, str, date]
"""Whom, for what, on which day."""
Went = tuple[date, tuple[int, int], tuple[str, date]]
"""On which day something went, in which order of the day, and for what."""


@dataclass
class Person:
    number: int
    born: str | None = None
    zone: str = OFFICE
    told_wish: bool = False
    lunar: bool = False
    march: bool = False
    segments: set[str] = field(default_factory=set)
    mails: bool = True
    said: list[tuple[date, int, str]] = field(default_factory=list)
    status: str = "active"
    gifts: list[date] = field(default_factory=list)
    head: int | None = None
    """Into which number this one was merged."""


@dataclass
class Rule:
    place: int
    segment: str
    occasion: str
    through: date
    channel: str | None = None
    hour: int = 9
    days: int | None = None
    active: bool = True

    @property
    def tolerance(self) -> int:
        return LATEST.get(self.occasion, 0) if self.days is None else self.days


@dataclass
class Letter:
    rule: int
    due: datetime
    expires: date
    channel: str | None
    state: str = "planned"
    reason: str | None = None


@dataclass
class Oracle:
    people: dict[int, Person] = field(default_factory=dict)
    rules: dict[tuple[str, str], Rule] = field(default_factory=dict)
    waiting: dict[Key, Letter] = field(default_factory=dict)
    ended: dict[Key, Letter] = field(default_factory=dict)
    went: dict[int, list[Went]] = field(default_factory=lambda: defaultdict(list))
    below: dict[int, list[int]] = field(default_factory=dict)
    """Which numbers were merged into one, the lowest first."""
    brake: str | None = None
    ticked: datetime | None = None
    words: int = 0

    def tick(self, now: datetime, at_fence: dict[int, str] | None = None) -> str | None:
        """What one waking of the clock does; `at_fence` says who died or unsubscribed just then."""
        if self.brake is None and self.ticked is not None:
            if now < self.ticked - NOT_BEFORE:
                self.brake = "back"
            elif now > self.ticked + NOT_AFTER:
                self.brake = "ahead"
        if self.brake is not None:
            return self.brake
        self.ticked = now
        today = day_at(now, OFFICE)
        self.plan(today, today + HORIZON)
        self._hand_over(now, at_fence or {})
        return None

    def release(self, now: datetime) -> None:
        """A person says that the clock is right now."""
        self.brake, self.ticked = None, now

    def set_rule(self, segment: str, occasion: str, today: date, **rules: Any) -> None:
        old = self.rules.get((segment, occasion))
        place = old.place if old else len(self.rules) + 1
        through = old.through if old and old.active else today - timedelta(days=1)
        self.rules[segment, occasion] = Rule(place, segment, occasion, through, **rules)

    def stop_rule(self, segment: str, occasion: str) -> None:
        self.rules[segment, occasion].active = False

    def say(self, number: int, decision: str, on: date) -> None:
        self.words += 1
        self.people[number].said.append((on, self.words, decision))

    def merge(self, absorbed: int, survivor: int) -> None:
        self.people[absorbed].head = survivor
        self.below[survivor] = sorted(
            [*self.below.get(survivor, ()), absorbed, *self.below.pop(absorbed, ())]
        )

    def happen(self, number: int, what: str, on: date) -> None:
        if what == "deceased":
            self.people[number].status = "deceased"
        else:
            self.say(number, "withdrawn", on)

    def plan(self, today: date, through: date) -> None:
        """Every letter that follows from the rules, and none that does no longer."""
        given: dict[Key, list[Letter]] = defaultdict(list)
        active = [rule for rule in self.rules.values() if rule.active]
        for rule in sorted(active, key=lambda r: (BREADTH.get(r.segment, 0), r.place)):
            first = min(rule.through + timedelta(days=1), today)
            last = max(rule.through, through)
            for head, day in self._occurrences(rule, first, last):
                due = due_at(day, rule.hour, self._wish(head).zone)
                expires = day + timedelta(days=rule.tolerance)
                letter = Letter(rule.place, due, expires, rule.channel)
                if not self._had_under_another_number((head, rule.occasion, day)):
                    given[head, rule.occasion, day].append(letter)
        for key, letter in list(self.waiting.items()):
            if key[2] >= today and letter not in given.get(key, ()):
                del self.waiting[key]
        for key, found in given.items():
            if key not in self.ended:
                self.waiting.setdefault(key, found[0])
        for rule in active:
            rule.through = max(rule.through, through)

    def next_due(self) -> datetime | None:
        return min((each.due for each in self.waiting.values()), default=None)

    def facts(self) -> dict[Key, tuple[str, str | None]]:
        """Of every letter its state and the reason of its end."""
        both = self.waiting | self.ended
        return {key: (each.state, each.reason) for key, each in both.items()}

    def head(self, number: int) -> int:
        while (above := self.people[number].head) is not None:
            number = above
        return number

    def _occurrences(self, rule: Rule, first: date, last: date) -> Iterator[tuple[int, date]]:
        years = range(first.year, last.year + 1)
        calendar: set[date] = set()
        if rule.occasion not in PERSONAL:
            calendar = {day for year in years for day in festivals(rule.occasion, year)}
        for head, person in self.people.items():
            if person.head is None and self._is_in(head, rule.segment):
                days = calendar or self._own_days(head, rule.occasion, years)
                yield from ((head, day) for day in days if first <= day <= last)

    def _is_in(self, head: int, segment: str) -> bool:
        each = self._numbers(head)
        if segment == "donors":
            return any(one.gifts for one in each)
        return segment == "all" or any(segment in one.segments for one in each)

    def _own_days(self, head: int, occasion: str, years: range) -> set[date]:
        if occasion == "gift_anniversary":
            gave = {on for one in self._numbers(head) for on in one.gifts}
            return {_in_year(on, year) for on in gave for year in years if on.year < year}
        if occasion != "birthday":
            return set()
        wish = self._wish(head)
        births = (one.born for one in self._numbers(head))
        whole = next((born for born in births if born and len(born) == 10), None)
        if whole is None:
            return set()
        born = date.fromisoformat(whole)
        if wish.lunar:
            return {day for year in years for day in lunar_birthdays(born, year)} - {born}
        return {_in_year(born, year, march=wish.march) for year in years if born.year < year}

    def _numbers(self, head: int) -> list[Person]:
        """The person under the own number, then under those that were merged into it."""
        return [self.people[number] for number in (head, *self.below.get(head, ()))]

    def _wish(self, head: int) -> Person:
        each = self._numbers(head)
        return next((one for one in each if one.told_wish), each[0])

    def _had_under_another_number(self, key: Key) -> bool:
        head, occasion, day = key
        had = (self.ended.get((number, occasion, day)) for number in self.below.get(head, ()))
        return any(letter is not None and letter.state == "sent" for letter in had)

    def _hand_over(self, now: datetime, at_fence: dict[int, str]) -> None:
        due = {key[0] for key, each in self.waiting.items() if each.due <= now}
        by_number: dict[int, list[Key]] = defaultdict(list)
        for key in self.waiting:
            if key[0] in due:
                by_number[key[0]].append(key)
        for number, keys in by_number.items():
            day = day_at(now, self._wish(self.head(number)).zone)
            greeted = self._greeted(number)
            for key in sorted(keys, key=lambda k: (ORDER[k[1]], k[2])):
                letter = self.waiting[key]
                if letter.due > now and key[2] > day:
                    continue
                reason = self._why_not(key, letter, day, greeted)
                if letter.due <= now:
                    if reason is None and number in at_fence:
                        self.happen(number, at_fence[number], day_at(now, OFFICE))
                        reason = self._why_not(key, letter, day, greeted)
                    self._end(key, reason, day)
                if reason is None:
                    greeted.append((day, ORDER[key[1]], key[1:]))

    def _end(self, key: Key, reason: str | None, day: date) -> None:
        letter = self.ended[key] = self.waiting.pop(key)
        letter.reason = reason
        if reason is None:
            letter.state = "sent"
            self.went[key[0]].append((day, ORDER[key[1]], key[1:]))
        else:
            letter.state = "expired" if reason == "late" else "suppressed"

    def _greeted(self, number: int) -> list[Went]:
        """What went to this person, under whatever number."""
        head = self.head(number)
        return [each for n in (head, *self.below.get(head, ())) for each in self.went[n]]

    def _why_not(self, key: Key, letter: Letter, day: date, greeted: list[Went]) -> str | None:
        if self._had_under_another_number(key):
            return "merged"
        number, occasion, _on = key
        each = self._numbers(self.head(number))
        said = sorted(word for one in each for word in one.said)
        earlier = [
            on
            for on, order, what in greeted
            if what != key[1:] and (on, order) < (day, ORDER[occasion])
        ]
        this_month = [on for on in earlier if (on.year, on.month) == (day.year, day.month)]
        lately = any(day - on <= timedelta(days=3) for on in earlier)
        reaches = letter.channel == "folder" or any(one.mails for one in each)
        reasons = {
            "late": day > letter.expires,
            "merged": self.people[number].head is not None,
            "deceased": any(one.status == "deceased" for one in each),
            "opted_out": bool(said) and said[-1][2] == "withdrawn",
            "not_asked": not said,
            "no_address": not reaches,
            "just_greeted": occasion not in PERSONAL and lately,
            "cap": occasion not in PERSONAL and len(this_month) >= 4,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)


@cache
def due_at(day: date, hour: int, zone: str) -> datetime:
    """When a wall clock shows the hour: of two the first; if none, as long after the gap began."""
    there = ZoneInfo(zone)
    wall = datetime.combine(day, time(hour))
    noon = datetime.combine(day, time(12), UTC)
    around = [(noon + timedelta(hours=h)).astimezone(there) for h in range(-48, 49)]
    offsets = [moment.utcoffset() or timedelta(0) for moment in around]
    found = [
        (wall - offset).replace(tzinfo=UTC)
        for offset in offsets
        if (wall - offset).replace(tzinfo=UTC).astimezone(there).replace(tzinfo=None) == wall
    ]
    return min(found, default=(wall - offsets[0]).replace(tzinfo=UTC))


@cache
def festivals(occasion: str, year: int) -> frozenset[date]:
    """The days of an occasion of the calendar in a civil year."""
    match occasion:
        case "new_year":
            return frozenset({date(year, 1, 1)})
        case "national_day":
            return frozenset({date(year, 10, 1)})
        case "dongzhi":
            (winter,) = [term for term in sxtwl.getJieQiByYear(year) if term.jqIndex == 0]
            moment = sxtwl.JD2DD(winter.jd)
            return frozenset({date(int(moment.Y), int(moment.M), int(moment.D))})
    month, day = {"spring_festival": (1, 1), "dragon_boat": (5, 5), "mid_autumn": (8, 15)}[occasion]
    return frozenset({_civil(sxtwl.fromLunar(year, month, day, False))})


@cache
def lunar_birthdays(born: date, year: int) -> frozenset[date]:
    """The lunar birthdays that fall into a civil year; a leap month's in the ordinary one."""
    birth = sxtwl.fromSolar(born.year, born.month, born.day)
    month = birth.getLunarMonth()
    found = []
    for lunar_year in (year - 1, year):
        last = sxtwl.getLunarMonthNum(lunar_year, month, False)
        day = min(birth.getLunarDay(), last)
        found.append(_civil(sxtwl.fromLunar(lunar_year, month, day, False)))
    return frozenset(day for day in found if day.year == year)


def _civil(day: sxtwl.Day) -> date:
    return date(day.getSolarYear(), day.getSolarMonth(), day.getSolarDay())


@cache
def _in_year(of: date, year: int, *, march: bool = False) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (of.month, of.day) == (2, 29) and not leap:
        return date(year, 3, 1) if march else date(year, 2, 28)
    return date(year, of.month, of.day)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def day_at(now: datetime, zone: str) -> date:
    return now.astimezone(_zone(zone)).date()
