"""What people are greeted for (`rules/occasions.yaml`): one line each, or a named function."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from donflow.domain.almanac import FIRST_YEAR, LAST_YEAR, TERMS, lunar_dates, same_day_in, term_day
from donflow.domain.greeting_words import wrong_in
from donflow.engine import fields
from donflow.engine.mistakes import Mistakes
from donflow.engine.reading import Entry, Items, read
from donflow.errors import N_, SeveralWrong, say


class Kind(StrEnum):
    """What an occasion is; what follows from it the file says under `kinds`."""

    CONDOLENCE = "condolence"
    THANKS = "thanks"
    BIRTHDAY = "birthday"
    MILESTONE = "milestone"
    SCHOOL = "school"
    FESTIVAL = "festival"
    TERM = "term"


@dataclass(frozen=True)
class Fixed:
    """A month and day; 29 February is kept on the 28th of other years."""

    month: int
    day: int


@dataclass(frozen=True)
class Lunar:
    """A lunar month and day; None is the month's last. A 30th is kept on the 29th of a month
    that has no 30th."""

    month: int
    day: int | None


@dataclass(frozen=True)
class Term:
    """A solar term, by its code."""

    code: str


@dataclass(frozen=True)
class Relative:
    """So many days after another day of the calendar, before it where `days` is below zero."""

    rule: Fixed | Lunar | Term
    days: int


@dataclass(frozen=True)
class Function:
    """Worked out from a person, a gift or the school, by the function of this name."""

    name: str


Rule = Fixed | Lunar | Term | Relative | Function
FUNCTIONS: Final = (
    "condolence", "thanks", "birthday", "gift_anniversary", "naming_end", "reunion", "report",
    "school_anniversary",
)  # fmt: skip


@dataclass(frozen=True)
class Occasion:
    """An occasion: its names, its day, and what decides between letters.

    `rank`: of several letters to one person on one day the lowest goes first. `personal`: not
    held back by the cap and the pause after the last letter. `happy`: whether its words may wish
    joy. `tolerance_days`: how long after its day a letter may still go. `card`: the code of the
    card it goes with. `words`: its lines, in the file's order
    (`domain.greeting_words`).
    """

    code: str
    zh: str
    en: str
    kind: Kind
    rank: int
    personal: bool
    happy: bool
    tolerance_days: int
    card: str
    words: tuple[str, ...]
    rule: Rule


class WrongOccasions(SeveralWrong):
    """The file is refused whole; every mistake is told with its line."""

    code = "wrong_occasions"
    message = N_("The list of occasions has mistakes ({count}); nothing was done.")
    remedy = N_("Mend the lines named and try again.")


def read_occasions(text: str, file: str = "occasions.yaml") -> Mapping[str, Occasion]:
    """The occasions by code, in the order of the file. Raises WrongOccasions."""
    mistakes = Mistakes()
    occasions = _occasions(text, mistakes)
    if told := mistakes.sorted():
        fault = N_("{file}:{line}: {fault}")
        raise WrongOccasions(
            tuple(say(fault, file=file, line=one.line, fault=one.sentence) for one in told)
        )
    return occasions


def days_of(occasion: Occasion, year: int) -> tuple[date, ...]:
    """Its days in a solar year: one, none or two by the lunar calendar; none by a function.

    Raises OutsideAlmanac.
    """
    return _days(occasion.rule, year)


def _days(rule: Rule, year: int) -> tuple[date, ...]:
    match rule:
        case Fixed(month, day):
            return (same_day_in(date(_LEAP, month, day), year),)
        case Lunar(month, day):
            return lunar_dates(year, month, day)
        case Term(code):
            return (term_day(year, code),)
        case Relative(other, days):
            known = range(FIRST_YEAR, LAST_YEAR + 1)
            around = [near for near in range(year - 1, year + 2) if near == year or near in known]
            found = (day + timedelta(days=days) for near in around for day in _days(other, near))
            return tuple(day for day in found if day.year == year)
        case Function():
            return ()


def _occasions(text: str, mistakes: Mistakes) -> Mapping[str, Occasion]:
    root = read(text.encode("utf-8"), mistakes)
    if root is None:
        return {}
    parts = fields.record(
        Entry("occasions", 1, root), mistakes, required=("kinds", "occasions", "words")
    )
    if len(parts) < 3:
        return {}
    manners = _manners(parts["kinds"], mistakes)
    lines = fields.named(parts["occasions"], mistakes)
    words = _words(parts["words"], [line.key for line in lines], mistakes)
    found: dict[str, Occasion] = {}
    for line in lines:
        occasion = _occasion(line, manners, words.get(line.key, ()), found, mistakes)
        if occasion is not None:
            found[line.key] = occasion
    if lacking := tuple(name for name in FUNCTIONS if name not in {line.key for line in lines}):
        mistakes.tell(
            parts["occasions"].line, N_("These occasions are missing: {codes}."), codes=lacking
        )
    return found


@dataclass(frozen=True)
class _Manner:
    """What follows from an occasion's kind."""

    rank: int
    personal: bool
    days: int
    happy: bool


def _manners(entry: Entry, mistakes: Mistakes) -> Mapping[Kind, _Manner]:
    manners = {}
    for key, kind in fields.record(entry, mistakes, required=tuple(Kind)).items():
        parts = fields.record(kind, mistakes, required=("rank", "personal", "days", "happy"))
        rank, days = (
            fields.number(parts[name], mistakes) if name in parts else None
            for name in ("rank", "days")
        )
        personal, happy = (
            name in parts and fields.switch(parts[name], mistakes) for name in ("personal", "happy")
        )
        manners[Kind(key)] = _Manner(
            rank or 0, personal, _days_at_most(kind, days, mistakes), happy
        )
    return manners


def _days_at_most(entry: Entry, days: int | None, mistakes: Mistakes) -> int:
    if days is not None and days > LONGEST:
        mistakes.tell(entry.line, N_("{key} may be at most {limit}."), key="days", limit=LONGEST)
    return days or 0


def _words(entry: Entry, codes: list[str], mistakes: Mistakes) -> Mapping[str, tuple[Entry, ...]]:
    words: dict[str, tuple[Entry, ...]] = {}
    for of in fields.named(entry, mistakes):
        if of.key not in codes:
            mistakes.tell(of.line, N_("There is no occasion {code}."), code=of.key)
        # No words yet is nothing wrong: a rhythm may bring words of its own.
        empty = of.value == Items((), of.value.line)
        words[of.key] = () if empty else fields.items(of, mistakes)
    return words


def _lines(words: tuple[Entry, ...], mistakes: Mistakes, *, happy: bool) -> tuple[str, ...]:
    lines = []
    for item in words:
        line = fields.text(item, mistakes)
        if line is not None:
            lines.append(line)
            for wrong in wrong_in(line, happy=happy):
                mistakes.tell(item.line, wrong.message, **wrong.values)
    return tuple(lines)


def _occasion(
    line: Entry,
    manners: Mapping[Kind, _Manner],
    words: tuple[Entry, ...],
    before: Mapping[str, Occasion],
    mistakes: Mistakes,
) -> Occasion | None:
    parts = fields.record(
        line, mistakes, required=("zh", "en", "kind"), optional=(*_RULES, "days", "happy", "card")
    )
    name = fields.label(parts, mistakes)
    told = "kind" in parts and fields.known(
        parts["kind"], tuple(Kind), N_("Unknown kind {name}"), mistakes
    )
    rule = _rule(line, parts, before, mistakes)
    if not told or rule is None or Kind(told) not in manners:
        return None
    kind, manner = Kind(told), manners[Kind(told)]
    days = fields.number(parts["days"], mistakes) if "days" in parts else manner.days
    card = fields.name(parts["card"], mistakes) if "card" in parts else None
    happy = fields.switch(parts["happy"], mistakes) if "happy" in parts else manner.happy
    return Occasion(
        code=line.key,
        zh=name.zh,
        en=name.en,
        kind=kind,
        rank=manner.rank,
        personal=manner.personal,
        happy=happy,
        tolerance_days=_days_at_most(line, days, mistakes),
        card=card or line.key,
        words=_lines(words, mistakes, happy=happy),
        rule=rule,
    )


_RULES: Final = ("date", "lunar", "term", "from", "by")


def _rule(
    line: Entry, parts: Mapping[str, Entry], before: Mapping[str, Occasion], mistakes: Mistakes
) -> Rule | None:
    told = [key for key in _RULES if key in parts]
    if len(told) != 1:
        mistakes.tell(line.line, N_("{code} needs one of {known}."), code=line.key, known=_RULES)
        return None
    entry = parts[told[0]]
    written = fields.text(entry, mistakes)
    if written is None:
        return None
    match told[0]:
        case "date":
            rule: Rule | None = _fixed(written)
        case "lunar":
            rule = _lunar(written)
        case "term":
            rule = Term(written) if written in TERMS else None
        case "from":
            rule = _relative(written, before)
        case _:
            rule = Function(written) if written == line.key and written in FUNCTIONS else None
    if rule is None:
        mistakes.tell(entry.line, _FAULTS[told[0]], written=written)
    return rule


_FAULTS: Final = {
    "date": N_("There is no day {written}; write month and day such as 10-01."),
    "lunar": N_("There is no lunar day {written}; write it such as 8-15, or 12-last."),
    "term": N_("There is no solar term {written}; write it such as lichun."),
    "from": N_(
        "“{written}” is no day: write an occasion of the calendar that stands above, then + or - "
        "and a number of days, such as spring_festival - 7."
    ),
    "by": N_("“{written}” cannot be worked out, or stands under another code than its own."),
}


def _fixed(written: str) -> Fixed | None:
    match = _DATE.fullmatch(written)
    if match is None:
        return None
    try:
        day = date(_LEAP, int(match[1]), int(match[2]))
    except ValueError:
        return None
    return Fixed(day.month, day.day)


def _lunar(written: str) -> Lunar | None:
    match = _LUNAR.fullmatch(written)
    if match is None:
        return None
    month, day = int(match[1]), None if match[2] == "last" else int(match[2])
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 30):
        return None
    return Lunar(month, day)


def _relative(written: str, before: Mapping[str, Occasion]) -> Relative | None:
    match = _RELATIVE.fullmatch(written)
    if match is None or match[1] not in before or int(match[3]) > LONGEST:
        return None
    rule, days = before[match[1]].rule, int(match[2] + match[3])
    match rule:
        case Function():
            return None
        case Relative(other, further):
            return Relative(other, further + days)
        case _:
            return Relative(rule, days)


_LEAP: Final = 2000
LONGEST: Final = 300
"""Days: what is farther from a day than this belongs to the next year's."""
_DATE: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_LUNAR: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2}|last)", re.ASCII)
_RELATIVE: Final = re.compile(r"([a-z0-9_]+) ?([+-]) ?([0-9]{1,3})", re.ASCII)
