"""The letters that follow from the rhythms, as queries: planned, compared and previewed alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from donflow.gifts.models import Gift, Payment
from donflow.greetings.audiences import GROUPS, groups_in, heads, people_in
from donflow.greetings.birthdays import FEBRUARY
from donflow.greetings.laid_out import DAYS, DUE, LETTERS, MOON, PEOPLE, SUN, Rules, lay_out
from donflow.greetings.models import GreetingWish
from donflow.greetings.occurrences import Given, Occurrence
from donflow.outbox.models import Addressee, Way
from donflow.roster.alumni_models import Education
from donflow.roster.models import Constituent

Query = Select[*tuple[Any, ...]]
COLUMNS: Final = (
    "addressee_id",
    "on_day",
    "occasion",
    "addressee_kind",
    "about",
    "rhythm_id",
    "channel",
    "due_at",
    "expires_on",
    "batch_id",
)
"""What each of these queries gives, by the names of a letter's columns, and beside them `fresh`:
that the letter is to everybody on a day that was never planned."""


def read_zones(session: Session) -> dict[str, ZoneInfo]:
    """The time zones that people live in other than the office's, by name."""
    told = select(GreetingWish.timezone).distinct().where(GreetingWish.timezone.is_not(None))
    return {name: ZoneInfo(name) for name in sorted(filter(None, session.scalars(told)))}


def following(session: Session, occurrences: Iterable[Occurrence], rules: Rules) -> list[Query]:
    """Lay the occurrences out, and give the queries for their letters.

    A query names somebody once for an occasion and day of one rhythm. Where two rhythms meet, the
    one whose query comes first counts. The queries hold until something else is laid out.
    """
    found = list(occurrences)
    by_birth = any(each.given is Given.BORN for each in found)
    births = _lunar_births(session) if by_birth else []
    connection = session.connection()
    lay_out(connection, found, rules, births)
    for segment in dict.fromkeys(each.segment for each in found if each.segment != GROUPS):
        members = people_in(segment, heads()).subquery()
        told = select(literal(segment), members.c.id)
        connection.execute(insert(PEOPLE).from_select(["segment", "id"], told))
    queries: list[Query] = []
    place = 0
    for segment, given in dict.fromkeys((each.segment, each.given) for each in found):
        frame = _Frame(segment, given, elsewhere=bool(rules.zones))
        if given is Given.ALL:
            queries += [frame.everybody(), frame.groups(rules)]
            continue
        for query in _dated(frame, given, by_moon=bool(births)):
            place += 1
            row = query.subquery().c
            told = select(literal(place), *(row[name] for name in COLUMNS))
            connection.execute(insert(LETTERS).from_select(["place", *COLUMNS], told))
    if place:
        own = [*(LETTERS.c[name] for name in COLUMNS), false().label("fresh")]
        in_order = select(*own).order_by(LETTERS.c.place)
        queries.append(in_order)
    return queries


def count_fresh(connection: Connection) -> dict[tuple[str, date], int]:
    """How many letters to everybody are laid out for days that were never planned before.

    Somebody in two segments counts twice.
    """
    in_segment = (
        select(PEOPLE.c.segment, func.count().label("people")).group_by(PEOPLE.c.segment).subquery()
    )
    query = (
        select(DAYS.c.occasion, DAYS.c.on_day, func.sum(in_segment.c.people))
        .join(in_segment, in_segment.c.segment == DAYS.c.segment)
        .where(DAYS.c.given == Given.ALL, DAYS.c.fresh.is_(True))
        .group_by(DAYS.c.occasion, DAYS.c.on_day)
    )
    return {(occasion, day): int(count) for occasion, day, count in connection.execute(query)}


def _dated(frame: _Frame, given: Given, *, by_moon: bool) -> list[Query]:
    match given:
        case Given.BORN:
            return [frame.born_by_sun(), *([frame.born_by_moon()] if by_moon else [])]
        case Given.GAVE:
            return [frame.gave()]
        case _:
            return [frame.graduated()]


class _Frame:
    """The parts that the queries of one segment share; `elsewhere`: some live in other zones."""

    def __init__(self, segment: str, given: Given, *, elsewhere: bool) -> None:
        self.segment, self.elsewhere = segment, elsewhere
        self.heads = heads()
        self.people = select(PEOPLE.c.id).where(PEOPLE.c.segment == segment).cte()
        self.wish = _wishes(self.heads)
        self.of_these = and_(DAYS.c.segment == segment, DAYS.c.given == given.value)

    def everybody(self) -> Query:
        return self._given(self.people.join(DAYS, self.of_these), self.people.c.id)

    def groups(self, rules: Rules) -> Query:
        groups = groups_in(self.segment, rules.today).cte()
        joined = groups.join(DAYS, self.of_these)
        by_wechat = or_(DAYS.c.channel.is_(None), DAYS.c.channel == Way.WECHAT)
        told = _columns(Addressee.GROUP, groups.c.id, DAYS.c.due_at, literal(Way.WECHAT.value))
        return select(*told).select_from(joined).where(by_wechat)

    def born_by_sun(self) -> Query:
        births = _births(self.heads)
        day = and_(DAYS.c.calendar == SUN, DAYS.c.key == func.substr(births.c.birth, 6, 5))
        by_sun = func.coalesce(self.wish.c.lunar_birthday, False).is_(False)
        wished = DAYS.c.leap_day == func.coalesce(self.wish.c.leap_day, FEBRUARY)
        earlier = func.substr(births.c.birth, 1, 4) < _year_of(DAYS.c.on_day)
        query = self._dated(births, day, with_wish=True)
        return query.where(by_sun, or_(DAYS.c.leap_day == "", wished), earlier)

    def born_by_moon(self) -> Query:
        births = _births(self.heads)
        day = and_(DAYS.c.calendar == MOON, DAYS.c.key == births.c.birth)
        return self._dated(births, day, with_wish=True).where(self.wish.c.lunar_birthday.is_(True))

    def gave(self) -> Query:
        gave = _first_days(self.heads)
        first = cast(gave.c.on, String)
        day = and_(DAYS.c.calendar == SUN, DAYS.c.key == func.substr(first, 6, 5))
        earlier = func.substr(first, 1, 4) < _year_of(DAYS.c.on_day)
        query = self._dated(gave, day).where(earlier, DAYS.c.leap_day.in_(("", FEBRUARY)))
        return query.distinct()

    def graduated(self) -> Query:
        study = _graduations(self.heads)
        year = cast(_year_of(DAYS.c.on_day), Integer)
        tens = and_(study.c.year < year, (year - study.c.year) % 10 == 0)
        return self._dated(study, tens).distinct()

    def _dated(self, dates: CTE, day: ColumnElement[bool], *, with_wish: bool = False) -> Query:
        """The people of the segment with a date of their own, on the days to which it leads."""
        query = self._given(dates.join(DAYS, and_(self.of_these, day)), dates.c.id, with_wish)
        return query.where(dates.c.id.in_(select(self.people.c.id)))

    def _given(self, joined: Any, number: Any, with_wish: bool = False) -> Query:
        due: ColumnElement[Any] = DAYS.c.due_at
        if self.elsewhere or with_wish:
            joined = joined.join(self.wish, self.wish.c.id == number, isouter=True)
        if self.elsewhere:
            there = and_(
                DUE.c.zone == self.wish.c.timezone,
                DUE.c.on_day == DAYS.c.on_day,
                DUE.c.send_hour == DAYS.c.send_hour,
            )
            joined = joined.join(DUE, there, isouter=True)
            due = func.coalesce(DUE.c.due_at, due)
        told = _columns(Addressee.CONSTITUENT, number, due, DAYS.c.channel)
        return select(*told).select_from(joined)


def _columns(
    kind: Addressee, number: ColumnElement[int], due: Any, channel: Any
) -> list[ColumnElement[Any]]:
    told = {
        "addressee_id": number,
        "on_day": DAYS.c.on_day,
        "occasion": DAYS.c.occasion,
        "addressee_kind": literal(kind.value),
        "about": literal(0),
        "rhythm_id": DAYS.c.rhythm_id,
        "channel": channel,
        "due_at": due,
        "expires_on": DAYS.c.expires_on,
        "batch_id": DAYS.c.batch_id if kind is Addressee.CONSTITUENT else literal(None, Integer),
    }
    return [*(told[name].label(name) for name in COLUMNS), DAYS.c.fresh]


def _year_of(day: Any) -> ColumnElement[str]:
    return func.substr(cast(day, String), 1, 4)


def _wishes(heads: CTE) -> CTE:
    """The wish of each person: the head's own, else that of the lowest number merged into it."""
    wish = GreetingWish
    head = func.coalesce(heads.c.head, wish.constituent_id)
    place = func.row_number().over(
        partition_by=head, order_by=(head != wish.constituent_id, wish.constituent_id)
    )
    told = (
        select(
            head.label("id"),
            wish.timezone,
            wish.lunar_birthday,
            wish.leap_day,
            place.label("place"),
        )
        .select_from(wish)
        .join(heads, heads.c.number == wish.constituent_id, isouter=True)
        .subquery()
    )
    return select(told).where(told.c.place == 1).cte()


def _births(heads: CTE) -> CTE:
    """The whole day of birth of each person who told it: the head's own, else a merged number's."""
    whole = func.length(Constituent.birth) == 10
    own = select(Constituent.id.label("id"), Constituent.birth.label("birth")).where(
        whole, Constituent.id.not_in(select(heads.c.number))
    )
    headed = select(Constituent.id).where(whole)
    lowest = (
        select(func.min(Constituent.id))
        .join(heads, heads.c.number == Constituent.id)
        .where(whole, heads.c.head.not_in(headed))
        .group_by(heads.c.head)
    )
    told = (
        select(heads.c.head, Constituent.birth)
        .join(heads, heads.c.number == Constituent.id)
        .where(Constituent.id.in_(lowest))
    )
    return own.union_all(told).cte()


def _lunar_births(session: Session) -> list[str]:
    """Each day of birth of somebody who keeps it by the moon, once."""
    merged = heads()
    births, wishes = _births(merged), _wishes(merged)
    query = (
        select(births.c.birth)
        .join(wishes, wishes.c.id == births.c.id)
        .where(wishes.c.lunar_birthday.is_(True))
        .distinct()
        .order_by(births.c.birth)
    )
    return [born for born in session.scalars(query) if born is not None]


def _first_days(heads: CTE) -> CTE:
    """Of each gift the donor and the day when its first confirmed money was received."""
    counts = and_(Payment.confirmed_at.is_not(None), Payment.struck_at.is_(None))
    first = (
        select(Payment.gift_id, func.min(Payment.received_on).label("on"))
        .where(counts)
        .group_by(Payment.gift_id)
        .subquery()
    )
    return (
        select(func.coalesce(heads.c.head, Gift.donor_id).label("id"), first.c.on)
        .select_from(Gift)
        .join(first, first.c.gift_id == Gift.id)
        .join(heads, heads.c.number == Gift.donor_id, isouter=True)
        .where(Gift.donor_id.is_not(None))
        .cte()
    )


def _graduations(heads: CTE) -> CTE:
    return (
        select(
            func.coalesce(heads.c.head, Education.constituent_id).label("id"),
            Education.grad_year.label("year"),
        )
        .select_from(Education)
        .join(heads, heads.c.number == Education.constituent_id, isouter=True)
        .where(Education.grad_year.is_not(None))
        .cte()
    )
