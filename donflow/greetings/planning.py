"""Planning: every letter that follows from the rhythms becomes one row, however often it is asked.

All of a span is one statement for each segment, whatever the number of people. What no longer
follows is taken back while nothing has happened to it; what was missed is planned late, and its
last day decides whether it still goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Connection,
    Executable,
    Table,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from donflow.domain.actor import Actor
from donflow.domain.occasions import Occasion, read_occasions
from donflow.greetings.audiences import heads
from donflow.greetings.batches import Key, open_batches_for, recount
from donflow.greetings.following import COLUMNS, Query, count_fresh, following, read_zones
from donflow.greetings.laid_out import Rules, name_batches
from donflow.greetings.models import Rhythm
from donflow.greetings.occurrences import occurrences_of
from donflow.outbox.models import Addressee, Letter, LetterState
from donflow.roster.import_models import Merge
from donflow.shipping import OCCASIONS, occasion_list
from donflow.store.bulk import Said
from donflow.store.journal import Subject, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from donflow.lifecycle.office import Office

DAYS_AHEAD: Final = 21
"""How far the clock plans; more would be rows that only wait."""
OFFICE: Final = Subject("settings", 1)
PLANNED: Final = "greetings_planned"

UNTOUCHED = (LetterState.PLANNED, LetterState.SUPPRESSED, LetterState.EXPIRED)
"""States in which nothing went, nor may have gone, under the number that a letter names."""


@dataclass(frozen=True)
class Planned:
    """How many letters were planned and taken back, and up to which day all is planned now."""

    letters: int
    taken_back: int
    through: date


def horizon(today: date) -> date:
    """The day up to which the clock plans."""
    return today + timedelta(days=DAYS_AHEAD)


def occasions_of(office: Office) -> Mapping[str, Occasion]:
    """The office's occasions. Raises WrongOccasions."""
    return _read(occasion_list(office.home))


@lru_cache(maxsize=4)
def _read(text: str) -> Mapping[str, Occasion]:
    """The fence asks for each letter, and must be brief."""
    return read_occasions(text, OCCASIONS)


def anniversary_of(office: Office) -> str:
    """The school's day as `MM-DD`, empty where the settings say none."""
    return office.settings.school_anniversary or office.settings.founded[5:]


def plan(
    session: Session,
    office: Office,
    *,
    through: date,
    now: datetime,
    actor: Actor | None = None,
) -> Planned:
    """Plan all letters up to `through`, and take back what no longer follows from the rules.

    Safe to ask twice and on several machines: what is planned already stays. The days from today
    on are gone over each time, so that who joins a segment, or was born on another day than was
    thought, is greeted rightly; days before today only if they were never planned. Whoever asks
    has looked whether the office is held or its clock not believed. Raises WrongOccasions.
    """
    today = office.today(now)
    rhythms = list(session.scalars(select(Rhythm).order_by(Rhythm.id).with_for_update()))
    found = list(
        occurrences_of(
            rhythms,
            occasions_of(office),
            anniversary=anniversary_of(office),
            today=today,
            through=through,
        )
    )
    rules = Rules(today, office.zone, read_zones(session))
    session.flush()
    connection = session.connection()
    given = [without_gone(session, query, today) for query in following(session, found, rules)]
    taken_back = _take_back(connection, given, today)
    detail: dict[str, object] = {"through": through.isoformat()}
    said = Said(OFFICE, actor, now)
    batches = open_batches_for(session, found, _missing(session, given), said)
    name_batches(connection)
    letters = sum(_insert(connection, query, now) for query in given)
    changed = recount(session, batches)
    moved = [rhythm for rhythm in rhythms if rhythm.active and _is_behind(rhythm, through)]
    for rhythm in moved:
        rhythm.planned_through = through
    if moved or changed or letters or taken_back:
        detail |= {"letters": letters, "taken_back": taken_back}
        record(session, OFFICE, PLANNED, actor=actor, now=now, detail=detail)
    reach = max((r.planned_through for r in rhythms if r.planned_through), default=through)
    return Planned(letters, taken_back, reach)


def _is_behind(rhythm: Rhythm, through: date) -> bool:
    return rhythm.planned_through is None or rhythm.planned_through < through


def _insert(connection: Connection, query: Query, now: datetime) -> int:
    given = query.subquery()
    more = {
        "state": literal(LetterState.PLANNED.value),
        "n": literal(0),
        "attempts": literal(0),
        "planned_at": literal(now, Letter.planned_at.type),
    }
    asked = select(*(given.c[name] for name in COLUMNS), *more.values())
    # SQLite would read ON CONFLICT as part of a join without a WHERE between.
    asked = asked.where(given.c.addressee_id > 0)
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(_table()).on_conflict_do_nothing()
    into = statement.from_select([*COLUMNS, *more], asked, include_defaults=False)
    return _execute(connection, into)


def _execute(connection: Connection, statement: Executable) -> int:
    """How many rows it wrote; SQLite's driver does not say where the statement begins with WITH."""
    result = connection.execute(statement.execution_options(preserve_rowcount=True))
    if connection.dialect.name == "sqlite":
        return connection.scalar(text("SELECT changes()")) or 0
    return result.rowcount


def _take_back(connection: Connection, given: Sequence[Query], today: date) -> int:
    """Delete what waits untouched and would not be planned today just as it stands.

    A letter to somebody that no batch holds, so that nobody could approve it, is planned anew.
    """
    letter = _table().c
    waiting = (
        # In the very words of the index, which is found by them.
        text("state IN ('planned', 'ready', 'retry_wait')"),
        letter.state == LetterState.PLANNED,
        letter.n == 0,
        letter.rhythm_id.is_not(None),
        letter.on_day >= today,
    )
    if connection.scalar(select(letter.id).where(*waiting).limit(1)) is None:
        return 0
    statement = delete(_table()).where(*waiting)
    if given:
        now_given = union_all(*(select(*_compared(query.subquery().c)) for query in given))
        stray = and_(
            letter.batch_id.is_(None), letter.addressee_kind == Addressee.CONSTITUENT.value
        )
        statement = statement.where(or_(tuple_(*_compared(letter)).not_in(now_given), stray))
    return _execute(connection, statement)


def _compared(columns: Any) -> list[Any]:
    """What must stand in a letter as the rules say it now."""
    names = ("addressee_id", "on_day", "rhythm_id", "due_at", "expires_on", "addressee_kind")
    return [*(columns[name] for name in names), func.coalesce(columns["channel"], "")]


def _missing(session: Session, given: Sequence[Query]) -> Mapping[Key, int]:
    """How many letters to people are not planned yet, by occasion and day."""
    connection = session.connection()
    counts = count_fresh(connection)
    for query in given:
        new = query.subquery().c
        letter = _table().c
        planned = exists(
            select(letter.id).where(
                letter.addressee_id == new.addressee_id,
                letter.on_day == new.on_day,
                letter.occasion == new.occasion,
                letter.addressee_kind == new.addressee_kind,
                letter.about == new.about,
                letter.n == 0,
            )
        )
        asked = (
            select(new.occasion, new.on_day, func.count())
            .where(~planned, new.addressee_kind == Addressee.CONSTITUENT, new.fresh.is_(False))
            .group_by(new.occasion, new.on_day)
        )
        for occasion, day, count in connection.execute(asked):
            counts[occasion, day] = counts.get((occasion, day), 0) + count
    return counts


def without_gone(session: Session, query: Query, today: date) -> Query:
    """Without the people who had this letter already under a number that was merged into theirs."""
    if session.scalar(select(Merge.id).limit(1)) is None:
        return query
    merged = heads()
    letter = _table().c
    had = (
        select(merged.c.head, letter.occasion, letter.on_day)
        .join(_table(), merged.c.number == letter.addressee_id)
        .where(
            letter.addressee_kind == Addressee.CONSTITUENT,
            letter.on_day >= today - timedelta(days=DAYS_AHEAD),
            letter.state.not_in(UNTOUCHED),
        )
    )
    given = query.subquery()
    return select(given).where(
        tuple_(given.c.addressee_id, given.c.occasion, given.c.on_day).not_in(had)
    )


def _table() -> Table:
    table = Letter.__table__
    assert isinstance(table, Table)
    return table
