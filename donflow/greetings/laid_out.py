"""The days of the rhythms laid out in the database, where queries join them with the people.

The tables are temporary and the connection's own: the largest plan is still one statement, and no
database's limit on values counts. They hold dates and rules, of people no more than days of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from donflow.greetings.birthdays import lunar_keys, solar_keys
from donflow.greetings.occurrences import Given, Occurrence, due_at
from donflow.outbox.models import LetterBatch, Way
from donflow.store.base import Instant

BY_HAND: Final = frozenset({Way.WECHAT, Way.PAPER})
"""Handed over by a person, who looks at each: these wait for nobody else's word."""
TEMPORARY: Final = MetaData()


def _table(name: str, *parts: Any) -> Table:
    return Table(name, TEMPORARY, *parts, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")


DAYS: Final = _table(
    "planning_day",
    Column("given", String),
    Column("segment", String),
    Column("calendar", String),
    Column("key", String),
    Column("leap_day", String),
    Column("rhythm_id", Integer),
    Column("occasion", String),
    Column("on_day", Date),
    Column("expires_on", Date),
    Column("channel", String),
    Column("send_hour", Integer),
    Column("due_at", Instant),
    Column("batch_id", Integer),
    Column("fresh", Boolean),
    Index("ix_planning_day_key", "given", "segment", "calendar", "key"),
)
"""One row an occurrence; `due_at` where the office is. Where each person has a day of their own,
one for each key: by the `sun` a month and day (of 29 February with the `leap_day` wished), by the
`moon` a whole day of birth."""

PEOPLE: Final = _table(
    "planning_person",
    Column("segment", String),
    Column("id", Integer),
    PrimaryKeyConstraint("segment", "id"),
)
"""The people of each segment, under their heads."""

LETTERS: Final = _table(
    "planning_letter",
    Column("place", Integer),
    Column("addressee_id", Integer),
    Column("on_day", Date),
    Column("occasion", String),
    Column("addressee_kind", String),
    Column("about", Integer),
    Column("rhythm_id", Integer),
    Column("channel", String),
    Column("due_at", Instant),
    Column("expires_on", Date),
    Column("batch_id", Integer),
)
"""Letters that follow from a day of each person's own: few on a day, and dear to find."""

DUE: Final = _table(
    "planning_due",
    Column("zone", String),
    Column("on_day", Date),
    Column("send_hour", Integer),
    Column("due_at", Instant),
    PrimaryKeyConstraint("zone", "on_day", "send_hour"),
)
"""The same hours where somebody lives elsewhere."""

SUN, MOON = "sun", "moon"


@dataclass(frozen=True)
class Rules:
    """`zone` is the office's; `zones` are those that somebody wished, by name."""

    today: date
    zone: ZoneInfo
    zones: Mapping[str, ZoneInfo] = field(default_factory=dict)


def lay_out(
    connection: Connection,
    occurrences: Iterable[Occurrence],
    rules: Rules,
    lunar_births: Collection[str],
) -> None:
    """Fill the tables anew. `lunar_births` are the days of birth that are kept by the moon."""
    found = sorted(occurrences, key=lambda each: (each.on, each.occasion))
    TEMPORARY.create_all(connection)
    for table in TEMPORARY.sorted_tables:
        connection.execute(delete(table))
    _fill(connection, DAYS, list(_days(found, rules, lunar_births)))
    hours = {(each.on, each.hour) for each in found}
    _fill(
        connection,
        DUE,
        [
            {"zone": name, "on_day": on, "send_hour": hour, "due_at": due_at(on, hour, zone)}
            for name, zone in rules.zones.items()
            for on, hour in sorted(hours)
        ],
    )


def name_batches(connection: Connection) -> None:
    """Name for each day laid out the batch that its letters join: the one nobody approved yet.

    Also where the rhythm says a channel by hand: who has none of it is written to by mail.
    """
    batch = LetterBatch
    for table in (DAYS, LETTERS):
        still_open = (
            select(batch.id)
            .where(
                batch.occasion == table.c.occasion,
                batch.on_day == table.c.on_day,
                batch.approved_at.is_(None),
            )
            .scalar_subquery()
        )
        connection.execute(update(table).values(batch_id=still_open))


def _days(
    found: Sequence[Occurrence], rules: Rules, lunar_births: Collection[str]
) -> Iterator[dict[str, Any]]:
    dated = [each.on for each in found if each.given in (Given.BORN, Given.GAVE)]
    keys: dict[date, list[dict[str, str]]] = defaultdict(list)
    if dated:
        first, last = min(dated), max(dated)
        for solar in solar_keys(first, last):
            keys[solar.on].append(_key(SUN, solar.month_day, solar.leap_day))
        for lunar in lunar_keys(lunar_births, first, last):
            keys[lunar.on].append(_key(MOON, lunar.born))
    everybody = [_key("", "")]
    for each in found:
        day = _day(each, rules)
        of_day = keys[each.on] if each.given in (Given.BORN, Given.GAVE) else everybody
        for key in of_day:
            yield day | key


def _key(calendar: str, key: str, leap_day: str = "") -> dict[str, str]:
    return {"calendar": calendar, "key": key, "leap_day": leap_day}


def _day(each: Occurrence, rules: Rules) -> dict[str, Any]:
    return {
        "given": each.given.value,
        "segment": each.segment,
        "rhythm_id": each.rhythm,
        "occasion": each.occasion,
        "on_day": each.on,
        "expires_on": each.expires_on,
        "channel": each.channel,
        "send_hour": each.hour,
        "due_at": due_at(each.on, each.hour, rules.zone),
        "fresh": each.fresh,
    }


def _fill(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
