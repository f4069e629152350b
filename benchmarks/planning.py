"""A year of greetings, and the busiest day, planned beside a bare INSERT … SELECT."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert, text

from benchmarks.durable_postgresql import durable_postgresql
from benchmarks.measuring import Figure
from donflow.accounts.users import add_user
from donflow.bootstrap import import_tables
from donflow.domain.actor import Actor, Role
from donflow.domain.almanac import same_day_in
from donflow.domain.occasions import days_of
from donflow.gifts.models import Gift, Instalment, Payment
from donflow.greetings.models import Rhythm
from donflow.greetings.planning import occasions_of, plan
from donflow.lifecycle.office import Office
from donflow.roster.models import Constituent
from donflow.settings import Settings
from donflow.store.columns import recorded
from donflow.store.journal import Subject, record
from donflow.store.session import Store, close_store, open_store, unit_of_work
from donflow.store.upgrade import upgrade
from tests import databases

NOW = datetime(2026, 12, 31, 17, tzinfo=UTC)
"""New Year has begun in the office."""
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
BUSY = date(2027, 2, 6)
"""Spring Festival."""
FESTIVALS = (
    "spring_festival",
    "lantern",
    "dragon_boat",
    "mid_autumn",
    "double_ninth",
    "new_year",
    "national_day",
    "labour_day",
)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = {1_000: 7, 10_000: 5, 100_000: 1}


def measure(folder: Path) -> list[Figure]:
    import_tables()
    figures: list[Figure] = []
    for donors in SIZES:
        figures += _a_year(folder / f"year{donors}", donors)
    figures += _a_day("sqlite", folder / "day", SIZES[-1])
    with durable_postgresql() as there:
        if there:
            figures += _a_day("postgresql", folder / "server", SIZES[-1])
    return figures


def _a_year(folder: Path, donors: int) -> Iterator[Figure]:
    folder.mkdir()
    url = databases.new_database("sqlite", folder)
    office = _filled(url, folder, donors)
    ours, bare, again = [], [], []
    count = 0
    for number in range(ROUNDS[donors] + 1):
        first, second = folder / "ours.db", folder / "bare.db"
        for path in (first, second):
            shutil.copy(folder / "donflow.db", path)
        steps = [lambda path=first: _planned(path, office), lambda path=second: _bare(path, office)]
        taken = {place: steps[place]() for place in ((0, 1) if number % 2 else (1, 0))}
        assert _rows(first) == _rows(second)
        count = taken[0][1]
        if number:
            ours.append(taken[0][0])
            bare.append(taken[1][0])
            again.append(_planned(first, office)[0])
        first.unlink()
        second.unlink()
    ratio = median(own / other for own, other in zip(ours, bare, strict=True))
    found = f"{ratio:.2f} ({median(ours):.3g} s : {median(bare):.3g} s)"
    what = f"a year's greetings of {donors:,} donors ({count:,} letters), sqlite"
    yield Figure(f"{what} : a bare INSERT … SELECT", "≤ 1.5", found, ratio <= 1.5)
    yield Figure("… asked again, nothing new", "–", f"{median(again):.3g} s", None)


def _a_day(backend: str, folder: Path, donors: int) -> Iterator[Figure]:
    """Everybody's letter for one festival, as the clock plans it when its day comes in sight."""
    folder.mkdir()
    url = databases.new_database(backend, folder)
    office = _filled(url, folder, donors)
    seconds = []
    store = open_store(url)
    now = datetime(BUSY.year, BUSY.month, BUSY.day, tzinfo=UTC) - timedelta(hours=20)
    for number in range(6):
        with store.writer.begin() as connection:
            connection.execute(text("UPDATE letter SET batch_id = NULL"))
            for table in ("letter", "letter_batch"):
                connection.execute(text(f"DELETE FROM {table}"))
            past = {"day": BUSY - timedelta(days=1)}
            connection.execute(text("UPDATE rhythm SET planned_through = :day"), past)
        started = time.perf_counter()
        with unit_of_work(store) as session:
            planned = plan(session, office, through=BUSY, now=now)
        if number:
            seconds.append(time.perf_counter() - started)
        assert planned.letters > donors
    close_store(store)
    databases.drop_database(url)
    taken = median(seconds)
    met = taken <= 0.2 if backend == "sqlite" else None
    what = f"planning Spring Festival for {donors:,} donors, {backend}"
    yield Figure(what, "≤ 0.2 s" if met is not None else "–", f"{taken:.3g} s", met)


def _filled(url: str, folder: Path, donors: int) -> Office:
    """An office whose donors all have a birthday and a gift, greeted on each term and festival."""
    store = open_store(url)
    upgrade(store)
    office = Office(folder, Settings(school_anniversary="10-18"), folder / "none.keys")
    with unit_of_work(store) as session:
        user = add_user(session, "lin", "林秘书", actor=None, now=NOW)
        session.flush()
        actor = Actor(user.id, frozenset({Role.SECRETARY}), Role.SECRETARY)
        terms = [each.code for each in occasions_of(office).values() if each.kind == "term"]
        for occasion in (*FESTIVALS, *terms, "birthday", "gift_anniversary"):
            session.add(_rhythm(occasion, actor, donors))
        record(session, Subject("settings", 1), "rhythm_set", actor=actor, now=NOW)
    with store.writer.begin() as connection:
        for model, rows in _people(donors):
            connection.execute(insert(model.__table__), rows)
    if store.writer.dialect.name == "sqlite":
        with store.writer.begin() as connection:
            connection.execute(text("ANALYZE"))
    close_store(store)
    return office


def _rhythm(occasion: str, actor: Actor, donors: int) -> Rhythm:
    return Rhythm(
        segment="donors",
        occasion=occasion,
        people=donors,
        planned_through=FIRST - timedelta(days=1),
        **recorded(actor, NOW),
    )


def _people(donors: int) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    born, gave = date(1900, 1, 1), date(2010, 1, 1)
    numbers = range(1, donors + 1)
    yield (
        Constituent,
        [
            {
                "id": number,
                "kind": "person",
                "name": f"梁启{number}",
                "other_names": [],
                "birth": f"{born + timedelta(days=number * 7919 % 3650)}",
                "field_sources": {},
                "former_values": {},
                "status": "active",
                "key_id": f"{number:032}",
                "salt": f"{number:032}",
                "created_at": NOW,
                "changed_at": NOW,
                "row_version": 1,
            }
            for number in numbers
        ],
    )
    yield Gift, [_gift(number, gave) for number in numbers]
    yield (
        Instalment,
        [
            {
                "id": number,
                "gift_id": number,
                "no": 1,
                "pay_by": gave,
                "amount_minor": 100,
                "currency": "CNY",
                "stage": "paid",
                "workflow_version": "1",
                "entered_on": gave,
                "row_version": 1,
            }
            for number in numbers
        ],
    )
    yield (
        Payment,
        [
            {
                "gift_id": number,
                "instalment_id": number,
                "received_on": gave + timedelta(days=number * 104729 % 5000),
                "payer": "梁启舟",
                "recorded_person": "林秘书",
                "confirmed_at": NOW,
                "amount_minor": 100,
                "currency": "CNY",
                "recorded_at": NOW,
                "recorded_by": 1,
            }
            for number in numbers
        ],
    )


def _gift(number: int, gave: date) -> dict[str, Any]:
    return {
        "id": number,
        "year": 2010,
        "serial": number,
        "number": f"2010-{number}",
        "kind": "money",
        "donor_id": number,
        "anonymous": False,
        "currency": "CNY",
        "channel": "alumni",
        "heard_on": gave,
        "created_at": NOW,
        "changed_at": NOW,
        "stage": "closed",
        "workflow_version": "1",
        "entered_on": gave,
        "row_version": 1,
    }


def _planned(path: Path, office: Office) -> tuple[float, int]:
    store: Store = open_store(f"sqlite:///{path}")
    started = time.perf_counter()
    with unit_of_work(store) as session:
        planned = plan(session, office, through=LAST, now=NOW)
    taken = time.perf_counter() - started
    close_store(store)
    return taken, planned.letters


INTO = """INSERT INTO letter (addressee_id, on_day, occasion, addressee_kind, about, n, rhythm_id,
  state, due_at, expires_on, planned_at, attempts, batch_id)"""


def _bare(path: Path, office: Office) -> tuple[float, int]:
    """The statements alone, by the driver: no rule, no batch but its number, no journal."""
    with closing(sqlite3.connect(path)) as connection:
        connection.isolation_level = None
        for pragma in ("foreign_keys=ON", "secure_delete=ON", "journal_mode=DELETE"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute(
            "CREATE TEMP TABLE d (kind, day, md, year, rhythm, occasion, due, last, batch)"
        )
        rows = _bare_days(connection, office)
        batches = sorted({(row[5], row[1], row[8]) for row in rows})
        connection.executemany("INSERT INTO d VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        moment = str(NOW.replace(tzinfo=None)) + ".000000"
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO letter_batch (occasion, on_day, id, no, letters) VALUES (?, ?, ?, 1, 0)",
            batches,
        )
        count = 0
        for select in BARE:
            count += connection.execute(f"{INTO} {select}", (moment,)).rowcount
        connection.execute("COMMIT")
        return time.perf_counter() - started, count


COLUMNS = (
    "d.day, d.occasion, 'constituent', 0, 0, d.rhythm, 'planned', d.due, d.last, ?, 0, d.batch"
)
BARE = (
    f"""SELECT c.id, {COLUMNS} FROM constituent c CROSS JOIN d
    WHERE d.kind = 'all' ON CONFLICT DO NOTHING""",
    f"""SELECT c.id, {COLUMNS} FROM constituent c JOIN d
    ON d.kind = 'birthday' AND d.md = substr(c.birth, 6, 5) WHERE true ON CONFLICT DO NOTHING""",
    f"""SELECT DISTINCT g.donor_id, {COLUMNS}
    FROM (SELECT gift_id, min(received_on) AS first FROM payment GROUP BY gift_id) p
    JOIN gift g ON g.id = p.gift_id
    JOIN d ON d.kind = 'gift_anniversary' AND d.md = substr(p.first, 6, 5)
    AND d.year > substr(p.first, 1, 4) WHERE true ON CONFLICT DO NOTHING""",
)


def _bare_days(connection: sqlite3.Connection, office: Office) -> list[Sequence[Any]]:
    occasions = occasions_of(office)
    rhythms: list[tuple[int, str]] = connection.execute(
        "SELECT id, occasion FROM rhythm"
    ).fetchall()
    rows: list[Sequence[Any]] = []
    batches: dict[tuple[str, date], int] = {}
    for rhythm, code in rhythms:
        own = code in ("birthday", "gift_anniversary")
        year = [FIRST + timedelta(days=each) for each in range(365)]
        for day in year if own else days_of(occasions[code], 2027):
            due = f"{day} 01:00:00.000000"
            last = day + timedelta(days=occasions[code].tolerance_days)
            batch = batches.setdefault((code, day), len(batches) + 1)
            for leap in (
                (False, True) if own and same_day_in(date(2024, 2, 29), 2027) == day else (False,)
            ):
                md = "02-29" if leap else f"{day:%m-%d}"
                kind = code if own else "all"
                rows.append((kind, str(day), md, "2027", rhythm, code, due, str(last), batch))
    return rows


def _rows(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        asked = "SELECT occasion, on_day, count(*), sum(addressee_id), min(due_at), max(expires_on)"
        return connection.execute(f"{asked} FROM letter GROUP BY 1, 2 ORDER BY 1, 2").fetchall()
