"""What an import would do, reckoned by its own steps; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from donflow.roster.asked import not_asked
from donflow.roster.course import (
    Blind,
    Origins,
    Taken,
    brought_by,
    course_of,
    known_of,
    pairs_of,
)
from donflow.roster.folding import Held, HeldPost, HeldStudy, HeldWay
from donflow.roster.matching import Found
from donflow.roster.proposals import is_asked
from donflow.roster.reading.rows import SheetReading
from donflow.roster.storing import held_people
from donflow.store.keys import KeyRing


def foreseen(
    sheets: Sequence[SheetReading],
    groups: Sequence[Found],
    before: Mapping[str, date],
    origins: Origins,
    *,
    session: Session | None = None,
    keys: KeyRing | None = None,
    blind: Blind = lambda _kind, value: value,
) -> tuple[Taken, ...]:
    """What would become of each sheet; `before` are those that came in already, with the day.

    With a session and keys all of it; without an office nobody is known, and nothing was refused.
    """
    course = course_of(groups)
    held: dict[int, Held] = {}
    taken = []
    for sheet in sheets:
        if sheet.title in before or not sheet.rows:
            taken.append(Taken(sheet.title, len(sheet.rows), before=before.get(sheet.title)))
            continue
        known = known_of(sheet, course)
        if session is not None:
            held |= held_people(session, known - held.keys())
        mine = {number: held[number] for number in known if number in held}
        brought = brought_by(sheet, course, mine, origins, blind)
        new, changed = len(brought.new), len(brought.changed)
        for number, (person, each) in enumerate(brought.new.items(), start=1 + len(held)):
            course.numbers[person] = each.number = -number  # no stored person has such a number
        proposed = sum(
            session is None
            or keys is None
            or bool(not_asked(session, keys, each.number or 0, each.contradicted))
            for each in brought.contradicted
        )
        proposed += sum(
            session is None or min(one, other) < 0 or not is_asked(session, one, other)
            for one, other, _group, _row in pairs_of(sheet, course)
        )
        for each in brought.new.values():
            held[each.number or 0] = each
        for each in (*mine.values(), *brought.new.values()):
            _as_stored(each)
        joined = len(sheet.rows) - new - brought.left
        taken.append(
            Taken(sheet.title, len(sheet.rows), new, joined, changed, proposed, brought.left)
        )
    return tuple(taken)


def _as_stored(held: Held) -> None:
    """As the next sheet would find the person."""
    held.changed, held.contradicted = False, {}
    parts: list[HeldStudy | HeldPost | HeldWay] = [*held.studies, *held.posts, *held.ways]
    for part in parts:
        part.changed, part.row = False, part.row or 0
