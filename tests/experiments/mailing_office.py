"""An office whose people are reached by mail, made once and copied; and how to look into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from donflow.bootstrap import OpenOffice, open_office
from donflow.domain.actor import Actor, Role
from donflow.outbox.models import Letter, LetterState
from donflow.roster.consent import give
from donflow.roster.holdings import add_contact_point
from donflow.roster.models import ConstituentKind, ContactKind, Purpose, Source
from donflow.roster.people import Particulars, add_constituent
from donflow.settings import FILE_NAME, read_settings
from donflow.store.session import reading, unit_of_work
from tests.journeys.desk import Desk

DAY = date(2026, 9, 25)
NOW = datetime.fromisoformat("2026-09-25T10:00:00+08:00")
SURNAMES, NAMES = "梁苏顾沈陆叶", ("启舟", "婉清", "怀川", "知行", "若溪")
LIN = Actor(1, frozenset({Role.SECRETARY}), Role.SECRETARY)


@contextmanager
def opened(home: Path, keys: Path | None = None) -> Iterator[OpenOffice]:
    environment = {"DONFLOW_KEYS": str(keys)} if keys else {}
    office = open_office(home, read_settings(home, {}), environment)
    try:
        yield office
    finally:
        office.close()


def add_people(
    desk: Desk,
    count: int,
    *,
    by: ContactKind = ContactKind.MAIL,
    heard: datetime = NOW - timedelta(days=1),
) -> list[int]:
    """So many people whom a letter reaches, and who wish to be greeted by any channel."""
    numbers = []
    with opened(desk.home) as office, unit_of_work(office.store) as session:
        for number in range(count):
            called = SURNAMES[number % 6] + NAMES[number // 6 % 5] + "甲乙丙丁"[number // 30 % 4]
            particulars = Particulars(ConstituentKind.PERSON, called)
            keys = office.office.keys
            person = add_constituent(session, keys, particulars, actor=LIN, now=heard)
            session.flush()
            raw = (
                f"a{person.id}@example.org" if by is ContactKind.MAIL else f"1390000{person.id:04}"
            )
            add_contact_point(session, keys, person, kind=by, raw=raw, source=Source.SELF,
                              since=heard.date(), actor=LIN, now=heard)  # fmt: skip
            give(session, person, Purpose.GREETINGS, stated_on=heard.date(), actor=LIN, now=heard)
            numbers.append(person.id)
    return numbers


def use_sink(desk: Desk, port: int) -> None:
    """Have the office mail to this port from now on."""
    desk.close()
    file = desk.home / FILE_NAME
    before = file.read_text("utf-8").partition("\n[mail]")[0]
    told = f'\n[mail]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'
    file.write_text(before + told + 'from_address = "alumni@example.edu"\n', "utf-8")


def plan_letters(desk: Desk, numbers: Iterable[int], *, on: date = DAY) -> None:
    """A letter by mail to each, due at nine, as planning writes it."""
    rows = [
        {
            "occasion": "mid_autumn",
            "addressee_kind": "constituent",
            "addressee_id": number,
            "on_day": on,
            "about": 0,
            "n": 0,
            "state": LetterState.PLANNED.value,
            "channel": "mail",
            "due_at": datetime(on.year, on.month, on.day, 9, tzinfo=NOW.tzinfo),
            "expires_on": on,
            "planned_at": NOW - timedelta(days=20),
            "attempts": 0,
        }
        for number in numbers
    ]
    with opened(desk.home) as office, unit_of_work(office.store) as session:
        session.connection().execute(insert(Letter.__table__), rows)  # type: ignore[arg-type]


def ends(home: Path, keys: Path | None = None) -> Counter[tuple[str, str | None]]:
    """How many letters stand in each state, for which reason."""
    with opened(home, keys) as office, reading(office.store) as session:
        rows = session.execute(select(Letter.state, Letter.reason))
        return Counter((state, reason) for state, reason in rows)
