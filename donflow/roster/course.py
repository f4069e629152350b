"""How the rows of a file become people: which are one, and what a sheet adds to each of them.

Nothing is written here, so that a dry run foresees by the same steps what an import then does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from donflow.roster.evidence import Verdict
from donflow.roster.folding import Held, fold, ways_of
from donflow.roster.matching import Found
from donflow.roster.models import Confidence, ContactKind, Source
from donflow.roster.reading.rows import Column, Row, SheetReading
from donflow.roster.sources import Origin

Blind = Callable[[ContactKind, str], str]

SURE_SOURCES = frozenset({Source.SELF, Source.FORM, Source.ARCHIVE})


@dataclass(frozen=True)
class Origins:
    """Which file the rows came from: its fingerprint and name, who told, and as of which day.

    `headers` are those that no rule was sure of, as a person said what they mean: 备用号=phone.
    """

    fingerprint: str
    file_name: str
    source: Source
    as_of: date
    headers: tuple[str, ...] = ()

    def of(self, row: Row) -> Origin:
        sure = Confidence.SURE if self.source in SURE_SOURCES else Confidence.LIKELY
        return Origin(self.source, self.as_of, sure, row.ref[-LONGEST_REFERENCE:])


@dataclass(frozen=True)
class Taken:
    """What became of one sheet; `before` where the same sheet had come in already, on that day."""

    title: str
    people: int
    added: int = 0
    joined: int = 0
    changed: int = 0
    proposed: int = 0
    left: int = 0
    before: date | None = None


@dataclass
class Course:
    """How the rows of one file belong together, and which person each has become so far."""

    group_of: dict[str, int]
    groups: Sequence[Found]
    numbers: dict[int | str, int] = field(default_factory=dict)

    def person(self, row: Row) -> int | str:
        """What rows of one person share: the place of their group, or the row itself."""
        return self.group_of.get(row.ref, row.ref)

    def number(self, key: str) -> int | None:
        """The person behind a key of a group: a known number, or what a row has become."""
        return int(key) if "!" not in key else self.numbers.get(self.group_of.get(key, key))


def course_of(groups: Sequence[Found]) -> Course:
    """Rows by the joined group they stand in."""
    joined = {
        key: place
        for place, group in enumerate(groups)
        if group.state is Verdict.JOINED
        for key in group.keys
    }
    numbers: dict[int | str, int] = {
        place: int(group.keys[0])
        for place, group in enumerate(groups)
        if group.state is Verdict.JOINED and "!" not in group.keys[0]
    }
    return Course({key: place for key, place in joined.items() if "!" in key}, groups, numbers)


@dataclass(frozen=True)
class Brought:
    """What one sheet brings: to people known before, and as people who are new, by the course."""

    known: Mapping[int, Held]
    new: Mapping[int | str, Held]
    left: int

    @property
    def changed(self) -> list[Held]:
        return [each for each in self.known.values() if each.has_changed]

    @property
    def contradicted(self) -> list[Held]:
        return [each for each in (*self.known.values(), *self.new.values()) if each.contradicted]


def known_of(sheet: SheetReading, course: Course) -> set[int]:
    """The numbers of the people whom rows of a sheet belong to."""
    people = {course.person(row) for row in sheet.rows}
    return {course.numbers[person] for person in people if person in course.numbers}


def brought_by(
    sheet: SheetReading,
    course: Course,
    held: Mapping[int, Held],
    origins: Origins,
    blind: Blind,
) -> Brought:
    """Fold the rows of a sheet into their people; to who is not `held` nothing is added."""
    rows_of: dict[int | str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        rows_of[course.person(row)].append(row)
    new: dict[int | str, Held] = {}
    left = 0
    for person, rows in rows_of.items():
        number = course.numbers.get(person)
        if number is not None and number not in held:
            left += len(rows)  # restricted or erased
            continue
        each = Held(rows[0].values[Column.NAME]) if number is None else held[number]
        for row in rows:
            ways = [(kind, value, blind(kind, value)) for kind, value in ways_of(row)]
            fold(each, row, ways, origins.of(row))
        if number is None:
            new[person] = each
    return Brought(held, new, left)


def pairs_of(sheet: SheetReading, course: Course) -> Iterator[tuple[int, int, Found, Row]]:
    """Pairs that a person decides, of which the last row has just come in, by their numbers."""
    mine = {row.ref: row for row in sheet.rows}
    for group in course.groups:
        if group.state is not Verdict.PROPOSED or mine.keys().isdisjoint(group.keys):
            continue
        one, other = (course.number(key) for key in group.keys)
        if one is not None and other is not None and one != other:
            yield one, other, group, next(mine[key] for key in reversed(group.keys) if key in mine)


LONGEST_REFERENCE = 120
